"""What may be there although nothing was found."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import product
from math import comb, prod
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_audit.core.estimates.hypergeometric import exact_interval
from case_audit.core.estimates.zero_event import most_unseen

REFERENCE = json.loads(
    Path(__file__).with_name("reference.json").read_text(encoding="utf-8")
)


@st.composite
def stratum(draw: st.DrawFn) -> tuple[int, int]:
    """Population and sample of a small stratum."""
    size = draw(st.integers(1, 9))
    return size, draw(st.integers(0, size))


tails = st.fractions(Fraction(1, 200), Fraction(1, 2))


def unseen_chance(strata: list[tuple[int, int]], having: tuple[int, ...]) -> Fraction:
    """The chance that the samples show none."""
    return prod(
        (
            Fraction(comb(size - m, n), comb(size, n))
            for (size, n), m in zip(strata, having, strict=True)
        ),
        start=Fraction(1),
    )


@given(strata=st.lists(stratum(), min_size=1, max_size=3), tail=tails)
def test_is_the_best_of_all_combinations(
    strata: list[tuple[int, int]], tail: Fraction
) -> None:
    """Taking the likeliest unit each time loses nothing."""
    every = product(*(range(size - n + 1) for size, n in strata))
    best = max(sum(m) for m in every if unseen_chance(strata, m) > tail)

    assert most_unseen(strata, tail=tail) == best


@pytest.mark.parametrize(("strata", "tail", "value"), REFERENCE["most_unseen"])
def test_agrees_with_an_independent_computation(
    strata: list[list[int]], tail: str, value: int
) -> None:
    """Other code, every combination tried."""
    sizes = [(size, n) for size, n in strata]

    assert most_unseen(sizes, tail=Fraction(tail)) == value


def test_five_strata() -> None:
    """Pooled as one simple random sample it would be 119: too few."""
    strata = [(900, 20), (240, 20), (420, 20), (160, 10), (1300, 20)]
    pooled = exact_interval(population=3020, sample=90, hits=0)

    assert most_unseen(strata, tail=Fraction(1, 40)) == 217
    assert pooled.upper_count == 119


@given(size=st.integers(1, 300), data=st.data())
def test_one_stratum_is_the_exact_interval(size: int, data: st.DataObject) -> None:
    """Both are the same question."""
    n = data.draw(st.integers(1, size))

    assert (
        most_unseen([(size, n)], tail=Fraction(1, 40))
        == exact_interval(population=size, sample=n, hits=0).upper_count
    )


def test_borders() -> None:
    """Everything drawn leaves nothing unseen; nothing drawn leaves everything."""
    assert most_unseen([(7, 7), (3, 3)], tail=Fraction(1, 40)) == 0
    assert most_unseen([(7, 0), (3, 0)], tail=Fraction(1, 40)) == 10
    assert most_unseen([(7, 7), (1, 0)], tail=Fraction(1, 40)) == 1
    assert most_unseen([(7, 2)], tail=Fraction(0)) == 5
    assert most_unseen([], tail=Fraction(1, 40)) == 0


@pytest.mark.parametrize(
    ("strata", "tail"),
    [([(5, 6)], Fraction(1, 40)), ([(5, -1)], Fraction(1, 40)), ([(5, 2)], 1)],
)
def test_impossible_arguments_are_refused(
    strata: list[tuple[int, int]], tail: Fraction
) -> None:
    """Rather than answered with a number."""
    with pytest.raises(ValueError, match="tail"):
        most_unseen(strata, tail=Fraction(tail))
