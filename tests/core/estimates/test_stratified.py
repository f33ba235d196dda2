"""Estimates from several strata."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import combinations, product
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from case_audit.core.estimates.beta import t_quantile
from case_audit.core.estimates.hypergeometric import LEVEL
from case_audit.core.estimates.stratified import (
    StratumCount,
    effective_size,
    korn_graubard,
    variance,
    weighted_share,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

REFERENCE = json.loads(
    Path(__file__).with_name("reference.json").read_text(encoding="utf-8")
)


def counts(*rows: tuple[int, ...]) -> list[StratumCount]:
    """Strata from population, sampled, hits and, where given, outside."""
    return [
        StratumCount(
            stratum=str(place),
            population=row[0],
            sampled=row[1],
            hits=row[2],
            outside=row[3] if len(row) > 3 else 0,
        )
        for place, row in enumerate(rows)
    ]


def test_worked_example() -> None:
    """Two strata, worked by hand.

    W = 30/50 and 20/50; p = 3/6 and 1/5.
    share = 3/5 * 1/2 + 2/5 * 1/5 = 19/50
    variance = 9/25 * 4/5 * 1/4 / 5 + 4/25 * 3/4 * 4/25 / 4 = 24/1250
    """
    strata = counts((30, 6, 3), (20, 5, 1))

    assert weighted_share(strata) == Fraction(19, 50)
    assert variance(strata) == Fraction(24, 1250)


def test_worked_example_of_a_domain() -> None:
    """One stratum of 20, 4 drawn: a hit, a miss and two outside.

    10 units are expected in the domain, 5 of them hits: share 1/2. Residuals
    1/2, -1/2, 0, 0 have variance 1/6, so 20**2 * 4/5 * 1/6 / 4 / 10**2 = 2/15.
    """
    strata = counts((20, 4, 1, 2))

    assert weighted_share(strata) == Fraction(1, 2)
    assert variance(strata) == Fraction(2, 15)


def test_single_unit_is_measured_from_the_grand_mean() -> None:
    """Share 1/2 * 1/2 + 1/2 * 1 = 3/4, by hand.

    10**2 * (8/10) * (1/2) / 2 + 10**2 * (9/10) * (1/4)**2 over 20**2.
    """
    strata = counts((10, 2, 1), (10, 1, 1))

    assert weighted_share(strata) == Fraction(3, 4)
    assert variance(strata) == (Fraction(20) + Fraction(45, 8)) / 400


def test_stratum_in_full_adds_no_variance() -> None:
    """What is known is not uncertain."""
    assert variance(counts((6, 6, 2), (4, 4, 4))) == 0


def every_sample(strata: list[tuple[list[bool], int]]) -> Iterator[list[StratumCount]]:
    """Every stratified sample there is."""
    choices = (combinations(units, drawn) for units, drawn in strata)
    for chosen in product(*choices):
        yield counts(
            *(
                (len(units), drawn, sum(units_drawn))
                for (units, drawn), units_drawn in zip(strata, chosen, strict=True)
            )
        )


@st.composite
def tiny_stratum(draw: st.DrawFn) -> tuple[list[bool], int]:
    """A few units, and how many to draw."""
    units = draw(st.lists(st.booleans(), min_size=2, max_size=6))
    return units, draw(st.integers(2, len(units)))


@settings(max_examples=60)
@given(strata=st.lists(tiny_stratum(), min_size=1, max_size=2))
def test_share_and_variance_are_unbiased(
    strata: list[tuple[list[bool], int]],
) -> None:
    """Averaged over every possible sample, both are exactly right."""
    units = [unit for drawn_from, _ in strata for unit in drawn_from]
    truth = Fraction(sum(units), len(units))

    samples = list(every_sample(strata))
    shares = [weighted_share(sample) for sample in samples]

    assert sum(shares) / len(samples) == truth
    spread = sum((share - truth) ** 2 for share in shares) / len(samples)
    assert sum(map(variance, samples)) / len(samples) == spread


@pytest.mark.parametrize("row", REFERENCE["korn_graubard"])
def test_agrees_with_an_independent_computation(row: dict[str, Any]) -> None:
    """Other code, unit by unit with weights."""
    strata = counts(*map(tuple, row["strata"]))
    level = Fraction(str(row["level"]))
    lower, upper = korn_graubard(strata, level=level)

    assert float(weighted_share(strata)) == pytest.approx(row["share"], rel=1e-12)
    assert float(variance(strata)) == pytest.approx(row["variance"], rel=1e-12)
    assert effective_size(strata, level=level) == pytest.approx(row["size"], rel=1e-11)
    assert float(lower) == pytest.approx(row["lower"], abs=1e-11)
    assert float(upper) == pytest.approx(row["upper"], abs=1e-11)


def test_one_stratum_has_the_effective_size_of_its_sample() -> None:
    """(n - 1) / (1 - f): the finite population counts, nothing else does."""
    size = effective_size(counts((100, 20, 8)), level=LEVEL)

    assert size == pytest.approx(19 / 0.8, rel=1e-12)


def test_no_spread_claims_no_more_than_the_cap() -> None:
    """All hits here and none there is luck, not certainty: 20 / (1 - 20 / 200)."""
    strata = counts((100, 10, 10), (100, 10, 0))

    assert effective_size(strata, level=LEVEL) == pytest.approx(20 / 0.9)
    assert korn_graubard(strata, level=LEVEL)[0] < Fraction(3, 10)


def test_single_units_everywhere_leave_only_what_was_seen() -> None:
    """Without a degree of freedom the bounds are the hits and misses found."""
    strata = counts((10, 1, 1), (10, 1, 0), (5, 1, 1))

    assert effective_size(strata, level=LEVEL) == 0
    assert korn_graubard(strata, level=LEVEL) == (Fraction(2, 25), Fraction(24, 25))


def test_strata_in_full_lend_no_degrees_of_freedom() -> None:
    """Knowing one team does not tell how varied the others are.

    2 of 20 in two strata are n = 4, df = 2, whatever was read in full beside.
    """
    strata = counts((20, 2, 1), (20, 2, 1), (30, 30, 15))
    share, spread = weighted_share(strata), variance(strata)
    ratio = t_quantile(0.025, 3) / t_quantile(0.025, 2)

    assert effective_size(strata, level=LEVEL) == pytest.approx(
        float(share * (1 - share) / spread) * ratio**2
    )


@st.composite
def several(draw: st.DrawFn) -> list[StratumCount]:
    """Two to four strata, not all in full, with a hit and a miss."""
    rows = []
    for _ in range(draw(st.integers(2, 4))):
        population = draw(st.integers(3, 200))
        sampled = draw(st.integers(2, min(20, population - 1)))
        rows.append((population, sampled, draw(st.integers(0, sampled))))
    rows.append((30, 6, draw(st.integers(1, 5))))
    return counts(*rows)


@given(strata=several())
def test_bounds_hold_the_share_and_widen_with_the_level(
    strata: list[StratumCount],
) -> None:
    """An interval must hold its own estimate."""
    lower, upper = korn_graubard(strata, level=Fraction(8, 10))
    wide_lower, wide_upper = korn_graubard(strata, level=LEVEL)

    assert wide_lower <= lower <= weighted_share(strata) <= upper <= wide_upper


@given(strata=several())
def test_hits_and_misses_mirror_each_other(strata: list[StratumCount]) -> None:
    """60% good and 40% not good must be the same statement."""
    mirrored = counts(*((s.population, s.sampled, s.misses) for s in strata))
    lower, upper = korn_graubard(strata, level=LEVEL)
    other_lower, other_upper = korn_graubard(mirrored, level=LEVEL)

    assert float(lower) == pytest.approx(1 - float(other_upper), abs=1e-11)
    assert float(upper) == pytest.approx(1 - float(other_lower), abs=1e-11)


@given(strata=several())
def test_effective_size_is_never_above_the_cap(strata: list[StratumCount]) -> None:
    """Small estimated variances do not claim a larger sample."""
    drawn = sum(s.sampled for s in strata)
    population = sum(s.population for s in strata)
    size = effective_size(strata, level=LEVEL)

    assert 0 < size < inf
    assert size <= drawn / (1 - drawn / population) * (1 + 1e-12)


@pytest.mark.parametrize(
    "row",
    [(0, 0, 0), (5, 6, 0), (5, 4, 5), (5, 4, -1), (5, 4, 2, 3), (5, 4, 2, -1)],
)
def test_impossible_counts_cannot_exist(row: tuple[int, ...]) -> None:
    """An impossible value never reaches an estimate."""
    with pytest.raises(ValueError, match="not 0 <= hits"):
        counts(row)
