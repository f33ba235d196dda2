"""Two frames beside each other, compared in the database."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from case_audit.store.bulk import CHUNK
from case_audit.store.tables.frame import FrameUnitRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlmodel import Session


class Changed(NamedTuple):
    """A unit of both frames of which something else is known.

    Attributes:
        unit: The unit.
        before: What was known of it.
        after: What is known now.
    """

    unit: str
    before: Mapping[str, str]
    after: Mapping[str, str]


class FramePairs:
    """Compares frames; only what differs leaves the database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def only_in(self, frame_id: int, *, not_in: int) -> Iterator[tuple[str, str]]:
        """Yield unit and child of the units that one frame has and another has not."""
        here, there = aliased(FrameUnitRow), aliased(FrameUnitRow)
        rows = self._session.exec(
            select(here.unit, here.child)
            .outerjoin(
                there,
                (col(there.unit) == col(here.unit)) & (col(there.frame_id) == not_in),
            )
            .where(col(here.frame_id) == frame_id, col(there.unit).is_(None))
            .order_by(col(here.unit))
            .execution_options(yield_per=CHUNK)
        )
        for unit, child in rows:
            yield unit, child or unit

    def in_both(self, old: int, new: int) -> int:
        """Return how many units two frames share."""
        one, other = aliased(FrameUnitRow), aliased(FrameUnitRow)
        return self._session.exec(
            select(func.count())
            .select_from(one)
            .join(other, col(other.unit) == col(one.unit))
            .where(col(one.frame_id) == old, col(other.frame_id) == new)
        ).one()

    def changed(self, old: int, new: int) -> Iterator[Changed]:
        """Yield the units of both of which something else is known."""
        one, other = aliased(FrameUnitRow), aliased(FrameUnitRow)
        rows = self._session.exec(
            select(one.unit, one.attributes, other.attributes)
            .join(other, col(other.unit) == col(one.unit))
            .where(
                col(one.frame_id) == old,
                col(other.frame_id) == new,
                col(one.attributes) != col(other.attributes),
            )
            .order_by(col(one.unit))
            .execution_options(yield_per=CHUNK)
        )
        for unit, before, after in rows:
            yield Changed(unit, json.loads(before), json.loads(after))
