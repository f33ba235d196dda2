"""Writes a first mapping for a table, for a person to look over.

A draft holds the table's headers and the known codes, and nothing of its rows.
Where no row looks like headers there is no draft, for the first row might be a
child.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from case_audit.errors import TableError
from case_audit.exchange.annex_a.cells import raw_text
from case_audit.exchange.annex_a.folding import squash, tidy
from case_audit.exchange.annex_a.matching import (
    HEADER_WITHIN,
    find_header,
    is_personal,
    list_of,
)
from case_audit.exchange.annex_a.spec import LISTS, code_list, columns
from case_audit.exchange.extras import known_column
from case_audit.exchange.tables.mapping import DATE_OF_BIRTH
from case_audit.exchange.tables.table import open_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from case_audit.exchange.annex_a.spec import Column

_FEW_CODES: Final = 8
_LONGEST_KEY: Final = 40
_NOT_KEY: Final = re.compile(r"[^a-z0-9]+")
_IDENTIFIES: Final = re.compile(
    r"(?:.*(?:person|client|child|case|pupil|unique|mosaic|swift|frameworki).*)?"
    r"(?:id|ref|refno|reference|number|no|identifier|key)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A first mapping.

    Attributes:
        text: The file's content.
        list_no: The list that was guessed.
        unit: Header of the column that was taken for the identifiers, or empty.
        guessed: How many columns were recognised.
        left: Headers that were not.
        personal: Headers of columns that are never read.
        missing: Required columns of the list that no header was found for.
    """

    text: str
    list_no: int
    unit: str
    guessed: int
    left: tuple[str, ...]
    personal: tuple[str, ...]
    missing: tuple[str, ...]


def beside(path: Path) -> Path:
    """Return where the mapping of a table lies unless another is named."""
    return path.with_name(f"{path.stem}.map.yaml")


def draft_mapping(path: Path) -> Draft:
    """Look at the headers of a table and write what they may mean.

    Args:
        path: A CSV, Excel or Parquet file.

    Raises:
        TableError: If it cannot be read, or no row looks like headers.
        CaseAuditError: For workbooks, as when an Annex A workbook is read.
    """
    with open_table(path, any_sheet=True) as table:
        top = [
            [tidy(raw_text(cell)) for cell in cells]
            for _, cells in islice(table.rows(), HEADER_WITHIN)
        ]
        sheet = table.place if table.of_sheets else ""
        others = table.others
    list_no, found, texts = _best(top, f"{sheet} {path.stem}")
    headers = tuple(text for text in dict.fromkeys(texts) if text)
    known = {column.key: text for text, column in found.items()}
    unit = known.pop(LISTS[list_no].id_key, "") or _identifier(headers, known.values())
    if not unit and not known:
        raise TableError(
            path.name,
            reason="none of its first rows looks like headers",
            hint="Put a row of headers on top. A mapping by hand works too: see "
            "docs/import.md.",
        )
    top_lines = _head(
        path, list_no, len(known), len(headers), sheet=sheet, others=others
    )
    return _draft(list_no, headers, unit, known, [*top_lines])


def _draft(
    list_no: int,
    headers: Sequence[str],
    unit: str,
    known: Mapping[str, str],
    head: Sequence[str],
) -> Draft:
    personal = tuple(
        text
        for text in headers
        if is_personal(text) and text not in (unit, known.get(DATE_OF_BIRTH))
    )
    used = {unit, *known.values(), *personal}
    left = tuple(text for text in headers if text not in used)
    wanted = [c for c in columns(list_no) if c.key != LISTS[list_no].id_key]
    missing = [column for column in wanted if column.key not in known]
    lines = (
        *head,
        *_unit(unit),
        *_columns([(c, known[c.key]) for c in wanted if c.key in known]),
        *_missing(missing),
        *_further(left),
        *_never(personal),
    )
    return Draft(
        text="\n".join(lines) + "\n",
        list_no=list_no,
        unit=unit,
        guessed=len(known),
        left=left,
        personal=personal,
        missing=tuple(column.header for column in missing if column.required),
    )


