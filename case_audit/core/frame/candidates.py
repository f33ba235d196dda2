"""Who of one list may be in a frame, and why the others may not."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from case_audit.core.frame.attributes import attributes_of
from case_audit.core.frame.cohorts import NO_DATE, NOT_YET_BEGUN
from case_audit.core.frame.episode import dates_of, episode_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from case_audit.core.frame.attributes import WorkingDays
    from case_audit.core.frame.cohort import Cohort
    from case_audit.core.frame.definition import Definition
    from case_audit.core.frame.episode import Episode
    from case_audit.core.frame.model import Record, Value


def months_before(day: date, count: int) -> date:
    """Return the same day of the month, some months earlier.

    Where that month is too short, its last day: six months before 31 August is
    28 February, or 29.
    """
    year, month = divmod(day.year * 12 + day.month - 1 - count, 12)
    if year < 1:
        return day.replace(year=1, month=1, day=1)
    longest = monthrange(year, month + 1)[1]
    return day.replace(year=year, month=month + 1, day=min(day.day, longest))


@dataclass(slots=True)
class _Latest:
    """The row that stands for a child or household, as far as rows were seen."""

    rank: tuple[tuple[str, ...], int]
    unit: str
    attributes: dict[str, str]


class Candidates:
    """One cohort in the making: the rows that count, and what was left out.

    Attributes:
        cohort: The cohort.
        definition: What its frame is to hold.
        excluded: How many rows were left out by each rule.
        rows: How many rows its list has.
        latest: The row that stands for each child, where children are the units.
        kept: Episodes that count and what is known of them, by child, where
            episodes are the units.
        episodes: All dated episodes of each child, where episodes are the units:
            a name must not hang on which of them count.
    """

    def __init__(
        self,
        cohort: Cohort,
        *,
        definition: Definition,
        as_at: date,
        working_days: WorkingDays | None,
    ) -> None:
        self.cohort = cohort
        self.definition = definition
        self.excluded: Counter[str] = Counter()
        self.rows = 0
        self.latest: dict[tuple[bool, str], _Latest] = {}
        self.kept: dict[str, list[tuple[Episode, dict[str, str]]]] = {}
        self.episodes: dict[str, set[Episode]] = {}
        self._as_at = as_at
        self._today = as_at.isoformat()
        months = definition.closed_within
        self._from = months_before(as_at, months).isoformat() if months else ""
        self._working_days = working_days

    @property
    def children(self) -> Iterable[str]:
        """Who is in the cohort."""
        return [found.unit for found in self.latest.values()] or self.kept.keys()

    def add(self, record: Record) -> str:
        """Take one row; returns why it is left out, empty if it counts."""
        self.rows += 1
        rule = self._excluded_by(record.values)
        if self.definition.unit == "episode":
            rule = self._add_episode(record, rule)
        elif not rule:
            rule = self._add_latest(record)
        if rule:
            self.excluded[rule] += 1
        return rule

    def _add_episode(self, record: Record, rule: str) -> str:
        episode = episode_of(self.cohort, record.values)
        if episode is None:
            return rule or NO_DATE
        self.episodes.setdefault(record.unit, set()).add(episode)
        if not rule:
            known = self._attributes(record)
            self.kept.setdefault(record.unit, []).append((episode, known))
        return rule

    def _add_latest(self, record: Record) -> str:
        household = record.values.get(self.cohort.household)
        group = (household is not None, str(household or record.unit))
        rank = (dates_of(self.cohort, record.values), record.row)
        known = self.latest.get(group)
        if known is None or rank >= known.rank:
            unit = record.unit
            if known is not None and self.cohort.household:
                unit = min(unit, known.unit)
            self.latest[group] = _Latest(rank, unit, self._attributes(record))
        elif self.cohort.household:
            known.unit = min(known.unit, record.unit)
        return "" if known is None else self.cohort.repeats

    def _attributes(self, record: Record) -> dict[str, str]:
        return attributes_of(
            self.cohort,
            record.values,
            as_at=self._as_at,
            working_days=self._working_days,
        )

    def _excluded_by(self, values: Mapping[str, Value]) -> str:
        for exclusion in self.cohort.excluded:
            value = values.get(exclusion.key)
            if not isinstance(value, str) or values.get(exclusion.unless) is not None:
                continue
            reached = not exclusion.values and value <= self._today
            if reached or value in exclusion.values:
                return exclusion.rule
        begun = values.get(self.cohort.begins)
        if isinstance(begun, str) and begun > self._today:
            return NOT_YET_BEGUN
        return self._outside(values)

    def _outside(self, values: Mapping[str, Value]) -> str:
        """Return why a row is outside the window, empty if it is not."""
        window = self.cohort.window
        if window is None or not (self._from or window.always):
            return ""
        day = values.get(window.key)
        if not isinstance(day, str) or day > self._today:
            return window.without
        return window.earlier if day < self._from else ""
