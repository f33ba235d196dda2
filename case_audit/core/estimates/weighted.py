"""Shares from samples whose units had different chances to be drawn.

The share is Hajek's: the weights of the hits over the weights of all to whom the
question applies, a weight being 1 / probability. Its variance is linearised: with
``z = y - p`` for a unit to which the question applies and 0 for others, it is the
variance of the estimated total of ``z`` over the squared sum of weights
(:mod:`case_audit.core.estimates.dispersion`). The interval is Korn and Graubard's,
as for strata. Where nothing, or nothing but hits, was found, no variance can be
estimated, and the bound is a conservative one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor, log, log1p
from typing import TYPE_CHECKING, Literal

from case_audit.core.estimates.dispersion import (
    between_clusters,
    by_size,
    two_phases,
)
from case_audit.core.estimates.effective import adjusted_size, clopper_pearson
from case_audit.core.estimates.hypergeometric import LEVEL
from case_audit.core.estimates.share import (
    CENSUS,
    DOMAIN,
    FEW,
    INDICATIVE,
    WIDE,
    Share,
)
from case_audit.errors import (
    NothingAppliesError,
    StratumNotAuditedError,
    TooFewClustersError,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from case_audit.core.estimates.dispersion import Residual

HAJEK_PPS = "hajek_pps"
CLUSTER = "cluster_korn_graubard"
TWO_PHASE = "two_phase_korn_graubard"
ZERO_EVENT = "zero_event_weighted"
ZERO_EVENT_CLUSTER = "zero_event_cluster"

_METHODS = {"pps": HAJEK_PPS, "cluster": CLUSTER, "capped": TWO_PHASE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """How one drawn unit came into the sample.

    Attributes:
        probability: Its inclusion probability, more than 0, at most 1.
        stratum: Where it was drawn.
        cluster: Its cluster; empty without clusters.
    """

    probability: Fraction
    stratum: str
    cluster: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighting:
    """What a design with different chances tells of a sample.

    Attributes:
        kind: Which design.
        population: Units in the frame.
        chances: Each unit that was drawn, by its number in the round.
        drawn: Units drawn in each stratum.
        second: With capped groups: the part of the units kept that was drawn, by
            stratum.
        clusters_in_all: Clusters in the frame.
        cluster_sizes: Units in each drawn cluster.
        outside: Drawn units that the frame should not have held: in the sample,
            and no question applies to them.
    """

    kind: Literal["pps", "cluster", "capped"]
    population: int
    chances: Mapping[int, Chance]
    drawn: Mapping[str, int]
    second: Mapping[str, Fraction] = field(default_factory=dict)
    clusters_in_all: int = 0
    cluster_sizes: Mapping[str, int] = field(default_factory=dict)
    outside: frozenset[int] = frozenset()

    @property
    def used(self) -> frozenset[str]:
        """The clusters that units of the round are from."""
        return frozenset(chance.cluster for chance in self.chances.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found in one audited unit.

    Attributes:
        number: Its number in the round.
        hit: Whether it has the property.
        outside: Whether the question does not apply to it.
    """

    number: int
    hit: bool
    outside: bool = False


def estimate_weighted(
    weighting: Weighting, found: Sequence[Found], *, level: Fraction = LEVEL
) -> Share:
    """Estimate which share of the frame has a property.

    Units drawn but not audited are taken to be like the audited ones of their
    stratum (of their cluster, in a cluster design).

    Args:
        weighting: How the units were drawn.
        found: What the audited ones showed.
        level: Confidence level, between 0 and 1.

    Returns:
        Estimate and bounds; ``lower_count`` is ``None`` where the question does
        not apply to every unit.

    Raises:
        StratumNotAuditedError: If nothing was audited in a stratum.
        NothingAppliesError: If the question applies to no audited unit.
        TooFewClustersError: If one of several clusters was audited: how clusters
            differ cannot be seen.
        ValueError: If the level is impossible.
    """
    if not 0 < level < 1:
        msg = f"not 0 < level < 1: {level}"
        raise ValueError(msg)
    found = [
        *found,
        *(Found(number=n, hit=False, outside=True) for n in sorted(weighting.outside)),
    ]
    weights = _weights(weighting, found)
    asked = [one for one in found if not one.outside]
    if not asked:
        raise NothingAppliesError(audited=len(found))
    total = sum((weights[one.number] for one in asked), Fraction(0))
    hits = sum((weights[one.number] for one in asked if one.hit), Fraction(0))
    share = hits / total
    outside = len(found) - len(asked)
    reachable = weighting.population - outside
    lower, upper, method = _bounds(
        weighting, found, weights, share=share, reachable=reachable, level=level
    )
    n, seen = len(asked), sum(one.hit for one in asked)
    domain = bool(outside) and method != CENSUS
    indicative = method != CENSUS and (upper - lower >= WIDE or n < FEW)
    return Share(
        estimate=share,
        lower=lower,
        upper=upper,
        lower_count=None if domain else floor(reachable * lower),
        upper_count=None if domain else ceil(reachable * upper),
        level=level,
        method=method,
        hits=seen,
        n=n,
        population=reachable,
        notes=(INDICATIVE,) * indicative + (DOMAIN,) * domain,
    )


