"""Cells with an error value: the reader shows them empty, the report where they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from case_audit.exchange.annex_a.read import WorkbookStream, read_workbook
from case_audit.exchange.annex_a.sheet_scan import SheetScan, column_name

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Make = Callable[..., Path]
    Headers = Callable[[int], list[str]]

ROW = ["SYN-1", "Male", "a) WBRI", "01/05/2019", 7, "01/03/2026", "1A: Individual"]


def scanned(part: bytes) -> list[tuple[int, list[tuple[int, str]]]]:
    """Scan a sheet's bytes and return its error cells by column."""
    scan = SheetScan("x")
    scan.feed(part)
    columns = scan.finish().error_cells.columns()
    return [(index, list(cells)) for index, cells in columns]


def test_each_is_told_with_its_place(make_workbook: Make, headers: Headers) -> None:
    """Sheet, row, header of the column and the value itself."""
    rows = [
        [*ROW[:4], "=NA()|#N/A", *ROW[5:]],
        ROW,
        [*ROW[:4], "=1/0|#DIV/0!", *ROW[5:6], "=NA()|#N/A"],
        [*ROW, "", "=NA()|#REF!"],
    ]

    reading, records = read_workbook(make_workbook({"List 1": [headers(1), *rows]}))

    assert "age" not in records[1][0].values
    told = [p for p in reading.problems if p.what == "an error value"]
    assert [(p.sheet, p.row, p.column, p.value) for p in told] == [
        ("List 1", 2, "Age of Child (Years)", "#N/A"),
        ("List 1", 4, "Age of Child (Years)", "#DIV/0!"),
        ("List 1", 4, "Contact Source", "#N/A"),
        ("List 1", 5, "column I", "#REF!"),
    ]
    assert all(p.done == "read as empty" for p in told)


@pytest.mark.parametrize(("each", "listed"), [(20, 20), (None, 30)])
def test_twenty_of_a_kind_or_all(
    make_workbook: Make, headers: Headers, each: int | None, listed: int
) -> None:
    """The count is exact however many are listed."""
    rows = [[f"SYN-{n}", *ROW[1:4], "=NA()|#N/A", *ROW[5:]] for n in range(30)]
    path = make_workbook({"List 1": [headers(1), *rows]})

    with WorkbookStream(path, each=each) as stream:
        list(stream)
        reading = stream.reading()

    assert len([p for p in reading.problems if p.value == "#N/A"]) == listed
    assert [c.count for c in reading.problem_counts] == [30]


def test_cells_without_an_address_are_still_counted() -> None:
    """Such a cell has no row and no column to tell."""
    part = (
        b'<row><c t="e"><v>#REF!</v></c><c s="1" t="e"><f>NA()</f><v>#N/A</v></c></row>'
    )

    assert scanned(part) == [(-1, [(0, "#N/A"), (0, "#REF!")])]
    assert column_name(-1) == ""


def test_only_tags_of_cells_count() -> None:
    """A text may hold anything, and a value that is none is not repeated."""
    text = b'<row r="1"><c r="A1" t="inlineStr"><is><t>r="B1" t="e"</t></is></c></row>'
    odd = b'<row r="2"><c r="AB2" t="e"><v>#SECRET!</v></c></row>'

    assert scanned(text + odd) == [(27, [(2, "an error value")])]


@pytest.mark.parametrize(
    ("index", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (255, "IV")]
)
def test_columns_are_named_as_spreadsheets_do(index: int, name: str) -> None:
    """The last one is the limit of the pre-check."""
    assert column_name(index) == f"column {name}"
