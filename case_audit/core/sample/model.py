"""How to draw, and what was drawn."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Kind = Literal["simple", "stratified"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """How a sample is drawn.

    Attributes:
        kind: Simple random, or stratified with proportional allocation; both
            without replacement.
        size: Cases to draw in all, at least 1.
        strata: The attributes that make the strata; empty for a simple draw.
        minimum: Fewest cases from each stratum that has as many.
        reserves: Spare cases kept in order, in each stratum.
        start: Where the circle of random numbers is entered, 0 to 2**64 - 1.
    """

    kind: Kind
    size: int
    strata: tuple[str, ...] = ()
    minimum: int = 2
    reserves: int = 5
    start: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One unit of a sample or one of its reserves.

    Attributes:
        unit: The identifier.
        stratum: Where it was drawn.
        prn: Its permanent random number.
        rank: Place in its stratum by random number, from 1.
    """

    unit: str
    stratum: str
    prn: int
    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StratumDraw:
    """What was drawn in one stratum.

    Attributes:
        name: Name of the stratum.
        population: Units in it, N_h, at least 1.
        drawn: Units drawn, n_h.
    """

    name: str
    population: int
    drawn: int

    @property
    def inclusion_probability(self) -> Fraction:
        """The chance every unit of the stratum had, n_h / N_h."""
        return Fraction(self.drawn, self.population)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The result of a draw.

    Attributes:
        frame_digest: Fixes the units and their strata.
        strata: By name.
        drawn: By stratum, then by rank.
        reserves: By stratum, then by rank; taken in this order only.
    """

    frame_digest: str
    strata: tuple[StratumDraw, ...]
    drawn: tuple[Drawn, ...]
    reserves: tuple[Drawn, ...]

    @property
    def population(self) -> int:
        """Units in the frame drawn from."""
        return sum(s.population for s in self.strata)
