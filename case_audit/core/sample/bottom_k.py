"""The smallest numbers of each stratum, from a stream of any length."""

from __future__ import annotations

from fractions import Fraction
from heapq import nsmallest
from operator import itemgetter
from typing import TYPE_CHECKING

from case_audit.core.sample.allocation import allocate
from case_audit.core.sample.model import Drawn, StratumDraw
from case_audit.core.sample.numbers import MODULUS
from case_audit.core.sample.rows import as_line
from case_audit.core.sample.smallest import numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from case_audit.core.sample.model import Design
    from case_audit.core.sample.rows import Row

    Parts = tuple[list[StratumDraw], list[Drawn], list[Drawn]]
    """What a draw gives: strata, drawn, reserves."""
    Ranked = tuple[tuple[int, bytes, str], str]
    """What a unit is sorted by, and its aid."""
    Chance = Callable[[Ranked], Fraction]

_KEY = itemgetter(0)


class Smallest:
    """The units of one stratum with the smallest numbers, of all it was given.

    Attributes:
        population: Units it was given.
    """

    def __init__(self, most: int) -> None:
        """Keep at most this many, at least 1."""
        self.population = 0
        self._most = most
        self._kept: list[Ranked] = []
        self._limit: tuple[int, bytes, str] | None = None

    def add(self, key: tuple[int, bytes, str], aid: str) -> None:
        """Take one unit in, and forget it if others have smaller numbers."""
        self.population += 1
        if self._limit is not None and key > self._limit:
            return
        self._kept.append((key, aid))
        if len(self._kept) >= 2 * self._most + 1_000:
            self._kept = nsmallest(self._most, self._kept, key=_KEY)
            self._limit = self._kept[-1][0]

    def first(self, count: int) -> list[Ranked]:
        """Return so many with the smallest numbers, smallest first."""
        return nsmallest(count, self._kept, key=_KEY)


def draw_smallest(rows: Iterable[Row], *, design: Design, seed: str) -> Parts:
    """Draw the smallest numbers of each stratum; the next ones are its reserves.

    Every unit of a stratum has the chance n_h / N_h. A larger sample keeps every
    unit of a smaller one. A targeted sample is the same among the units that meet
    its condition, and no chance is claimed for it.
    """
    strata = by_stratum(rows, design=design, seed=seed)
    sizes = allocate({s: found.population for s, found in strata.items()}, design)
    drawn: list[Drawn] = []
    reserves: list[Drawn] = []
    for name, size in sizes.items():
        chance = Fraction(size, strata[name].population)
        if design.kind == "targeted":
            chance = Fraction(0)
        ranked = strata[name].first(size + design.reserves)
        listed = list(numbered(ranked, name, design=design, chance=chance))
        drawn += listed[:size]
        reserves += listed[size:]
    return (
        [
            StratumDraw(name=name, population=strata[name].population, drawn=size)
            for name, size in sizes.items()
        ],
        drawn,
        reserves,
    )


def by_stratum(
    rows: Iterable[Row], *, design: Design, seed: str
) -> dict[str, Smallest]:
    """Return the smallest numbers of each stratum, as many as may be drawn."""
    strata: dict[str, Smallest] = {}
    hashed = numbers(seed)
    most, start, with_aid = design.size + design.reserves, design.start, design.with_aid
    for row in rows:
        found = strata.get(row[1])
        if found is None:
            found = strata[row[1]] = Smallest(most)
        aid = as_line(row).aid if with_aid else ""
        full = hashed(row[0])
        number = (int.from_bytes(full[:8], "big") - start) % MODULUS
        found.add((number, full, row[0]), aid)
    return strata


def numbered(
    ranked: Sequence[Ranked],
    stratum: str,
    *,
    design: Design,
    chance: Fraction | Chance,
    first: int = 1,
) -> Iterator[Drawn]:
    """Number the units of a stratum in their order, from a first number on."""
    for rank, one in enumerate(ranked, start=first):
        (number, _, unit), aid = one
        yield Drawn(
            unit=unit,
            stratum=stratum,
            prn=(number + design.start) % MODULUS,
            rank=rank,
            probability=chance if isinstance(chance, Fraction) else chance(one),
            aid=aid,
        )
