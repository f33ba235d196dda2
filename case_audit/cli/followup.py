"""``case-audit actions`` and ``case-audit escalations``: what follows from a round."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from case_audit.cli.common import (
    Json,
    database,
    now,
    one_cell,
    person,
    say,
    say_json,
    say_table,
    tell,
    typed,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from case_audit.core.followup.model import Action

actions = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="What is to follow from a round: list, add, done, verify.",
)
escalations = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Cases that are to be raised with a manager: list, close.",
)

Round = Annotated[
    str | None,
    typer.Option("--round", help="Name of the round; the newest if left out."),
]
Number = Annotated[int, typer.Argument(min=1, help="Number, as in `actions list`.")]
Evidence = Annotated[str, typer.Option(help="What shows it.")]
On = Annotated[
    str | None, typer.Option("--on", help="The day, as 2026-06-30; today if left out.")
]
All = Annotated[bool, typer.Option("--all", help="Those too that are at their end.")]


@actions.command("list")
def list_(*, name: Round = None, every: All = False, json: Json = False) -> None:
    """List the actions of a round, and inadequate cases without one.

    Overdue is an open action past its day. A case at the lowest grade is told of
    unless an action is about it or a later round has it as a case again.

    \b
    Example:
      case-audit actions list --round "Spring 2026" --all
    """
    from case_audit.services.followup import followed

    today = _today()
    found = followed(database(), _named(name), today=today)
    shown = [a for a in found.actions if every or a.status != "verified"]
    if json:
        say_json(
            {
                "round": found.round,
                "counts": asdict(found.counts),
                "actions": [_plain(action, today) for action in found.actions],
                "lowest_without_action": list(found.without),
            }
        )
        return
    counts = found.counts
    say(
        f"{one_cell(found.round)}: {counts.open} open, {counts.overdue} of them overdue; "
        f"{counts.done} done, {counts.verified} verified."
    )
    if shown:
        say_table(
            ("no", "status", "due", "owner", "about", "action"),
            [_row(action, today) for action in shown],
        )
    if found.without:
        numbers = ", ".join(map(str, found.without))
        say(f"At the lowest grade, with no action and no re-audit: case {numbers}.")


def _row(action: Action, today: date) -> tuple[str, ...]:
    late = action.overdue(today.isoformat())
    return (
        str(action.number),
        "overdue" if late else action.status,
        action.due,
        action.owner,
        f"{action.about} {action.subject}",
        action.text,
    )


def _plain(action: Action, today: date) -> dict[str, object]:
    plain = {key: value or None for key, value in asdict(action).items()}
    return plain | {"overdue": action.overdue(today.isoformat())}


@actions.command()
def add(
    text: Annotated[str, typer.Argument(help="What is to be done.")],
    *,
    about: Annotated[
        str, typer.Option(help="area, domain:ID, criterion:ID or case:NUMBER.")
    ],
    owner: Annotated[str, typer.Option(help="Who is to do it: a role, not a person.")],
    due: Annotated[str, typer.Option(help="By when, as 2026-09-30.")],
    measure: Annotated[str, typer.Option(help="How it will be seen.")],
    re_audit: Annotated[
        str | None,
        typer.Option("--re-audit", help="Day of a re-audit, if there is one."),
    ] = None,
    name: Round = None,
    json: Json = False,
) -> None:
    """Add an action to a round.

    \b
    Example:
      case-audit actions add "Chairs check visits" --about criterion:v1 \\
        --owner "Head of Child Protection" --due 2026-09-30 \\
        --measure "20 files, visits in time" --re-audit 2026-11-30
    """
    from case_audit.services.followup import Wanted, add_action

    wanted = Wanted(
        about=typed(about),
        text=typed(text),
        owner=typed(owner),
        due=typed(due),
        measure=typed(measure),
        reaudit=typed(re_audit or ""),
    )
    added = add_action(database(), _named(name), wanted, by=person(), now=now())
    _said(added, "added", json=json)


def _further(
    act: Callable[..., Action],
    number: int,
    *,
    evidence: str,
    on: str | None,
    name: str | None,
) -> Action:
    """Take an action further, as it was typed."""
    return act(
        database(),
        _named(name),
        number,
        evidence=typed(evidence),
        day=_day(on),
        by=person(),
        now=now(),
    )


@actions.command()
def done(
    number: Number,
    *,
    evidence: Evidence,
    on: On = None,
    name: Round = None,
    json: Json = False,
) -> None:
    """Say that an action is done, and what shows it.

    \b
    Example:
      case-audit actions done 1 --evidence "New agenda since May"
    """
    from case_audit.services.followup import finish_action

    found = _further(finish_action, number, evidence=evidence, on=on, name=name)
    _said(found, "done", json=json)


@actions.command()
def verify(
    number: Number,
    *,
    evidence: Evidence,
    on: On = None,
    name: Round = None,
    json: Json = False,
) -> None:
    """Say that a done action was seen to be so, and how.

    \b
    Example:
      case-audit actions verify 1 --evidence "19 of 20 files read"
    """
    from case_audit.services.followup import verify_action

    found = _further(verify_action, number, evidence=evidence, on=on, name=name)
    _said(found, "verified", json=json)


@escalations.command("list")
def list_escalations(
    *, name: Round = None, every: All = False, json: Json = False
) -> None:
    """List the cases that the rules say are to be raised, the most urgent first.

    \b
    Example:
      case-audit escalations list --round "Spring 2026" --all
    """
    from case_audit.services.followup import escalations as found_in
    from case_audit.services.followup import round_named

    round_name = round_named(database(), _named(name))
    found = found_in(database(), round_name)
    if json:
        say_json(
            {
                "round": round_name,
                "escalations": [asdict(one) | {"open": one.open} for one in found],
            }
        )
        return
    still = sum(one.open for one in found)
    say(f"{one_cell(round_name)}: {still} open, {len(found) - still} closed.")
    shown = [one for one in found if every or one.open]
    if shown:
        say_table(
            ("level", "case", "since", "closed", "because"),
            [
                (
                    one.level,
                    str(one.number),
                    one.since[:10],
                    one.closed_utc[:10],
                    one.because,
                )
                for one in shown
            ],
        )


@escalations.command()
def close(
    case: Annotated[int, typer.Argument(min=1, help="Number of the case.")],
    *,
    note: Annotated[str, typer.Option(help="What was done.")],
    name: Round = None,
    json: Json = False,
) -> None:
    """Close the escalation of a case with a note of what was done.

    If the case is audited anew and the rules ask for it again, it is open again.

    \b
    Example:
      case-audit escalations close 4 --note "Strategy discussion held"
    """
    from case_audit.services.followup import close_escalation

    ended = close_escalation(
        database(), _named(name), case, note=typed(note), by=person(), now=now()
    )
    if json:
        say_json(asdict(ended) | {"open": ended.open})
    else:
        say(f"Case {ended.number}, {ended.level}: closed.")


def _said(action: Action, what: str, *, json: bool) -> None:
    if json:
        say_json(_plain(action, _today()))
        return
    say(f"Action {action.number}: {what}.")
    if what == "added" and action.overdue(_today().isoformat()):
        tell("Its day is past already.")


def _named(name: str | None) -> str | None:
    return None if name is None else typed(name)


def _today() -> date:
    return now().astimezone().date()


def _day(text: str | None) -> date:
    if text is None:
        return _today()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        message = "must be a date such as 2026-06-30"
        raise typer.BadParameter(message, param_hint="--on") from None
    if day > _today():
        message = f"{day} is still to come"
        raise typer.BadParameter(message, param_hint="--on")
    return day
