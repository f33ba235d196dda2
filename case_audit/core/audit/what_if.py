"""What other roll-ups would make of the same answers. Shown, never kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from case_audit.core.audit.judge import judge
from case_audit.core.audit.model import Answers
from case_audit.core.rubric.rules import (
    LOWER_MEDIAN,
    PERCENTAGE_BANDS,
    POINTS,
    THRESHOLD,
    UNCOMPUTED,
    WORST,
    RollUp,
    Step,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from case_audit.core.audit.judge import CaseJudgement
    from case_audit.core.rubric.model import Rubric
    from case_audit.core.rubric.scale import Scale

    _Way = Callable[[Scale], RollUp]

BANDS: Final = (80, 65, 50)
"""Where the bands of a four-point scale begin: per cent of what is graded at the
benchmark or better. The same as HM Inspectorate of Probation's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """One other way to roll up.

    Attributes:
        name: What it is called.
        judgement: What it makes of the answers. The auditor's own grades are
            left out, so that roll-ups are compared and not people.
    """

    name: str
    judgement: CaseJudgement


def what_if(
    rubric: Rubric,
    *,
    cohort: str,
    answers: Answers,
    known: Mapping[str, str] | None = None,
) -> tuple[WhatIf, ...]:
    """Return what the rubric's rules and others make of the answers.

    The rubric's own come first, then the same without limits, then other
    roll-ups with its limits. Where a level has nothing to compute, or turns one
    scale into another, it keeps its own.

    Args:
        rubric: The rubric of the round.
        cohort: The case's cohort.
        answers: What was answered so far.
        known: What is known of the case.
    """
    rules = rubric.rules
    plain = _without_own(answers)
    ways = {
        "The rubric's own rules": rubric,
        "Without the limits": replace(rubric, rules=replace(rules, limits=())),
        **{name: _with(rubric, *both) for name, both in _WAYS.items()},
    }
    return tuple(
        WhatIf(
            name=name,
            judgement=judge(one, cohort=cohort, answers=plain, known=known),
        )
        for name, one in ways.items()
    )


def _without_own(answers: Answers) -> Answers:
    """Return the answers without the grades that overrule computed ones."""
    return Answers(
        {
            key: answer
            for key, answer in answers.given.items()
            if answer.part not in ("domain", "overall")
        }
    )


def _with(rubric: Rubric, domain: _Way, overall: _Way) -> Rubric:
    rules = rubric.rules
    return replace(
        rubric,
        rules=replace(
            rules,
            domain_rollup=_other(rules.domain_rollup, rubric.domain_scale, domain),
            overall_rollup=_other(rules.overall_rollup, rubric.overall_scale, overall),
        ),
    )


def _other(own: RollUp, scale: Scale, way: _Way) -> RollUp:
    if own.kind in UNCOMPUTED or (own.of or own.scale) != own.scale:
        return own
    return replace(way(scale), scale=own.scale)


def _median(_: Scale) -> RollUp:
    return RollUp(kind=LOWER_MEDIAN)


def _worst(_: Scale) -> RollUp:
    return RollUp(kind=WORST)


def _three_quarters(scale: Scale) -> RollUp:
    steps = tuple(
        Step(grade=grade, at_or_below=grade, more_than=Fraction(1, 4))
        for grade in reversed(scale.ids[1:])
    )
    return RollUp(kind=THRESHOLD, steps=steps, otherwise=scale.ids[0])


def _bands(scale: Scale) -> RollUp:
    return RollUp(
        kind=PERCENTAGE_BANDS,
        counts=scale.benchmark,
        bands=tuple(zip(scale.ids, _evenly(len(scale.ids) - 1), strict=False)),
        otherwise=scale.ids[-1],
    )


def _evenly(bands: int) -> tuple[int, ...]:
    """Return where bands begin, per cent: those of a four-point scale, or even."""
    if bands == len(BANDS):
        return BANDS
    return tuple(100 * (bands - n) // (bands + 1) for n in range(bands))


def _points(scale: Scale) -> RollUp:
    """Evenly spaced points, each grade from half-way to the next one down."""
    best = len(scale.ids) - 1
    points = tuple((grade, best - place) for place, grade in enumerate(scale.ids))
    bands = tuple(
        (grade, -(-100 * (2 * worth - 1) // (2 * best))) for grade, worth in points[:-1]
    )
    return RollUp(kind=POINTS, points=points, bands=bands, otherwise=scale.ids[-1])


_WAYS: Final[dict[str, tuple[_Way, _Way]]] = {
    "The middle grade, the worse of two": (_median, _median),
    "The worst grade": (_worst, _worst),
    "Three quarters have reached it": (_three_quarters, _three_quarters),
    "Share at the benchmark in bands, the lowest drives": (_bands, _worst),
    "Points (grades are not numbers)": (_points, _points),
}
"""From criteria to a domain, and from domains to the case."""
