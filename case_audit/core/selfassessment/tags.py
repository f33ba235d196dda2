"""The outcomes of the National Framework, across the criteria that speak to each.

Several criteria of one file may carry the same tag, and what is found in one file is not
several findings. So each case gets one grade for a tag, the lower median of its tagged
criteria, as the roll-up of a domain does; cases are what is counted and estimated.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from case_audit.core.audit.model import NOT_APPLICABLE, NOT_EVIDENCED, Answer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from case_audit.core.rubric.model import Criterion, Rubric
    from case_audit.core.selfassessment.model import SubmittedAudit


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """The criteria that carry a tag.

    Attributes:
        tag: For example ``"NF-O3"``.
        criteria: Their identifiers, in the rubric's order; at least one.
    """

    tag: str
    criteria: tuple[str, ...]


def tagged(rubric: Rubric, cohort: str) -> tuple[Tagged, ...]:
    """Return the tags of a rubric's graded criteria, in the tags' own order.

    Criteria on another scale than the rubric's, and those answered in words, are
    left out: their answers cannot be set in order with the others.
    """
    found: dict[str, list[str]] = {}
    for criterion in _graded(rubric, cohort):
        for tag in criterion.tags:
            found.setdefault(tag, []).append(criterion.id)
    return tuple(Tagged(tag=tag, criteria=tuple(found[tag])) for tag in sorted(found))


def with_tag(
    rubric: Rubric, one: Tagged, audits: Sequence[SubmittedAudit]
) -> tuple[SubmittedAudit, ...]:
    """Return the audits with one more criterion, whose grade is the tag's.

    Args:
        rubric: What the cases were graded with.
        one: The tag.
        audits: The submitted audits.

    Returns:
        The same audits; the answer to the criterion named like the tag is the lower
        median of the tagged criteria with a grade. Without any it is not applicable
        where none of them applies, else not evidenced.
    """
    return tuple(_with_tag(rubric, one, audit) for audit in audits)


def _with_tag(rubric: Rubric, one: Tagged, audit: SubmittedAudit) -> SubmittedAudit:
    value = _value(rubric, [audit.answers.criterion(key).value for key in one.criteria])
    answer = Answer(part="criterion", subject=one.tag, value=value)
    return replace(audit, answers=audit.answers.with_answer(answer))


def _value(rubric: Rubric, values: Sequence[str]) -> str:
    graded = tuple(value for value in values if value in rubric.scale.ids)
    if graded:
        return rubric.scale.lower_median(graded)
    if set(values) == {NOT_APPLICABLE}:
        return NOT_APPLICABLE
    return NOT_EVIDENCED


def _graded(rubric: Rubric, cohort: str) -> Iterator[Criterion]:
    for domain in rubric.domains_for(cohort):
        for criterion in domain.criteria:
            if not criterion.in_words and rubric.scale_of(criterion) == rubric.scale:
                yield criterion
