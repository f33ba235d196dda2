"""The rows of an import, read as streams or by child."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import func
from sqlmodel import col, select

from case_audit.core.frame.model import Record
from case_audit.store.bulk import CHUNK
from case_audit.store.tables.frame import ExtraRow, FrameUnitRow, RecordRow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from sqlmodel import Session

AT_ONCE = 500
"""Children that one query asks for: databases limit how many values it may hold."""


class Records:
    """What the lists of an import said, row by row."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def stream(self, import_id: int, lists: Collection[int]) -> Iterator[Record]:
        """Yield the rows of some lists, a few thousand in memory at a time."""
        rows = self._session.exec(
            select(RecordRow)
            .where(
                col(RecordRow.import_id) == import_id, col(RecordRow.list_no).in_(lists)
            )
            .order_by(col(RecordRow.list_no), col(RecordRow.row))
            .execution_options(yield_per=CHUNK)
        )
        for row in rows:
            yield _record(row)

    def count(self, import_id: int, list_no: int) -> int:
        """Return how many rows a list has."""
        return self._session.exec(
            select(func.count()).where(
                col(RecordRow.import_id) == import_id, col(RecordRow.list_no) == list_no
            )
        ).one()

    def of_children(
        self, import_id: int, children: Collection[str]
    ) -> dict[str, list[Record]]:
        """Return the rows of some children on all lists, by child.

        Args:
            import_id: The import.
            children: At most :data:`AT_ONCE`.
        """
        rows = self._session.exec(
            select(RecordRow)
            .where(
                col(RecordRow.import_id) == import_id, col(RecordRow.unit).in_(children)
            )
            .order_by(col(RecordRow.list_no), col(RecordRow.row))
        )
        found: dict[str, list[Record]] = {child: [] for child in children}
        for row in rows:
            found[row.unit].append(_record(row))
        return found

    def extras(self, import_id: int) -> dict[str, Mapping[str, str]]:
        """Return what an authority's own file told of children, by child."""
        rows = self._session.exec(
            select(ExtraRow.child, ExtraRow.values)
            .where(col(ExtraRow.import_id) == import_id)
            .execution_options(yield_per=CHUNK)
        )
        return {child: json.loads(values) for child, values in rows}

    def extras_of(
        self, import_id: int, children: Collection[str]
    ) -> dict[str, Mapping[str, str]]:
        """Return what an authority's own file told of some children, by child.

        Args:
            import_id: The import.
            children: At most :data:`AT_ONCE`.
        """
        rows = self._session.exec(
            select(ExtraRow.child, ExtraRow.values).where(
                col(ExtraRow.import_id) == import_id, col(ExtraRow.child).in_(children)
            )
        )
        return {child: json.loads(values) for child, values in rows}

    def in_several(self, frame_ids: Collection[int]) -> Iterator[tuple[str, int]]:
        """Yield the children that are in more than one of some frames.

        Returns:
            Child and in how many, by child.
        """
        frames = func.count(func.distinct(col(FrameUnitRow.frame_id)))
        rows = self._session.exec(
            select(FrameUnitRow.child, frames)
            .where(col(FrameUnitRow.frame_id).in_(frame_ids))
            .group_by(col(FrameUnitRow.child))
            .having(frames > 1)
            .order_by(col(FrameUnitRow.child))
            .execution_options(yield_per=CHUNK)
        )
        for child, times in rows:
            yield child or "", times


def _record(row: RecordRow) -> Record:
    return Record(
        list_no=row.list_no,
        row=row.row,
        unit=row.unit,
        values=json.loads(row.values),
        raw=json.loads(row.raw),
    )
