"""Say who joined and left between two frames, and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from case_audit.core.frame.candidates import Candidates
from case_audit.core.frame.cohorts import PRECEDENCE, cohort
from case_audit.core.frame.episode import dates_of, row_of
from case_audit.core.frame.model import FrameUnit
from case_audit.errors import UnlikeFramesError
from case_audit.services.frame import filtered
from case_audit.services.frame_make import builder_of
from case_audit.services.frame_refs import find_frame
from case_audit.store.records import AT_ONCE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from case_audit.core.frame.build import Extras, FrameBuilder
    from case_audit.core.frame.model import Frame, Record, StoredFrame
    from case_audit.services.database import Database
    from case_audit.store.unit_of_work import UnitOfWork

NOT_LISTED = "not on the list"
NOT_TOLD = "the rows do not say why"
UNKNOWN = "not known"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitChange:
    """What became of one unit.

    Attributes:
        unit: The unit.
        what: ``"joined"``, ``"left"`` or ``"changed"``.
        why: The reason, or the attribute with its values before and after.
    """

    unit: str
    what: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameDifference:
    """Two frames beside each other.

    Attributes:
        old: The one frame.
        new: The other.
        stayed: Units of both.
        joined: Units of the new one alone, by why the old one has them not.
        left: Units of the old one alone, by why the new one has them not.
        changed: Units of both of which something else is known.
        attributes: How many units have another value, by attribute.
        units: What became of each unit, where it was asked for.
    """

    old: StoredFrame
    new: StoredFrame
    stayed: int
    joined: dict[str, int]
    left: dict[str, int]
    changed: int
    attributes: dict[str, int]
    units: tuple[UnitChange, ...]


def diff_frames(
    database: Database,
    old: str,
    new: str,
    *,
    cohort_id: str = "",
    units: bool = False,
) -> FrameDifference:
    """Compare two frames.

    Args:
        database: Where they are.
        old: One frame, as `find_frame` takes it.
        new: The other.
        cohort_id: Cohort of what is named without one.
        units: Whether to say what became of which unit: that names children.

    Raises:
        UnlikeFramesError: If they are of different cohorts or kinds of unit.
        NoSuchFrameError: If there is no such frame.
        UnknownFrameError: If a cohort has none.
        UnknownCohortError: If there is no such cohort.
    """
    told: list[UnitChange] | None = [] if units else None
    with database.read() as uow:
        before = find_frame(uow, old, cohort_id=cohort_id)
        after = find_frame(uow, new, cohort_id=cohort_id)
        one, other = ((f.cohort, f.unit_kind) for f in (before, after))
        if one != other:
            raise UnlikeFramesError(
                old=f"{one[0]} by {one[1]}", new=f"{other[0]} by {other[1]}"
            )
        joined = _only(uow, after, not_in=before, what="joined", told=told)
        left = _only(uow, before, not_in=after, what="left", told=told)
        changed, attributes = _changed(uow, before, after, told=told)
        stayed = uow.pairs.in_both(before.id, after.id)
    return FrameDifference(
        old=before,
        new=after,
        stayed=stayed,
        joined=joined,
        left=left,
        changed=changed,
        attributes=attributes,
        units=tuple(told or ()),
    )


def _changed(
    uow: UnitOfWork,
    before: StoredFrame,
    after: StoredFrame,
    *,
    told: list[UnitChange] | None,
) -> tuple[int, dict[str, int]]:
    counts: Counter[str] = Counter()
    units = 0
    for unit, was, now in uow.pairs.changed(before.id, after.id):
        keys = [k for k in dict.fromkeys((*was, *now)) if was.get(k) != now.get(k)]
        units += bool(keys)
        counts.update(keys)
        for key in keys:
            why = f"{key}: {was.get(key, UNKNOWN)} -> {now.get(key, UNKNOWN)}"
            if told is not None:
                told.append(UnitChange(unit=unit, what="changed", why=why))
    return units, dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _only(
    uow: UnitOfWork,
    here: StoredFrame,
    *,
    not_in: StoredFrame,
    what: str,
    told: list[UnitChange] | None,
) -> dict[str, int]:
    """Count the units of one frame alone by why the other one has them not."""
    reasons: Counter[str] = Counter()
    judge = _Judge(uow, not_in)
    pairs = uow.pairs.only_in(here.id, not_in=not_in.id)
    while some := list(islice(pairs, AT_ONCE)):
        children = {child for _, child in some}
        records = uow.records.of_children(not_in.import_id, children)
        extras = uow.records.extras_of(not_in.import_id, children)
        for unit, child in some:
            why = judge.why_not(unit, child, records[child], extras)
            reasons[why] += 1
            if told is not None:
                told.append(UnitChange(unit=unit, what=what, why=why))
    return dict(sorted(reasons.items(), key=lambda item: (-item[1], item[0])))


class _Judge:
    """Says why a frame has a unit not, by making it again from the child's rows."""

    def __init__(self, uow: UnitOfWork, frame: StoredFrame) -> None:
        self._frame = frame
        self._cohort = cohort(frame.cohort)
        self._rows = uow.records.count(frame.import_id, self._cohort.list_no)
        lists = self._builder().lists
        self._filled = {n: uow.frames.filled_columns(frame.import_id, n) for n in lists}

    def _builder(self) -> FrameBuilder:
        frame = self._frame
        return builder_of(self._cohort, frame.definition, as_at=frame.as_at)

    def why_not(
        self, unit: str, child: str, rows: Sequence[Record], extras: Extras
    ) -> str:
        one, definition = self._cohort, self._frame.definition
        if not self._rows:
            return NOT_TOLD
        mine = [row for row in rows if row.list_no == one.list_no]
        if definition.unit == "episode":
            row = row_of(one, FrameUnit(unit=unit, attributes={}, child=child), rows)
            mine = [row] if row else []
        if not mine:
            return NOT_LISTED
        frame = self._again(rows, extras)
        units = [found for found in frame.units if found.unit == unit]
        if units and definition.only:
            _, left_out = filtered(units, definition.only, cohort=one.id)
            return next(iter(left_out), NOT_TOLD)
        if units:
            return one.repeats if one.household else NOT_TOLD
        return self._rule(mine, frame)

    def _again(self, rows: Sequence[Record], extras: Extras) -> Frame:
        builder = self._builder()
        builder.already_filled(self._filled)
        for row in rows:
            builder.add(row)
        return builder.frames(extras)[-1]

    def _rule(self, mine: Sequence[Record], frame: Frame) -> str:
        """Return why the latest of a child's rows does not count, or who goes first."""
        one = self._cohort
        latest = max(mine, key=lambda row: (dates_of(one, row.values), row.row))
        alone = Candidates(
            one,
            definition=self._frame.definition,
            as_at=date.fromisoformat(self._frame.as_at),
            working_days=None,
        )
        first = {rule for _, rule in PRECEDENCE}
        taken = (e.rule for e in frame.excluded if e.rule in first)
        return alone.add(latest) or next(taken, NOT_TOLD)
