"""Sentences that a round's numbers support, each bound to its condition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.core.estimates.share import CENSUS, INDICATIVE
from case_audit.reports.wording import METHODS, interval, percent, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.core.selfassessment.model import Line, Summary

THREE_POINTS = 3 / 100
"""Weighted and raw shares that differ by more are both shown."""


def statements(summary: Summary) -> tuple[str, ...]:
    """Return what the sample can say of the frame, most important first."""
    line = next(area.line for area in summary.areas if area.line)
    return (*_benchmark(summary, line), *_worst(summary, line))


def method_of(summary: Summary) -> str:
    """Return in words how the intervals of the case grades were made."""
    line = next(area.line for area in summary.areas if area.line)
    share = line.good_or_better
    if share is None:
        return f"none, {line.why_not}"
    return f"{METHODS[share.method]}, {percent(share.level)} confidence"


def _benchmark(summary: Summary, line: Line) -> Iterator[str]:
    share = line.good_or_better
    label = _or_better(summary)
    if share is None:
        yield f"No estimate can be made yet: {line.why_not}."
        return
    found = f"{share.hits} of {plural(share.n, 'audited case')} were {label}."
    level = percent(share.level)
    if share.method == CENSUS:
        yield f"{found} All {share.population} cases were audited: no sampling error."
        return
    if share.lower_count is not None and len(summary.facts.populations) == 1:
        yield (
            f"{found} We are {level} confident that between {share.lower_count} and "
            f"{share.upper_count} of the {share.population} cases are "
            f"({percent(share.lower)} to {percent(share.upper)})."
        )
    else:
        yield (
            f"{found} Weighted by stratum, an estimated {interval(share)} of the "
            f"{share.population} cases are ({level} interval, {METHODS[share.method]})."
        )
        if abs(share.raw - share.estimate) > THREE_POINTS:
            yield (
                f"Unweighted it would be {percent(share.raw)}; the strata were not "
                "drawn in equal proportion."
            )
    if INDICATIVE in share.notes:
        yield "Indicative only: the interval is too wide to grade the service."


def _worst(summary: Summary, line: Line) -> Iterator[str]:
    share = line.worst
    if share is None:
        return
    scale = summary.rubric.scale
    label = scale.grades[-1].label.lower()
    if share.hits:
        yield (
            f"{plural(share.hits, f'{label} case was', f'{label} cases were')} found; "
            "this alone shows that such cases exist. Weighted to the frame: "
            f"{interval(share)}."
        )
    elif share.method == CENSUS:
        yield f"No case was {label}: all {share.population} were audited."
    elif line.worst_at_most is not None and line.worst_at_most.upper_count is not None:
        bound = line.worst_at_most
        yield (
            f"No audited case was {label}. With {share.n} of {share.population} audited "
            f"we are 95% confident that no more than {bound.upper_count} cases "
            f"({percent(bound.upper)}) are."
        )


def _or_better(summary: Summary) -> str:
    scale = summary.rubric.scale
    return f"{scale.grade(scale.benchmark).label.lower()} or better"
