"""The exact interval, on which most printed statements rest."""

from __future__ import annotations

import json
from fractions import Fraction
from functools import cache
from itertools import pairwise
from math import ceil, comb, floor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_audit.core.estimates.hypergeometric import (
    LEVEL,
    UNION_TOLERANCE,
    Interval,
    domain_interval,
    exact_interval,
)

REFERENCE = json.loads(
    Path(__file__).with_name("reference.json").read_text(encoding="utf-8")
)
LEVELS = [Fraction(1, 2), Fraction(8, 10), Fraction(9, 10), LEVEL, Fraction(99, 100)]


@st.composite
def samples(draw: st.DrawFn, most: int = 400) -> tuple[int, int, int]:
    """Population, sample and hits."""
    population = draw(st.integers(1, most))
    sample = draw(st.integers(0, population))
    return population, sample, draw(st.integers(0, sample))


def ways(population: int, having: int, sample: int) -> list[int]:
    """How many samples show 0, 1, ... hits."""
    rest = population - having
    return [comb(having, k) * comb(rest, sample - k) for k in range(sample + 1)]


@cache
def by_trying(population: int, sample: int, hits: int, level: Fraction) -> Interval:
    """The definition, taken at its word."""
    alpha = 1 - level
    kept = []
    for having in range(hits, population - sample + hits + 1):
        seen = ways(population, having, sample)
        limit = alpha * comb(population, sample)
        if 2 * sum(seen[hits:]) > limit and 2 * sum(seen[: hits + 1]) > limit:
            kept.append(having)
    return Interval(lower_count=kept[0], upper_count=kept[-1], population=population)


@pytest.mark.parametrize(
    ("population", "sample", "hits", "lower", "upper"),
    [
        (240, 30, 18, 101, 183),
        (300, 30, 18, 125, 229),
        (240, 30, 0, 0, 26),
        (240, 30, 30, 214, 240),
        (45, 45, 17, 17, 17),
        (12, 0, 0, 0, 12),
        (1, 1, 1, 1, 1),
    ],
)
def test_known_intervals(
    population: int, sample: int, hits: int, lower: int, upper: int
) -> None:
    """18 of 30 of 300 is printed as 42% to 76%."""
    interval = exact_interval(population=population, sample=sample, hits=hits)

    assert (interval.lower_count, interval.upper_count) == (lower, upper)


def test_shares_of_the_printed_example() -> None:
    """The first interval a reader of the documents sees."""
    interval = exact_interval(population=300, sample=30, hits=18)

    assert interval.lower == Fraction(125, 300)
    assert interval.upper == Fraction(229, 300)


def test_by_hand() -> None:
    """Five units, two drawn, one hit, level 3/5.

    P(X >= 1 | M) * 10 = 4, 7, 9 for M = 1, 2, 3, and 2 * 4 > 4, so L = 1.
    P(X <= 1 | M) * 10 = 9, 7, 4 for M = 2, 3, 4, and 2 * 4 > 4, so U = 4.
    At level 1/5 a tie decides: 2 * 4 > 8 is false, so 2 to 3.
    """
    wide = exact_interval(population=5, sample=2, hits=1, level=Fraction(3, 5))
    narrow = exact_interval(population=5, sample=2, hits=1, level=Fraction(1, 5))

    assert (wide.lower_count, wide.upper_count) == (1, 4)
    assert (narrow.lower_count, narrow.upper_count) == (2, 3)


@pytest.mark.parametrize(
    ("population", "sample", "hits", "level", "lower", "upper"),
    REFERENCE["exact_interval"],
)
def test_agrees_with_an_independent_computation(
    population: int, sample: int, hits: int, level: float, lower: int, upper: int
) -> None:
    """Other code, every number of hits tried."""
    interval = exact_interval(
        population=population, sample=sample, hits=hits, level=Fraction(str(level))
    )

    assert (interval.lower_count, interval.upper_count) == (lower, upper)


@pytest.mark.parametrize("level", LEVELS)
def test_is_the_definition_for_every_small_sample(level: Fraction) -> None:
    """Ties and all."""
    for population in range(1, 15):
        for sample in range(population + 1):
            for hits in range(sample + 1):
                assert exact_interval(
                    population=population, sample=sample, hits=hits, level=level
                ) == by_trying(population, sample, hits, level)


@pytest.mark.parametrize("level", LEVELS)
def test_every_small_population_is_covered(level: Fraction) -> None:
    """Counted over every possible sample, whatever the truth."""
    for population in range(1, 15):
        for sample in range(population + 1):
            intervals = [
                exact_interval(
                    population=population, sample=sample, hits=hits, level=level
                )
                for hits in range(sample + 1)
            ]
            for truth in range(population + 1):
                covered = sum(
                    count
                    for count, i in zip(
                        ways(population, truth, sample), intervals, strict=True
                    )
                    if i.lower_count <= truth <= i.upper_count
                )
                assert covered >= level * comb(population, sample)


@given(sample=samples(), level=st.sampled_from(LEVELS))
def test_holds_what_was_seen(sample: tuple[int, int, int], level: Fraction) -> None:
    """What was found is there, hits and misses; so is the raw share.

    It lies between two counts that a population can have, and one of them is
    inside: of 79 in 80 with one hit, the share of 1/79 itself cannot be true.
    """
    population, drawn, hits = sample
    interval = exact_interval(
        population=population, sample=drawn, hits=hits, level=level
    )

    assert hits <= interval.lower_count <= interval.upper_count
    assert interval.upper_count <= population - (drawn - hits)
    if drawn and level >= Fraction(8, 10):
        expected = Fraction(hits * population, drawn)
        assert interval.lower_count <= ceil(expected)
        assert floor(expected) <= interval.upper_count


