"""Give answers, take them back, and keep text while it is typed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from case_audit.core.audit.history import CHANGE, REDO, UNDO, restored, steps_of
from case_audit.core.audit.model import OPEN
from case_audit.errors import ChangedMeanwhileError, NotYoursError
from case_audit.security.text_gate import visible
from case_audit.services.opened import as_kept
from case_audit.services.standing import refuse_fallen
from case_audit.services.times import utc
from case_audit.store.readings import Draft

if TYPE_CHECKING:
    from datetime import datetime

    from case_audit.core.audit.history import Act
    from case_audit.core.audit.model import Answer, Answers, Audit, Part
    from case_audit.services.database import Database
    from case_audit.store.unit_of_work import UnitOfWork


def give_answer(
    database: Database, audit_id: int, answer: Answer, *, auditor: str, now: datetime
) -> Answer:
    """Keep an answer as a new revision. When this returns, it is on disk.

    Args:
        database: Where the audit is.
        audit_id: The audit.
        answer: As it is to be, with the revision it was based on.
        auditor: Who gives it.
        now: The time, for the record.

    Returns:
        The answer with its new revision.

    Raises:
        ChangedMeanwhileError: If it was changed since that revision. Nothing
            is overwritten.
        NotYoursError: If somebody else audits the case, or it was submitted.
    """
    with database.write() as uow:
        audit = own_audit(uow, audit_id, auditor)
        kept = keep(uow, audit, answer, by=auditor, at=utc(now))
        uow.audits.drop_drafts(audit_id, answer.part, answer.subject)
        uow.commit()
    return kept


def keep_draft(
    database: Database,
    audit_id: int,
    draft: Draft,
    *,
    auditor: str,
    now: datetime,
) -> None:
    """Keep text as far as it was typed, so that nothing ends it.

    Hidden characters in it become visible, here and in answers: databases and
    terminals do not take them.

    Raises:
        NotYoursError: If somebody else audits the case, or it was submitted.
    """
    with database.write() as uow:
        own_audit(uow, audit_id, auditor)
        shown = replace(draft, text=visible(draft.text))
        uow.audits.keep_draft(audit_id, shown, auditor=auditor, at_utc=utc(now))
        uow.commit()


def typed(part: Part, subject: str, *, field: str, text: str) -> Draft:
    """Return a draft to keep."""
    return Draft(part=part, subject=subject, field=field, text=text)


def undo(
    database: Database, audit_id: int, *, seen: Answers, auditor: str, now: datetime
) -> Answer | None:
    """Take the last change of an audit back, as a step of its own.

    What can be taken back is read from the record, so it may have been made
    before a restart.

    Args:
        database: Where the audit is.
        audit_id: The audit.
        seen: The answers as the auditor sees them.
        auditor: Who takes it back.
        now: The time, for the record.

    Returns:
        The answer as it now stands; ``None`` if there is nothing to take back.

    Raises:
        ChangedMeanwhileError: If the last change was made in another window, so
            that the auditor would take back what they have not seen.
        NotYoursError: If somebody else audits the case, or it was submitted.
    """
    return _step(database, audit_id, act=UNDO, seen=seen, auditor=auditor, now=now)


def redo(
    database: Database, audit_id: int, *, seen: Answers, auditor: str, now: datetime
) -> Answer | None:
    """Make the last change that was taken back again; like :func:`undo`."""
    return _step(database, audit_id, act=REDO, seen=seen, auditor=auditor, now=now)


def can_step(database: Database, audit_id: int, act: Act) -> bool:
    """Return whether there is something to undo, or to make again."""
    with database.read() as uow:
        steps = steps_of(uow.audits.steps(audit_id))
    return bool(steps.back if act == UNDO else steps.again)


def _step(
    database: Database,
    audit_id: int,
    *,
    act: Act,
    seen: Answers,
    auditor: str,
    now: datetime,
) -> Answer | None:
    with database.write() as uow:
        audit = own_audit(uow, audit_id, auditor)
        steps = steps_of(uow.audits.steps(audit_id))
        waiting = steps.back if act == UNDO else steps.again
        if not waiting:
            return None
        earlier = waiting[-1]
        current = uow.audits.answers(audit_id).get(earlier.part, earlier.subject)
        if current != seen.get(earlier.part, earlier.subject):
            raise ChangedMeanwhileError
        changed = restored(current, earlier)
        kept = keep(uow, audit, changed, by=auditor, at=utc(now), act=act)
        uow.audits.drop_drafts(audit_id, earlier.part, earlier.subject)
        uow.commit()
    return kept


def own_audit(uow: UnitOfWork, audit_id: int, auditor: str) -> Audit:
    """Return an audit that this person may change.

    Raises:
        NotYoursError: If somebody else audits the case, or it was submitted.
    """
    audit, case = uow.readings.audit(audit_id)
    if audit.auditor != auditor or audit.state != OPEN:
        raise NotYoursError(auditor=audit.auditor, state=audit.state)
    refuse_fallen(case)
    return audit


def keep(
    uow: UnitOfWork,
    audit: Audit,
    answer: Answer,
    *,
    by: str,
    at: str,
    act: Act = CHANGE,
) -> Answer:
    """Keep an answer as its next revision, with a line in the log.

    Raises:
        ChangedMeanwhileError: If it was changed since the revision it is based on.
    """
    kept = as_kept(answer, by=by, at=at)
    latest = uow.audits.revision(audit.id, answer.part, answer.subject)
    if latest != answer.revision:
        raise ChangedMeanwhileError
    uow.audits.add_answer(audit.id, kept, act=act)
    log(
        uow,
        audit,
        "answer" if act == CHANGE else act,
        by,
        at,
        _sealed(kept),
        detail=kept,
    )
    return kept


def _sealed(answer: Answer) -> list[str]:
    content = [answer.value, answer.rationale, answer.evidence]
    if answer.flagged or answer.confidence:
        content += ["flagged" if answer.flagged else "", answer.confidence]
    return content


def log(
    uow: UnitOfWork,
    audit: Audit,
    action: str,
    actor: str,
    at: str,
    content: object,
    *,
    detail: Answer | None = None,
) -> None:
    """Add a line about an audit to the sealed log; its content as a digest only."""
    subject = f"audit {audit.id}"
    if detail:
        subject += f" {detail.part} {detail.subject} {detail.revision}"
    # Not before something is kept: a case is on screen sooner.
    from case_audit.security.sealed_log import content_digest  # noqa: PLC0415

    uow.registry.log(
        at_utc=at,
        actor=actor,
        action=action,
        subject=subject,
        content=content_digest(content),
    )
