"""The kept counts of a round: made at submission, completed, counted anew.

The database itself counts the outcomes of audits and takes them away when an audit or
its answers change in any way. What an outcome is, only the rubric tells; so they are
written here: in the transaction of a submission, and for audits that came in another
way (from an older release, or from a file) before anybody reads the counts.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from case_audit.core.rubric.canonical import rubric_from_text
from case_audit.core.sample.manifest import read_manifest
from case_audit.core.sample.manifest_head import head_of, head_text
from case_audit.core.sample.round import HISTORY
from case_audit.core.selfassessment.outcome import outcomes_of
from case_audit.services.submitted import BATCH, read_submitted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from case_audit.core.rubric.model import Rubric
    from case_audit.core.sample.round import RoundHead
    from case_audit.services.database import Database
    from case_audit.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Recount:
    """What counting a round anew has shown. Whatever was wrong is right now.

    Attributes:
        round: Name of the round.
        audits: Submitted first audits, of replaced cases too.
        waiting: How many of them had not been counted yet.
        wrong_audits: How many had been counted as something else.
        wrong_counts: How many kept counts were not the number of what they count.
    """

    round: str
    audits: int
    waiting: int
    wrong_audits: int
    wrong_counts: int

    @property
    def right(self) -> bool:
        """Whether nothing that was kept was wrong."""
        return not self.wrong_audits and not self.wrong_counts


def count_audits(
    uow: UnitOfWork, one: RoundHead, rubric: Rubric, audit_ids: Sequence[int]
) -> None:
    """Write the outcomes of submitted first audits that have none.

    Args:
        uow: Not committed here.
        one: Their round.
        rubric: What it is pinned to.
        audit_ids: Which audits.
    """
    found = read_submitted(uow, one, rubric, audit_ids)
    uow.outcomes.add(
        (audit_id, case, outcomes_of(rubric, one.cohort, audit))
        for audit_id, case, audit in found
    )


def complete(database: Database, one: RoundHead) -> None:
    """Count what has not been counted yet; nothing if all was.

    Some audits at a time, and each time is kept: whoever is interrupted goes on from
    there, and nobody who is auditing waits for long.
    """
    with database.read() as uow:
        if _is_complete(uow, one):
            return
    _fill(database, one)
    with database.read() as uow:
        again = not _is_complete(uow, one)
    if again:
        _forget(database, one)
        _fill(database, one)


def recount(database: Database, one: RoundHead) -> Recount:
    """Compare what is kept of a round with its audits, and put it right.

    Every submitted audit is read. What is found wrong is forgotten and counted anew.
    """
    with database.read() as uow:
        found = _compare(uow, one)
    if not found.right:
        _forget(database, one)
    complete(database, one)
    return found


def _is_complete(uow: UnitOfWork, one: RoundHead) -> bool:
    return uow.counts.whole(one.id) and bool(uow.counts.head(one.id))


def _fill(database: Database, one: RoundHead) -> None:
    with database.read() as uow:
        rubric = rubric_from_text(uow.lists.rubric_text(one.rubric_digest))
    waiting = True
    while waiting:
        with database.write() as uow:
            some = uow.outcomes.waiting(one.id, limit=BATCH)
            count_audits(uow, one, rubric, some)
            waiting = len(some) == BATCH
            if not waiting:
                uow.outcomes.keep_head(one.id, _head(uow, one))
            uow.commit()


def _head(uow: UnitOfWork, one: RoundHead) -> str:
    manifest = uow.counts.manifest(one.id)
    if one.purpose == HISTORY:
        return manifest
    return head_text(head_of(read_manifest(manifest)))


def _forget(database: Database, one: RoundHead) -> None:
    with database.write() as uow:
        uow.outcomes.forget(one.id)
        uow.commit()


def _compare(uow: UnitOfWork, one: RoundHead) -> Recount:
    rubric = rubric_from_text(uow.lists.rubric_text(one.rubric_digest))
    ids = uow.outcomes.submitted(one.id)
    right = Counter(uow.outcomes.by_state(one.id))
    waiting = wrong = 0
    for audit_id, case, audit in read_submitted(uow, one, rubric, ids):
        kept = uow.outcomes.of_audit(audit_id)
        waiting += not kept
        wrong += bool(kept) and kept != set(outcomes_of(rubric, one.cohort, audit))
        if case.stands:
            right.update((*outcome, case.stratum) for outcome in kept)
    counts = uow.counts.rows(one.id)
    return Recount(
        round=one.name,
        audits=len(ids),
        waiting=waiting,
        wrong_audits=wrong,
        wrong_counts=sum(right[key] != counts.get(key, 0) for key in {*right, *counts}),
    )
