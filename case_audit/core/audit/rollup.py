"""How the grades of several criteria or domains become one, and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from case_audit.core.rubric.rules import (
    LOWER_MEDIAN,
    PERCENTAGE_BANDS,
    POINTS,
    THRESHOLD,
    WORST,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from case_audit.core.rubric.rules import Level, RollUp, Step
    from case_audit.core.rubric.scale import Scale


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A criterion or a domain as the rules see it.

    Attributes:
        id: Its identifier.
        value: Its grade, or what stands instead of one.
        graded: Whether the value is a grade.
        scale: Identifier of the scale it is graded on; empty for what is
            answered in words.
        critical: Whether it is a critical criterion.
        role: The role of a domain.
        able: Whether a grade can come of it: not of a domain whose answers are all
            counted or written.
    """

    id: str
    value: str
    graded: bool
    scale: str
    critical: bool = False
    role: str = ""
    able: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Rolled:
    """A grade and how it came about.

    Attributes:
        grade: A grade of the roll-up's own scale.
        rule: The roll-up or the limit that decided.
        because: What drove it, without a full stop.
        drivers: Identifiers of what drove it.
    """

    grade: str
    rule: str
    because: str
    drivers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """What is rolled up.

    Attributes:
        items: At least one, each with a grade on the scale ``into``.
        into: The scale of the grades going in.
        out: The scale of the grade coming out.
        level: What the grade is for.
    """

    items: Sequence[Item]
    into: Scale
    out: Scale
    level: Level

    @property
    def noun(self) -> str:
        """What the items are called."""
        one = len(self.items) == 1
        if self.level == "domain":
            return "criterion" if one else "criteria"
        return "domain" if one else "domains"


def roll_up(rollup: RollUp, pool: Pool) -> Rolled:
    """Return the grade that a roll-up makes of several grades.

    Args:
        rollup: One that computes something.
        pool: What is rolled up.

    Raises:
        KeyError: If the roll-up computes nothing, or names a grade that its
            scale does not have.
    """
    return _ROLLS[rollup.kind](rollup, pool)


def meets(step: Step, values: Sequence[str], scale: Scale) -> bool:
    """Whether enough of the grades are low enough for a step."""
    hits = sum(scale.at_or_below(value, step.at_or_below) for value in values)
    if step.more_than is not None:
        return Fraction(hits, len(values)) > step.more_than
    return hits >= step.at_least


def banded(rollup: RollUp, share: Fraction) -> str:
    """Return the grade whose band a share from 0 to 1 falls into."""
    for grade, lowest in rollup.bands:
        if share * 100 >= lowest:
            return grade
    return rollup.otherwise


def in_band(rollup: RollUp, share: Fraction, out: Scale) -> str:
    """Say which band a share from 0 to 1 falls into: its percentage and the border.

    The percentage is cut, not rounded, so that it never seems to reach a border
    that it misses.
    """
    grade = banded(rollup, share)
    lowest = dict(rollup.bands).get(grade)
    border = (
        f"where {out.grade(grade).label.lower()} begins at {lowest}%"
        if lowest is not None
        else f"below {rollup.bands[-1][1]}%"
    )
    return f"{int(share * 100)}%, {border}"


def _ordered(rollup: RollUp, pool: Pool) -> Rolled:
    """The middle or the worst of the grades."""
    values = tuple(item.value for item in pool.items)
    worst = rollup.kind == WORST
    grade = pool.into.worst(*values) if worst else pool.into.lower_median(values)
    drivers = tuple(item.id for item in pool.items if item.value == grade)
    label = pool.into.grade(grade).label
    if len(values) == 1:
        because = f"{label}: the only grade given ({drivers[0]})"
    else:
        how = "the worst" if worst else "the middle"
        spread = _spread(values, pool.into, named=grade, drivers=drivers)
        because = f"{label}: {how} of {len(values)} {pool.noun} ({spread})"
    return Rolled(grade=grade, rule=rollup.kind, because=because, drivers=drivers)