@given(sample=samples(), level=st.sampled_from(LEVELS))
def test_hits_and_misses_mirror_each_other(
    sample: tuple[int, int, int], level: Fraction
) -> None:
    """60% good and 40% not good must be the same statement."""
    population, drawn, hits = sample
    one = exact_interval(population=population, sample=drawn, hits=hits, level=level)
    other = exact_interval(
        population=population, sample=drawn, hits=drawn - hits, level=level
    )

    assert one.lower_count == population - other.upper_count
    assert one.upper_count == population - other.lower_count


@given(sample=samples())
def test_more_hits_move_the_interval_up_and_more_confidence_widens_it(
    sample: tuple[int, int, int],
) -> None:
    """An interval that did not would be indefensible."""
    population, drawn, hits = sample
    nested = [
        exact_interval(population=population, sample=drawn, hits=hits, level=level)
        for level in LEVELS
    ]

    for inner, outer in pairwise(nested):
        assert outer.lower_count <= inner.lower_count
        assert inner.upper_count <= outer.upper_count
    if hits < drawn:
        more = exact_interval(population=population, sample=drawn, hits=hits + 1)
        assert more.lower_count >= nested[3].lower_count
        assert more.upper_count >= nested[3].upper_count


@given(sample=samples(most=40))
def test_one_unit_more_raises_a_bound_by_one_or_not_at_all(
    sample: tuple[int, int, int],
) -> None:
    """The step on which the union over population sizes relies."""
    population, drawn, hits = sample
    smaller = exact_interval(population=population, sample=drawn, hits=hits)
    larger = exact_interval(population=population + 1, sample=drawn, hits=hits)

    assert larger.lower_count - smaller.lower_count in {0, 1}
    assert larger.upper_count - smaller.upper_count in {0, 1}


@pytest.mark.parametrize(
    "counts", [(0, 0, 0), (10, 11, 2), (10, 5, 6), (10, 5, -1), (-3, 0, 0)]
)
def test_impossible_counts_are_refused(counts: tuple[int, int, int]) -> None:
    """Rather than answered with an interval."""
    population, sample, hits = counts
    with pytest.raises(ValueError, match="hits <= sample <= population"):
        exact_interval(population=population, sample=sample, hits=hits)


@pytest.mark.parametrize("level", [Fraction(0), Fraction(1), Fraction(95)])
def test_impossible_levels_are_refused(level: Fraction) -> None:
    """95 for 95% is the likely slip."""
    with pytest.raises(ValueError, match="level"):
        exact_interval(population=10, sample=5, hits=2, level=level)


@pytest.mark.parametrize("level", [Fraction(8, 10), LEVEL])
def test_unknown_number_of_units_is_covered_whatever_it_is(level: Fraction) -> None:
    """Every population from those met to the bound, every truth in it."""
    for at_most in range(1, 15):
        for sample in range(1, at_most + 1):
            bounds = [
                domain_interval(at_most=at_most, sample=sample, hits=hits, level=level)
                for hits in range(sample + 1)
            ]
            for population in range(sample, at_most + 1):
                for truth in range(population + 1):
                    covered = sum(
                        count
                        for count, (lower, upper) in zip(
                            ways(population, truth, sample), bounds, strict=True
                        )
                        if lower <= Fraction(truth, population) <= upper
                    )
                    assert covered >= level * comb(population, sample)


def test_interval_for_the_largest_number_alone_would_not_do() -> None:
    """Why there is a union: 8 of 9 drawn, 1 hit among the 9, bound 10.

    In 1 sample of 9 the hit is not seen, and the interval for 10 then says "at
    most 1 of 10": the true 1/9 lies outside, and coverage is 8/9.
    """
    truth = Fraction(1, 9)
    covering = [
        hits
        for hits in (0, 1)
        if (i := exact_interval(population=10, sample=8, hits=hits)).lower
        <= truth
        <= i.upper
    ]
    lower, upper = domain_interval(at_most=10, sample=8, hits=0)

    assert covering == [1]
    assert Fraction(ways(9, 1, 8)[1], 9) == Fraction(8, 9) < LEVEL
    assert lower <= truth <= upper


@given(sample=samples(most=60), level=st.sampled_from(LEVELS))
def test_domain_interval_is_the_union(
    sample: tuple[int, int, int], level: Fraction
) -> None:
    """Never inside the union, and hardly outside."""
    at_most, drawn, hits = sample
    drawn = max(drawn, 1)
    lower, upper = domain_interval(
        at_most=at_most, sample=drawn, hits=hits, level=level
    )
    every = [
        exact_interval(population=size, sample=drawn, hits=hits, level=level)
        for size in range(drawn, at_most + 1)
    ]

    lowest, highest = min(i.lower for i in every), max(i.upper for i in every)
    assert lowest - UNION_TOLERANCE <= lower <= lowest
    assert highest <= upper <= highest + UNION_TOLERANCE
    assert 0 <= lower <= upper <= 1


def test_domain_needs_a_unit_to_which_the_question_applies() -> None:
    """Nothing seen, nothing said."""
    with pytest.raises(ValueError, match="no sampled unit"):
        domain_interval(at_most=10, sample=0, hits=0)
