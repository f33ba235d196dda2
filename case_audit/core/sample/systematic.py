"""Every so-manieth unit of a sorted list, from a random start.

In each stratum the N units are sorted by the design's attributes, then by
identifier, and counted from 0. Drawn are the units at ``floor((r + j) * N / n)``
for j = 0 to n - 1, where r, from 0 to below 1, is a number that follows from the
seed: that of the text ``systematic:`` and the stratum, divided by 2**64. Every
unit has the chance n / N exactly, whether or not n divides N. Neighbours in the
list are not drawn together, so the sample is spread evenly over what the list is
sorted by.

A larger sample is another sample: systematic samples cannot be extended.

Source:
    W. G. Cochran, *Sampling Techniques*, 3rd ed., Wiley 1977, chapter 8; the
    fractional interval as in C.-E. Särndal, B. Swensson and J. Wretman, *Model
    Assisted Survey Sampling*, Springer 1992, section 3.4.
"""

from __future__ import annotations

from fractions import Fraction
from heapq import nsmallest
from typing import TYPE_CHECKING

from case_audit.core.sample.allocation import allocate
from case_audit.core.sample.bottom_k import numbered
from case_audit.core.sample.model import StratumDraw
from case_audit.core.sample.numbers import MODULUS, order_key, prn
from case_audit.core.sample.rows import as_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from case_audit.core.sample.bottom_k import Parts, Ranked
    from case_audit.core.sample.model import Design, Drawn
    from case_audit.core.sample.rows import FrameLine, Row

LABEL = "systematic:"
"""Stands before the stratum in the text whose number is the random start."""


def random_start(seed: str, stratum: str, *, start: int = 0) -> int:
    """Return r of a stratum as a whole number: r * 2**64, from 0 to 2**64 - 1."""
    return (prn(seed, LABEL + stratum) - start) % MODULUS


def positions(population: int, size: int, *, number: int) -> list[int]:
    """Return the places of the drawn units in the sorted list, from 0.

    Args:
        population: Units in the list, N.
        size: Units to draw, n, at most N.
        number: The random start as :func:`random_start` gives it.
    """
    return [
        (number + place * MODULUS) * population // (size * MODULUS)
        for place in range(size)
    ]


def in_order(lines: Iterable[FrameLine]) -> list[FrameLine]:
    """Sort a stratum as the draw does: by the aid, then by identifier, as bytes."""
    return sorted(lines, key=lambda line: (line.aid, line.unit))


def draw_systematic(rows: Iterable[Row], *, design: Design, seed: str) -> Parts:
    """Draw a systematic sample of each stratum.

    The reserves are the units that were not drawn, by number.
    """
    members: dict[str, list[FrameLine]] = {}
    for row in rows:
        members.setdefault(row[1], []).append(as_line(row))
    sizes = allocate({s: len(lines) for s, lines in members.items()}, design)
    drawn: list[Drawn] = []
    reserves: list[Drawn] = []
    for name, size in sizes.items():
        lines = in_order(members[name])
        number = random_start(seed, name, start=design.start)
        taken = positions(len(lines), size, number=number)
        chance = Fraction(size, len(lines))

        def ranked(line: FrameLine) -> Ranked:
            return order_key(seed, line.unit, start=design.start), line.aid

        drawn += numbered(
            [ranked(lines[place]) for place in taken],
            name,
            design=design,
            chance=chance,
        )
        left = {line.unit for line in (lines[place] for place in taken)}
        spare = nsmallest(
            design.reserves, (ranked(ln) for ln in lines if ln.unit not in left)
        )
        reserves += numbered(spare, name, design=design, chance=chance, first=size + 1)
    return (
        [
            StratumDraw(name=name, population=len(members[name]), drawn=size)
            for name, size in sizes.items()
        ],
        drawn,
        reserves,
    )
