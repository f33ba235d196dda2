"""Every command: its help, its exit codes, and what goes where."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shipped_files import FIXTURE, RUBRIC
from workbooks import a_workbook, on_plans

from case_audit.cli.common import folder
from case_audit.services.settings import remember_auditor

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    Cli = Callable[..., Any]


def test_a_database_that_is_not_there_is_not_made_by_reading(
    cli: Cli, tmp_path: Path
) -> None:
    """A slip of the pen must not look like lost data."""
    ran = cli("summary", "--db", tmp_path / "typo.db")

    assert ran.code == 1
    assert "There is no database at" in ran.err
    assert list(tmp_path.iterdir()) == []


def test_an_import_reports_its_problems_to_the_one_who_imports(
    cli: Cli, tmp_path: Path
) -> None:
    """By sheet, row and column; a summary of many kinds stays readable."""
    rows = on_plans("A", "B") + on_plans(
        *(f"C{i}" for i in range(30)), date_of_birth="soon"
    )
    book = a_workbook(tmp_path / "a.xlsx", rows)
    db = tmp_path / "new.db"

    few = cli("import", book, "--as-at", "2026-03-31", "--db", db)
    every = cli("import", book, "--as-at", "2026-03-31", "--db", db, "--all-problems")

    assert (few.code, every.code) == (0, 0)
    assert every.out.count("soon") == 30
    assert 0 < few.out.count("soon") < 30
    assert "imported before" in every.err


def test_no_child_is_in_a_message_that_refuses(cli: Cli, tmp_path: Path) -> None:
    """Errors are pasted into tickets: no identifier, name or value of a child."""
    canary = "CANARY-77"
    db = tmp_path / "live.db"
    good = a_workbook(tmp_path / "a.xlsx", on_plans(canary, "B", worker="CANARY Ada"))
    cli("import", good, "--as-at", "2026-03-31", "--db", db)
    out = tmp_path / "x.csv"
    out.write_text(f"unit,reason\n{canary}9,moved\n")
    twice = tmp_path / "y.csv"
    twice.write_text(f"unit,reason\n{canary},moved\n{canary},moved\n")
    invented = a_workbook(tmp_path / "b.xlsx", on_plans(canary), synthetic=True)
    frame = tmp_path / "frame.tsv"
    frame.write_text(f"{canary}\tall\n{canary}\tall\n")
    draw = ("draw", "--cohort", "cp", "--size", "1", "--reason", "again", "--db", db)
    cli(*draw, "--name", "R", "--out", tmp_path / "m.json")

    refusals = [
        cli(*draw, "--exclude", out),
        cli(*draw, "--exclude", twice),
        cli(*draw[:4], "9", "--db", db),
        cli(*draw, "--name", "R"),
        cli("import", invented, "--as-at", "2026-03-31", "--db", db),
        cli("verify", tmp_path / "m.json", "--frame", frame),
        cli("verify", tmp_path / "m.json", "--explain", canary + "9", "--db", db),
        cli("audit", canary + "9", "--db", db),
    ]

    for ran in refusals:
        assert ran.code == 1
        assert "CANARY" not in ran.err + ran.out
    assert not [p for p in tmp_path.iterdir() if "CANARY" in p.name]


def test_what_is_said_is_visible(cli: Cli, db: str) -> None:
    """A round's name that holds an escape sequence is shown, not obeyed."""
    name = "x\x1b]0;t\x07\u202e"
    drawn = cli(
        *("draw", "--cohort", "cp", "--size", "2", "--name", name, "--reason", "again"),
        *("--db", db),
    )
    everything = [
        drawn,
        cli("round", "list", "--db", db),
        cli("round", "list", "--json", "--db", db),
        cli("summary", "--db", db),
        cli("summary", "--format", "md", "--db", db),
        cli("round", "show", name + "y", "--db", db),
        cli("draw", "--cohort", "\x1b[31m", "--size", "1", "--db", db),
    ]

    for ran in everything:
        for text in (ran.out, ran.err):
            assert {c for c in text if not c.isprintable()} <= {"\n", "\t"}


def test_lists_that_are_empty_say_what_to_do(cli: Cli, tmp_path: Path) -> None:
    from case_audit.services.database import Database  # noqa: PLC0415

    db = tmp_path / "new.db"
    Database(str(db)).close()

    for command, next_step in (
        (("frame", "list"), "case-audit import"),
        (("round", "list"), "case-audit draw"),
    ):
        ran = cli(*command, "--db", db)
        assert ran.code == 0
        assert next_step in ran.out
        assert json.loads(cli(*command, "--json", "--db", db).out) == []


