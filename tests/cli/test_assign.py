"""Giving out cases from the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Cli = Callable[..., Any]

ROUND = "Spring 2026"


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """Ann has submitted case 1 and begun case 2."""
    path = tmp_path / "auditors.csv"
    path.write_text(
        "auditor,team,capacity,own\nAnn,,,\nBo,Teem 2,3,C9999\nCy,team 1,,\n", "utf-8"
    )
    return path


def test_cases_are_given_out_shown_and_taken_back(
    cli: Cli, db: str, people: Path
) -> None:
    nothing = cli("assign", ROUND, "--db", db)
    given = cli("assign", ROUND, "--auditors", people, "--db", db)
    shown = cli("assign", ROUND, "--db", db)
    undone = cli("assign", ROUND, "--undo", "--db", db)

    assert [r.code for r in (nothing, given, shown, undone)] == [0, 0, 0, 0]
    assert "Next: case-audit assign" in nothing.err
    head, *lines = given.out.splitlines()
    assert head.split() == ["case", "unit", "team", "auditor", "state", "given"]
    assert lines[0].endswith("Ann      submitted    begun")
    assert lines[1].endswith("Ann      in progress  begun")
    assert "5 cases: 3 given out, 2 begun before, left as they are" in given.err
    assert "Bo's team 'Teem 2' is no team of the frame" in given.err
    assert "Teams of the frame: Team 0; Team 1; Team 2." in given.err
    assert "1 own case on the list is not in this round" in given.err
    assert "given" not in shown.out.splitlines()[0]
    assert "Ann          2            1          1" in shown.out
    assert undone.out.count("nobody") == 5


def test_giving_out_twice_changes_nothing(cli: Cli, db: str, people: Path) -> None:
    """And leaves no line in the log."""
    first = cli("assign", ROUND, "--auditors", people, "--db", db, "--json")
    log = cli("log", "verify", "--db", db).out
    second = cli("assign", ROUND, "--auditors", people, "--db", db)

    assert json.loads(first.out)["revision"] == 1
    assert "Nothing has changed" in second.err
    assert cli("log", "verify", "--db", db).out == log


def test_json_has_every_case_and_everyone(cli: Cli, db: str, people: Path) -> None:
    found = json.loads(
        cli(
            "assign", ROUND, "--auditors", people, "--dry-run", "--json", "--db", db
        ).out
    )
    kept = json.loads(cli("assign", ROUND, "--json", "--db", db).out)

    assert (found["kept"], found["spread"]) == (False, "even")
    assert found["cases"][0] == {
        "case": 1,
        "unit": found["cases"][0]["unit"],
        "stratum": "all",
        "team": found["cases"][0]["team"],
        "auditor": "Ann",
        "state": "submitted",
        "audited_by": "Ann",
        "given": "begun",
        "before": None,
        "barred": None,
    }
    assert sum(a["cases"] for a in found["auditors"]) == 5
    assert found["unknown_teams"] == [{"auditor": "Bo", "team": "Teem 2"}]
    assert (kept["revision"], kept["by"]) == (0, None)
    assert {case["auditor"] for case in kept["cases"]} == {None}


def test_who_leaves_and_what_moves_is_said(
    cli: Cli, db: str, people: Path, tmp_path: Path
) -> None:
    """Ann leaves; what she began stays hers and is marked, should it be her own."""
    cli("assign", ROUND, "--auditors", people, "--db", db)
    fewer = tmp_path / "fewer.csv"
    fewer.write_text("auditor,team\nBo,\n", "utf-8")
    ann = tmp_path / "ann.csv"
    ann.write_text("auditor,team\nAnn,team 0;team 1;team 2\nBo,\n", "utf-8")

    ran = cli("assign", ROUND, "--auditors", fewer, "--db", db)
    own = cli("assign", ROUND, "--auditors", ann, "--db", db)

    moved = [line for line in ran.err.splitlines() if "moved from" in line]
    assert moved
    assert all(line.endswith("to Bo.") for line in moved)
    assert "moved from" in ran.out
    assert "Note: case 1 was begun by Ann, though it is of the own team." in own.err


def test_what_cannot_be_given_out_ends_with_1_and_names_no_child(
    cli: Cli, db: str, tmp_path: Path
) -> None:
    path = tmp_path / "auditors.csv"
    path.write_text("auditor,capacity\nBo,1\n", "utf-8")

    ran = cli("assign", ROUND, "--auditors", path, "--db", db)

    assert (ran.code, ran.out) == (1, "")
    assert "2 cases of 5 cannot be given to anybody. Nothing was given out." in ran.err
    assert "only Bo may read them, with room for 1" in ran.err
    assert "raise the capacity of Bo by 2" in ran.err
    assert "C00" not in ran.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--clear", "--undo"), "take one of"),
        (("--allow-own-team",), "goes with --auditors"),
        (("--auditors", "nowhere.csv"), "nowhere.csv"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    cli: Cli, db: str, words: tuple[str, ...], said: str
) -> None:
    ran = cli("assign", ROUND, *words, "--db", db)

    assert ran.code == 2
    assert said in ran.err


@pytest.mark.parametrize("option", ["--clear", "--undo"])
def test_nothing_can_be_taken_back_before_it_is_given(
    cli: Cli, db: str, option: str
) -> None:
    ran = cli("assign", ROUND, option, "--db", db)

    assert ran.code == 1
    assert "No case of 'Spring 2026' is given to anybody" in ran.err


def test_clearing_says_what_to_do_next(cli: Cli, db: str, people: Path) -> None:
    cli("assign", ROUND, "--auditors", people, "--db", db)

    tried = cli("assign", ROUND, "--clear", "--dry-run", "--db", db)
    done = cli("assign", ROUND, "--clear", "--db", db)

    assert "this was a dry run" in tried.err
    assert "5 cases are given to nobody" in done.err
    assert f"--auditors FILE --db {db}" in done.err


def test_a_hostile_list_is_shown_and_not_obeyed(
    cli: Cli, db: str, tmp_path: Path
) -> None:
    path = tmp_path / "auditors.csv"
    path.write_text("auditor,team\nBo\x1b]0;x\x07\u202e,N\x1b[2J\n", "utf-8")

    ran = cli("assign", ROUND, "--auditors", path, "--db", db)

    assert ran.code == 0
    assert not {"\x1b", "\x07", "\u202e"} & set(ran.out + ran.err)


def test_the_lists_of_rounds_say_who_reads_what(
    cli: Cli, db: str, people: Path
) -> None:
    """As text and as JSON; before anything is given out they say so too."""
    before = json.loads(cli("round", "show", ROUND, "--db", db, "--json").out)
    cli("assign", ROUND, "--auditors", people, "--db", db)

    head, *lines = cli("round", "show", ROUND, "--db", db).out.splitlines()
    plain = json.loads(cli("round", "show", ROUND, "--db", db, "--json").out)
    listed = json.loads(cli("round", "list", "--db", db, "--json").out)
    text = cli("round", "list", "--db", db).out

    assert {one["given_to"] for one in before} == {None}
    assert "given to" in head
    assert "Ann" in lines[0]
    assert plain[0]["given_to"] == "Ann"
    assert all(one["given_to"] for one in plain)
    assert listed[0]["given"] == listed[0]["cases"] == 5
    assert text.splitlines()[0].split()[:4] == ["round", "cohort", "cases", "given"]


def test_a_closed_round_is_not_given_out(cli: Cli, db: str, people: Path) -> None:
    """The message is a command that can be typed as it stands."""
    cli("round", "close", ROUND, "--db", db)
    refused = cli("assign", ROUND, "--auditors", people, "--db", db)
    assert refused.code != 0
    assert "case-audit round reopen 'Spring 2026' --reason" in refused.err
