"""Sentences that a round's numbers support, each bound to its condition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from case_audit.core.estimates.share import CENSUS, INDICATIVE
from case_audit.core.rubric.model import YES_NO
from case_audit.reports.summary_rows import at_benchmark
from case_audit.reports.wording import METHODS, interval, percent, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.core.estimates.share import Share
    from case_audit.core.rubric.scale import Scale
    from case_audit.core.selfassessment.model import Line, Summary

THREE_POINTS = 3 / 100
"""Weighted and raw shares that differ by more are both shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A sentence, and which cases show it.

    Attributes:
        text: The sentence.
        line: The line it is about; ``None`` where it is about the sample alone.
        grades: The cases of the line with one of these grades show it, those with
            another speak against it.
        again: Whether it says once more, in another way, what the one before says.
    """

    text: str
    line: Line | None = None
    grades: tuple[str, ...] = ()
    again: bool = False


def statements(summary: Summary) -> tuple[str, ...]:
    """Return what the sample can say of the frame, most important first."""
    return tuple(one.text for one in stated(summary))


def stated(summary: Summary) -> tuple[Statement, ...]:
    """Return the same, each with what cases show it."""
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


def _questions(summary: Summary) -> Iterator[Statement]:
    """Speak of every critical yes-or-no question."""
    for line in _below(summary):
        if line.level != "criterion" or line.scale is None or line.worst is None:
            continue
        criterion = summary.rubric.criterion(line.id)
        if criterion.kind != YES_NO or not criterion.critical:
            continue
        share, no = line.worst, line.scale.grades[-1].label.lower()
        name = f"{line.id} ({line.label})"
        *others, lowest = line.scale.ids
        if share.hits:
            text = (
                f"{name} is critical and was answered {no} in {share.hits} of "
                f"{plural(share.n, 'audited case')}; this alone shows that such cases "
                f"exist. Weighted to the frame: {interval(share)}."
            )
            yield Statement(text=text, line=line, grades=(lowest,))
        else:
            for sentence in _none(line, was=f"has a {no}", are="have one"):
                text = f"{name} is critical. {sentence}"
                yield Statement(text=text, line=line, grades=tuple(others))


def _targeted(summary: Summary, line: Line) -> Iterator[Statement]:
    """Say what was found in cases not known to be like others: counts, no more."""
    how = "of unknown draw" if summary.facts.imported else "picked for a reason"
    yield Statement(
        text=f"{plural(summary.submitted, 'case')} {how} "
        f"{'was' if summary.submitted == 1 else 'were'} audited; nothing about them may "
        "be inferred to others."
    )
    if line.scale is None:
        return
    for grade in reversed(line.scale.grades):
        if found := line.counts[grade.id]:
            label = grade.label.lower()
            yield Statement(
                text=f"{found} of {plural(line.n, 'case')} {_be(found)} {label}.",
                line=line,
                grades=(grade.id,),
            )


def _be(number: int) -> str:
    return "was" if number == 1 else "were"


def _ungraded(summary: Summary) -> Iterator[Statement]:
    """Say what stands in place of a grade."""
    if any(line.scale for line in _below(summary)):
        yield Statement(
            text="Cases are not graded as a whole here. What can be said of all cases "
            "is the share and interval beside each question."
        )
    else:
        yield Statement(
            text="Nothing is graded here, so no share can be estimated. What was found "
            "stands in the auditors' own words, case by case."
        )


def _benchmark(summary: Summary, line: Line, scale: Scale) -> Iterator[Statement]:
    share = line.good_or_better
    if share is None:
        yield Statement(text=f"No estimate can be made yet: {line.why_not}.")
        return
    met = tuple(g for g in scale.ids if scale.at_benchmark_or_better(g))
    found = (
        f"{share.hits} of {plural(share.n, 'audited case')} were {at_benchmark(scale)}."
    )
    if share.method == CENSUS:
        text = f"All {share.population} cases were audited: no sampling error."
        yield Statement(text=f"{found} {text}", line=line, grades=met)
        return
    chances = summary.facts.weighting is not None
    single = len(summary.facts.populations) == 1 and not chances
    counted = share.lower_count is not None and single
    of_all = _counted(share) if counted else _weighted(share, chances=chances)
    yield Statement(text=f"{found} {of_all}", line=line, grades=met)
    if not counted and abs(share.raw - share.estimate) > THREE_POINTS:
        why = (
            "the cases did not all have the same chance"
            if chances
            else "the strata were not drawn in equal proportion"
        )
        text = f"Unweighted it would be {percent(share.raw)}; {why}."
        yield Statement(text=text, again=True)
    if INDICATIVE in share.notes:
        yield Statement(
            text="Indicative only: the interval is too wide to grade the service."
        )


def _counted(share: Share) -> str:
    """Say how many cases of the frame the interval reaches over."""
    return (
        f"We are {percent(share.level)} confident that between {share.lower_count} and "
        f"{share.upper_count} of the {share.population} cases are "
        f"({percent(share.lower)} to {percent(share.upper)})."
    )


def _weighted(share: Share, *, chances: bool) -> str:
    """Say which share of the frame is estimated."""
    return (
        f"Weighted by {'chance' if chances else 'stratum'}, an estimated "
        f"{interval(share)} of the {share.population} cases are "
        f"({percent(share.level)} interval, {METHODS[share.method]})."
    )


def _worst(line: Line, scale: Scale) -> Iterator[Statement]:
    share = line.worst
    if share is None:
        return
    *others, lowest = scale.ids
    label = scale.grades[-1].label.lower()
    if share.hits:
        text = (
            f"{plural(share.hits, f'{label} case was', f'{label} cases were')} found; "
            "this alone shows that such cases exist. Weighted to the frame: "
            f"{interval(share)}."
        )
        yield Statement(text=text, line=line, grades=(lowest,))
    else:
        for text in _none(line, was=f"was {label}", are="are"):
            yield Statement(text=text, line=line, grades=tuple(others))


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
