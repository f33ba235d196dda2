"""Which cases a self-assessment names, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from case_audit.core.audit.computed import OVERALL
from case_audit.core.audit.model import TICKED
from case_audit.core.rubric.model import YES_NO
from case_audit.core.selfassessment.model import CaseList, LimitedCase, Overruled
from case_audit.core.selfassessment.outcome import (
    Outcome,
    most_urgent,
    outcomes_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from case_audit.core.rubric.model import Rubric
    from case_audit.core.selfassessment.model import SubmittedAudit


LISTED: Final = 20
"""Cases of one kind that a self-assessment names; the others are counted."""


class Wanted(NamedTuple):
    """An outcome whose cases are listed.

    Attributes:
        label: Name of the criterion or flag it is about.
        outcome: The outcome.
    """

    label: str
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLists:
    """The cases that a self-assessment names.

    Attributes:
        limited: Decided by a limiting rule, or with an escalation to raise.
        answered_no: With a critical question answered no, by question.
        ticked: With a flag ticked, by flag.
        overruled: Grades that an auditor overruled.
        limited_more: How many more a limiting rule decided than ``limited`` lists.
        raised_more: How many more have to be raised, by escalation; none is 0.
        overruled_more: How many more were overruled than ``overruled`` lists.
    """

    limited: tuple[LimitedCase, ...]
    answered_no: tuple[CaseList, ...]
    ticked: tuple[CaseList, ...]
    overruled: tuple[Overruled, ...]
    limited_more: int = 0
    raised_more: Mapping[str, int] = field(default_factory=dict)
    overruled_more: int = 0


def case_lists_of(
    rubric: Rubric, cohort: str, audits: Sequence[SubmittedAudit]
) -> CaseLists:
    """List every case that a self-assessment has to name.

    Args:
        rubric: What the cases were graded with.
        cohort: Decides which criteria are asked.
        audits: By number, with their unasked criteria marked so.
    """
    cases: dict[Outcome, list[int]] = {}
    limited: list[LimitedCase] = []
    overruled: list[Overruled] = []
    for audit in audits:
        found = list(outcomes_of(rubric, cohort, audit))
        for outcome in found:
            cases.setdefault(outcome, []).append(audit.number)
        if any(outcome.level in ("limited", "raised") for outcome in found):
            limited.append(limited_case(audit))
        overruled += overruled_in(rubric, cohort, audit)
    return CaseLists(
        limited=tuple(limited),
        answered_no=tuple(_lists(asked_no(rubric, cohort), cases)),
        ticked=tuple(_lists(flags(rubric), cases)),
        overruled=tuple(overruled),
    )


def asked_no(rubric: Rubric, cohort: str) -> tuple[Wanted, ...]:
    """Return the answers no to critical questions, in the rubric's order."""
    return tuple(
        Wanted(
            criterion.label,
            Outcome("criterion", criterion.id, rubric.scale_of(criterion).ids[-1]),
        )
        for domain in rubric.domains_for(cohort)
        for criterion in domain.criteria
        if criterion.kind == YES_NO and criterion.critical
    )


def flags(rubric: Rubric) -> tuple[Wanted, ...]:
    """Return the flags that can be ticked, in the rules' order."""
    return tuple(
        Wanted(flag.label, Outcome("flag", flag.id, TICKED))
        for flag in rubric.rules.flags
    )


def overruled_subjects(rubric: Rubric, cohort: str) -> dict[str, str]:
    """Return what an auditor can overrule the grade of, each with its label."""
    labels = {domain.id: domain.label for domain in rubric.domains_for(cohort)}
    return {**labels, OVERALL: "the case as a whole"}


def limited_case(audit: SubmittedAudit) -> LimitedCase:
    """Say by which rule a case was decided, and what has to be raised."""
    return LimitedCase(
        number=audit.number,
        grade=audit.grades[OVERALL],
        rule=audit.rules[OVERALL],
        because=audit.because[OVERALL],
        raises=most_urgent(audit),
    )


def overruled_in(
    rubric: Rubric, cohort: str, audit: SubmittedAudit
) -> Iterator[Overruled]:
    """Yield the grades of a case that an auditor overruled; the whole comes last."""
    for key, label in overruled_subjects(rubric, cohort).items():
        if audit.grades.get(key) != audit.computed.get(key):
            yield Overruled(
                number=audit.number,
                level="overall" if key == OVERALL else "domain",
                subject=label,
                computed=audit.computed[key],
                standing=audit.grades[key],
            )


def _lists(
    wanted: Sequence[Wanted], cases: dict[Outcome, list[int]]
) -> Iterator[CaseList]:
    for label, outcome in wanted:
        if outcome in cases:
            numbers = tuple(cases[outcome])
            yield CaseList(id=outcome.subject, label=label, cases=numbers)
