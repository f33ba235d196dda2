"""How many children are where, and which of them belong together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from case_audit.synthetic import margins
from case_audit.synthetic.streams import pick, stream

if TYPE_CHECKING:
    from collections.abc import Mapping

SINGLE = frozenset({"leaver"})
"""Journeys of one young person, not of a family."""


def apportion(total: int, weights: Mapping[str, float]) -> dict[str, int]:
    """Share out a number in proportion to weights (Webster's divisor method).

    Args:
        total: What is shared out, at least 0.
        weights: Weight by key, above 0; the earlier key wins a tie.

    Returns:
        Whole numbers by key that add up to ``total``.
    """
    shares = {key: int(total * w / sum(weights.values())) for key, w in weights.items()}
    while sum(shares.values()) < total:
        next_up = max(weights, key=lambda k: weights[k] / (2 * shares[k] + 1))
        shares[next_up] += 1
    return shares


def children_by_journey(children: int) -> dict[str, int]:
    """Return how many children take which journey.

    Small counties have equal numbers in need, on plans and in care and few
    others (none up to 12); larger ones are lifelike.

    Args:
        children: Children in the county, at least 1.
    """
    if children >= margins.BALANCED_BELOW:
        return apportion(children, margins.LIFELIKE)
    others = max(0, round((children - 12) * 0.22))
    equal = dict.fromkeys(margins.OPEN_FIRST, 1.0)
    return apportion(children - others, equal) | apportion(others, margins.OTHERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A family before anybody in it has a name.

    Attributes:
        journey: Where it has got to.
        place: Its place among the families of that journey, above 0, below 1.
        size: How many children it has, 1 to 4.
        adoption: Whether it is the one whose plan is adoption in any case, so
            that no small county is without.
    """

    journey: str
    place: float
    size: int
    adoption: bool


def families(seed: str, children: int) -> list[Slot]:
    """Return the families in the order of their identifiers.

    Args:
        seed: The county's seed.
        children: Children in the county, at least 1.

    Returns:
        One entry for each family; together exactly that many children.
    """
    rng = stream(seed, "plan")
    small = children < margins.BALANCED_BELOW
    made: list[Slot] = []
    for journey, quota in children_by_journey(children).items():
        sizes: list[int] = []
        while (left := quota - sum(sizes)) > 0:
            size = 1 if journey in SINGLE else int(pick(rng, margins.FAMILY_SIZE))
            sizes.append(min(size, left))
        made += [
            Slot(
                journey=journey,
                place=(k + rng.random()) / len(sizes),
                size=size,
                adoption=small and journey == "cic" and k == len(sizes) * 2 // 3,
            )
            for k, size in enumerate(sizes)
        ]
    rng.shuffle(made)
    return made
