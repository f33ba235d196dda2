"""Every command: its help, its exit codes, and what goes where."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import typer
from workbooks import a_workbook, on_plans

from builders import SEED
from case_audit.cli.common import folder
from case_audit.cli.root import app
from case_audit.core.frame.model import frame_digest
from case_audit.resources import shipped
from case_audit.services.settings import remember_auditor
from stored import sql

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Cli = Callable[..., Any]

RUBRIC = Path(str(shipped("rubrics"))) / "child-protection.yaml"
FIXTURE = Path(str(shipped("fixtures"))) / "borrowmere-12"


def commands() -> Iterator[tuple[str, ...]]:
    """Every command there is, from the command line itself."""
    root = typer.main.get_command(app)
    for name, command in root.commands.items():  # type: ignore[attr-defined]
        inner = getattr(command, "commands", None)
        if inner is None:
            yield (name,)
        else:
            yield from ((name, one) for one in inner)


@pytest.mark.parametrize("command", list(commands()), ids=" ".join)
def test_every_command_helps_with_what_it_does(
    cli: Cli, command: tuple[str, ...]
) -> None:
    """Ends well, goes to standard output, fits a terminal, names the options."""
    ran = cli(*command, "--help")

    assert (ran.code, ran.err) == (0, "")
    assert "Usage: case-audit" in ran.out
    assert len(ran.out.splitlines()) > 4


@pytest.mark.parametrize(
    "command",
    [c for c in commands() if c not in {("rubric", "list"), ("round", "list")}],
    ids=" ".join,
)
def test_every_command_shows_an_example(cli: Cli, command: tuple[str, ...]) -> None:
    """The quickest way to learn; lists without arguments need none."""
    without_arguments = {("frame", "list"), ("log", "show"), ("log", "verify")}

    ran = cli(*command, "--help")

    assert "Example" in ran.out or command in without_arguments
    assert command in without_arguments or "case-audit " + command[0] in ran.out


def test_without_a_command_the_groups_help(cli: Cli) -> None:
    for group in ("frame", "round", "stats", "rubric", "synth", "log"):
        ran = cli(group)

        assert ran.code == 2
        assert "Usage: case-audit" in ran.out + ran.err


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
    ("draw", "--cohort", "cp", "--size", "2", "--name", "J"),
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


def test_a_database_that_is_not_there_is_not_made_by_reading(
    cli: Cli, tmp_path: Path
) -> None:
    """A slip of the pen must not look like lost data."""
    ran = cli("summary", "--db", tmp_path / "typo.db")

    assert ran.code == 1
    assert "There is no database at" in ran.err
    assert list(tmp_path.iterdir()) == []


def test_the_summary_is_the_same_as_json_by_both_names(cli: Cli, db: str) -> None:
    one = cli("summary", "--json", "--db", db)
    other = cli("summary", "--format", "json", "--db", db)

    assert one.out == other.out
    assert json.loads(one.out)["audited"] == 1


@pytest.mark.parametrize("form", ["text", "json", "md"])
def test_a_result_can_go_to_a_file(
    cli: Cli, db: str, tmp_path: Path, form: str
) -> None:
    """The same as on the screen, for its owner alone, and nothing on stdout."""
    out = tmp_path / "page"
    shown = cli("summary", "--format", form, "--db", db).out

    ran = cli("summary", "--format", form, "--out", out, "--db", db)

    assert ran.out == ""
    assert out.read_text("utf-8") == shown
    assert "internal" in ran.err
    assert out.stat().st_mode & 0o077 == 0


def test_a_draw_can_be_verified_from_a_file_a_pipe_and_without_the_database(
    cli: Cli, db: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three people, three ways, one answer."""
    manifest = tmp_path / "m.json"
    drawn = cli(
        *("draw", "--cohort", "cp", "--size", "6", "--strata", "team"),
        *("--seed", SEED, "--name", "Verified", "--out", manifest, "--db", db),
        *("--rubric", "child-protection"),
    )
    assert drawn.code == 0, drawn.err
    frame = tmp_path / "frame.tsv"
    frame.write_text(cli("frame", "export", "cp", "--strata", "team", "--db", db).out)

    by_database = cli("verify", manifest, "--db", db)
    by_frame = cli("verify", manifest, "--frame", frame, "--json")
    with manifest.open() as file:
        monkeypatch.setattr("sys.stdin", file)
        by_pipe = cli("verify", "-", "--db", db)

    assert (by_database.code, by_frame.code, by_pipe.code) == (0, 0, 0)
    assert by_database.out.startswith("The manifest is true")
    assert json.loads(by_frame.out)["true"] is True
    assert by_pipe.out == by_database.out
    assert cli("round", "show", "Verified", "--manifest", "--db", db).out.strip() == (
        manifest.read_text("utf-8").strip()
    )


def test_a_false_manifest_ends_with_3_and_its_lines(
    cli: Cli, db: str, tmp_path: Path
) -> None:
    """As words, and as JSON."""
    manifest = tmp_path / "m.json"
    text = cli("round", "show", "Spring 2026", "--manifest", "--db", db).out
    plain = json.loads(text)
    plain["drawn"][1]["unit"] = "C9999"
    manifest.write_text(json.dumps(plain))

    words = cli("verify", manifest, "--db", db)
    data = cli("verify", manifest, "--db", db, "--json")

    assert (words.code, data.code) == (3, 3)
    assert "drawn, line 2" in words.out
    found = json.loads(data.out)
    assert found["true"] is False
    assert [d["where"] for d in found["differences"]] == ["drawn, line 2"]


