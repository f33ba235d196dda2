"""Order used: a trend over several rounds, and grades of two groups."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from math import comb, sqrt
from typing import TYPE_CHECKING

from case_audit.core.normal import two_sided

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MOST = 100_000
"""Steps of counting up to which a test is exact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """What a test that uses an order found.

    Attributes:
        z: Standardised statistic; positive where later rounds, or the second group,
            have more of what is counted. 0 where nothing varies.
        p_value: Two-sided.
        exact: Whether ``p_value`` is of all ways counted, or of the normal curve.
        superiority: Of two groups: the chance that a case of the second has the
            better grade than one of the first, ties counted half; ``None`` for a trend.
    """

    z: float
    p_value: Fraction
    exact: bool
    superiority: Fraction | None = None


def cochran_armitage(
    rounds: Sequence[tuple[int, int]], *, scores: Sequence[int] = ()
) -> Ranked:
    """Test whether a share rises or falls over several rounds in order.

    ``T = sum(s_i * (x_i - n_i * p))`` with p the share of all rounds together, over
    the root of ``p * (1 - p) * (sum(n_i * s_i**2) - sum(n_i * s_i)**2 / n)``. Exact where
    that is not too long: of all ways the hits could have fallen on the cases of all
    rounds, the part with a T at least as far from 0.

    A trend need not be a straight line to be found, and one that is found need not
    be one. Frames are taken as endless, as for Fisher's test.

    Args:
        rounds: Hits and audited cases of each, in order; two rounds at least with a
            case.
        scores: Whole numbers that say how far apart the rounds were; 0, 1, 2 and so
            on if there are none.

    Raises:
        ValueError: If the counts are impossible, fewer than two rounds have a case,
            or there are not as many scores.

    Source:
        W. G. Cochran, Biometrics 10 (1954) 417-451; P. Armitage, Biometrics 11
        (1955) 375-386.
    """
    steps = list(scores) or list(range(len(rounds)))
    fits = all(0 <= x <= n for x, n in rounds) and len(steps) == len(rounds)
    if not fits or sum(1 for _, n in rounds if n) < 2:  # noqa: PLR2004
        msg = f"no rounds to test: {len(rounds)} rounds, {len(steps)} scores"
        raise ValueError(msg)
    size, hits = sum(n for _, n in rounds), sum(x for x, _ in rounds)
    first = sum(n * s for s, (_, n) in zip(steps, rounds, strict=True))
    second = sum(n * s * s for s, (_, n) in zip(steps, rounds, strict=True))
    scored = sum(x * s for s, (x, _) in zip(steps, rounds, strict=True))
    away = size * scored - hits * first
    spread = hits * (size - hits) * (size * second - first * first)
    if not spread:
        return Ranked(z=0.0, p_value=Fraction(1), exact=True)
    z = away / sqrt(spread / size)
    reach = max(steps) - min(steps)
    if (
        len(rounds) * (hits + 1) * (hits * reach + 1) * max(n for _, n in rounds)
        > 20 * MOST
    ):
        return Ranked(z=z, p_value=Fraction(two_sided(z)), exact=False)
    ways = _ways([n for _, n in rounds], steps, hits)
    as_far = sum(
        w for t, w in ways.items() if abs(size * t - hits * first) >= abs(away)
    )
    return Ranked(z=z, p_value=Fraction(as_far, comb(size, hits)), exact=True)


def rank_sum(first: Sequence[int], second: Sequence[int]) -> Ranked:
    """Test whether one group has better grades than another (Wilcoxon, with ties).

    Grades are used by their order alone. The statistic is the number of pairs in
    which the second group's case is better, ties counted half, less half of all
    pairs. Exact where that is not too long, counting every way the grades could have
    fallen on the two groups; else the normal curve with the variance of ties and a
    continuity correction of one half.

    Args:
        first: Cases with each grade, best grade first, of the first group.
        second: Of the second group, over the same scale. Neither is empty.

    Raises:
        ValueError: If a group is empty or they are not over one scale.

    Source:
        F. Wilcoxon, Biometrics Bulletin 1 (1945) 80-83; E. L. Lehmann,
        *Nonparametrics*, Holden-Day 1975, chapter 1.
    """
    m, n = sum(first), sum(second)
    if len(first) != len(second) or not m or not n or min(*first, *second) < 0:
        msg = f"groups of {m} and {n} over {len(first)} and {len(second)} grades"
        raise ValueError(msg)
    grades = [a + b for a, b in zip(first, second, strict=True)]
    won = _won(second, grades)
    away = won - m * n
    size = m + n
    ties = sum(t**3 - t for t in grades)
    spread = Fraction(m * n, 12) * (size + 1 - Fraction(ties, size * (size - 1)))
    superiority = Fraction(won, 2 * m * n)
    if not spread:
        return Ranked(z=0.0, p_value=Fraction(1), exact=True, superiority=superiority)
    z = max(abs(away) - 1, 0) / 2 / sqrt(spread) * (1 if away > 0 else -1)
    long = 1
    for t in grades[:-1]:
        long *= min(t, n) + 1
    if long > MOST:
        p_value, exact = Fraction(two_sided(z)), False
    else:
        ways = Counter[int]()
        for split, number in _splits(grades, n):
            ways[_won(split, grades)] += number
        as_far = sum(w for at, w in ways.items() if abs(at - m * n) >= abs(away))
        p_value, exact = Fraction(as_far, comb(size, n)), True
    return Ranked(z=z, p_value=p_value, exact=exact, superiority=superiority)


def _ways(sizes: Sequence[int], steps: Sequence[int], hits: int) -> Mapping[int, int]:
    """Return how many ways give each sum of scores, for all hits together."""
    found: dict[tuple[int, int], int] = {(0, 0): 1}
    left = sum(sizes)
    for n, step in zip(sizes, steps, strict=True):
        left -= n
        grown: Counter[tuple[int, int]] = Counter()
        for (used, score), ways in found.items():
            least = max(0, hits - used - left)
            for x in range(least, min(n, hits - used) + 1):
                grown[used + x, score + x * step] += ways * comb(n, x)
        found = grown
    return {score: ways for (_, score), ways in found.items()}


def _won(second: Sequence[int], grades: Sequence[int]) -> int:
    """Return twice the pairs in which the second group's case is better, ties once."""
    worse = sum(grades) - sum(second)
    won = 0
    for own, both in zip(second, grades, strict=True):
        tied = both - own
        worse -= tied
        won += own * (2 * worse + tied)
    return won


def _splits(grades: Sequence[int], size: int) -> Iterator[tuple[tuple[int, ...], int]]:
    """Yield every way to take so many cases, and how many ways each stands for."""
    if len(grades) == 1:
        if size <= grades[0]:
            yield (size,), comb(grades[0], size)
        return
    for taken in range(min(grades[0], size) + 1):
        for rest, ways in _splits(grades[1:], size - taken):
            yield (taken, *rest), ways * comb(grades[0], taken)
