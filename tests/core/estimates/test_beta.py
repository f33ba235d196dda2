"""The two distributions that approximate intervals rest on."""

from __future__ import annotations

import json
from math import expm1, log1p, pi, sin, sqrt, tan
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_audit.core.estimates.beta import beta_quantile, incomplete_beta, t_quantile

REFERENCE = json.loads(
    Path(__file__).with_name("reference.json").read_text(encoding="utf-8")
)

sizes = st.floats(0.05, 3000)
shares = st.floats(0.0005, 0.9995)


@pytest.mark.parametrize(("x", "a", "b", "value"), REFERENCE["incomplete_beta"])
def test_beta_agrees_with_fifty_digit_arithmetic(
    x: float, a: float, b: float, value: float
) -> None:
    """Small, large and lopsided parameters alike."""
    assert incomplete_beta(x, a, b) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(("q", "a", "b", "value"), REFERENCE["beta_quantile"])
def test_quantile_agrees_with_fifty_digit_arithmetic(
    q: float, a: float, b: float, value: float
) -> None:
    """A wrong quantile is a wrong bound in print."""
    assert beta_quantile(q, a, b) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(("tail", "df", "value"), REFERENCE["t_quantile"])
def test_t_agrees_with_fifty_digit_arithmetic(
    tail: float, df: float, value: float
) -> None:
    """Few degrees of freedom are the rule where few cases are read."""
    assert t_quantile(tail, df) == pytest.approx(value, rel=1e-11)


@pytest.mark.parametrize(
    ("df", "value"),
    [(1, 12.706), (2, 4.303), (5, 2.571), (10, 2.228), (30, 2.042), (120, 1.980)],
)
def test_t_agrees_with_the_printed_table(df: int, value: float) -> None:
    """The two-sided 5% column of any statistics textbook."""
    assert round(t_quantile(0.025, df), 3) == value


@pytest.mark.parametrize(
    ("hits", "lower", "upper"),
    [(0, 0.0, 0.3085), (1, 0.0025, 0.4450), (2, 0.0252, 0.5561), (5, 0.1871, 0.8129)],
)
def test_clopper_pearson_agrees_with_the_printed_table(
    hits: int, lower: float, upper: float
) -> None:
    """The 95% limits for ten trials, as in the tables of 1934 and since."""
    low = beta_quantile(0.025, hits, 11 - hits) if hits else 0.0

    assert round(low, 4) == lower
    assert round(beta_quantile(0.975, hits + 1, 10 - hits), 4) == upper


@given(q=shares, a=sizes)
def test_closed_forms(q: float, a: float) -> None:
    """I_x(a, 1) = x**a and I_x(1, a) = 1 - (1 - x)**a."""
    assert beta_quantile(q, a, 1) == pytest.approx(q ** (1 / a), rel=1e-10)
    assert beta_quantile(q, 1, a) == pytest.approx(-expm1(log1p(-q) / a), rel=1e-10)


@given(q=shares)
def test_arcsine_law(q: float) -> None:
    """I_x(1/2, 1/2) = 2 / pi * asin(sqrt(x))."""
    assert beta_quantile(q, 0.5, 0.5) == pytest.approx(sin(pi * q / 2) ** 2, rel=1e-10)


@given(tail=st.floats(0.0005, 0.4999))
def test_t_with_one_and_two_degrees_of_freedom(tail: float) -> None:
    """One is Cauchy's distribution, two has a root in closed form."""
    cauchy = tan(pi * (0.5 - tail))
    two = (1 - 2 * tail) / sqrt(2 * tail * (1 - tail))

    assert t_quantile(tail, 1) == pytest.approx(cauchy, rel=1e-9)
    assert t_quantile(tail, 2) == pytest.approx(two, rel=1e-9)


def test_median_of_t_is_zero() -> None:
    """The border of the argument."""
    assert t_quantile(0.5, 7) == 0


@given(q=shares, a=sizes, b=sizes)
def test_quantile_undoes_the_distribution(q: float, a: float, b: float) -> None:
    """Whatever the parameters, unless the answer is within rounding of 0 or 1."""
    x = beta_quantile(q, a, b)

    if 1e-300 < x < 1 - 1e-6:
        assert incomplete_beta(x, a, b) == pytest.approx(q, rel=1e-9)


@given(x=shares, a=sizes, b=sizes)
def test_distribution_is_symmetric(x: float, a: float, b: float) -> None:
    """Exchanging hits and misses turns the curve round."""
    assert incomplete_beta(x, a, b) == pytest.approx(
        1 - incomplete_beta(1 - x, b, a), abs=1e-11
    )


def test_distribution_agrees_with_numerical_integration() -> None:
    """Simpson's rule knows nothing of continued fractions."""
    x, steps = 0.35, 2000
    inverse = 7 * 8 * 9 * 10 / (1 * 2 * 3)

    def density(y: float) -> float:
        return inverse * y**3 * (1 - y) ** 6

    width = x / steps
    inner = sum((4 if k % 2 else 2) * density(k * width) for k in range(1, steps))
    area = (density(0) + inner + density(x)) * width / 3

    assert incomplete_beta(x, 4, 7) == pytest.approx(area, rel=1e-10)


def test_borders() -> None:
    """0 and 1 are themselves; so is what no double parts from them."""
    assert incomplete_beta(0, 2, 3) == 0
    assert incomplete_beta(1, 2, 3) == 1
    assert beta_quantile(0, 2, 3) == 0
    assert beta_quantile(1, 2, 3) == 1
    assert beta_quantile(0.025, 0.001, 1) == 0
    assert beta_quantile(0.5, 1, 0.001) == 1


def test_what_does_not_converge_is_refused() -> None:
    """A wrong number would go unnoticed."""
    with pytest.raises(ArithmeticError, match="no convergence"):
        incomplete_beta(0.5, 1e12, 1e12)


@pytest.mark.parametrize(("x", "a", "b"), [(-0.1, 1, 1), (1.1, 1, 1), (0.5, 0, 1)])
def test_impossible_arguments_are_refused(x: float, a: float, b: float) -> None:
    """Rather than answered with a number."""
    with pytest.raises(ValueError, match="not 0 <="):
        incomplete_beta(x, a, b)
    with pytest.raises(ValueError, match="not 0 <="):
        beta_quantile(x, a, b)


@pytest.mark.parametrize("tail", [0, 0.6])
def test_impossible_tails_are_refused(tail: float) -> None:
    """The upper half of the distribution is the one that is asked for."""
    with pytest.raises(ValueError, match="tail"):
        t_quantile(tail, 5)
