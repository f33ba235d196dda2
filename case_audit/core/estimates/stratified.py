"""What was found in each stratum, and what follows for the whole frame."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from case_audit.core.estimates.effective import adjusted_size, clopper_pearson

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class StratumCount:
    """What the audits found in one stratum, for one question.

    Attributes:
        stratum: Name, as in the frame.
        population: Units of the stratum in the frame, N_h; at least 1.
        sampled: Units audited, n_h; 0 <= n_h <= N_h. Includes those outside.
        hits: Audited units with the property in question.
        outside: Audited units to which the question does not apply. The number
            of such units among those not audited is unknown.
            0 <= hits <= sampled - outside.
    """

    stratum: str
    population: int
    sampled: int
    hits: int
    outside: int = 0

    def __post_init__(self) -> None:
        fits = (
            0 <= self.sampled <= self.population != 0
            and self.outside >= 0
            and 0 <= self.hits <= self.sampled - self.outside
        )
        if not fits:
            msg = (
                "not 0 <= hits <= sampled - outside <= sampled <= population: "
                f"{self.hits}, {self.outside}, {self.sampled}, {self.population}"
            )
            raise ValueError(msg)

    @property
    def asked(self) -> int:
        """Audited units to which the question applies."""
        return self.sampled - self.outside

    @property
    def misses(self) -> int:
        """Audited units to which the question applies, without the property."""
        return self.asked - self.hits

    @property
    def at_most(self) -> int:
        """The largest number of units to which the question can apply."""
        return self.population - self.outside

    @property
    def complete(self) -> bool:
        """Whether every unit of the stratum was audited."""
        return self.sampled == self.population


def weighted_share(strata: Sequence[StratumCount]) -> Fraction:
    """Estimate the share of units with the property.

    ``sum(N_h * hits_h / n_h) / sum(N_h * asked_h / n_h)``. Where the question
    applies to every unit this is ``sum(W_h * p_h)``, which is unbiased; else it
    is the ratio estimator of a domain.

    Args:
        strata: Together the whole frame, something audited in each and the
            question applying to at least one audited unit.
    """
    hits = sum(Fraction(s.population * s.hits, s.sampled) for s in strata)
    return Fraction(hits) / _units(strata)


def variance(strata: Sequence[StratumCount]) -> Fraction:
    """Estimate the variance of ``weighted_share``.

    With ``z`` the residual of each audited unit (``1 - p`` for a hit, ``-p`` for
    a miss, 0 outside) it is the sum over strata of
    ``N_h**2 * (1 - n_h / N_h) * s_h**2 / n_h`` over the squared number of units,
    where ``s_h**2`` is the sample variance of ``z``. Where the question applies
    to all this is ``sum(W_h**2 * (1 - n_h / N_h) * p_h * (1 - p_h) / (n_h - 1))``.
    A stratum audited in full adds nothing. A stratum with one audited unit has
    no spread of its own: its residual is taken from the share of all strata.

    Source:
        W. G. Cochran, *Sampling Techniques*, 3rd ed., Wiley 1977, chapters 5
        and 5A.13; for single units ``survey.lonely.psu="adjust"`` of the R
        package survey.
    """
    share = weighted_share(strata)
    # In whole numbers, of which each stratum makes one fraction: the squares are
    # those of the residuals times ``below``.
    above, below = share.numerator, share.denominator
    total = Fraction(0)
    for s in strata:
        squares = s.hits * (below - above) ** 2 + s.misses * above**2
        parts = s.sampled
        if s.sampled > 1:
            squares = s.sampled * squares - (s.hits * below - above * s.asked) ** 2
            parts *= s.sampled * (s.sampled - 1)
        total += Fraction(squares * s.population * (s.population - s.sampled), parts)
    return total / (below * _units(strata)) ** 2


def effective_size(strata: Sequence[StratumCount], *, level: Fraction) -> float:
    """Return the sample size of a binomial that would be as informative.

    ``p * (1 - p) / variance``, times ``(t(n - 1) / t(n - H))**2`` for the degrees
    of freedom that estimating H variances costs, and then at most ``n / (1 - f)``
    with ``f`` the audited part of the frame: an estimated variance that is small
    by chance must not claim more than a simple random sample of the size.

    Args:
        strata: As for ``weighted_share``, with at least one hit, one miss and
            one stratum that was not audited in full.
        level: Confidence level of the interval it is for.

    Returns:
        A number from 0 upwards; 0 where no degree of freedom is left.

    Source:
        E. L. Korn and B. I. Graubard, *Confidence intervals for proportions with
        small expected number of positive counts estimated from survey data*,
        Survey Methodology 24 (1998) 193-201. The cap after the adjustment is
        the rule of the US National Center for Health Statistics (Vital and
        Health Statistics 2-175, 2017), there ``n``; ``n / (1 - f)`` is the same
        with the finite population kept.
    """
    asked = sum(s.asked for s in strata)
    reachable = sum(s.at_most for s in strata)
    cap = asked * reachable / (reachable - asked)
    share, spread = weighted_share(strata), variance(strata)
    uncertain = [s for s in strata if not s.complete and s.asked]
    n = sum(s.asked for s in uncertain)
    return adjusted_size(
        share, spread, n=n, df=n - len(uncertain), cap=cap, level=level
    )


def korn_graubard(
    strata: Sequence[StratumCount], *, level: Fraction
) -> tuple[Fraction, Fraction]:
    """Bound the share of several strata.

    Clopper and Pearson's interval for ``effective_size`` audited units, and
    never outside what was seen: the hits found exist, and so do the misses.

    Args:
        strata: As for ``effective_size``.
        level: Confidence level, between 0 and 1.

    Returns:
        Lower and upper bound, 0 to 1.
    """
    size = effective_size(strata, level=level)
    reachable = sum(s.at_most for s in strata)
    floor = Fraction(sum(s.hits for s in strata), reachable)
    ceiling = 1 - Fraction(sum(s.misses for s in strata), reachable)
    lower, upper = clopper_pearson(float(weighted_share(strata)), size, level)
    return max(floor, lower), min(ceiling, upper)


def _units(strata: Sequence[StratumCount]) -> Fraction:
    """Return the estimated number of units to which the question applies."""
    return sum(
        (Fraction(s.population * s.asked, s.sampled) for s in strata), Fraction(0)
    )
