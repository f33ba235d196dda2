"""What an Annex A workbook holds: its lists, their columns and their codes.

The columns and codes are data (``columns.csv`` and ``codes.csv`` beside this
module), so a change of the return is a change of those files. A coded cell is
understood as a code's ``id``: the code itself where Annex A has one (``N1``,
``C2``, ``WBRI``), else a short word (``yes``, ``child_protection_plan``).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

ColumnType = Literal["string", "date", "integer"]

OPEN_CODELISTS: Final = frozenset({"la_code"})
"""Code lists whose cells may hold other text too: authorities write names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One entry of a code list.

    Attributes:
        id: What a cell with this code is turned into.
        code: Annex A's own short code, or empty where it has none.
        label: Plain words, for screens.
        written: The cell as Annex A's guidance writes it, for workbooks.
        aliases: Other spellings seen in real workbooks, in lower case.
    """

    id: str
    code: str
    label: str
    written: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of one list.

    Attributes:
        list_no: Number of the list, 1 to 11.
        order: Place from the left, first is 1.
        key: Name used for values and attributes.
        header: The header as Annex A writes it.
        type: What its cells hold.
        required: Whether Annex A wants every row to have it.
        codes: Name of the code list, or empty for free text.
        aliases: Other headers seen in real workbooks.
    """

    list_no: int
    order: int
    key: str
    header: str
    type: ColumnType
    required: bool
    codes: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSpec:
    """One of the eleven lists.

    Attributes:
        number: 1 to 11.
        title: What the list is about.
        sheet: Name of its sheet.
        keywords: Words of which a sheet's name must hold one, if the name has
            no list number. Lower case, letters and digits only; short ones must
            stand alone.
        id_key: Key of the column that identifies the row's person.
    """

    number: int
    title: str
    sheet: str
    keywords: tuple[str, ...]
    id_key: str = "child_id"


def _list(
    number: int, title: str, *keywords: str, id_key: str = "child_id"
) -> ListSpec:
    return ListSpec(
        number=number,
        title=title,
        sheet=f"List {number}",
        keywords=keywords,
        id_key=id_key,
    )


LISTS: Final[Mapping[int, ListSpec]] = MappingProxyType(
    {
        spec.number: spec
        for spec in (
            _list(1, "Contacts", "contact"),
            _list(2, "Early help", "earlyhelp", "help", "eha"),
            _list(3, "Referrals", "referral", "refer"),
            _list(4, "Assessments", "assess"),
            _list(5, "Section 47 enquiries", "section47", "s47", "47"),
            _list(6, "Children in need", "inneed", "cin", "need"),
            _list(7, "Child protection", "protection", "cpp", "cp"),
            _list(
                8,
                "Children in care",
                "incare",
                "lookedafter",
                "cla",
                "lac",
                "cic",
                "care",
            ),
            _list(9, "Care leavers", "careleaver", "leavingcare", "leaver"),
            _list(10, "Adoption", "adoption"),
            _list(11, "Adopters", "adopter", id_key="adopter_id"),
        )
    }
)
"""The eleven lists by number."""


def columns(list_no: int) -> tuple[Column, ...]:
    """Return the columns of a list, from left to right.

    Args:
        list_no: 1 to 11.

    Raises:
        KeyError: If there is no such list.
    """
    return _columns()[list_no]


def code_list(name: str) -> Mapping[str, Code]:
    """Return the codes of a list by id, in Annex A's order.

    Args:
        name: Name of the code list, as in ``Column.codes``.

    Raises:
        KeyError: If there is no such code list.
    """
    return _codes()[name]


def label(codelist: str, value: str) -> str:
    """Return plain words for a code.

    Args:
        codelist: Name of the code list; empty for free text.
        value: A code's id, or any other text.

    Returns:
        The label; the text itself where the list has no such id.
    """
    code = _codes().get(codelist, {}).get(value)
    return value if code is None else code.label


def written(codelist: str, value: str) -> str:
    """Return a code as Annex A's guidance writes it in a cell.

    Args:
        codelist: Name of the code list; empty for free text.
        value: A code's id, or any other text.

    Returns:
        For example ``"b) Female"``, ``"N1 - Abuse or neglect"``, ``"C2: FCO"``;
        the text itself where the list has no such id.
    """
    code = _codes().get(codelist, {}).get(value)
    return value if code is None else code.written


def _table(name: str) -> list[dict[str, str]]:
    # Read for the first case that is shown, and the library for it takes its time.
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)


@cache
def _columns() -> Mapping[int, tuple[Column, ...]]:
    types: dict[str, ColumnType] = {
        "string": "string",
        "date": "date",
        "integer": "integer",
    }
    by_list: dict[int, list[Column]] = {number: [] for number in LISTS}
    for row in _table("columns.csv"):
        column = Column(
            list_no=int(row["list"]),
            order=int(row["order"]),
            key=row["key"],
            header=row["column"],
            type=types[row["type"]],
            required=row["required"] == "yes",
            codes=row["codes"],
            aliases=_parts(row["aliases"]),
        )
        by_list[column.list_no].append(column)
    return MappingProxyType(
        {n: tuple(sorted(of, key=lambda c: c.order)) for n, of in by_list.items()}
    )


@cache
def _codes() -> Mapping[str, Mapping[str, Code]]:
    lists: dict[str, dict[str, Code]] = {}
    for row in _table("codes.csv"):
        lists.setdefault(row["codelist"], {})[row["id"]] = Code(
            id=row["id"],
            code=row["code"],
            label=row["label"],
            written=row["written"],
            aliases=_parts(row["aliases"]),
        )
    return MappingProxyType({k: MappingProxyType(v) for k, v in lists.items()})
