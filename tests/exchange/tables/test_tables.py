"""Tables of three kinds give the same records, and bad ones a clear word."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import duckdb
import pytest
import xlsxwriter
from tables import MAPPING, TABLE, a_mapping, a_table, read_table

from case_audit.errors import (
    CaseAuditError,
    MappingError,
    NoParquetError,
    NotAWorkbookError,
    TableError,
)
from case_audit.exchange.tables import parquet_table
from case_audit.exchange.tables.csv_table import MAX_LINE
from case_audit.exchange.tables.source import TableSource

if TYPE_CHECKING:
    from pathlib import Path

    from case_audit.exchange.reading import Progress

ROWS = [line.split(",") for line in TABLE.splitlines()]


def a_book(path: Path, *, more: tuple[str, ...] = (), synthetic: bool = False) -> Path:
    book = xlsxwriter.Workbook(path)
    if synthetic:
        book.add_worksheet("READ ME").write_string(0, 0, "SYNTHETIC DATA - invented")
    sheet = book.add_worksheet("Plans")
    for y, row in enumerate(ROWS):
        for x, cell in enumerate(row):
            sheet.write_string(y, x, cell)
    for name in more:
        book.add_worksheet(name)
    book.close()
    return path


def a_parquet(path: Path) -> Path:
    source = a_table(path.parent, name="source.csv")
    duckdb.read_csv(str(source), all_varchar=True, quotechar='"').write_parquet(
        str(path)
    )
    return path


def test_csv_excel_and_parquet_give_the_same(tmp_path: Path) -> None:
    """Only the row numbers differ: a Parquet table has no row of headers."""
    mapping = a_mapping(tmp_path)
    found = [
        read_table(path, mapping)
        for path in (
            a_table(tmp_path),
            a_book(tmp_path / "plans.xlsx"),
            a_parquet(tmp_path / "plans[1].parquet"),
        )
    ]

    values = [[(r.unit, r.values, r.raw) for r in records] for records, _ in found]
    assert values[0] == values[1] == values[2]
    assert [records[0].row for records, _ in found] == [2, 2, 1]
    assert len({reading.sha256 for _, reading in found}) == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_ways_to_write_a_csv(
    tmp_path: Path, encoding: str, delimiter: str, ends: str
) -> None:
    """Each program has its own; a word is said where it is not UTF-8."""
    text = "Person ID,Team\n0001,Café\n\n0002,Ash\n"
    path = tmp_path / "plans.csv"
    path.write_bytes(text.replace(",", delimiter).replace("\n", ends).encode(encoding))
    mapping = a_mapping(
        tmp_path, text="kind: table\nlist: 7\nunit: Person ID\ncolumns:\n  team: Team\n"
    )

    records, reading = read_table(path, mapping)

    assert [(r.unit, r.values["team"], r.row) for r in records] == [
        ("0001", "Café", 2),
        ("0002", "Ash", 4),
    ]
    told = {p.what for p in reading.problems if "UTF" in p.what}
    assert len(told) == (encoding in ("cp1252", "utf-16"))


def test_the_separator_may_be_said(tmp_path: Path) -> None:
    """Spreadsheet programs write such a line, and blank ones above."""
    table = a_table(tmp_path, "\nsep=;\nPerson ID;Team\n1;A,B,C\n")
    text = "kind: table\nlist: 7\nunit: Person ID\ncolumns:\n  team: Team\n"

    (record,), _ = read_table(table, a_mapping(tmp_path, text=text))

    assert (record.values["team"], record.row) == ("A,B,C", 4)


def test_every_row_is_a_record_or_left_out_with_a_reason(tmp_path: Path) -> None:
    """Rows read = records + left out, to the last one."""
    table = a_table(
        tmp_path,
        TABLE
        + '="00004",N,1,,,,=A1,North,\n'
        + "1.2E+05,N,1,,,,A,North,\n"
        + ",N,1,,,,A,North,\n"
        + "=B7,N,1,,,,A,North,\n"
        + "0005,N,1,,,,A,North,,more\n"
        + "0006,N,1\n"
        + "0007\n"
        + ",,,,,,,,\n"
        + "0008,N,1,,,,A,N,,,,\n",
    )

    records, reading = read_table(table, a_mapping(tmp_path))

    (listed,) = reading.lists
    assert [r.unit for r in records][3:] == ["00004", "0006", "0008"]
    assert listed.left_out == {
        "an identifier in scientific notation": 1,
        "no identifier in a row with other entries": 1,
        "a formula in place of its result": 1,
        "more cells than headers in the row": 1,
        "nothing but an identifier in the row": 1,
    }
    assert listed.rows == len(records) + 5
    told = {(p.row, p.column): p.what for p in reading.problems}
    assert told[5, "Team"] == "a formula in place of its result"
    assert told[10, ""] == "fewer cells than headers in the row"
    assert "team" not in records[3].values
    assert records[3].raw["team"] == "=A1"


def test_the_headers_may_stand_below_titles(tmp_path: Path) -> None:
    """And a header that is spelt a little differently is found."""
    table = a_table(
        tmp_path, f"Plans at 31 March\n\n{TABLE.replace('Ended', 'ENDED ')}"
    )

    records, reading = read_table(table, a_mapping(tmp_path))

    assert reading.lists[0].header_row == 3
    assert [r.row for r in records] == [4, 5, 6]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "the file is empty"),
        (b"\n \n", "no column"),
        (b"Person ID\0,Team\n", "NUL"),
        (b"Person ID,Team\n1,A\n2,B\0\n", "line 3: it holds the character NUL"),
        (b"\0\1\2\3\xff" * 1000, "NUL"),
        (b'Person ID,Team\n1,"A\n2,B\n', "line 3: a row is not well formed"),
        (b'Person ID,Team\n1,"A"x\n', "line 2: a row is not well formed"),
        (b'Person ID,Team\n1,"' + b"A\n" * 100_000, "a row is not well formed"),
        (b"Person ID,Team\n1,\x81\n", "not text in any encoding"),
        (b"\xff\xfePerso", "not text in any encoding"),
        (b"Person ID,Team\n1," + b"A" * (MAX_LINE + 9), "line 2: a line is longer"),
        (b"A" * 100_000_000, "a line is longer"),
        (b"Person ID," + b"c," * 10_000 + b"\n1,2\n", "more than 1,000 columns"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "no column"),
        (b"PAR1" + b"\0" * 100 + b"PAR1", "Parquet"),
        (b"PAR1 cut short", "Parquet"),
        (b"PK\3\4 torn", "not a readable .xlsx"),
    ],
    ids=range(17),
)
def test_what_cannot_be_read_is_said_in_bounded_time(
    tmp_path: Path, content: bytes, says: str
) -> None:
    """A file of the wrong kind is answered, not waited for."""
    path = tmp_path / "plans.csv"
    path.write_bytes(content)
    text = "kind: table\nlist: 7\nunit: Person ID\ncolumns:\n  team: Team\n"
    mapping = a_mapping(tmp_path, text=text)
    began = time.process_time()

    with pytest.raises(CaseAuditError) as caught:
        read_table(path, mapping)

    assert says in str(caught.value)
    assert caught.value.hint
    assert time.process_time() - began < 2


def test_a_table_of_headers_alone_is_read_as_none(tmp_path: Path) -> None:
    """No cases is an answer, too."""
    records, reading = read_table(
        a_table(tmp_path, TABLE.splitlines()[0] + "\n"), a_mapping(tmp_path)
    )

    assert records == []
    assert reading.lists[0].rows == 0


def test_truncated_parquet_is_refused(tmp_path: Path) -> None:
    """Wherever it was cut."""
    whole = a_parquet(tmp_path / "a.parquet").read_bytes()
    mapping = a_mapping(tmp_path)
    path = tmp_path / "cut.parquet"
    for cut in (len(whole) // 2, len(whole) - 9):
        path.write_bytes(whole[:cut])
        with pytest.raises(TableError, match="damaged or incomplete"):
            read_table(path, mapping)
    path.write_bytes(whole[:20] + b"\xff" * 40 + whole[60:])
    with pytest.raises(TableError, match="damaged or incomplete"):
        read_table(path, mapping)


def test_parquet_without_its_reader_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reader is an extra: most councils have no Parquet tables."""
    monkeypatch.setattr(parquet_table, "find_spec", lambda _: None)

    with pytest.raises(NoParquetError, match="not installed") as caught:
        read_table(a_parquet(tmp_path / "a.parquet"), a_mapping(tmp_path))

    assert "case-audit[bigframe]" in caught.value.hint


