"""Statutory returns go in by one command, whatever they are called."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from returns import (
    FIRST,
    HEAD,
    MARK,
    PLAN,
    THIRD,
    child,
    details,
    message,
    tables,
    written,
)
from ssd import PLAN as SSD_PLAN

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Cli = Callable[..., Any]

CENSUS = message(child("SYN-1", details(PLAN)), child("SYN-2", details()))


@pytest.fixture
def census(tmp_path: Path) -> Path:
    """A small census return, marked as invented."""
    return written(
        tmp_path / "cin.xml", CENSUS.replace("<Message>", f"{MARK}<Message>")
    )


def test_a_census_becomes_frames_to_draw_from(
    cli: Cli, tmp_path: Path, census: Path
) -> None:
    """From the file to a drawn case, with the date out of the file."""
    db = tmp_path / "audits.db"

    ran = cli("import", census, "--db", db)
    listed = json.loads(cli("frame", "list", "--json", "--db", db).out)
    drawn = cli("draw", "--cohort", "cp", "--size", "1", "--strata", "", "--db", db)

    assert ran.code == 0, ran.err
    assert "children in need census" in ran.out
    assert "2026-03-31" in ran.err
    by_cohort = {frame["cohort"]: frame for frame in listed}
    assert by_cohort["cp"]["units"] == 1
    assert {frame["as_at"] for frame in listed} == {"2026-03-31"}
    assert drawn.code == 0, drawn.err


@pytest.mark.parametrize("named", ["", "2026-episodes.csv", "2026-header.csv"])
def test_a_folder_or_one_of_its_files_is_enough(
    cli: Cli, tmp_path: Path, named: str
) -> None:
    """The set is found beside the file that was named."""
    folder = tables(
        tmp_path / "set",
        {
            "2026-episodes.csv": [FIRST, THIRD, THIRD | {"CHILD": "SYN-2"}],
            "2026-header.csv": [HEAD],
            "2025-header.csv": [HEAD],
        }
        if named
        else {"2026-episodes.csv": [FIRST, THIRD], "2026-header.csv": [HEAD]},
    )

    ran = cli("import", folder / named, "--json", "--db", tmp_path / "audits.db")

    assert ran.code == 0, ran.err
    report = json.loads(ran.out)
    assert report["kind"] == "ssda903"
    assert report["as_at"] == "2026-03-31"
    assert {frame["cohort"] for frame in report["frames"]} >= {"cic"}
    assert report["kept"]


def test_a_dry_run_keeps_nothing(cli: Cli, tmp_path: Path, census: Path) -> None:
    """Not even a database."""
    db = tmp_path / "audits.db"
    folder = tables(tmp_path / "ssd", {"plans.csv": [SSD_PLAN]})

    for path in (census, folder):
        ran = cli("import", path, "--as-at", "2026-03-31", "--dry-run", "--db", db)
        assert ran.code == 0, ran.err
        assert "dry run" in ran.err

    assert not db.exists()


def test_the_same_return_twice_is_said(cli: Cli, tmp_path: Path, census: Path) -> None:
    """It is the same by what it holds."""
    db = tmp_path / "audits.db"
    cli("import", census, "--db", db)

    again = cli("import", census, "--db", db)

    assert "imported before" in again.err


def test_invented_returns_and_real_ones_never_mix(
    cli: Cli, tmp_path: Path, census: Path
) -> None:
    """A return without the mark counts as real."""
    db = tmp_path / "audits.db"
    cli("import", census, "--db", db)

    refused = cli("import", written(tmp_path / "real.xml", CENSUS), "--db", db)

    assert refused.code == 1
    assert json.loads(cli("frame", "list", "--json", "--db", db).out)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (CENSUS[:-40], "well-formed"),
        (CENSUS.replace("<Message>", "<!DOCTYPE x><Message>"), "document type"),
    ],
)
def test_a_refused_return_changes_nothing(
    cli: Cli, tmp_path: Path, text: str, words: str
) -> None:
    """The message says what is wrong and what to do; no child is in it."""
    db = tmp_path / "audits.db"

    ran = cli("import", written(tmp_path / "cin.xml", text), "--db", db)

    assert ran.code == 1
    assert words in ran.err
    assert "Nothing was imported." in ran.err
    assert "SYN-1" not in ran.err + ran.out


def test_a_folder_of_several_returns_is_refused(
    cli: Cli, tmp_path: Path, census: Path
) -> None:
    """They are imported one at a time."""
    tables(census.parent, {"2026-episodes.csv": [FIRST]})

    ran = cli("import", census.parent, "--db", tmp_path / "audits.db")

    assert ran.code == 1
    assert "several returns: 2026-episodes.csv, cin.xml" in ran.err


def test_files_that_were_not_read_are_named(cli: Cli, tmp_path: Path) -> None:
    """A few by name, many by number."""
    rows = [{"CHILD": "SYN-1", "PREV_PERM": "Z1"}]
    folder = tables(
        tmp_path / "set",
        {"episodes.csv": [THIRD], "previous_permanence.csv": rows}
        | {f"note{n:02}.csv": [{"a": 1}] for n in range(12)},
    )

    ran = cli("import", folder, "--dry-run", "--db", tmp_path / "audits.db")

    assert "Not read: note00.csv, note01.csv, " in ran.out
    assert "note09.csv and 3 more." in ran.out
