"""How many cases an interval of a wished width needs."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor
from statistics import NormalDist

from case_audit.core.estimates.hypergeometric import LEVEL, exact_interval

EVEN = Fraction(1, 2)
"""The expected share that needs the most cases, where nothing is known."""

_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How many cases to draw, in two ways.

    Attributes:
        formula: Cochran's formula with finite population correction.
        exact: The fewest whose exact interval at the expected share is no wider.
        first: Cochran's size for a population without end, before rounding.
        z: The normal quantile used.
    """

    formula: int
    exact: int
    first: float
    z: float


def size_for(
    *,
    population: int,
    half_width: Fraction,
    expected: Fraction = EVEN,
    level: Fraction = LEVEL,
) -> Size:
    """Return how many cases give an interval of the width, as plus or minus.

    ``n0 = z**2 * p * (1 - p) / d**2`` and ``n = n0 / (1 + (n0 - 1) / N)``, rounded
    up. The formula takes the interval for a normal one; the exact interval
    (:func:`expected_interval`) is often a little wider, so the fewest cases that
    it needs are given too.

    Args:
        population: Cases in the frame, N, at least 1.
        half_width: Half the width wished for, d, as a share, more than 0 and
            less than a half.
        expected: The share expected, p, more than 0 and less than 1.
        level: Confidence level, between 0 and 1.

    Raises:
        ValueError: If a number is out of range.

    Source:
        W. G. Cochran, *Sampling Techniques*, 3rd ed., Wiley 1977, section 4.4.
    """
    fits = population > 0 and 0 < half_width < EVEN and 0 < expected < 1
    if not fits or not 0 < level < 1:
        msg = f"out of range: {population}, {half_width}, {expected}, {level}"
        raise ValueError(msg)
    z = NormalDist().inv_cdf(float((1 + level) / 2))
    first = z * z * float(expected * (1 - expected) / half_width**2)
    formula = ceil(first / (1 + (first - 1) / population))
    formula = min(max(formula, 1), population)
    exact = _fewest_exact(
        population, half_width=half_width, expected=expected, level=level, near=formula
    )
    return Size(formula=formula, exact=exact, first=first, z=z)


@lru_cache(maxsize=_REMEMBERED)
def expected_interval(
    population: int, sample: int, expected: Fraction, level: Fraction = LEVEL
) -> tuple[Fraction, Fraction]:
    """Return the exact interval to expect from a simple random sample.

    The expected number of hits is seldom whole. Of the two whole numbers beside
    it, the one with the wider interval is taken; of equal ones the larger.

    Args:
        population: Units in the frame, at least 1.
        sample: Units to draw, 0 to ``population``.
        expected: The share expected, 0 to 1.
        level: Confidence level, between 0 and 1.

    Returns:
        Lower and upper bound, 0 to 1.
    """
    mean = sample * expected
    found = (
        exact_interval(population=population, sample=sample, hits=hits, level=level)
        for hits in {ceil(mean), floor(mean)}
    )
    widest = max(found, key=lambda i: (i.upper_count - i.lower_count, i.lower_count))
    return widest.lower, widest.upper


def _fewest_exact(
    population: int,
    *,
    half_width: Fraction,
    expected: Fraction,
    level: Fraction,
    near: int,
) -> int:
    """Return the fewest cases whose exact interval is no wider than asked.

    The width falls in a saw-tooth, because hits and bounds are whole numbers.
    Its teeth are about as long as one more hit (``1 / p`` cases) and one more
    unit between the bounds (``n / (N * d)`` cases) make them; so a size that fits
    is found by bisection, and the sizes below are tried until a stretch of twice
    that length has none.
    """

    def fits(sample: int) -> bool:
        lower, upper = expected_interval(population, sample, expected, level)
        return upper - lower <= 2 * half_width

    low, high = 0, near
    while not fits(high):
        low, high = high, min(population, max(high + 1, high * 5 // 4))
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if fits(middle) else (middle, high)
    one_hit = 1 / min(expected, 1 - expected)
    one_unit = Fraction(high, population) / half_width
    tooth = 2 * (ceil(one_hit) + ceil(one_unit))
    sample = fewest = high
    while sample > 0 and fewest - sample < tooth:
        sample -= 1
        if fits(sample):
            fewest = sample
    return fewest
