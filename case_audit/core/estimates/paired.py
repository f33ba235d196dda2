"""The same cases audited twice: what became better, what became worse."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import comb, sqrt

from case_audit.core.estimates.change import MCNEMAR, PAIRED, Change, notes_of
from case_audit.core.estimates.hypergeometric import LEVEL
from case_audit.core.normal import wilson, z_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Cases that were audited in both rounds, for one question.

    Attributes:
        both: With the property both times.
        improved: Without it first, with it later.
        worsened: With it first, without it later.
        neither: Without it both times. None is negative, and there is a case.
    """

    both: int
    improved: int
    worsened: int
    neither: int

    def __post_init__(self) -> None:
        counts = (self.both, self.improved, self.worsened, self.neither)
        if min(counts) < 0 or not sum(counts):
            msg = f"a negative number of cases, or none: {counts}"
            raise ValueError(msg)

    @property
    def n(self) -> int:
        """All cases."""
        return self.both + self.improved + self.worsened + self.neither


def change_of_pairs(pairs: Pairs, *, level: Fraction = LEVEL) -> Change:
    """Tell how a share has changed among cases audited twice.

    The interval is Newcombe's for paired differences: as for independent shares,
    with the correlation of the two audits taken off. The test is McNemar's, exact:
    were getting better and getting worse as likely, how often would the cases that
    changed divide so unevenly. Frames are taken as endless.

    Args:
        pairs: What was found.
        level: Confidence level, between 0 and 1.

    Source:
        R. G. Newcombe, *Improved confidence intervals for the difference between
        binomial proportions based on paired data*, Statistics in Medicine 17 (1998)
        2635-2650, method 10.
    """
    n = pairs.n
    first = Fraction(pairs.both + pairs.worsened, n)
    second = Fraction(pairs.both + pairs.improved, n)
    z = z_of(level)
    early, late = (
        tuple(map(float, wilson(float(share), n, z))) for share in (first, second)
    )
    p, q = float(first), float(second)
    r = _correlation(pairs)
    down = _length(q - late[0], early[1] - p, r)
    up = _length(late[1] - q, p - early[0], r)
    p_value = mcnemar(pairs.improved, pairs.worsened)
    return Change(
        first=first,
        second=second,
        lower=max(Fraction(-1), second - first - Fraction(down)),
        upper=min(Fraction(1), second - first + Fraction(up)),
        level=level,
        method=PAIRED,
        test=MCNEMAR,
        p_value=p_value,
        n=(n, n),
        notes=tuple(notes_of((n, n), part=Fraction(0), test=MCNEMAR, tested=True)),
    )


def mcnemar(improved: int, worsened: int) -> Fraction:
    """Return the two-sided p-value of McNemar's exact test.

    Twice the probability that of all cases that changed as few or fewer went the
    rarer way, if both ways were as likely; at most 1.

    Args:
        improved: Cases that became better, at least 0.
        worsened: Cases that became worse.

    Source:
        Q. McNemar, Psychometrika 12 (1947) 153-157, in its exact form.
    """
    n = improved + worsened
    ways = sum(comb(n, k) for k in range(min(improved, worsened) + 1))
    return min(Fraction(1), Fraction(2 * ways, 2**n))


def _length(one: float, other: float, correlation: float) -> float:
    return sqrt(max(0.0, one**2 - 2 * correlation * one * other + other**2))


def _correlation(pairs: Pairs) -> float:
    """Return phi, corrected for continuity where it is positive."""
    a, b, c, d = pairs.both, pairs.improved, pairs.worsened, pairs.neither
    square = (a + b) * (c + d) * (a + c) * (b + d)
    if not square:
        return 0.0
    product = a * d - b * c
    if product > 0:
        product_less = max(product - pairs.n / 2, 0.0)
        return product_less / sqrt(square)
    return product / sqrt(square)
