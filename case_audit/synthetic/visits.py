"""When a child was visited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from case_audit.synthetic.days import at_work
from case_audit.synthetic.model import Visit
from case_audit.synthetic.streams import chance

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from random import Random

STANDARD: Final = {"cin": 28, "cp": 14, "cic": 42}
"""The county's own longest time between visits, in days: 20 working days, 10
working days and six weeks."""

LOOK_BACK: Final = {"cin": 140, "cp": 77, "cic": 210}
"""How far back a file holds its visits, in days."""

GAP: Final = 1.8
"""How many times the standard makes a gap that counts as a weakness."""


def make_visits(
    rng: Random, *, cohort: str, first: int, last: int, features: AbstractSet[str]
) -> tuple[Visit, ...]:
    """Return the visits that a file holds, in order.

    Without a planted weakness no two visits are further apart than the
    standard; with ``S-GAP`` exactly one interval is longer than ``GAP`` times
    the standard; with ``S-FAILED`` nobody answered twice in between; with
    ``S-LATE1`` one interval is a little too long.

    Args:
        rng: The child's stream for visits.
        cohort: ``cin``, ``cp`` or ``cic``.
        first: The first day on which there can have been a visit.
        last: The last one: the as-at date, or the day before the end.
        features: Codes of the strengths and weaknesses meant for the file.
    """
    standard = STANDARD[cohort]
    start = max(first, last - LOOK_BACK[cohort])
    days = [at_work(last - rng.randint(1, standard * 3 // 5))]
    wide_after, width = _wide(rng, features)
    while True:
        share = width if len(days) == wide_after else rng.uniform(0.62, 0.92)
        day = at_work(days[-1] - int(standard * share))
        if day < start:
            break
        days.append(day)
    failed = _failed(days, wide_after) if "S-FAILED" in features else []
    never_alone = "S-NOTALONE" in features
    visits = [
        Visit(day=day, seen=True, alone=chance(rng, 0.75) and not never_alone)
        for day in days
        if day >= first
    ]
    visits += [Visit(day=day, seen=False, alone=False) for day in failed]
    return tuple(sorted(visits, key=lambda visit: visit.day))


def _wide(rng: Random, features: AbstractSet[str]) -> tuple[int, float]:
    """Return after how many visits, counted backwards, which interval is wide."""
    at = rng.choice((1, 1, 2))
    if "S-GAP" in features or "S-FAILED" in features:
        return at, rng.uniform(2.1, 2.9)
    if "S-LATE1" in features:
        return at, rng.uniform(1.25, 1.45)
    return 0, 0.0


def _failed(days: list[int], wide_after: int) -> list[int]:
    """Return two days inside the wide interval on which nobody answered."""
    if len(days) <= wide_after:
        return []
    later, earlier = days[wide_after - 1], days[wide_after]
    third = (later - earlier) // 3
    return [at_work(earlier + third), at_work(earlier + 2 * third)]
