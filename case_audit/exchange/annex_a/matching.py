"""Finds out which sheet is which list, and which header is which column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

from case_audit.exchange.annex_a.folding import squash
from case_audit.exchange.annex_a.spec import LISTS, columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from case_audit.exchange.annex_a.spec import Column

HEADER_WITHIN: Final = 15
"""The header row is looked for in this many rows from the top."""

_LIST_NUMBER: Final = re.compile(
    r"(?<![a-z])l(?:ist)?[\W_]*0?(\d{1,2})(?!\d)", re.IGNORECASE
)
_LEADING_NUMBER: Final = re.compile(r"\s*0?(\d{1,2})(?:\s*[.)_:-]\s*\D|\s*$)")
_SPACED_NUMBER: Final = re.compile(r"\s*0?(\d{1,2})\s+\D")
_WORDS: Final = re.compile(r"[a-z]+\d*|\d+")
_SHORT: Final = 4
"""A keyword up to this long must stand alone: "lac" is in "placement"."""
_TRAILING_YES_NO: Final = re.compile(r"yn$")

# Where a name holds words of two lists, the list further to the left is meant:
# "Care leavers" is not about children in care, "Early help assessments" not
# about social care assessments, "Child protection enquiries s47" not about plans.
_KEYWORD_ORDER: Final = (9, 11, 10, 2, 5, 7, 8, 6, 4, 3, 1)

How = Literal["number", "keyword"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetChoice:
    """Which sheet is read for a list.

    Attributes:
        list_no: Number of the list.
        sheet: Name of the sheet.
        how: Whether its name had the list's number or only a word of it.
        visible: Whether the workbook shows the sheet.
    """

    list_no: int
    sheet: str
    how: How
    visible: bool


def list_of(sheet: str) -> tuple[int, How] | None:
    """Return which list a sheet's name speaks of, and how that was seen.

    Args:
        sheet: For example ``"List 6"``, ``"list_06 CIN"``, ``"6. Children in
            need"`` or ``"Child Protection"``.

    Returns:
        The list's number and how; ``None`` if the name speaks of no list.
    """
    match = _LIST_NUMBER.search(sheet) or _LEADING_NUMBER.match(sheet)
    if match and int(match[1]) in LISTS:
        return int(match[1]), "number"
    number = _by_keyword(sheet)
    if number is None:
        return None
    # "10 Adoption" names its list twice, "3 months of contacts" only once.
    match = _SPACED_NUMBER.match(sheet)
    return number, "number" if match and int(match[1]) == number else "keyword"


def _by_keyword(sheet: str) -> int | None:
    name, words = squash(sheet), set(_WORDS.findall(sheet.lower().replace("_", " ")))
    for number in _KEYWORD_ORDER:
        for word in LISTS[number].keywords:
            if word in words or (len(word) > _SHORT and word in name):
                return number
    return None


def choose_sheets(
    sheets: Iterable[tuple[str, bool]],
) -> tuple[tuple[SheetChoice, ...], tuple[SheetChoice, ...]]:
    """Choose one sheet for each list.

    A name with the list's number goes before one with a word of it, a visible
    sheet before a hidden one, an earlier one before a later one.

    Args:
        sheets: Name and visibility of each sheet, in the workbook's order.

    Returns:
        The chosen ones by list number, and those that could have been.
    """
    by_list: dict[int, list[SheetChoice]] = {}
    for sheet, visible in sheets:
        found = list_of(sheet)
        if found is not None:
            number, how = found
            choice = SheetChoice(list_no=number, sheet=sheet, how=how, visible=visible)
            by_list.setdefault(number, []).append(choice)
    chosen, others = [], []
    for number in sorted(by_list):
        first, *rest = sorted(
            by_list[number], key=lambda c: (c.how != "number", not c.visible)
        )
        chosen.append(first)
        others.extend(rest)
    return tuple(chosen), tuple(others)


@cache
def _headers(list_no: int) -> Mapping[str, Column]:
    """Return a list's columns by every squashed spelling of their headers."""
    table: dict[str, Column] = {}
    for column in columns(list_no):
        for spelling in (column.header, *column.aliases):
            name = squash(spelling)
            table.setdefault(name, column)
            table.setdefault(_TRAILING_YES_NO.sub("", name), column)
    return table


def column_of(list_no: int, header: str) -> Column | None:
    """Return the column that a header means, or ``None``.

    Case, spaces, dashes, quotes, brackets, question marks and a trailing
    "(Y/N)" make no difference.
    """
    name = squash(header)
    table = _headers(list_no)
    return table.get(name) or table.get(_TRAILING_YES_NO.sub("", name))


_PERSONAL: Final = re.compile(
    r".*(?:fore|sur|first|last|full|middle|birth|preferred|childs?|known)name.*"
    r"|name|nameofchild|dob|dateofbirth|.*postcode.*|.*address.*"
    r"|.*(?:nhsn|uniquepupil|nationalinsurance|passport).*|nhs|upn|upnnumber"
    r"|.*(?:phone|mobile|email).*"
)


def is_personal(header: str) -> bool:
    """Say whether a column that no list has names, numbers or locates people.

    Such columns are of no use here and are not read at all.
    """
    return _PERSONAL.fullmatch(squash(header)) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """A header row that was found.

    Attributes:
        row: Its row, counted from 1.
        columns: For each cell from the left, the column, or ``None``.
        texts: For each cell from the left, its text.
        repeated: Headers of columns that came up before in this row.
    """

    row: int
    columns: tuple[Column | None, ...]
    texts: tuple[str, ...]
    repeated: tuple[str, ...]


def find_header(list_no: int, rows: Sequence[Sequence[str]]) -> Header | None:
    """Find the header row among the first rows of a sheet.

    It is the row with the most known headers, at least two; the first of them
    if there are several. Title rows above it make no difference.

    Args:
        list_no: The list the sheet is for.
        rows: The first rows as text, from the top.
    """
    best: Header | None = None
    best_hits = 1
    for number, row in enumerate(rows[:HEADER_WITHIN], start=1):
        found: list[Column | None] = []
        repeated: list[str] = []
        for text in row:
            column = column_of(list_no, text) if text else None
            if column is not None and column in found:
                repeated.append(text)
                column = None
            found.append(column)
        hits = sum(column is not None for column in found)
        if hits > best_hits:
            best_hits = hits
            best = Header(
                row=number,
                columns=tuple(found),
                texts=tuple(row),
                repeated=tuple(repeated),
            )
    return best
