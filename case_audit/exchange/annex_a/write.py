"""Write an invented Annex A workbook, as clean or as untidy as real ones are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import xlsxwriter

from case_audit.exchange.annex_a.dirt import (
    Formula,
    Quirk,
    dirty_cell,
    dirty_header,
    stray_rows,
)
from case_audit.exchange.annex_a.spec import LISTS, columns, written
from case_audit.exchange.beside import written_beside

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from case_audit.core.frame.model import Value
    from case_audit.exchange.annex_a.dirt import (
        Cell,
        Dirt,
    )
    from case_audit.exchange.annex_a.spec import Column

WATERMARK: Final = "SYNTHETIC DATA - every child, family and worker here is invented"
"""First cell of the cover sheet; importers know invented data by it."""

TITLE: Final = "FICTIONAL - SYNTHETIC DATA"
"""Title in the document's properties."""

_WHAT: Final = (
    "An Annex A workbook of the invented county of Borrowmere, for practice and for "
    "trying out software."
)
_LIMITS: Final = (
    "It has the shape of real data and published overall proportions, and nothing "
    "else: no record of a real person was used, and nothing can be learnt from it "
    "about real children."
)
_DAY_ZERO: Final = dt.date(1899, 12, 30).toordinal()
_WIDTH: Final = 18


@dataclass(frozen=True, slots=True)
class _Sheet:
    sheet: Worksheet
    dates: Format

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Write a cell: text as text, whatever it looks like."""
        if isinstance(cell, str):
            self.sheet.write_string(row, column, cell)
        elif isinstance(cell, dt.date):
            day = cell.toordinal() - _DAY_ZERO
            self.sheet.write_number(row, column, day, self.dates)
        elif isinstance(cell, Formula):
            self.sheet.write_formula(row, column, cell.text, None, cell.value)
        elif cell is not None:
            self.sheet.write_number(row, column, cell)


def write_workbook(
    path: Path,
    rows: Mapping[int, Iterable[Mapping[str, Value]]],
    *,
    as_at: dt.date,
    seed: str,
    generator: str = "",
    dirt: Dirt = "clean",
) -> tuple[Quirk, ...]:
    """Write an Annex A workbook of invented children.

    Rows are written as they come, so a large county needs little memory.

    Args:
        path: Where; an existing file is replaced, whole or not at all.
        rows: Rows by number of the list, keyed by column, with ids of codes, ISO
            dates and numbers. Lists that are not there are left out.
        as_at: The day the workbook describes.
        seed: What the rows were made from; also decides where it is untidy.
        generator: Version of the generator, for the cover sheet.
        dirt: ``clean``, as untidy as usual (``typical``), or as untidy as can
            still be understood (``hostile``). Never changes who is in a list.

    Returns:
        Every cell, header and row that was made untidy on purpose.

    Raises:
        FileError: If the file cannot be written.
    """
    quirks: list[Quirk] = []
    with written_beside(path) as new:
        book = xlsxwriter.Workbook(str(new), {"constant_memory": True})
        with book:
            _properties(book, as_at)
            _cover(book.add_worksheet("READ ME"), as_at, seed, generator, dirt)
            dates = book.add_format({"num_format": "dd/mm/yyyy"})
            for number in sorted(rows):
                sheet = _Sheet(book.add_worksheet(LISTS[number].sheet), dates)
                quirks += _list(sheet, number, rows[number], as_at, seed, dirt)
    return tuple(quirks)


def _properties(book: xlsxwriter.Workbook, as_at: dt.date) -> None:
    midnight = dt.datetime(as_at.year, as_at.month, as_at.day, tzinfo=dt.UTC)
    about = {"title": TITLE, "subject": WATERMARK, "author": "case-audit"}
    book.set_properties(about | {"created": midnight.replace(tzinfo=None)})


def _cover(
    sheet: Worksheet, as_at: dt.date, seed: str, generator: str, dirt: Dirt
) -> None:
    lines = (
        WATERMARK,
        _WHAT,
        _LIMITS,
        f"As at {as_at.isoformat()}",
        f"Generator version {generator}, seed {seed}, untidiness {dirt}",
    )
    sheet.set_column(0, 0, 100)
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, line)


def _list(
    sheet: _Sheet,
    number: int,
    rows: Iterable[Mapping[str, Value]],
    as_at: dt.date,
    seed: str,
    dirt: Dirt,
) -> list[Quirk]:
    name, heads = LISTS[number].sheet, columns(number)
    sheet.sheet.set_column(0, len(heads) - 1, _WIDTH)
    at, quirks = 0, []
    for text in stray_rows(name, seed, dirt):
        sheet.put(at, 0, text)
        quirks.append(Quirk(sheet=name, row=at + 1, column="", kind="title row"))
        at += 1
    for place, column in enumerate(heads):
        header, quirk = dirty_header(column, name, at + 1, seed, dirt)
        sheet.put(at, place, header)
        quirks += [quirk] if quirk else []
    for row in rows:
        at += 1
        for place, column in enumerate(heads):
            value = row.get(column.key)
            cell = _clean(column, value)
            if dirt != "clean":
                cell, quirk = dirty_cell(
                    column,
                    value,
                    cell,
                    name=name,
                    row=at + 1,
                    seed=seed,
                    dirt=dirt,
                    as_at=as_at,
                )
                quirks += [quirk] if quirk else []
            sheet.put(at, place, cell)
    return quirks


def _clean(column: Column, value: Value) -> Cell:
    if value is None or isinstance(value, int):
        return value
    if column.type == "date":
        return dt.date.fromisoformat(value)
    return written(column.codes, value)
