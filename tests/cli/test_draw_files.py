"""``draw --frame``: from files to a manifest, without a database."""

from __future__ import annotations

import json
from dataclasses import fields
from inspect import signature
from typing import TYPE_CHECKING, Any

import pytest
from bigframes import MESSY, rows_of, write_parquet

from builders import SEED
from case_audit.cli import draw_files
from case_audit.cli.sample import draw
from case_audit.core.frame.model import frame_digest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Cli = Callable[..., Any]


def test_the_manifest_is_written_and_nothing_else(cli: Cli, tmp_path: Path) -> None:
    """It can be checked like any other, with the frame as lines."""
    place, out = write_parquet(tmp_path / "f", MESSY), tmp_path / "m.json"
    draw = ("draw", "--frame", place, "--unit-column", "unit", "--strata", "team")
    out_csv = tmp_path / "out.csv"
    out_csv.write_text("unit,reason\nCH0007,moved\n")

    ran = cli(*draw, "-n", 30, "--seed", SEED, "--exclude", out_csv, "--out", out)
    lines = tmp_path / "frame.tsv"
    rows = rows_of(MESSY, ("team",))
    lines.write_text("".join(f"{unit}\t{stratum}\n" for unit, stratum in rows), "utf-8")
    checked = cli("verify", out, "--frame", lines)

    manifest = json.loads(out.read_text("utf-8"))
    left = rows_of(MESSY, ("team",), without=frozenset({"CH0007"}))
    assert (ran.code, checked.code) == (0, 0)
    assert manifest["frame"]["digest"] == frame_digest(left)
    assert ran.out.startswith(f"30 drawn of {len(left)} in 3 file(s)")
    assert "CH0" not in ran.out + ran.err
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        *("f", "frame.tsv", "m.json", "out.csv")
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--out", "m.json"), "--unit-column"),
        (("--unit-column", "unit"), "--out"),
        (("--unit-column", "uint", "--json"), "no column uint"),
        (("--unit-column", "unit", "--json", "--design", "pps"), "--measure"),
        (("--unit-column", "unit", "--json", "--witnesses", "A"), "--seed"),
    ],
)
def test_what_is_missing_is_named(
    cli: Cli, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    place = write_parquet(tmp_path / "f", MESSY)

    ran = cli("draw", "--frame", place, "-n", 3, *arguments)

    assert ran.code != 0
    assert ran.out == ""
    assert said in ran.err


def test_without_files_a_cohort_is_needed(cli: Cli, db: str) -> None:
    ran = cli("draw", "-n", 3, "--db", db)

    assert ran.code == 2
    assert "--cohort" in ran.err


UNABLE = (
    *(("--rubric", "r"), ("--plan",), ("--fix",), ("--fixed", "Spring")),
    *(("--beacon", "drand:1"), ("--made-at", "2026-04-01"), ("--reason", "again")),
    *(("--not-audited-within", 12), ("--reaudit", "Spring"), ("--bad", 6)),
    *(("--rotate-from", "Spring"), ("--hours-per-case", "3"), ("--auditors", 4)),
    *(("--expect", "good=0.5"), ("--expect-from", "Spring"), ("--alike", "0.1")),
    *(("--only", "age > 1"), ("--certain", "age > 1"), ("--at-most", "team=2")),
    *(("--order", "team"), ("--measure", "authority"), ("--by", "team")),
    *(("--clusters", 2), ("--per-cluster", 2), ("--targeted", "age > 1")),
)


@pytest.mark.parametrize("option", UNABLE, ids=lambda option: option[0])
def test_what_files_cannot_give_is_refused(
    cli: Cli, tmp_path: Path, option: tuple[str, ...]
) -> None:
    """An option that is read over would leave another sample than was asked for."""
    files = ("--frame", tmp_path / "none.csv", "--unit-column", "unit")

    ran = cli("draw", *files, "-n", 3, "--out", tmp_path / "m.json", *option)

    said = " ".join(ran.err.replace("│", " ").split())
    assert (ran.code, ran.out) == (2, "")
    assert option[0] in said
    assert "does not go with --frame" in said
    assert list(tmp_path.iterdir()) == []


def test_every_option_of_a_draw_is_honoured_or_refused() -> None:
    """A new one must be thought of here too."""
    known = set(draw_files.DATABASE_ALONE) | set(draw_files.WHOLE_FRAME)
    known |= {field.name for field in fields(draw_files.FromFiles)}
    known |= {"size", "strata", "allocation", "minimum", "reserves", "quota"}
    known |= {"expected", "design", "out", "json"}

    assert set(signature(draw).parameters) == known


def test_a_dry_run_writes_nothing(cli: Cli, tmp_path: Path) -> None:
    """With and without a file to write to; the sample is printed all the same."""
    place, out = write_parquet(tmp_path / "f", MESSY, parts=1), tmp_path / "m.json"
    draw = ("draw", "--frame", place, "--unit-column", "unit", "-n", 9, "--dry-run")

    shown = cli(*draw)
    printed = cli(*draw, "--seed", SEED, "--out", out, "--json")

    assert (shown.code, printed.code) == (0, 0)
    assert shown.out.startswith("9 drawn of")
    assert json.loads(printed.out)["seed"] == SEED
    for ran in (shown, printed):
        assert "Nothing was written: this was a dry run." in ran.err
    assert [p.name for p in tmp_path.iterdir()] == ["f"]


@pytest.mark.parametrize(
    "option",
    [
        ("--unit-column", "u"),
        ("--engine", "spark"),
        ("--memory", "2GB"),
        ("--temp", "."),
    ],
    ids=lambda option: option[0],
)
def test_options_of_files_need_files(
    cli: Cli, db: str, option: tuple[str, ...]
) -> None:
    ran = cli("draw", "--cohort", "cp", "-n", 3, "--db", db, *option)

    assert ran.code == 2
    assert option[0] in ran.err
    assert "--frame" in ran.err
