"""``case-audit audits``: answers go out as a table, and come in from one."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from case_audit.cli.audits_import import (
    Said,
    draft,
    report,
    take_audits,
    take_history,
)
from case_audit.cli.common import (
    Json,
    database,
    now,
    one_cell,
    person,
    say,
    say_json,
    tell,
    typed,
)

if TYPE_CHECKING:
    from case_audit.services.audit_export import AuditExport

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Export the audits of a round, and import audits, earlier ones too.",
)


class Form(StrEnum):
    """How audits are written."""

    CSV = "csv"
    JSON_LINES = "jsonl"


class Audience(StrEnum):
    """Whom an export is for."""

    INTERNAL = "internal"
    SHAREABLE = "shareable"


Round = Annotated[
    str | None,
    typer.Option("--round", help="Name of the round; the newest if left out."),
]


@app.command()
def export(
    path: Annotated[Path, typer.Argument(help="File to write.", dir_okay=False)],
    *,
    name: Round = None,
    form: Annotated[
        Form | None,
        typer.Option("--format", "-f", help="csv or jsonl; by the file's name."),
    ] = None,
    audience: Annotated[
        Audience,
        typer.Option(help="shareable: auditors as numbers, and no times."),
    ] = Audience.INTERNAL,
    with_text: Annotated[
        bool,
        typer.Option(
            "--with-text", help="Add rationale, evidence and closing statements."
        ),
    ] = False,
    with_units: Annotated[
        bool,
        typer.Option(
            "--with-units",
            help="The children's identifiers; else `case 7` stands there.",
        ),
    ] = False,
    json: Json = False,
) -> None:
    """Export the submitted audits of a round, one answer a line.

    The columns are unit, auditor, role (first, second or agreed), criterion, grade
    (a grade's id, not_applicable or not_evidenced) and submitted_at. Free text and
    the children's identifiers are left out unless they are asked for, and then the
    export is internal. Besides criteria, `overall` and `domain.ID` are the auditor's
    own grades, `flag.ID` is a flag that is ticked.

    Cells that a spreadsheet would take for a formula get an apostrophe before them;
    `audits import` takes it away again. The sealed log gets a line.

    \b
    Examples:
      case-audit audits export spring.csv --round "Spring 2026"
      case-audit audits export spring.jsonl --with-text --with-units
    """
    from case_audit.services.audit_export import Wanted, export_audits

    if form is None:
        lines = path.suffix.lower() in (".jsonl", ".ndjson")
        form = Form.JSON_LINES if lines else Form.CSV
    done = export_audits(
        database(),
        path,
        name=None if name is None else typed(name),
        wanted=Wanted(
            form=form.value,
            audience=audience.value,
            with_text=with_text,
            with_units=with_units,
        ),
        by=person(),
        now=now(),
    )
    if json:
        say_json(
            {
                "round": done.round,
                "file": path.name,
                "audience": audience.value,
                "with_text": with_text,
                "with_units": with_units,
                "audits": done.audits,
                "answers": done.answers,
                "left_open": done.left_open,
                "sha256": done.sha256,
            }
        )
        return
    _say_export(done)
    units = "identifiers" if with_units else "case numbers"
    tell(f"Written to {path}: {audience.value}, with {units}.")


def _say_export(done: AuditExport) -> None:
    from case_audit.reports.wording import plural

    audits, answers = plural(done.audits, "audit"), plural(done.answers, "answer")
    say(f"{one_cell(done.round)}: {audits}, {answers}.")
    if done.left_open:
        left = plural(done.left_open, "audit that is", "audits that are")
        tell(f"Not in it: {left} not submitted.")


@app.command(name="import")
def import_(
    path: Annotated[
        Path,
        typer.Argument(help="CSV, Excel, Parquet or JSON Lines.", exists=True),
    ],
    *,
    name: Round = None,
    mapping: Annotated[
        str | None,
        typer.Option(
            "--map",
            metavar="[FILE]",
            help="Mapping of your own columns and words; without FILE, a draft is "
            "written.",
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Read and report, keep nothing.")
    ] = False,
    history: Annotated[
        bool,
        typer.Option(
            "--history",
            help="Earlier audits of cases that were never drawn here.",
            rich_help_panel="Earlier audits",
        ),
    ] = False,
    called: Annotated[
        str | None,
        typer.Option(
            "--name", help="Name of the new round.", rich_help_panel="Earlier audits"
        ),
    ] = None,
    cohort: Annotated[
        str | None,
        typer.Option(help="Whose cases, as cp.", rich_help_panel="Earlier audits"),
    ] = None,
    rubric: Annotated[
        str | None,
        typer.Option(
            "--rubric",
            "-r",
            help="What the grades are mapped to; the cohort's own if left out.",
            rich_help_panel="Earlier audits",
        ),
    ] = None,
    as_at: Annotated[
        str | None,
        typer.Option(
            help="The date they speak of, as 2025-03-31.",
            rich_help_panel="Earlier audits",
        ),
    ] = None,
    population: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="Cases there were to choose from, if known.",
            rich_help_panel="Earlier audits",
        ),
    ] = None,
    drawn_at_random: Annotated[
        bool,
        typer.Option(
            "--drawn-at-random",
            help="State that they were drawn at random: only then are there intervals.",
            rich_help_panel="Earlier audits",
        ),
    ] = False,
    invented: Annotated[
        bool,
        typer.Option(
            "--invented",
            help="Every case is invented, for practice.",
            rich_help_panel="Earlier audits",
        ),
    ] = False,
    json: Json = False,
) -> None:
    """Import audits into a round, or earlier ones as a round of their own.

    The columns are unit (the identifier, or `case 7`), auditor, role (first, second
    or agreed), criterion and grade (a grade's id, not_applicable or not_evidenced),
    and if there are, rationale, evidence and submitted_at. Every line that cannot be
    taken is named with what is wrong; then nothing is imported. What is there already
    is left as it is.

    An audit with an answer to every criterion is submitted; another one stays open.
    Second and agreed audits are kept apart from first ones.

    With --map, a council's own columns, grades and criteria are understood; `--map`
    without a file writes a first mapping to look over.

    With --history, the cases become a closed round of earlier audits, which
    `summary --against` can set beside a later one.

    \b
    Examples:
      case-audit audits import spring.csv --round "Spring 2026" --dry-run
      case-audit audits import 2025.xlsx --map --history --cohort cp
      case-audit audits import 2025.xlsx --map 2025.map.yaml --history \\
        --name "Spring 2025" --cohort cp --as-at 2025-03-31 --population 240
    """
    said = Said(
        name=name,
        called=called,
        cohort=cohort,
        rubric=rubric,
        as_at=as_at,
        population=population,
        drawn_at_random=drawn_at_random,
        invented=invented,
    )
    said.refuse(history=history)
    if mapping == "":
        draft(path, said, dry_run=dry_run, json=json)
        return
    file = Path(mapping) if mapping else None
    take = take_history if history else take_audits
    report(take(path, said, mapping=file, dry_run=dry_run), dry_run=dry_run, json=json)
