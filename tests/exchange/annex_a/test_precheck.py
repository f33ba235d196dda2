"""What is refused before a single cell is read."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING

import pytest

from case_audit.errors import NotAWorkbookError, UnusableWorkbookError
from case_audit.exchange.annex_a import precheck
from case_audit.exchange.annex_a.precheck import check_workbook
from case_audit.exchange.annex_a.sheet_scan import SheetScan

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Make = Callable[..., Path]
    Repack = Callable[..., Path]

ROWS = [["Child Unique ID", "Gender"], ["0001", "a) Male"]]
SHEET = "xl/worksheets/sheet1.xml"


def check(path: Path) -> precheck.CheckedWorkbook:
    with path.open("rb") as file:
        return check_workbook(file)


def insert_rows(rows: bytes) -> Callable[[str, bytes], bytes]:
    """Return an edit that adds rows to the first sheet."""
    return lambda name, content: (
        content.replace(b"</sheetData>", rows + b"</sheetData>")
        if name == SHEET
        else content
    )


def test_a_plain_workbook_passes(make_workbook: Make) -> None:
    """The check must not stand in the way of ordinary files."""
    found = check(make_workbook({"List 1": ROWS, "Notes": []}))

    assert not found.marked_synthetic
    assert set(found.sheets) == {"List 1", "Notes"}


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"Child Unique ID,Gender\n1,M\n", "CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "password"),
        (b"PK\x03\x04" + bytes(100), "damaged"),
    ],
)
def test_other_files_are_named_for_what_they_are(
    tmp_path: Path, content: bytes, word: str
) -> None:
    """Renaming a file does not make it a workbook; say what to do instead."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)

    with pytest.raises(NotAWorkbookError, match=word) as caught:
        check(path)
    assert caught.value.hint


