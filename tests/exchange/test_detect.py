"""What a file is, is seen by what it holds; its name comes second."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from workbooks import a_workbook, on_plans

from case_audit.errors import NotUnderstoodError, WrongKindError
from case_audit.exchange.detect import KINDS, recognise

if TYPE_CHECKING:
    from pathlib import Path

CENSUS = (
    '<?xml version="1.0" encoding="utf-8"?>\n<Message><Header><CollectionDetails>'
    "<Collection>CIN</Collection></CollectionDetails></Header></Message>"
)


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("return.xml", CENSUS, "cin_census"),
        ("return.txt", "\ufeff" + CENSUS, "cin_census"),
        ("a.csv", "CHILD,DECOM,RNE,LS\n1,01/04/2020,S,C2\n", "ssda903"),
        ("a.csv", "CHILD;REVIEW;REVIEW_CODE\n", "ssda903"),
        ("2021-oc2.csv", "CHILD,DOB,SDQ_SCORE\n", "ssda903"),
        ("OC3.csv", '"CHILD","DOB","IN_TOUCH"\n', "ssda903"),
        ("x.csv", "pers_person_id,pers_sex,pers_forename\n", "ssd"),
    ],
)
def test_content_goes_before_the_name(
    tmp_path: Path, name: str, text: str, kind: str
) -> None:
    """Councils call the same return by many names."""
    path = tmp_path / name
    path.write_text(text)

    assert recognise(path).kind == kind
    assert recognise(path).path == path


def test_a_workbook_is_one_under_any_name(tmp_path: Path) -> None:
    """Mail programs take the end of a name away."""
    book = a_workbook(tmp_path / "a.xlsx", on_plans("A"))
    other = book.rename(tmp_path / "lists")

    assert recognise(other).kind == "annex_a"


def test_a_folder_is_what_its_files_are(tmp_path: Path) -> None:
    """The files of a return belong together."""
    (tmp_path / "notes.txt").write_text("hello\n")
    (tmp_path / "2026 episodes.csv").write_text("CHILD,DECOM,RNE\n")

    found = recognise(tmp_path)

    assert (found.kind, found.path) == ("ssda903", tmp_path)
    assert "2026 episodes.csv" in found.why


def test_a_folder_of_synthetic_files_brings_what_lies_beside(tmp_path: Path) -> None:
    """One word imports the workbook, the columns and the documents."""
    a_workbook(tmp_path / "annex_a.xlsx", on_plans("A"))
    (tmp_path / "extras.csv").write_text("Child Unique ID,manager\nA,Ash\n")

    found = recognise(tmp_path)

    assert found.path == tmp_path / "annex_a.xlsx"
    assert found.extras == tmp_path / "extras.csv"
    assert found.cases is None


@pytest.mark.parametrize(
    ("content", "seen"),
    [
        (b"", "it is empty"),
        (b"  \n ", "it is empty"),
        (b"PAR1\0\0", "a Parquet table"),
        (b"<html><body>", "a web page"),
        (b"id,team,start\n1,2,3\n", "a table of 3 columns"),
        (b"hello\n", "a text file"),
        (b"\0\1\2\3" * 50, "binary"),
        (b"\xff\xfe" + "id,team\n".encode("utf-16-le"), "a table of 2 columns"),
    ],
)
def test_what_is_not_understood_says_what_was_seen(
    tmp_path: Path, content: bytes, seen: str
) -> None:
    """And what would have been, so that nobody has to guess."""
    path = tmp_path / "x.dat"
    path.write_bytes(content)

    with pytest.raises(NotUnderstoodError, match=seen) as caught:
        recognise(path)

    assert len(caught.value.details) == 1 + len(KINDS)


def test_folders_that_hold_nothing_of_use(tmp_path: Path) -> None:
    """An empty folder is often the wrong one."""
    with pytest.raises(NotUnderstoodError, match="an empty folder"):
        recognise(tmp_path)
    (tmp_path / "letter.docx").write_bytes(b"PK\3\4")
    with pytest.raises(NotUnderstoodError, match="a folder with letter"):
        recognise(tmp_path)


def test_pipes_and_missing_files_are_not_waited_for(tmp_path: Path) -> None:
    """A named pipe would block for ever."""
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path / "nothing"):
        with pytest.raises(NotUnderstoodError, match="a pipe"):
            recognise(path)


def test_a_kind_that_is_named_overrules(tmp_path: Path) -> None:
    """The person who knows the file goes before the program that looks at it."""
    path = tmp_path / "x.csv"
    path.write_text("CHILD,DECOM,RNE\n")

    assert recognise(path, kind="ssd").kind == "ssd"
    assert recognise(path, mapping=tmp_path / "m.yaml").kind == "table"
    with pytest.raises(WrongKindError, match="annexa"):
        recognise(path, kind="annexa")
