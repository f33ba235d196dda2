"""What would shift a plan: sizes for a purpose, and other assumptions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from case_audit.core.estimates.planning import look, resized
from case_audit.core.estimates.size import EVEN
from case_audit.errors import CaseAuditError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from case_audit.core.estimates.outlook import Outlook
    from case_audit.core.estimates.planning import Assumptions, FrameCounts
    from case_audit.core.sample.model import Design

    Purpose = Literal["half_as_wide", "ten_points", "meet_one", "even", "level_90"]

TEN_POINTS = Fraction(1, 5)
"""The width of an interval of plus or minus ten points."""
SURE = Fraction(95, 100)
LESS_SURE = Fraction(90, 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """One thing that would shift a plan.

    Attributes:
        kind: ``half_as_wide``, ``ten_points`` and ``meet_one``: the smallest size
            that gives an interval half as wide, one of plus or minus ten points,
            or a chance of 95% to meet an inadequate case, wherever they are.
            ``even`` and ``level_90``: the same size if the share expected were one
            half, or at 90% confidence.
        outlook: What is to be expected then.
    """

    kind: Purpose
    outlook: Outlook


def shifts(
    frame: FrameCounts, design: Design, given: Assumptions, *, outlook: Outlook
) -> tuple[Shift, ...]:
    """Return what would shift a plan; what changes nothing is left out.

    Args:
        frame: What can be drawn.
        design: How to draw.
        given: What is taken for granted.
        outlook: What is expected of the size asked for.
    """
    return tuple(_shifts(frame, design, given, outlook))


def _shifts(
    frame: FrameCounts, design: Design, given: Assumptions, outlook: Outlook
) -> Iterator[Shift]:
    wide = width(outlook)
    if wide:
        tests: tuple[tuple[Purpose, Fraction], ...] = (
            ("ten_points", TEN_POINTS),
            ("half_as_wide", wide / 2),
        )
        for kind, most in tests:
            found = _smallest(frame, design, given, _narrower(most))
            if found is not None and found != outlook:
                yield Shift(kind=kind, outlook=found)
    met = _smallest(frame, design, given, lambda o: o.chance_wherever >= SURE)
    if met is not None and met != outlook:
        yield Shift(kind="meet_one", outlook=met)
    if wide and (given.expected != EVEN or given.by_stratum):
        even = replace(given, expected=EVEN, by_stratum={})
        yield Shift(kind="even", outlook=look(frame, design, even))
    if wide and given.level > LESS_SURE:
        less = replace(given, level=LESS_SURE)
        yield Shift(kind="level_90", outlook=look(frame, design, less))


def width(outlook: Outlook) -> Fraction | None:
    """Return how wide the interval is, ``None`` if there is none."""
    if outlook.lower is None or outlook.upper is None:
        return None
    return outlook.upper - outlook.lower


def _narrower(most: Fraction) -> Callable[[Outlook], bool]:
    """Return whether an interval is no wider than this, as a function."""

    def holds(outlook: Outlook) -> bool:
        found = width(outlook)
        return found is not None and found <= most

    return holds


def _smallest(
    frame: FrameCounts,
    design: Design,
    given: Assumptions,
    holds: Callable[[Outlook], bool],
) -> Outlook | None:
    """Return the outlook of the smallest size for which something holds.

    By halving: the width and the chances go one way but for the steps of whole
    numbers. A size that the design cannot have counts as too small.
    """

    def at(size: int) -> Outlook | None:
        try:
            return look(frame, resized(design, size), given)
        except CaseAuditError:
            return None

    low = 0
    high = frame.most
    best = at(high)
    if best is None or not holds(best):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        found = at(middle)
        if found is not None and holds(found):
            high, best = middle, found
        else:
            low = middle
    return best