def test_a_file_beyond_all_measure_is_not_looked_at(
    make_workbook: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for a 5 GB "workbook"."""
    monkeypatch.setattr(precheck, "MAX_FILE", 1_000)

    with pytest.raises(NotAWorkbookError, match="larger"):
        check(make_workbook({"List 1": ROWS}))


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.95])
def test_cut_short_is_refused(make_workbook: Make, keep: float) -> None:
    """A download that broke off must not pass for a short list."""
    path = make_workbook({"List 1": ROWS * 50})
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * keep)])

    with pytest.raises(NotAWorkbookError, match="damaged"):
        check(path)


def test_a_flipped_bit_is_noticed(make_workbook: Make) -> None:
    """Every part is unpacked to its checksum."""
    path = make_workbook({"List 1": [*ROWS, *([f"{n}", "b"] for n in range(300))]})
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as parts:
        info = parts.getinfo(SHEET)
    at = info.header_offset + 30 + len(SHEET) + info.compress_size // 2
    content[at] ^= 0xFF
    path.write_bytes(content)

    with pytest.raises(NotAWorkbookError, match="damaged"):
        check(path)


@pytest.mark.parametrize("gone", ["xl/workbook.xml", "[Content_Types].xml", SHEET])
def test_missing_parts_are_noticed(
    make_workbook: Make, repack: Make, gone: str
) -> None:
    """Readers take a workbook without its directory for one without rows."""
    path = repack(
        make_workbook({"List 1": ROWS}), lambda name, c: None if name == gone else c
    )

    with pytest.raises(NotAWorkbookError, match="lacks the part"):
        check(path)


@pytest.mark.parametrize("part", ["mimetype", "xl/workbook.bin"])
def test_other_kinds_of_workbook_are_told_apart(
    make_workbook: Make, repack: Make, part: str
) -> None:
    """OpenDocument and binary workbooks are zips as well."""
    path = repack(make_workbook({"List 1": ROWS}), lambda _, c: c, more=[(part, b"x")])

    with pytest.raises(NotAWorkbookError, match="OpenDocument"):
        check(path)


def test_bombs_are_refused(make_workbook: Make, repack: Make) -> None:
    """A few kilobytes must not become gigabytes."""
    path = repack(
        make_workbook({"List 1": ROWS}),
        lambda _, c: c,
        more=[("xl/worksheets/sheet9.xml", b" " * (30 << 20))],
    )

    with pytest.raises(UnusableWorkbookError, match="unpacks to more than"):
        check(path)


def test_the_sum_of_all_parts_is_limited(
    make_workbook: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many parts of a fair size are a bomb too."""
    monkeypatch.setattr(precheck, "MAX_UNPACKED", 5_000)

    with pytest.raises(UnusableWorkbookError, match="unpacks to more than"):
        check(make_workbook({"List 1": ROWS}))


@pytest.mark.parametrize(
    ("part", "word"),
    [
        ("../../evil.xml", "outside"),
        ("/etc/evil.xml", "outside"),
        ("XL/Workbook.xml", "same name"),
    ],
)
def test_odd_parts_are_refused(
    make_workbook: Make, repack: Make, part: str, word: str
) -> None:
    """Two parts of one name are read as the last one, without a word."""
    path = repack(
        make_workbook({"List 1": ROWS}), lambda _, c: c, more=[(part, b"<a/>")]
    )

    with pytest.raises(UnusableWorkbookError, match=word):
        check(path)


def test_too_many_parts_are_refused(
    make_workbook: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A workbook of lists has a few dozen."""
    monkeypatch.setattr(precheck, "MAX_PARTS", 3)

    with pytest.raises(UnusableWorkbookError, match="parts"):
        check(make_workbook({"List 1": ROWS}))


@pytest.mark.parametrize(("at", "value"), [(8, 1), (10, 12)])
def test_encrypted_or_oddly_packed_parts_are_refused(
    make_workbook: Make, at: int, value: int
) -> None:
    """They would fail later, with words that help nobody."""
    path = make_workbook({"List 1": ROWS})
    content = bytearray(path.read_bytes())
    start = content.index(b"PK\x01\x02")
    struct.pack_into("<H", content, start + at, value)
    path.write_bytes(content)

    with pytest.raises(NotAWorkbookError, match="encrypted"):
        check(path)


@pytest.mark.parametrize(
    ("head", "word"),
    [
        (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>', "document type"),
        ("<?xml version='1.0'?><x/>".encode("utf-16"), "UTF-8"),
    ],
)
def test_document_types_and_other_encodings_are_refused(
    make_workbook: Make, repack: Make, head: bytes, word: str
) -> None:
    """Entities unfold and reach for files; lists need none."""
    path = repack(
        make_workbook({"List 1": ROWS}), lambda n, c: head + c if n == SHEET else c
    )

    with pytest.raises(UnusableWorkbookError, match=word):
        check(path)


@pytest.mark.parametrize(
    "row",
    [
        b'<row r="9"><c r="XFD9"><v>1</v></c></row>',
        b'<row r="9"><c r="IW9" t="inlineStr"><is><t>x</t></is></c></row>',
        b'<row r="9"><c s="1" r="ZZ9"><f>A1</f></c></row>',
        b'<row r="200001"><c r="A200001"><v>1</v></c></row>',
        b'<row spans="1:1" r="1048576"><c><v>1</v></c></row>',
    ],
)
def test_stray_cells_are_refused_with_their_place(
    make_workbook: Make, repack: Make, row: bytes
) -> None:
    """One of them makes the reader of cells ask for gigabytes and die."""
    path = repack(make_workbook({"List 1": ROWS}), insert_rows(row))

    with pytest.raises(UnusableWorkbookError, match="far outside") as caught:
        check(path)
    assert "List 1" in caught.value.where
    assert any(word in caught.value.where for word in ("column", "row"))


@pytest.mark.parametrize(
    "row",
    [
        b'<row r="1048576"/>',
        b'<row r="1048576" ht="15"></row>',
        b'<row r="1048576"><c r="A1048576" s="3"/></row>',
        b'<row r="9"><c r="XFD9" s="3"/><c r="XFC9" s="3"></c></row>',
        b'<row r="199999"><c r="IV199999"><v>1</v></c></row>',
        b'<row r="9"><c r="A9"><is><t> r="XFD9" row r="900000"</t></is></c></row>',
    ],
)
def test_formatting_far_out_is_no_reason_to_refuse(
    make_workbook: Make, repack: Make, row: bytes
) -> None:
    """People colour whole rows and columns; only content counts."""
    check(repack(make_workbook({"List 1": ROWS}), insert_rows(row)))


@pytest.mark.parametrize("size", [1, 7, 64, 10_000])
def test_pieces_do_not_matter(size: int) -> None:
    """A tag cut in two by the streaming is still seen once, and whole."""
    part = (
        b'<worksheet><sheetData><row r="1" hidden="1"><c r="A1" t="e"><v>#N/A</v></c>'
        b'</row><row r="2" spans="1:2" hidden="true"/><row r="3"><c r="A3"/></row>'
        b"</sheetData></worksheet>"
    )
    scan = SheetScan("x")

    for start in range(0, len(part), size):
        scan.feed(part[start : start + size])
    facts = scan.finish()

    cells = [(index, list(found)) for index, found in facts.error_cells.columns()]
    assert cells == [(0, [(1, "#N/A")])]
    assert facts.hidden_rows == 2


@pytest.mark.parametrize("size", [3, 50, 10_000])
def test_a_stray_cell_is_seen_in_any_pieces(size: int) -> None:
    """Streaming must not open a gap."""
    part = b'<sheetData><row r="300000"><c r="A300000" s="1"><v>1</v></c></row></sheetData>'

    def run() -> None:
        scan = SheetScan("x")
        for start in range(0, len(part), size):
            scan.feed(part[start : start + size])
        scan.finish()

    with pytest.raises(UnusableWorkbookError):
        run()


def test_an_endless_row_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is held back while a row is incomplete has its limit."""
    monkeypatch.setattr("case_audit.exchange.annex_a.sheet_scan.MAX_HELD", 1_000)
    scan = SheetScan("x")
    scan.feed(b"<row r='1'>" + b"<c/>" * 200)

    with pytest.raises(UnusableWorkbookError, match="single row"):
        scan.feed(b"<c/>" * 200)


@pytest.mark.parametrize(
    ("properties", "marked"),
    [
        ({"title": "FICTIONAL - SYNTHETIC DATA"}, True),
        ({"subject": "synthetic children"}, True),
        ({"title": "Annex A", "author": "SYNTHETIC"}, False),
    ],
)
def test_the_mark_of_invented_data_is_seen(
    make_workbook: Make, properties: dict[str, str], *, marked: bool
) -> None:
    """Practice and live data never mix, and the mark decides which it is."""
    found = check(make_workbook({"List 1": ROWS}, properties=properties))

    assert found.marked_synthetic is marked


@pytest.mark.parametrize(
    "content", [b"<broken", b"<x><!-- c --></x>", b"<x/>" + b" " * (3 << 20)]
)
def test_odd_properties_are_passed_over(
    make_workbook: Make, repack: Make, content: bytes
) -> None:
    """They say nothing of the lists, so they are no reason to refuse."""
    path = repack(
        make_workbook({"List 1": ROWS}),
        lambda n, c: content if n == "docProps/core.xml" else c,
    )

    assert not check(path).marked_synthetic


def test_a_workbook_without_relations_still_has_its_parts(
    make_workbook: Make, repack: Make
) -> None:
    """Then the parts' names stand for the sheets' names."""
    path = repack(
        make_workbook({"List 1": ROWS}),
        lambda n, c: None if n == "xl/_rels/workbook.xml.rels" else c,
    )

    assert set(check(path).sheets) == {SHEET}


def test_the_file_may_be_anywhere_when_handed_over(make_workbook: Make) -> None:
    """It was read for its digest just before."""
    file = io.BytesIO(make_workbook({"List 1": ROWS}).read_bytes())
    file.read()

    assert check_workbook(file).sheets
