"""Commands that show and check results: summary, verify, log, interval."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from builders import SEED
from case_audit.core.frame.model import frame_digest
from stored import sql

if TYPE_CHECKING:
    from collections.abc import Callable

    Cli = Callable[..., Any]


def past(db: str, statement: str) -> None:
    """Change the file past the program."""
    with closing(sqlite3.connect(db)) as connection:
        connection.execute(statement)
        connection.commit()


def test_a_summary_can_be_counted_anew(cli: Cli, db: str) -> None:
    """What is right, what waited, and with 3 what was wrong and is right now."""
    right = cli("summary", "--recount", "--db", db)
    past(db, "DELETE FROM outcome")
    waited = cli("summary", "Spring 2026", "--recount", "--db", db)
    past(db, "UPDATE tally SET cases = 7 WHERE subject = 'v1'")
    wrong = cli("summary", "--recount", "--db", db)
    again = cli("summary", "--recount", "--db", db)

    assert (right.code, waited.code, wrong.code, again.code) == (0, 0, 3, 0)
    assert "1 submitted audit was read again." in right.out
    assert "1 of them had not been counted yet. They are now." in waited.out
    assert "Everything that was counted is right." in waited.out
    assert "0 audits had been counted wrongly, and 1 kept count" in wrong.out


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
        *(
            "draw",
            "--cohort",
            "cp",
            "--size",
            "6",
            "--strata",
            "team",
            "--reason",
            "again",
        ),
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
