"""Invented workbooks: marked, readable, and untidy without loss."""

from __future__ import annotations

import zipfile
from collections import Counter
from datetime import date, datetime
from typing import TYPE_CHECKING

import openpyxl
import pytest

from case_audit.errors import FileError
from case_audit.exchange.annex_a.read import WorkbookStream
from case_audit.exchange.annex_a.spec import LISTS, columns
from case_audit.exchange.annex_a.write import TITLE, WATERMARK, write_workbook
from case_audit.synthetic.county import make_county

if TYPE_CHECKING:
    from pathlib import Path

    from case_audit.exchange.annex_a.dirt import Dirt
    from case_audit.synthetic.model import County

AS_AT = date(2026, 3, 31)


@pytest.fixture(scope="module")
def county() -> County:
    return make_county("write", children=60, as_at=AS_AT, files=False)


def write(county: County, path: Path, dirt: Dirt = "clean") -> Path:
    write_workbook(
        path, county.rows, as_at=AS_AT, seed="write", generator="1", dirt=dirt
    )
    return path


def understood(path: Path) -> list[tuple[int, str, dict[str, object]]]:
    with WorkbookStream(path) as stream:
        return [(r.list_no, r.unit, dict(r.values)) for r in stream]


def test_cover_and_properties_say_that_nobody_exists(
    county: County, tmp_path: Path
) -> None:
    """Whoever opens the file, or only looks at its properties, must know."""
    book = openpyxl.load_workbook(write(county, tmp_path / "a.xlsx"))

    cover = book["READ ME"]
    text = " ".join(str(row[0]) for row in cover.values)
    assert book.sheetnames[0] == "READ ME"
    assert cover["A1"].value == WATERMARK
    assert book.properties.title == TITLE
    assert "seed write" in text
    assert "2026-03-31" in text
    with WorkbookStream(tmp_path / "a.xlsx") as stream:
        list(stream)
        assert stream.reading().synthetic


def test_headers_dates_and_identifiers_are_as_annex_a_wants(
    county: County, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(write(county, tmp_path / "a.xlsx"))

    assert book.sheetnames[1:] == [LISTS[number].sheet for number in range(1, 12)]
    for number in range(1, 12):
        sheet = book[LISTS[number].sheet]
        assert [c.value for c in sheet[1]] == [c.header for c in columns(number)]
    need = book["List 6"]
    keys = [column.key for column in columns(6)]
    born, start = (keys.index(key) + 1 for key in ("date_of_birth", "cin_start"))
    for row in range(2, need.max_row + 1):
        assert isinstance(need.cell(row, 1).value, str)
        assert isinstance(need.cell(row, born).value, datetime)
        assert need.cell(row, start).number_format == "dd/mm/yyyy"


def test_clean_workbook_reads_back_as_it_was(county: County, tmp_path: Path) -> None:
    found = understood(write(county, tmp_path / "a.xlsx"))

    wanted = []
    for number in range(1, 12):
        for row in county.rows[number]:
            unit = str(row[LISTS[number].id_key])
            wanted.append(
                (number, unit, {k: v for k, v in row.items() if v is not None})
            )
    assert [
        (n, unit, {k: v for k, v in values.items() if v is not None})
        for n, unit, values in found
    ] == [
        (n, unit, {k: v for k, v in row.items() if k in found[i][2]})
        for i, (n, unit, row) in enumerate(wanted)
    ]


@pytest.mark.parametrize("dirt", ["typical", "hostile"])
def test_untidiness_changes_nothing_that_is_understood(
    county: County, tmp_path: Path, dirt: Dirt
) -> None:
    """The importer is scored against this: not one cell may get lost."""
    clean = understood(write(county, tmp_path / "clean.xlsx"))

    untidy = understood(write(county, tmp_path / "untidy.xlsx", dirt))

    assert untidy == clean


def test_every_quirk_is_told_and_is_there(county: County, tmp_path: Path) -> None:
    """The list of quirks is the answer key: it must be true, cell by cell."""
    paths = tmp_path / "clean.xlsx", tmp_path / "hostile.xlsx"
    write(county, paths[0])
    quirks = write_workbook(
        paths[1], county.rows, as_at=AS_AT, seed="write", dirt="hostile"
    )
    clean, untidy = (openpyxl.load_workbook(path) for path in paths)

    titles = Counter(q.sheet for q in quirks if q.kind == "title row")
    told = {(q.sheet, q.row - titles[q.sheet], q.column) for q in quirks if q.column}
    found = set()
    for number in range(1, 12):
        name, heads = LISTS[number].sheet, columns(number)
        for row in range(1, clean[name].max_row + 1):
            for place, column in enumerate(heads, 1):
                was = clean[name].cell(row, place).value
                now = untidy[name].cell(row + titles[name], place).value
                if was != now:
                    found.add((name, row, column.key))
    assert found == told
    assert len({q.kind for q in quirks}) >= 12


def test_clean_has_no_quirks_and_typical_fewer_than_hostile(
    county: County, tmp_path: Path
) -> None:
    counts = [
        len(
            write_workbook(
                tmp_path / "x.xlsx", county.rows, as_at=AS_AT, seed="q", dirt=d
            )
        )
        for d in ("clean", "typical", "hostile")
    ]

    assert counts[0] == 0
    assert 0 < counts[1] < counts[2] / 4


def test_formula_like_text_is_text(tmp_path: Path) -> None:
    """A cell that begins with an equals sign must not be calculated."""
    row = {column.key: None for column in columns(1)} | {
        "child_id": "SYN-1",
        "gender": "=1+1",
    }

    write_workbook(tmp_path / "x.xlsx", {1: [row]}, as_at=AS_AT, seed="s")

    cell = openpyxl.load_workbook(tmp_path / "x.xlsx")["List 1"]["B2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    """Half a workbook must never stand where a whole one stood."""
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"old")
    bad = {"child_id": "SYN-1", "contact_date": "not a date"}

    with pytest.raises(ValueError, match="isoformat"):
        write_workbook(path, {1: [bad]}, as_at=AS_AT, seed="s")

    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="cannot be written"):
        write_workbook(tmp_path / "no" / "x.xlsx", {}, as_at=AS_AT, seed="s")


def test_it_is_a_plain_workbook(county: County, tmp_path: Path) -> None:
    """No macros, no links, nothing outside: some councils' mail refuses those."""
    with zipfile.ZipFile(write(county, tmp_path / "a.xlsx")) as parts:
        names = parts.namelist()

    assert not [n for n in names if "vba" in n or "external" in n.lower()]