def _spread(
    values: Sequence[str], scale: Scale, *, named: str, drivers: Sequence[str]
) -> str:
    """Count the grades, best first, and name what is at the one that decided."""
    counts = Counter(values)
    names = {named: f": {', '.join(drivers)}"}
    return "; ".join(
        f"{counts[g.id]} {g.label.lower()}{names.get(g.id, '')}"
        for g in scale.grades
        if counts[g.id]
    )


def _threshold(rollup: RollUp, pool: Pool) -> Rolled:
    values = [item.value for item in pool.items]
    for step in rollup.steps:
        if meets(step, values, pool.into):
            drivers = _below(pool, step.at_or_below)
            return _told(rollup, pool, step.grade, step.at_or_below, drivers)
    last = rollup.steps[-1]
    # Too few for the last step, or none at all: then everything drove the grade.
    few = _below(pool, last.at_or_below)
    drivers = few or tuple(item.id for item in pool.items)
    label = pool.out.grade(rollup.otherwise).label
    only = "only " if few else ""
    tally = f"{only}{_tally(pool, last.at_or_below, few)}"
    because = f"{label}: {tally} ({', '.join(drivers)})"
    return Rolled(
        grade=rollup.otherwise, rule=THRESHOLD, because=because, drivers=drivers
    )


def _told(
    rollup: RollUp, pool: Pool, grade: str, bound: str, drivers: tuple[str, ...]
) -> Rolled:
    tally = _tally(pool, bound, drivers)
    because = f"{pool.out.grade(grade).label}: {tally} ({', '.join(drivers)})"
    return Rolled(grade=grade, rule=rollup.kind, because=because, drivers=drivers)


def _tally(pool: Pool, bound: str, hits: Sequence[str]) -> str:
    worst = pool.into.ids[-1] == bound
    at = pool.into.grade(bound).label.lower() + ("" if worst else " or worse")
    return f"{len(hits) or 'none'} of {len(pool.items)} {pool.noun} at {at}"


def _below(pool: Pool, bound: str) -> tuple[str, ...]:
    return tuple(
        item.id for item in pool.items if pool.into.at_or_below(item.value, bound)
    )


def _percentage_bands(rollup: RollUp, pool: Pool) -> Rolled:
    line = pool.into.place(rollup.counts)
    hits = [i.id for i in pool.items if pool.into.place(i.value) <= line]
    misses = tuple(item.id for item in pool.items if item.id not in hits)
    share = Fraction(len(hits), len(pool.items))
    best = rollup.counts == pool.into.ids[0]
    at = pool.into.grade(rollup.counts).label.lower() + ("" if best else " or better")
    what = f"{len(hits)} of {len(pool.items)} {pool.noun} at {at}"
    return _in_band(rollup, pool, share=share, what=what, drivers=misses, did="missed")


def _points(rollup: RollUp, pool: Pool) -> Rolled:
    worth: Mapping[str, int] = dict(rollup.points)
    most = max(worth.values())
    got = sum(worth[item.value] for item in pool.items)
    possible = most * len(pool.items)
    share = Fraction(got, possible) if possible else Fraction(0)
    lost = tuple(item.id for item in pool.items if worth[item.value] < most)
    what = f"{got} of {possible} points from {len(pool.items)} {pool.noun}"
    return _in_band(rollup, pool, share=share, what=what, drivers=lost, did="lost")


def _in_band(
    rollup: RollUp,
    pool: Pool,
    *,
    share: Fraction,
    what: str,
    drivers: tuple[str, ...],
    did: str,
) -> Rolled:
    """Place a share in its band; without misses, everything drove the grade."""
    every = tuple(item.id for item in pool.items)
    names = (
        f"{did} by {', '.join(drivers)}" if drivers else f"all of {', '.join(every)}"
    )
    grade = banded(rollup, share)
    band = in_band(rollup, share, pool.out)
    return Rolled(
        grade=grade,
        rule=rollup.kind,
        because=f"{pool.out.grade(grade).label}: {what}, {band} ({names})",
        drivers=drivers or every,
    )


_ROLLS: Mapping[str, Callable[[RollUp, Pool], Rolled]] = {
    LOWER_MEDIAN: _ordered,
    WORST: _ordered,
    THRESHOLD: _threshold,
    PERCENTAGE_BANDS: _percentage_bands,
    POINTS: _points,
}
