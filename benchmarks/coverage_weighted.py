"""How often intervals of designs with unequal chances cover the truth.

Run: ``python benchmarks/coverage_weighted.py --draws 4000 --seed 20260101``.
Prints the second Markdown table of coverage in ``docs/statistics.md``.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING

from case_audit.core.estimates.weighted import (
    Chance,
    Found,
    Weighting,
    estimate_weighted,
)
from case_audit.core.sample.pps import target_probabilities

if TYPE_CHECKING:
    from collections.abc import Callable

    Sampler = Callable[["Frame", Random], tuple[Weighting, list[Found]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """An invented frame: size and group of each unit, and whether it is a hit."""

    sizes: tuple[int, ...]
    groups: tuple[int, ...]
    hits: tuple[bool, ...]

    @property
    def truth(self) -> float:
        """The share to be covered."""
        return sum(self.hits) / len(self.hits)


def by_size(n: int) -> Sampler:
    """Sequential Poisson sampling."""

    def sample(frame: Frame, random: Random) -> tuple[Weighting, list[Found]]:
        chances = _targets(frame.sizes, n)
        numbers = range(len(frame.hits))
        order = sorted(
            numbers,
            key=lambda i: -1 if chances[i] == 1 else random.random() / frame.sizes[i],
        )[:n]
        weighting = Weighting(
            kind="pps",
            population=len(frame.hits),
            chances={i: Chance(probability=chances[i], stratum="all") for i in order},
            drawn={"all": n},
        )
        return weighting, [Found(number=i, hit=frame.hits[i]) for i in order]

    return sample


_REMEMBERED: dict[tuple[tuple[int, ...], int], list[Fraction]] = {}


def _targets(sizes: tuple[int, ...], n: int) -> list[Fraction]:
    if (sizes, n) not in _REMEMBERED:
        _REMEMBERED[sizes, n] = target_probabilities(sizes, size=n)
    return _REMEMBERED[sizes, n]


def _members(frame: Frame) -> dict[int, list[int]]:
    members: dict[int, list[int]] = {}
    for number, group in enumerate(frame.groups):
        members.setdefault(group, []).append(number)
    return members


def by_cluster(m: int, each: int = 0) -> Sampler:
    """Some clusters, and some or all units of each."""

    def sample(frame: Frame, random: Random) -> tuple[Weighting, list[Found]]:
        members = _members(frame)
        drawn = random.sample(sorted(members), m)
        chances, found = {}, []
        for group in drawn:
            take = min(each or len(members[group]), len(members[group]))
            chance = Fraction(m, len(members)) * Fraction(take, len(members[group]))
            for i in random.sample(members[group], take):
                chances[i] = Chance(
                    probability=chance, stratum="all", cluster=str(group)
                )
                found.append(Found(number=i, hit=frame.hits[i]))
        weighting = Weighting(
            kind="cluster",
            population=len(frame.hits),
            chances=chances,
            drawn={"all": len(found)},
            clusters_in_all=len(members),
            cluster_sizes={str(g): len(members[g]) for g in drawn},
        )
        return weighting, found

    return sample


def capped(n: int, most: int) -> Sampler:
    """At most so many of a group, then a simple sample of what is left."""

    def sample(frame: Frame, random: Random) -> tuple[Weighting, list[Found]]:
        kept: dict[int, Fraction] = {}
        for units in _members(frame).values():
            take = min(most, len(units))
            for i in random.sample(units, take):
                kept[i] = Fraction(take, len(units))
        second = Fraction(n, len(kept))
        drawn = random.sample(sorted(kept), n)
        weighting = Weighting(
            kind="capped",
            population=len(frame.hits),
            chances={
                i: Chance(probability=kept[i] * second, stratum="all") for i in drawn
            },
            drawn={"all": n},
            second={"all": second},
        )
        return weighting, [Found(number=i, hit=frame.hits[i]) for i in drawn]

    return sample


def frame_of(
    workers: int, *, share: float, alike: float, seed: int, with_size: float = 0.0
) -> Frame:
    """Invent a frame.

    Args:
        workers: Groups, of 2 to 24 units.
        share: The mean share of hits.
        alike: How alike the units of a group are, 0 to 1.
        seed: Fixes it.
        with_size: How the share grows with the size, from -1 to 1.
    """
    random = Random(seed)
    sizes, groups, hits = [], [], []
    for group in range(workers):
        own = share
        if alike:
            odds = (1 - alike) / alike
            own = random.betavariate(share * odds, (1 - share) * odds)
        for _ in range(random.randint(2, 24)):
            size = random.randint(1, 12)
            tilted = own * (1 + with_size * (size - 6.5) / 6.5)
            sizes.append(size)
            groups.append(group)
            hits.append(random.random() < tilted)
    return Frame(sizes=tuple(sizes), groups=tuple(groups), hits=tuple(hits))


EVEN = frame_of(24, share=0.5, alike=0.0, seed=1)
TILTED = frame_of(24, share=0.5, alike=0.0, seed=2, with_size=0.8)
AGAINST = frame_of(24, share=0.5, alike=0.0, seed=3, with_size=-0.8)
RARE = frame_of(24, share=0.04, alike=0.0, seed=4)
LITTLE = frame_of(40, share=0.5, alike=0.1, seed=5)
MUCH = frame_of(40, share=0.5, alike=0.4, seed=6)
RARE_ALIKE = frame_of(40, share=0.06, alike=0.2, seed=7)

DESIGNS: tuple[tuple[str, Frame, Sampler], ...] = (
    ("pps, 30, size tells nothing", EVEN, by_size(30)),
    ("pps, 30, larger ones more often", TILTED, by_size(30)),
    ("pps, 30, smaller ones more often", AGAINST, by_size(30)),
    ("pps, 12, larger ones more often", TILTED, by_size(12)),
    ("pps, 60, larger ones more often", TILTED, by_size(60)),
    ("pps, 30, rare", RARE, by_size(30)),
    ("12 of 40 clusters in full, little alike", LITTLE, by_cluster(12)),
    ("12 of 40 clusters, 4 of each, little alike", LITTLE, by_cluster(12, 4)),
    ("12 of 40 clusters, 4 of each, much alike", MUCH, by_cluster(12, 4)),
    ("12 of 40 clusters in full, much alike", MUCH, by_cluster(12)),
    ("5 of 40 clusters, 6 of each, much alike", MUCH, by_cluster(5, 6)),
    ("3 of 40 clusters in full, much alike", MUCH, by_cluster(3)),
    ("12 of 40 clusters, 4 of each, rare", RARE_ALIKE, by_cluster(12, 4)),
    ("at most 2 of a worker, 30, little alike", LITTLE, capped(30, 2)),
    ("at most 2 of a worker, 30, much alike", MUCH, capped(30, 2)),
    ("at most 1 of a worker, 20, much alike", MUCH, capped(20, 1)),
    ("at most 2 of a worker, 30, rare", RARE_ALIKE, capped(30, 2)),
)


def _row(name: str, frame: Frame, sampler: Sampler, *, draws: int, seed: int) -> str:
    """Simulate a design and return its line of the table."""
    random = Random(f"{seed}:{name}")
    below = above = 0
    width = middle = 0.0
    for _ in range(draws):
        share = estimate_weighted(*sampler(frame, random))
        below += frame.truth < float(share.lower) - 1e-12
        above += frame.truth > float(share.upper) + 1e-12
        width += float(share.upper - share.lower)
        middle += float(share.estimate)
    cells = (
        name,
        f"{frame.truth:.3f}",
        f"{1 - (below + above) / draws:.3f}",
        f"{below / draws:.3f}",
        f"{above / draws:.3f}",
        f"{width / draws:.3f}",
        f"{middle / draws - frame.truth:+.3f}",
    )
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=20260101)
    options = parser.parse_args()
    print(f"Level 0.95, {options.draws} draws, seed {options.seed}.\n")
    print(
        "| design | true share | covered | truth below | truth above "
        "| mean width | bias |"
    )
    print("|---|---|---|---|---|---|---|")
    for name, frame, sampler in DESIGNS:
        print(_row(name, frame, sampler, draws=options.draws, seed=options.seed))


if __name__ == "__main__":
    main()
