"""Import lists and show the frames they make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from case_audit.core.frame.build import FrameBuilder
from case_audit.core.frame.cohorts import cohort
from case_audit.core.frame.model import Source
from case_audit.core.rubric.applies import evaluate, unknown_fields
from case_audit.core.rubric.applies_text import parse
from case_audit.core.rubric.applies_words import describe, text_of
from case_audit.core.sample.draw import stratum_of
from case_audit.errors import MixedFilesError, UnknownStratumError
from case_audit.exchange.annex_a.read import WorkbookStream
from case_audit.exchange.annex_a.spec import label
from case_audit.exchange.case_fields import case_fields, case_labels, case_values
from case_audit.exchange.case_files import read_case_files
from case_audit.exchange.extras import read_extras
from case_audit.security.sealed_log import content_digest
from case_audit.services.database import decide_kind, utc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from case_audit.core.frame.model import (
        Frame,
        FrameUnit,
        Problem,
        Record,
        StoredFrame,
    )
    from case_audit.exchange.annex_a.problems import ProblemCount
    from case_audit.exchange.annex_a.read import Progress, WorkbookReading
    from case_audit.exchange.extras import ExtrasReading
    from case_audit.services.database import Database
    from case_audit.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """What a lead imports together.

    Attributes:
        workbook: The Annex A workbook.
        extras: Further columns by child, CSV.
        cases: Children's documents, JSON Lines.
    """

    workbook: Path
    extras: Path | None = None
    cases: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import did.

    Attributes:
        file: Name of the workbook.
        reading: How it was read.
        as_at: The date the frames describe, ISO.
        frames: The frames it gave.
        documents: Documents of children's files.
        extras: Columns that came from the extra file.
        problems: Every problem that is told one by one.
        problem_counts: Every kind of problem with its exact count.
        kept: Whether it is in the database; a trial is not.
        again: Whether the same file was imported before.
    """

    file: str
    reading: WorkbookReading
    as_at: str
    frames: tuple[Frame, ...]
    documents: int
    extras: tuple[str, ...]
    problems: tuple[Problem, ...]
    problem_counts: tuple[ProblemCount, ...]
    kept: bool
    again: bool


