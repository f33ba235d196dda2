"""The chance of meeting one: what planners see before they choose six cases."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import combinations, product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from case_audit.core.estimates.discovery import (
    cases_at,
    chance_of_none,
    chance_over_strata,
    chance_to_meet_one,
    chance_wherever,
    size_to_meet_one,
)

REFERENCE = json.loads(
    Path(__file__).with_name("reference_planning.json").read_text(encoding="utf-8")
)
MOST = Fraction(95, 100)


def test_worked_example() -> None:
    """2 of 5 drawn, 2 so: 3 of the 10 samples hold neither."""
    assert chance_to_meet_one(population=5, sample=2, cases=2) == Fraction(7, 10)


@pytest.mark.parametrize(
    ("sample", "cases", "chance"), [(0, 3, 0), (3, 0, 0), (9, 1, 1), (4, 6, 1)]
)
def test_borders(sample: int, cases: int, chance: int) -> None:
    """Nothing drawn or nothing there is never met; all drawn always is."""
    assert chance_to_meet_one(population=9, sample=sample, cases=cases) == chance


@pytest.mark.parametrize(
    ("population", "sample", "cases", "value"), REFERENCE["chance"]
)
def test_equals_the_hypergeometric_of_another_program(
    population: int, sample: int, cases: int, value: float
) -> None:
    found = chance_to_meet_one(population=population, sample=sample, cases=cases)

    assert float(found) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(("rate", "size"), REFERENCE["no_deviation"])
def test_equals_the_published_table_of_auditors(rate: int, size: int) -> None:
    """The first row of the table that financial auditors plan with."""
    many = 100_000
    cases = many * rate // 100

    assert size_to_meet_one(population=many, cases=cases, chance=MOST) == size


@pytest.mark.parametrize(("population", "_", "size"), REFERENCE["first_table"])
def test_equals_the_sizes_computed_apart(population: int, _: int, size: int) -> None:
    """Five per cent of small frames, at 95%."""
    cases = cases_at(Fraction(1, 20), population=population)

    assert size_to_meet_one(population=population, cases=cases, chance=MOST) == size


@settings(deadline=None)
@given(st.integers(1, 60), st.data())
def test_the_size_is_the_smallest_that_does(
    population: int, data: st.DataObject
) -> None:
    """One case fewer would not be enough."""
    cases = data.draw(st.integers(1, population))
    chance = data.draw(st.fractions(Fraction(1, 100), Fraction(99, 100)))

    size = size_to_meet_one(population=population, cases=cases, chance=chance)

    met = [
        chance_to_meet_one(population=population, sample=n, cases=cases)
        for n in (size - 1, size)
    ]
    assert met[0] < chance <= met[1]


def test_rates_are_rounded_to_the_safe_side() -> None:
    """2.25 cases count as 2, which are harder to meet; but one there is."""
    assert cases_at(Fraction(1, 20), population=45) == 2
    assert cases_at(Fraction(1, 100), population=45) == 1
    assert cases_at(Fraction(1), population=45) == 45


def test_strata_multiply() -> None:
    """7/10 and 1/2: none in either with 3/10 * 1/2."""
    chance = chance_over_strata([(5, 2, 2), (4, 2, 1), (6, 0, 3)])

    assert chance == 1 - Fraction(3, 20)


def test_a_stratum_that_is_full_takes_no_more() -> None:
    """All three cases: one in the first, which has no more, and two in the other."""
    assert chance_wherever([(1, 1), (2, 2)], cases=3) == 1


@settings(deadline=None)
@given(
    st.lists(
        st.integers(1, 5).flatmap(
            lambda size: st.tuples(st.just(size), st.integers(0, size))
        ),
        min_size=1,
        max_size=3,
    ),
    st.data(),
)
def test_the_worst_place_is_the_worst_of_all(
    strata: list[tuple[int, int]], data: st.DataObject
) -> None:
    """Equal to trying every way to spread the cases."""
    whole = sum(size for size, _ in strata)
    cases = data.draw(st.integers(0, whole))

    tried = [
        chance_over_strata((n, k, m) for (n, k), m in zip(strata, spread, strict=True))
        for spread in product(*(range(size + 1) for size, _ in strata))
        if sum(spread) == cases
    ]

    assert chance_wherever(strata, cases=cases) == min(tried)


def test_the_chance_counts_samples() -> None:
    """Exactly the part of all samples that holds one."""
    samples = list(combinations(range(9), 4))
    holding = sum(1 for sample in samples if {0, 1, 2} & set(sample))

    found = chance_to_meet_one(population=9, sample=4, cases=3)

    assert found == Fraction(holding, len(samples))


def test_impossible_numbers_are_refused() -> None:
    for sample, cases in ((4, 1), (1, 4), (-1, 1), (1, -1)):
        with pytest.raises(ValueError, match="not 0 <="):
            chance_of_none(population=3, sample=sample, cases=cases)
    with pytest.raises(ValueError, match="not 0 <="):
        chance_wherever([(3, 1)], cases=4)
    for rate in (Fraction(0), Fraction(2)):
        with pytest.raises(ValueError, match="not 0 < rate"):
            cases_at(rate, population=3)
    with pytest.raises(ValueError, match="not 0 < 0"):
        size_to_meet_one(population=3, cases=0, chance=MOST)