def test_pipes_are_not_waited_for(tmp_path: Path) -> None:
    """A named pipe would block for ever."""
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(TableError, match="no plain file"):
        read_table(tmp_path / "pipe", a_mapping(tmp_path))


def test_the_sheet_of_a_workbook(tmp_path: Path) -> None:
    """One is taken; of several, the one that the mapping names."""
    book = a_book(tmp_path / "a.xlsx", more=("Notes",), synthetic=True)

    with pytest.raises(TableError, match="several sheets") as caught:
        read_table(book, a_mapping(tmp_path))
    with pytest.raises(TableError, match='no sheet "Other"'):
        read_table(book, a_mapping(tmp_path, ("unit:", "sheet: Other\nunit:")))
    records, reading = read_table(
        book, a_mapping(tmp_path, ("unit:", "sheet: plans\nunit:"))
    )

    assert "Plans, Notes" in caught.value.hint
    assert len(records) == 3
    assert reading.synthetic
    assert reading.unread == ("Notes",)
    assert reading.lists[0].place == "Plans"


def test_hidden_rows_and_error_values_of_a_sheet_are_told(tmp_path: Path) -> None:
    """They are read as in an Annex A workbook."""
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet("Plans")
    for y, row in enumerate((["Person ID", "Team"], ["1", "A"], ["2", "B"])):
        sheet.write_row(y, 0, row)
    sheet.write_formula(1, 1, "=NA()", None, "#N/A")
    sheet.set_row(2, None, None, {"hidden": True})
    book.close()
    text = "kind: table\nlist: 7\nunit: Person ID\ncolumns:\n  team: Team\n"

    _, reading = read_table(tmp_path / "a.xlsx", a_mapping(tmp_path, text=text))

    told = {(p.what, p.column, p.row) for p in reading.problems}
    assert ("an error value", "Team", 2) in told
    assert any(what.startswith("hidden rows") for what, _, _ in told)


