"""How a share has changed from one round to the next: the one entry.

The method is chosen by what was seen:

- both frames audited in full: ``census``, the difference is known;
- one stratum in each round: ``newcombe``, Newcombe's interval with Wilson's bounds
  that allow for the finite frame, and Fisher's mid-p test;
- several strata: ``combined``, the intervals of the two shares put together in the
  same way, and Student's test with the variance of both estimates;
- the same cases audited again: ``newcombe_paired`` and McNemar's exact test.

An interval is about the two frames, so it allows for their being finite. A test asks
whether practice that stayed the same could have shown as much, so Fisher's and
McNemar's do not: where much of a frame was audited the interval may leave out 0 and
the test may still call it chance. :attr:`Change.clear` needs both.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from case_audit.core.estimates.hypergeometric import LEVEL
from case_audit.core.estimates.share import CENSUS, FEW, estimate
from case_audit.core.estimates.stratified import variance
from case_audit.core.estimates.two_shares import (
    Bounded,
    combine,
    finite_wilson,
    fisher_mid_p,
    t_test,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from case_audit.core.estimates.share import Share
    from case_audit.core.estimates.stratified import StratumCount

NEWCOMBE = "newcombe"
COMBINED = "combined"
PAIRED = "newcombe_paired"

FISHER = "fisher_mid_p"
STUDENT = "t"
MCNEMAR = "mcnemar_exact"

FEW_NOTE = "few"
COUNTS_ONLY = "counts_only"
FINITE = "finite_frame"
NO_TEST = "no_test"

FEWEST = 5
"""Audited cases in a group, below which only counts are told."""
MUCH = Fraction(1, 10)
"""The audited part of a frame from which its being finite is felt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A difference between two shares.

    Attributes:
        first: The earlier share, 0 to 1.
        second: The later one.
        lower: Lower bound of the second less the first, -1 to 1.
        upper: Upper bound.
        level: Confidence level of the interval.
        method: ``census``, ``newcombe``, ``combined`` or ``newcombe_paired``.
        test: ``fisher_mid_p``, ``t``, ``mcnemar_exact``; empty for none.
        p_value: Of no difference, two-sided; ``None`` where there is no test.
        n: Audited units to which the question applies, in either.
        notes: ``few`` (fewer than 10 units in one), ``counts_only`` (fewer than 5:
            say counts and no share), ``finite_frame`` (a tenth of a frame or more
            was audited: the interval allows for it, the test does not),
            ``no_test`` (no variance could be estimated).
    """

    first: Fraction
    second: Fraction
    lower: Fraction
    upper: Fraction
    level: Fraction
    method: str
    test: str
    p_value: Fraction | None
    n: tuple[int, int]
    notes: tuple[str, ...]

    @property
    def difference(self) -> Fraction:
        """The second share less the first."""
        return self.second - self.first

    @property
    def clear(self) -> bool:
        """Whether this is more than chance would show.

        The interval leaves out 0 and, where there is a test, its p-value is below
        ``1 - level``. Otherwise the share may have risen, fallen or stayed.
        """
        apart = self.lower > 0 or self.upper < 0
        return apart and (self.p_value is None or self.p_value < 1 - self.level)


def change(
    first: Sequence[StratumCount],
    second: Sequence[StratumCount],
    *,
    level: Fraction = LEVEL,
) -> Change:
    """Tell how a share has changed between two rounds drawn independently.

    Args:
        first: The earlier round: one entry per stratum, together the whole frame.
        second: The later round, likewise; its strata may be others.
        level: Confidence level, more than 0 and less than 1.

    Raises:
        StratumNotAuditedError: If nothing was audited in a stratum.
        NothingAppliesError: If the question applies to no audited unit of a round.
        ValueError: If a round has no stratum, or the level is impossible.
    """
    before, after = (estimate(found, level=level) for found in (first, second))
    rounds = (first, second)
    if before.method == after.method == CENSUS:
        return _change(before, after, rounds, method=CENSUS, test="")
    if len(first) == len(second) == 1:
        bounds = combine(*(finite_wilson(found[0], level=level) for found in rounds))
        p_value = fisher_mid_p(
            hits=(before.hits, after.hits), sizes=(before.n, after.n)
        )
        return _change(
            before,
            after,
            rounds,
            method=NEWCOMBE,
            test=FISHER,
            bounds=bounds,
            p_value=p_value,
        )
    return _change(
        before,
        after,
        rounds,
        method=COMBINED,
        test=STUDENT,
        bounds=combine(bounded(before), bounded(after)),
        p_value=t_test(
            after.estimate - before.estimate,
            variance(first) + variance(second),
            sum(map(freedom, rounds)),
        ),
    )


def change_of_shares(
    first: Share,
    second: Share,
    *,
    variances: tuple[Fraction, Fraction] | None = None,
    df: int = 0,
) -> Change:
    """Tell how a share has changed, from two estimates of any design.

    Args:
        first: The earlier share, at the same level as the later one.
        second: The later share.
        variances: Their estimated variances; without them there is no test.
        df: Degrees of freedom of both together.

    Raises:
        ValueError: If the levels differ.
    """
    if first.level != second.level:
        msg = f"levels {first.level} and {second.level}"
        raise ValueError(msg)
    if first.method == second.method == CENSUS:
        return _change(first, second, (), method=CENSUS, test="")
    p_value = None
    if variances is not None:
        p_value = t_test(
            second.estimate - first.estimate, variances[0] + variances[1], df
        )
    return _change(
        first,
        second,
        (),
        method=COMBINED,
        test=STUDENT,
        bounds=combine(bounded(first), bounded(second)),
        p_value=p_value,
    )


def bounded(share: Share) -> Bounded:
    """Return a share with its bounds alone."""
    return Bounded(share=share.estimate, lower=share.lower, upper=share.upper)


def freedom(strata: Sequence[StratumCount]) -> int:
    """Return the degrees of freedom of an estimate: units less strata.

    Strata audited in full, and those where the question applies to no audited unit,
    leave nothing open and are not counted.
    """
    return sum(s.asked - 1 for s in strata if s.asked and not s.complete)


def notes_of(
    sizes: tuple[int, int], *, part: Fraction, test: str, tested: bool
) -> Iterator[str]:
    """Yield what a reader must be told besides the numbers.

    Args:
        sizes: Audited units in either.
        part: The larger audited part of a frame.
        test: The test's name.
        tested: Whether it gave a p-value.
    """
    if min(sizes) < FEW:
        yield FEW_NOTE
    if min(sizes) < FEWEST:
        yield COUNTS_ONLY
    if part >= MUCH and test == FISHER:
        yield FINITE
    if test and not tested:
        yield NO_TEST


def _change(
    first: Share,
    second: Share,
    rounds: Sequence[Sequence[StratumCount]],
    *,
    method: str,
    test: str,
    bounds: tuple[Fraction, Fraction] | None = None,
    p_value: Fraction | None = None,
) -> Change:
    difference = second.estimate - first.estimate
    lower, upper = bounds or (difference, difference)
    parts = [
        Fraction(sum(s.sampled for s in found), sum(s.population for s in found))
        for found in rounds
    ]
    sizes = (first.n, second.n)
    part = max(parts, default=Fraction(0))
    notes = notes_of(sizes, part=part, test=test, tested=p_value is not None)
    return Change(
        first=first.estimate,
        second=second.estimate,
        lower=lower,
        upper=upper,
        level=first.level,
        method=method,
        test=test if p_value is not None else "",
        p_value=p_value,
        n=sizes,
        notes=tuple(notes),
    )
