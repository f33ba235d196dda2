"""Ages, bands and groups."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_audit.core.frame.attributes import (
    AGE_BANDS,
    ETHNIC_GROUPS,
    LEAVER_AGES,
    TIMES_OPEN,
    age_on,
    attributes_of,
    months_between,
    reading_order,
    years_between,
)
from case_audit.core.frame.cohorts import COHORTS, cohort

if TYPE_CHECKING:
    from case_audit.core.frame.cohort import Cohort
    from case_audit.core.frame.model import Value

AS_AT = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("born", "age"),
    [
        ("2026-03-31", 0),
        ("2026-04-01", -1),
        ("2025-04-01", 0),
        ("2025-03-31", 1),
        ("2008-04-01", 17),
        ("2008-03-31", 18),
    ],
)
def test_a_birthday_counts_on_its_day(born: str, age: int) -> None:
    """18 today is 18; born tomorrow is unborn."""
    assert age_on({"date_of_birth": born}, as_at=AS_AT) == age


def test_leap_day_birthdays_are_on_the_first_of_march() -> None:
    """As ages are counted in England."""
    assert years_between(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert years_between(date(2008, 2, 29), date(2026, 3, 1)) == 18


def test_the_date_of_birth_goes_before_the_age() -> None:
    """An age is as old as the export; a date of birth stays right."""
    values: dict[str, Value] = {
        "date_of_birth": "2016-01-01",
        "age": 3,
        "unborn": "yes",
    }

    assert age_on(values, as_at=AS_AT) == 10
    assert age_on({"age": 3}, as_at=AS_AT) == 3
    assert age_on({"age": 3, "unborn": "yes"}, as_at=AS_AT) == -1
    assert age_on({}, as_at=AS_AT) is None


@given(day=st.dates(date(2000, 1, 1), AS_AT), more=st.integers(0, 9000))
def test_months_and_years_agree(day: date, more: int) -> None:
    """Twelve whole months are a whole year, but for leap days."""
    later = day + timedelta(days=more)

    assert years_between(day, later) == months_between(day, later) // 12


@pytest.mark.parametrize(
    ("age", "band"),
    [
        (-1, "unborn"),
        (0, "0-4"),
        (4, "0-4"),
        (5, "5-9"),
        (9, "5-9"),
        (10, "10-15"),
        (15, "10-15"),
        (16, "16-17"),
        (17, "16-17"),
        (18, "18+"),
        (25, "18+"),
    ],
)
def test_age_bands(age: int, band: str) -> None:
    """The borders, each from both sides."""
    values: dict[str, Value] = {"unborn": "yes"} if age < 0 else {"age": age}

    known = attributes_of(cohort("cin"), values, as_at=AS_AT)

    assert known["age_band"] == band
    assert band in AGE_BANDS
    assert known.get("unborn") == ("yes" if age < 0 else None)
    assert ("age" in known) is (age >= 0)


@pytest.mark.parametrize(
    ("age", "group"),
    [(16, "16-17"), (18, "18-20"), (20, "18-20"), (21, "21-25"), (26, "26+")],
)
def test_care_leavers_have_groups_of_their_own(age: int, group: str) -> None:
    """Most of them are 18 and over, so the children's bands would say nothing."""
    known = attributes_of(cohort("care_leaver"), {"age": age}, as_at=AS_AT)

    assert known["leaver_age"] == group
    assert group in LEAVER_AGES
    assert "leaver_age" not in attributes_of(
        cohort("care_leaver"), {"unborn": "yes"}, as_at=AS_AT
    )


@pytest.mark.parametrize(
    ("start", "band"),
    [
        ("2026-03-31", "under 3 months"),
        ("2026-01-01", "under 3 months"),
        ("2025-12-31", "3-6 months"),
        ("2025-09-30", "6-12 months"),
        ("2025-03-31", "12-24 months"),
        ("2024-04-01", "12-24 months"),
        ("2024-03-31", "24 months or more"),
    ],
)
def test_time_since_start(start: str, band: str) -> None:
    """Exactly three months are no longer under three months."""
    known = attributes_of(cohort("cp"), {"plan_start": start}, as_at=AS_AT)

    assert known["time_open"] == band
    assert band in TIMES_OPEN


@pytest.mark.parametrize(
    ("code", "group"),
    [
        ("WBRI", "White"),
        ("MOTH", "Mixed"),
        ("CHNE", "Asian"),
        ("APKN", "Asian"),
        ("BOTH", "Black"),
        ("OOTH", "Other"),
        ("REFU", "Unknown"),
        ("NOBT", "Unknown"),
        ("UNKNOWN", "Unknown"),
    ],
)
def test_ethnic_groups(code: str, group: str) -> None:
    """Eighteen small groups would make strata of one."""
    known = attributes_of(cohort("cin"), {"ethnicity": code}, as_at=AS_AT)

    assert known["ethnic_group"] == group
    assert known["ethnicity"] == code
    assert group in ETHNIC_GROUPS


@pytest.mark.parametrize(
    ("code", "group"),
    [("1A", "Individual"), ("3E", "Health"), ("6", "Police"), ("10", "Unknown")],
)
def test_source_groups(code: str, group: str) -> None:
    """Code 10 does not begin a group of code 1."""
    known = attributes_of(cohort("contact"), {"contact_source": code}, as_at=AS_AT)

    assert known["source_group"] == group


@pytest.mark.parametrize("each", COHORTS, ids=lambda c: c.id)
def test_what_is_not_known_has_no_key(each: Cohort) -> None:
    """Stratification decides how "not recorded" is shown."""
    known = attributes_of(each, {}, as_at=AS_AT)

    assert known in ({}, {"completed": "no"}, {"urn": "no"}, {"reversed": "no"})


def test_further_columns_are_kept_as_they_stand() -> None:
    """A council's own columns are strata like the others."""
    known = attributes_of(
        cohort("cin"),
        {"x_ward": "North", "x_siblings": 2, "x_pod": None, "extra.manager": "Ash"},
        as_at=AS_AT,
    )

    assert known == {"x_ward": "North", "x_siblings": "2", "manager": "Ash"}


def test_strata_stand_in_the_order_people_read_them() -> None:
    """By text alone 5-9 years would stand after 16-17."""
    names = ["16-17", "not recorded", "5-9", "10-15", "0-4", "18+", "Team 10", "team 9"]

    assert sorted(names, key=reading_order) == [
        *("not recorded", "team 9", "Team 10"),
        *("0-4", "5-9", "10-15", "16-17", "18+"),
    ]
