"""The bank holidays of England and Wales."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from case_audit.core.timescales.days import WorkingDays

if TYPE_CHECKING:
    from datetime import date


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """Return the bank holidays of a year, days in lieu among them.

    Christmas Day and Good Friday are among them. England and Wales share theirs.

    Args:
        year: From 1 to 9999; for years to come, as far as they are known.
    """
    from holidays import country_holidays  # noqa: PLC0415 - takes its time

    return frozenset(country_holidays("GB", subdiv="ENG", years=year))


def working_days_between(start: date, end: date) -> int:
    """Return how many working days there are after one day, up to another."""
    return WorkingDays(bank_holidays).between(start, end)
