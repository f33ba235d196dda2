"""Earlier audits, from before the program came, become a closed round."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from case_audit.core.audit.computed import computed_text
from case_audit.core.audit.earlier import judge_earlier
from case_audit.core.audit.imported import checked_audits, subjects_of
from case_audit.core.audit.model import Answers
from case_audit.core.frame.model import (
    ALL,
    Frame,
    FrameUnit,
    Source,
    canonical_unit,
)
from case_audit.core.rubric.canonical import rubric_digest, rubric_text
from case_audit.core.sample.history import (
    History,
    read_history,
    refuse_unsound,
    write_history,
)
from case_audit.core.sample.round import HISTORY, Round
from case_audit.errors import WrongCohortError
from case_audit.security.sealed_log import content_digest
from case_audit.services.audit_files import AuditImport, read_audits, refuse_problems
from case_audit.services.beside import refuse_name
from case_audit.services.counts import count_audits
from case_audit.services.database import decide_kind
from case_audit.services.times import utc

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from case_audit.core.audit.imported import ImportedAudit
    from case_audit.core.rubric.model import Rubric
    from case_audit.exchange.audits.reading import AuditFile
    from case_audit.services.database import Database
    from case_audit.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What is said of earlier audits.

    Attributes:
        name: Name the round is to get.
        cohort: Whose cases.
        rubric: What their criteria and grades are, or are mapped to.
        as_at: The date they speak of.
        population: Cases there were to choose from; 0 where nobody knows.
        at_random: Whether the council states that they were drawn at random.
        invented: Whether the cases are invented, for practice.
        mapping: The file's columns and words.
    """

    name: str
    cohort: str
    rubric: Rubric
    as_at: date
    population: int = 0
    at_random: bool = False
    invented: bool = False
    mapping: Path | None = None


def import_history(
    database: Database,
    path: Path,
    earlier: Earlier,
    *,
    by: str,
    now: datetime,
    version: str,
    keep: bool = True,
) -> AuditImport:
    """Import earlier audits as a closed round; everything is kept or nothing is.

    There is no frame and no draw: the cases are those of the file, numbered in its
    order, and what the council states of their draw is kept as stated.

    Args:
        database: Where to.
        path: The file.
        earlier: What is said of it.
        by: Who imports.
        now: The time, for the record.
        version: Version of the program.
        keep: ``False`` reads and reports the same, and keeps nothing.

    Raises:
        AuditLinesError: If lines cannot be taken; names them all.
        NoPopulationError: If a random draw is stated without what it was from.
        SmallPopulationError: If there were fewer cases than audited ones.
        RoundExistsError: If the name is taken, but for the same file again.
        MixedDataError: If invented and real cases would be mixed.
        WrongCohortError: If the rubric is not meant for the cohort.
        CaseAuditError: If the file or the mapping cannot be read.
    """
    found = _read(path, earlier)
    units = _units(found)
    audits = _checked(path, earlier, found, units, now_utc=utc(now))
    with database.write() as uow:
        there = _there(uow, earlier.name, found.sha256)
        if not there:
            refuse_name(uow, earlier.name)
            decide_kind(uow, synthetic=earlier.invented or found.invented)
            history = _record(path, found, earlier, len(units), by, utc(now), version)
            _keep(uow, history, earlier, tuple(units), audits)
            if keep:
                uow.commit()
    new = () if there else tuple(audits)
    return AuditImport(
        round=earlier.name,
        file=path.name,
        sha256=found.sha256,
        audits=len(new),
        answers=sum(len(audit.answers) for audit in new),
        submitted=len(new),
        there=len(audits) - len(new),
        left_out=found.left_out,
        unread=found.unread,
        notes=found.notes,
        kept=keep and not there,
    )


def _read(path: Path, earlier: Earlier) -> AuditFile:
    rubric, cohort = earlier.rubric, earlier.cohort
    if cohort not in rubric.cohorts:
        raise WrongCohortError(rubric.id, cohort=cohort, meant_for=rubric.cohorts)
    return read_audits(path, earlier.mapping, rubric, cohort)


