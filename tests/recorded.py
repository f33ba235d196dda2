"""Frames made from a few rows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from case_audit.core.frame.build import FrameBuilder
from case_audit.core.frame.cohorts import COHORTS
from case_audit.core.frame.model import Record
from case_audit.core.timescales.days import WorkingDays

if TYPE_CHECKING:
    from collections.abc import Sequence

    from case_audit.core.frame.definition import Definition
    from case_audit.core.frame.model import Frame, Value

AS_AT = date(2026, 3, 31)
DAYS = WorkingDays(lambda _: frozenset())
EPISODES = [c.id for c in COHORTS if c.episode]


def row(list_no: int, unit: str, number: int = 2, /, **values: Value) -> Record:
    return Record(list_no=list_no, row=number, unit=unit, values=values, raw={})


def frame_of(
    cohort_id: str,
    records: Sequence[Record],
    definition: Definition | None = None,
) -> Frame:
    builder = FrameBuilder(
        as_at=AS_AT,
        definitions={cohort_id: definition} if definition else {},
        working_days=DAYS.between,
    )
    for record in records:
        builder.add(record)
    return next(f for f in builder.frames() if f.cohort == cohort_id)


def units(frame: Frame) -> list[str]:
    return [unit.unit for unit in frame.units]


def left_out(frame: Frame) -> dict[str, int]:
    return {e.rule: e.count for e in frame.excluded}
