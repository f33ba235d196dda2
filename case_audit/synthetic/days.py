"""Dates as whole numbers (proleptic ordinals): quick to compare and to shift.

Working days are counted from Monday to Friday, bank holidays among them, which
makes an invented timescale differ by a day or two at most.
"""

from __future__ import annotations

from datetime import date

WEEK = 7
MONTHS_6 = 182
"""Days in the six months that most lists look back."""
MONTHS_12 = 365
"""Days in the year that the other lists look back."""

_FRIDAY = 5
_HOLIDAYS = frozenset({(12, 25), (12, 26), (1, 1)})
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def iso(day: int) -> str:
    """Return a day as an ISO date."""
    return date.fromordinal(day).isoformat()


def iso_or_none(day: int | None) -> str | None:
    """Return a day as an ISO date, and no day as nothing."""
    return None if day is None else date.fromordinal(day).isoformat()


def weekday(day: int) -> int:
    """Return the day of the week, Monday being 1 and Sunday 7."""
    return (day - 1) % WEEK + 1


def at_work(day: int) -> int:
    """Return the day itself, or the last day before it that is worked."""
    day = _no_weekend(day)
    while _is_holiday(day):
        day = _no_weekend(day - 1)
    return day


def _is_holiday(day: int) -> bool:
    fixed = date.fromordinal(day)
    return (fixed.month, fixed.day) in _HOLIDAYS


def _no_weekend(day: int) -> int:
    return day - max(0, weekday(day) - _FRIDAY)


def plus_working(day: int, count: int) -> int:
    """Return the day that many working days later; ``day`` itself for 0."""
    day = _no_weekend(day)
    weeks, rest = divmod(count, _FRIDAY)
    over = weekday(day) + rest > _FRIDAY
    return day + weeks * WEEK + rest + (2 if over else 0)


def working_between(start: int, end: int) -> int:
    """Return how many working days after ``start`` the day ``end`` is."""
    return sum(weekday(day) <= _FRIDAY for day in range(start + 1, end + 1))


def age_at(born: int, day: int) -> int:
    """Return an age in completed years; negative before birth."""
    b, d = date.fromordinal(born), date.fromordinal(day)
    return d.year - b.year - ((d.month, d.day) < (b.month, b.day))


def in_words(day: int, *, seen_from: int | None = None) -> str:
    """Return a date as people write it, such as ``12 May 2026``.

    Args:
        day: The date.
        seen_from: The date of the text it stands in; the year is left out
            where it is the same.
    """
    d = date.fromordinal(day)
    same = seen_from is not None and date.fromordinal(seen_from).year == d.year
    return f"{d.day} {_MONTHS[d.month - 1]}" + ("" if same else f" {d.year}")
