"""What a timescale reads of a case is told once, and from the row the case is about."""

from __future__ import annotations

from dataclasses import replace

import pytest
from timescale_cases import a_case, on_list

from builders import AS_AT
from case_audit.core.timescales.case import CannotTellError, Reading, chosen
from case_audit.core.timescales.model import Dated

CHILD_PROTECTION = 6


def test_a_date_that_is_used_twice_is_told_once() -> None:
    """As the start of a plan, from which two things are counted."""
    reading = Reading(a_case())

    assert [reading.use("Start", AS_AT) for _ in range(2)] == [AS_AT, AS_AT]
    assert reading.used == [Dated(label="Start", day=AS_AT)]


def test_a_date_after_that_of_the_lists_is_told_each_time() -> None:
    """It cannot have happened yet."""
    reading = Reading(a_case(as_at="2025-01-31"))
    for _ in range(2):
        with pytest.raises(CannotTellError, match="is after the date of the lists"):
            reading.use("Visit", AS_AT)

    assert reading.used == [Dated(label="Visit", day=AS_AT)]


def test_the_row_a_case_is_about_goes_before_later_ones() -> None:
    """Where a child is on a list twice."""
    first, later = (
        on_list(CHILD_PROTECTION, row=row, plan_start=day)
        for row, day in ((2, "2025-01-06"), (3, "2025-06-02"))
    )
    case = a_case(first, later)

    assert chosen(replace(case, about=first), CHILD_PROTECTION) == first
    # What it is about on another list says nothing of this one.
    other = on_list(CHILD_PROTECTION + 1)
    assert chosen(replace(case, about=other), CHILD_PROTECTION) == chosen(
        case, CHILD_PROTECTION
    )
