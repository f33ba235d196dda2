"""Imports, their rows, the frames made from them, and the children's files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlmodel import col, select

from case_audit.core.frame.definition import definition_from_text, definition_text
from case_audit.core.frame.model import (
    Beside,
    Excluded,
    FrameUnit,
    Record,
    Source,
    StoredFrame,
)
from case_audit.errors import UnknownFrameError
from case_audit.store.bulk import CHUNK, bulk_load
from case_audit.store.json_text import json_text as _json
from case_audit.store.keys import made
from case_audit.store.tables.frame import (
    DocumentRow,
    ExtraRow,
    FrameRow,
    FrameUnitRow,
    ImportRow,
    RecordRow,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlmodel import Session

    from case_audit.core.frame.case_file import CaseFile
    from case_audit.core.frame.model import Frame
    from case_audit.store.readings import Readings

HISTORY = "history"
"""The kind of import that keeps the cases of earlier audits: no frame of it can be
drawn from, so none is listed."""

LOOKED_AT = 500
"""Rows that show which columns a list has entries in."""


class Frames:
    """What was imported."""

    def __init__(self, session: Session, readings: Readings) -> None:
        self._session = session
        self._readings = readings

    def add_import(self, source: Source) -> int:
        """Keep the fact of an import; returns its number."""
        row = ImportRow(
            kind=source.kind,
            name=source.name,
            sha256=source.sha256,
            as_at=source.as_at,
            imported_utc=source.imported_utc,
            imported_by=source.imported_by,
            synthetic=source.synthetic,
            beside=_json(source.beside),
        )
        self._session.add(row)
        self._session.flush()
        return made(row.id)

    def complete_import(
        self,
        import_id: int,
        *,
        sha256: str,
        synthetic: bool,
        beside: Sequence[Beside] = (),
    ) -> None:
        """Add to an import what is known once its file was read."""
        row = self._session.exec(
            select(ImportRow).where(col(ImportRow.id) == import_id)
        ).one()
        row.sha256, row.synthetic = sha256, synthetic
        row.beside = _json(beside)
        self._session.flush()

    def imports(self) -> list[tuple[int, Source]]:
        """All imports, newest first."""
        rows = self._session.exec(
            select(ImportRow).order_by(col(ImportRow.id).desc())
        ).all()
        return [(made(row.id), _source(row)) for row in rows]

    def add_records(self, import_id: int, records: Iterable[Record]) -> int:
        """Keep the rows of an import, raw and normalised; returns how many."""
        return bulk_load(
            self._session,
            RecordRow,
            ("import_id", "list_no", "row", "unit", "values", "raw"),
            (
                (import_id, r.list_no, r.row, r.unit, _json(r.values), _json(r.raw))
                for r in records
            ),
        )

    def add_documents(self, import_id: int, files: Iterable[CaseFile]) -> int:
        """Keep the documents of children's files; returns how many."""
        return bulk_load(
            self._session,
            DocumentRow,
            (
                *("import_id", "unit", "ref", "kind", "date", "recorded_on"),
                *("author", "role", "title", "paragraphs"),
            ),
            (
                (
                    import_id,
                    file.unit,
                    document.ref,
                    document.kind,
                    document.date.isoformat(),
                    document.recorded_on.isoformat(),
                    document.author,
                    document.role,
                    document.title,
                    _json(document.paragraphs),
                )
                for file in files
                for document in file.documents
            ),
        )

    def add_extras(self, import_id: int, rows: Mapping[str, Mapping[str, str]]) -> int:
        """Keep what an authority's own file tells of children; returns how many."""
        return bulk_load(
            self._session,
            ExtraRow,
            ("import_id", "child", "values"),
            ((import_id, child, _json(values)) for child, values in rows.items()),
        )

    def case_file(self, import_id: int, unit: str, *, cohort: str) -> CaseFile:
        """Return a child's file, oldest document first; it may be empty."""
        return self._readings.case_file(import_id, unit, cohort=cohort)

    def records_of(self, import_id: int, unit: str) -> tuple[Record, ...]:
        """Return every row of a child on the lists of an import, list by list."""
        rows = self._session.exec(
            select(RecordRow)
            .where(col(RecordRow.import_id) == import_id, col(RecordRow.unit) == unit)
            .order_by(col(RecordRow.list_no), col(RecordRow.row))
        )
        return tuple(
            Record(
                list_no=row.list_no,
                row=row.row,
                unit=row.unit,
                values=json.loads(row.values),
                raw=json.loads(row.raw),
            )
            for row in rows
        )

    def filled_columns(self, import_id: int, list_no: int) -> frozenset[str]:
        """Return the columns of a list that have an entry, by key.

        The first rows of the list stand for all.

        Returns:
            Nothing if the list was not imported.
        """
        rows = self._session.exec(
            select(RecordRow.values)
            .where(
                col(RecordRow.import_id) == import_id, col(RecordRow.list_no) == list_no
            )
            .order_by(col(RecordRow.row))
            .limit(LOOKED_AT)
        )
        return frozenset(key for values in rows for key in json.loads(values))

    def attribute_keys(self, frame_id: int) -> frozenset[str]:
        """Return what is known of the units of a frame; the first stand for all."""
        rows = self._session.exec(
            select(FrameUnitRow.attributes)
            .where(col(FrameUnitRow.frame_id) == frame_id)
            .order_by(col(FrameUnitRow.unit))
            .limit(LOOKED_AT)
        )
        return frozenset(key for attributes in rows for key in json.loads(attributes))

    def add_frame(self, import_id: int, frame: Frame) -> int:
        """Keep a frame with its units; returns its number."""
        row = FrameRow(
            import_id=import_id,
            cohort=frame.cohort,
            as_at=frame.as_at.isoformat(),
            units=len(frame.units),
            digest=frame.digest,
            excluded=_json([[e.rule, e.count] for e in frame.excluded]),
            unit_kind=frame.definition.unit,
            definition=definition_text(frame.definition),
        )
        self._session.add(row)
        self._session.flush()
        frame_id = made(row.id)
        bulk_load(
            self._session,
            FrameUnitRow,
            ("frame_id", "unit", "attributes", "child"),
            (
                (frame_id, unit.unit, _json(unit.attributes), unit.child)
                for unit in frame.units
            ),
        )
        return frame_id

    def frames(self) -> list[StoredFrame]:
        """All frames to draw from: newest import first, then as they were made."""
        rows = self._session.exec(
            select(FrameRow, ImportRow)
            .join(ImportRow, col(FrameRow.import_id) == col(ImportRow.id))
            .where(col(ImportRow.kind) != HISTORY)
            .order_by(col(FrameRow.import_id).desc(), col(FrameRow.id))
        )
        return [_stored(frame, source) for frame, source in rows]

    def newest(self, cohort: str) -> StoredFrame:
        """Return the newest frame of a cohort.

        Raises:
            UnknownFrameError: If there is none.
        """
        found = self._session.exec(
            select(FrameRow, ImportRow)
            .join(ImportRow, col(FrameRow.import_id) == col(ImportRow.id))
            .where(col(FrameRow.cohort) == cohort, col(ImportRow.kind) != HISTORY)
            .order_by(col(FrameRow.id).desc())
            .limit(1)
        ).first()
        if found is None:
            known = {frame.cohort for frame in self.frames()}
            raise UnknownFrameError(cohort, known=sorted(known))
        return _stored(*found)

    def frame(self, frame_id: int) -> StoredFrame:
        """Return the frame with that number, which a round refers to."""
        frame, source = self._session.exec(
            select(FrameRow, ImportRow)
            .join(ImportRow, col(FrameRow.import_id) == col(ImportRow.id))
            .where(col(FrameRow.id) == frame_id)
        ).one()
        return _stored(frame, source)

    def units(self, frame_id: int) -> Iterator[FrameUnit]:
        """Yield a frame's units in the order of their text."""
        rows = self._session.exec(
            select(FrameUnitRow.unit, FrameUnitRow.attributes, FrameUnitRow.child)
            .where(col(FrameUnitRow.frame_id) == frame_id)
            .order_by(col(FrameUnitRow.unit))
            .execution_options(yield_per=CHUNK)
        )
        for unit, attributes, child in rows:
            yield FrameUnit(
                unit=unit, attributes=json.loads(attributes), child=child or ""
            )

    def unit(self, frame_id: int, unit: str) -> FrameUnit:
        """Return one unit of a frame."""
        return self._readings.unit(frame_id, unit)


def _source(row: ImportRow) -> Source:
    return Source(
        kind=row.kind,
        name=row.name,
        sha256=row.sha256,
        as_at=row.as_at,
        imported_utc=row.imported_utc,
        imported_by=row.imported_by,
        synthetic=row.synthetic,
        beside=tuple(Beside(*one) for one in json.loads(row.beside)),
    )


def _stored(row: FrameRow, source: ImportRow) -> StoredFrame:
    return StoredFrame(
        id=made(row.id),
        import_id=row.import_id,
        cohort=row.cohort,
        as_at=row.as_at,
        units=row.units,
        digest=row.digest,
        excluded=tuple(Excluded(rule=r, count=n) for r, n in json.loads(row.excluded)),
        source=_source(source),
        definition=definition_from_text(row.definition),
    )
