"""Where a seed comes from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from case_audit.core.sample.numbers import is_seed, seed_from
from case_audit.errors import DiceError, PartyError, SeedError, WitnessesError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from case_audit.core.sample.manifest import SeedMode

FEWEST_DIGITS = 20
"""Digits of public randomness: as many as ten-sided dice give in one throw of
twenty, more than anyone could try out in advance."""
FEWEST_DIFFERENT = 5
"""Different digits among them. Twenty fair ten-sided dice show fewer about twice in
a million throws (at most 210 * 0.4**20); coins always do, and twenty coins can be
tried out."""
FEWEST_WITNESSES = 2
PARTIES = 2
_BETWEEN = re.compile(r"[,;&\n]|\band\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """A seed with its origin.

    Attributes:
        text: 64 lower-case hexadecimal digits.
        mode: ``public`` if others saw the randomness being made or a beacon
            published it, ``two_party`` if two people made half of it each,
            ``machine`` if the computer made it, ``given`` if it was typed in
            without witnesses.
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

    A seed in its final form is taken as it is if nobody saw it being made;
    anything else goes through
    :func:`~case_audit.core.sample.numbers.seed_from` with the round's name.

    Args:
        randomness: As typed.
        witnesses: Who saw it being made; empty if nobody is named.
        round_label: Name of the round.

    Raises:
        SeedError: If it is empty, or named witnesses saw fewer than
            :data:`FEWEST_DIGITS` characters.
        DiceError: If what witnesses saw is not the digits of dice.
        WitnessesError: If just one witness is named.
    """
    canonical = "".join(randomness.split())
    if not canonical:
        raise SeedError(characters=0, needed=1)
    if witnesses:
        refuse_dice(canonical, witnesses=witnesses)
    elif is_seed(canonical):
        return Seed(text=canonical, mode="given", source="typed in")
    return Seed(
        text=seed_from(canonical, round_label=round_label),
        mode="public" if witnesses else "given",
        source=witnesses or "typed in",
        randomness=canonical,
    )


def refuse_dice(canonical: str, *, witnesses: str) -> None:
    """Refuse dice and witnesses that show nothing.

    Raises:
        SeedError: If there are fewer than :data:`FEWEST_DIGITS` characters.
        DiceError: If they are not digits, or hardly differ.
        WitnessesError: If fewer than two people are named.
    """
    if len(canonical) < FEWEST_DIGITS:
        raise SeedError(characters=len(canonical), needed=FEWEST_DIGITS)
    if not (canonical.isascii() and canonical.isdecimal()):
        reason = "it has signs other than digits"
        raise DiceError(reason)
    if len(set(canonical)) < FEWEST_DIFFERENT:
        reason = f"only {len(set(canonical))} different digits occur"
        raise DiceError(reason)
    if len(named(witnesses)) < FEWEST_WITNESSES:
        raise WitnessesError(named=len(named(witnesses)), needed=FEWEST_WITNESSES)


def named(witnesses: str) -> tuple[str, ...]:
    """Return the people named in a text, each once: ``"A Head, B Clerk"``."""
    people = (" ".join(part.split()) for part in _BETWEEN.split(witnesses))
    return tuple({person.casefold(): person for person in people if person}.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One party's half of a seed.

    Attributes:
        party: Who.
        digest: SHA-256 of the secret, which binds the party to it.
        promised_utc: When the digest was given, ISO time in UTC.
        promised_by: Who was at the keyboard.
        secret: The half itself; empty until it is revealed.
        revealed_utc: When it was; empty until then.
    """

    party: str
    digest: str
    promised_utc: str
    promised_by: str
    secret: str = ""
    revealed_utc: str = ""


def promise_digest(secret: str) -> str:
    """Return what binds a party to a secret: SHA-256 of it without white space.

    By hand: ``printf '%s' "$SECRET" | sha256sum``.

    Raises:
        PartyError: If the secret could be found by trying.
    """
    canonical = "".join(secret.split())
    if len(canonical) < FEWEST_DIGITS:
        reason = f"the secret has {len(canonical)} characters"
        raise PartyError(
            reason,
            hint=f"Take at least {FEWEST_DIGITS}, so that nobody finds it by trying.",
        )
    return sha256(canonical.encode()).hexdigest()


def two_party_seed(promises: Sequence[Promise], *, round_label: str) -> Seed:
    """Return the seed that two revealed halves make.

    SHA-256 of the UTF-8 text ``<first>|<second>:<round label>``, the halves in the
    order in which their digests were given.

    Args:
        promises: Both, in that order.
        round_label: Name of the round.

    Raises:
        PartyError: If one is missing, or not revealed yet.
    """
    open_ = [p.party for p in promises if not p.secret]
    if len(promises) < PARTIES or open_:
        missing = f"{open_[0]} has not revealed" if open_ else "two are needed"
        reason = f"the seed is not complete: {missing}"
        raise PartyError(
            reason,
            hint="Each party commits first, then each reveals: "
            'case-audit round reveal ROUND --as "NAME"',
        )
    randomness = "|".join("".join(p.secret.split()) for p in promises)
    return Seed(
        text=seed_from(randomness, round_label=round_label),
        mode="two_party",
        source=" and ".join(p.party for p in promises),
        randomness=randomness,
    )
