"""Where every choice of the generator comes from: named, independent streams."""

from __future__ import annotations

from random import Random

GENERATOR_VERSION = "1"
"""Part of every stream's name; raised when the same seed gives other data."""


def stream(seed: str, purpose: str, name: object = "") -> Random:
    """Return the random numbers for one purpose and one thing.

    Every purpose and thing has a stream of its own, so that a change in one
    place moves nothing elsewhere. Seeding with text gives the same numbers on
    every platform and whatever ``PYTHONHASHSEED`` is.

    Args:
        seed: The county's seed.
        purpose: What is decided, for example ``"people"``.
        name: What it is decided for: a family's number, a child's identifier.
    """
    return Random(f"{seed}/{GENERATOR_VERSION}/{purpose}/{name}")


def chance(rng: Random, share: float) -> bool:
    """Return whether something happens that happens in a share of cases.

    Args:
        rng: The stream to draw from.
        share: From 0 to 1.
    """
    return rng.random() < share


def pick(rng: Random, weights: dict[str, float]) -> str:
    """Return a key with probability in proportion to its weight.

    Args:
        rng: The stream to draw from.
        weights: Weight by key, at least 0, not all 0; need not add up to 1.
    """
    at = rng.random() * sum(weights.values())
    for key, weight in weights.items():
        at -= weight
        if at < 0:
            return key
    return next(reversed(weights))
