"""Would we have met one? The chance that a sample meets a rare thing at all."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heapreplace
from math import comb
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


_BITS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """A question of discovery sampling with its answer.

    Attributes:
        population: Cases in the frame, N.
        sample: Cases drawn, n; the answer where a chance was asked for.
        cases: Cases that are so, M.
        chance: The chance that the sample meets at least one of them.
        rate: The share that ``cases`` was made from; ``None`` where it was given.
        wanted: The chance asked for; ``None`` where the sample was given.
    """

    population: int
    sample: int
    cases: int
    chance: Fraction
    rate: Fraction | None = None
    wanted: Fraction | None = None


def chance_of_none(*, population: int, sample: int, cases: int) -> Fraction:
    """Return the chance that a simple random sample meets none of the cases.

    ``C(N - M, n) / C(N, n)``, which is ``C(N - n, M) / C(N, M)``: the two are
    the same number, and the shorter product is taken.

    Args:
        population: Units in the frame, N, at least 0.
        sample: Units drawn, n, 0 to ``population``.
        cases: Units with the property, M, 0 to ``population``.

    Returns:
        Exactly, 0 to 1.

    Raises:
        ValueError: If a number is out of range.
    """
    return Fraction(*_ways(population, sample, cases))


def chance_to_meet_one(*, population: int, sample: int, cases: int) -> Fraction:
    """Return the chance that a simple random sample meets at least one case.

    Args:
        population: Units in the frame, N.
        sample: Units drawn, n.
        cases: Units with the property, M.

    Raises:
        ValueError: If a number is out of range.
    """
    return 1 - chance_of_none(population=population, sample=sample, cases=cases)


def chance_over_strata(strata: Iterable[tuple[int, int, int]]) -> Fraction:
    """Return the chance to meet at least one case in any stratum.

    The strata are drawn independently, so the chances of meeting none multiply.

    Args:
        strata: Population N_h, sample n_h and cases M_h of each.
    """
    missing = of = 1
    for population, sample, cases in strata:
        above, below = _ways(population, sample, cases)
        missing, of = missing * above, of * below
    return 1 - Fraction(missing, of)


def _ways(population: int, sample: int, cases: int) -> tuple[int, int]:
    """Return how many samples meet none of the cases, and how many there are."""
    if not (0 <= sample <= population and 0 <= cases <= population):
        msg = f"not 0 <= {sample} and {cases} <= {population}"
        raise ValueError(msg)
    short, long = sorted((sample, cases))
    return comb(population - long, short), comb(population, short)


def chance_wherever(strata: Sequence[tuple[int, int]], *, cases: int) -> Fraction:
    """Return the smallest chance to meet one, wherever the cases are.

    They are put where the sample is least likely to meet them. One more case in
    a stratum multiplies the chance of meeting none by ``1 - n_h / (N_h - M_h)``,
    less with every case there; so to take the largest factor each time is worst.

    Args:
        strata: Population N_h and sample n_h of each.
        cases: Units with the property in all of them, 0 to the populations' sum.

    Raises:
        ValueError: If a number is out of range.
    """
    if not 0 <= cases <= sum(size for size, _ in strata):
        msg = f"not 0 <= {cases} <= units of all strata"
        raise ValueError(msg)
    placed = _placed_below(strata, cases=cases)
    heap = [
        (Fraction(n, size - m), place)
        for place, ((size, n), m) in enumerate(zip(strata, placed, strict=True))
        if size > m
    ]
    heapify(heap)
    for _ in range(cases - sum(placed)):
        _, place = heap[0]
        size, n = strata[place]
        placed[place] += 1
        if left := size - placed[place]:
            heapreplace(heap, (Fraction(n, left), place))
        else:
            heappop(heap)
    return chance_over_strata(
        (size, n, m) for (size, n), m in zip(strata, placed, strict=True)
    )


def _placed_below(strata: Sequence[tuple[int, int]], *, cases: int) -> list[int]:
    """Return where most of the worst cases are, without placing them one by one.

    All for whom the part sampled of what is left is at most a limit; the limit is
    the largest that places no more than there are, found by halving.
    """

    def placed(limit: int) -> list[int]:
        """Return the cases with a part of at most ``limit / 2**40``."""
        return [
            min(size, max(0, size + 1 - -(-(n << _BITS) // limit))) if n else size
            for size, n in strata
        ]

    low, high = 0, 1 << _BITS
    best = [0] * len(strata)
    while high - low > 1:
        middle = (low + high) // 2
        found = placed(middle)
        if sum(found) <= cases:
            low, best = middle, found
        else:
            high = middle
    return best


def cases_at(rate: Fraction, *, population: int) -> int:
    """Return how many cases a rate stands for: rounded down, and at least one.

    Fewer cases are harder to meet, so the chance errs on the safe side.

    Args:
        rate: Share of the population, more than 0 and at most 1.
        population: Units in the frame, at least 1.

    Raises:
        ValueError: If the rate or the population is out of range.
    """
    if not (0 < rate <= 1 and population > 0):
        msg = f"not 0 < rate <= 1 and population > 0: {rate}, {population}"
        raise ValueError(msg)
    return max(1, int(rate * population))


def size_to_meet_one(*, population: int, cases: int, chance: Fraction) -> int:
    """Return the smallest sample that meets at least one case often enough.

    The chance grows with every unit drawn, hence bisection; whole numbers decide.

    Args:
        population: Units in the frame, N, at least 1.
        cases: Units with the property, M, 1 to ``population``.
        chance: What is asked for, more than 0 and less than 1.

    Returns:
        A number of units, 1 to ``population``.

    Raises:
        ValueError: If a number is out of range.
    """
    if not (0 < cases <= population and 0 < chance < 1):
        msg = f"not 0 < {cases} <= {population} and 0 < {chance} < 1"
        raise ValueError(msg)
    low, high = 1, population - cases + 1
    while low < high:
        middle = (low + high) // 2
        found = chance_to_meet_one(population=population, sample=middle, cases=cases)
        if found >= chance:
            high = middle
        else:
            low = middle + 1
    return low
