"""Coefficients of agreement, each from the same sums, as exact fractions.

``None`` stands for "not estimable". That is not 1 and not 0: where every grade
given is the same, nobody can tell agreement from a habit.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from operator import mul
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from case_audit.core.moderation.ratings import Tally


def exact(tally: Tally) -> Fraction | None:
    """Return the share of pairs of people who gave the same grade."""
    return _within(tally, 0)


def adjacent(tally: Tally) -> Fraction | None:
    """Return the share of pairs who gave the same or a neighbouring grade."""
    return _within(tally, 1)


def _within(tally: Tally, steps: int) -> Fraction | None:
    q, whole = tally.grades, sum(tally.pairs)
    if not whole:
        return None
    near = sum(n for at, n in enumerate(tally.pairs) if abs(at // q - at % q) <= steps)
    return Fraction(near, whole)


def alpha_ordinal(tally: Tally) -> Fraction | None:
    """Return Krippendorff's alpha for ordered grades.

    ``1 - (n - 1) * sum(o_ck * d_ck) / sum(n_c * n_k * d_ck)`` with ``o`` the table of
    coincidences, ``n_c`` its margins and ``n`` its sum, and
    ``d_ck = (sum of n_g for g from c to k - (n_c + n_k) / 2)**2``. Items with a single
    grade are left out. Any number of people, any of whom may have left gaps.

    Source:
        K. Krippendorff, *Computing Krippendorff's Alpha-Reliability*, University
        of Pennsylvania 2011.
    """
    q, table = tally.grades, tally.coincidences
    margins = [sum(table[c * q : c * q + q]) for c in range(q)]
    seen = expected = 0
    for c in range(q):
        for k in range(c + 1, q):
            distance = (2 * sum(margins[c : k + 1]) - margins[c] - margins[k]) ** 2
            seen += table[c * q + k] * distance
            expected += margins[c] * margins[k] * distance
    if not expected:
        return None
    return 1 - Fraction((sum(margins) - tally.scale) * seen, expected)


def ac1(tally: Tally) -> Fraction | None:
    """Return Gwet's AC1: grades agree only if they are the same."""
    return gwet(tally, identity(tally.grades))


def ac2(tally: Tally) -> Fraction | None:
    """Return Gwet's AC2 with quadratic weights over all grades of the scale.

    ``(p_a - p_e) / (1 - p_e)``: ``p_a`` the weighted share of agreeing pairs, averaged
    over items with two grades or more, and
    ``p_e = sum(w) / (q * (q - 1)) * sum(pi_k * (1 - pi_k))`` with ``pi_k`` the share of
    grade k, averaged over all items.

    Source:
        K. L. Gwet, *Computing inter-rater reliability and its variance in the
        presence of high agreement*, British Journal of Mathematical and
        Statistical Psychology 61 (2008) 29-48; weights and gaps as in his
        *Handbook of Inter-Rater Reliability*, 4th ed., 2014.
    """
    return gwet(tally, quadratic(tally.grades))


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How far two grades count as agreeing, as whole numbers.

    Attributes:
        table: Row by row over all grades of the scale, 0 to ``full``.
        full: What full agreement counts.
    """

    table: tuple[int, ...]
    full: int


@cache
def identity(grades: int) -> Weights:
    """Return weights by which only the same grade agrees."""
    places = range(grades)
    return Weights(table=tuple(int(i == j) for i in places for j in places), full=1)


@cache
def quadratic(grades: int) -> Weights:
    """Return quadratic weights: ``1 - (i - j)**2 / (q - 1)**2``.

    Over all ``q`` grades of the scale, whether they were given or not.
    """
    places, full = range(grades), (grades - 1) ** 2
    table = tuple(full - (i - j) ** 2 for i in places for j in places)
    return Weights(table=table, full=full)


def gwet(tally: Tally, weights: Weights) -> Fraction | None:
    """Return Gwet's coefficient for given weights; see :func:`ac2`."""
    if not tally.paired:
        return None
    seen = sum(map(mul, tally.agreements, weights.table))
    of = weights.full * tally.scale * tally.paired
    by_chance, of_all = _by_chance(tally, weights)
    return Fraction(seen * of_all - by_chance * of, of * (of_all - by_chance))


def chance(tally: Tally, weights: Weights) -> Fraction:
    """Return the share of pairs that Gwet's coefficients give to chance, below 1."""
    return Fraction(*_by_chance(tally, weights))


def _by_chance(tally: Tally, weights: Weights) -> tuple[int, int]:
    """Return the same as numerator and denominator."""
    q = tally.grades
    square = (tally.scale * tally.items) ** 2
    spread = square - sum(n * n for n in tally.shares)
    return sum(weights.table) * spread, weights.full * q * (q - 1) * square


def kappa_quadratic(tally: Tally) -> Fraction | None:
    """Return Cohen's kappa of two people, with quadratic weights.

    ``(p_o - p_e) / (1 - p_e)``, ``p_o = sum(w_ij * p_ij)`` and
    ``p_e = sum(w_ij * p_i. * p_.j)``, over all grades of the scale. With quadratic
    weights their number cancels.

    Source:
        J. Cohen, *Weighted kappa*, Psychological Bulletin 70 (1968) 213-220.
    """
    q, table = tally.grades, tally.table
    n = sum(table)
    rows = [sum(table[c * q : c * q + q]) for c in range(q)]
    columns = [sum(table[c::q]) for c in range(q)]
    apart = sum(m * (at // q - at % q) ** 2 for at, m in enumerate(table))
    expected = sum(
        rows[c] * columns[k] * (c - k) ** 2 for c in range(q) for k in range(q)
    )
    return None if not expected else 1 - Fraction(n * apart, expected)


def shift(tally: Tally) -> Fraction | None:
    """Return the mean step from the second person's grade to the first's.

    Positive where the first is more optimistic. In steps of the scale: half a step
    means that every second case was graded one step higher.
    """
    q = tally.grades
    n = sum(tally.table)
    steps = sum(m * (at % q - at // q) for at, m in enumerate(tally.table))
    return Fraction(steps, n) if n else None
