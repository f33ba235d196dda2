"""Audits, the revisions of their answers, and text still being typed."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

from sqlalchemy import func
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from case_audit.core.audit.history import CHANGE, Step
from case_audit.core.audit.model import OPEN, SUBMITTED, Answer, Audit
from case_audit.errors import ChangedMeanwhileError
from case_audit.store.keys import made
from case_audit.store.readings import FIRST
from case_audit.store.tables.audit import AnswerRow, AuditRow
from case_audit.store.tables.sample import CaseRow, RoundRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlmodel import Session

    from case_audit.core.audit.history import Act
    from case_audit.core.audit.model import Answers, Part
    from case_audit.store.hands import Run
    from case_audit.store.readings import Draft, Readings

_KEEP_DRAFT = (
    "INSERT INTO draft (audit_id, part, subject, field, draft_text, auditor, at_utc) "
    "VALUES (:audit, :part, :subject, :field, :text, :auditor, :at) "
    "ON CONFLICT (audit_id, part, subject, field) DO UPDATE SET "
    "draft_text = excluded.draft_text, auditor = excluded.auditor, "
    "at_utc = excluded.at_utc"
)


_COLUMNS = (
    *("id", "audit_id", "part", "subject", "revision", "value", "rationale"),
    *("evidence", "flagged", "confidence", "step", "act", "auditor", "at_utc"),
)
_ADD_ANSWER = (
    f"INSERT INTO answer ({', '.join(_COLUMNS)}) "  # noqa: S608 - our own words
    f"VALUES ({', '.join(f':{name}' for name in _COLUMNS)})"
)


class Audits:
    """What auditors found."""

    def __init__(self, session: Session, readings: Readings, run: Run) -> None:
        self._session = session
        self._readings = readings
        self._run = run

    def of_case(self, case_id: int, *, role: str = FIRST) -> Audit | None:
        """Return the audit of a case in a role, if one was begun."""
        return self._readings.audit_of_case(case_id, role=role)

    def of_round(self, round_id: int, *, role: str = FIRST) -> list[Audit]:
        """Return all audits of a round in one role, by case number.

        First audits are never mixed with second or agreed ones.
        """
        rows = self._session.exec(
            select(AuditRow)
            .join(CaseRow, col(AuditRow.case_id) == col(CaseRow.id))
            .where(col(CaseRow.round_id) == round_id, col(AuditRow.role) == role)
            .order_by(col(CaseRow.number))
        )
        return [_audit(row) for row in rows]

    def submitted_of_units(self) -> list[tuple[int, str, str]]:
        """Return frame, unit and day of the last submitted audit of each unit.

        Over all rounds; a unit of several frames is there once for each.
        """
        rows = self._session.exec(
            select(RoundRow.frame_id, CaseRow.unit, func.max(AuditRow.submitted_utc))
            .join(CaseRow, col(AuditRow.case_id) == col(CaseRow.id))
            .join(RoundRow, col(CaseRow.round_id) == col(RoundRow.id))
            .where(col(AuditRow.state) == SUBMITTED)
            .group_by(col(RoundRow.frame_id), col(CaseRow.unit))
        )
        return [(frame, unit, (at or "")[:10]) for frame, unit, at in rows]

    def get(self, audit_id: int) -> Audit:
        """Return the audit with that number."""
        return _audit(self._row(audit_id))

    def of_ids(self, audit_ids: list[int]) -> list[Audit]:
        """Return the audits with those numbers, in their order."""
        rows = self._session.exec(
            select(AuditRow).where(col(AuditRow.id).in_(audit_ids))
        )
        found = {made(row.id): _audit(row) for row in rows}
        return [found[key] for key in audit_ids]

    def begin(
        self, case_id: int, *, auditor: str, at_utc: str, role: str = FIRST
    ) -> Audit:
        """Begin the audit of a case in a role.

        Raises:
            ChangedMeanwhileError: If somebody else began it first.
        """
        row = AuditRow(
            case_id=case_id,
            role=role,
            state=OPEN,
            auditor=auditor,
            started_utc=at_utc,
            place="",
        )
        self._session.add(row)
        try:
            self._session.flush()
        except IntegrityError:
            raise ChangedMeanwhileError from None
        return _audit(row)

    def move(self, audit_id: int, place: str) -> None:
        """Remember the criterion last looked at."""
        self._row(audit_id).place = place
        self._session.flush()

    def submit(self, audit_id: int, *, at_utc: str, computed: str) -> None:
        """Close an audit with its computed grades."""
        row = self._row(audit_id)
        row.state, row.submitted_utc, row.computed = SUBMITTED, at_utc, computed
        self._session.flush()

    def reopen(self, audit_id: int) -> None:
        """Open a submitted audit again; its answers stay as they are."""
        row = self._row(audit_id)
        row.state, row.submitted_utc, row.computed = OPEN, None, None
        self._session.flush()

    def drop(self, audit_id: int) -> None:
        """Forget an audit that was begun and never answered."""
        self._session.delete(self._row(audit_id))
        self._session.flush()

    def answers(self, audit_id: int) -> Answers:
        """Return an audit's answers as they stand."""
        return self.answers_of([audit_id])[audit_id]

    def answers_of(self, audit_ids: list[int]) -> dict[int, Answers]:
        """Return the answers of several audits as they stand, in one query."""
        return self._readings.answers_of(audit_ids)

    def revision(self, audit_id: int, part: Part, subject: str) -> int:
        """Return how often an answer was given or changed, 0 for never."""
        return self._readings.revision(audit_id, part, subject)

    def history(self, audit_id: int, part: Part, subject: str) -> list[Answer]:
        """Return every revision of an answer, oldest first."""
        rows = self._session.exec(
            select(AnswerRow)
            .where(
                col(AnswerRow.audit_id) == audit_id,
                col(AnswerRow.part) == part,
                col(AnswerRow.subject) == subject,
            )
            .order_by(col(AnswerRow.revision))
        )
        return [_answer(row) for row in rows]

    def steps(self, audit_id: int) -> list[Step]:
        """Return every change of an audit, oldest first."""
        rows = self._session.exec(
            select(AnswerRow)
            .where(col(AnswerRow.audit_id) == audit_id)
            .order_by(col(AnswerRow.step))
        )
        return [Step(act=cast("Act", row.act), answer=_answer(row)) for row in rows]

    def add_answer(self, audit_id: int, answer: Answer, *, act: Act = CHANGE) -> None:
        """Keep a new revision as the audit's next step.

        Args:
            audit_id: The audit.
            answer: With the revision it is to become.
            act: Whether it is new, taken back, or made again.

        Raises:
            ChangedMeanwhileError: If that revision exists already, because the
                answer was changed somewhere else.
        """
        step = self._readings.last_step(audit_id) + 1
        row = _answer_row(audit_id, answer, act=act, step=step)
        try:
            # At every grade: in one statement that both databases know.
            self._run(_ADD_ANSWER, row)
        except (IntegrityError, sqlite3.IntegrityError):
            raise ChangedMeanwhileError from None

    def add_answers(self, audit_id: int, answers: Iterable[Answer]) -> None:
        """Keep the first answers of an audit that has none, as steps from 1."""
        self._session.add_all(
            AnswerRow(**_answer_row(audit_id, answer, act=CHANGE, step=step))
            for step, answer in enumerate(answers, start=1)
        )
        self._session.flush()

    def keep_draft(
        self, audit_id: int, draft: Draft, *, auditor: str, at_utc: str
    ) -> None:
        """Keep text as far as it was typed."""
        # At every letter of a note: in one statement that both databases know.
        self._run(
            _KEEP_DRAFT,
            {
                "audit": audit_id,
                "part": draft.part,
                "subject": draft.subject,
                "field": draft.field,
                "text": draft.text,
                "auditor": auditor,
                "at": at_utc,
            },
        )

    def drafts(self, audit_id: int) -> list[Draft]:
        """Return what was being typed when the app last ended, if it ended badly."""
        return self._readings.drafts(audit_id)

    def drop_drafts(self, audit_id: int, part: Part, subject: str) -> None:
        """Forget the drafts of an answer that is now kept."""
        self._run(
            "DELETE FROM draft "
            "WHERE audit_id = :audit AND part = :part AND subject = :subject",
            {"audit": audit_id, "part": part, "subject": subject},
        )

    def _row(self, audit_id: int) -> AuditRow:
        return self._session.exec(
            select(AuditRow).where(col(AuditRow.id) == audit_id)
        ).one()


def _audit(row: AuditRow) -> Audit:
    return Audit(
        id=made(row.id),
        case_id=row.case_id,
        state=row.state,
        auditor=row.auditor,
        started_utc=row.started_utc,
        submitted_utc=row.submitted_utc or "",
        place=row.place,
        computed=row.computed or "",
    )


def _answer_row(
    audit_id: int, answer: Answer, *, act: Act, step: int
) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "audit_id": audit_id,
        "part": answer.part,
        "subject": answer.subject,
        "revision": answer.revision,
        "value": answer.value,
        "rationale": answer.rationale,
        "evidence": answer.evidence,
        "flagged": answer.flagged,
        "confidence": answer.confidence or None,
        "step": step,
        "act": act,
        "auditor": answer.auditor,
        "at_utc": answer.at_utc,
    }


def _answer(row: AnswerRow) -> Answer:
    return Answer(
        part=cast("Part", row.part),
        subject=row.subject,
        value=row.value,
        rationale=row.rationale,
        evidence=row.evidence,
        flagged=row.flagged,
        confidence=row.confidence or "",
        auditor=row.auditor,
        at_utc=row.at_utc,
        revision=row.revision,
    )
