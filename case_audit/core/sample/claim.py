"""What may be said of a draw: only what its record supports."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

UNCHOSEN = "so the sample could not have been chosen"
"""The words that only a seed made after everything was fixed supports."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a draw's record supports.

    Attributes:
        unchosen: Whether the cases could not have been chosen.
        sentence: What may be said.
    """

    unchosen: bool
    sentence: str


def claim(plain: Mapping[str, Any]) -> Claim:
    """Return what the record of a draw supports.

    Args:
        plain: A manifest.
    """
    mode, fixed = plain.get("seed_mode"), plain.get("fixed")
    if plain["design"].get("kind") == "targeted":
        return Claim(
            unchosen=False,
            sentence="These cases were picked for a reason and not by chance; nothing "
            "about them speaks of other cases.",
        )
    if plain.get("coordination", {}).get("kind") == "rotation":
        earlier = plain["coordination"]["round"]
        return Claim(
            unchosen=False,
            sentence=f"The seed is that of {earlier!r}, entered at another place by a "
            "fixed rule. Anyone can repeat the draw; who would be drawn could be "
            "worked out before this list was fixed.",
        )
    if mode in ("public", "two_party"):
        return _made_openly(plain, mode, fixed)
    if mode == "machine":
        return Claim(
            unchosen=False,
            sentence="The seed is the computer's own. Anyone can repeat the draw; it "
            "does not show that the draw was not tried until it pleased.",
        )
    return Claim(
        unchosen=False,
        sentence="The seed was typed in. Anyone can repeat the draw; how the seed was "
        "chosen is not on record.",
    )


def _made_openly(
    plain: Mapping[str, Any], mode: str, fixed: Mapping[str, Any] | None
) -> Claim:
    source = plain.get("seed_source", "")
    how = "in public" if mode == "public" else "by two people"
    if fixed is None:
        return Claim(
            unchosen=False,
            sentence=f"The seed was made {how} ({source}). That the list and the plan "
            "were fixed before it is not on record here; the minutes have to show it.",
        )
    unless = "" if mode == "public" else ", unless both acted together"
    return Claim(
        unchosen=True,
        sentence=f"The seed was made {how} ({source}) after the list and the plan were "
        f"fixed on record ({fixed['at']}), {UNCHOSEN}{unless}.",
    )


def seed_problems(plain: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield where the record of a seed contradicts itself.

    Yields:
        The place, what the manifest says, and what it would have to be.
    """
    made, fixed = plain.get("seed_made", {}), plain.get("fixed", {})
    at, before = str(made.get("at", "")), str(fixed.get("at", ""))
    if at and before and at < before:
        yield "seed_made, at", at, f"not before the plan was fixed, {before}"
    if plain.get("seed_mode") != "two_party":
        return
    parties = made.get("parties", ())
    secrets = []
    for number, party in enumerate(parties, start=1):
        secret = str(party.get("secret", ""))
        secrets.append(secret)
        digest = sha256(secret.encode()).hexdigest()
        if digest != party.get("digest"):
            where = f"seed_made, parties, line {number}, digest"
            yield where, str(party.get("digest")), digest
    whole = "|".join(secrets)
    if plain.get("seed_randomness") != whole:
        yield "seed_randomness", str(plain.get("seed_randomness")), whole
