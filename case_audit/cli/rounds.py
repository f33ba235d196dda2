"""``case-audit round``: samples that were drawn, and how far their audits are."""

from __future__ import annotations

from typing import Annotated

import typer

from case_audit.cli.common import (
    Json,
    database,
    say,
    say_json,
    say_json_text,
    say_table,
    typed,
)

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="List and show rounds."
)


@app.command("list")
def list_(*, json: Json = False) -> None:
    """List the rounds with their progress, newest first."""
    from case_audit.services.home import list_rounds

    lines = list_rounds(database())
    if json:
        say_json(
            [
                {
                    "round": line.round.name,
                    "cohort": line.round.cohort,
                    "rubric": line.rubric,
                    "rubric_digest": line.round.rubric_digest,
                    "cases": line.cases,
                    "submitted": line.submitted,
                    "begun": line.begun,
                    "drawn_utc": line.round.drawn_utc,
                }
                for line in lines
            ]
        )
        return
    if not lines:
        say("No rounds yet. Draw one: case-audit draw --cohort cp --size 30")
        return
    say_table(
        ("round", "cohort", "cases", "submitted", "begun", "rubric"),
        [
            (
                line.round.name,
                line.round.cohort,
                str(line.cases),
                str(line.submitted),
                str(line.begun),
                line.rubric,
            )
            for line in lines
        ],
    )


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="Name, as in `round list`.")],
    *,
    manifest: Annotated[
        bool, typer.Option("--manifest", help="Print the record of the draw instead.")
    ] = False,
    json: Json = False,
) -> None:
    """Show a round's cases and how far each audit is.

    \b
    Example:
      case-audit round show "Spring 2026" --manifest > spring.json
    """
    from case_audit.services.home import named_round

    one, lines = named_round(database(), typed(name))
    if manifest:
        say_json_text(one.manifest)
        return
    if json:
        say_json(
            [
                {
                    "case": line.case.number,
                    "unit": line.case.unit,
                    "stratum": line.case.stratum,
                    "state": line.state,
                    "auditor": line.audit.auditor if line.audit else None,
                    "answered": line.answered,
                    "asked": line.asked,
                }
                for line in lines
            ]
        )
        return
    say_table(
        ("case", "unit", "stratum", "state", "answered", "auditor"),
        [
            (
                str(line.case.number),
                line.case.unit,
                line.case.stratum,
                line.state,
                f"{line.answered} of {line.asked}",
                line.audit.auditor if line.audit else "",
            )
            for line in lines
        ],
    )
