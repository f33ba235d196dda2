"""Builds frames from records: who could be drawn, and who could not, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from case_audit.core.frame.attributes import attributes_of
from case_audit.core.frame.cohorts import (
    COHORTS,
    EARLIER_EPISODE,
    LAST_IN_PRECEDENCE,
    NOT_YET_BEGUN,
    PRECEDENCE,
)
from case_audit.core.frame.model import Excluded, Frame, FrameUnit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from case_audit.core.frame.cohorts import Cohort
    from case_audit.core.frame.model import Record, Value

Extras = Mapping[str, Mapping[str, str]]
"""Further attributes by unit."""

_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
_NO_EXTRAS: Final[Extras] = MappingProxyType({})
_RANKS: Final = {
    **{cohort_id: rank for rank, (cohort_id, _) in enumerate(PRECEDENCE)},
    LAST_IN_PRECEDENCE: len(PRECEDENCE),
}


class _Candidates:
    """One cohort in the making: each child's latest row, and what was left out."""

    def __init__(self, cohort: Cohort) -> None:
        self.cohort = cohort
        self.excluded: Counter[str] = Counter()
        self.latest: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {}
        self.rows = 0

    def add(self, record: Record, *, as_at: date) -> None:
        self.rows += 1
        values = record.values
        rule = self._excluded_by(values, today=as_at.isoformat())
        if rule is None:
            when = tuple(str(values.get(key) or "") for key in self.cohort.latest_by)
            known = self.latest.get(record.unit)
            if known is not None:
                rule = EARLIER_EPISODE
            if known is None or when >= known[0]:
                known_of = attributes_of(self.cohort, values, as_at=as_at)
                self.latest[record.unit] = when, known_of
        if rule is not None:
            self.excluded[rule] += 1

    def _excluded_by(self, values: Mapping[str, Value], *, today: str) -> str | None:
        for exclusion in self.cohort.excluded:
            value = values.get(exclusion.key)
            if not isinstance(value, str):
                continue
            if value in exclusion.values or (not exclusion.values and value <= today):
                return exclusion.rule
        begun = values.get(self.cohort.begins)
        return NOT_YET_BEGUN if isinstance(begun, str) and begun > today else None


class FrameBuilder:
    """Takes records in any order, one at a time, and gives the frames.

    Only each child's latest row of each cohort is kept, so records can be
    streamed through. Every row of a cohort's list ends up either as a unit of
    the frame or in the count of one exclusion.

    Args:
        as_at: The date the lists describe. A case that ended after it is open.
        cohorts: The cohorts to build.
    """

    def __init__(self, *, as_at: date, cohorts: Sequence[Cohort] = COHORTS) -> None:
        self._as_at = as_at
        self._cohorts = [_Candidates(cohort) for cohort in cohorts]
        self._by_list: dict[int, list[_Candidates]] = {}
        for candidates in self._cohorts:
            of_list = self._by_list.setdefault(candidates.cohort.list_no, [])
            of_list.append(candidates)

    def add(self, record: Record) -> None:
        """Take one record."""
        for candidates in self._by_list.get(record.list_no, ()):
            candidates.add(record, as_at=self._as_at)

    def frames(self, extras: Extras = _NO_EXTRAS) -> list[Frame]:
        """Return the frames of the cohorts whose lists had rows.

        Where several rows of a child are open, the latest one is the unit. A
        child in care is left out of the frames of child protection, children in
        need and assessments, and so on down (`PRECEDENCE`).

        Args:
            extras: Further attributes by unit, from another file.
        """
        units = {c.cohort.id: c.latest.keys() for c in self._cohorts}
        return [
            self._frame(candidates, units, extras)
            for candidates in self._cohorts
            if candidates.rows
        ]

    def _frame(
        self,
        candidates: _Candidates,
        units: Mapping[str, Iterable[str]],
        extras: Extras,
    ) -> Frame:
        cohort = candidates.cohort
        taken: dict[str, str] = {}
        for higher, rule in PRECEDENCE[: _RANKS.get(cohort.id, 0)]:
            for unit in units.get(higher, ()):
                taken.setdefault(unit, rule)
        excluded = candidates.excluded.copy()
        excluded.update(taken[unit] for unit in candidates.latest if unit in taken)
        return Frame(
            cohort=cohort.id,
            as_at=self._as_at,
            units=tuple(
                FrameUnit(
                    unit=unit,
                    attributes={
                        **candidates.latest[unit][1],
                        **extras.get(unit, _NOTHING),
                    },
                )
                for unit in sorted(candidates.latest)
                if unit not in taken
            ),
            excluded=tuple(
                Excluded(rule=rule, count=count)
                for rule, count in sorted(excluded.items())
            ),
        )


def build_frames(
    records: Mapping[int, Iterable[Record]] | Iterable[Record],
    *,
    as_at: date,
    extras: Extras = _NO_EXTRAS,
) -> list[Frame]:
    """Build the frames of every cohort from records.

    Args:
        records: By list number, or all in one row, in any order.
        as_at: The date the lists describe.
        extras: Further attributes by unit, from another file.

    Returns:
        One frame for each cohort whose list had rows, in the cohorts' order.
    """
    builder = FrameBuilder(as_at=as_at)
    each = (
        chain.from_iterable(records.values())
        if isinstance(records, Mapping)
        else records
    )
    for record in each:
        builder.add(record)
    return builder.frames(extras)
