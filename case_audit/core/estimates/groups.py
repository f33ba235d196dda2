"""One group beside all others of the same round: disproportionality."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from case_audit.core.estimates.change import (
    COMBINED,
    STUDENT,
    Change,
    bounded,
    change,
    notes_of,
)
from case_audit.core.estimates.hypergeometric import LEVEL
from case_audit.core.estimates.share import CENSUS, estimate
from case_audit.core.estimates.stratified import StratumCount, weighted_share
from case_audit.core.estimates.two_shares import combine, t_test

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCount:
    """What was found in one stratum, for a group and for all others.

    Attributes:
        stratum: Name, as in the frame.
        population: Units of the stratum in the frame.
        sampled: Units audited, those without an answer to the question among them.
        group: Audited units of the group to which the question applies.
        group_hits: Those with the property.
        others: Audited units not of the group to which it applies.
        others_hits: Those with the property.
    """

    stratum: str
    population: int
    sampled: int
    group: int
    group_hits: int
    others: int
    others_hits: int

    def __post_init__(self) -> None:
        if self.group + self.others > self.sampled:
            msg = f"{self.group} and {self.others} of {self.sampled}"
            raise ValueError(msg)

    def of_group(self) -> StratumCount:
        """Return the stratum with all others outside."""
        return self._of(self.group, self.group_hits)

    def of_others(self) -> StratumCount:
        """Return the stratum with the group outside."""
        return self._of(self.others, self.others_hits)

    def _of(self, asked: int, hits: int) -> StratumCount:
        return StratumCount(
            stratum=self.stratum,
            population=self.population,
            sampled=self.sampled,
            hits=hits,
            outside=self.sampled - asked,
        )


def compare_group(strata: Sequence[GroupCount], *, level: Fraction = LEVEL) -> Change:
    """Compare a group with all others of one round.

    The shares of two groups met in one sample. Of one stratum as for two rounds:
    given how many of each were met, both are simple random samples of their own.
    Of several, the intervals of the two shares are put together, and Student's test
    has the linearised variance of the difference, with
    ``z = (y - p_g) / N_g`` in the group and ``-(y - p_o) / N_o`` outside it.

    Args:
        strata: Together the whole frame.
        level: Confidence level, between 0 and 1.

    Returns:
        ``first`` is the share of the others, ``second`` that of the group. Where
        ``notes`` has ``counts_only``, one of the two is too small for shares.

    Raises:
        StratumNotAuditedError: If nothing was audited in a stratum.
        NothingAppliesError: If the group, or the others, were not met.
        ValueError: If there is no stratum, or the level is impossible.
    """
    others = [s.of_others() for s in strata]
    group = [s.of_group() for s in strata]
    first, second = (estimate(found, level=level) for found in (others, group))
    if len(strata) == 1 or first.method == second.method == CENSUS:
        return change(others, group, level=level)
    p_value = t_test(
        second.estimate - first.estimate,
        _variance(others, group),
        sum(s.sampled - 1 for s in others if not s.complete),
    )
    sizes = (first.n, second.n)
    lower, upper = combine(bounded(first), bounded(second))
    return Change(
        first=first.estimate,
        second=second.estimate,
        lower=lower,
        upper=upper,
        level=level,
        method=COMBINED,
        test=STUDENT if p_value is not None else "",
        p_value=p_value,
        n=sizes,
        notes=tuple(
            notes_of(sizes, part=Fraction(0), test=STUDENT, tested=p_value is not None)
        ),
    )


def _variance(
    others: Sequence[StratumCount], group: Sequence[StratumCount]
) -> Fraction:
    """Return the linearised variance of the difference of the two shares."""
    parts = [(found, weighted_share(found), _units(found)) for found in (others, group)]
    total = Fraction(0)
    for place, whole in enumerate(others):
        squares = sums = Fraction(0)
        for (found, share, units), sign in zip(parts, (-1, 1), strict=True):
            s = found[place]
            hit, miss = sign * (1 - share) / units, -sign * share / units
            squares += s.hits * hit**2 + s.misses * miss**2
            sums += s.hits * hit + s.misses * miss
        if whole.sampled > 1:
            squares = (squares - sums**2 / whole.sampled) / (whole.sampled - 1)
        total += (
            squares
            * whole.population
            * (whole.population - whole.sampled)
            / whole.sampled
        )
    return total


def _units(strata: Sequence[StratumCount]) -> Fraction:
    return sum(
        (Fraction(s.population * s.asked, s.sampled) for s in strata), Fraction(0)
    )
