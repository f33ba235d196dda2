"""Rounds from the command line: fixed, seeded, changed, certified."""

from __future__ import annotations

import io
import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from case_audit.services.database import Database
from stored import with_frame

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Cli = Callable[..., Any]

ROUND = "Spring 2026"
FIX = ("draw", "-c", "cp", "-n", "4", "-r", "child-protection", "--name", "Summer")
DICE = ("--seed", "31415926535897932384", "--witnesses", "A Head, B Clerk")
ONE, OTHER = "correct horse battery staple", "a quick brown fox jumps over"


@pytest.fixture
def fresh(tmp_path: Path) -> str:
    """A database with a frame and no round."""
    url = str(tmp_path / "fresh.db")
    database = Database(url)
    with_frame(database)
    database.close()
    return url


def test_from_the_plan_to_the_certificate(cli: Cli, fresh: str, tmp_path: Path) -> None:
    """Every step names the next, and the plan's digest can be made by hand."""
    fixed = cli(*FIX, "--fix", "--db", fresh)
    assert (fixed.code, "--fixed" in fixed.err) == (0, True)
    plan = cli("round", "show", "Summer", "--plan", "--db", fresh).out
    assert sha256(plan.encode()).hexdigest() in fixed.out
    listed = json.loads(cli("round", "list", "--json", "--db", fresh).out)
    assert [(one["round"], one["state"]) for one in listed] == [("Summer", "fixed")]
    assert "Summer" in cli("round", "list", "--db", fresh).err

    drawn = cli("draw", "--fixed", "Summer", *DICE, "--db", fresh)

    assert (drawn.code, "could not have been chosen" in drawn.err) == (0, True)
    printed = cli("round", "show", "Summer", "--manifest", "--db", fresh).out
    text = cli("round", "certificate", "Summer", "--db", fresh).out
    assert sha256(printed.encode()).hexdigest() in text.replace("\n", "").replace(
        " ", ""
    )
    for ending, begins in ((".html", "<!DOCTYPE"), (".md", "# "), (".json", "{")):
        file = tmp_path / f"c{ending}"
        ran = cli("round", "certificate", "Summer", "--out", file, "--db", fresh)
        assert (ran.code, "names no child" in ran.err) == (0, True)
        assert file.read_text("utf-8").startswith(begins)
    named = cli(
        "round", "certificate", "Summer", "--with-units", "--json", "--db", fresh
    )
    assert len(json.loads(named.out)["units"]) == 4


def test_a_trial_of_a_plan_fixes_nothing(cli: Cli, fresh: str) -> None:
    ran = cli(*FIX, "--fix", "--dry-run", "--json", "--db", fresh)

    assert json.loads(ran.out)["cohort"] == "cp"
    assert "Nothing was kept" in ran.err
    assert json.loads(cli("round", "list", "--json", "--db", fresh).out) == []


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (("--fix", "--seed", "1"), "--seed"),
        (("--beacon", "drand:9"), "--beacon"),
        (("--made-at", "2026-04-01"), "--made-at"),
        (("--reaudit", "R", "--not-audited-within", "3"), "--reaudit"),
        (("--rotate-from", "R", "--seed", "1"), "--seed"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    cli: Cli, fresh: str, options: tuple[str, ...], word: str
) -> None:
    """A slip here would show in an inspection."""
    ran = cli(*FIX, *options, "--db", fresh)

    assert ran.code == 2
    assert word in ran.err


@pytest.mark.parametrize(
    "options",
    [
        ("-c", "cp"),
        ("-n", "5"),
        ("--strata", "team"),
        ("--reserves", "9"),
        ("--name", "N"),
        ("--fix",),
        ("--made-at", "noon"),
        ("--witnesses", "A, B"),
    ],
)
def test_what_was_fixed_cannot_be_changed_when_it_is_drawn(
    cli: Cli, fresh: str, options: tuple[str, ...]
) -> None:
    cli(*FIX, "--fix", "--db", fresh)

    assert cli("draw", "--fixed", "Summer", *options, "--db", fresh).code == 2


