"""How many cases each stratum gives."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def allocate_proportional(
    populations: Mapping[str, int], *, size: int, minimum: int
) -> dict[str, int]:
    """Share a sample among strata in proportion to their size.

    Every stratum first gets the minimum, or all it has if that is less. Each
    further case goes to the stratum with the largest ``N_h / (2 * n_h + 1)``
    that still has cases left (Webster's divisor method); of equal ones to the
    larger stratum, then to the first by name. A larger sample therefore never
    takes a case back from any stratum, which methods of largest remainders do.

    Args:
        populations: Cases in each stratum, N_h, each at least 1.
        size: Cases to draw in all.
        minimum: Fewest cases from a stratum that has as many, at least 0.

    Returns:
        Cases to draw from each stratum, n_h, in the order of the names; their
        sum is ``size``.

    Raises:
        ValueError: If the sample is larger than the frame or smaller than the
            minimums together; the numbers are in the message.

    Source:
        M. L. Balinski and H. P. Young, *Fair Representation*, 2nd ed.,
        Brookings 2001 (Webster's method and its monotony).
    """
    drawn = {name: min(minimum, populations[name]) for name in sorted(populations)}
    floor, ceiling = sum(drawn.values()), sum(populations.values())
    if not floor <= size <= ceiling:
        msg = f"a sample of {size} is not between {floor} and {ceiling}"
        raise ValueError(msg)
    for _ in range(size - floor):
        open_strata = [name for name in drawn if drawn[name] < populations[name]]
        best = max(
            open_strata,
            key=lambda name: (
                Fraction(populations[name], 2 * drawn[name] + 1),
                populations[name],
            ),
        )
        drawn[best] += 1
    return drawn


def smallest_size(populations: Mapping[str, int], *, minimum: int) -> int:
    """Return the smallest sample that gives every stratum its minimum."""
    return sum(min(minimum, n) for n in populations.values())
