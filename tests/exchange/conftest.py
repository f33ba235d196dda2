"""Workbooks for the tests, made on the spot."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from case_audit.exchange.annex_a.spec import columns

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from xlsxwriter.worksheet import Worksheet

    MakeWorkbook = Callable[..., Path]
    Repack = Callable[..., Path]


@pytest.fixture
def make_workbook(tmp_path: Path) -> MakeWorkbook:
    """Return a function that writes sheets of rows to a workbook.

    Dates become real dates, ``None`` an empty cell, text that begins with ``=``
    a formula with its value after ``|``.
    """

    def make(
        sheets: Mapping[str, Sequence[Sequence[object]]],
        *,
        hidden: Sequence[str] = (),
        properties: Mapping[str, str] | None = None,
        name: str = "annex.xlsx",
    ) -> Path:
        path = tmp_path / name
        book = xlsxwriter.Workbook(path)
        book.set_properties(dict(properties or {}))
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            if title in hidden:
                sheet.hide()
            for r, row in enumerate(rows):
                for c, cell in enumerate(row):
                    _write(sheet, r, c, cell, day)
        book.close()
        return path

    return make


def _write(sheet: Worksheet, row: int, column: int, cell: object, day: object) -> None:
    if isinstance(cell, (date, datetime)):
        at = datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 - a cell
        sheet.write_datetime(row, column, at, day)
    elif isinstance(cell, str) and cell.startswith("="):
        formula, _, value = cell.partition("|")
        sheet.write_formula(row, column, formula, None, value)
    elif isinstance(cell, str):
        sheet.write_string(row, column, cell)
    elif cell is not None:
        sheet.write(row, column, cell)


@pytest.fixture
def headers() -> Callable[[int], list[str]]:
    """Return a function that gives a list's headers as Annex A writes them."""
    return lambda list_no: [column.header for column in columns(list_no)]


@pytest.fixture
def repack(tmp_path: Path) -> Repack:
    """Return a function that copies a workbook with its parts changed."""

    def change(
        path: Path,
        edit: Callable[[str, bytes], bytes | None],
        *,
        more: Sequence[tuple[str, bytes]] = (),
    ) -> Path:
        changed = tmp_path / f"changed-{path.name}"
        with (
            zipfile.ZipFile(path) as old,
            zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for info in old.infolist():
                content = edit(info.filename, old.read(info))
                if content is not None:
                    new.writestr(info.filename, content)
            for name, content in more:
                new.writestr(name, content)
        return changed

    return change
