"""The share of a frame that has a property, with its interval: the one entry.

The method is chosen by what was seen:

- every stratum audited in full: ``census``, no sampling error;
- one stratum not audited in full: ``hypergeometric``, exact;
- several, and in them nothing or nothing but hits:
  ``zero_event_stratified``, exact, each bound at half of ``1 - level``;
- else ``korn_graubard_capped``.

Strata audited in full are known: they are added to the bounds of the others
as they are. Where the question does not apply to every unit, one stratum
gives ``hypergeometric_domain`` (exact) and several the estimator of a domain,
which takes the number of units it applies to from the sample.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from case_audit.core.estimates.hypergeometric import (
    LEVEL,
    domain_interval,
    exact_interval,
)
from case_audit.core.estimates.stratified import korn_graubard, weighted_share
from case_audit.core.estimates.zero_event import most_unseen
from case_audit.errors import NothingAppliesError, StratumNotAuditedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from case_audit.core.estimates.stratified import StratumCount

CENSUS = "census"
HYPERGEOMETRIC = "hypergeometric"
HYPERGEOMETRIC_DOMAIN = "hypergeometric_domain"
KORN_GRAUBARD = "korn_graubard_capped"
ZERO_EVENT = "zero_event_stratified"

INDICATIVE = "indicative"
SINGLETON = "singleton_stratum"
DOMAIN = "domain"

FEW = 10
WIDE = Fraction(3, 10)
"""Fewer audited units than ``FEW``, or an interval at least ``WIDE``, is called
indicative only (the presentation standards of the US National Center for Health
Statistics call a proportion with such an interval unreliable)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A share of a frame, estimated from a sample.

    Attributes:
        estimate: The share, 0 to 1, weighted by stratum.
        lower: Lower bound of the interval, 0 to 1.
        upper: Upper bound of the interval, 0 to 1.
        lower_count: The same as a number of units in the frame; ``None`` where
            it is not known to how many units the question applies.
        upper_count: Likewise.
        level: Confidence level the method aims at, between 0 and 1.
        method: ``census``, ``hypergeometric``, ``hypergeometric_domain``,
            ``korn_graubard_capped`` or ``zero_event_stratified``.
        hits: Audited units with the property.
        n: Audited units to which the question applies.
        population: Units in the frame to which it can apply: exactly so many
            if ``lower_count`` is a number, else at most so many.
        notes: ``indicative``, ``singleton_stratum``, ``domain``.
    """

    estimate: Fraction
    lower: Fraction
    upper: Fraction
    lower_count: int | None
    upper_count: int | None
    level: Fraction
    method: str
    hits: int
    n: int
    population: int
    notes: tuple[str, ...]

    @property
    def raw(self) -> Fraction:
        """The share among the audited units, not weighted."""
        return Fraction(self.hits, self.n)


def estimate(
    strata: Sequence[StratumCount],
    *,
    level: Fraction = LEVEL,
    applies_to_all: bool = True,
) -> Share:
    """Estimate which share of the frame has a property.

    The docstring of the module tells which method answers when.

    Args:
        strata: One entry per stratum, at least one, together the whole frame.
        level: Confidence level, more than 0 and less than 1.
        applies_to_all: Whether the question applies to every unit of the frame.
            False for a criterion that may be "not applicable", even where no
            such unit was met; taken as false if any was met (``outside``).

    Returns:
        Estimate and bounds as fractions, ``lower <= estimate <= upper``.

    Raises:
        StratumNotAuditedError: If nothing was audited in a stratum.
        NothingAppliesError: If the question applies to no audited unit.
        ValueError: If there is no stratum, or the level is impossible.
    """
    _check(strata, level)
    domain = not applies_to_all or any(s.outside for s in strata)
    if all(s.complete for s in strata):
        domain = False
    bounds = _bounds(strata, level=level, domain=domain)
    population = sum(s.at_most for s in strata)
    n = sum(s.asked for s in strata)
    return Share(
        estimate=weighted_share(strata),
        lower=bounds.lower,
        upper=bounds.upper,
        lower_count=None if domain else floor(population * bounds.lower),
        upper_count=None if domain else ceil(population * bounds.upper),
        level=level,
        method=bounds.method,
        hits=sum(s.hits for s in strata),
        n=n,
        population=population,
        notes=_notes(strata, bounds=bounds, n=n, domain=domain),
    )


def no_more_than(
    strata: Sequence[StratumCount],
    *,
    level: Fraction = LEVEL,
    applies_to_all: bool = True,
) -> Share:
    """Estimate with an upper bound that alone has the whole confidence.

    For the sentence "we are 95% confident that no more than ... are". The upper
    bound of ``estimate`` leaves half of ``1 - level`` on either side; this one
    leaves all of it above.

    Args:
        strata: As for ``estimate``.
        level: Confidence in the upper bound, more than a half and less than 1.
        applies_to_all: As for ``estimate``.

    Returns:
        The estimate at ``2 * level - 1``, whose upper bound is meant.

    Raises:
        StratumNotAuditedError: If nothing was audited in a stratum.
        NothingAppliesError: If the question applies to no audited unit.
        ValueError: If there is no stratum, or the level is impossible.
    """
    return estimate(strata, level=2 * level - 1, applies_to_all=applies_to_all)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bounds:
    """An interval for a share, and how it was found."""

    lower: Fraction
    upper: Fraction
    method: str


def _check(strata: Sequence[StratumCount], level: Fraction) -> None:
    """Refuse what gives no estimate."""
    if not strata or not 0 < level < 1:
        msg = f"no stratum, or not 0 < level < 1: {len(strata)}, {level}"
        raise ValueError(msg)
    if missing := [s.stratum for s in strata if not s.sampled]:
        raise StratumNotAuditedError(strata=missing)
    if not any(s.asked for s in strata):
        raise NothingAppliesError(audited=sum(s.sampled for s in strata))


def _bounds(
    strata: Sequence[StratumCount], *, level: Fraction, domain: bool
) -> _Bounds:
    """Choose the method and bound the share."""
    unfinished = [s for s in strata if not s.complete]
    if domain and len(strata) == 1:
        (only,) = strata
        lower, upper = domain_interval(
            at_most=only.at_most, sample=only.asked, hits=only.hits, level=level
        )
        return _Bounds(lower=lower, upper=upper, method=HYPERGEOMETRIC_DOMAIN)
    if any(s.outside for s in unfinished):
        return _several([_expected(s) for s in strata], strata, level=level)
    if not unfinished:
        share = weighted_share(strata)
        return _Bounds(lower=share, upper=share, method=CENSUS)
    return _add_known(
        _one_or_several(unfinished, level=level),
        unfinished=unfinished,
        known=[s for s in strata if s.complete],
    )


def _one_or_several(unfinished: Sequence[StratumCount], *, level: Fraction) -> _Bounds:
    """Bound the share of strata that were not audited in full."""
    if len(unfinished) > 1:
        sizes = [(s.population, s.sampled) for s in unfinished]
        return _several(sizes, unfinished, level=level)
    (only,) = unfinished
    exact = exact_interval(
        population=only.population, sample=only.sampled, hits=only.hits, level=level
    )
    return _Bounds(lower=exact.lower, upper=exact.upper, method=HYPERGEOMETRIC)


def _several(
    sizes: Sequence[tuple[int, int]],
    strata: Sequence[StratumCount],
    *,
    level: Fraction,
) -> _Bounds:
    """Bound the share of several strata.

    Args:
        sizes: Units to which the question applies, and those of them audited,
            by stratum.
        strata: What was found.
        level: Confidence level.
    """
    hits, misses = sum(s.hits for s in strata), sum(s.misses for s in strata)
    if hits and misses:
        lower, upper = korn_graubard(strata, level=level)
        return _Bounds(lower=lower, upper=upper, method=KORN_GRAUBARD)
    unseen = most_unseen(sizes, tail=(1 - level) / 2)
    share = Fraction(unseen, sum(size for size, _ in sizes))
    if hits:
        return _Bounds(lower=1 - share, upper=Fraction(1), method=ZERO_EVENT)
    return _Bounds(lower=Fraction(0), upper=share, method=ZERO_EVENT)


def _expected(stratum: StratumCount) -> tuple[int, int]:
    """Return to how many units the question seems to apply, and those audited.

    In proportion to the sample, rounded up.
    """
    size = Fraction(stratum.population * stratum.asked, stratum.sampled)
    return ceil(size), stratum.asked


def _add_known(
    bounds: _Bounds,
    *,
    unfinished: Sequence[StratumCount],
    known: Sequence[StratumCount],
) -> _Bounds:
    """Extend bounds of the other strata to the frame with those audited in full."""
    size = sum(s.population for s in unfinished)
    hits = sum(s.hits for s in known)
    whole = size + sum(s.asked for s in known)
    return _Bounds(
        lower=(bounds.lower * size + hits) / whole,
        upper=(bounds.upper * size + hits) / whole,
        method=bounds.method,
    )


def _notes(
    strata: Sequence[StratumCount], *, bounds: _Bounds, n: int, domain: bool
) -> tuple[str, ...]:
    """Return what a reader must be told besides the numbers."""
    wide = bounds.upper - bounds.lower >= WIDE or n < FEW
    single = any(s.sampled == 1 and not s.complete for s in strata)
    told = {
        INDICATIVE: wide and bounds.method != CENSUS,
        SINGLETON: single and bounds.method == KORN_GRAUBARD,
        DOMAIN: domain,
    }
    return tuple(note for note, true in told.items() if true)
