"""``draw --frame``: from files to a manifest, without a database."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from bigframes import MESSY, rows_of, write_parquet

from builders import SEED
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
        (("--unit-column", "unit", "--json", "--order", "team"), "systematic"),
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
