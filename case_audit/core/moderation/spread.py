"""Standard errors of coefficients by formula, where items are independent."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt
from operator import mul
from typing import TYPE_CHECKING

from case_audit.core.moderation.coefficients import (
    chance,
    gwet,
    identity,
    kappa_quadratic,
    quadratic,
)
from case_audit.core.moderation.ratings import TWO

if TYPE_CHECKING:
    from collections.abc import Sequence

    from case_audit.core.moderation.coefficients import Weights
    from case_audit.core.moderation.ratings import Tally


def ac1_error(items: Sequence[Tally], whole: Tally) -> float | None:
    """Return the standard error of Gwet's AC1, as that of AC2."""
    return _gwet_error(items, whole, identity(whole.grades))


def ac2_error(items: Sequence[Tally], whole: Tally) -> float | None:
    """Return the standard error of Gwet's AC2.

    The root of ``sum((g_i - g)**2) / (n * (n - 1))``, g being AC2 and ``g_i`` an item's
    own part: ``(n / n2) * (p_i - p_e) / (1 - p_e) - 2 * (1 - g) * (e_i - p_e) / (1 - p_e)``
    with ``n2`` the items with two grades or more (the first term is 0 for others),
    ``p_i`` the item's weighted agreement and ``e_i`` its part of the agreement by
    chance.

    Args:
        items: Each item by itself, on the same scale as the whole.
        whole: All of them.

    Returns:
        ``None`` where the coefficient cannot be estimated or there is one item.

    Source:
        K. L. Gwet, British Journal of Mathematical and Statistical Psychology 61
        (2008) 29-48, with ``n - 1`` and gaps as in his R package irrCAC.
    """
    return _gwet_error(items, whole, quadratic(whole.grades))


def _gwet_error(items: Sequence[Tally], whole: Tally, weights: Weights) -> float | None:
    value, n, q = gwet(whole, weights), whole.items, whole.grades
    if value is None or n < TWO:
        return None
    by_chance = chance(whole, weights)
    factor = Fraction(sum(weights.table), weights.full * q * (q - 1))
    common = [Fraction(s, whole.scale * n) for s in whole.shares]
    squares = Fraction(0)
    for item in items:
        own = Fraction(0)
        if item.paired:
            agreed = sum(map(mul, item.agreements, weights.table))
            seen = Fraction(agreed, weights.full * item.scale)
            own = Fraction(n, whole.paired) * (seen - by_chance)
        lost = sum(
            (s * (1 - pi) for s, pi in zip(item.shares, common, strict=True)),
            Fraction(0),
        )
        extra = 2 * (1 - value) * (factor * lost / item.scale - by_chance)
        squares += ((own - extra) / (1 - by_chance) - value) ** 2
    return sqrt(squares / (n * (n - 1)))


def kappa_error(tally: Tally) -> float | None:
    """Return the standard error of quadratic kappa.

    The root of ``(sum(p_ij * (w_ij - (w_i. + w_.j) * (1 - k))**2)
    - (k - p_e * (1 - k))**2) / (n * (1 - p_e)**2)`` with ``w_i. = sum(p_.j * w_ij)``
    and ``w_.j = sum(p_i. * w_ij)``: the one for an interval, not the one for a test
    of no agreement.

    Returns:
        ``None`` where kappa cannot be estimated.

    Source:
        J. L. Fleiss, J. Cohen and B. S. Everitt, *Large sample standard errors of
        kappa and weighted kappa*, Psychological Bulletin 72 (1969) 323-327.
    """
    value = kappa_quadratic(tally)
    if value is None:
        return None
    q, n = tally.grades, sum(tally.table)
    places = range(q)
    part = [Fraction(m, n) for m in tally.table]
    weights = quadratic(q)
    weight = [Fraction(w, weights.full) for w in weights.table]
    rows = [sum(part[i * q : i * q + q]) for i in places]
    columns = [sum(part[i::q]) for i in places]
    by_row = [sum(columns[j] * weight[i * q + j] for j in places) for i in places]
    by_column = [sum(rows[i] * weight[i * q + j] for i in places) for j in places]
    by_chance = sum(rows[i] * by_row[i] for i in places)
    squares = sum(
        p * (weight[at] - (by_row[at // q] + by_column[at % q]) * (1 - value)) ** 2
        for at, p in enumerate(part)
    )
    middle = value - by_chance * (1 - value)
    return sqrt((squares - middle**2) / (n * (1 - by_chance) ** 2))
