"""How real Annex A workbooks are untidy, done on purpose to invented ones.

Every quirk here was seen in workbooks from councils. None changes what a person
would take the cell to mean, so a good import reads the same children from an
untidy workbook as from a clean one.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final, Literal

from case_audit.core.timescales.days import SHORT_MONTHS
from case_audit.exchange.annex_a.spec import code_list

if TYPE_CHECKING:
    from collections.abc import Callable

    from case_audit.core.frame.model import Value
    from case_audit.exchange.annex_a.spec import Code, Column

Dirt = Literal["clean", "typical", "hostile"]
"""How untidy a workbook is."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that is calculated, with the value that a spreadsheet keeps."""

    text: str
    value: int | float | str


Cell = str | int | float | dt.date | Formula | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quirk:
    """One thing that was made untidy.

    Attributes:
        sheet: Name of the sheet.
        row: Row as the spreadsheet shows it.
        column: Key of the column; empty for a whole row.
        kind: What was done, for example ``"text date"``.
    """

    sheet: str
    row: int
    column: str
    kind: str


_RATE: Final = {"clean": 0, "typical": 12, "hostile": 110}
"""Of 256 cells, how many are untidy."""
_TITLES: Final = ("", "Annex A return", "FICTIONAL - exported for practice")


def _bytes(*parts: object) -> bytes:
    """Return numbers that depend on the parts alone, from 0 to 255."""
    return sha256("/".join(map(str, parts)).encode()).digest()


def stray_rows(sheet: str, seed: str, dirt: Dirt) -> tuple[str, ...]:
    """Return the rows above the header: none but in half of hostile sheets."""
    if dirt != "hostile" or _bytes(seed, sheet, "title")[0] % 2:
        return ()
    return _TITLES[1:]


def dirty_header(
    column: Column, sheet: str, row: int, seed: str, dirt: Dirt
) -> tuple[str, Quirk | None]:
    """Return a header, perhaps untidy, and what was done to it."""
    chance, which, *_ = _bytes(seed, sheet, column.key, "header")
    if chance >= _RATE[dirt]:
        return column.header, None
    forms = {
        "trailing space in header": f"{column.header} ",
        "no-break space in header": column.header.replace(" ", "\N{NO-BREAK SPACE}"),
        "upper-case header": column.header.upper(),
        "curly quotes in header": column.header.replace(
            "'", "\N{RIGHT SINGLE QUOTATION MARK}"
        ),
        "stray brackets in header": f"{column.header}))",
    }
    changed = [kind for kind, text in forms.items() if text != column.header]
    kind = changed[which % len(changed)]
    return forms[kind], Quirk(sheet=sheet, row=row, column=column.key, kind=kind)


def dirty_cell(
    column: Column,
    value: Value,
    cell: Cell,
    *,
    name: str,
    row: int,
    seed: str,
    dirt: Dirt,
    as_at: dt.date,
) -> tuple[Cell, Quirk | None]:
    """Return a cell, perhaps untidy, and what was done to it.

    Args:
        column: Its column.
        value: What it means.
        cell: How it is written when clean.
        name: The sheet's name.
        row: Row as the spreadsheet shows it.
        seed: Decides, with the place, what is done.
        dirt: How untidy to be.
        as_at: The day the workbook describes.
    """
    chance, which, *_ = _bytes(seed, name, row, column.key)
    if chance >= _RATE[dirt]:
        return cell, None
    made = _spoil(column, value, which, row=row, hostile=dirt == "hostile", as_at=as_at)
    if made is None or made[1] == cell:
        return cell, None
    kind, spoilt = made
    return spoilt, Quirk(sheet=name, row=row, column=column.key, kind=kind)


def _spoil(
    column: Column, value: Value, which: int, *, row: int, hostile: bool, as_at: dt.date
) -> tuple[str, Cell] | None:
    if column.key in {"child_id", "adopter_id"}:
        return ("space round an identifier", f" {value} ") if hostile else None
    if value is None:
        return _nothing(column, which, hostile=hostile)
    if isinstance(value, int):
        aged = column.key == "age"
        return (
            _age(value, which, row=row, hostile=hostile, as_at=as_at) if aged else None
        )
    if column.type == "date":
        return _date(dt.date.fromisoformat(value), which, hostile=hostile)
    code = code_list(column.codes).get(value) if column.codes else None
    if code is not None:
        return _coded(code, which, hostile=hostile)
    return "no-break space", value.replace(" ", "\N{NO-BREAK SPACE}")


def _nothing(column: Column, which: int, *, hostile: bool) -> tuple[str, Cell] | None:
    if column.key == "age":
        return ("unborn", "Unborn") if hostile else None
    if which % 2 and hostile:
        return "error value", Formula("=NA()", "#N/A")
    return "text for an error value", "#N/A"


def _age(
    age: int, which: int, *, row: int, hostile: bool, as_at: dt.date
) -> tuple[str, Cell]:
    if which % 2 and hostile:
        day = f"DATE({as_at.year},{as_at.month},{as_at.day})"
        return "age by formula", Formula(f'=DATEDIF(D{row},{day},"Y")', age)
    return "age with a fraction", age + (which % 9 + 1) / 10


def _date(day: dt.date, which: int, *, hostile: bool) -> tuple[str, Cell]:
    if not hostile:
        return "text date", day.strftime("%d/%m/%Y")
    forms: tuple[Callable[[], str], ...] = (
        lambda: day.strftime("%d/%m/%Y"),
        day.isoformat,
        lambda: f"{day.day}-{day.month}-{day.year}",
        lambda: f"{day.day} {SHORT_MONTHS[day.month - 1]} {day.year}",
        lambda: day.strftime("%d/%m/%Y 00:00:00"),
    )
    return "text date", forms[which % len(forms)]()


def _coded(code: Code, which: int, *, hostile: bool) -> tuple[str, Cell]:
    forms = {"bare words": code.label, "code alone": code.code or code.label}
    if hostile:
        forms |= {
            "upper case": code.written.upper(),
            "no-break space": code.written.replace(" ", "\N{NO-BREAK SPACE}") + " ",
            "another dash": code.written.replace("-", "\N{EN DASH}"),
        }
    kind = list(forms)[which % len(forms)]
    return kind, forms[kind]
