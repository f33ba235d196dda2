"""Every command: its help, its exit codes, and what goes where."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import typer
from shipped_files import FIXTURE, RUBRIC

from case_audit.cli.root import app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Cli = Callable[..., Any]


def commands() -> Iterator[tuple[str, ...]]:
    """Every command there is, from the command line itself."""
    root = typer.main.get_command(app)
    for name, command in root.commands.items():  # type: ignore[attr-defined]
        inner = getattr(command, "commands", None)
        if inner is None:
            yield (name,)
        else:
            yield from ((name, one) for one in inner)


WITHOUT_ARGUMENTS = {("frame", "list"), ("log", "show"), ("log", "verify")}
"""Lists that need no example."""
WITHOUT_EXAMPLE = {("rubric", "list"), ("round", "list")}


@pytest.mark.parametrize("command", list(commands()), ids=" ".join)
def test_every_command_helps_with_what_it_does(
    cli: Cli, command: tuple[str, ...]
) -> None:
    """Ends well, goes to standard output, fits a terminal, names the options.

    It shows an example, the quickest way to learn; lists without arguments need none.
    """
    ran = cli(*command, "--help")

    assert (ran.code, ran.err) == (0, "")
    assert "Usage: case-audit" in ran.out
    assert len(ran.out.splitlines()) > 4
    if command not in WITHOUT_EXAMPLE | WITHOUT_ARGUMENTS:
        assert "Example" in ran.out
        assert "case-audit " + command[0] in ran.out


def test_without_a_command_the_groups_help(cli: Cli) -> None:
    for group in ("frame", "round", "stats", "rubric", "synth", "log"):
        ran = cli(group)

        assert ran.code == 2
        assert "Usage: case-audit" in ran.out + ran.err
        assert "..." not in (ran.out + ran.err).split("Commands:")[1]


def test_without_anything_the_app_is_opened(cli: Cli) -> None:
    """Here there is no terminal for it, which it says instead of breaking."""
    ran = cli()

    assert ran.code == 1
    assert "The app needs a terminal" in ran.err


def test_the_first_help_shows_the_way_and_the_common_options(cli: Cli) -> None:
    ran = cli("--help")

    assert ran.code == 0
    for words in ("case-audit demo", "case-audit draw", "--db", "CASE_AUDIT_DB"):
        assert words in ran.out
    assert cli("-h").out == ran.out


EXITS: list[tuple[int, tuple[str, ...]]] = [
    (0, ("round", "list")),
    (0, ("round", "show", "Spring 2026")),
    (0, ("frame", "list")),
    (0, ("frame", "show", "cp")),
    (0, ("frame", "export", "cp")),
    (0, ("summary",)),
    (0, ("summary", "Spring 2026", "--format", "md")),
    (0, ("log", "show")),
    (0, ("log", "verify")),
    (0, ("rubric", "list")),
    (0, ("rubric", "show", "child-protection")),
    (0, ("rubric", "check", str(RUBRIC))),
    (0, ("stats", "interval", "--population", "9", "--sample", "3", "--hits", "1")),
    (1, ("round", "show", "Autumn")),
    (1, ("frame", "show", "cin")),
    (1, ("frame", "export", "cp", "--strata", "colour")),
    (1, ("summary", "Autumn")),
    (1, ("rubric", "show", "dragons")),
    (1, ("draw", "--cohort", "cp", "--size", "99")),
    (1, ("draw", "--cohort", "cin", "--size", "2")),
    (1, ("audit", "SECRET-1")),
    (1, ("audit", "C0001", "--round", "Autumn")),
    (1, ("rubric", "check", __file__)),
    (1, ("verify", __file__)),
    (2, ("dance",)),
    (2, ("round", "list", "--dance")),
    (2, ("draw", "--cohort", "cp")),
    (2, ("draw", "--cohort", "cp", "--size", "many")),
    (2, ("draw", "--cohort", "cp", "--size", "0")),
    (2, ("draw", "--cohort", "cp", "--size", "2", "--witnesses", "A Head")),
    (2, ("draw", "--cohort", "cp", "--size", "2", "--seed", "1", "--witnesses", "A")),
    (2, ("draw", "--cohort", "cp", "--size", "2", "--name", " ")),
    (2, ("draw", "--cohort", "cp", "--size", "2", "--out", "/no/such/folder/m.json")),
    (2, ("import", "none.xlsx")),
    (2, ("import", __file__, "--kind", "magic")),
    (2, ("import", __file__, "--as-at", "soon")),
    (2, ("verify", "none.json")),
    (2, ("rubric", "check", "none.yaml")),
    (2, ("summary", "--format", "poem")),
    (2, ("synth", "make", "x", "--as-at", "soon")),
    (2, ("synth", "make", "x", "--dirt", "mud")),
    (2, ("stats", "interval", "--population", "9", "--sample", "3", "--hits", "4")),
    (2, ("stats", "interval", "--population", "2", "--sample", "3", "--hits", "1")),
    *(
        (
            2,
            (
                *("stats", "interval", "--population", "9", "--sample", "3"),
                *("--hits", "1", "--level", level),
            ),
        )
        for level in ("0", "1", "95", "x", "1/0")
    ),
    (2, ("--db",)),
    (2, ("--db=",)),
    (2, ("round", "list", "--rubrics", "/no/such/folder")),
]


@pytest.mark.parametrize(("code", "arguments"), EXITS)
def test_exit_codes(cli: Cli, db: str, code: int, arguments: tuple[str, ...]) -> None:
    """0 done, 1 refused, 2 wrong usage: scripts rely on them.

    The result is on standard output, a refusal on standard error alone.
    """
    shared = () if arguments[0].startswith("--db") else ("--db", db)

    ran = cli(*arguments, *shared)

    assert ran.code == code, ran.err
    assert "Traceback" not in ran.err
    assert bool(ran.out) == (code == 0)
    if code:
        assert ran.err


JSON: list[tuple[str, ...]] = [
    ("round", "list"),
    ("round", "show", "Spring 2026"),
    ("frame", "list"),
    ("frame", "show", "cp"),
    ("summary",),
    ("log", "show"),
    ("log", "verify"),
    ("rubric", "list"),
    ("rubric", "show", "child-protection"),
    ("rubric", "check", str(RUBRIC)),
    ("stats", "interval", "--population", "9", "--sample", "3", "--hits", "1"),
    ("draw", "--cohort", "cp", "--size", "2", "--name", "J", "--reason", "again"),
    ("draw", "--cohort", "cp", "--size", "2", "--dry-run"),
    ("import", str(FIXTURE), "--as-at", "2026-03-31", "--dry-run"),
    ("import", str(FIXTURE), "--as-at", "2026-03-31"),
]


@pytest.mark.parametrize("arguments", JSON)
def test_json_is_all_there_is_on_standard_output(
    cli: Cli, db: str, arguments: tuple[str, ...]
) -> None:
    """`case-audit ... --json | jq` works, whatever is said beside it."""
    ran = cli(*arguments, "--json", "--db", db)

    assert ran.code == 0, ran.err
    assert json.loads(ran.out)


@pytest.mark.parametrize("arguments", JSON[-4:])
def test_quiet_says_nothing_but_the_result(
    cli: Cli, db: str, arguments: tuple[str, ...]
) -> None:
    loud = cli(*arguments, "--db", db, "--dry-run")
    quiet = cli(*arguments, "--db", db, "--quiet", "--dry-run")

    assert loud.err
    assert quiet.err == ""
    assert quiet.out
    assert cli("-q", "round", "show", "Autumn", "--db", db).err


def test_the_database_can_be_named_before_after_or_around(
    cli: Cli, db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever it stands it means the same, and it goes before the environment."""
    wanted = cli("round", "list", "--db", db).out

    assert "Spring 2026" in wanted
    assert cli("--db", db, "round", "list").out == wanted
    assert cli("round", f"--db={db}", "list").out == wanted
    monkeypatch.setenv("CASE_AUDIT_DB", db)
    assert cli("round", "list").out == wanted
    monkeypatch.setenv("CASE_AUDIT_DB", "/no/such/file.db")
    assert cli("round", "list", "--db", db).out == wanted
    assert cli("round", "list").code == 1


def test_two_runs_in_a_row_do_not_know_of_each_other(cli: Cli, db: str) -> None:
    """Options of the first are not those of the second; ids go on."""
    first = cli(
        "draw", "--cohort", "cp", "--size", "2", "--reason", "again", "--db", db
    )
    second = cli(
        "draw", "--cohort", "cp", "--size", "2", "--reason", "again", "--db", db
    )

    assert (first.code, second.code) == (0, 0)
    names = [
        r["round"] for r in json.loads(cli("round", "list", "--json", "--db", db).out)
    ]
    assert names == [
        "Child protection 2026-03-31 draw 2",
        "Child protection 2026-03-31 draw 1",
        "Spring 2026",
    ]


def test_common_options_may_stand_anywhere_and_end_at_two_dashes(
    cli: Cli, db: str
) -> None:
    """What follows `--` is a name, whatever it looks like."""
    assert cli("--no-color", "round", "list", "--db", db).code == 0
    assert cli("--version").out.startswith("case-audit ")
    ran = cli("round", "show", "--db", db, "--", "--quiet")

    assert ran.code == 1
    assert "'--quiet'" in ran.err
