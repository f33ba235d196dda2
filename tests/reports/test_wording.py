"""Numbers and dates in words: rounded here and nowhere else."""

from __future__ import annotations

from fractions import Fraction

import pytest

from case_audit.core.estimates import share, weighted
from case_audit.core.estimates.share import estimate
from case_audit.core.estimates.stratified import StratumCount
from case_audit.reports.wording import (
    METHODS,
    fact_value,
    interval,
    long_date,
    percent,
    plural,
)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(0), "0%"),
        (Fraction(1), "100%"),
        (Fraction(1, 200), "1%"),
        (Fraction(1, 201), "<1%"),
        (Fraction(199, 200), ">99%"),
        (Fraction(399, 400), ">99%"),
        (Fraction(5, 1000), "1%"),
        (Fraction(125, 1000), "13%"),
        (Fraction(2, 3), "67%"),
    ],
)
def test_halves_are_rounded_up(value: Fraction, shown: str) -> None:
    """As people do, and not to the even number, as computers do."""
    assert percent(value) == shown


def test_an_interval_is_printed_with_its_share() -> None:
    some = estimate([StratumCount(stratum="a", population=300, sampled=30, hits=18)])
    every = estimate([StratumCount(stratum="a", population=30, sampled=30, hits=18)])

    assert interval(some) == "60% (42% to 76%)"
    assert interval(every) == "60% (all)"


def test_every_method_has_its_words() -> None:
    """A new method without words would be an error on somebody's page."""
    known = {
        share.CENSUS,
        share.HYPERGEOMETRIC,
        share.HYPERGEOMETRIC_DOMAIN,
        share.KORN_GRAUBARD,
        share.ZERO_EVENT,
        weighted.HAJEK_PPS,
        weighted.CLUSTER,
        weighted.TWO_PHASE,
        weighted.ZERO_EVENT,
        weighted.ZERO_EVENT_CLUSTER,
    }

    assert known == set(METHODS)


def test_nouns_and_dates_are_written_as_people_write_them() -> None:
    assert plural(1, "case") == "1 case"
    assert plural(0, "case") == "0 cases"
    assert plural(2, "person", "people") == "2 people"
    assert long_date("2026-03-01") == "1 March 2026"


@pytest.mark.parametrize(
    ("value", "shown"), [("2026-03-31", "31 March 2026"), ("Ash Team", "Ash Team")]
)
def test_a_fact_is_shown_in_words(value: str, shown: str) -> None:
    assert fact_value(value) == shown