def test_a_mapping_may_say_that_all_is_invented(tmp_path: Path) -> None:
    """Practice tables carry no mark of their own."""
    mapping = a_mapping(tmp_path, ("unit:", "invented: yes\nunit:"))

    assert read_table(a_table(tmp_path), mapping)[1].synthetic
    assert not read_table(a_table(tmp_path), a_mapping(tmp_path))[1].synthetic


def test_how_far_the_reading_is(tmp_path: Path) -> None:
    """Long tables say so; a reading that was broken off has no result."""
    table = a_table(tmp_path, TABLE + "0009,N,1,,,,A,N,\n" * 12_000)
    seen: list[Progress] = []

    with TableSource(table, a_mapping(tmp_path), on_progress=seen.append) as source:
        for _ in source:
            if not seen:
                raise AssertionError
            break
        with pytest.raises(ValueError, match="to their end"):
            source.reading()
    with TableSource(table, a_mapping(tmp_path), on_progress=seen.append) as source:
        assert sum(1 for _ in source) == 12_003

    assert [(p.rows, p.of_rows) for p in seen] == [
        (0, 12_004),
        (0, 12_004),
        (5_000, 12_004),
        (10_000, 12_004),
    ]


def test_missing_and_unreadable_files(tmp_path: Path) -> None:
    """The path may be mistyped, the file locked."""
    with pytest.raises(TableError, match="no plain file"):
        read_table(tmp_path / "none.csv", a_mapping(tmp_path))
    with pytest.raises(NotAWorkbookError):
        read_table(a_table(tmp_path, "PK\3\4", name="a.xlsx"), a_mapping(tmp_path))
    with pytest.raises(MappingError):
        read_table(a_table(tmp_path, "a,b\n"), a_mapping(tmp_path, text=MAPPING))
