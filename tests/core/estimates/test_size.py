"""How many cases: the question asked before every round."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from case_audit.core.estimates.hypergeometric import LEVEL
from case_audit.core.estimates.size import expected_interval, size_for

REFERENCE = json.loads(
    Path(__file__).with_name("reference_planning.json").read_text(encoding="utf-8")
)
TEN = Fraction(1, 10)


def test_worked_example() -> None:
    """n0 = 1.96**2 / 4 / 0.01 = 96.04; 96.04 / (1 + 95.04 / 240) = 68.8."""
    found = size_for(population=240, half_width=TEN)

    assert round(found.first, 2) == 96.04
    assert found.formula == 69


@pytest.mark.parametrize(
    ("population", "half", "expected", "level", "size"), REFERENCE["cochran"]
)
def test_equals_the_formula_of_another_program(
    population: int, half: str, expected: str, level: str, size: int
) -> None:
    found = size_for(
        population=population,
        half_width=Fraction(half),
        expected=Fraction(expected),
        level=Fraction(level),
    )

    assert found.formula == size


@pytest.mark.parametrize(("population", "size", "_"), REFERENCE["first_table"])
def test_equals_the_sizes_computed_apart(population: int, size: int, _: int) -> None:
    assert size_for(population=population, half_width=TEN).formula == size


@settings(deadline=None, max_examples=40)
@given(
    st.integers(1, 300),
    st.integers(2, 45),
    st.integers(1, 99),
    st.sampled_from([90, 95]),
)
def test_the_exact_size_is_the_first_that_fits(
    population: int, half: int, expected: int, level: int
) -> None:
    """Equal to trying every size from nothing upwards."""
    width, share = Fraction(half, 100), Fraction(expected, 100)
    sure = Fraction(level, 100)

    found = size_for(
        population=population, half_width=width, expected=share, level=sure
    )

    def fits(sample: int) -> bool:
        lower, upper = expected_interval(population, sample, share, sure)
        return upper - lower <= 2 * width

    assert found.exact == next(n for n in range(population + 1) if fits(n))


def test_of_two_numbers_of_hits_the_wider_interval_is_expected() -> None:
    """Half of 5 is 2 or 3; by symmetry both are as wide."""
    assert expected_interval(10, 5, Fraction(1, 2)) == (
        Fraction(3, 10),
        Fraction(8, 10),
    )
    assert expected_interval(10, 10, Fraction(3, 10)) == (
        Fraction(3, 10),
        Fraction(3, 10),
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"population": 0},
        {"half_width": Fraction(0)},
        {"half_width": Fraction(1, 2)},
        {"expected": Fraction(0)},
        {"expected": Fraction(1)},
        {"level": Fraction(1)},
    ],
)
def test_impossible_numbers_are_refused(wrong: dict[str, Fraction | int]) -> None:
    right = {
        "population": 9,
        "half_width": TEN,
        "expected": Fraction(1, 2),
        "level": LEVEL,
    }

    with pytest.raises(ValueError, match="out of range"):
        size_for(**(right | wrong))  # type: ignore[arg-type]
