"""Audits go out as a file, and come in from one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from case_audit.core.allocation.people import same_person
from case_audit.core.audit.computed import computed_text
from case_audit.core.audit.gaps import find_gaps
from case_audit.core.audit.imported import checked_audits, subjects_of
from case_audit.core.audit.judge import judge
from case_audit.core.audit.model import Answers
from case_audit.core.rubric.canonical import rubric_from_text
from case_audit.errors import AuditLinesError, NoRoundsError
from case_audit.exchange.audits.mapping import read_audit_mapping
from case_audit.exchange.audits.reading import read_audit_file
from case_audit.exchange.case_values import case_values
from case_audit.security.sealed_log import content_digest
from case_audit.services.standing import refuse_closed
from case_audit.services.times import utc

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from case_audit.core.audit.imported import ImportedAudit, LineProblem
    from case_audit.core.audit.model import Answer
    from case_audit.core.rubric.model import Rubric
    from case_audit.core.sample.round import Case, Round
    from case_audit.exchange.audits.reading import AuditFile
    from case_audit.services.database import Database
    from case_audit.store.unit_of_work import UnitOfWork

NOT_ASKED_YET = ("not yet assessed", "your grade is not given yet")
"""What keeps an imported audit from being submitted; texts do not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditImport:
    """What an import of audits did.

    Attributes:
        round: Name of the round.
        file: Name of the file.
        sha256: Its digest.
        audits: Audits that are new.
        answers: Their answers.
        submitted: How many of them are whole, and so are submitted.
        there: Audits that were there already, just so.
        left_out: Answers that the mapping leaves out.
        unread: Columns that were not read.
        notes: What was unusual about the file.
        kept: Whether it is in the database; a trial is not.
    """

    round: str
    file: str
    sha256: str
    audits: int
    answers: int
    submitted: int
    there: int
    left_out: int
    unread: tuple[str, ...]
    notes: tuple[str, ...]
    kept: bool


def round_of(uow: UnitOfWork, name: str | None) -> Round:
    """Return a round by name, or the newest that was drawn here.

    Raises:
        UnknownRoundError: If there is no such round.
        NoRoundsError: If there is none at all.
    """
    if name is not None:
        return uow.rounds.named(name)
    rounds = uow.rounds.rounds()
    if not rounds:
        raise NoRoundsError
    return rounds[0]


def read_audits(
    path: Path, mapping: Path | None, rubric: Rubric, cohort: str
) -> AuditFile:
    """Read a file of audits with a mapping that fits the rubric.

    Raises:
        MappingError: If the mapping is not as it should be.
        TableError: If the file is not.
    """
    known = read_audit_mapping(mapping) if mapping else None
    if known:
        known.refuse_unknown(subjects_of(rubric, cohort))
    return read_audit_file(path, known)


def import_audits(
    database: Database,
    path: Path,
    *,
    name: str | None,
    by: str,
    now: datetime,
    mapping: Path | None = None,
    keep: bool = True,
) -> AuditImport:
    """Import audits into a round; everything is kept or nothing is.

    An audit whose criteria all have an answer is submitted, another one is left
    open. One that is there already, with the same auditor and the same answers, is
    left as it is.

    Args:
        database: Where the round is.
        path: The file.
        name: The round; the newest without one.
        by: Who imports.
        now: The time, for the record.
        mapping: The file's columns and words.
        keep: ``False`` reads and reports the same, and keeps nothing.

    Raises:
        AuditLinesError: If lines cannot be taken; names them all.
        ClosedRoundError: If the round is closed and there is something new.
        CaseAuditError: If the file or the mapping cannot be read.
    """
    with database.write() as uow:
        one = round_of(uow, name)
        rubric = rubric_from_text(uow.registry.rubric_text(one.rubric_digest))
        found = read_audits(path, mapping, rubric, one.cohort)
        taking = _Taking(uow, one, rubric)
        audits = taking.checked(found, file=path.name, now_utc=utc(now))
        new = taking.new(audits, file=path.name)
        if new:
            refuse_closed(one)
        submitted = sum(taking.keep(audit, at=utc(now)) for audit in new)
        if new:
            _log(uow, "import audits", one, found.sha256, by=by, at=utc(now))
        if keep:
            uow.commit()
    return AuditImport(
        round=one.name,
        file=path.name,
        sha256=found.sha256,
        audits=len(new),
        answers=sum(len(audit.answers) for audit in new),
        submitted=submitted,
        there=len(audits) - len(new),
        left_out=found.left_out,
        unread=found.unread,
        notes=found.notes,
        kept=keep and bool(new),
    )


