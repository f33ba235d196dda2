"""The tables of a document as a workbook and as CSV."""

from __future__ import annotations

import csv
import datetime as dt
import re
from dataclasses import replace
from fractions import Fraction
from io import StringIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import openpyxl
import pytest

from case_audit.reports.document.figures import HEAD, document_csv, guarded
from case_audit.reports.document.model import Cell, Table
from case_audit.reports.document.workbook import document_xlsx, sheet_names
from documents import COUNTS, FORMULA, LONG, a_document, a_hostile_document

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

MADE = dt.datetime(2026, 3, 31, 13, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))


def rows(sheet: Worksheet) -> list[tuple[object, ...]]:
    return list(sheet.iter_rows(values_only=True))


def test_numbers_are_numbers_and_words_are_words(tmp_path: Path) -> None:
    """Shares in full; beside an interval in words stands its share."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(document_xlsx(a_document(audience="shareable"), made=MADE))

    book = openpyxl.load_workbook(path)

    head, first, second = rows(book["Domains"])
    assert book.sheetnames == ["Read me", "Domains", "Method"]
    assert head == (*COUNTS.head, "Good or better (95% interval), as shown")
    assert first[:7] == ("Experiences and progress", 2, 16, 9, 3, 0, 30)
    assert first[7:] == (0.6, "60% (42% to 76%)")
    assert second == ("Partnership", "c", 14, 11, "c", 2, 28, 2 / 3, "67% (40% to 83%)")
    assert book["Domains"]["H3"].number_format == "0.0%"
    assert book["Domains"].freeze_panes == "B2"
    assert all(sheet.sheet_state == "visible" for sheet in book)


def test_the_first_sheet_says_whose_they_are(tmp_path: Path) -> None:
    """A sheet that is copied out of it is marked when printed."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(document_xlsx(a_document(audience="shareable"), made=MADE))

    book = openpyxl.load_workbook(path)
    told = [cell for row in rows(book["Read me"]) for cell in row if cell]

    assert told[:5] == [
        "Self-assessment: children in need, spring 2026",
        "Practice data: all of it is invented",
        "Shareable: small numbers are hidden",
        "Borrowmere, 31 March 2026",
        "Our own view from case audit; it is not an Ofsted judgement.",
    ]
    assert {COUNTS.caption, *COUNTS.notes, "Domains", "Method"} <= set(told)
    assert "Shareable" in book["Domains"].oddHeader.left.text
    assert book.properties.created == dt.datetime(2026, 3, 31, 12, 30)  # noqa: DTZ001


def test_no_formula_is_written(tmp_path: Path) -> None:
    """What an auditor pasted is never reckoned with, nor is it a link."""
    path = tmp_path / "h.xlsx"
    path.write_bytes(document_xlsx(a_hostile_document(), made=MADE))

    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    texts = {cell.value for cell in cells}

    assert len(book.sheetnames) == len({n.casefold() for n in book.sheetnames}) == 4
    assert {FORMULA, "@SUM(A1)", LONG} <= texts
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    with ZipFile(path) as packed:
        for name in packed.namelist():
            text = packed.read(name).decode("utf-8")
            assert "<f>" not in text
            assert "hyperlink" not in text
            assert not re.search("[\x00-\x08\x0b-\x1f\u202e\uffff]", text)


def test_the_same_tables_are_the_same_file(tmp_path: Path) -> None:
    """A changed workbook can be told from an unchanged one."""
    one, two = tmp_path / "1.xlsx", tmp_path / "2.xlsx"

    for path in (one, two):
        path.write_bytes(document_xlsx(a_document(), made=MADE))

    assert one.read_bytes() == two.read_bytes()


def test_names_of_sheets_are_taken_by_every_program() -> None:
    """At most 31 characters, no signs of a path, no two alike, none reserved."""

    def named(*names: str) -> tuple[str, ...]:
        return sheet_names(tuple(replace(COUNTS, name=name) for name in names))

    assert named("a/b", "A b", "", "''", "History", "read me") == (
        *("a b", "A b 2", "Table", "Table 2", "History 2", "read me 2"),
    )
    assert named("x" * 40, "X" * 31) == ("x" * 31, f"{'X' * 29} 2")


def test_a_number_is_told_as_it_is(tmp_path: Path) -> None:
    """Whole, part, share, and a text that says just that."""
    cells = (
        Cell(text="a"),
        Cell(text="1.5", value=Fraction(3, 2)),
        Cell(text="<1%", value=Fraction(1, 300), percent=True),
    )
    table = Table(name="t", caption="t", head=("a", "b", "c"), rows=(cells,))
    path = tmp_path / "n.xlsx"
    path.write_bytes(document_xlsx(a_document(table), made=MADE))

    sixteen_digits = pytest.approx(1 / 300, rel=1e-15)
    assert rows(openpyxl.load_workbook(path)["t"])[1] == ("a", 1.5, sixteen_digits)
    assert document_csv(a_document(table)).splitlines() == [
        "table,row,column,text,value",
        "t,a,b,1.5,1.5",
        "t,a,c,<1%,0.00333333333333",
    ]


def test_csv_is_a_line_for_each_cell() -> None:
    """Long, so that it can be filtered and joined."""
    lines = list(csv.reader(StringIO(document_csv(a_document()))))

    assert tuple(lines[0]) == HEAD
    assert ["Domains", "Experiences and progress", "Good", "16", "16"] in lines
    assert ["Domains", "Partnership", "Outstanding", "c", ""] in lines
    assert [
        *("Domains", "Partnership", COUNTS.head[-1]),
        *("67% (40% to 83%)", "0.666666666667"),
    ] in lines
    said = "Overall. Between 42% and 76% of the 300 cases are good or better (n = 30)."
    assert ["Evidence", said, "Numbers", "3, 7, 12", ""] in lines
    assert ["Evidence", said, "How many", "1", "1"] in lines
    assert len(lines) == 1 + 2 * 7 + 2 * 1 + 4 * 4


def test_csv_holds_nothing_that_a_spreadsheet_obeys() -> None:
    """A number stays one; anything else that looks like a formula is text."""
    text = document_csv(a_hostile_document())
    cells = [cell for line in csv.reader(StringIO(text)) for cell in line]

    assert not [cell for cell in cells if re.match("[=@]|[-+](?!\\d+$)", cell)]
    assert "'=1+1" in cells
    assert not re.search("[\x00-\x08\u202e\uffff\ud800]", text)
    assert [
        guarded(t) for t in ("-1", "+5%", "-1+2", "\t=1", "\uff1d1", "- a", "a")
    ] == [
        *("-1", "+5%", "'-1+2", "'=1", "'\uff1d1", "'- a", "a"),
    ]
