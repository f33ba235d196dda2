"""Audit a case: open it, answer, submit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from case_audit.core.audit.computed import computed_text
from case_audit.core.audit.model import CLOSING, FLAG, OPEN, SUBMITTED
from case_audit.core.timescales.limits import Limits
from case_audit.errors import (
    NothingAskedError,
    NotReadyError,
    NotYoursError,
)
from case_audit.services.allocation import refuse_of_others
from case_audit.services.answers import keep, log, own_audit
from case_audit.services.counts import count_audits
from case_audit.services.opened import is_idle, read_case, with_draft
from case_audit.services.standing import refuse_idle
from case_audit.services.times import utc
from case_audit.services.timescales import findings_of

if TYPE_CHECKING:
    from datetime import datetime

    from case_audit.core.audit.judge import CaseJudgement
    from case_audit.core.audit.model import Audit
    from case_audit.core.sample.round import Case
    from case_audit.services.database import Database
    from case_audit.services.opened import OpenCase
    from case_audit.store.unit_of_work import UnitOfWork


def open_case(
    database: Database,
    case_id: int,
    *,
    auditor: str,
    now: datetime,
    limits: Limits | None = None,
    anyway: bool = False,
) -> OpenCase:
    """Put a case on the desk; begin its audit if nobody has.

    Text that was being typed when the app last ended badly becomes part of the
    answers again.

    Args:
        database: Where the case is.
        case_id: The case.
        auditor: Who opens it.
        now: The time, for the record.
        limits: How long things may take; the defaults if left out.
        anyway: Whether to begin a case that is given to somebody else. It is
            recorded.

    Raises:
        GivenToAnotherError: If somebody else is to begin the case.
        NothingAskedError: If the rubric asks nothing of the case. No audit is begun.
        ReplacedCaseError: If nobody has begun it and a reserve took its place.
        ClosedRoundError: If nobody has begun it and its round is closed.
    """
    with database.write() as uow:
        audit = uow.audits.of_case(case_id)
        if audit is None:
            refuse_idle(uow, case_id)
            refuse_of_others(uow, case_id, auditor, anyway=anyway, at_utc=utc(now))
            audit = uow.audits.begin(case_id, auditor=auditor, at_utc=utc(now))
            log(uow, audit, "begin", auditor, utc(now), case_id)
        yours = _is_yours(uow, audit, auditor)
        recovered = _recover(uow, audit, at=utc(now)) if yours else 0
        desk = read_case(uow, audit, yours=yours, recovered=recovered)
        if not desk.domains:
            raise NothingAskedError(rubric=desk.rubric.id, number=desk.case.number)
        frame = uow.frames.frame(desk.round.frame_id)
        found = findings_of(uow, frame, desk.unit, limits=limits or Limits())
        uow.commit()
    return replace(desk, findings=found, as_at=frame.as_at)


def _is_yours(uow: UnitOfWork, audit: Audit, auditor: str) -> bool:
    case = uow.readings.case(audit.case_id)
    mine = audit.auditor == auditor and audit.state == OPEN
    return mine and not is_idle(uow.lists.round(case.round_id), case)


def _recover(uow: UnitOfWork, audit: Audit, *, at: str) -> int:
    drafts = uow.audits.drafts(audit.id)
    answers = uow.audits.answers(audit.id)
    recovered = 0
    for draft in drafts:
        changed = with_draft(answers, draft)
        if changed is not None:
            kept = keep(uow, audit, changed, by=audit.auditor, at=at)
            answers = answers.with_answer(kept)
            recovered += 1
        uow.audits.drop_drafts(audit.id, draft.part, draft.subject)
    return recovered


def remember_place(database: Database, audit_id: int, place: str) -> None:
    """Remember the criterion last looked at, to resume there."""
    with database.write() as uow:
        uow.audits.move(audit_id, place)
        uow.commit()


def submit(
    database: Database, audit_id: int, *, auditor: str, now: datetime
) -> CaseJudgement:
    """Submit an audit with its computed grades and the reasons for them.

    Raises:
        NotReadyError: Names everything that is missing. Nothing is changed.
        NotYoursError: If somebody else audits the case, or it was submitted.
    """
    with database.write() as uow:
        audit = own_audit(uow, audit_id, auditor)
        desk = read_case(uow, audit, yours=True)
        gaps = desk.gaps(desk.answers)
        if gaps:
            raise NotReadyError([f"{_name(desk, g.subject)}: {g.what}" for g in gaps])
        judgement = desk.judgement(desk.answers)
        computed = computed_text(judgement)
        uow.audits.submit(audit_id, at_utc=utc(now), computed=computed)
        count_audits(uow, desk.round, desk.rubric, [audit_id])
        log(uow, audit, "submit", auditor, utc(now), computed)
        uow.commit()
    return judgement


def reopen(database: Database, audit_id: int, *, auditor: str, now: datetime) -> None:
    """Take a submitted audit back; its answers and their history stay.

    Raises:
        NotYoursError: If somebody else submitted it.
    """
    with database.write() as uow:
        audit = uow.audits.get(audit_id)
        if audit.auditor != auditor:
            raise NotYoursError(auditor=audit.auditor, state=audit.state)
        refuse_idle(uow, audit.case_id)
        if audit.state == SUBMITTED:
            uow.audits.reopen(audit_id)
            log(uow, audit, "reopen", auditor, utc(now), audit_id)
        uow.commit()


def neighbour(database: Database, case: Case, step: int) -> Case | None:
    """Return the next case of a round by number, or the one before.

    Args:
        database: Where the case is.
        case: The case to start from.
        step: 1 for the next, -1 for the one before.

    Returns:
        ``None`` at either end. Cases that a reserve took the place of are left out.
    """
    with database.read() as uow:
        cases = uow.rounds.cases(case.round_id)
    after = [c for c in cases if c.stands and (c.number - case.number) * step > 0]
    return min(after, key=lambda c: abs(c.number - case.number), default=None)


def put_back(database: Database, audit_id: int, *, auditor: str, now: datetime) -> bool:
    """Put a case back that was opened and left without an answer.

    Looking at a case does not take it from the others.

    Returns:
        Whether it was put back: not if anything was answered or typed, or if
        it is not this person's.
    """
    with database.write() as uow:
        audit = uow.audits.get(audit_id)
        touched = uow.audits.answers(audit_id).given or uow.audits.drafts(audit_id)
        mine = audit.auditor == auditor and audit.state == OPEN
        if touched or not mine:
            return False
        uow.audits.drop(audit_id)
        log(uow, audit, "put back", auditor, utc(now), audit.case_id)
        uow.commit()
    return True


def _name(desk: OpenCase, subject: str) -> str:
    for domain in desk.domains:
        if domain.id == subject:
            return domain.label
        for criterion in domain.criteria:
            if criterion.id == subject:
                return f"{criterion.id} {criterion.label}"
    for flag in desk.rubric.rules.flags:
        if subject == FLAG + flag.id:
            return flag.label
    return CLOSING.get(subject, "The case as a whole")
