"""The rules of a rubric in words: roll-ups, limits, flags, ratings of a round."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from case_audit.core.rubric.model import YES_NO_SCALE
from case_audit.core.rubric.rules import (
    LOWER_MEDIAN,
    MANUAL,
    NONE,
    PERCENTAGE_BANDS,
    POINTS,
    THRESHOLD,
    WORST,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from fractions import Fraction

    from case_audit.core.rubric.model import Rubric
    from case_audit.core.rubric.rules import (
        Condition,
        Flag,
        Level,
        Limit,
        RollUp,
        Step,
    )
    from case_audit.core.rubric.scale import Scale

ESCALATION: Final[Mapping[str, str]] = {
    "E1": "immediate danger",
    "E2": "the service or the view of risk may be wrong",
    "E3": "a concern about practice",
}
"""The levels of :data:`case_audit.core.rubric.rules.ESCALATIONS`, in words."""

WHOM_TO_TELL: Final[Mapping[str, str]] = {
    "E1": "Raise it now: the head of service and the team manager, the same day.",
    "E2": f"Raise it: {ESCALATION['E2']}; an answer within two working days.",
    "E3": f"Raise it with the team as {ESCALATION['E3']}.",
}
"""What an auditor does about each level."""

_LEVELS: Final[tuple[Level, Level]] = ("domain", "overall")
_WHOSE: Final[Mapping[Level, str]] = {
    "domain": "A domain's grade",
    "overall": "The grade of a case",
}
_WHAT: Final[Mapping[Level, str]] = {"domain": "criteria", "overall": "domains"}


def rules_words(rubric: Rubric) -> tuple[str, ...]:
    """Return in sentences how domains and cases are graded, and a round rated.

    Limits and flags have functions of their own.
    """
    found = [rollup_words(rubric, level) for level in _LEVELS]
    if any(_rollup(rubric, level).kind not in (MANUAL, NONE) for level in _LEVELS):
        found.append(
            "What is not applicable, not evidenced or not yet assessed never counts."
        )
    return (*found, *_across_words(rubric))


def rollup_words(rubric: Rubric, level: Level) -> str:
    """Return in a sentence or two how the grade of one level comes about."""
    rollup = _rollup(rubric, level)
    if rollup.kind == NONE:
        return {
            "domain": "Domains are not graded.",
            "overall": "Cases are not graded as a whole.",
        }[level]
    if rollup.kind == MANUAL:
        one = {"domain": "each domain", "overall": "the case"}[level]
        return f"The auditor grades {one}; nothing is computed."
    into = rubric.scale_named(rollup.of or rollup.scale)
    out = rubric.scale_named(rollup.scale)
    return _ROLLS[rollup.kind](_Roll(rollup, into, out, level)) + _only(
        rubric, level, into
    )


def limit_words(rubric: Rubric, limit: Limit) -> str:
    """Return a limit as a sentence, in its author's words.

    For example ``"The case is at best good when a domain is below good."``
    """
    scale = rubric.domain_scale if limit.caps == "domain" else rubric.overall_scale
    what = {"domain": "A domain", "overall": "The case"}[limit.caps]
    raises = (
        f" Raise {limit.raises}: {ESCALATION[limit.raises]}." if limit.raises else ""
    )
    at = _label(scale, limit.at)
    return f"{what} is at best {at} when {limit.because.rstrip('.')}.{raises}"


def condition_words(rubric: Rubric, when: Condition) -> str:
    """Return what a limit's condition counts, to complete "when ...".

    For example ``"at least 2 domains are at requires improvement or worse"``.
    """
    if when.flag:
        labels = {flag.id: flag.label for flag in rubric.rules.flags}
        return f'"{labels[when.flag]}" is ticked'
    criteria = when.count == "criteria"
    own = rubric.scale if criteria else rubric.domain_scale
    scale = rubric.scale_named(when.scale) if when.scale else own
    critical = "critical " if when.critical else ""
    role = f" with the role {when.role}" if when.role else ""
    many = f"{critical}{when.count}{role}"
    if when.more_than is not None:
        told = "" if when.answer else " that have a grade"
        subject = f"more than {_share(when.more_than)} of the {many}{told} are"
    elif when.at_least == 1:
        one = "criterion" if criteria else "domain"
        subject = f"a {critical}{one}{role} is"
    else:
        subject = f"at least {when.at_least} {many} are"
    state = (
        when.answer.replace("_", " ")
        if when.answer
        else _or_worse(scale, when.at_or_below)
    )
    return f"{subject} {state}"


def flag_words(flag: Flag) -> tuple[str, str]:
    """Return a flag's question, and what to write down if it is ticked."""
    return flag.asks, f"If so, write down {_small(flag.record.rstrip('.'))}."


