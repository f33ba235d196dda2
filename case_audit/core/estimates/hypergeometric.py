"""Exact intervals from a simple random sample without replacement."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import comb, exp, inf, lgamma, log

LEVEL = Fraction(95, 100)
"""The confidence level unless another is asked for."""

UNION_TOLERANCE = Fraction(1, 2000)
"""How much a bound of ``domain_interval`` may lie outside the union, at most. A
twentieth of a percentage point: less than is ever printed, and it keeps frames
of tens of thousands quick."""

_LARGEST = 700.0
"""The exponential of this is still a double."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """How many units of a population may have a property.

    Attributes:
        lower_count: The fewest, at least as many as were found.
        upper_count: The most, at most all but the misses that were found.
        population: Units in the population, at least 1.
    """

    lower_count: int
    upper_count: int
    population: int

    @property
    def lower(self) -> Fraction:
        """The lower bound as a share of the population, 0 to 1."""
        return Fraction(self.lower_count, self.population)

    @property
    def upper(self) -> Fraction:
        """The upper bound as a share of the population, 0 to 1."""
        return Fraction(self.upper_count, self.population)


def exact_interval(
    *, population: int, sample: int, hits: int, level: Fraction = LEVEL
) -> Interval:
    """Bound the number of units with a property, from a simple random sample.

    With ``alpha = 1 - level`` and ``X`` hypergeometric, ``M`` is kept while
    ``2 * P(X >= hits | M) > alpha`` and ``2 * P(X <= hits | M) > alpha``; the
    bounds are the smallest and the largest ``M`` kept. Near a tie whole numbers
    decide, so that rounding never does. A sample of everybody gives the number found.

    Args:
        population: Units in the population, at least 1.
        sample: Units sampled, 0 to ``population``.
        hits: Sampled units with the property, 0 to ``sample``.
        level: Confidence level, between 0 and 1.

    Returns:
        An interval that covers the true number in at least ``level`` of all
        samples, whatever that number is.

    Raises:
        ValueError: If the counts or the level are impossible.

    Source:
        J. P. Buonaccorsi, *A note on confidence intervals for proportions in
        finite populations*, The American Statistician 41 (1987) 215-218.
    """
    check_counts(population=population, sample=sample, hits=hits, level=level)
    alpha = 1 - level
    misses = sample - hits
    return Interval(
        lower_count=_fewest(population, sample=sample, hits=hits, alpha=alpha),
        upper_count=population
        - _fewest(population, sample=sample, hits=misses, alpha=alpha),
        population=population,
    )


def domain_interval(
    *, at_most: int, sample: int, hits: int, level: Fraction = LEVEL
) -> tuple[Fraction, Fraction]:
    """Bound a share where it is not known to how many units the question applies.

    The number of such units lies between ``sample`` (those met) and ``at_most``
    (the population without the units found outside). The interval is the union
    of the exact intervals for all these numbers (or wider by no more than
    ``UNION_TOLERANCE``), so it covers the true share as often as they do. One exact interval for ``at_most`` does not: it can lie
    up to one unit too far inside.

    Args:
        at_most: The largest number of units to which the question can apply,
            at least 1.
        sample: Sampled units to which it applies, 1 to ``at_most``.
        hits: Those with the property, 0 to ``sample``.
        level: Confidence level, between 0 and 1.

    Returns:
        Lower and upper bound of the share, 0 to 1.

    Raises:
        ValueError: If the counts or the level are impossible.
    """
    check_counts(population=at_most, sample=sample, hits=hits, level=level)
    if sample == 0:
        msg = "no sampled unit to which the question applies"
        raise ValueError(msg)
    alpha = 1 - level
    lower = _least_share(at_most, sample=sample, hits=hits, alpha=alpha)
    misses = sample - hits
    return lower, 1 - _least_share(at_most, sample=sample, hits=misses, alpha=alpha)


def check_counts(*, population: int, sample: int, hits: int, level: Fraction) -> None:
    """Refuse counts that no sample can have.

    Raises:
        ValueError: Unless ``0 <= hits <= sample <= population``,
            ``population > 0`` and ``0 < level < 1``.
    """
    if not 0 <= hits <= sample <= population != 0:
        msg = f"not 0 <= hits <= sample <= population: {hits}, {sample}, {population}"
        raise ValueError(msg)
    if not 0 < level < 1:
        msg = f"not 0 < level < 1: {level}"
        raise ValueError(msg)


def _fewest(population: int, *, sample: int, hits: int, alpha: Fraction) -> int:
    """Return ``min{M: 2 * P(X >= hits | M) > alpha}``."""
    return _fewest_between(
        population,
        sample=sample,
        hits=hits,
        alpha=alpha,
        low=hits,
        high=population - sample + hits,
    )


def _fewest_between(
    population: int,
    *,
    sample: int,
    hits: int,
    alpha: Fraction,
    low: int,
    high: int,
    near: int | None = None,
) -> int:
    """Return the same, known to lie from ``low`` to ``high``.

    The tail grows with ``M``, hence bisection; from a guess ``near``, steps that
    double until the answer lies between two of them, and bisection from there.
    """
    if near is not None:
        low, high = _around(
            population,
            near=near,
            sample=sample,
            hits=hits,
            alpha=alpha,
            low=low,
            high=high,
        )
    while low < high:
        middle = (low + high) // 2
        if _tail_exceeds(population, middle, sample=sample, hits=hits, alpha=alpha):
            high = middle
        else:
            low = middle + 1
    return low


def _around(
    population: int,
    *,
    near: int,
    sample: int,
    hits: int,
    alpha: Fraction,
    low: int,
    high: int,
) -> tuple[int, int]:
    """Return a narrower ``low`` and ``high``, by steps that double from a guess."""
    step, at = 1, max(low, min(near, high - 1))
    below = above = False
    while low < high and not (below and above):
        if _tail_exceeds(population, at, sample=sample, hits=hits, alpha=alpha):
            high, above = at, True
            at = max(low, at - step)
        else:
            low, below = at + 1, True
            at = min(high - 1, at + step)
        step *= 2
    return low, high


def _tail_exceeds(
    population: int, having: int, *, sample: int, hits: int, alpha: Fraction
) -> bool:
    """Whether ``2 * P(X >= hits) > alpha``.

    Decided in floating point where that leaves no doubt, else in integers. The sum
    ends where what is left of it, at most a geometric series, is less than rounding.

    Args:
        population: Units in the population, N.
        having: Units with the property, M; ``hits <= M < N - sample + hits``.
        sample: Units sampled, n.
        hits: Where the tail begins.
        alpha: Between 0 and 1.
    """
    whole = lgamma(population + 1)
    doubt = 1e-10 + 1e-14 * whole
    first = (
        _log_comb(having, hits)
        + _log_comb(population - having, sample - hits)
        - (whole - lgamma(sample + 1) - lgamma(population - sample + 1))
    )
    wanted = log(alpha / 2) - first
    # So large a sum decides, whatever is still to come.
    enough = exp(wanted + doubt) if wanted < _LARGEST else inf
    rest = population - having - sample
    total = term = 1.0
    for k in range(hits, min(sample, having)):
        ratio = (having - k) * (sample - k) / ((k + 1) * (rest + k + 1))
        term *= ratio
        total += term
        if total > enough:
            return True
        if ratio < 1 and term * ratio < 1e-13 * total * (1 - ratio):
            break
    excess = log(total) - wanted
    if abs(excess) > doubt:
        return excess > 0
    return _tail_exceeds_exactly(
        population, having, sample=sample, hits=hits, alpha=alpha
    )


def _tail_exceeds_exactly(
    population: int, having: int, *, sample: int, hits: int, alpha: Fraction
) -> bool:
    """Decide the same by counting samples."""
    rest = population - having - sample
    term = comb(having, hits) * comb(population - having, sample - hits)
    samples = 0
    for k in range(hits, min(sample, having) + 1):
        samples += term
        term = term * (having - k) * (sample - k) // ((k + 1) * (rest + k + 1))
    return 2 * samples > alpha * comb(population, sample)


def _log_comb(n: int, k: int) -> float:
    """Return the logarithm of a binomial coefficient."""
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def _least_share(at_most: int, *, sample: int, hits: int, alpha: Fraction) -> Fraction:
    """Return ``min(L(N) / N)`` for N from ``sample`` to ``at_most``, or just below.

    ``L(N)`` is the exact lower bound for a population of N. One unit more, by
    the coupling that takes a random unit out again, leaves ``L`` as it is or
    raises it by one; so between two sizes it is bounded by its values there,
    and whole ranges of sizes can be left out unseen. A range that could lower
    the result by no more than ``UNION_TOLERANCE`` is not looked into: the
    result takes the bound itself.
    """
    top = _fewest(at_most, sample=sample, hits=hits, alpha=alpha)
    best = least = min(Fraction(hits, sample), Fraction(top, at_most))
    ranges = [(sample, hits, at_most, top)]
    while ranges:
        small, low, large, high = ranges.pop()
        if large - small < 2 or low == high:  # noqa: PLR2004
            continue
        # L is at least ``low``, and at least ``high`` less the units taken away:
        # the two meet where the share can be smallest.
        inside = Fraction(low, large - (high - low))
        if inside >= best - UNION_TOLERANCE:
            least = min(least, inside)
            continue
        middle = (small + large) // 2
        fewest = _fewest_between(
            middle,
            sample=sample,
            hits=hits,
            alpha=alpha,
            low=max(low, high - (large - middle)),
            high=min(high, low + (middle - small)),
            # Between two sizes the bound is nearly straight.
            near=low + (high - low) * (middle - small) // (large - small),
        )
        best = min(best, Fraction(fewest, middle))
        least = min(least, best)
        ranges += [(small, low, middle, fewest), (middle, fewest, large, high)]
    return max(least, Fraction(hits, at_most))
