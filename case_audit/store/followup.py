"""Actions, and the ends of escalations."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sqlmodel import col, select

from case_audit.core.followup.model import Action
from case_audit.core.sample.round import HISTORY
from case_audit.store.tables.followup import ActionRow, EscalationRow
from case_audit.store.tables.sample import CaseRow, RoundRow

if TYPE_CHECKING:
    from sqlmodel import Session

    from case_audit.core.followup.model import About, Escalation, Status


class Followups:
    """What follows from rounds."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def actions(self, round_id: int) -> list[Action]:
        """Return the actions of a round by number."""
        rows = self._session.exec(
            select(ActionRow)
            .where(col(ActionRow.round_id) == round_id)
            .order_by(col(ActionRow.number))
        )
        return [_action(row) for row in rows]

    def add(self, round_id: int, action: Action) -> None:
        """Keep a new action under its number."""
        self._session.add(
            ActionRow(
                round_id=round_id,
                number=action.number,
                about=action.about,
                subject=action.subject,
                text=action.text,
                owner=action.owner,
                due=action.due,
                measure=action.measure,
                reaudit=action.reaudit,
                status=action.status,
                done_on=action.done_on,
                evidence=action.evidence,
                verified_on=action.verified_on,
            )
        )
        self._session.flush()

    def set_status(self, round_id: int, action: Action) -> None:
        """Keep how far an action is now."""
        row = self._session.exec(
            select(ActionRow).where(
                col(ActionRow.round_id) == round_id,
                col(ActionRow.number) == action.number,
            )
        ).one()
        row.status, row.evidence = action.status, action.evidence
        row.done_on, row.verified_on = action.done_on, action.verified_on
        self._session.flush()

    def closed(self, round_id: int) -> dict[tuple[int, str, str], tuple[str, str]]:
        """Return the ended escalations of a round.

        Returns:
            Time and note, by the case's number in the database, level, and the time
            the audit was submitted.
        """
        rows = self._session.exec(
            select(EscalationRow)
            .join(CaseRow, col(EscalationRow.case_id) == col(CaseRow.id))
            .where(col(CaseRow.round_id) == round_id)
        )
        return {
            (row.case_id, row.level, row.since): (row.closed_utc, row.note)
            for row in rows
        }

    def close(self, case_id: int, ended: Escalation, *, by: str) -> None:
        """Keep the end of an escalation."""
        self._session.add(
            EscalationRow(
                case_id=case_id,
                level=ended.level,
                since=ended.since,
                closed_utc=ended.closed_utc,
                closed_by=by,
                note=ended.note,
            )
        )
        self._session.flush()

    def in_later_rounds(self, round_id: int) -> frozenset[str]:
        """Return the units of a round that are cases of a later one of its cohort.

        Earlier audits that were imported later are none.
        """
        units = select(CaseRow.unit).where(col(CaseRow.round_id) == round_id)
        cohort = select(RoundRow.cohort).where(col(RoundRow.id) == round_id)
        later = self._session.exec(
            select(CaseRow.unit)
            .join(RoundRow, col(CaseRow.round_id) == col(RoundRow.id))
            .where(
                col(RoundRow.id) > round_id,
                col(RoundRow.cohort) == cohort.scalar_subquery(),
                col(RoundRow.purpose) != HISTORY,
                col(CaseRow.state).in_(("drawn", "reserve used")),
                col(CaseRow.unit).in_(units),
            )
        )
        return frozenset(later)


def _action(row: ActionRow) -> Action:
    return Action(
        number=row.number,
        about=cast("About", row.about),
        subject=row.subject,
        text=row.text,
        owner=row.owner,
        due=row.due,
        measure=row.measure,
        reaudit=row.reaudit,
        status=cast("Status", row.status),
        done_on=row.done_on,
        evidence=row.evidence,
        verified_on=row.verified_on,
    )
