"""Submitted audits as the method looks at them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from case_audit.core.audit.computed import computed_from_text
from case_audit.core.audit.model import with_unasked
from case_audit.core.sample.round import HISTORY
from case_audit.core.selfassessment.judged import judged
from case_audit.exchange.case_values import case_values

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from case_audit.core.audit.model import Answers
    from case_audit.core.frame.model import FrameUnit
    from case_audit.core.rubric.model import Rubric
    from case_audit.core.sample.round import Case, RoundHead
    from case_audit.core.selfassessment.model import SubmittedAudit
    from case_audit.store.unit_of_work import UnitOfWork

BATCH: Final = 200
"""Audits that are in memory at one time; their answers are about 10 KiB each."""


def read_submitted(
    uow: UnitOfWork, one: RoundHead, rubric: Rubric, audit_ids: Sequence[int]
) -> Iterator[tuple[int, Case, SubmittedAudit]]:
    """Yield submitted audits of a round with their answers, some at a time.

    Criteria that were not asked of a case are marked not applicable.

    Args:
        uow: Where they are.
        one: Their round.
        rubric: What it is pinned to.
        audit_ids: Which audits.

    Yields:
        The audit's number, its case, the audit.
    """
    # Of audits from before the program came, only the answers are known.
    conditional = one.purpose != HISTORY and any(c.applies for c in rubric.criteria())
    for start in range(0, len(audit_ids), BATCH):
        some = list(audit_ids[start : start + BATCH])
        answers = uow.audits.answers_of(some)
        for audit in uow.audits.of_ids(some):
            case = uow.rounds.case(audit.case_id)
            given = answers[audit.id]
            if conditional:
                unit = uow.frames.unit(one.frame_id, case.unit)
                given = _unasked(rubric, one.cohort, unit, given)
            found = computed_from_text(audit.computed)
            yield (
                audit.id,
                case,
                judged(case.number, found, stratum=case.stratum, answers=given),
            )


def _unasked(rubric: Rubric, cohort: str, unit: FrameUnit, answers: Answers) -> Answers:
    """Return the answers with every criterion that did not apply marked so."""
    every = [c.id for d in rubric.domains_for(cohort) for c in d.criteria]
    known = case_values(cohort, unit.attributes)
    asked = {c.id for d in rubric.domains_for(cohort, known) for c in d.criteria}
    return with_unasked(answers, every, asked)