def _checked(
    path: Path,
    earlier: Earlier,
    found: AuditFile,
    units: Mapping[str, int],
    *,
    now_utc: str,
) -> list[ImportedAudit]:
    audits, problems = checked_audits(
        found.lines,
        subjects=subjects_of(earlier.rubric, earlier.cohort),
        cases=units,
        unasked={},
        now_utc=now_utc,
    )
    refuse_problems(path.name, [*found.problems, *problems])
    refuse_unsound(
        audited=len(units), population=earlier.population, at_random=earlier.at_random
    )
    return audits


def _units(found: AuditFile) -> dict[str, int]:
    """Number the units of a file in its order; what is none is left to the check."""
    units: dict[str, int] = {}
    for line in found.lines:
        try:
            units.setdefault(canonical_unit(line.unit), len(units) + 1)
        except ValueError:
            continue
    return units


def _there(uow: UnitOfWork, name: str, sha256: str) -> bool:
    """Whether the same file was imported under that name."""
    return any(
        one.purpose == HISTORY
        and one.name == name
        and read_history(one.manifest).sha256 == sha256
        for one in uow.rounds.rounds()
    )


def _record(
    path: Path,
    found: AuditFile,
    earlier: Earlier,
    audited: int,
    by: str,
    at: str,
    version: str,
) -> History:
    return History(
        name=earlier.name,
        cohort=earlier.cohort,
        as_at=earlier.as_at.isoformat(),
        audited=audited,
        population=earlier.population,
        at_random=earlier.at_random,
        file=path.name,
        sha256=found.sha256,
        imported_utc=at,
        imported_by=by,
        version=version,
    )


def _keep(
    uow: UnitOfWork,
    history: History,
    earlier: Earlier,
    units: Sequence[str],
    audits: Sequence[ImportedAudit],
) -> None:
    at, record = history.imported_utc, write_history(history)
    digest = rubric_digest(earlier.rubric)
    text = rubric_text(earlier.rubric)
    uow.registry.keep_rubric(earlier.rubric, digest=digest, text=text)
    round_id = uow.rounds.add(
        Round(
            id=0,
            name=history.name,
            frame_id=_keep_list(uow, history, earlier, units),
            cohort=history.cohort,
            rubric_digest=digest,
            manifest=record,
            drawn_utc=at,
            drawn_by=history.imported_by,
            purpose=HISTORY,
        )
    )
    for unit in units:
        uow.rounds.add_case(round_id, unit, stratum=ALL, state="drawn")
    ids = {case.number: case.id for case in uow.rounds.cases(round_id)}
    for audit in audits:
        _keep_audit(uow, ids[audit.number], audit, earlier, at=at)
    one, first = uow.rounds.round(round_id), uow.outcomes.submitted(round_id)
    count_audits(uow, one, earlier.rubric, first)
    uow.rounds.set_closed(round_id, at)
    uow.registry.log(
        at_utc=at,
        actor=history.imported_by,
        action="import history",
        subject=f"round {round_id}",
        content=content_digest(record),
    )


def _keep_list(
    uow: UnitOfWork, history: History, earlier: Earlier, units: Sequence[str]
) -> int:
    """Keep the cases as a list that is no frame; returns its number."""
    import_id = uow.frames.add_import(
        Source(
            kind=HISTORY,
            name=history.file,
            sha256=history.sha256,
            as_at=history.as_at,
            imported_utc=history.imported_utc,
            imported_by=history.imported_by,
            synthetic=uow.registry.kind() == "practice",
        )
    )
    cases = tuple(FrameUnit(unit=unit, attributes={}) for unit in units)
    listed = Frame(cohort=history.cohort, as_at=earlier.as_at, units=cases)
    return uow.frames.add_frame(import_id, listed)


def _keep_audit(
    uow: UnitOfWork, case_id: int, audit: ImportedAudit, earlier: Earlier, *, at: str
) -> None:
    said = audit.submitted_utc or at
    kept = uow.audits.begin(
        case_id, auditor=audit.auditor, at_utc=said, role=audit.role
    )
    answers = [
        replace(a, auditor=audit.auditor, at_utc=said, revision=1)
        for a in audit.answers
    ]
    uow.audits.add_answers(kept.id, answers)
    found = judge_earlier(
        earlier.rubric,
        cohort=earlier.cohort,
        answers=Answers({(a.part, a.subject): a for a in answers}),
    )
    uow.audits.submit(kept.id, at_utc=said, computed=computed_text(found))