def _weights(weighting: Weighting, found: Sequence[Found]) -> dict[int, Fraction]:
    """Return the weight of each audited unit, for those not audited too.

    Raises:
        StratumNotAuditedError: If nothing was audited in a stratum.
        TooFewClustersError: If too few clusters were audited.
    """
    if weighting.kind == "cluster":
        return _cluster_weights(weighting, found)
    # A stratum whose groups kept nothing is spoken of by the rest of the groups.
    nothing_kept = weighting.kind == "capped"
    done = {
        stratum: 0
        for stratum, n in weighting.drawn.items()
        if n or not nothing_kept or stratum in weighting.second
    }
    for one in found:
        done[weighting.chances[one.number].stratum] += 1
    if missing := [stratum for stratum, n in done.items() if not n]:
        raise StratumNotAuditedError(strata=missing)
    weights = {}
    for one in found:
        chance = weighting.chances[one.number]
        drawn = Fraction(weighting.drawn[chance.stratum], done[chance.stratum])
        weights[one.number] = drawn / chance.probability
    return weights


def _cluster_weights(
    weighting: Weighting, found: Sequence[Found]
) -> dict[int, Fraction]:
    done: dict[str, int] = {}
    for one in found:
        name = weighting.chances[one.number].cluster
        done[name] = done.get(name, 0) + 1
    if len(done) < min(2, weighting.clusters_in_all):
        raise TooFewClustersError(audited=len(done))
    first = Fraction(weighting.clusters_in_all, len(done))
    return {
        one.number: first * Fraction(weighting.cluster_sizes[name], done[name])
        for one in found
        for name in (weighting.chances[one.number].cluster,)
    }


def _bounds(
    weighting: Weighting,
    found: Sequence[Found],
    weights: Mapping[int, Fraction],
    *,
    share: Fraction,
    reachable: int,
    level: Fraction,
) -> tuple[Fraction, Fraction, str]:
    """Return lower bound, upper bound and method."""
    if len(found) == weighting.population:
        return share, share, CENSUS
    if share in {0, 1}:
        unseen, method = _unseen(weighting, found, weights, tail=(1 - level) / 2)
        n = sum(not one.outside for one in found)
        unseen = min(unseen, 1 - Fraction(n, reachable))
        return (
            (Fraction(0), unseen, method) if share == 0 else (1 - unseen, share, method)
        )
    asked = [one for one in found if not one.outside]
    seen = sum(one.hit for one in asked)
    size = _size(weighting, found, weights, share=share, level=level)
    lower, upper = clopper_pearson(float(share), size, level)
    least, most = Fraction(seen, reachable), 1 - Fraction(len(asked) - seen, reachable)
    return (
        min(max(least, lower), share),
        max(min(most, upper), share),
        _METHODS[weighting.kind],
    )


def _size(
    weighting: Weighting,
    found: Sequence[Found],
    weights: Mapping[int, Fraction],
    *,
    share: Fraction,
    level: Fraction,
) -> float:
    """Return the effective size of the sample."""
    residuals = [_residual(weighting, one, weights, share) for one in found]
    total = float(sum(weights[one.number] for one in found if not one.outside))
    if weighting.kind == "cluster":
        spread, df = between_clusters(residuals, weighting)
    elif weighting.kind == "pps":
        spread, df = by_size(residuals)
    else:
        spread, df = two_phases(residuals, weighting.second)
    n = sum(not one.outside for one in found)
    reachable = weighting.population - (len(found) - n)
    cap = n * reachable / (reachable - n)
    return adjusted_size(
        share,
        Fraction(spread / total**2),
        n=max(len(found), 2),
        df=df,
        cap=cap,
        level=level,
    )


def _residual(
    weighting: Weighting, one: Found, weights: Mapping[int, Fraction], share: Fraction
) -> Residual:
    chance = weighting.chances[one.number]
    value = Fraction(0) if one.outside else one.hit - share
    return chance, float(1 / weights[one.number]), float(value)


def _unseen(
    weighting: Weighting,
    found: Sequence[Found],
    weights: Mapping[int, Fraction],
    *,
    tail: Fraction,
) -> tuple[Fraction, str]:
    """Return the largest share that the sample may have missed.

    As many units as would all be missed with a chance of ``tail``, if each had the
    smallest probability met: ``log(tail) / log(1 - pi)`` of the population. With
    clusters: as if the cases of one were all alike, so that only clusters count,
    ``1 - tail ** (1 / m)`` for m clusters of equal size, fewer for unequal ones
    (the squared sum of their sizes over the sum of squares).
    """
    if weighting.kind == "cluster":
        names = {weighting.chances[one.number].cluster for one in found}
        sizes = [weighting.cluster_sizes[name] for name in names]
        effective = sum(sizes) ** 2 / sum(size**2 for size in sizes)
        return Fraction(1 - float(tail) ** (1 / effective)), ZERO_EVENT_CLUSTER
    least = float(1 / max(weights.values()))
    if least == 1:
        return Fraction(0), ZERO_EVENT
    missed = log(tail) / log1p(-least)
    return min(Fraction(1), Fraction(missed) / weighting.population), ZERO_EVENT
