"""What an audit still needs before it can be submitted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from case_audit.core.audit.judge import judge
from case_audit.core.audit.model import (
    CLOSING,
    NOT_APPLICABLE,
    NOT_EVIDENCED,
    NOT_YET,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.core.audit.model import Answer, Answers, Part
    from case_audit.core.rubric.model import Rubric


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something that is missing.

    Attributes:
        part: What kind of answer it concerns.
        subject: Which one.
        what: What is missing, as a phrase.
    """

    part: Part
    subject: str
    what: str


def find_gaps(rubric: Rubric, *, cohort: str, answers: Answers) -> tuple[Gap, ...]:
    """Return everything missing, in the order of the rubric.

    Every criterion needs an answer. A rationale is needed where the scale says
    so (on Ofsted's: outstanding and inadequate), where a criterion is not
    applicable or not evidenced, and where the auditor overrules a computed
    grade. The closing statements are all needed.

    Args:
        rubric: The rubric of the round.
        cohort: The case's cohort.
        answers: What was answered so far.
    """
    return (
        *_criteria(rubric, cohort, answers),
        *_overrules(rubric, cohort, answers),
        *_closing(answers),
    )


def _criteria(rubric: Rubric, cohort: str, answers: Answers) -> Iterator[Gap]:
    for domain in rubric.domains_for(cohort):
        for criterion in domain.criteria:
            answer = answers.criterion(criterion.id)
            what = _missing(rubric, answer)
            if what:
                yield Gap(part="criterion", subject=criterion.id, what=what)


def _missing(rubric: Rubric, answer: Answer) -> str:
    if answer.value == NOT_YET:
        return "not yet assessed"
    if answer.rationale.strip():
        return ""
    if answer.value == NOT_APPLICABLE:
        return "not applicable, but no reason is given"
    if answer.value == NOT_EVIDENCED:
        return "not evidenced, but nothing says what was looked for"
    if answer.value in rubric.scale.rationale_required_at:
        label = rubric.scale.grade(answer.value).label.lower()
        return f"{label}, but no rationale is given"
    return ""


def _overrules(rubric: Rubric, cohort: str, answers: Answers) -> Iterator[Gap]:
    computed = judge(rubric, cohort=cohort, answers=answers)
    pairs: list[tuple[Part, str, str]] = [
        ("domain", domain_id, found.grade)
        for domain_id, found in computed.domains.items()
    ]
    pairs.append(("overall", "overall", computed.overall.grade))
    for part, subject, grade in pairs:
        own = answers.get(part, subject)
        if own.graded and own.value != grade and not own.rationale.strip():
            yield Gap(
                part=part,
                subject=subject,
                what="the computed grade is overruled, but no reason is given",
            )


def _closing(answers: Answers) -> Iterator[Gap]:
    for key in CLOSING:
        if not answers.get("closing", key).rationale.strip():
            yield Gap(part="closing", subject=key, what="not written yet")