def test_a_broken_log_ends_with_3(cli: Cli, db: str) -> None:
    class Here:
        url = db

    sql(Here(), "UPDATE event SET actor = 'Bo' WHERE seq = 2")  # type: ignore[arg-type]

    words = cli("log", "verify", "--db", db)
    data = cli("log", "verify", "--json", "--db", db)

    assert (words.code, data.code) == (3, 3)
    assert "broken at line 2" in words.out
    assert json.loads(data.out)["broken_at"] == 2


def test_one_line_of_the_log_is_one_line(cli: Cli, db: str) -> None:
    """A name with a line break in it must not look like two entries."""

    class Here:
        url = db

    before = len(cli("log", "show", "--db", db).out.splitlines())
    sql(
        Here(),  # type: ignore[arg-type]
        "UPDATE event SET actor = 'Bo' || char(10) || '  9  forged' WHERE seq = 2",
    )

    assert len(cli("log", "show", "--db", db).out.splitlines()) == before


def test_an_explanation_shows_how_to_compute_a_number(cli: Cli, db: str) -> None:
    manifest = Path(db).with_name("m.json")
    manifest.write_text(
        cli("round", "show", "Spring 2026", "--manifest", "--db", db).out
    )

    ran = cli("verify", manifest, "--explain", "C0001", "--db", db)
    unknown = cli("verify", manifest, "--explain", "SECRET-1", "--db", db)

    assert (ran.code, unknown.code) == (0, 1)
    assert f"printf '%s' '{SEED}:C0001' | sha256sum" in ran.out
    assert "SECRET" not in unknown.err + unknown.out


def test_the_exported_frame_has_the_digest_of_the_manifest(cli: Cli, db: str) -> None:
    """`case-audit frame export cp | sha256sum`, as the help says."""
    out = cli("frame", "export", "cp", "--db", db).out
    shown = json.loads(cli("frame", "show", "cp", "--json", "--db", db).out)

    rows = [line.split("\t") for line in out.splitlines()]
    assert frame_digest((unit, stratum) for unit, stratum in rows) == shown["digest"]
    assert out == cli("frame", "export", "cp", "--round", "Spring 2026", "--db", db).out


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
    draw = ("draw", "--cohort", "cp", "--size", "1", "--db", db)
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
        *("draw", "--cohort", "cp", "--size", "2", "--name", name),
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


def test_two_runs_in_a_row_do_not_know_of_each_other(cli: Cli, db: str) -> None:
    """Options of the first are not those of the second; ids go on."""
    first = cli("draw", "--cohort", "cp", "--size", "2", "--db", db)
    second = cli("draw", "--cohort", "cp", "--size", "2", "--db", db)

    assert (first.code, second.code) == (0, 0)
    names = [
        r["round"] for r in json.loads(cli("round", "list", "--json", "--db", db).out)
    ]
    assert names == ["cp 2026-03-31 draw 2", "cp 2026-03-31 draw 1", "Spring 2026"]


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
        RUBRIC.read_text("utf-8").replace('version: "1.0"', 'version: "9.9"', 1),
        "utf-8",
    )

    ran = cli("rubric", "list", "--json", "--rubrics", tmp_path)

    assert {r["version"] for r in json.loads(ran.out)} == {"1.0", "9.9"}
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


def test_a_whole_folder_needs_a_workbook(cli: Cli, tmp_path: Path) -> None:
    ran = cli("import", tmp_path, "--as-at", "2026-03-31", "--db", tmp_path / "l.db")

    assert ran.code == 2
    assert "holds no annex_a.xlsx" in " ".join(ran.err.split())


@pytest.mark.parametrize(
    ("sample", "hits", "words"),
    [
        ("30", "18", "Between 125 and 229 of 300 cases, 95% confidence"),
        ("300", "18", "All 300 cases were audited: no sampling error."),
    ],
)
def test_an_interval_in_words(cli: Cli, sample: str, hits: str, words: str) -> None:
    """The same numbers as in a summary."""
    ran = cli(
        *("stats", "interval", "--population", "300"),
        *("--sample", sample, "--hits", hits),
    )

    assert words in ran.out
    assert ("60% (42% to 76%)" in ran.out) == (sample == "30")


def test_an_interval_as_data(cli: Cli) -> None:
    plain = json.loads(
        cli(
            *("stats", "interval", "--population", "300", "--sample", "30"),
            *("--hits", "18", "--json"),
        ).out
    )

    assert set(plain) == {
        *("estimate", "lower", "upper", "lower_count", "upper_count", "method"),
    }
    assert plain["estimate"] == 0.6
    assert (plain["lower_count"], plain["upper_count"]) == (125, 229)
    assert plain["method"] == "hypergeometric"


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

    draw = ("draw", "--cohort", "cp", "--size", "2", "--db", db)
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


def test_common_options_may_stand_anywhere_and_end_at_two_dashes(
    cli: Cli, db: str
) -> None:
    """What follows `--` is a name, whatever it looks like."""
    assert cli("--no-color", "round", "list", "--db", db).code == 0
    assert cli("--version").out.startswith("case-audit ")
    ran = cli("round", "show", "--db", db, "--", "--quiet")

    assert ran.code == 1
    assert "'--quiet'" in ran.err