def test_a_practice_can_be_prepared_without_a_terminal(
    cli: Cli, tmp_path: Path
) -> None:
    """And it says how to go on."""
    db = tmp_path / "p.db"
    ran = cli("demo", "--no-app", "--children", "12", "--size", "3", "--db", db)
    fresh = cli(
        *("demo", "--no-app", "--fresh", "--children", "12", "--size", "3"),
        *("--db", db),
    )

    assert (ran.code, fresh.code) == (0, 0), ran.err + fresh.err
    assert "case-audit audit --db" in ran.err
    assert "is kept in" in fresh.err
    assert len(list(tmp_path.glob("p-*.db"))) == 1


def test_the_app_needs_a_terminal(cli: Cli, db: str) -> None:
    """Clearly said, instead of screen codes in a log."""
    for arguments in ((), ("audit",), ("audit", "C0001"), ("demo",)):
        ran = cli(*arguments, "--db", db)

        assert ran.code == 1
        assert "needs a terminal" in ran.err or "not in the round" in ran.err
        assert ran.out == ""


def test_invented_files_are_made_where_asked(cli: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "county"
    ran = cli("synth", "make", folder, "--children", "12", "--as-at", "2026-03-31")
    again = cli("synth", "make", folder, "--children", "12", "--as-at", "2026-03-31")
    data = cli(
        *("synth", "make", folder, "--children", "12", "--as-at", "2026-03-31"),
        *("--replace", "--no-files", "--json", "--quiet"),
    )

    assert (ran.code, again.code, data.code) == (0, 1, 0)
    assert [Path(line).name for line in ran.out.splitlines()] == [
        "annex_a.xlsx",
        "cases.jsonl",
        "planted.jsonl",
    ]
    assert json.loads(data.out)["children"] == 12
    assert data.err == ""


def test_ones_own_rubrics_are_used_with_a_word(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / RUBRIC.name).write_text(
        RUBRIC.read_text("utf-8").replace('version: "1.', 'version: "9.', 1),
        "utf-8",
    )

    ran = cli("rubric", "list", "--json", "--rubrics", tmp_path)

    versions = {r["id"]: r["version"] for r in json.loads(ran.out)}
    assert [name for name, v in versions.items() if v[0] == "9"] == [RUBRIC.stem]
    assert "child-protection.yaml is used instead" in ran.err


def test_the_folder_in_the_settings_is_searched_without_being_named(cli: Cli) -> None:
    """After one that is named, before the shipped ones, and with a word."""
    own = folder("config") / "rubrics"
    own.mkdir(parents=True)
    text = RUBRIC.read_text("utf-8").replace('version: "1.', 'version: "7.', 1)
    (own / RUBRIC.name).write_text(text, "utf-8")

    ran = cli("rubric", "list", "--json")

    versions = {r["id"]: r["version"] for r in json.loads(ran.out)}
    assert [name for name, v in versions.items() if v[0] == "7"] == [RUBRIC.stem]
    assert "child-protection.yaml is used instead" in ran.err


def test_a_case_of_the_round_is_looked_for_before_the_app_opens(
    cli: Cli, db: str
) -> None:
    """The message does not repeat the identifier."""
    ran = cli("audit", "SECRET-1", "--db", db)

    assert ran.code == 1
    assert "SECRET" not in ran.err
    assert "Spring 2026" in ran.err


def test_a_frame_says_who_is_left_out_and_why(cli: Cli, tmp_path: Path) -> None:
    """In words and as data; nobody simply disappears."""
    rows = on_plans("A", "B") + on_plans("C", plan_end="01/02/2026")
    db = tmp_path / "live.db"
    cli(
        "import",
        a_workbook(tmp_path / "a.xlsx", rows),
        "--as-at",
        "2026-03-31",
        "--db",
        db,
    )

    words = cli("frame", "show", "cp", "--db", db)
    data = json.loads(cli("frame", "show", "cp", "--json", "--db", db).out)

    assert "left out, plan ended: 1" in words.out
    assert data["excluded"] == {"plan ended": 1}


def test_the_frame_of_a_round_has_its_own_strata(cli: Cli, db: str) -> None:
    ran = cli(
        *("frame", "export", "cp", "--round", "Spring 2026"),
        *("--strata", "team", "--db", db),
    )

    assert ran.code == 2
    assert "leave --strata out" in ran.err


def test_a_trial_import_makes_no_database(cli: Cli, tmp_path: Path) -> None:
    """Not even an empty one."""
    db = tmp_path / "none.db"

    ran = cli("import", FIXTURE, "--dry-run", "--json", "--all-problems", "--db", db)

    assert ran.code == 0
    assert json.loads(ran.out)["kept"] is False
    assert "prints each problem anyway" in ran.err
    assert not db.exists()


def test_the_date_of_the_lists_is_taken_from_the_files_or_said(
    cli: Cli, tmp_path: Path
) -> None:
    """The children's files know it; a workbook alone does not."""
    book = a_workbook(tmp_path / "a.xlsx", on_plans("A"))

    known = cli("import", FIXTURE, "--db", tmp_path / "p.db")
    today = cli("import", book, "--db", tmp_path / "l.db")
    later = cli("import", book, "--as-at", "2999-01-01", "--db", tmp_path / "l.db")

    assert "The lists describe 2026-03-31" in known.err
    assert "are taken to describe today" in today.err
    assert (later.code, known.code, today.code) == (2, 0, 0)
    assert "still to come" in later.err


def test_an_import_without_cases_to_draw_says_where_to_look(
    cli: Cli, tmp_path: Path
) -> None:
    book = a_workbook(tmp_path / "a.xlsx", on_plans("A", plan_end="01/02/2026"))

    ran = cli("import", book, "--as-at", "2026-03-31", "--db", tmp_path / "l.db")

    assert ran.code == 0
    assert "Next: case-audit frame list" in ran.err


def test_a_folder_that_holds_no_lists_is_answered_with_what_could_be(
    cli: Cli, tmp_path: Path
) -> None:
    ran = cli("import", tmp_path, "--as-at", "2026-03-31", "--db", tmp_path / "l.db")

    assert ran.code == 1
    assert "it is an empty folder" in ran.err
    assert "- an Annex A workbook (.xlsx)" in ran.err
    assert not (tmp_path / "l.db").exists()


def test_a_broken_rubric_is_told_beside_the_sound_ones(
    cli: Cli, tmp_path: Path
) -> None:
    (tmp_path / "broken.yaml").write_text("kind: rubric\nid: broken\n", "utf-8")

    for more in ((), ("--json",)):
        ran = cli("rubric", "list", "--rubrics", tmp_path, *more)

        assert ran.code == 1
        assert "child-protection" in ran.out
        assert "broken.yaml:" in ran.err


def test_the_name_on_record_is_the_settings_or_the_accounts(
    cli: Cli, db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And a machine without accounts has an unknown one, not an error."""

    def nobody() -> str:
        raise OSError

    draw = ("draw", "--cohort", "cp", "--size", "2", "--reason", "again", "--db", db)
    monkeypatch.setattr("getpass.getuser", lambda: "account")
    cli(*draw)
    monkeypatch.setattr("getpass.getuser", nobody)
    cli(*draw)
    remember_auditor(folder("config"), "Ann Auditor")
    cli(*draw)

    events = json.loads(cli("log", "show", "--last", "3", "--json", "--db", db).out)
    assert [e["actor"] for e in events] == ["account", "unknown", "Ann Auditor"]


def test_the_usual_database_lies_in_the_users_own_folder(cli: Cli) -> None:
    """It is named when it is not there; nothing is made by looking."""
    ran = cli("round", "list")

    assert ran.code == 1
    assert "case-audit.db" in ran.err
    assert not folder("data").exists()


def test_who_has_only_practised_is_told_where_that_is(cli: Cli, tmp_path: Path) -> None:
    """A database that was named and is not there is a slip, and only that."""
    folder("data").mkdir(parents=True)
    (folder("data") / "practice.db").touch()

    usual, named = cli("round", "list"), cli("round", "list", "--db", tmp_path / "x.db")

    assert f"--db {folder('data') / 'practice.db'}" in usual.err
    assert "practice.db" not in named.err


def test_what_to_type_next_names_the_same_database(cli: Cli, db: str) -> None:
    ran = cli(
        "draw",
        "-c",
        "cp",
        "-n",
        "2",
        "--name",
        "Again",
        "--reason",
        "again",
        "--db",
        db,
    )

    assert ran.code == 0
    assert f"case-audit verify MANIFEST --db {db}. " in ran.err
    assert f"Next: case-audit audit --db {db}" in ran.err
    assert f'round show "Again" --manifest --db {db} > manifest.json' in ran.err


def test_a_cohort_that_there_is_not_is_told_with_those_that_are(
    cli: Cli, db: str
) -> None:
    draw = ("draw", "-c", "lac", "-n", "2", "-r", "child-protection")
    ran = cli(*draw, "--name", "Look", "--db", db)

    assert ran.code == 1
    assert "There is no cohort 'lac'." in ran.err
    assert "cin, cin_closed, cp, cp_ended, cic, cic_ceased" in ran.err
