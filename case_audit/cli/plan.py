"""``case-audit draw --plan``: what a design would show, before it is drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from case_audit.cli.common import (
    again,
    database,
    options,
    say,
    say_json,
    say_table,
    tell,
    typed,
)
from case_audit.cli.estimates import share_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from case_audit.core.estimates.planning import Assumptions
    from case_audit.core.sample.model import Design
    from case_audit.services.planning import PlannedRound
    from case_audit.services.sample import Request

Planned = Annotated[
    bool, typer.Option("--plan", help="Show what to expect; draw and keep nothing.")
]
HoursPerCase = Annotated[
    str | None,
    typer.Option(help="With --plan: hours an audit takes; 3 if left out."),
]
Auditors = Annotated[
    int, typer.Option(min=0, help="With --plan: people who share the cases.")
]
Expect = Annotated[
    str | None,
    typer.Option(help="With --plan: the share expected to be good, 0 to 1."),
]
ExpectFrom = Annotated[
    str | None, typer.Option(help="With --plan: expect what this round found.")
]
Bad = Annotated[
    str | None,
    typer.Option(help="With --plan: inadequate cases to meet, a number or a share."),
]
Alike = Annotated[
    str | None,
    typer.Option(
        help="With --plan: how alike cases of a cluster are; 0.1 if left out."
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAsked:
    """The options of a plan, as typed."""

    hours_per_case: str | None = None
    auditors: int = 0
    expect: str | None = None
    expect_from: str | None = None
    bad: str | None = None
    alike: str | None = None

    @property
    def used(self) -> list[str]:
        """The options that were given, as they are written."""
        given: Mapping[str, object] = {
            "--hours-per-case": self.hours_per_case,
            "--auditors": self.auditors,
            "--expect": self.expect,
            "--expect-from": self.expect_from,
            "--bad": self.bad,
            "--alike": self.alike,
        }
        return [option for option, value in given.items() if value]

    def refuse(self, *, plan: bool) -> None:
        """Refuse these options where nothing is planned.

        Raises:
            typer.BadParameter: If one was given.
        """
        if self.used and not plan:
            message = "needs --plan"
            raise typer.BadParameter(message, param_hint=self.used[0])


def show_plan(request: Request, asked: PlanAsked, *, json: bool) -> None:
    """Print what a design would show, and the command that draws."""
    from case_audit.reports.plan_text import plan_json
    from case_audit.services.planning import count_frame, plan_round

    frame = count_frame(
        database(),
        request.cohort,
        request.design,
        exclusions=request.exclusions,
        exclusions_file=request.exclusions_file,
    )
    planned = plan_round(frame, request.design, _assumptions(asked, request.design))
    if json:
        say_json(plan_json(planned.plan, planned.shifts))
    else:
        _show(planned)
    tell("Nothing was drawn or kept. To draw it:")
    tell(f"  {drawing_command(options.arguments)}")


def _assumptions(asked: PlanAsked, design: Design) -> Assumptions:
    from case_audit.core.estimates.planning import Assumptions
    from case_audit.services.planning import expected_from

    given = Assumptions(by_stratum=dict(design.expected), auditors=asked.auditors)
    if asked.expect_from:
        given = expected_from(database(), typed(asked.expect_from), given)
    if asked.expect:
        share = share_of(asked.expect, option="--expect")
        given = replace(given, expected=share, by_stratum=dict(design.expected))
    if asked.alike:
        alike = share_of(asked.alike, option="--alike")
        given = replace(given, correlation=alike)
    if asked.hours_per_case:
        given = replace(given, hours_per_case=_hours(asked.hours_per_case))
    if asked.bad and typed(asked.bad).isdecimal() and int(typed(asked.bad)):
        return replace(given, cases=int(typed(asked.bad)))
    if asked.bad:
        return replace(given, rate=share_of(asked.bad, option="--bad"))
    return given


def _hours(text: str) -> Fraction:
    try:
        hours = Fraction(typed(text))
    except (ValueError, ZeroDivisionError):
        hours = Fraction(0)
    if hours <= 0:
        message = "must be a number of hours above 0, such as 2.5"
        raise typer.BadParameter(message, param_hint="--hours-per-case")
    return hours


def _show(planned: PlannedRound) -> None:
    from case_audit.reports import plan_text

    plan = planned.plan
    for line in plan_text.assumed(plan):
        say(f"Taken for granted: {line}")
    say("")
    if len(plan.strata) > 1:
        say_table(
            plan_text.STRATUM_HEADS, [plan_text.stratum_row(s) for s in plan.strata]
        )
        say("")
    say_table(plan_text.HEADS, [plan_text.outlook_row(o) for o in plan.ladder])
    say("")
    for sentence in plan_text.plan_sentences(plan):
        for line in plan_text.folded(sentence):
            say(line)
    if planned.shifts:
        say("")
        rows = [plan_text.shift_row(shift) for shift in planned.shifts]
        say_table(plan_text.SHIFT_HEADS, rows)


def drawing_command(arguments: Sequence[str]) -> str:
    """Return the command that draws what was planned."""
    kept: list[str] = []
    takes_value = {
        *("--hours-per-case", "--auditors", "--expect", "--expect-from"),
        *("--bad", "--alike"),
    }
    skip = False
    for argument in arguments:
        if skip:
            skip = False
        elif argument.partition("=")[0] in takes_value:
            skip = "=" not in argument
        elif argument not in {"--plan", "--json"}:
            kept.append(quote(argument))
    return again(" ".join(["case-audit", *kept]))
