"""Two shares from samples drawn independently: an interval and tests."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import comb, sqrt
from typing import TYPE_CHECKING

from case_audit.core.estimates.beta import incomplete_beta
from case_audit.core.normal import wilson, z_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.core.estimates.stratified import StratumCount


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounded:
    """A share with bounds.

    Attributes:
        share: The share, 0 to 1.
        lower: Lower bound, at most the share.
        upper: Upper bound, at least the share.
    """

    share: Fraction
    lower: Fraction
    upper: Fraction


def combine(first: Bounded, second: Bounded) -> tuple[Fraction, Fraction]:
    """Bound the second share less the first, from the bounds of both.

    ``d - sqrt((p2 - l2)**2 + (u1 - p1)**2)`` to ``d + sqrt((u2 - p2)**2 + (p1 - l1)**2)``
    with ``d = p2 - p1``: the distance to a bound stands for the standard error on
    that side. The two must be independent. Never outside -1 to 1.

    Source:
        R. G. Newcombe, *Interval estimation for the difference between independent
        proportions*, Statistics in Medicine 17 (1998) 873-890, method 10, for
        Wilson's bounds; G. Y. Zou and A. Donner, Statistics in Medicine 27 (2008)
        1693-1702 for others.
    """
    difference = second.share - first.share
    down = (second.share - second.lower) ** 2 + (first.upper - first.share) ** 2
    up = (second.upper - second.share) ** 2 + (first.share - first.lower) ** 2
    return (
        max(Fraction(-1), difference - Fraction(sqrt(down))),
        min(Fraction(1), difference + Fraction(sqrt(up))),
    )


def finite_wilson(stratum: StratumCount, *, level: Fraction) -> Bounded:
    """Bound the share of a simple random sample by Wilson's score interval.

    With ``n * (N - 1) / (N - n)`` in the place of n, which is what the variance of a
    draw without replacement is worth: all P with
    ``|p - P| <= z * sqrt(P * (1 - P) / n * (N - n) / (N - 1))``. A frame audited in
    full is known.

    Args:
        stratum: What was found, with a unit to which the question applies.
        level: Confidence level, between 0 and 1.
    """
    share = Fraction(stratum.hits, stratum.asked)
    if stratum.complete:
        return Bounded(share=share, lower=share, upper=share)
    worth = Fraction(
        stratum.asked * (stratum.population - 1),
        stratum.population - stratum.sampled,
    )
    lower, upper = wilson(float(share), float(worth), z_of(level))
    return Bounded(share=share, lower=min(lower, share), upper=max(upper, share))


def fisher_mid_p(*, hits: tuple[int, int], sizes: tuple[int, int]) -> Fraction:
    """Return the two-sided mid-p value of Fisher's test, exactly.

    Of all ways the hits could have fallen on the two samples: the probability of
    those less likely than the one seen, and half of that of those as likely.

    Args:
        hits: Units with the property, in either sample.
        sizes: Units in either sample, at least 0.

    Returns:
        From 0 to 1; a half where there was but one way.

    Source:
        H. O. Lancaster, Journal of the American Statistical Association 56 (1961)
        223-234; A. Agresti, *Categorical Data Analysis*, 3rd ed., Wiley 2013, 3.5.
    """
    ways = dict(_ways(sum(hits), sizes))
    seen = ways[hits[0]]
    rarer = sum(2 * n for n in ways.values() if n < seen)
    return Fraction(
        rarer + sum(n for n in ways.values() if n == seen), 2 * sum(ways.values())
    )


def _ways(total: int, sizes: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Yield in how many ways so many hits fall on two samples, by those in the first.

    With k of them in the first: ``comb(n1, k) * comb(n2, total - k)``. Each follows from
    the one before, which is far quicker than to make it anew where samples are large.
    """
    first, other = sizes
    k, last = max(0, total - other), min(first, total)
    ways = comb(first, k) * comb(other, total - k)
    while k < last:
        yield k, ways
        ways = ways * (first - k) * (total - k)
        k += 1
        ways //= k * (other - total + k)
    yield k, ways


def t_test(difference: Fraction, variance: Fraction, df: int) -> Fraction | None:
    """Return the two-sided p-value of Student's test that a difference is 0.

    Args:
        difference: The difference seen.
        variance: Its estimated variance, at least 0.
        df: Degrees of freedom.

    Returns:
        ``None`` without variance or degrees of freedom: then nothing is known of
        what chance would do.
    """
    if not variance or df < 1:
        return None
    square = float(difference**2 / variance)
    return Fraction(incomplete_beta(df / (df + square), df / 2, 0.5))