class _Taking:
    """Takes audits into a round."""

    def __init__(self, uow: UnitOfWork, one: Round, rubric: Rubric) -> None:
        self._uow = uow
        self._round = one
        self._rubric = rubric
        self._cases: dict[int, Case] = {
            case.number: case for case in uow.rounds.cases(one.id) if case.stands
        }
        self._known: dict[int, Mapping[str, str]] = {}

    def checked(
        self, found: AuditFile, *, file: str, now_utc: str
    ) -> list[ImportedAudit]:
        """Return the audits of a file, or refuse it with all that is wrong."""
        audits, problems = checked_audits(
            found.lines,
            subjects=subjects_of(self._rubric, self._round.cohort),
            cases={case.unit: case.number for case in self._cases.values()},
            unasked=self._unasked(),
            now_utc=now_utc,
        )
        refuse_problems(file, [*found.problems, *problems])
        return audits

    def new(self, audits: Sequence[ImportedAudit], *, file: str) -> list[ImportedAudit]:
        """Return those that are not there yet; refuse those that are, and differ."""
        new, differ = [], []
        for audit in audits:
            there = self._uow.audits.of_case(
                self._cases[audit.number].id, role=audit.role
            )
            if there is None:
                new.append(audit)
            elif not same_person(there.auditor, audit.auditor):
                differ.append((audit.line, "auditor", _BY_ANOTHER))
            elif not _same(audit.answers, self._uow.audits.answers(there.id)):
                differ.append((audit.line, "grade", _OTHERWISE))
        if differ:
            raise AuditLinesError(file, differ)
        return new

    def keep(self, audit: ImportedAudit, *, at: str) -> bool:
        """Keep an audit; whether it is whole, and so is submitted."""
        case = self._cases[audit.number]
        said = audit.submitted_utc or at
        kept = self._uow.audits.begin(
            case.id, auditor=audit.auditor, at_utc=said, role=audit.role
        )
        self._uow.audits.add_answers(
            kept.id,
            (
                replace(a, auditor=audit.auditor, at_utc=said, revision=1)
                for a in audit.answers
            ),
        )
        known = self._known_of(case)
        answers = Answers({(a.part, a.subject): a for a in audit.answers})
        cohort = self._round.cohort
        if self._whole(answers, known):
            found = judge(self._rubric, cohort=cohort, answers=answers, known=known)
            self._uow.audits.submit(kept.id, at_utc=said, computed=computed_text(found))
            return True
        return False

    def _whole(self, answers: Answers, known: Mapping[str, str]) -> bool:
        gaps = find_gaps(
            self._rubric, cohort=self._round.cohort, answers=answers, known=known
        )
        return not any(gap.what in NOT_ASKED_YET for gap in gaps)

    def _known_of(self, case: Case) -> Mapping[str, str]:
        if case.number not in self._known:
            unit = self._uow.frames.unit(self._round.frame_id, case.unit)
            self._known[case.number] = case_values(self._round.cohort, unit.attributes)
        return self._known[case.number]

    def _unasked(self) -> dict[int, frozenset[str]]:
        if not any(criterion.applies for criterion in self._rubric.criteria()):
            return {}
        every = {
            c.id
            for d in self._rubric.domains_for(self._round.cohort)
            for c in d.criteria
        }
        return {
            number: frozenset(every - self._asked(case))
            for number, case in self._cases.items()
        }

    def _asked(self, case: Case) -> set[str]:
        domains = self._rubric.domains_for(self._round.cohort, self._known_of(case))
        return {criterion.id for domain in domains for criterion in domain.criteria}


_BY_ANOTHER = "there is an audit of this case in this role, by another person"
_OTHERWISE = "there is an audit of this case in this role, with other answers"


def refuse_problems(file: str, problems: Sequence[LineProblem]) -> None:
    """Refuse a file with everything that is wrong with it, by line.

    Raises:
        AuditLinesError: If anything is.
    """
    if problems:
        told = sorted((one.line, one.column, one.problem) for one in problems)
        raise AuditLinesError(file, told)


def _same(given: Sequence[Answer], there: Answers) -> bool:
    """Whether answers stand there as given; texts that the file lacks do not count."""
    for answer in given:
        old = there.get(answer.part, answer.subject)
        texts = ((answer.rationale, old.rationale), (answer.evidence, old.evidence))
        if answer.value != old.value or any(new not in ("", was) for new, was in texts):
            return False
    return True


def _log(
    uow: UnitOfWork, action: str, one: Round, digest: str, *, by: str, at: str
) -> None:
    uow.registry.log(
        at_utc=at,
        actor=by,
        action=action,
        subject=f"round {one.id}",
        content=content_digest([one.name, digest]),
    )
