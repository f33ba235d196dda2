"""Counting working days and months."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timescale_cases import BANK_HOLIDAYS, WORKING_DAYS

from case_audit.core.timescales.days import WorkingDays, in_words, months_after

days = st.dates(min_value=date(2024, 6, 1), max_value=date(2026, 12, 31))


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        ("2026-03-31", "2026-03-31", 0),  # the event is day 0
        ("2026-03-30", "2026-03-31", 1),
        ("2026-03-27", "2026-03-30", 1),  # Friday to Monday
        ("2026-03-28", "2026-03-30", 1),  # Saturday to Monday
        ("2026-03-27", "2026-03-29", 0),  # Friday to Sunday
        ("2026-04-02", "2026-04-07", 1),  # Good Friday and Easter Monday between
        ("2025-12-24", "2025-12-29", 1),  # Christmas and Boxing Day, a weekend
        ("2025-12-31", "2026-01-02", 1),  # New Year
        ("2026-03-31", "2026-03-01", 0),  # never negative
    ],
)
def test_working_days_between(start: str, end: str, count: int) -> None:
    assert WORKING_DAYS.between(day(start), day(end)) == count


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2026-03-02", 10, "2026-03-16"),
        ("2025-12-15", 15, "2026-01-08"),
        ("2026-04-02", 1, "2026-04-07"),
        ("2026-12-24", 1, "2026-12-29"),  # 28 December in lieu
    ],
)
def test_the_working_day_some_days_later(start: str, count: int, end: str) -> None:
    assert WORKING_DAYS.after(day(start), day_count := count) == day(end)
    assert WORKING_DAYS.between(day(start), day(end)) == day_count


@given(start=days, count=st.integers(1, 60))
def test_the_last_day_in_time_is_that_many_working_days_later(
    start: date, count: int
) -> None:
    """Counting on and counting back agree, and the day before is one less."""
    last = WORKING_DAYS.after(start, count)

    assert WORKING_DAYS.between(start, last) == count
    assert WORKING_DAYS.between(start, last - timedelta(days=1)) == count - 1


@given(start=days, end=days)
def test_counting_agrees_with_a_plain_loop(start: date, end: date) -> None:
    ordinals = range(start.toordinal() + 1, end.toordinal() + 1)
    worked = [
        found
        for found in map(date.fromordinal, ordinals)
        if found.isoweekday() < 6 and found not in BANK_HOLIDAYS
    ]

    assert WORKING_DAYS.between(start, end) == len(worked)


def test_only_years_that_matter_are_asked_for() -> None:
    """The calendar of other years need not be known."""
    asked: set[int] = set()

    def holidays(year: int) -> frozenset[date]:
        asked.add(year)
        return frozenset()

    WorkingDays(holidays).between(day("2025-12-30"), day("2026-01-02"))

    assert asked == {2025, 2026}


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2023-11-30", 3, "2024-02-29"),
        ("2025-10-15", 3, "2026-01-15"),
        ("2025-12-01", 0, "2025-12-01"),
        ("9999-06-01", 12, "9999-12-31"),  # no calendar goes further
    ],
)
def test_months_later(start: str, count: int, end: str) -> None:
    assert months_after(day(start), count) == day(end)


def test_a_date_in_words() -> None:
    assert in_words(day("2026-03-01")) == "1 March 2026"
