"""The normal distribution and Wilson's interval: what every room may need."""

from __future__ import annotations

from fractions import Fraction
from math import erfc, sqrt
from statistics import NormalDist

_STANDARD = NormalDist()


def z_of(level: Fraction) -> float:
    """Return the z of a two-sided interval: 1.96 for 95%.

    Args:
        level: Confidence level, more than 0 and less than 1.
    """
    return _STANDARD.inv_cdf(float((1 + level) / 2))


def two_sided(z: float) -> float:
    """Return the probability that a normal variable is at least as far from 0."""
    return erfc(abs(z) / sqrt(2))


def wilson(share: float, size: float, z: float) -> tuple[Fraction, Fraction]:
    """Return Wilson's score interval for a share.

    All P with ``|p - P| <= z * sqrt(P * (1 - P) / n)``.

    Args:
        share: The share seen, p, 0 to 1.
        size: How many units it is worth, n, more than 0; need not be whole.
        z: From :func:`z_of`.

    Returns:
        Lower and upper bound, 0 to 1.

    Source:
        E. B. Wilson, Journal of the American Statistical Association 22 (1927)
        209-212.
    """
    square = z * z / size
    middle = share + square / 2
    half = sqrt(square * (share * (1 - share) + square / 4))
    lower, upper = (middle - half) / (1 + square), (middle + half) / (1 + square)
    return Fraction(lower if share > 0 else 0), Fraction(upper if share < 1 else 1)
