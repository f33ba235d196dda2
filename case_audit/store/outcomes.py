"""Outcomes of audits: what the kept counts are counts of."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sqlalchemy import delete, insert, text
from sqlmodel import col, select

from case_audit.core.audit.model import SUBMITTED
from case_audit.core.selfassessment.outcome import AUDITED, Outcome
from case_audit.store.keys import made
from case_audit.store.readings import FIRST
from case_audit.store.tables.audit import AuditRow
from case_audit.store.tables.count import DrawHeadRow, OutcomeRow, TallyRow
from case_audit.store.tables.sample import CaseRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlmodel import Session

    from case_audit.core.sample.round import Case
    from case_audit.core.selfassessment.outcome import Level

_BY_STATE = """
SELECT a.state, a.auditor, 'yes', c.stratum, count(*), c.round_id
FROM audit a JOIN round_case c ON c.id = a.case_id
WHERE c.round_id = :round AND a.role = 'first'
  AND c.state IN ('drawn', 'reserve used')
GROUP BY c.round_id, a.state, a.auditor, c.stratum
"""
_COUNT_BY_STATE = f"""
INSERT INTO tally (level, subject, value, stratum, cases, round_id) {_BY_STATE}
"""


class Outcomes:
    """Writes outcomes. The database counts them and takes them away by itself."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, found: Iterable[tuple[int, Case, Iterable[Outcome]]]) -> None:
        """Keep the outcomes of submitted first audits that have none.

        Args:
            found: The audit, its case and its outcomes.
        """
        rows = [
            {
                "audit_id": audit_id,
                "round_id": case.round_id,
                "number": case.number,
                **outcome._asdict(),
            }
            for audit_id, case, outcomes in found
            for outcome in outcomes
        ]
        if rows:
            self._session.execute(insert(OutcomeRow), rows)

    def submitted(self, round_id: int) -> list[int]:
        """Return the submitted first audits of a round, of replaced cases too."""
        rows = self._session.exec(
            select(AuditRow.id)
            .join(CaseRow, col(AuditRow.case_id) == col(CaseRow.id))
            .where(
                col(CaseRow.round_id) == round_id,
                col(AuditRow.role) == FIRST,
                col(AuditRow.state) == SUBMITTED,
            )
            .order_by(col(CaseRow.number))
        )
        return [made(key) for key in rows]

    def of_audit(self, audit_id: int) -> set[Outcome]:
        """Return the outcomes of an audit; none if it waits to be counted."""
        rows = self._session.exec(
            select(OutcomeRow.level, OutcomeRow.subject, OutcomeRow.value).where(
                col(OutcomeRow.audit_id) == audit_id
            )
        )
        return {Outcome(cast("Level", level), key, value) for level, key, value in rows}

    def by_state(self, round_id: int) -> dict[tuple[str, str, str, str], int]:
        """Count the first audits of standing cases by state, auditor and stratum."""
        rows = self._session.execute(text(_BY_STATE), {"round": round_id})
        return {
            (state, auditor, value, stratum): audits
            for state, auditor, value, stratum, audits, _ in rows
        }

    def waiting(self, round_id: int, *, limit: int) -> list[int]:
        """Return submitted first audits of a round that have no outcomes yet."""
        rows = self._session.exec(
            select(AuditRow.id)
            .join(CaseRow, col(AuditRow.case_id) == col(CaseRow.id))
            .outerjoin(
                OutcomeRow,
                (col(OutcomeRow.audit_id) == col(AuditRow.id))
                & (col(OutcomeRow.level) == AUDITED.level)
                & (col(OutcomeRow.subject) == AUDITED.subject),
            )
            .where(
                col(CaseRow.round_id) == round_id,
                col(AuditRow.role) == FIRST,
                col(AuditRow.state) == SUBMITTED,
                col(OutcomeRow.audit_id).is_(None),
            )
            .limit(limit)
        )
        return [made(key) for key in rows]

    def forget(self, round_id: int) -> None:
        """Forget the outcomes and counts of a round, but for what is begun."""
        of_round = col(OutcomeRow.round_id) == round_id
        self._session.execute(delete(OutcomeRow).where(of_round))
        counted = col(TallyRow.round_id) == round_id
        self._session.execute(delete(TallyRow).where(counted))
        self._session.execute(text(_COUNT_BY_STATE), {"round": round_id})
        kept = col(DrawHeadRow.round_id) == round_id
        self._session.execute(delete(DrawHeadRow).where(kept))

    def keep_head(self, round_id: int, head: str) -> None:
        """Keep the record of a draw without its units."""
        self._session.merge(DrawHeadRow(round_id=round_id, head=head))
        self._session.flush()
