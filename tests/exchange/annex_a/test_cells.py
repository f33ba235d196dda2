"""Dates, counts, ages and text."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_audit.exchange.annex_a.cells import (
    EARLIEST,
    LATEST,
    UNBORN,
    read_age,
    read_birth_date,
    read_count,
    read_date,
    read_extra,
    read_text,
)
from case_audit.exchange.annex_a.child import plain
from case_audit.exchange.annex_a.folding import is_missing, squash, tidy

dates = st.dates(EARLIEST, LATEST)


@pytest.mark.parametrize(
    "cell",
    [
        "2026-03-31",
        "2026-03-31T14:05:00",
        "2026-03-31 00:00:00.000",
        "2026/3/31",
        "31/03/2026",
        "31-3-2026",
        "31.03.2026",
        " 31/03/2026 ",
        "31/03/2026 14:05",
        "31/03/2026\N{NO-BREAK SPACE}2:05 pm",
        "31 March 2026",
        "31st of March 2026",
        "Tuesday, 31 March 2026",
        "31-Mar-2026",
        "31 mar, 2026",
        "20260331",
        20260331,
    ],
)
def test_dates_are_understood_as_people_write_them(cell: str | int) -> None:
    """Systems export dates in many forms; all of them mean one day."""
    assert read_date(cell).value == "2026-03-31"
    assert read_date(cell).flaw is None


@pytest.mark.parametrize(
    ("cell", "value"),
    [(46112, "2026-03-31"), (46112.75, "2026-03-31"), ("46112", "2026-03-31")],
)
def test_day_counts_are_understood_with_a_word(cell: float | str, value: str) -> None:
    """A date cell that lost its format is a number of days since 1899."""
    outcome = read_date(cell)

    assert outcome.value == value
    assert outcome.flaw is not None
    assert not outcome.flaw.serious


@pytest.mark.parametrize(
    ("cell", "value"),
    [("31-3-26", "2026-03-31"), ("1/2/49", "2049-02-01"), ("1/2/50", "1950-02-01")],
)
def test_two_digit_years_turn_at_fifty(cell: str, value: str) -> None:
    """The pivot is written down, and using it is reported."""
    outcome = read_date(cell)

    assert outcome.value == value
    assert outcome.flaw is not None
    assert not outcome.flaw.serious


@pytest.mark.parametrize(
    "cell",
    [
        "03/31/2026",
        "31/02/2026",
        "soon",
        "2026",
        17,
        1e300,
        float("inf"),
        "99999",
        "31 Ma 2026",
        "31/12/9999",
        "01/01/1900",
        "2026-03-31-01",
        "99999999",
    ],
)
def test_what_is_no_date_is_left_out_and_said(cell: float | str) -> None:
    """A wrong guess at a date would move a child into another cohort."""
    outcome = read_date(cell)

    assert outcome.value is None
    assert outcome.flaw is not None
    assert outcome.flaw.serious


@given(day=dates)
def test_every_day_survives_every_form(day: date) -> None:
    """Day before month in all of them, whatever the day."""
    forms = (
        f"{day:%d/%m/%Y}",
        day.isoformat(),
        f"{day.day} {day:%B} {day.year}",
        f"{day.day}-{day:%b}-{day.year}",
        f"{day:%Y%m%d}",
        plain(day),
    )

    assert {read_date(form).value for form in forms} == {day.isoformat()}


@given(day=st.dates(date(1930, 1, 1), date(2100, 12, 31)))
def test_day_counts_are_those_of_spreadsheets(day: date) -> None:
    """1 March 1900 is day 61 in every spreadsheet program."""
    count = (day - date(1900, 3, 1)) // timedelta(days=1) + 61

    assert read_date(count).value == day.isoformat()


@pytest.mark.parametrize("cell", ["#N/A", "#REF!", "#DIV/0!", "#NAME?", "#SPILL!"])
def test_error_values_are_empty_with_a_word(cell: str) -> None:
    """A formula that failed is nothing, but somebody should know."""
    for read in (read_date, read_count, read_age, read_text):
        outcome = read(cell)
        assert outcome.value is None
        assert outcome.raw == cell
        assert outcome.flaw is not None
        assert not outcome.flaw.serious


@pytest.mark.parametrize("cell", ["n/a", "NULL", "-", "None", " \N{NO-BREAK SPACE} "])
def test_words_for_nothing_are_nothing(cell: str) -> None:
    """They are common and harmless, so nobody is told."""
    for read in (read_date, read_count, read_age, read_text):
        assert read(cell).value is None
        assert read(cell).flaw is None


@pytest.mark.parametrize(
    ("cell", "value"), [(3, 3), ("3", 3), ("3.0", 3), (0, 0), (9999, 9999)]
)
def test_counts_are_whole(cell: float | str, value: int) -> None:
    """Numbers of episodes, as numbers or as text."""
    assert read_count(cell).value == value


@pytest.mark.parametrize("cell", [2.5, -1, "many", 10_000, float("inf"), "9" * 5000])
def test_what_is_no_count_is_left_out(cell: float | str) -> None:
    """Also numbers of a size that only a slip can make."""
    outcome = read_count(cell)

    assert outcome.value is None
    assert outcome.flaw is not None
    assert outcome.flaw.serious


@pytest.mark.parametrize(
    ("cell", "years"),
    [
        (7, 7),
        (7.4, 7),
        (7.999, 7),
        ("7", 7),
        ("7.4", 7),
        ("7 years", 7),
        ("7 yrs old", 7),
        ("7y 3m", 7),
        ("6 months", 0),
        ("18 months", 1),
        ("3 weeks", 0),
        ("<1", 0),
        ("under one year", 0),
        (0.3, 0),
    ],
)
def test_ages_are_whole_years(cell: float | str, years: int) -> None:
    """Formula ages come as fractions; a child of 7.999 is 7."""
    assert read_age(cell).value == years
    assert read_age(cell).flaw is None


@pytest.mark.parametrize("cell", [-1, -0.2, "Unborn", "un-born", "UBB"])
def test_unborn_children_have_no_age(cell: float | str) -> None:
    """They are a group of their own, not children of age nought."""
    assert read_age(cell).value is None
    assert read_age(cell).flaw is UNBORN


@pytest.mark.parametrize("cell", ["unborn", "Expected 12/05/2026", "EDD 12/05/26"])
def test_unborn_children_have_no_date_of_birth(cell: str) -> None:
    """An expected date is not a birthday."""
    assert read_birth_date(cell).value is None
    assert read_birth_date(cell).flaw is UNBORN
    assert read_birth_date("12/05/2020").value == "2020-05-12"


@pytest.mark.parametrize("cell", ["old", 121, "7-8"])
def test_what_is_no_age_is_left_out(cell: float | str) -> None:
    """Nobody is 121, and a range is not an age."""
    outcome = read_age(cell)

    assert outcome.value is None
    assert outcome.flaw is not None
    assert outcome.flaw.serious


def test_text_is_tidied_and_its_original_kept() -> None:
    """Teams spelt with odd spaces are one team; the cell is still there."""
    outcome = read_text("Locality\N{NO-BREAK SPACE}4  Duty Team ")

    assert outcome.value == "Locality 4 Duty Team"
    assert outcome.raw == "Locality\N{NO-BREAK SPACE}4  Duty Team "
    assert read_text(1234567).value == "1234567"
    assert read_extra(2.5) == (None, "2.5", None)


def test_text_cannot_steer_a_terminal() -> None:
    """Escape sequences and reading-order marks come out visible."""
    shown = str(read_text("Team \x1b[2J\N{RIGHT-TO-LEFT OVERRIDE}x").value)

    assert shown.isprintable()
    assert "[2J" in shown


@given(text=st.text(max_size=60))
def test_tidying_twice_changes_nothing(text: str) -> None:
    """Otherwise two ways through the program would make two strata of one."""
    once = tidy(text)

    assert tidy(once) == once
    assert squash(once) == squash(tidy(once))
    assert is_missing(once) == is_missing(tidy(once))
