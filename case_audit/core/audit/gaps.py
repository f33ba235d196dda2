"""What an audit still needs before it can be submitted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from case_audit.core.audit.judge import judge
from case_audit.core.audit.model import (
    FLAG,
    NOT_APPLICABLE,
    NOT_EVIDENCED,
    closing,
    is_answered,
    is_flagged,
)
from case_audit.core.rubric.rules import MANUAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from case_audit.core.audit.model import Answer, Answers, Part
    from case_audit.core.rubric.model import Criterion, Rubric


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


def find_gaps(
    rubric: Rubric,
    *,
    cohort: str,
    answers: Answers,
    known: Mapping[str, str] | None = None,
) -> tuple[Gap, ...]:
    """Return everything missing, in the order of the rubric.

    Every criterion needs an answer. A rationale is needed where the scale says
    so (on Ofsted's: outstanding and inadequate), where a criterion is not
    applicable or not evidenced, and where the auditor overrules a computed
    grade. The closing statements are all needed; a grade where the rules leave
    it to the auditor, unless nothing there applies or is evidenced; a record where
    a flag is ticked.

    Args:
        rubric: The rubric of the round.
        cohort: The case's cohort.
        answers: What was answered so far.
        known: What is known of the case.
    """
    asked = [
        criterion
        for domain in rubric.domains_for(cohort, known)
        for criterion in domain.criteria
    ]
    return (
        *_criteria(rubric, asked, answers),
        *_own_grades(rubric, cohort, answers, known),
        *_flags(rubric, answers),
        *_closing(rubric, answers),
    )


def _criteria(
    rubric: Rubric, asked: list[Criterion], answers: Answers
) -> Iterator[Gap]:
    for criterion in asked:
        what = missing(rubric, criterion, answers.criterion(criterion.id))
        if what:
            yield Gap(part="criterion", subject=criterion.id, what=what)


def missing(rubric: Rubric, criterion: Criterion, answer: Answer) -> str:
    """Return what a criterion's answer lacks, as a phrase; empty if nothing.

    Args:
        rubric: The rubric of the round.
        criterion: One of its criteria.
        answer: The answer to it as it stands.
    """
    if not is_answered(criterion, answer):
        return "not written yet" if criterion.in_words else "not yet assessed"
    if answer.rationale.strip():
        return ""
    if answer.value == NOT_APPLICABLE:
        return "not applicable, but no reason is given"
    if answer.value == NOT_EVIDENCED:
        return "not evidenced, but nothing says what was looked for"
    scale = rubric.scale_of(criterion)
    if answer.value in scale.rationale_required_at:
        label = scale.grade(answer.value).label.lower()
        return f"{label}, but no rationale is given"
    return ""


def _own_grades(
    rubric: Rubric,
    cohort: str,
    answers: Answers,
    known: Mapping[str, str] | None,
) -> Iterator[Gap]:
    computed = judge(rubric, cohort=cohort, answers=answers, known=known)
    rules = rubric.rules
    able = {
        domain.id
        for domain in rubric.domains_for(cohort, known)
        if any(
            _open(answers.criterion(c.id)) for c in domain.criteria if not c.about_audit
        )
    }
    pairs: list[tuple[Part, str, str, str]] = [
        ("domain", domain_id, found.grade, rules.domain_rollup.kind)
        for domain_id, found in computed.domains.items()
    ]
    whole = rules.overall_rollup.kind
    pairs.append(("overall", "overall", computed.overall.grade, whole))
    for part, subject, grade, kind in pairs:
        own = answers.get(part, subject)
        if kind == MANUAL and not own.graded:
            if subject in able or (part == "overall" and able):
                what = "your grade is not given yet"
                yield Gap(part=part, subject=subject, what=what)
        elif own.graded and own.value != grade and not own.rationale.strip():
            yield Gap(
                part=part,
                subject=subject,
                what="the computed grade is overruled, but no reason is given",
            )


def _open(answer: Answer) -> bool:
    """Whether an answer leaves something that a grade can speak of."""
    return answer.value not in (NOT_APPLICABLE, NOT_EVIDENCED)


def _flags(rubric: Rubric, answers: Answers) -> Iterator[Gap]:
    for flag in rubric.rules.flags:
        answer = answers.get("closing", FLAG + flag.id)
        if is_flagged(answers, flag.id) and not answer.rationale.strip():
            yield Gap(
                part="closing",
                subject=FLAG + flag.id,
                what=f"ticked, but this is not written: {flag.record}",
            )


def _closing(rubric: Rubric, answers: Answers) -> Iterator[Gap]:
    for key in closing(rubric.rules):
        if not answers.get("closing", key).rationale.strip():
            yield Gap(part="closing", subject=key, what="not written yet")
