"""Import lists, from whatever source they come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from case_audit.core.frame.build import FrameBuilder
from case_audit.core.frame.model import Beside, Source
from case_audit.errors import MixedFilesError
from case_audit.exchange.case_files import read_case_files
from case_audit.exchange.detect import AUTO, NAMES, described, open_source, recognise
from case_audit.exchange.extras import read_extras
from case_audit.security.sealed_log import content_digest
from case_audit.services.database import decide_kind
from case_audit.services.times import utc
from case_audit.services.working_days import working_days_between

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime
    from pathlib import Path

    from case_audit.core.frame.model import Frame, Problem, Record
    from case_audit.exchange.annex_a.problems import ProblemCount
    from case_audit.exchange.detect import Recognised
    from case_audit.exchange.extras import ExtrasReading
    from case_audit.exchange.reading import OnProgress, Reading, RecordSource
    from case_audit.services.database import Database
    from case_audit.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """What a lead imports together.

    Attributes:
        lists: The file or folder with the lists, of any kind that is understood.
        kind: What it is, to overrule what would be found; ``auto`` for neither.
        extras: Further columns by child, CSV.
        cases: Children's documents, JSON Lines.
        mapping: Which column is which, for a table.
    """

    lists: Path
    kind: str = AUTO
    mapping: Path | None = None
    extras: Path | None = None
    cases: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """What is to be imported, once it is known what it is.

    Attributes:
        found: What the lists are.
        extras: Further columns by child, CSV.
        cases: Children's documents, JSON Lines.
    """

    found: Recognised
    extras: Path | None = None
    cases: Path | None = None

    @property
    def date(self) -> date | None:
        """The date that the files say they describe, if they do.

        Raises:
            CaseFilesError: If the children's documents cannot be read.
        """
        if self.cases is None:
            return described(self.found)
        with read_case_files(self.cases) as found:
            return found.manifest.as_at


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import did.

    Attributes:
        file: Name of the file or folder.
        kind: What it was recognised as.
        kind_words: The same in words.
        why: How that was seen.
        reading: How it was read.
        as_at: The date the frames describe, ISO.
        frames: The frames it gave.
        documents: Documents of children's files.
        extras: Columns that came from the extra file.
        problems: Every problem that is told one by one.
        problem_counts: Every kind of problem with its exact count.
        kept: Whether it is in the database; a trial is not.
        again: Whether the same file was imported before, by the same mapping if
            it is a table.
    """

    file: str
    kind: str
    kind_words: str
    why: str
    reading: Reading
    as_at: str
    frames: tuple[Frame, ...]
    documents: int
    extras: tuple[str, ...]
    problems: tuple[Problem, ...]
    problem_counts: tuple[ProblemCount, ...]
    kept: bool
    again: bool


def look_at(files: Files) -> Import:
    """Find out what files are, before anything is read.

    What lies beside the lists in a folder of synthetic files is imported with
    them, unless other files are named.

    Raises:
        NotUnderstoodError: If it is none of what is understood.
        WrongKindError: If there is no such kind.
    """
    found = recognise(files.lists, kind=files.kind, mapping=files.mapping)
    return Import(
        found=found,
        extras=files.extras or found.extras,
        cases=files.cases or found.cases,
    )


