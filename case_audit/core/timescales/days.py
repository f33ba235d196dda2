"""Counting days: working days, days and months.

The day of the event is day 0. The first working day after it is day 1, whether
or not the event itself fell on a working day. What is due within 10 working days
is in time on the tenth of them, up to its end. A day on which nobody works adds
nothing: what is done on a Saturday counts as on the Friday before.

A working day is Monday to Friday, but no bank holiday. Which days are bank
holidays is given from outside, year by year.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import MAXYEAR, date, timedelta
from typing import Final

HolidaysOf = Callable[[int], frozenset[date]]
"""Returns the bank holidays of a year."""

_FRIDAY: Final = 4
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
SHORT_MONTHS: Final = tuple(month[:3] for month in _MONTHS)
"""January to December in three letters, whatever the machine's language is."""
_ONE_DAY: Final = timedelta(days=1)


class WorkingDays:
    """The working days of one country.

    Args:
        holidays_of: Its bank holidays by year. Asked only for years that matter.
    """

    def __init__(self, holidays_of: HolidaysOf) -> None:
        self._holidays_of = holidays_of

    def is_one(self, day: date) -> bool:
        """Whether people work on that day."""
        return day.weekday() <= _FRIDAY and day not in self._holidays_of(day.year)

    def between(self, start: date, end: date) -> int:
        """Return how many working days there are after one day, up to another.

        Args:
            start: Day 0; not counted.
            end: Counted if it is a working day.

        Returns:
            0 if ``end`` is not after ``start``.
        """
        if end <= start:
            return 0
        first = start + _ONE_DAY
        weeks, rest = divmod((end - start).days, 7)
        over = (first + timedelta(days=n) for n in range(rest))
        weekdays = 5 * weeks + sum(day.weekday() <= _FRIDAY for day in over)
        holidays = {
            day
            for year in range(first.year, end.year + 1)
            for day in self._holidays_of(year)
        }
        return weekdays - sum(
            first <= day <= end and day.weekday() <= _FRIDAY for day in holidays
        )

    def after(self, start: date, count: int) -> date:
        """Return the working day that is number ``count`` after a day.

        Args:
            start: Day 0.
            count: At least 1.
        """
        day = start
        while count > 0:
            day += _ONE_DAY
            count -= self.is_one(day)
        return day


def months_after(start: date, count: int) -> date:
    """Return the same day of the month, some months later.

    Where that month is too short, its last day: three months after 30 November
    is 28 February, or 29.

    Args:
        start: The first day.
        count: Months, 0 or more.
    """
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    if year > MAXYEAR:
        return date.max
    longest = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, longest))


def in_words(day: date) -> str:
    """Return a date as people write it: ``31 March 2026``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