def _best(
    top: Sequence[Sequence[str]], name: str
) -> tuple[int, dict[str, Column], Sequence[str]]:
    """Return the list that is meant, and what it knows headers as.

    It is the one that the name of the sheet or file speaks of, else the one that
    knows most of the headers.
    """
    named = list_of(name)
    best: tuple[bool, int, int] = (False, 0, 0)
    chosen = named[0] if named else 1
    found: dict[str, Column] = {}
    fullest = max(top, key=lambda row: sum(map(bool, row)), default=[])
    texts: Sequence[str] = fullest
    for number in LISTS:
        header = find_header(number, top)
        if header is None:
            continue
        hits = sum(column is not None for column in header.columns)
        score = (named is not None and named[0] == number, hits, -number)
        if score > best:
            best, chosen, texts = score, number, header.texts
            pairs = zip(header.texts, header.columns, strict=True)
            found = {text: column for text, column in pairs if column is not None}
    return chosen, found, texts


def _identifier(headers: Sequence[str], taken: Iterable[str]) -> str:
    """Return the first header that sounds like the number of a case system."""
    used = set(taken)
    fit = (
        text
        for text in headers
        if text not in used
        and not is_personal(text)
        and _IDENTIFIES.fullmatch(squash(text))
    )
    return next(fit, "")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _head(
    path: Path, list_no: int, known: int, of: int, *, sheet: str, others: Sequence[str]
) -> Iterator[str]:
    yield f"# How case-audit reads {tidy(path.name)}. A draft: look at every line."
    yield "# It holds headers and codes, and must never hold a child's data."
    yield f"# When it is right: case-audit import {tidy(path.name)} --map FILE --dry-run"
    yield "kind: table"
    title = LISTS[list_no].title
    yield f"list: {list_no}  # {title}, of which {known} of the {of} headers are columns."
    names = ", ".join(f"{spec.number} {spec.title}" for spec in LISTS.values())
    yield f"# Lists: {names}."
    if sheet:
        yield f"sheet: {_quoted(sheet)}"
    if others:
        yield f"# Other sheets: {', '.join(others)}."
    yield "dates: day first  # Or: month first, where 03/04/2026 is a day in March."
    yield "invented: no  # Or: yes, where every child is invented, for practice."


def _unit(unit: str) -> Iterator[str]:
    yield ""
    yield "# The column that tells children apart: the number of the case system."
    yield f"unit: {_quoted(unit)}" + (
        "" if unit else "  # To decide: no header looks like it."
    )


def _columns(found: Sequence[tuple[Column, str]]) -> Iterator[str]:
    yield ""
    yield "# Columns of the list, and the table's headers for them. Where cells hold"
    yield "# codes of your own, say what they mean:"
    yield '#   gender: {from: "Sex", codes: {"1": male, "2": female}}'
    yield "columns:"
    for column, header in found:
        yield f"  {column.key}: {_quoted(header)}" + _about(column)


def _about(column: Column) -> str:
    if column.type == "date":
        return "  # A date."
    if not column.codes:
        return ""
    codes = list(code_list(column.codes))
    more = ", and others" if len(codes) > _FEW_CODES else ""
    return f"  # {', '.join(codes[:_FEW_CODES])}{more}."


def _missing(missing: Sequence[Column]) -> Iterator[str]:
    if missing:
        yield "# Columns of the list for which no header was found. To decide:"
    for column in missing:
        needed = "Needed. " if column.required else ""
        yield f"#  {column.key}: HEADER  # {needed}{column.header}"


def _further(left: Sequence[str]) -> Iterator[str]:
    if left:
        yield ""
        yield "# Columns that the list does not have. To keep some, to show them or to"
        yield "# stratify by them, take the # away here and before `further`:"
        yield "# further:"
    keys: set[str] = set()
    for header in left:
        base = key = known_column(header) or _key(header)
        number = 2
        while key in keys:
            key, number = f"{base}_{number}", number + 1
        keys.add(key)
        yield f"#   {key}: {_quoted(header)}"


def _key(header: str) -> str:
    key = _NOT_KEY.sub("_", header.lower()).strip("_")[: _LONGEST_KEY - 3]
    return key if key[:1].isalpha() else f"column_{key}"[: _LONGEST_KEY - 3]


def _never(personal: Sequence[str]) -> Iterator[str]:
    if personal:
        yield ""
        yield "# Never read, because they name or locate people:"
    for header in personal:
        yield f"#   {header}"
