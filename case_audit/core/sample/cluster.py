"""Clusters, for example teams or workers: some are drawn, then cases within them.

Of M clusters the m with the smallest numbers are drawn, each with the chance m / M;
the number of a cluster is that of the text ``cluster:`` and its name. In a drawn
cluster of N_i units all are drawn, or the k_i with the smallest numbers. The chance
of a unit is ``m / M * k_i / N_i``. The next clusters by number are the reserves.

Cases of one cluster are more alike than others, so such a sample says less than a
simple one of the same size (the design effect), and what it says rests on the
number of clusters.

Source:
    W. G. Cochran, *Sampling Techniques*, 3rd ed., Wiley 1977, chapters 9 to 11.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from case_audit.core.frame.model import ALL
from case_audit.core.sample.bottom_k import numbered
from case_audit.core.sample.model import ClusterDraw, Sample, StratumDraw
from case_audit.core.sample.numbers import MODULUS, order_key
from case_audit.core.sample.rows import as_line
from case_audit.errors import TooManyClustersError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from case_audit.core.sample.bottom_k import Ranked
    from case_audit.core.sample.model import Design, Drawn
    from case_audit.core.sample.rows import Row

LABEL = "cluster:"
"""Stands before the name of a cluster in the text whose number it has."""


def draw_clusters(
    rows: Iterable[Row], *, design: Design, seed: str, frame_digest: str
) -> Sample:
    """Draw clusters, and cases within them.

    A larger number of clusters, or of cases from each, keeps every unit of a
    smaller one.

    Raises:
        TooManyClustersError: If the frame has fewer clusters.
    """
    members = _members(rows, design=design, seed=seed)
    names = sorted(
        (order_key(seed, LABEL + name, start=design.start), name) for name in members
    )[: design.clusters + design.reserves]
    chance = Fraction(design.clusters, len(members))
    drawn: list[Drawn] = []
    reserves: list[Drawn] = []
    clusters: list[ClusterDraw] = []
    for rank, (key, name) in enumerate(names, start=1):
        units = sorted(members[name])
        size = min(design.per_cluster or len(units), len(units))
        listed = numbered(
            units[:size], ALL, design=design, chance=chance * Fraction(size, len(units))
        )
        spare = rank > design.clusters
        (reserves if spare else drawn).extend(listed)
        clusters.append(
            ClusterDraw(
                name=name,
                population=len(units),
                drawn=size,
                prn=(key[0] + design.start) % MODULUS,
                rank=rank,
                reserve=spare,
            )
        )
    population = sum(map(len, members.values()))
    return Sample(
        frame_digest=frame_digest,
        strata=(StratumDraw(name=ALL, population=population, drawn=len(drawn)),),
        drawn=tuple(drawn),
        reserves=tuple(reserves),
        clusters=tuple(clusters),
        clusters_in_all=len(members),
    )


def _members(
    rows: Iterable[Row], *, design: Design, seed: str
) -> dict[str, list[Ranked]]:
    members: dict[str, list[Ranked]] = {}
    for unit, _, name in map(as_line, rows):
        key = order_key(seed, unit, start=design.start)
        members.setdefault(name, []).append((key, name))
    if design.clusters > len(members):
        raise TooManyClustersError(asked=design.clusters, available=len(members))
    return members
