"""Random samples that anyone can draw again with a hashing tool."""

from __future__ import annotations

from fractions import Fraction
from heapq import nsmallest
from typing import TYPE_CHECKING

from case_audit.core.frame.model import ALL
from case_audit.core.sample.allocation import allocate
from case_audit.core.sample.model import Drawn, Sample, StratumDraw
from case_audit.core.sample.numbers import is_seed, order_key, prn
from case_audit.core.sample.rows import lines_digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from case_audit.core.sample.model import Design
    from case_audit.core.sample.rows import Row

NOT_RECORDED = "not recorded"
"""The stratum of units whose attribute is missing."""


def stratum_of(attributes: Mapping[str, str], strata: tuple[str, ...]) -> str:
    """Return the name of a unit's stratum.

    Args:
        attributes: What is known of the unit.
        strata: The attributes that make the strata, in order.

    Returns:
        The values joined by `` / ``; tabs and line breaks become spaces, so
        that the name fits a line of the frame. :data:`ALL` without strata.
    """
    if not strata:
        return ALL
    values = (" ".join(attributes.get(key, "").split()) for key in strata)
    return " / ".join(value or NOT_RECORDED for value in values)


def draw_sample(rows: Iterable[Row], *, design: Design, seed: str) -> Sample:
    """Draw units without replacement, each of a stratum with the same chance.

    In each stratum the units with the smallest permanent random numbers are
    drawn, the next ones are its reserves. The result depends on the units, their
    strata, the design and the seed alone, never on the order of the rows; a
    larger sample keeps every unit of a smaller one.

    Args:
        rows: Unit and stratum of each unit; no unit twice.
        design: Size, allocation and reserves.
        seed: 64 lower-case hexadecimal digits.

    Returns:
        The sample.

    Raises:
        SampleTooLargeError: If the frame holds fewer units.
        SampleTooSmallError: If the strata's minimums need more.
        ValueError: If the seed or a size is not of its form.
    """
    if not is_seed(seed) or design.size < 1 or design.reserves < 0:
        msg = "not a seed of 64 hexadecimal digits, or a size below 1"
        raise ValueError(msg)
    frame = list(rows)
    members: dict[str, list[str]] = {}
    for row in frame:
        members.setdefault(row[1], []).append(row[0])
    sizes = allocate({s: len(units) for s, units in members.items()}, design)
    drawn: list[Drawn] = []
    reserves: list[Drawn] = []
    for stratum, size in sizes.items():
        ranked = nsmallest(
            size + design.reserves,
            members[stratum],
            key=lambda unit: order_key(seed, unit, start=design.start),
        )
        numbered = [
            Drawn(
                unit=unit,
                stratum=stratum,
                prn=prn(seed, unit),
                rank=rank,
                probability=Fraction(size, len(members[stratum])),
            )
            for rank, unit in enumerate(ranked, start=1)
        ]
        drawn += numbered[:size]
        reserves += numbered[size:]
    return Sample(
        frame_digest=lines_digest(frame, with_aid=design.with_aid),
        strata=tuple(
            StratumDraw(name=s, population=len(members[s]), drawn=n)
            for s, n in sizes.items()
        ),
        drawn=tuple(drawn),
        reserves=tuple(reserves),
    )
