"""Derives what frames are stratified by from what the lists hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from case_audit.core.frame.cohort import OF_THE_WHOLE
from case_audit.core.rubric.applies import EXTRA

if TYPE_CHECKING:
    from collections.abc import Mapping

    from case_audit.core.frame.cohort import Attribute, Cohort, Derivation
    from case_audit.core.frame.model import Value

WorkingDays = Callable[[date, date], int]
"""Counts the working days after one day, up to another."""

UNBORN: Final = "unborn"
FURTHER: Final = "x_"
"""How the keys of columns begin that a council keeps beside a list's own."""
AGE_BANDS: Final = (UNBORN, "0-4", "5-9", "10-15", "16-17", "18+")
LEAVER_AGES: Final = ("16-17", "18-20", "21-25", "26+")
TIMES_OPEN: Final = (
    *("under 3 months", "3-6 months", "6-12 months", "12-24 months"),
    "24 months or more",
)
COUNTS: Final = ("0", "1", "2", "3-4", "5 or more")
HOW_LONG_AGO: Final = (
    *("30 days or less", "31-90 days", "91-180 days", "181-365 days"),
    "more than 365 days",
)
STAGES: Final = (
    *("decision reversed", "adopted", "placed", "matched", "placement order"),
    "decision made",
)
"""Of a child with an adoption decision, the last that was reached."""
ADOPTER_STAGES: Final = (
    *("left the process", "adopted", "placed", "matched", "approved", "application"),
    *("stage 2 ended", "stage 2", "stage 1 ended", "stage 1", "enquiry"),
)
"""Of those who want to adopt, the last that was reached."""
ETHNIC_GROUPS: Final = ("White", "Mixed", "Asian", "Black", "Other", "Unknown")
"""The census groups; Chinese is Asian, as in the census since 2011."""

_DIGITS: Final = re.compile(r"(\d+)")
_AGE_TOPS: Final = (4, 9, 15, 17)
_LEAVER_TOPS: Final = (17, 20, 25)
_MONTH_TOPS: Final = (2, 5, 11, 23)
_COUNT_TOPS: Final = (0, 1, 2, 4)
_DAY_TOPS: Final = (30, 90, 180, 365)
_STAGE_DATES: Final = (
    *("decision_reversed", "adoption_order", "placed", "matching", "placement_order"),
    "adoption_decision",
)
_ADOPTER_DATES: Final = (
    *("leaving", "adoption_order", "placed", "matching", "approval", "application"),
    *("stage2_end", "stage2_start", "stage1_end", "stage1_start", "enquiry"),
)
_ONE_DAY: Final = timedelta(days=1)
_ETHNIC_INITIALS: Final = {"W": "White", "M": "Mixed", "A": "Asian", "B": "Black"}
_ETHNIC_CODES: Final = {
    "CHNE": "Asian",
    "OOTH": "Other",
    "REFU": "Unknown",
    "NOBT": "Unknown",
    "UNKNOWN": "Unknown",
}
_SOURCE_GROUPS: Final = {
    "1": "Individual",
    "2": "Schools and education",
    "3": "Health",
    "4": "Housing",
    "5": "Council services",
    "6": "Police",
    "7": "Other legal agency",
    "8": "Other",
    "9": "Anonymous",
    "10": "Unknown",
}


def years_between(earlier: date, later: date) -> int:
    """Return the whole years from one day to another, as ages are counted.

    Someone born on 29 February has a birthday on 1 March in other years.
    """
    birthday_to_come = (later.month, later.day) < (earlier.month, earlier.day)
    return later.year - earlier.year - birthday_to_come


def months_between(earlier: date, later: date) -> int:
    """Return the whole months from one day to another."""
    months = 12 * (later.year - earlier.year) + later.month - earlier.month
    return months - (later.day < earlier.day)


def age_on(values: Mapping[str, Value], *, as_at: date) -> int | None:
    """Return a child's age in whole years, -1 if not yet born.

    The date of birth decides; without one, the age on the list, or its word
    that the child is unborn.

    Args:
        values: The row's values.
        as_at: The date the list describes.

    Returns:
        ``None`` if nothing is known.
    """
    born = values.get("date_of_birth")
    if isinstance(born, str):
        day = date.fromisoformat(born)
        return -1 if day > as_at else years_between(day, as_at)
    if values.get("unborn") == "yes":
        return -1
    age = values.get("age")
    return age if isinstance(age, int) else None


def reading_order(name: str) -> list[tuple[int, str]]:
    """Return what names of strata are sorted by where people read them.

    Numbers in a name count as numbers, so that 5-9 stands before 10-15. Manifests
    and digests keep the plain order of the text, which needs no rule.
    """
    parts = _DIGITS.split(name)
    return [(int(p), "") if p.isdecimal() else (-1, p.casefold()) for p in parts if p]


def _band(number: int, tops: tuple[int, ...], names: tuple[str, ...]) -> str:
    """Return the name of the first band whose top is not exceeded."""
    return names[sum(number > top for top in tops)]


def _age_band(age: int | None) -> str | None:
    if age is None:
        return None
    return UNBORN if age < 0 else _band(age, _AGE_TOPS, AGE_BANDS[1:])


def _leaver_age(age: int | None) -> str | None:
    return None if age is None or age < 0 else _band(age, _LEAVER_TOPS, LEAVER_AGES)


