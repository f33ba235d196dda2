"""How to draw, and what was drawn."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Kind = Literal["simple", "stratified", "systematic", "pps", "cluster", "targeted"]
Allocation = Literal["none", "proportional", "equal", "neyman", "quota"]

BOTTOM_K = "sha256-bottom-k/1"
CAPPED = "sha256-bottom-k-capped/1"
ALGORITHMS: dict[Kind, str] = {
    "simple": BOTTOM_K,
    "stratified": BOTTOM_K,
    "systematic": "sha256-systematic/1",
    "pps": "sha256-sequential-poisson/1",
    "cluster": "sha256-cluster/1",
    "targeted": "targeted/1",
}
"""Identifies the formula of each kind. Another formula would get another one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """How a sample is drawn, always without replacement.

    Attributes:
        kind: Simple random, stratified, systematic, with probability proportional
            to size (pps), cluster, or targeted: picked for a reason, from which
            nothing is estimated.
        size: Cases to draw in all, certain ones included, at least 1; 0 in a
            cluster design, where the clusters decide.
        strata: The attributes that make the strata; empty without.
        allocation: How strata share the sample.
        quotas: Cases of each stratum that has a quota; the others share the rest.
        expected: The share of cases expected to have the property, 0 to 1, by
            stratum, for ``neyman``; 1/2 where none is given.
        minimum: Fewest cases from each stratum that has as many.
        order: The attributes that a systematic sample is sorted by.
        measure: The attribute that is the measure of size, for ``pps``.
        by: The attribute that makes the clusters.
        clusters: Clusters to draw, at least 1 in a cluster design.
        per_cluster: Cases from each drawn cluster; 0 for all.
        certain: A condition on attributes; the units that meet it are all drawn.
        at_most: An attribute, and the most units of one group (of one value of
            it) that can be drawn.
        only: A condition on attributes; the other units are left out first.
        targeted: A condition on attributes; units are picked among those that
            meet it.
        reserves: Spare cases kept in order, in each stratum; in a cluster
            design, spare clusters.
        start: Where the circle of random numbers is entered, 0 to 2**64 - 1.
    """

    kind: Kind
    size: int
    strata: tuple[str, ...] = ()
    allocation: Allocation = "proportional"
    quotas: tuple[tuple[str, int], ...] = ()
    expected: tuple[tuple[str, Fraction], ...] = ()
    minimum: int = 2
    order: tuple[str, ...] = ()
    measure: str = ""
    by: str = ""
    clusters: int = 0
    per_cluster: int = 0
    certain: str = ""
    at_most: tuple[str, int] | None = None
    only: str = ""
    targeted: str = ""
    reserves: int = 5
    start: int = 0

    @property
    def algorithm(self) -> str:
        """The identifier of the formula the sample is drawn by."""
        return CAPPED if self.at_most else ALGORITHMS[self.kind]

    @property
    def with_aid(self) -> bool:
        """Whether the lines of the frame need a third column."""
        return self.at_most is not None or self.kind in {"systematic", "pps", "cluster"}

    @property
    def fewest(self) -> int:
        """Fewest cases from each stratum; 0 where there are no strata."""
        stratified = self.kind == "stratified" or bool(self.strata)
        return self.minimum if stratified else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One unit of a sample or one of its reserves.

    Attributes:
        unit: The identifier.
        stratum: Where it was drawn.
        prn: Its permanent random number.
        rank: Its place in the order of the draw, from 1: in its stratum, or in
            its cluster.
        probability: The chance it had to be in the sample, above 0; 0 where it
            was picked for a reason and not by chance.
        aid: What the design needed of it: its size, cluster, sort key or group.
    """

    unit: str
    stratum: str
    prn: int
    rank: int
    probability: Fraction
    aid: str = ""

    @property
    def weight(self) -> Fraction:
        """How many units of the frame it stands for, 1 / probability.

        Raises:
            ZeroDivisionError: If it was picked for a reason: it stands for itself.
        """
        return 1 / self.probability


@dataclass(frozen=True, slots=True, kw_only=True)
class StratumDraw:
    """What was drawn in one stratum.

    Attributes:
        name: Name of the stratum.
        population: Units in it, N_h, at least 1.
        drawn: Units drawn, n_h.
        kept: Units that were left when each group had given its share; the
            population where groups are not capped.
    """

    name: str
    population: int
    drawn: int
    kept: int | None = None

    @property
    def inclusion_probability(self) -> Fraction:
        """The chance of every unit of the stratum, n_h / N_h.

        In simple, stratified and systematic samples; elsewhere the units of a
        stratum have different ones, and this is their mean.
        """
        return Fraction(self.drawn, self.population)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterDraw:
    """One cluster that was drawn or stands in reserve.

    Attributes:
        name: Its name.
        population: Units in it, N_i, at least 1.
        drawn: Units drawn in it, or to draw if it is used.
        prn: Its number: that of the text ``cluster:`` and its name.
        rank: Its place among the clusters by number, from 1.
        reserve: Whether it is a reserve.
    """

    name: str
    population: int
    drawn: int
    prn: int
    rank: int
    reserve: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The result of a draw.

    Attributes:
        frame_digest: Fixes the units and their strata.
        strata: By name.
        drawn: By stratum, then by rank; by cluster in a cluster design.
        reserves: In the same order; taken in this order only.
        clusters: The drawn clusters and those in reserve, by rank.
        clusters_in_all: Clusters in the frame, M; 0 in other designs.
    """

    frame_digest: str
    strata: tuple[StratumDraw, ...]
    drawn: tuple[Drawn, ...]
    reserves: tuple[Drawn, ...]
    clusters: tuple[ClusterDraw, ...] = ()
    clusters_in_all: int = 0

    @property
    def population(self) -> int:
        """Units in the frame drawn from."""
        return sum(s.population for s in self.strata)
