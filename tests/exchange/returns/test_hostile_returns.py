"""Returns that were built to do harm are refused in little time and memory."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest
from returns import FIRST, HEAD, child, details, message, read, tables, written

from case_audit.errors import UnusableReturnError
from case_audit.exchange.returns import cin_census, ssd, ssda903
from case_audit.exchange.returns.notes import Notes, Place
from case_audit.exchange.returns.tables import Table
from case_audit.exchange.returns.xml_stream import MAX_DEPTH, MAX_ELEMENTS, MAX_TEXT

if TYPE_CHECKING:
    from pathlib import Path

GOOD = message(child("SYN-1", details()))
START = '<?xml version="1.0"?>'
LAUGHS = "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(10)
)
LONG_AGO = 20.0
"""Seconds after which something has got out of hand on a busy machine."""


def refused(path: Path, *, match: str) -> UnusableReturnError:
    """Read a census return that must be refused; return the error."""
    began = time.monotonic()
    with pytest.raises(UnusableReturnError, match=match) as caught:
        read(cin_census.open_source(path))
    assert time.monotonic() - began < LONG_AGO
    return caught.value


@pytest.mark.parametrize(
    ("text", "match"),
    [
        (
            f"{START}<!DOCTYPE Message [{LAUGHS}]><Message>&a9;</Message>",
            "document type",
        ),
        (
            (
                f'{START}<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
                "<Message>&x;</Message>"
            ),
            "document type",
        ),
        (
            f'{START}<!DOCTYPE m SYSTEM "http://127.0.0.1:9/x.dtd"><Message/>',
            "document",
        ),
        (f"{START}<Message>&undefined;</Message>", "not well-formed"),
        (f"{START}<html><body/></html>", "outermost element"),
        (GOOD + "<Message/>", "not well-formed"),
        (GOOD[:-30], "not well-formed"),
        ("", "empty"),
        ("   ", "not well-formed"),
        ("CHILD,DECOM\n1,2\n", "not well-formed"),
        (GOOD.replace("SYN-1", "SYN\0-1"), "not well-formed"),
        (GOOD.replace("UTF-8", "utf-7"), "encoding"),
        (GOOD.replace("UTF-8", "no-such-thing"), "encoding"),
        (GOOD.replace("UTF-8", "utf-16"), "encoding"),
        (GOOD.replace("UTF-8", "shift_jis"), "encoding"),
    ],
    ids=[
        *("laughs", "file entity", "network", "undefined", "wrong root", "two roots"),
        *("cut short", "empty", "blank", "no XML", "NUL", "utf-7", "unknown", "utf-16"),
        "many bytes",
    ],
)
def test_what_is_no_plain_census_is_refused(
    tmp_path: Path, text: str, match: str
) -> None:
    """No document type, no entity, nothing from outside, one whole document."""
    error = refused(written(tmp_path / "cin.xml", text), match=match)

    assert "Nothing was imported." in error.details


@pytest.mark.parametrize("open_tags", [MAX_DEPTH + 1, 200_000])
def test_deep_nesting_is_refused(tmp_path: Path, open_tags: int) -> None:
    """Whether within a child or beside it."""
    deep = "<a>" * open_tags
    beside = written(tmp_path / "a.xml", f"<Message>{deep}")
    within = written(tmp_path / "b.xml", f"<Message><Children><Child>{deep}")

    assert refused(beside, match="deep").line == 1
    assert refused(within, match="deep").line == 1


@pytest.mark.parametrize(
    "text",
    [
        "<LAchildID>" + "x" * (MAX_TEXT + 1),
        "<LAchildID>" + "x<!-- -->" * (MAX_TEXT + 1),
        "<LAchildID>" + "x<b/>" * (MAX_TEXT + 1),
        "<LAchildID>" + "<![CDATA[x]]>" * (MAX_TEXT + 1),
    ],
    ids=["long", "comments", "mixed", "CDATA"],
)
def test_long_text_is_refused(tmp_path: Path, text: str) -> None:
    """In one piece or in many."""
    path = written(tmp_path / "cin.xml", f"<Message><Children><Child>{text}")

    assert refused(path, match="more than 4096 characters").line == 1


def test_a_child_without_end_is_refused(tmp_path: Path) -> None:
    """Only one child is in memory, so one child must not be everything."""
    many = "<CINdetails/>" * (MAX_ELEMENTS + 1)

    path = written(tmp_path / "cin.xml", f"<Message><Children><Child>{many}")

    assert refused(path, match="more than 20000 elements").line == 1


@pytest.mark.parametrize(
    "begins", ["<a ", "<", "<a b='", "<!--", "<?", "<Child>", "<![CDATA["]
)
def test_tags_and_texts_without_end_are_refused(tmp_path: Path, begins: str) -> None:
    """Nothing is waited for longer than a megabyte."""
    path = written(tmp_path / "cin.xml", f"<Message>{begins}" + "x" * (3 << 20))

    error = refused(path, match="longer than|not well-formed|more than 4096")

    assert error.line == 1


def test_errors_name_the_line_and_nothing_of_the_child(tmp_path: Path) -> None:
    """The place helps; the contents must not be in a log."""
    text = GOOD.replace("><", ">\n<").replace("</Sex>", "</Sax>")
    line = next(n for n, one in enumerate(text.split("\n"), 1) if "</Sax>" in one)

    error = refused(written(tmp_path / "cin.xml", text), match="not well-formed")

    assert error.line == line
    assert f"Line {line}." in error.details
    assert "SYN-1" not in "".join(error.lines)


@pytest.mark.parametrize("opener", [cin_census, ssda903, ssd])
def test_pipes_devices_and_folders_are_not_waited_for(
    tmp_path: Path, opener: object
) -> None:
    """A named pipe would block for ever."""
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "loop.csv").symlink_to(tmp_path / "loop.csv")
    (tmp_path / "zero.csv").symlink_to("/dev/zero")
    paths = [
        tmp_path / name for name in ("pipe.csv", "loop.csv", "zero.csv", "not.csv")
    ]

    for path in paths:
        assert not opener.looks_like(path)  # type: ignore[attr-defined]
        with pytest.raises(UnusableReturnError):
            read(opener.open_source(path))  # type: ignore[attr-defined]


def test_a_link_to_a_file_is_followed(tmp_path: Path) -> None:
    """Shared drives are full of them."""
    written(tmp_path / "real.xml", GOOD)
    (tmp_path / "link.xml").symlink_to(tmp_path / "real.xml")

    records, _ = read(cin_census.open_source(tmp_path / "link.xml"))

    assert len(records[3]) == 1


EPISODES = "CHILD,DECOM,RNE,LS\n"


@pytest.mark.parametrize(
    ("content", "match"),
    [
        (b'CHILD,DECOM,RNE\n"SYN-1,10/06/2025,S\n', "not closed"),
        (b'CHILD,DECOM,RNE\nSYN-1,"10/06/2025"x,S\n', "not well formed"),
        (b"CHILD,DECOM,RNE\nSYN-1,10/06\0/2025,S\n", "characters that no text has"),
        (b"CHILD,DECOM,RNE\n" + b"x" * (2 << 20), "a line is longer"),
        (b"CHILD,DECOM,RNE\n" + b'"' + b"x\n" * (1 << 18), "not well formed"),
        (b"CHILD,DECOM" + b",x" * 600 + b"\n1,2\n", "more than 500 columns"),
        (b"CHILD,DECOM,RNE\nSYN-1,\x81\x8d,S\n", "not text in any encoding"),
    ],
    ids=[
        "quote",
        "after quote",
        "NUL",
        "long line",
        "long cell",
        "columns",
        "encoding",
    ],
)
def test_files_that_are_no_table_are_refused(
    tmp_path: Path, content: bytes, match: str
) -> None:
    """With the line where there is one, and nothing was imported."""
    written(tmp_path / "2026-episodes.csv", content)

    with pytest.raises(UnusableReturnError, match=match):
        read(ssda903.open_source(tmp_path))


def test_more_rows_than_any_return_are_refused(tmp_path: Path) -> None:
    """What is joined is held in memory, so there is a limit."""
    path = written(tmp_path / "x.csv", "a,b\n1,2\n3,4\n5,6\n")
    place = Place(Notes(each=None), "x.csv")

    table = Table(path, place, most_rows=2)

    with pytest.raises(UnusableReturnError, match="more than 2 rows"):
        list(table.rows())


def test_ragged_rows_and_doubled_headers_are_told(tmp_path: Path) -> None:
    """Longer rows are left out, shorter ones filled, of two columns the first is used."""
    written(
        tmp_path / "episodes.csv",
        "CHILD,DECOM,RNE,LS,LS\n"
        "SYN-1,10/06/2025,S,C2,V2\n"
        "SYN-2,10/06/2025,S,C2,V2,more\n"
        "SYN-3,10/06/2025,S\n"
        "SYN-4,10/06/2025,S,C2,V2,,\n\n",
    )

    records, reading = read(ssda903.open_source(tmp_path))

    assert [(r.unit, r.values.get("legal_status")) for r in records[8]] == [
        ("SYN-1", "C2"),
        ("SYN-3", None),
        ("SYN-4", "C2"),
    ]
    assert reading.lists[0].rows == 4
    counts = {count.what: count.count for count in reading.problem_counts}
    assert counts["more cells than headers in the row"] == 1
    assert counts["fewer cells than headers in the row"] == 1
    assert counts["a column that is there twice"] == 1


@pytest.mark.parametrize(
    ("content", "unit"),
    [
        (("\ufeff" + EPISODES + "SYN-É,10/06/2025,S,C2\n").encode(), "SYN-É"),
        ((EPISODES + "SYN-É,10/06/2025,S,C2\n").encode("utf-16"), "SYN-É"),
        ((EPISODES + "SYN-É,10/06/2025,S,C2\n").encode("cp1252"), "SYN-É"),
        (b"sep=;\nCHILD;DECOM;RNE;LS\nSYN-1;2025-06-10;S;C2\n", "SYN-1"),
        (b"CHILD\tDECOM\tRNE\tLS\r\nSYN-1\t2025-06-10\tS\tC2\r\n", "SYN-1"),
        (b'\n\n"Child","Decom","Rne","Ls"\rSYN-1,20250610,S,C2\r', "SYN-1"),
    ],
    ids=["mark", "wide", "Windows", "sep", "tabs", "old"],
)
def test_tables_are_read_as_spreadsheets_write_them(
    tmp_path: Path, content: bytes, unit: str
) -> None:
    """Encodings, delimiters and line ends differ from system to system."""
    path = written(tmp_path / "episodes.csv", content)

    records, _ = read(ssda903.open_source(path))

    assert ssda903.looks_like(path)
    assert records[8][0].unit == unit
    assert records[8][0].values["care_start"] == "2025-06-10"


def test_files_without_identifiers_are_refused(tmp_path: Path) -> None:
    """Without them nothing can be joined."""
    tables(tmp_path, {"episodes.csv": [{"DECOM": "10/06/2025", "RNE": "S"}]})

    with pytest.raises(UnusableReturnError, match="no column CHILD"):
        read(ssda903.open_source(tmp_path))


def test_two_years_in_a_folder_are_refused_and_one_file_is_enough(
    tmp_path: Path,
) -> None:
    """Children would be joined across years; a named file finds its own set."""
    tables(
        tmp_path,
        {
            "2025-episodes.csv": [FIRST | {"CHILD": "SYN-5"}],
            "2026-episodes.csv": [FIRST],
            "2026-header.csv": [HEAD],
            "2025 header.csv": [HEAD | {"CHILD": "SYN-5"}],
            "episodes (1).csv": [FIRST],
        },
    )

    with pytest.raises(UnusableReturnError, match="2025 and 2026") as caught:
        read(ssda903.open_source(tmp_path))
    _, reading = read(ssda903.open_source(tmp_path / "2026-episodes.csv"))

    assert "Name one file" in caught.value.hint
    assert [name for name, _ in reading.files] == [
        "2026-episodes.csv",
        "2026-header.csv",
    ]
    assert str(ssda903.described(tmp_path / "2026-header.csv")) == "2026-03-31"


def test_two_files_of_one_kind_are_refused(tmp_path: Path) -> None:
    """Nobody knows which of them is meant."""
    tables(tmp_path, {"episodes.csv": [FIRST], "Copy of episodes.csv": [FIRST]})

    with pytest.raises(UnusableReturnError, match="the same kind of file"):
        read(ssda903.open_source(tmp_path))


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("2026-episodes.csv", 2026),
        ("SSDA903_2025_episodes.csv", 2025),
        ("episodes 2023-24.csv", 2024),
        ("episodes_2023_2024.csv", 2024),
        ("Episodes.CSV", None),
        ("12026-episodes.csv", None),
    ],
)
def test_the_year_is_the_one_in_which_the_return_ends(
    tmp_path: Path, name: str, year: int | None
) -> None:
    """A return is called by one year or by both."""
    tables(tmp_path, {name: [FIRST]})

    day = ssda903.described(tmp_path)

    assert (day.year if day else None) == year
