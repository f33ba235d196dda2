"""Many tests at once."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def holm(p_values: Sequence[Fraction | None]) -> tuple[Fraction | None, ...]:
    """Return p-values that allow for how many were looked at.

    The smallest times m, the next times ``m - 1`` and so on, none smaller than the
    one before it, at most 1. If all below alpha are called differences, the chance
    that any of them is none at all is at most alpha, whatever depends on what.

    Args:
        p_values: Of one family; ``None`` where there was no test, which is not
            counted.

    Returns:
        In the same order.

    Source:
        S. Holm, Scandinavian Journal of Statistics 6 (1979) 65-70.
    """
    known = sorted((p, place) for place, p in enumerate(p_values) if p is not None)
    adjusted: dict[int, Fraction] = {}
    least = Fraction(0)
    for passed, (p, place) in enumerate(known):
        least = max(least, min(Fraction(1), (len(known) - passed) * p))
        adjusted[place] = least
    return tuple(adjusted.get(place) for place in range(len(p_values)))
