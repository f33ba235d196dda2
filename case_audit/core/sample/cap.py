"""At most k units of each group, for example of one worker or one family.

Two phases. First every group keeps ``min(k, N_g)`` of its units: those with the
smallest numbers of the text ``cap:`` and the unit. Then a simple or stratified
sample is drawn among the units kept. The chance of a unit is the product

    min(k, N_g) / N_g * n_h / N'_h

where N_g is the size of its group, and N'_h are the units its stratum kept. The
weights are those of the double expansion estimator. Where groups lie within
strata, N'_h is fixed, and the product is the chance itself. Where they lie across
strata, it is the chance given what the first phase kept, which gives unbiased
totals as well.

Source:
    Two-phase sampling: C.-E. Särndal, B. Swensson and J. Wretman, *Model Assisted
    Survey Sampling*, Springer 1992, chapter 9.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from heapq import nsmallest
from typing import TYPE_CHECKING

from case_audit.core.sample.allocation import allocate
from case_audit.core.sample.bottom_k import by_stratum, numbered
from case_audit.core.sample.model import StratumDraw
from case_audit.core.sample.numbers import order_key
from case_audit.core.sample.rows import as_line
from case_audit.errors import SampleTooLargeError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from case_audit.core.sample.bottom_k import Parts, Ranked
    from case_audit.core.sample.model import Design, Drawn
    from case_audit.core.sample.rows import FrameLine, Row

LABEL = "cap:"
"""Stands before the unit in the text whose number decides the first phase."""


def keep_at_most(
    lines: Iterable[FrameLine], *, most: int, seed: str
) -> list[FrameLine]:
    """Return the units that the groups keep: at most so many of each.

    Args:
        lines: Each with its group as the aid; a unit without one is its own group.
        most: Units of one group, at least 1.
        seed: 64 lower-case hexadecimal digits.
    """
    groups: dict[str, list[FrameLine]] = {}
    kept = []
    for line in lines:
        if line.aid:
            groups.setdefault(line.aid, []).append(line)
        else:
            kept.append(line)
    for members in groups.values():
        kept += nsmallest(
            most, members, key=lambda line: order_key(seed, LABEL + line.unit)
        )
    return kept


def draw_capped(rows: Iterable[Row], *, design: Design, seed: str) -> Parts:
    """Cap the groups, then draw the smallest numbers of each stratum.

    Raises:
        SampleTooLargeError: If the groups keep fewer units than are asked for.
    """
    lines = [as_line(row) for row in rows]
    group, most = design.at_most or ("", 1)
    kept = keep_at_most(lines, most=most, seed=seed)
    if len(kept) < design.size:
        raise SampleTooLargeError(
            asked=design.size, available=len(kept), cap=f"{group}={most}"
        )
    strata = by_stratum(kept, design=design, seed=seed)
    sizes = allocate({s: found.population for s, found in strata.items()}, design)
    groups = Counter(line.aid for line in lines if line.aid)
    drawn: list[Drawn] = []
    reserves: list[Drawn] = []
    for name, size in sizes.items():
        second = Fraction(size, strata[name].population)

        def chance(one: Ranked, second: Fraction = second) -> Fraction:
            group = groups[one[1]] or 1
            return Fraction(min(most, group), group) * second

        ranked = strata[name].first(size + design.reserves)
        listed = list(numbered(ranked, name, design=design, chance=chance))
        drawn += listed[:size]
        reserves += listed[size:]
    return _strata(lines, kept, sizes), drawn, reserves


def _strata(
    lines: Sequence[FrameLine], kept: Sequence[FrameLine], sizes: dict[str, int]
) -> list[StratumDraw]:
    populations = Counter(line.stratum for line in lines)
    left = Counter(line.stratum for line in kept)
    return [
        StratumDraw(
            name=name,
            population=populations[name],
            drawn=sizes.get(name, 0),
            kept=left[name],
        )
        for name in sorted(populations)
    ]
