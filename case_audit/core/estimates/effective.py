"""Intervals by effective size: how large a simple sample would be as informative."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from case_audit.core.estimates.beta import beta_quantile, t_quantile

_REMEMBERED = 4096


@lru_cache(maxsize=_REMEMBERED)
def t_ratio(tail: float, n: int, df: int) -> float:
    """Return ``(t(n - 1) / t(df))**2``: what few degrees of freedom cost.

    Args:
        tail: Probability in one tail.
        n: Units, more than 1.
        df: Degrees of freedom of the variance, at least 1.
    """
    return (t_quantile(tail, n - 1) / t_quantile(tail, df)) ** 2


def adjusted_size(
    share: Fraction,
    variance: Fraction,
    *,
    n: int,
    df: int,
    cap: float,
    level: Fraction,
) -> float:
    """Return the effective sample size of Korn and Graubard, capped.

    ``share * (1 - share) / variance`` times :func:`t_ratio`, and then at most
    ``cap``.

    Args:
        share: The estimated share, more than 0 and less than 1.
        variance: Its estimated variance, at least 0.
        n: Audited units that the variance rests on.
        df: Its degrees of freedom; with none left the size is 0.
        cap: The most that may be claimed.
        level: Confidence level of the interval it is for.
    """
    if variance == 0:
        return cap
    if df < 1:
        return 0.0
    tail = float((1 - level) / 2)
    return min(cap, float(share * (1 - share) / variance) * t_ratio(tail, n, df))


@lru_cache(maxsize=_REMEMBERED)
def clopper_pearson(
    share: float, size: float, level: Fraction
) -> tuple[Fraction, Fraction]:
    """Return Clopper and Pearson's interval for a size that need not be whole.

    Args:
        share: The share, 0 to 1.
        size: The effective size, at least 0; nothing is known of a size of 0.
        level: Confidence level.

    Returns:
        Lower and upper bound, 0 to 1.
    """
    if size == 0:
        return Fraction(0), Fraction(1)
    tail = float((1 - level) / 2)
    hits, misses = size * share, size * (1 - share)
    lower = Fraction(beta_quantile(tail, hits, misses + 1)) if hits else Fraction(0)
    least = Fraction(beta_quantile(tail, misses, hits + 1)) if misses else Fraction(0)
    return lower, 1 - least