def _day(value: Value) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None


def _ethnic_group(value: Value) -> str | None:
    code = str(value or "")
    return _ETHNIC_CODES.get(code) or _ETHNIC_INITIALS.get(code[:1])


def _source_group(value: Value) -> str | None:
    code = str(value or "")
    return _SOURCE_GROUPS.get(code) or _SOURCE_GROUPS.get(code[:1])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One row that attributes are derived from."""

    values: Mapping[str, Value]
    as_at: date
    age: int | None
    working_days: WorkingDays | None

    def value(self, attribute: Attribute) -> str | None:
        value = self.values.get(attribute.source)
        return None if value is None else str(value)

    def filled(self, attribute: Attribute) -> str:
        return "no" if self.values.get(attribute.source) is None else "yes"

    def start(self, attribute: Attribute) -> date | None:
        return _day(self.values.get(attribute.source))

    def end(self, attribute: Attribute) -> date:
        """Return the day up to which time is counted, never after the list's."""
        until = _day(self.values.get(attribute.until))
        return self.as_at if until is None else min(until, self.as_at)

    def time_open(self, attribute: Attribute) -> str | None:
        start = self.start(attribute)
        if start is None:
            return None
        return _band(months_between(start, self.as_at), _MONTH_TOPS, TIMES_OPEN)

    def months_open(self, attribute: Attribute) -> str | None:
        start = self.start(attribute)
        if start is None or start > self.as_at:
            return None
        return str(max(months_between(start, self.as_at - _ONE_DAY), 0))

    def months_lasted(self, attribute: Attribute) -> str | None:
        start, end = self.start(attribute), _day(self.values.get(attribute.until))
        if start is None or end is None or end < start:
            return None
        return str(months_between(start, end))

    def days_since(self, attribute: Attribute) -> str | None:
        day = self.start(attribute)
        if day is None or day > self.as_at:
            return None
        return str((self.as_at - day).days)

    def working(self, attribute: Attribute) -> str | None:
        start, end = self.start(attribute), self.end(attribute)
        if start is None or end < start or self.working_days is None:
            return None
        return str(self.working_days(start, end))

    def count_band(self, attribute: Attribute) -> str | None:
        value = self.values.get(attribute.source)
        if not isinstance(value, int) or value < 0:
            return None
        return _band(value, _COUNT_TOPS, COUNTS)

    def recency(self, attribute: Attribute) -> str | None:
        days = self.days_since(attribute)
        return None if days is None else _band(int(days), _DAY_TOPS, HOW_LONG_AGO)

    def reached(self, dates: tuple[str, ...], stages: tuple[str, ...]) -> str | None:
        today = self.as_at.isoformat()
        for key, stage in zip(dates, stages, strict=True):
            day = self.values.get(key)
            if isinstance(day, str) and day <= today:
                return stage
        return None


_DERIVED: Final[dict[Derivation, Callable[[_Row, Attribute], str | None]]] = {
    "value": _Row.value,
    "filled": _Row.filled,
    "entered": _Row.filled,
    "age": lambda row, _: None if row.age is None or row.age < 0 else str(row.age),
    "age_band": lambda row, _: _age_band(row.age),
    "leaver_age": lambda row, _: _leaver_age(row.age),
    "time_open": _Row.time_open,
    "ethnic_group": lambda row, a: _ethnic_group(row.values.get(a.source)),
    "source_group": lambda row, a: _source_group(row.values.get(a.source)),
    "months_open": _Row.months_open,
    "months_lasted": _Row.months_lasted,
    "days_since": _Row.days_since,
    "working_days": _Row.working,
    "count_band": _Row.count_band,
    "recency": _Row.recency,
    "adoption_stage": lambda row, _: row.reached(_STAGE_DATES, STAGES),
    "adopter_stage": lambda row, _: row.reached(_ADOPTER_DATES, ADOPTER_STAGES),
    "family": _Row.value,
}


def attributes_of(
    cohort: Cohort,
    values: Mapping[str, Value],
    *,
    as_at: date,
    working_days: WorkingDays | None = None,
) -> dict[str, str]:
    """Return what one row tells of a unit.

    What needs more than the row, such as the signs of risk, is added by `build`.

    Args:
        cohort: The unit's cohort.
        values: The values of its row.
        as_at: The date the list describes.
        working_days: Counts working days; without it they are not known.

    Returns:
        Texts by attribute key; what is not known has no key. Further columns
        are kept as they stand: ``x_...``, and ``extra...`` without that word.
    """
    row = _Row(
        values=values,
        as_at=as_at,
        age=age_on(values, as_at=as_at),
        working_days=working_days,
    )
    known = {}
    for attribute in cohort.attributes:
        if attribute.derived in OF_THE_WHOLE and not attribute.source:
            continue
        if attribute.derived == "s47_before":
            continue
        text = _DERIVED[attribute.derived](row, attribute)
        if text is not None:
            known[attribute.key] = text
    if row.age is not None and row.age < 0:
        known["unborn"] = "yes"
    else:
        known.pop("unborn", None)
    for key, value in values.items():
        if key.startswith((FURTHER, EXTRA)) and value is not None:
            known[key.removeprefix(EXTRA)] = str(value)
    return known
