"""The cases as a whole over all rounds, with control limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.core.estimates.run_chart import Round, run_chart

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from case_audit.core.estimates.run_chart import Line as RunLine
    from case_audit.core.selfassessment.model import Line, Summary
    from case_audit.core.selfassessment.trend import Trend

FEWEST = 3
"""Rounds below which there is no chart: two points have no pattern."""


def run_of(summary: Summary, earlier: Sequence[Trend]) -> tuple[RunLine, ...]:
    """Chart the share of cases at the benchmark or better, round by round.

    Rounds are joined only where they were graded with the same text of the same
    rubric, since the grade of a case comes from all its criteria and their rules.
    Rounds without an estimate by stratum are left out.

    Args:
        summary: The latest round.
        earlier: It against each earlier one, the earliest first.

    Returns:
        Nothing below :data:`FEWEST` rounds.
    """
    rounds = list(_rounds([*(one.old for one in earlier), summary]))
    return run_chart(rounds) if len(rounds) >= FEWEST else ()


def _rounds(summaries: Sequence[Summary]) -> Iterator[Round]:
    before = ""
    for summary in summaries:
        line = _whole(summary)
        if line is not None and line.met:
            yield Round(
                name=summary.facts.name,
                strata=line.met,
                comparable=summary.rubric_digest == before,
            )
            before = summary.rubric_digest


def _whole(summary: Summary) -> Line | None:
    return next((area.line for area in summary.areas if area.line), None)
