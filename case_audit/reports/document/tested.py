"""A difference between two shares in a sentence."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from case_audit.reports.wording import percent

if TYPE_CHECKING:
    from case_audit.core.selfassessment.changes import Compared

_HALF: Final = Fraction(1, 2)
_THOUSAND: Final = 1000
BEYOND: Final = "more than chance would show"
WITHIN: Final = "not more than chance would show"


def tested_words(found: Compared) -> str:
    """Return a difference with its interval, and whether it is beyond chance.

    For example ``up 12 points (95% interval -3 to +27, p 0.310, corrected): not more than chance would
    show``.
    """
    one = found.change
    verdict = BEYOND if found.beyond_chance else WITHIN
    return (
        f"{_moved(one.difference)} ({percent(one.level)} interval {signed(one.lower)} "
        f"to {signed(one.upper)}{_p_value(found)}): {verdict}"
    )


def _p_value(found: Compared) -> str:
    if found.adjusted is None:
        return ""
    return f", p {p_words(found.adjusted)}, corrected"


def p_words(value: Fraction) -> str:
    """Return a p-value with three digits: ``0.031``, ``under 0.001``."""
    thousandths = int(value * _THOUSAND + _HALF)
    if thousandths == 0:
        return "under 0.001"
    return f"{thousandths // _THOUSAND}.{thousandths % _THOUSAND:03}"


def signed(share: Fraction) -> str:
    """Return points with their sign: ``-3``, ``0``, ``+27``."""
    points = _points(share)
    return f"+{points}" if points > 0 else str(points)


def _points(share: Fraction) -> int:
    """Round to whole points, halves away from nought."""
    size = int(abs(share) * 100 + _HALF)
    return size if share >= 0 else -size


def _moved(difference: Fraction) -> str:
    points = _points(difference)
    if points == 0:
        return "no change to speak of"
    return f"{'up' if points > 0 else 'down'} {plural_points(abs(points))}"


def plural_points(points: int) -> str:
    """Return a number of percentage points: ``1 point``, ``12 points``."""
    return f"{points} point{'' if points == 1 else 's'}"
