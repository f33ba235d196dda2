"""Workbooks that cannot be read, and readings that end early."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from readings import CONTACT, told

from case_audit.errors import (
    MissingIdColumnError,
    NoListsError,
    NotAWorkbookError,
    WorkbookReaderError,
)
from case_audit.exchange.annex_a.read import WorkbookStream, read_workbook

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Make = Callable[..., Path]
    Repack = Callable[..., Path]
    Headers = Callable[[int], list[str]]


def test_no_list_changes_nothing(make_workbook: Make) -> None:
    """A workbook of something else is refused as a whole."""
    with pytest.raises(NoListsError):
        read_workbook(make_workbook({"Sheet1": [["a", "b"]]}))


def test_sheets_without_headers_change_nothing(make_workbook: Make) -> None:
    """The right names alone make no list."""
    with pytest.raises(NoListsError):
        read_workbook(make_workbook({"List 1": [["a", "b"]], "List 2": []}))


def test_one_sheet_without_headers_is_left_out(
    make_workbook: Make, headers: Headers
) -> None:
    """The other lists are still of use; the gap is told."""
    path = make_workbook(
        {
            "List 1": [["a", "b"]] * 700,
            "List 2": [],
            "List 3": [headers(3), ["SYN-1", "F"]],
        }
    )

    reading, records = read_workbook(path)

    assert len(records[3]) == 1
    assert [r.header_row for r in reading.lists] == [0, 0, 1]
    assert [r.rows for r in reading.lists] == [700, 0, 1]
    assert {key: n for key, n in told(reading).items() if key[0] != "List 3"} == {
        ("List 1", "", "no header row within the first 15 rows"): 1
    }


def test_a_list_without_identifiers_is_refused(make_workbook: Make) -> None:
    """A frame cannot be built on names or row numbers."""
    with pytest.raises(MissingIdColumnError, match="List 6"):
        read_workbook(
            make_workbook({"List 6": [["Gender", "Ethnicity"], ["F", "WBRI"]]})
        )


def test_adopters_without_identifiers_are_left_out(
    make_workbook: Make, headers: Headers
) -> None:
    """No frame needs them, so the rest is read."""
    path = make_workbook(
        {
            "List 1": [headers(1), CONTACT],
            "List 11": [["Gender", "Ethnicity"], ["F", "x"]],
        }
    )

    reading, records = read_workbook(path)

    assert records[11] == ()
    assert reading.lists[1].header_row == 0
    assert len(records[1]) == 1


@pytest.mark.slow
def test_a_reading_may_be_broken_off(make_workbook: Make, headers: Headers) -> None:
    """The other process ends at once, and there is no half result."""
    rows = [[f"SYN-{n}", *CONTACT[1:]] for n in range(40_000)]

    with WorkbookStream(make_workbook({"List 1": [headers(1), *rows]})) as stream:
        assert next(iter(stream)).unit == "SYN-0"
        with pytest.raises(ValueError, match="to their end"):
            stream.reading()


def test_a_missing_file_is_an_error_of_ours(tmp_path: Path) -> None:
    """Not a traceback with a path in it."""
    with pytest.raises(NotAWorkbookError, match="opened"):
        read_workbook(tmp_path / "none.xlsx")


def test_the_death_of_the_reading_process_is_told(
    make_workbook: Make, repack: Repack, headers: Headers
) -> None:
    """A cell that lies about its row passes the pre-check, and then kills it."""
    pytest.importorskip("resource", reason="no limits on this system")
    path = repack(
        make_workbook({"List 1": [headers(1), CONTACT]}),
        lambda n, c: (
            c.replace(
                b"</sheetData>",
                b'<row r="9"><c r="IV1048576"><v>1</v></c></row></sheetData>',
            )
            if n.endswith("sheet1.xml")
            else c
        ),
    )

    with pytest.raises(WorkbookReaderError, match="memory"):
        read_workbook(path)


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [(b"#N/A", b"#FUTURE!", "error value"), (b"<v>0</v>", b"<v>99999</v>", "damaged")],
)
def test_cells_that_cannot_be_read_are_told(
    make_workbook: Make,
    repack: Repack,
    headers: Headers,
    old: bytes,
    new: bytes,
    word: str,
) -> None:
    """With the sheet's name, and nothing of what it holds."""
    path = repack(
        make_workbook({"List 1": [headers(1), [*CONTACT, "=NA()|#N/A"]]}),
        lambda n, c: c.replace(old, new) if n.endswith("sheet1.xml") else c,
    )

    with pytest.raises(WorkbookReaderError, match=word) as caught:
        read_workbook(path)
    assert "SYN-1" not in "\n".join(caught.value.lines)


def test_a_silent_process_is_given_up(make_workbook: Make, headers: Headers) -> None:
    """Nobody waits for ever."""
    path = make_workbook({"List 1": [headers(1), CONTACT]})

    with pytest.raises(WorkbookReaderError, match="nothing was heard"):
        WorkbookStream(path, silence=0.0).__enter__()