def import_files(
    database: Database,
    files: Files | Import,
    *,
    as_at: date,
    imported_by: str,
    now: datetime,
    keep: bool = True,
    each: int | None = None,
    on_progress: OnProgress | None = None,
) -> ImportReport:
    """Import lists; everything is kept or nothing is.

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
        CaseAuditError: If a file cannot be used, or MixedDataError if invented
            and real data would be mixed. Nothing is changed then.
    """
    what = look_at(files) if isinstance(files, Files) else files
    extras = read_extras(what.extras, each=each) if what.extras else None
    builder = FrameBuilder(as_at=as_at, working_days=working_days_between)
    with (
        database.write() as uow,
        _opened(what, as_at, on_progress, each) as stream,
    ):
        source = _source(what.found, as_at=as_at, by=imported_by, at=utc(now))
        import_id = uow.frames.add_import(source)
        uow.frames.add_records(import_id, _seen(stream, builder))
        reading = stream.reading()
        beside = _beside(what, reading, extras)
        again = _seen_before(uow, reading.sha256, beside)
        _complete(uow, import_id, reading, beside)
        frames = _framed(uow, import_id, builder, extras)
        documents = _documents(uow, import_id, what, synthetic=reading.synthetic)
        _log(uow, import_id, source, [reading.sha256, *(f.digest for f in frames)])
        if keep:
            uow.commit()
    return _report(
        what,
        reading,
        extras,
        frames=frames,
        as_at=as_at,
        documents=documents,
        kept=keep,
        again=again,
    )


def _beside(
    what: Import, reading: Reading, extras: ExtrasReading | None
) -> list[Beside]:
    """Return what was read beside the lists and shaped what came of them."""
    found = [Beside("mapping", *reading.mapping)] if reading.mapping else []
    if what.extras and extras:
        found.append(Beside("extras", what.extras.name, extras.sha256))
    return found


def _seen_before(uow: UnitOfWork, sha256: str, beside: list[Beside]) -> bool:
    """Whether the same file was imported, by the same mapping if it has one."""
    mappings = [one.sha256 for one in beside if one.role == "mapping"]
    return any(
        source.sha256 == sha256
        and mappings == ([source.mapping.sha256] if source.mapping else [])
        for _, source in uow.frames.imports()
    )


def _opened(
    what: Import, as_at: date, on_progress: OnProgress | None, each: int | None
) -> RecordSource:
    return open_source(what.found, as_at=as_at, on_progress=on_progress, each=each)


def _seen(stream: RecordSource, builder: FrameBuilder) -> Iterator[Record]:
    for record in stream:
        builder.add(record)
        yield record


def _framed(
    uow: UnitOfWork, import_id: int, builder: FrameBuilder, extras: ExtrasReading | None
) -> tuple[Frame, ...]:
    rows = extras.rows if extras else {}
    uow.frames.add_extras(import_id, rows)
    frames = tuple(builder.frames(rows))
    for frame in frames:
        uow.frames.add_frame(import_id, frame)
    return frames


def _source(found: Recognised, *, as_at: date, by: str, at: str) -> Source:
    """Return the source as far as it is known before the file was read."""
    return Source(
        kind=found.kind,
        name=found.path.name,
        sha256="",
        as_at=as_at.isoformat(),
        imported_utc=at,
        imported_by=by,
        synthetic=False,
    )


def _complete(
    uow: UnitOfWork, import_id: int, reading: Reading, beside: list[Beside]
) -> None:
    decide_kind(uow, synthetic=reading.synthetic)
    uow.frames.complete_import(
        import_id, sha256=reading.sha256, synthetic=reading.synthetic, beside=beside
    )


def _documents(
    uow: UnitOfWork, import_id: int, what: Import, *, synthetic: bool
) -> int:
    if what.cases is None:
        return 0
    with read_case_files(what.cases) as found:
        if found.synthetic != synthetic:
            raise MixedFilesError(what.found.path.name, what.cases.name)
        return uow.frames.add_documents(import_id, found)


def _log(uow: UnitOfWork, import_id: int, source: Source, content: list[str]) -> None:
    uow.registry.log(
        at_utc=source.imported_utc,
        actor=source.imported_by,
        action="import",
        subject=f"import {import_id}",
        content=content_digest(content),
    )


def _report(
    what: Import,
    reading: Reading,
    extras: ExtrasReading | None,
    *,
    frames: tuple[Frame, ...],
    as_at: date,
    documents: int,
    kept: bool,
    again: bool,
) -> ImportReport:
    return ImportReport(
        file=what.found.path.name,
        kind=what.found.kind,
        kind_words=NAMES[what.found.kind],
        why=what.found.why,
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
