"""Sentences that a round's numbers support, each bound to its condition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.core.estimates.share import CENSUS, INDICATIVE
from case_audit.core.rubric.model import YES_NO
from case_audit.reports.summary_rows import at_benchmark
from case_audit.reports.wording import METHODS, interval, percent, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.core.rubric.scale import Scale
    from case_audit.core.selfassessment.model import Line, Summary

THREE_POINTS = 3 / 100
"""Weighted and raw shares that differ by more are both shown."""


def statements(summary: Summary) -> tuple[str, ...]:
    """Return what the sample can say of the frame, most important first."""
    line = _whole(summary)
    if summary.facts.why_no_estimate:
        return tuple(_targeted(summary, line))
    return (
        *_questions(summary),
        *(_benchmark(summary, line, line.scale) if line.scale else _ungraded(summary)),
        *(_worst(line, line.scale) if line.scale else ()),
    )


def method_of(summary: Summary) -> str:
    """Return in words how the intervals of the case grades were made.

    Where cases are not graded, those of the first question that has one.
    """
    line = _whole(summary)
    if line.scale is None:
        line = next((found for found in _below(summary) if found.scale), line)
    share = line.good_or_better
    if line.scale is None:
        return "none, nothing here is graded"
    if share is None:
        return f"none, {line.why_not}"
    return f"{METHODS[share.method]}, {percent(share.level)} confidence"


def _whole(summary: Summary) -> Line:
    """Return the line of the cases as a whole."""
    return next(area.line for area in summary.areas if area.line)


def _below(summary: Summary) -> Iterator[Line]:
    for area in summary.areas:
        for domain in area.domains:
            yield from (domain.line, *domain.criteria)


def _questions(summary: Summary) -> Iterator[str]:
    """Speak of every critical yes-or-no question."""
    for line in _below(summary):
        if line.level != "criterion" or line.scale is None or line.worst is None:
            continue
        criterion = summary.rubric.criterion(line.id)
        if criterion.kind != YES_NO or not criterion.critical:
            continue
        share, no = line.worst, line.scale.grades[-1].label.lower()
        name = f"{line.id} ({line.label})"
        if share.hits:
            yield (
                f"{name} is critical and was answered {no} in {share.hits} of "
                f"{plural(share.n, 'audited case')}; this alone shows that such cases "
                f"exist. Weighted to the frame: {interval(share)}."
            )
        else:
            for sentence in _none(line, was=f"has a {no}", are="have one"):
                yield f"{name} is critical. {sentence}"


def _targeted(summary: Summary, line: Line) -> Iterator[str]:
    """Say what was found in cases not known to be like others: counts, no more."""
    how = "of unknown draw" if summary.facts.imported else "picked for a reason"
    yield (
        f"{plural(summary.submitted, 'case')} {how} "
        f"{'was' if summary.submitted == 1 else 'were'} audited; nothing about them may "
        "be inferred to others."
    )
    if line.scale is None:
        return
    for grade in reversed(line.scale.grades):
        if found := line.counts[grade.id]:
            label = grade.label.lower()
            yield f"{found} of {plural(line.n, 'case')} {_be(found)} {label}."


def _be(number: int) -> str:
    return "was" if number == 1 else "were"


def _ungraded(summary: Summary) -> Iterator[str]:
    """Say what stands in place of a grade."""
    if any(line.scale for line in _below(summary)):
        yield (
            "Cases are not graded as a whole here. What can be said of all cases is "
            "the share and interval beside each question."
        )
    else:
        yield (
            "Nothing is graded here, so no share can be estimated. What was found "
            "stands in the auditors' own words, case by case."
        )


def _benchmark(summary: Summary, line: Line, scale: Scale) -> Iterator[str]:
    share = line.good_or_better
    label = at_benchmark(scale)
    if share is None:
        yield f"No estimate can be made yet: {line.why_not}."
        return
    found = f"{share.hits} of {plural(share.n, 'audited case')} were {label}."
    level = percent(share.level)
    if share.method == CENSUS:
        yield f"{found} All {share.population} cases were audited: no sampling error."
        return
    chances = summary.facts.weighting is not None
    single = len(summary.facts.populations) == 1 and not chances
    if share.lower_count is not None and single:
        yield (
            f"{found} We are {level} confident that between {share.lower_count} and "
            f"{share.upper_count} of the {share.population} cases are "
            f"({percent(share.lower)} to {percent(share.upper)})."
        )
    else:
        yield (
            f"{found} Weighted by {'chance' if chances else 'stratum'}, an estimated "
            f"{interval(share)} of the "
            f"{share.population} cases are ({level} interval, {METHODS[share.method]})."
        )
        if abs(share.raw - share.estimate) > THREE_POINTS:
            yield (
                f"Unweighted it would be {percent(share.raw)}; "
                + (
                    "the cases did not all have the same chance."
                    if chances
                    else "the strata were not drawn in equal proportion."
                )
            )
    if INDICATIVE in share.notes:
        yield "Indicative only: the interval is too wide to grade the service."


def _worst(line: Line, scale: Scale) -> Iterator[str]:
    share = line.worst
    if share is None:
        return
    label = scale.grades[-1].label.lower()
    if share.hits:
        yield (
            f"{plural(share.hits, f'{label} case was', f'{label} cases were')} found; "
            "this alone shows that such cases exist. Weighted to the frame: "
            f"{interval(share)}."
        )
    else:
        yield from _none(line, was=f"was {label}", are="are")


def _none(line: Line, *, was: str, are: str) -> Iterator[str]:
    """Say that no audited case was so, and how many of the others may be."""
    bound = line.worst_at_most
    if bound is None:
        return
    if bound.method == CENSUS:
        yield f"No case {was}: all {bound.population} were audited."
    elif bound.upper_count is not None:
        yield (
            f"No audited case {was}. With {bound.n} of {bound.population} "
            f"audited we are 95% confident that no more than {bound.upper_count} cases "
            f"({percent(bound.upper)}) {are}."
        )
    else:
        yield (
            f"No audited case {was}, of {bound.n} to which it applies. We are 95% "
            f"confident that of all such cases no more than {percent(bound.upper)} "
            f"{are}."
        )