def import_files(
    database: Database,
    files: Files,
    *,
    as_at: date,
    imported_by: str,
    now: datetime,
    keep: bool = True,
    each: int | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> ImportReport:
    """Import a workbook; everything is kept or nothing is.

    Args:
        database: Where to.
        files: What.
        as_at: The date the lists describe.
        imported_by: Who imports.
        now: The time, for the record.
        keep: ``False`` reads and reports the same, and keeps nothing.
        each: Problems of one kind to report one by one; ``None`` for all.
        on_progress: Called while rows are read.

    Raises:
        CaseAuditError: One of the errors of :mod:`case_audit.exchange.annex_a`
            or :mod:`case_audit.exchange.extras` if a file cannot be used, or
            MixedDataError if invented and real data would be mixed. Nothing is
            changed then.
    """
    extras = read_extras(files.extras, each=each) if files.extras else None
    builder = FrameBuilder(as_at=as_at)
    with (
        database.write() as uow,
        WorkbookStream(files.workbook, on_progress=on_progress, each=each) as stream,
    ):
        source = _source(files, as_at=as_at, by=imported_by, at=utc(now))
        import_id = uow.frames.add_import(source)
        uow.frames.add_records(import_id, _seen(stream, builder))
        reading = stream.reading()
        again = reading.sha256 in {s.sha256 for _, s in uow.frames.imports()}
        _complete(uow, import_id, reading)
        frames = tuple(builder.frames(extras.rows if extras else {}))
        for frame in frames:
            uow.frames.add_frame(import_id, frame)
        documents = _documents(uow, import_id, files, synthetic=reading.synthetic)
        _log(uow, import_id, source, [reading.sha256, *(f.digest for f in frames)])
        if keep:
            uow.commit()
    return _report(
        files,
        reading,
        extras,
        frames=frames,
        as_at=as_at,
        documents=documents,
        kept=keep,
        again=again,
    )


def _complete(uow: UnitOfWork, import_id: int, reading: WorkbookReading) -> None:
    decide_kind(uow, synthetic=reading.synthetic)
    uow.frames.complete_import(
        import_id, sha256=reading.sha256, synthetic=reading.synthetic
    )


def _log(uow: UnitOfWork, import_id: int, source: Source, content: list[str]) -> None:
    uow.registry.log(
        at_utc=source.imported_utc,
        actor=source.imported_by,
        action="import",
        subject=f"import {import_id}",
        content=content_digest(content),
    )


def date_of(files: Files) -> date | None:
    """Return the date the children's files say they describe, if there are any.

    Raises:
        CaseFilesError: If they cannot be read.
    """
    if files.cases is None:
        return None
    with read_case_files(files.cases) as found:
        return found.manifest.as_at


def _seen(stream: WorkbookStream, builder: FrameBuilder) -> Iterator[Record]:
    for record in stream:
        builder.add(record)
        yield record


def _source(files: Files, *, as_at: date, by: str, at: str) -> Source:
    """Return the source as far as it is known before the file was read."""
    return Source(
        kind="annex_a",
        name=files.workbook.name,
        sha256="",
        as_at=as_at.isoformat(),
        imported_utc=at,
        imported_by=by,
        synthetic=False,
    )


def _documents(
    uow: UnitOfWork, import_id: int, files: Files, *, synthetic: bool
) -> int:
    if files.cases is None:
        return 0
    with read_case_files(files.cases) as found:
        if found.synthetic != synthetic:
            raise MixedFilesError(files.workbook.name, files.cases.name)
        return uow.frames.add_documents(import_id, found)


def _report(
    files: Files,
    reading: WorkbookReading,
    extras: ExtrasReading | None,
    *,
    frames: tuple[Frame, ...],
    as_at: date,
    documents: int,
    kept: bool,
    again: bool,
) -> ImportReport:
    return ImportReport(
        file=files.workbook.name,
        reading=reading,
        as_at=as_at.isoformat(),
        frames=frames,
        documents=documents,
        extras=tuple(extras.columns) if extras else (),
        problems=(*reading.problems, *(extras.problems if extras else ())),
        problem_counts=(
            *reading.problem_counts,
            *(extras.problem_counts if extras else ()),
        ),
        kept=kept,
        again=again,
    )


def list_frames(database: Database) -> list[StoredFrame]:
    """Return every frame: newest import first, then in the cohorts' order."""
    with database.read() as uow:
        return uow.frames.frames()


@dataclass(frozen=True, slots=True, kw_only=True)
class FramePage:
    """A frame with what it can be stratified by.

    Attributes:
        frame: The frame.
        values: How many units have each value, by attribute; a unit without
            the attribute counts under ``"not recorded"``.
    """

    frame: StoredFrame
    values: dict[str, dict[str, int]]


def show_frame(database: Database, cohort_id: str) -> FramePage:
    """Return the newest frame of a cohort and its possible strata.

    Raises:
        UnknownFrameError: If nothing of that cohort was imported.
    """
    with database.read() as uow:
        frame = uow.frames.newest(cohort_id)
        units = list(uow.frames.units(frame.id))
    values: dict[str, dict[str, int]] = {}
    for key in strata_keys(cohort_id, units):
        counts: dict[str, int] = {}
        for unit in units:
            name = stratum_of(unit.attributes, (key,))
            counts[name] = counts.get(name, 0) + 1
        values[key] = dict(sorted(counts.items()))
    return FramePage(frame=frame, values=values)


def export_frame(
    database: Database, cohort_id: str, *, strata: tuple[str, ...]
) -> list[tuple[str, str]]:
    """Return unit and stratum of each unit of the newest frame of a cohort.

    Raises:
        UnknownFrameError: If nothing of that cohort was imported.
        UnknownStratumError: If the frame has no such attribute.
    """
    with database.read() as uow:
        units = list(uow.frames.units(uow.frames.newest(cohort_id).id))
    refuse_unknown(cohort_id, units, strata)
    return [(unit.unit, stratum_of(unit.attributes, strata)) for unit in units]


def condition_text(cohort_id: str, expression: str) -> str:
    """Return a condition on units in its one written form.

    Args:
        cohort_id: The units' cohort, which says what is known of them.
        expression: As it was typed, for example ``age >= 16``.

    Raises:
        ExpressionError: If it cannot be understood, or speaks of what is not
            known of the cohort; says where, and what may have been meant.
    """
    return text_of(parse(expression, case_fields((cohort_id,))))


def filtered(
    units: Iterable[FrameUnit], expression: str, *, cohort: str
) -> tuple[list[FrameUnit], dict[str, list[str]]]:
    """Part units by a condition.

    A unit of which the condition cannot be answered, because a value is not
    known, is left out under a reason of its own: not known is not no.

    Args:
        units: The units of one frame.
        expression: A condition on their attributes, for example ``age >= 16 and
            team == "North"``; further columns of an authority are ``extra.NAME``.
        cohort: Their cohort.

    Returns:
        The units that meet it, and the others by reason, both in the order given.

    Raises:
        ExpressionError: As :func:`condition_text` does, before any unit is read.
    """
    wanted = parse(expression, case_fields((cohort,)))
    labels = case_labels((cohort,))
    unmet = f"does not meet the filter: {describe(wanted, labels)}"
    kept: list[FrameUnit] = []
    left_out: dict[str, list[str]] = {}
    for unit in units:
        values = case_values(cohort, unit.attributes)
        holds = evaluate(wanted, values)
        if holds:
            kept.append(unit)
            continue
        rule = unmet
        if holds is None:
            fields = unknown_fields(wanted, values)
            unknown = ", ".join(labels.get(field, field) for field in fields)
            rule = f"the filter cannot be answered, not known: {unknown}"
        left_out.setdefault(rule, []).append(unit.unit)
    return kept, left_out


def strata_keys(cohort_id: str, units: Sequence[FrameUnit]) -> list[str]:
    """Return the attributes that a frame can be stratified by."""
    shown_only = {a.key for a in cohort(cohort_id).attributes if not a.stratum}
    found = {key for unit in units for key in unit.attributes}
    return sorted(found - shown_only)


def refuse_unknown(
    cohort_id: str, units: Sequence[FrameUnit], strata: tuple[str, ...]
) -> None:
    """Refuse to stratify by what the frame does not have.

    Raises:
        UnknownStratumError: Names the first such attribute and the known ones.
    """
    known = strata_keys(cohort_id, units)
    for key in strata:
        if key not in known:
            raise UnknownStratumError(key, known=known)


def facts_of(
    cohort_id: str, attributes: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """Return what is known of a unit in words: label and value.

    The cohort's attributes come in its order with their codes in words, further
    ones (from an extra file) after them.
    """
    known = {a.key: a for a in cohort(cohort_id).attributes}
    found = [
        (a.label, label(a.codes, attributes[key]) if a.codes else attributes[key])
        for key, a in known.items()
        if key in attributes
    ]
    found += [
        (key.removeprefix("x_").replace("_", " ").capitalize(), value)
        for key, value in attributes.items()
        if key not in known
    ]
    return tuple(found)