def test_two_people_at_the_keyboard(
    cli: Cli, fresh: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Secrets come through a pipe or unseen, and never stand in what is printed."""
    cli(*FIX, "--fix", "--db", fresh)
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{ONE}\n"))
    first = cli("round", "commit", "Summer", "--as", "A Head", "--db", fresh)
    digest = sha256("".join(OTHER.split()).encode()).hexdigest()
    second = cli(
        *("round", "commit", "Summer", "--as", "B Clerk", "--digest", digest),
        *("--json", "--db", fresh),
    )
    assert (first.code, "1 of 2" in first.out) == (0, True)
    assert json.loads(second.out)["place"] == 2
    assert (
        cli(
            *("round", "commit", "Summer", "--as", "C", "--digest", "x", "--db", fresh)
        ).code
        == 2
    )
    assert cli("round", "commit", "Summer", "--as", " ", "--db", fresh).code == 2
    for who, secret, left in (("A Head", ONE, 1), ("B Clerk", OTHER, 0)):
        monkeypatch.setattr("sys.stdin", io.StringIO(secret))
        told = cli("round", "reveal", "Summer", "--as", who, "--json", "--db", fresh)
        assert json.loads(told.out)["left"] == left
        assert secret not in told.out + told.err + first.out + first.err

    drawn = cli("draw", "--fixed", "Summer", "--db", fresh)

    assert "unless both acted together" in drawn.err


def test_a_round_is_changed_in_order(
    cli: Cli, db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Replaced, taken back, extended, closed and opened again; each also as JSON."""
    cases = json.loads(cli("round", "show", ROUND, "--json", "--db", db).out)
    unit = cases[2]["unit"]
    swap = ("round", "replace", ROUND, unit)

    assert cli(*swap, "--db", db).code == 2
    assert cli(*swap, "--reason", "tired", "--db", db).code == 2
    trial = cli(*swap, "--reason", "locked", "--dry-run", "--db", db)
    assert (trial.code, "dry run" in trial.err) == (0, True)
    done = json.loads(cli(*swap, "--reason", "locked", "--json", "--db", db).out)
    assert (done["out"], done["in"], done["kept"]) == (3, 6, True)
    assert (
        "Its audit is kept"
        in (
            cli(
                "round",
                "replace",
                ROUND,
                cases[0]["unit"],
                "--reason",
                "left",
                "--db",
                db,
            )
        ).out
    )
    whole = ("round", "replace", ROUND, cases[3]["unit"], "--undo", "--db", db)
    assert "Nothing was changed: that case was not replaced." in cli(*whole).err
    assert "later reserve" in cli(*swap, "--undo", "--db", db).err
    first = ("round", "replace", ROUND, cases[0]["unit"], "--undo")
    assert "stands again" in cli(*first, "--db", db).out
    assert json.loads(cli(*swap, "--undo", "--json", "--db", db).out)["undone"]
    # Nobody answers the dialogue.
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO()))
    assert cli("audit", cases[2]["unit"], "--plain", "--db", db).code in (0, 1, 2)

    assert len(cli("round", "extend", ROUND, "--by", "2", "--db", db).out.split()) == 6
    more = cli("round", "extend", ROUND, "--by", "1", "--json", "--db", db)
    assert json.loads(more.out)["cases"] == 8
    assert "Audits submitted before: 1." in more.err

    closed = cli("round", "close", ROUND, "--db", db)
    assert closed.out == "Closed with 1 case audited and 7 not.\n"
    assert cli("round", "close", ROUND, "--json", "--db", db).code == 1
    assert "(closed)" in cli("round", "list", "--db", db).out
    reopen = ("round", "reopen", ROUND, "--db", db, "--reason")
    assert cli(*reopen, " ").code == 2
    assert cli(*reopen, "forgotten").code == 0
    again = cli("round", "close", ROUND, "--dry-run", "--json", "--db", db)
    assert json.loads(again.out) == {"audited": 1, "not_audited": 7, "kept": False}


def test_a_manifest_kept_from_before_says_what_came_since(
    cli: Cli, db: str, tmp_path: Path
) -> None:
    """It is true of its time; what to verify instead can be copied."""
    kept = tmp_path / "kept.json"
    kept.write_text(cli("round", "show", ROUND, "--manifest", "--db", db).out, "utf-8")
    cli("round", "extend", ROUND, "--by", "2", "--db", db)

    said = cli("verify", kept, "--db", db)
    plain = json.loads(cli("verify", kept, "--json", "--db", db).out)

    assert said.code == 0
    assert "This copy is from before:" in said.out
    assert "UTC: the round was extended by 2" in said.out
    assert f"case-audit round show '{ROUND}' --manifest --db" in said.out
    assert plain["true"]
    assert [(one["what"], one["added"]) for one in plain["since"]] == [
        ("extensions", 2)
    ]


def test_other_rounds_from_the_command_line(cli: Cli, db: str) -> None:
    draw = ("draw", "-c", "cp", "-n", "2", "-r", "child-protection", "--dry-run")

    lately = cli(*draw, "--not-audited-within", "600", "--db", db)
    among = cli(*draw, "--reaudit", ROUND, "--db", db)
    onward = cli(*draw, "--rotate-from", ROUND, "--json", "--db", db)

    assert "Left out first: 1 (audited within 600 months)" in lately.err
    assert "of 5 cases drawn" in among.err
    plain = json.loads(onward.out)
    assert plain["coordination"]["round"] == ROUND
    assert plain["design"]["start"] > 0
