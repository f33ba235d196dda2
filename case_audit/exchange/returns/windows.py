"""Looks back from a day: what was open then, what lay in the twelve months before."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from case_audit.core.frame.model import Value


def year_before(day: str) -> str:
    """Return the same day one year earlier, ISO; 28 February for the 29th."""
    found = date.fromisoformat(day)
    try:
        return found.replace(year=found.year - 1).isoformat()
    except ValueError:
        return found.replace(year=found.year - 1, day=28).isoformat()


def months_before(day: str, months: int) -> str:
    """Return the day some months earlier, ISO, or the last day of that month."""
    found = date.fromisoformat(day)
    year, month = divmod(found.year * 12 + found.month - 1 - months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(found.day, last)).isoformat()


def earlier_in_year(days: Iterable[str], day: str) -> int:
    """Count the days before a day and not more than one year before it."""
    start = year_before(day)
    return sum(start <= other < day for other in days)


def is_open(start: Value, end: Value, *, day: str) -> bool:
    """Say whether something was open on a day; unknown starts count as before."""
    if isinstance(start, str) and start > day:
        return False
    return not isinstance(end, str) or end > day


def latest(days: Iterable[str], *, day: str = "", since: str = "") -> str | None:
    """Return the latest day up to a day and from another on, or ``None``."""
    found = [one for one in days if (not day or one <= day) and one >= since]
    return max(found, default=None)
