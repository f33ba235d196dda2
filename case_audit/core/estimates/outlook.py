"""What to expect of a sample of a size: interval, chances, hours."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from case_audit.core.estimates.discovery import (
    chance_over_strata,
    chance_to_meet_one,
    chance_wherever,
)
from case_audit.core.estimates.effective import adjusted_size, clopper_pearson
from case_audit.core.estimates.size import expected_interval
from case_audit.core.sample.allocation import allocate_proportional
from case_audit.errors import TooManyClustersError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from case_audit.core.estimates.planning import Assumptions, FrameCounts
    from case_audit.core.sample.model import Design

    Part = tuple[int, int, Fraction]
    """Population, size and expected share of a stratum."""

_REMEMBERED = 64
_MANY = 2000
"""From so many cases on they are spread by rounding down, not one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StratumOutlook:
    """What to expect of one stratum.

    Attributes:
        name: The stratum.
        population: Units in it.
        size: Units drawn.
        expected: The share expected.
        lower: Lower bound of the exact interval to expect; ``None`` if nothing
            is drawn.
        upper: Upper bound, likewise.
        cases: Inadequate cases asked about: the rate's in this stratum, or the
            number given, at most all.
        chance: The chance to meet at least one, if they are all here.
    """

    name: str
    population: int
    size: int
    expected: Fraction
    lower: Fraction | None
    upper: Fraction | None
    cases: int
    chance: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What to expect of a sample.

    Attributes:
        size: Units drawn; in a cluster design the mean of what may be drawn.
        clusters: Clusters drawn; 0 without.
        lower: Lower bound of the interval to expect for the whole frame; ``None``
            where the design bears none.
        upper: Upper bound, likewise.
        cases: Inadequate cases asked about, in the whole frame.
        chance: The chance to meet at least one, if they are spread over the frame
            in proportion.
        chance_wherever: The same wherever they are: the smallest it can be.
        hours: Hours of all auditors together.
        hours_each: Hours of one auditor, if their number is known.
        design_effect: How much larger the variance is for clusters; 1 without.
    """

    size: Fraction
    clusters: int
    lower: Fraction | None
    upper: Fraction | None
    cases: int
    chance: Fraction
    chance_wherever: Fraction
    hours: Fraction
    hours_each: Fraction | None
    design_effect: Fraction


def look_ahead(
    frame: FrameCounts, sizes: Mapping[str, int], given: Assumptions
) -> Outlook:
    """Return what to expect of a stratified sample.

    Args:
        frame: What can be drawn.
        sizes: Units drawn in each stratum.
        given: What is taken for granted.
    """
    names = sorted(frame.populations)
    strata = [(frame.populations[s], sizes.get(s, 0)) for s in names]
    cases = given.cases_among(frame.population)
    parts = [(n, k, given.share_of(s)) for s, (n, k) in zip(names, strata, strict=True)]
    bounds = expected_bounds(parts, level=given.level)
    size = Fraction(sum(k for _, k in strata))
    spread = _spread(tuple(n for n, _ in strata), cases)
    return Outlook(
        size=size,
        clusters=0,
        lower=bounds[0] if bounds else None,
        upper=bounds[1] if bounds else None,
        cases=cases,
        chance=chance_over_strata(
            (n, k, m) for (n, k), m in zip(strata, spread, strict=True)
        ),
        chance_wherever=chance_wherever(strata, cases=cases),
        hours=given.hours(size),
        hours_each=given.hours_each(size),
        design_effect=Fraction(1),
    )


def strata_ahead(
    frame: FrameCounts, sizes: Mapping[str, int], given: Assumptions
) -> tuple[StratumOutlook, ...]:
    """Return what to expect of each stratum by itself, by name.

    Args:
        frame: What can be drawn.
        sizes: Units drawn in each stratum.
        given: What is taken for granted.
    """
    return tuple(
        _stratum(name, (population, sizes.get(name, 0), given.share_of(name)), given)
        for name, population in sorted(frame.populations.items())
    )


def _stratum(name: str, part: Part, given: Assumptions) -> StratumOutlook:
    population, size, share = part
    bounds = expected_interval(population, size, share, given.level) if size else None
    cases = given.cases_among(population)
    return StratumOutlook(
        name=name,
        population=population,
        size=size,
        expected=share,
        lower=bounds[0] if bounds else None,
        upper=bounds[1] if bounds else None,
        cases=cases,
        chance=chance_to_meet_one(population=population, sample=size, cases=cases),
    )


@lru_cache(maxsize=_REMEMBERED)
def _spread(populations: tuple[int, ...], cases: int) -> list[int]:
    """Return the cases of each stratum, in proportion; of many, rounded down."""
    if cases > _MANY:
        return [cases * n // sum(populations) for n in populations]
    sizes = {str(i).zfill(9): n for i, n in enumerate(populations)}
    shared = allocate_proportional(sizes, size=cases, minimum=0)
    return [shared[name] for name in sizes]


def expected_bounds(
    parts: Sequence[Part], *, level: Fraction
) -> tuple[Fraction, Fraction] | None:
    """Return the interval that strata would give, showing what is expected.

    That of one stratum not drawn in full is exact; of several, Korn and
    Graubard's. Strata drawn in full are known. Nothing can be said where a
    stratum gives no unit, or where each gives a single one.

    Args:
        parts: Population, size and expected share of each stratum.
        level: Confidence level.
    """
    if any(not k for _, k, _ in parts):
        return None
    open_parts = [part for part in parts if part[1] < part[0]]
    whole = sum(n for n, _, _ in parts)
    known = sum((n * p for n, k, p in parts if k == n), Fraction(0))
    if not open_parts:
        return known / whole, known / whole
    bounds = _open_bounds(open_parts, level=level)
    if bounds is None:
        return None
    size = sum(n for n, _, _ in open_parts)
    return (bounds[0] * size + known) / whole, (bounds[1] * size + known) / whole


def _open_bounds(
    parts: Sequence[Part], *, level: Fraction
) -> tuple[Fraction, Fraction] | None:
    if len(parts) == 1:
        ((population, size, share),) = parts
        return expected_interval(population, size, share, level)
    whole, n = sum(size for size, _, _ in parts), sum(k for _, k, _ in parts)
    df = n - len(parts)
    if df == 0:
        return None
    share = sum((size * p for size, _, p in parts), Fraction(0)) / whole
    spread = sum(
        (
            Fraction(size * (size - k), k) * p * (1 - p) * k / max(k - 1, 1)
            for size, k, p in parts
        ),
        Fraction(0),
    )
    effective = adjusted_size(
        share,
        spread / whole**2,
        n=n,
        df=df,
        cap=n * whole / (whole - n),
        level=level,
    )
    return clopper_pearson(float(share), effective, level)


def look_ahead_at_clusters(
    frame: FrameCounts, design: Design, given: Assumptions
) -> Outlook:
    """Return what to expect of a sample of clusters.

    The variance is that of a simple sample, times the design effect
    ``1 + (b - 1) * correlation`` for b cases of each cluster on average, with one
    degree of freedom less than clusters. The chance to meet an inadequate case is
    smallest where all are in the largest cluster.

    Args:
        frame: What can be drawn, with its clusters.
        design: A cluster design.
        given: What is taken for granted.

    Raises:
        TooManyClustersError: If the frame has fewer clusters.
    """
    found = len(frame.clusters)
    if design.clusters > found:
        raise TooManyClustersError(asked=design.clusters, available=found)
    takes = [min(design.per_cluster or units, units) for units in frame.clusters]
    each = Fraction(sum(takes), found)
    size = each * design.clusters
    effect = 1 + max(each - 1, Fraction(0)) * given.correlation
    bounds = _cluster_bounds(frame.population, size, design.clusters, effect, given)
    cases = given.cases_among(frame.population)
    largest = frame.clusters[0]
    return Outlook(
        size=size,
        clusters=design.clusters,
        lower=bounds[0] if bounds else None,
        upper=bounds[1] if bounds else None,
        cases=cases,
        chance=chance_to_meet_one(
            population=frame.population, sample=int(size), cases=cases
        ),
        chance_wherever=Fraction(design.clusters, found)
        * chance_to_meet_one(
            population=largest, sample=takes[0], cases=min(cases, largest)
        ),
        hours=given.hours(size),
        hours_each=given.hours_each(size),
        design_effect=effect,
    )


def _cluster_bounds(
    population: int,
    size: Fraction,
    clusters: int,
    effect: Fraction,
    given: Assumptions,
) -> tuple[Fraction, Fraction] | None:
    share = given.expected
    if size == population:
        return share, share
    if clusters < 2:  # noqa: PLR2004
        return None
    simple = size * population / (population - size)
    n = max(int(size), 2)
    effective = adjusted_size(
        share,
        share * (1 - share) * effect / simple,
        n=n,
        df=clusters - 1,
        cap=float(simple),
        level=given.level,
    )
    return clopper_pearson(float(share), effective, given.level)