def escalation_words(level: str) -> str:
    """Return a level of escalation with its meaning: ``E1, immediate danger``."""
    return f"{level}, {ESCALATION[level]}"


class _Roll:
    """A roll-up with its scales."""

    def __init__(self, rollup: RollUp, into: Scale, out: Scale, level: Level) -> None:
        self.rollup = rollup
        self.into = into
        self.out = out
        self.whose = _WHOSE[level]
        self.what = _WHAT[level]


def _median(roll: _Roll) -> str:
    return (
        f"{roll.whose} is the middle grade of its {roll.what}; of two middle grades, "
        "the worse."
    )


def _worst(roll: _Roll) -> str:
    return f"{roll.whose} is the worst grade of its {roll.what}."


def _threshold(roll: _Roll) -> str:
    steps = [
        f"{_label(roll.out, step.grade)} when {_step(roll, step)}"
        for step in roll.rollup.steps
    ]
    otherwise = _label(roll.out, roll.rollup.otherwise)
    return f"{roll.whose} is {'; '.join(steps)}; otherwise {otherwise}."


def _step(roll: _Roll, step: Step) -> str:
    low = _or_worse(roll.into, step.at_or_below)
    if step.more_than is not None:
        return f"more than {_share(step.more_than)} of its {roll.what} are {low}"
    if step.at_least == 1:
        return f"one of its {roll.what} is {low}"
    return f"at least {step.at_least} of its {roll.what} are {low}"


def _percentages(roll: _Roll) -> str:
    return (
        f"{roll.whose} depends on how many of its {roll.what} are "
        f"{_or_better(roll.into, roll.rollup.counts)}: {_bands(roll)}."
    )


def _points(roll: _Roll) -> str:
    worth = ", ".join(
        f"{_label(roll.into, grade)} {points}" for grade, points in roll.rollup.points
    )
    return (
        f"{roll.whose} depends on the points of its {roll.what} ({worth}), as a share "
        f"of the most that they could have: {_bands(roll)}."
    )


def _bands(roll: _Roll) -> str:
    bands = ", ".join(
        f"{_label(roll.out, grade)} from {lowest}%"
        for grade, lowest in roll.rollup.bands
    )
    return f"{bands}, below that {_label(roll.out, roll.rollup.otherwise)}"


_ROLLS: Final[Mapping[str, Callable[[_Roll], str]]] = {
    LOWER_MEDIAN: _median,
    WORST: _worst,
    THRESHOLD: _threshold,
    PERCENTAGE_BANDS: _percentages,
    POINTS: _points,
}


def _across_words(rubric: Rubric) -> Iterator[str]:
    across = rubric.rules.across_cases
    if across is None:
        return
    rollup = across.rollup
    into = rubric.scale_named(rollup.of or rollup.scale)
    roll = _Roll(rollup, into, rubric.scale_named(rollup.scale), "domain")
    yield (
        "Over all audited cases of a round, a criterion is rated by the share of cases "
        f"{_or_better(into, rollup.counts)}: {_bands(roll)}."
    )
    how = (
        "its lowest criterion"
        if across.domain == WORST
        else "the middle one of its criteria, of two middle ones the lower"
    )
    yield f"A domain is then rated as {how}."


def _only(rubric: Rubric, level: Level, into: Scale) -> str:
    """Say which criteria stay outside, where some do."""
    if level == "overall":
        return ""
    counted = [not c.in_words and rubric.scale_of(c) == into for c in rubric.criteria()]
    if all(counted):
        return ""
    yes_no = into.id == YES_NO_SCALE
    enter = "yes-or-no questions" if yes_no else "graded criteria"
    return f" Only its {enter} enter it."


def _rollup(rubric: Rubric, level: Level) -> RollUp:
    rules = rubric.rules
    return rules.domain_rollup if level == "domain" else rules.overall_rollup


def _label(scale: Scale, grade: str) -> str:
    return scale.grade(grade).label.lower()


def _or_worse(scale: Scale, grade: str) -> str:
    return _at(scale, grade) + ("" if grade == scale.ids[-1] else " or worse")


def _or_better(scale: Scale, grade: str) -> str:
    return _at(scale, grade) + ("" if grade == scale.ids[0] else " or better")


def _at(scale: Scale, grade: str) -> str:
    how = "answered" if scale.id == YES_NO_SCALE else "at"
    return f"{how} {_label(scale, grade)}"


def _share(share: Fraction) -> str:
    if (share.numerator, share.denominator) == (1, 2):
        return "half"
    return f"{share.numerator}/{share.denominator}"


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
