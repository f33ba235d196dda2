"""``case-audit draw --frame``: a draw from files too large for the database."""

from __future__ import annotations

import secrets
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from case_audit import __version__
from case_audit.cli.common import (
    now,
    one_cell,
    say,
    say_json_text,
    say_table,
    tell,
    typed,
    write_text,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from case_audit.core.sample.model import Design
    from case_audit.core.sample.seed import Seed
    from case_audit.exchange.bigframe.source import Engine
    from case_audit.services.bigframe import BigDraw

FILES = "From files instead of the database"
MEMORY = "1GB"
"""What DuckDB may use, if nothing is said."""


class EngineName(StrEnum):
    """What reads the files."""

    DUCKDB = "duckdb"
    SPARK = "spark"


Place = Annotated[
    str | None,
    typer.Option(
        "--frame",
        metavar="FILES",
        help="Parquet or CSV files: a pattern, a folder or an address.",
        rich_help_panel=FILES,
    ),
]
UnitColumn = Annotated[
    str | None,
    typer.Option(help="Column of the identifiers.", rich_help_panel=FILES),
]
UsedEngine = Annotated[
    EngineName,
    typer.Option(help="duckdb or spark; the same sample.", rich_help_panel=FILES),
]
Memory = Annotated[
    str,
    typer.Option(
        help="What DuckDB may use before it sorts on disk.", rich_help_panel=FILES
    ),
]
Temp = Annotated[
    Path | None,
    typer.Option(
        help="Folder of the disk that DuckDB sorts on.",
        exists=True,
        file_okay=False,
        rich_help_panel=FILES,
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class FromFiles:
    """What was typed of a draw from files."""

    frame: str
    unit_column: str | None
    engine: EngineName
    memory: str
    temp: Path | None
    cohort: str | None
    name: str | None
    seed: str | None
    witnesses: str | None
    exclude: Path | None
    dry_run: bool


DATABASE_ALONE = (
    *("rubric", "plan", "fix", "fixed", "beacon", "made_at", "reason"),
    *("not_audited_within", "reaudit", "rotate_from", "hours_per_case", "auditors"),
    *("expect", "expect_from", "bad", "alike"),
)
"""Options of rounds that are kept, of rubrics and of planning."""

WHOLE_FRAME = (
    *("only", "certain", "at_most", "order", "measure", "by", "clusters"),
    *("per_cluster", "targeted"),
)
"""Options of designs that need more of a case than its number and its stratum."""


def refuse_what_files_cannot(given: Mapping[str, Any]) -> None:
    """Refuse the options that a draw from files would have to ignore.

    Args:
        given: All options of ``draw`` by name.

    Raises:
        typer.BadParameter: If one was given.
    """
    for name in (*DATABASE_ALONE, *WHOLE_FRAME):
        if given[name]:
            message = (
                "does not go with --frame: it needs a list in the database, so "
                "import it and draw with --cohort"
                if name in DATABASE_ALONE
                else "does not go with --frame: it needs every case at hand, so "
                "import the lists and draw with --cohort"
            )
            option = f"--{name.replace('_', '-')}"
            raise typer.BadParameter(message, param_hint=option)


def refuse_without_files(given: Mapping[str, Any]) -> None:
    """Refuse the options of files where the database is drawn from.

    Raises:
        typer.BadParameter: If one was given.
    """
    usual = {"unit_column": None, "engine": EngineName.DUCKDB, "memory": MEMORY}
    for name, value in {**usual, "temp": None}.items():
        if given[name] != value:
            option = f"--{name.replace('_', '-')}"
            message = "goes with --frame, which names the files"
            raise typer.BadParameter(message, param_hint=option)


def draw_from_files(
    asked: FromFiles, design: Design, out: Path | None, *, json: bool
) -> None:
    """Draw, write the manifest, and say who was drawn from where."""
    from case_audit.exchange.exclusions_csv import read_exclusions
    from case_audit.services.bigframe import BigRequest, draw_big

    if asked.unit_column is None:
        message = "is missing: the column of the identifiers"
        raise typer.BadParameter(message, param_hint="--unit-column")
    if out is None and not json and not asked.dry_run:
        message = "is missing: nothing is kept in a database, so name a file"
        raise typer.BadParameter(message, param_hint="--out")
    label = one_cell(typed(asked.name or "")) or "draw from files"
    request = BigRequest(
        place=typed(asked.frame),
        unit=typed(asked.unit_column),
        design=design,
        seed=_seed(asked, label),
        label=label,
        cohort=one_cell(typed(asked.cohort or "")) or "files",
        exclusions=read_exclusions(asked.exclude) if asked.exclude else (),
        exclusions_file=asked.exclude.name if asked.exclude else "",
    )
    drawn = draw_big(
        request, _engine(asked), version=__version__, now=now(), progress=_progress
    )
    if out and not asked.dry_run:
        write_text(out, drawn.manifest)
    if json:
        say_json_text(drawn.manifest)
    else:
        _show(drawn)
    _next_step(out, dry_run=asked.dry_run)


def _show(drawn: BigDraw) -> None:
    sample = drawn.sample
    say(
        f"{len(sample.drawn)} drawn of {sample.population} in {len(drawn.frame.files)} "
        f"file(s), {len(sample.reserves)} in reserve. Frame digest "
        f"{sample.frame_digest}"
    )
    say_table(
        ("stratum", "cases", "drawn"),
        [(s.name, str(s.population), str(s.drawn)) for s in sample.strata],
    )


def _next_step(out: Path | None, *, dry_run: bool) -> None:
    if dry_run:
        tell("Nothing was written: this was a dry run.")
    elif out:
        tell(
            f"Next: keep {one_cell(str(out))} where case lists are kept. Who has the "
            "files draws again with the same command, --seed and --name; see "
            "docs/big-frames.md."
        )


def _seed(asked: FromFiles, label: str) -> Seed:
    from case_audit.core.sample.seed import machine_seed, typed_seed

    if asked.seed is None:
        if asked.witnesses:
            message = "needs --seed: the randomness that was seen"
            raise typer.BadParameter(message, param_hint="--witnesses")
        return machine_seed(secrets.token_hex(32))
    return typed_seed(
        typed(asked.seed), witnesses=typed(asked.witnesses or ""), round_label=label
    )


def _engine(asked: FromFiles) -> Engine:
    if asked.engine is EngineName.SPARK:
        from case_audit.exchange.bigframe.spark import SparkEngine

        return SparkEngine()
    from case_audit.exchange.bigframe.duck import DuckEngine

    return DuckEngine(memory=typed(asked.memory), temp=asked.temp)


def _progress(lines: int) -> None:
    if sys.stderr.isatty():
        end = "\x1b[K\r"
        sys.stderr.write(f"{lines:,} lines of the frame sorted{end}")
