"""How much may be there, where an audit found nothing."""

from __future__ import annotations

from fractions import Fraction
from heapq import heapify, heapreplace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def most_unseen(strata: Sequence[tuple[int, int]], *, tail: Fraction) -> int:
    """Return the largest number of units that a stratified sample may all miss.

    The largest ``sum(M_h)`` for which the chance of seeing none of them,
    ``prod(C(N_h - M_h, n_h) / C(N_h, n_h))``, is more than ``tail``. One unit more
    in a stratum multiplies that chance by ``1 - n_h / (N_h - M_h)``, less with
    every unit there; so to take the largest factor each time is best.

    Args:
        strata: Population N_h and sampled n_h of each, 0 <= n_h <= N_h.
        tail: Chance that is still thought possible, at least 0 and less than 1.

    Returns:
        A number of units, 0 or more.

    Raises:
        ValueError: If a number is out of range.

    Source:
        The exact bound of one stratum (J. P. Buonaccorsi 1987) with the sample
        space of several; equal to trying all ``(M_1, ... M_H)``.
    """
    if not 0 <= tail < 1 or any(not 0 <= n <= size for size, n in strata):
        msg = f"not 0 <= tail < 1 and 0 <= sampled <= population: {tail}"
        raise ValueError(msg)
    # Of what is left in a stratum, the part that was sampled; smallest first.
    heap = [(Fraction(n, size), size, n) for size, n in strata if n < size]
    heapify(heap)
    above, below = tail.denominator, tail.numerator
    unseen = 0
    while heap:
        _, size, n = heap[0]
        above *= size - n
        below *= size
        if above <= below:
            break
        unseen += 1
        left = size - 1
        heapreplace(heap, (Fraction(n, left) if left else Fraction(1), left, n))
    return unseen
