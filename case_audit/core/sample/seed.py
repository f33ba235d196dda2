"""Where a seed comes from, and what may be said of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from case_audit.core.sample.numbers import is_seed, seed_from
from case_audit.errors import SeedError

if TYPE_CHECKING:
    from case_audit.core.sample.manifest import SeedMode

FEWEST_DIGITS = 20
"""Digits of public randomness: as many as ten-sided dice give in one throw of
twenty, more than anyone could try out in advance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """A seed with its origin.

    Attributes:
        text: 64 lower-case hexadecimal digits.
        mode: ``public`` if others saw the randomness being made, ``machine`` if
            the computer made it, ``given`` if it was typed in without witnesses.
        source: Who made or saw the randomness, in words.
        randomness: What the seed was made from with the round's name; empty
            where it was taken as it is.
    """

    text: str
    mode: SeedMode
    source: str
    randomness: str = ""


def machine_seed(entropy: str) -> Seed:
    """Return a seed of the computer's own.

    Args:
        entropy: 64 lower-case hexadecimal digits from the operating system.
    """
    return Seed(text=entropy, mode="machine", source="operating system")


def typed_seed(randomness: str, *, witnesses: str, round_label: str) -> Seed:
    """Return a seed from randomness that was typed in.

    A seed in its final form is taken as it is; anything else goes through
    :func:`~case_audit.core.sample.numbers.seed_from` with the round's name.

    Args:
        randomness: As typed.
        witnesses: Who saw it being made; empty if nobody is named.
        round_label: Name of the round.

    Raises:
        SeedError: If it is empty, or named witnesses saw fewer than
            :data:`FEWEST_DIGITS` characters.
    """
    canonical = "".join(randomness.split())
    if not canonical:
        raise SeedError(characters=0, needed=1)
    if witnesses and len(canonical) < FEWEST_DIGITS:
        raise SeedError(characters=len(canonical), needed=FEWEST_DIGITS)
    if is_seed(canonical) and not witnesses:
        return Seed(text=canonical, mode="given", source="typed in")
    return Seed(
        text=seed_from(canonical, round_label=round_label),
        mode="public" if witnesses else "given",
        source=witnesses or "typed in",
        randomness=canonical,
    )
