"""Audit a case: open it, answer, submit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from case_audit.core.audit.computed import computed_text
from case_audit.core.audit.gaps import find_gaps
from case_audit.core.audit.judge import judge
from case_audit.core.audit.model import CLOSING, FLAG, OPEN, SUBMITTED
from case_audit.core.audit.what_if import what_if
from case_audit.core.rubric.canonical import rubric_from_text
from case_audit.core.timescales.limits import Limits
from case_audit.errors import (
    NothingAskedError,
    NotReadyError,
    NotYoursError,
)
from case_audit.exchange.case_fields import case_values
from case_audit.services.allocation import refuse_of_others
from case_audit.services.answers import keep, log, own_audit
from case_audit.services.counts import count_audits
from case_audit.services.database import utc
from case_audit.services.frame import facts_of
from case_audit.services.standing import idle, refuse_idle
from case_audit.services.timescales import findings_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from case_audit.core.audit.gaps import Gap
    from case_audit.core.audit.judge import CaseJudgement
    from case_audit.core.audit.model import Answers, Audit
    from case_audit.core.audit.what_if import WhatIf
    from case_audit.core.frame.case_file import CaseFile
    from case_audit.core.frame.model import FrameUnit
    from case_audit.core.rubric.model import Criterion, Domain, Rubric
    from case_audit.core.sample.round import Case, Round
    from case_audit.core.timescales.model import Finding
    from case_audit.services.database import Database
    from case_audit.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCase:
    """A case on the auditor's desk.

    Attributes:
        round: The round it belongs to.
        case: The drawn case.
        cases: How many cases the round has.
        rubric: The text the round is pinned to, not today's file.
        unit: What the import says of the case.
        known: What it says to the conditions of the rubric, by field.
        facts: The same in words: label and value, in the cohort's order.
        file: The child's documents, where they came with the import.
        audit: Who audits and how far it is.
        answers: As they stand.
        yours: Whether the person at the keyboard may change them.
        recovered: Text that was being typed when the app last ended badly, put
            back into the answers.
        findings: What the dates on the lists say. No grade depends on them.
        as_at: The date the lists describe, ISO.
    """

    round: Round
    case: Case
    cases: int
    rubric: Rubric
    unit: FrameUnit
    known: Mapping[str, str]
    facts: tuple[tuple[str, str], ...]
    file: CaseFile
    audit: Audit
    answers: Answers
    yours: bool
    recovered: int
    findings: tuple[Finding, ...] = ()
    as_at: str = ""

    def findings_for(self, criterion: Criterion) -> tuple[Finding, ...]:
        """Return what the dates say of a criterion, in the criterion's order."""
        found = {finding.timescale: finding for finding in self.findings}
        return tuple(found[name] for name in criterion.timescales if name in found)

    @property
    def domains(self) -> tuple[Domain, ...]:
        """The domains with the criteria that are asked of this case."""
        return self.rubric.domains_for(self.round.cohort, self.known)

    def judgement(self, answers: Answers) -> CaseJudgement:
        """Return the computed grades for answers as they stand."""
        return judge(
            self.rubric,
            cohort=self.round.cohort,
            answers=answers,
            known=self.known,
        )

    def what_if(self, answers: Answers) -> tuple[WhatIf, ...]:
        """Return what other roll-ups would make of the answers."""
        return what_if(
            self.rubric,
            cohort=self.round.cohort,
            answers=answers,
            known=self.known,
        )

    def gaps(self, answers: Answers) -> tuple[Gap, ...]:
        """Return what answers still need before the audit can be submitted."""
        return find_gaps(
            self.rubric,
            cohort=self.round.cohort,
            answers=answers,
            known=self.known,
        )


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
        mine = audit.auditor == auditor and audit.state == OPEN
        yours = mine and not idle(uow, case_id)
        recovered = _recover(uow, audit, at=utc(now)) if yours else 0
        desk = _desk(uow, audit, yours=yours, recovered=recovered)
        if not desk.domains:
            raise NothingAskedError(rubric=desk.rubric.id, number=desk.case.number)
        frame = uow.frames.frame(desk.round.frame_id)
        found = findings_of(uow, frame, desk.unit, limits=limits or Limits())
        uow.commit()
    return replace(desk, findings=found, as_at=frame.as_at)


def _desk(uow: UnitOfWork, audit: Audit, *, yours: bool, recovered: int) -> OpenCase:
    case = uow.rounds.case(audit.case_id)
    one = uow.rounds.round(case.round_id)
    frame = uow.frames.frame(one.frame_id)
    unit = uow.frames.unit(frame.id, case.unit)
    return OpenCase(
        round=one,
        case=case,
        cases=len(uow.rounds.cases(one.id)),
        rubric=rubric_from_text(uow.registry.rubric_text(one.rubric_digest)),
        unit=unit,
        known=case_values(one.cohort, unit.attributes),
        facts=facts_of(one.cohort, unit.attributes),
        file=uow.frames.case_file(frame.import_id, unit.child, cohort=one.cohort),
        audit=audit,
        answers=uow.audits.answers(audit.id),
        yours=yours,
        recovered=recovered,
    )


def _recover(uow: UnitOfWork, audit: Audit, *, at: str) -> int:
    drafts = uow.audits.drafts(audit.id)
    answers = uow.audits.answers(audit.id)
    recovered = 0
    for draft in drafts:
        answer = answers.get(draft.part, draft.subject)
        if draft.field == "evidence":
            changed = replace(answer, evidence=draft.text)
        else:
            changed = replace(answer, rationale=draft.text)
        if changed != answer:
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
        desk = _desk(uow, audit, yours=True, recovered=0)
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
