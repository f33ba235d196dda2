"""What one submitted audit adds to the counts of its round."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from case_audit.core.audit.computed import OVERALL
from case_audit.core.audit.model import (
    NOT_APPLICABLE,
    NOT_EVIDENCED,
    TICKED,
    is_answered,
    is_flagged,
)
from case_audit.core.rubric.rules import NONE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.core.rubric.model import Criterion, Domain, Rubric
    from case_audit.core.rubric.rules import Level as GradedLevel
    from case_audit.core.rubric.scale import Scale
    from case_audit.core.selfassessment.model import SubmittedAudit

NO_GRADE: Final = ""
"""The value of what has no grade for another reason than those two that have a
name: not applicable and not evidenced."""

WRITTEN: Final = "written"
"""The value of a question that was answered in words and has no other value."""

YES: Final = "yes"
"""The value of what an audit is found to be: limited, or overruled somewhere."""

Level = Literal[
    "audit",
    "criterion",
    "domain",
    "overall",
    "flag",
    "limited",
    "raised",
    "overruled",
]
"""What an outcome is about: that there is an audit at all; a criterion, a domain, the
case as a whole; a flag that was ticked; a limiting rule that decided; the most urgent
escalation to raise; a domain, or the case as a whole, whose grade was overruled."""


class Outcome(NamedTuple):
    """What an audit says of one subject, once.

    Attributes:
        level: What it is about.
        subject: Which criterion, domain, flag, rule or escalation; :data:`OVERALL` for
            the case as a whole, empty for the audit.
        value: A grade, one of the words for no grade, or :data:`YES`.
    """

    level: Level
    subject: str
    value: str


AUDITED: Final = Outcome("audit", "", YES)
"""What every submitted audit adds."""


def limited_by(rule: str) -> Outcome:
    """Return what a case adds that a limiting rule decided."""
    return Outcome("limited", rule, YES)


def raised_at(escalation: str) -> Outcome:
    """Return what a case adds that has to be raised."""
    return Outcome("raised", escalation, YES)


def outcomes_of(
    rubric: Rubric, cohort: str, audit: SubmittedAudit
) -> Iterator[Outcome]:
    """Yield what a submitted audit adds to the counts of its round.

    The counts of a round, and so its self-assessment, are the sums of these and
    nothing else.

    Args:
        rubric: What it was graded with.
        cohort: Decides which criteria are asked.
        audit: With its unasked criteria marked so.
    """
    yield AUDITED
    domains = rubric.domains_for(cohort)
    whole = scale_of_level(rubric, "domain")
    for domain in domains:
        for criterion in domain.criteria:
            yield Outcome("criterion", criterion.id, _answered(criterion, audit))
        if whole is not None:
            grade = audit.grades.get(domain.id, NO_GRADE)
            value = grade or _ungraded(rubric, domain, audit)
            yield Outcome("domain", domain.id, value)
    if scale_of_level(rubric, OVERALL) is not None:
        yield Outcome("overall", OVERALL, audit.grades[OVERALL])
    for flag in rubric.rules.flags:
        if is_flagged(audit.answers, flag.id):
            yield Outcome("flag", flag.id, TICKED)
    yield from _ruled(rubric, audit)
    for key in (*(domain.id for domain in domains), OVERALL):
        if audit.grades.get(key) != audit.computed.get(key):
            yield Outcome("overruled", key, YES)


def scale_of_level(rubric: Rubric, level: GradedLevel) -> Scale | None:
    """Return the scale on which domains or cases are graded; ``None`` for no grades."""
    rules = rubric.rules
    if level == "domain":
        return rubric.domain_scale if rules.domain_rollup.kind != NONE else None
    return rubric.overall_scale if rules.overall_rollup.kind != NONE else None


def _answered(criterion: Criterion, audit: SubmittedAudit) -> str:
    answer = audit.answers.criterion(criterion.id)
    if not answer.value and is_answered(criterion, answer):
        return WRITTEN
    return answer.value


def _ungraded(rubric: Rubric, domain: Domain, audit: SubmittedAudit) -> str:
    """Return what an ungraded domain is: not applicable, not evidenced or neither.

    The criteria that its grade would have come from say so; where it has none,
    all of them.
    """
    rollup = rubric.rules.domain_rollup
    into = rubric.scale_named(rollup.of or rollup.scale)
    able = [c for c in domain.criteria if not c.in_words and rubric.scale_of(c) == into]
    values = {
        audit.answers.criterion(criterion.id).value
        for criterion in able or domain.criteria
    }
    if values == {NOT_APPLICABLE}:
        return NOT_APPLICABLE
    if values <= {NOT_APPLICABLE, NOT_EVIDENCED}:
        return NOT_EVIDENCED
    return NO_GRADE


def most_urgent(audit: SubmittedAudit) -> str:
    """Return the most urgent escalation that the rules ask for; empty for none."""
    return min((found for found in audit.raises.values() if found), default="")


def _ruled(rubric: Rubric, audit: SubmittedAudit) -> Iterator[Outcome]:
    rule = audit.rules.get(OVERALL, "")
    if any(rule == limit.id for limit in rubric.rules.limits):
        yield limited_by(rule)
    if escalation := most_urgent(audit):
        yield raised_at(escalation)
