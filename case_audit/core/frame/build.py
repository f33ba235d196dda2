"""Builds frames from records: who could be drawn, and who could not, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from case_audit.core.frame.candidates import Candidates
from case_audit.core.frame.cohorts import (
    COHORTS,
    ENTERED_TWICE,
    PRECEDENCE,
    RANKS,
    default_definition,
)
from case_audit.core.frame.episode import episode_units
from case_audit.core.frame.model import Excluded, Frame, FrameUnit
from case_audit.core.frame.risks import with_risks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from case_audit.core.frame.attributes import WorkingDays
    from case_audit.core.frame.cohort import Cohort
    from case_audit.core.frame.definition import Definition
    from case_audit.core.frame.model import Record

Extras = Mapping[str, Mapping[str, str]]
"""Further attributes by child."""

S47_LIST: Final = 5
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
_NO_EXTRAS: Final[Extras] = MappingProxyType({})
_NO_DEFINITIONS: Final[Mapping[str, Definition]] = MappingProxyType({})


@dataclass(slots=True)
class _Seen:
    """What the lists as a whole tell, beside the rows of each cohort.

    Attributes:
        unfilled: Columns without any entry so far, of those that matter, by list.
        listed: Rows of each child by list, of the lists where it matters.
        first_s47: Each child's first section 47 enquiry; nothing where the list
            of enquiries has no rows.
    """

    unfilled: dict[int, set[str]] = field(default_factory=dict)
    listed: dict[int, Counter[str]] = field(default_factory=dict)
    first_s47: dict[str, str] | None = None

    def watch(self, cohort: Cohort) -> None:
        for attribute in cohort.attributes:
            if attribute.derived in {"filled", "entered"}:
                self.unfilled.setdefault(cohort.list_no, set()).add(attribute.source)
            if attribute.derived == "listed":
                self.listed.setdefault(cohort.list_no, Counter())

    def add(self, record: Record, *, today: str) -> None:
        unfilled = self.unfilled.get(record.list_no)
        if unfilled:
            unfilled.difference_update(
                [key for key in unfilled if record.values.get(key) is not None]
            )
        if record.list_no in self.listed:
            self.listed[record.list_no][record.unit] += 1
        if record.list_no == S47_LIST:
            self.first_s47 = self.first_s47 or {}
            day = record.values.get("strategy_date")
            if isinstance(day, str) and day <= today:
                before = self.first_s47.get(record.unit, day)
                self.first_s47[record.unit] = min(day, before)


class FrameBuilder:
    """Takes records in any order, one at a time, and gives the frames.

    Only what frames need is kept, so records can be streamed through. Every row
    of a cohort's list ends up either as a unit of the frame or in the count of
    one exclusion.

    Args:
        as_at: The date the lists describe. A case that ended after it is open.
        cohorts: The cohorts to build.
        definitions: What their frames are to hold, by cohort; the usual where
            left out.
        working_days: Counts working days; without it they are not known.

    Attributes:
        lists: Numbers of the lists whose rows make a difference.
    """

    def __init__(
        self,
        *,
        as_at: date,
        cohorts: Sequence[Cohort] = COHORTS,
        definitions: Mapping[str, Definition] = _NO_DEFINITIONS,
        working_days: WorkingDays | None = None,
    ) -> None:
        self._as_at = as_at
        self._cohorts: list[Candidates] = []
        self._by_list: dict[int, list[Candidates]] = {}
        self._seen = _Seen()
        for cohort in cohorts:
            candidates = Candidates(
                cohort,
                definition=definitions.get(cohort.id, default_definition(cohort)),
                as_at=as_at,
                working_days=working_days,
            )
            self._cohorts.append(candidates)
            self._by_list.setdefault(cohort.list_no, []).append(candidates)
            self._seen.watch(cohort)
        self.lists = frozenset({*self._by_list, S47_LIST})

    def already_filled(self, columns: Mapping[int, frozenset[str]]) -> None:
        """Take it that lists have entries in columns, where only some rows come.

        Args:
            columns: Keys of the columns, by list.
        """
        for list_no, unfilled in self._seen.unfilled.items():
            unfilled.difference_update(columns.get(list_no, ()))
        if columns.get(S47_LIST):
            self._seen.first_s47 = self._seen.first_s47 or {}

    def add(self, record: Record) -> None:
        """Take one record."""
        self._seen.add(record, today=self._as_at.isoformat())
        for candidates in self._by_list.get(record.list_no, ()):
            candidates.add(record)

    def frames(self, extras: Extras = _NO_EXTRAS) -> list[Frame]:
        """Return the frames of the cohorts whose lists had rows.

        Where a child is the unit and several of its rows count, the latest one
        is it. A child in care is left out of the frames of child protection,
        children in need and assessments, and so on down (`PRECEDENCE`).

        Args:
            extras: Further attributes by child, from another file.
        """
        children = {c.cohort.id: c.children for c in self._cohorts}
        return [
            self._frame(candidates, children, extras)
            for candidates in self._cohorts
            if candidates.rows
        ]

    def _frame(
        self,
        candidates: Candidates,
        children: Mapping[str, Iterable[str]],
        extras: Extras,
    ) -> Frame:
        cohort, definition = candidates.cohort, candidates.definition
        taken: dict[str, str] = {}
        if definition.precedence:
            for higher, rule in PRECEDENCE[: RANKS.get(cohort.id, 0)]:
                for child in children.get(higher, ()):
                    taken.setdefault(child, rule)
        excluded = candidates.excluded.copy()
        units = []
        for unit, child, attributes, rule in _named(candidates):
            if rule:
                excluded[rule] += 1
            elif child in taken:
                excluded[taken[child]] += 1
            else:
                known = self._completed(
                    cohort, child, attributes, extras.get(child, _NOTHING)
                )
                units.append(FrameUnit(unit=unit, attributes=known, child=child))
        return Frame(
            cohort=cohort.id,
            as_at=self._as_at,
            units=tuple(sorted(units, key=lambda found: found.unit)),
            excluded=tuple(
                Excluded(rule=rule, count=count)
                for rule, count in sorted(excluded.items())
            ),
            definition=definition,
        )

    def _completed(
        self,
        cohort: Cohort,
        child: str,
        attributes: dict[str, str],
        extra: Mapping[str, str],
    ) -> dict[str, str]:
        """Add what the whole list, the extra columns and the others tell."""
        unfilled = self._seen.unfilled.get(cohort.list_no, set())
        known = {**attributes, **extra}
        unsure = set()
        for attribute in cohort.attributes:
            key = attribute.key
            if attribute.derived == "listed":
                known[key] = str(self._seen.listed[cohort.list_no][child])
            elif attribute.derived == "family":
                group = extra.get("sibling_group") or extra.get("family_id")
                if group:
                    known[key] = group
            elif attribute.derived == "s47_before" and self._seen.first_s47 is not None:
                first = self._seen.first_s47.get(child)
                end = attributes.get(attribute.source, "")
                known[key] = "yes" if first is not None and first <= end else "no"
            elif attribute.source in unfilled and attribute.derived == "entered":
                known.pop(key, None)
            elif attribute.source in unfilled and attribute.derived == "filled":
                unsure.add(key)
        return with_risks(cohort, known, unsure=unsure)


def _named(
    candidates: Candidates,
) -> Iterable[tuple[str, str, dict[str, str], str]]:
    """Yield unit, child and attributes, and why it is none after all, or nothing."""
    standing = sorted(candidates.latest.values(), key=lambda one: one.rank)
    told: set[str] = set()
    for latest in reversed(standing):
        # One adopter may be on the list with two households.
        rule = candidates.cohort.repeats if latest.unit in told else ""
        yield latest.unit, latest.unit, latest.attributes, rule
        told.add(latest.unit)
    for child, kept in candidates.kept.items():
        units = episode_units(child, candidates.episodes[child])
        for episode, attributes in kept:
            unit = units[episode]
            yield unit, child, attributes, ENTERED_TWICE if unit in told else ""
            told.add(unit)


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
        extras: Further attributes by child, from another file.

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
