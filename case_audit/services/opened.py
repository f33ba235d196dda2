"""A case as it lies on the auditor's desk: what is read, and nothing that is written.

It is read from an open database, or at a glance into one whose libraries are not
loaded yet.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from case_audit.core.allocation.people import same_person
from case_audit.core.audit.model import OPEN, Audit
from case_audit.exchange.case_values import case_values
from case_audit.security.text_gate import visible
from case_audit.services.case_lines import rubric_of
from case_audit.services.facts import facts_of
from case_audit.services.times import utc

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from case_audit.core.audit.gaps import Gap
    from case_audit.core.audit.judge import CaseJudgement
    from case_audit.core.audit.model import Answer, Answers
    from case_audit.core.audit.what_if import WhatIf
    from case_audit.core.frame.case_file import CaseFile
    from case_audit.core.frame.model import FrameUnit
    from case_audit.core.rubric.model import Criterion, Domain, Rubric
    from case_audit.core.sample.round import Case, RoundHead
    from case_audit.core.timescales.model import Finding
    from case_audit.services.case_lines import Look, Source
    from case_audit.store.readings import Draft


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
        audit: Who audits and how far it is; its number is 0 where it is still to
            be begun.
        answers: As they stand.
        yours: Whether the person at the keyboard may change them.
        recovered: Text that was being typed when the app last ended badly, put
            back into the answers.
        findings: What the dates on the lists say. No grade depends on them.
        as_at: The date the lists describe, ISO; empty while they are not read yet.
    """

    round: RoundHead
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
        from case_audit.core.audit.judge import judge  # noqa: PLC0415 - later

        return judge(
            self.rubric,
            cohort=self.round.cohort,
            answers=answers,
            known=self.known,
        )

    def what_if(self, answers: Answers) -> tuple[WhatIf, ...]:
        """Return what other roll-ups would make of the answers."""
        from case_audit.core.audit.what_if import what_if  # noqa: PLC0415 - later

        return what_if(
            self.rubric,
            cohort=self.round.cohort,
            answers=answers,
            known=self.known,
        )

    def gaps(self, answers: Answers) -> tuple[Gap, ...]:
        """Return what answers still need before the audit can be submitted."""
        from case_audit.core.audit.gaps import find_gaps  # noqa: PLC0415 - later

        return find_gaps(
            self.rubric,
            cohort=self.round.cohort,
            answers=answers,
            known=self.known,
        )

    def same_but_for_dates(self, other: OpenCase) -> bool:
        """Whether another reading shows an auditor the same, to the last revision.

        The number of an audit that was to be begun, and what the dates on the lists
        say, do not count.
        """
        return _seen(self) == _seen(other)


def _seen(case: OpenCase) -> tuple[object, ...]:
    # What else there is cannot change while a round has cases.
    audit = replace(case.audit, id=0)
    return (case.case, case.cases, audit, case.answers, case.yours, case.recovered)


def read_case(read: Look, audit: Audit, *, yours: bool, recovered: int = 0) -> OpenCase:
    """Return a case with all that an auditor reads, but for findings.

    Args:
        read: What is read.
        audit: The audit of the case.
        yours: Whether the person at the keyboard may change it.
        recovered: Unfinished texts that were put into the answers.
    """
    case = read.readings.case(audit.case_id)
    one = read.lists.round(case.round_id)
    unit = read.readings.unit(one.frame_id, case.unit)
    imported = read.readings.import_of(one.frame_id)
    return OpenCase(
        round=one,
        case=case,
        cases=read.readings.cases(one.id),
        rubric=rubric_of(read.lists, one),
        unit=unit,
        known=case_values(one.cohort, unit.attributes),
        facts=facts_of(one.cohort, unit.attributes),
        file=read.readings.case_file(imported, unit.child, cohort=one.cohort),
        audit=audit,
        answers=read.readings.answers_of([audit.id])[audit.id],
        yours=yours,
        recovered=recovered,
    )


def glance_at(
    source: Source, case_id: int, *, auditor: str, now: datetime
) -> OpenCase | None:
    """Return a case as :func:`case_audit.services.audit.open_case` will open it.

    Nothing is written: an audit that is to be begun has the number 0, and texts that
    were being typed are in the answers, but not kept there. Findings are missing.

    Args:
        source: An open database, or a glance into one.
        case_id: The case.
        auditor: Who is going to open it.
        now: The time it will be opened with, for the record.

    Returns:
        ``None`` where opening it would be refused: that tells why.
    """
    with source.read() as read:
        case = read.readings.case(case_id)
        one = read.lists.round(case.round_id)
        audit = read.readings.audit_of_case(case_id)
        idle = is_idle(one, case)
        if audit is None:
            (listed,) = read.lists.cases(one.id, [case.number])
            others = listed.given_to and not same_person(listed.given_to, auditor)
            if idle or others:
                return None
            audit = _to_begin(case_id, auditor=auditor, at_utc=utc(now))
        yours = audit.auditor == auditor and audit.state == OPEN and not idle
        found = read_case(read, audit, yours=yours)
        if not found.domains:
            return None
        drafts = read.readings.drafts(audit.id) if yours else []
    answers, recovered = found.answers, 0
    for draft in drafts:
        changed = with_draft(answers, draft)
        if changed is not None:
            kept = as_kept(changed, by=audit.auditor, at=utc(now))
            answers = answers.with_answer(kept)
            recovered += 1
    return replace(found, answers=answers, recovered=recovered)


def with_draft(answers: Answers, draft: Draft) -> Answer | None:
    """Return an answer with what was being typed; ``None`` if it says that already."""
    answer = answers.get(draft.part, draft.subject)
    if draft.field == "evidence":
        changed = replace(answer, evidence=draft.text)
    else:
        changed = replace(answer, rationale=draft.text)
    return None if changed == answer else changed


def as_kept(answer: Answer, *, by: str, at: str) -> Answer:
    """Return an answer as its next revision.

    Hidden characters become visible: databases and terminals do not take them.

    Args:
        answer: As it is to be, with the revision it was based on.
        by: Who gives it.
        at: When, ISO time in UTC.
    """
    return replace(
        answer,
        rationale=visible(answer.rationale),
        evidence=visible(answer.evidence),
        auditor=by,
        at_utc=at,
        revision=answer.revision + 1,
    )


def is_idle(one: RoundHead, case: Case) -> bool:
    """Whether a case is not audited any more: replaced, or its round is closed."""
    return bool(one.closed_utc) or not case.stands


def _to_begin(case_id: int, *, auditor: str, at_utc: str) -> Audit:
    """Return the audit of a case as it is begun, without its number."""
    return Audit(
        id=0,
        case_id=case_id,
        state=OPEN,
        auditor=auditor,
        started_utc=at_utc,
        submitted_utc="",
        place="",
        computed="",
    )
