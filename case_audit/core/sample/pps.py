"""Probability proportional to size, by sequential Poisson sampling.

The target is the chance ``n * x_i / X`` for a unit of size x_i, where X is the sum
of the sizes in its stratum. A unit for which that is 1 or more is drawn with
certainty and set aside, with one case less to draw, until none is left. Of the
others those with the smallest ``u_i / x_i`` are drawn, where u_i is the permanent
random number. Numbers are compared as ``u_i * x_j`` with ``u_j * x_i``: whole
numbers only, so the order is the same on every machine.

The targets are exact; the chances that the method gives come near them. The
difference vanishes as the sample grows, and tends to be largest for the smallest
samples and the most unequal sizes.

Source:
    E. Ohlsson, Sequential Poisson sampling, Journal of Official Statistics 14
    (1998) 149-162.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cmp_to_key
from heapq import nsmallest
from typing import TYPE_CHECKING

from case_audit.core.sample.allocation import allocate
from case_audit.core.sample.bottom_k import numbered
from case_audit.core.sample.model import StratumDraw
from case_audit.core.sample.numbers import order_key
from case_audit.core.sample.rows import CERTAIN, as_line
from case_audit.errors import MeasureError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from case_audit.core.sample.bottom_k import Parts, Ranked
    from case_audit.core.sample.model import Design, Drawn
    from case_audit.core.sample.rows import Row

PLACES = 6
"""Decimal places that a size may have."""
_SIZE = re.compile(rf"([0-9]{{1,9}})(?:\.([0-9]{{1,{PLACES}}}))?")


def size_of(text: str) -> int | None:
    """Return a size in millionths, ``None`` if the text is no number from 0."""
    match = _SIZE.fullmatch(text)
    if match is None:
        return None
    whole, part = match.groups()
    return int(whole + (part or "").ljust(PLACES, "0"))


def target_probabilities(sizes: Sequence[int], *, size: int) -> list[Fraction]:
    """Return the chance each unit is to have; they add up to the sample's size.

    Args:
        sizes: The measure of size of each unit, above 0.
        size: Units to draw, n, at most as many as there are.
    """
    certain, left = _take_all(sizes, size=size)
    rest = sum(sizes[i] for i in range(len(sizes)) if i not in certain)
    return [
        Fraction(1) if i in certain else Fraction(left * x, rest)
        for i, x in enumerate(sizes)
    ]


def _take_all(sizes: Sequence[int], *, size: int) -> tuple[set[int], int]:
    """Return which units are drawn with certainty, and how many are left to draw."""
    rest, left = sum(sizes), size
    certain: set[int] = set()
    for i in sorted(range(len(sizes)), key=lambda i: sizes[i], reverse=True):
        if not left or left * sizes[i] < rest:
            break
        certain.add(i)
        rest, left = rest - sizes[i], left - 1
    return certain, left


def draw_by_size(rows: Iterable[Row], *, design: Design, seed: str) -> Parts:
    """Draw a sequential Poisson sample of each stratum.

    The units drawn with certainty come first, by number, then the others by
    number over size; the next of these are the reserves. A larger sample keeps
    every unit of a smaller one, unless a step up makes several units certain.

    Raises:
        MeasureError: If a unit has no size, or the size 0.
    """
    members: dict[str, list[tuple[Ranked, int]]] = {}
    faults = {"missing": 0, "0": 0, "not a number": 0}
    for unit, stratum, text in map(as_line, rows):
        size = 1 if design.certain and stratum == CERTAIN else size_of(text)
        if not size:
            faults[_fault(text, size)] += 1
            continue
        key = order_key(seed, unit, start=design.start)
        members.setdefault(stratum, []).append(((key, text), size))
    if any(faults.values()):
        raise MeasureError(design.measure, faults=faults)
    sizes = allocate({s: len(units) for s, units in members.items()}, design)
    drawn: list[Drawn] = []
    reserves: list[Drawn] = []
    for name, size in sizes.items():
        taken, spare = _of_stratum(members[name], name, size=size, design=design)
        drawn += taken
        reserves += spare
    return (
        [
            StratumDraw(name=name, population=len(members[name]), drawn=size)
            for name, size in sizes.items()
        ],
        drawn,
        reserves,
    )


def _fault(text: str, size: int | None) -> str:
    if not text:
        return "missing"
    return "not a number" if size is None else "0"


def _of_stratum(
    units: list[tuple[Ranked, int]], name: str, *, size: int, design: Design
) -> tuple[list[Drawn], list[Drawn]]:
    certain, left = _take_all([x for _, x in units], size=size)
    rest = sum(x for i, (_, x) in enumerate(units) if i not in certain)
    sizes = {one[0][2]: x for one, x in units}
    alone = {units[i][0][0][2] for i in certain}

    def chance(one: Ranked) -> Fraction:
        unit = one[0][2]
        return Fraction(1) if unit in alone else Fraction(left * sizes[unit], rest)

    first = sorted(units[i][0] for i in certain)
    others = nsmallest(
        left + design.reserves,
        (unit for i, unit in enumerate(units) if i not in certain),
        key=cmp_to_key(by_number_over_size),
    )
    ranked = [*first, *(one for one, _ in others)]
    listed = list(numbered(ranked, name, design=design, chance=chance))
    return listed[:size], listed[size:]


def by_number_over_size(one: tuple[Ranked, int], other: tuple[Ranked, int]) -> int:
    """Compare ``u / x`` of two units without dividing; equal ones by digest."""
    (mine, _), x = one
    (theirs, _), y = other
    left, right = (mine[0] * y, *mine[1:]), (theirs[0] * x, *theirs[1:])
    return (left > right) - (left < right)
