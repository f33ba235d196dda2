"""``case-audit round``: samples that were drawn, and how far their audits are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from case_audit.cli import round_certificate, round_changes, round_seed
from case_audit.cli.common import (
    Json,
    database,
    one_cell,
    say,
    say_json,
    say_json_text,
    say_table,
    tell,
    typed,
)

if TYPE_CHECKING:
    from case_audit.core.sample.fixed import Plan
    from case_audit.services.home import CaseLine, RoundLine

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="List, show, change and close rounds, and certify their draws.",
)
for command in (
    *(round_changes.replace, round_changes.extend),
    *(round_changes.close, round_changes.reopen),
    *(round_seed.commit, round_seed.reveal, round_certificate.certificate),
):
    app.command()(command)


@app.command("list")
def list_(*, json: Json = False) -> None:
    """List the rounds with their progress, newest first."""
    from case_audit.core.frame.cohort_words import with_id
    from case_audit.services.fixed_draw import list_waiting
    from case_audit.services.home import list_rounds

    lines, waiting = list_rounds(database()), list_waiting(database())
    if json:
        say_json([*map(_plain_round, lines), *map(_plain_plan, waiting)])
        return
    for plan in waiting:
        tell(f"Fixed and not drawn yet: {one_cell(plan.name)}, {plan.fixed_utc}")
    if not lines:
        say("No rounds yet. Draw one: case-audit draw --cohort cp --size 30")
        return
    say_table(
        ("round", "cohort", "cases", "given", "submitted", "begun", "rubric"),
        [
            (
                line.round.name + _mark(line),
                with_id(line.round.cohort),
                str(line.cases),
                str(line.given),
                str(line.submitted),
                str(line.begun),
                line.rubric,
            )
            for line in lines
        ],
    )


def _mark(line: RoundLine) -> str:
    if line.round.purpose == "history":
        return " (imported)"
    return " (closed)" if line.round.closed_utc else ""


def _plain_round(line: RoundLine) -> dict[str, object]:
    one = line.round
    return {
        "round": one.name,
        "cohort": one.cohort,
        "rubric": line.rubric,
        "rubric_digest": one.rubric_digest,
        "cases": line.cases,
        "given": line.given,
        "submitted": line.submitted,
        "begun": line.begun,
        "drawn_utc": one.drawn_utc,
        "purpose": one.purpose,
        "closed_utc": one.closed_utc or None,
        "state": "closed" if one.closed_utc else "open",
    }


def _plain_plan(plan: Plan) -> dict[str, object]:
    return {
        "round": plan.name,
        "cohort": plan.plain["cohort"],
        "plan_digest": plan.digest,
        "fixed_utc": plan.fixed_utc,
        "state": "fixed",
    }


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="Name, as in `round list`.")],
    *,
    manifest: Annotated[
        bool, typer.Option("--manifest", help="Print the record of the draw instead.")
    ] = False,
    plan: Annotated[
        bool,
        typer.Option("--plan", help="Print what was fixed before the draw instead."),
    ] = False,
    json: Json = False,
) -> None:
    """Show a round's cases, who each is given to, and how far its audit is.

    --plan works before the draw too; its SHA-256 is the digest in the sealed log.

    \b
    Examples:
      case-audit round show "Spring 2026" --manifest > spring.json
      case-audit round show "Spring 2026" --plan | sha256sum
    """
    from case_audit.services.fixed_draw import fixed_plan
    from case_audit.services.home import named_round

    if plan:
        say_json_text(fixed_plan(database(), typed(name)).text)
        return

    one, lines = named_round(database(), typed(name))
    if manifest:
        say_json_text(one.manifest)
        return
    if json:
        say_json([_plain_case(line) for line in lines])
        return
    say_table(
        ("case", "unit", "stratum", "state", "answered", "given to", "auditor"),
        [
            (
                str(line.case.number),
                line.case.unit,
                line.case.stratum,
                line.state,
                f"{line.answered} of {line.asked}",
                line.given_to,
                line.audit.auditor if line.audit else "",
            )
            for line in lines
        ],
    )


def _plain_case(line: CaseLine) -> dict[str, object]:
    return {
        "case": line.case.number,
        "unit": line.case.unit,
        "stratum": line.case.stratum,
        "state": line.state,
        "given_to": line.given_to or None,
        "auditor": line.audit.auditor if line.audit else None,
        "answered": line.answered,
        "asked": line.asked,
    }
