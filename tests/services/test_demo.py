"""Practising is one command, goes on where it was, and never meets real data."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from builders import NOW
from case_audit.errors import (
    DatabaseError,
    FileError,
    FolderNotEmptyError,
    MixedDataError,
    SampleTooLargeError,
)
from case_audit.exchange.annex_a.read import read_workbook
from case_audit.services.audit import open_case
from case_audit.services.database import Database
from case_audit.services.demo import NAME, Practice, prepare_demo, set_aside
from case_audit.services.home import list_rounds, named_round
from case_audit.services.synthetic import make_files
from stored import a_round, case_ids, with_frame

if TYPE_CHECKING:
    from pathlib import Path

SMALL = Practice(children=12, size=3, version="0.1.0")


def prepare(url: str, practice: Practice = SMALL) -> tuple[str, list[str]]:
    said: list[str] = []
    return prepare_demo(url, practice, now=NOW, tell=said.append), said


def test_a_first_start_makes_everything(tmp_path: Path) -> None:
    """Invented children, their files, a drawn round, the first case to open."""
    url = str(tmp_path / "p.db")

    name, said = prepare(url)

    database = Database(url)
    one, lines = named_round(database, name)
    desk = open_case(database, lines[0].case.id, auditor="Ann", now=NOW)
    assert database.kind() == "practice"
    assert (one.name, len(lines)) == (NAME, 3)
    assert desk.file.documents
    assert "12 children" in said[0]
    database.close()


def test_everybody_practises_on_the_same_cases(tmp_path: Path) -> None:
    """So that a group can talk about them."""
    drawn = []
    for name in ("a.db", "b.db"):
        prepare(str(tmp_path / name))
        database = Database(str(tmp_path / name))
        drawn.append([line.case.unit for line in named_round(database, NAME)[1]])
        database.close()

    assert drawn[0] == drawn[1]


def test_a_second_start_goes_on_where_the_first_ended(tmp_path: Path) -> None:
    url = str(tmp_path / "p.db")
    prepare(url)
    database = Database(url)
    case = case_ids(database, NAME)[0]
    audit = open_case(database, case, auditor="Ann", now=NOW).audit.id

    name, said = prepare(url)

    assert name == NAME
    assert "Going on" in said[0]
    assert open_case(database, case, auditor="Ann", now=NOW).audit.id == audit
    database.close()


@pytest.mark.parametrize("drawn", [False, True])
def test_it_never_draws_from_real_data(
    tmp_path: Path,
    drawn: bool,  # noqa: FBT001
) -> None:
    """Whether or not the live database has rounds already."""
    url = str(tmp_path / "live.db")
    database = Database(url)
    with_frame(database, synthetic=False)
    if drawn:
        a_round(database)
    before = [r.round.name for r in list_rounds(database)]

    with pytest.raises(MixedDataError):
        prepare(url)
    with pytest.raises(MixedDataError):
        set_aside(url, now=NOW)

    assert [r.round.name for r in list_rounds(database)] == before
    database.close()


def test_more_cases_than_children_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SampleTooLargeError):
        prepare(str(tmp_path / "p.db"), Practice(children=12, size=99, version="0"))


def test_the_old_practice_is_kept_aside_whole(tmp_path: Path) -> None:
    """Nothing is deleted: what was practised can still be opened."""
    url = str(tmp_path / "p.db")
    prepare(url)

    aside = set_aside(url, now=NOW)

    assert aside == tmp_path / "p-20260401-120000.db"
    assert [p.name for p in tmp_path.iterdir()] == [aside.name]
    kept = Database(str(aside))
    assert [r.round.name for r in list_rounds(kept)] == [NAME]
    kept.close()


def test_nothing_to_set_aside_is_no_error(tmp_path: Path) -> None:
    assert set_aside(str(tmp_path / "none.db"), now=NOW) is None


def test_a_practice_that_is_open_elsewhere_stays_where_it_is(tmp_path: Path) -> None:
    """Its newest answers may lie beside the file, not in it."""
    url = str(tmp_path / "p.db")
    prepare(url)
    other = Database(url)
    with other.read() as uow:
        uow.registry.kind()
        with pytest.raises(DatabaseError, match="open"):
            set_aside(url, now=NOW)
        name, _ = prepare(url)
    other.close()

    assert name == NAME


def test_a_practice_whose_place_is_taken_stays_where_it_is(tmp_path: Path) -> None:
    """One clear message, and nothing is lost."""
    url = str(tmp_path / "p.db")
    prepare(url)
    (tmp_path / "p-20260401-120000.db").mkdir()

    with pytest.raises(DatabaseError, match="cannot be used"):
        set_aside(url, now=NOW)

    assert prepare(url)[0] == NAME


def test_practice_data_without_a_round_are_drawn_from(tmp_path: Path) -> None:
    """Imported by hand, or a first start that was ended in the middle."""
    url = str(tmp_path / "p.db")
    database = Database(url)
    with_frame(database)
    database.close()

    name, said = prepare(url)

    assert name == NAME
    assert "Drawn 3 of 30" in said[-1]
    assert not any("Inventing" in words for words in said)


def test_the_same_seed_makes_the_same_files_again(tmp_path: Path) -> None:
    """And files that are there are not written over unasked."""
    as_at = NOW.date() - timedelta(days=1)
    one = make_files(tmp_path / "a", seed="s", children=12, as_at=as_at)
    two = make_files(tmp_path / "b", seed="s", children=12, as_at=as_at)
    with pytest.raises(FolderNotEmptyError, match=r"annex_a\.xlsx"):
        make_files(tmp_path / "a", seed="t", children=12, as_at=as_at)
    make_files(tmp_path / "b", seed="t", children=12, as_at=as_at, replace=True)

    assert one.cases is not None
    assert two.cases is not None
    assert one.cases.read_bytes() != two.cases.read_bytes()
    assert read_workbook(one.workbook)[0].synthetic


def test_lists_alone_can_be_made(tmp_path: Path) -> None:
    made = make_files(
        tmp_path / "a", seed="s", children=5, as_at=NOW.date(), files=False
    )

    assert (made.cases, made.planted) == (None, None)
    assert [p.name for p in (tmp_path / "a").iterdir()] == ["annex_a.xlsx"]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    for folder in (tmp_path / "file", tmp_path / "file" / "deep"):
        with pytest.raises(FileError, match="cannot be"):
            make_files(folder, seed="s", children=5, as_at=NOW.date())
