"""A draw fixed before its randomness exists.

A plan is a manifest without what follows from the seed. Its digest goes into the
sealed log; what is drawn later has to be what was fixed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FROM_THE_SEED = frozenset(
    {
        *("seed", "seed_mode", "seed_source", "seed_randomness", "seed_made"),
        *("drawn", "reserves", "replacements", "extensions", "clusters"),
        *("draw_number", "redraw_reason", "created_utc", "fixed", "version"),
        "reopened",
    }
)
"""What a plan cannot hold, because it is made after it."""

BESIDES = frozenset({"beacon", "rubric"})
"""What a plan fixes besides: neither is in a manifest under that name."""

SAME_FOR_EVERY_SEED = frozenset({"simple", "stratified", "systematic"})
"""Kinds of design whose strata and numbers are the same whoever is drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A draw that is fixed.

    Attributes:
        id: Its number in the database; 0 before it is kept.
        name: Name of the round to be.
        frame_id: The frame to draw from.
        rubric_digest: Fixes what the cases are to be graded with.
        text: What is fixed, JSON.
        digest: SHA-256 of that text.
        fixed_utc: When it was fixed, ISO time in UTC.
        fixed_by: Who fixed it.
        round_id: The round that was drawn from it; 0 before.
    """

    id: int
    name: str
    frame_id: int
    rubric_digest: str
    text: str
    digest: str
    fixed_utc: str
    fixed_by: str
    round_id: int = 0

    @property
    def plain(self) -> dict[str, Any]:
        """What is fixed, as plain values."""
        found: dict[str, Any] = json.loads(self.text)
        return found

    @property
    def beacon(self) -> str:
        """The pulse whose value is to be the randomness; empty for none."""
        return str(self.plain.get("beacon", ""))


def plan_text(manifest: Mapping[str, Any], **more: str) -> str:
    """Return what is fixed of a draw: JSON, sorted keys, ASCII, one line feed.

    Args:
        manifest: The manifest of a trial with any seed.
        more: What is fixed besides, by key; what is empty is left out.
    """
    plain = _of_every_seed(manifest) | {k: v for k, v in more.items() if v}
    return json.dumps(plain, indent=2, sort_keys=True) + "\n"


def plan_digest(text: str) -> str:
    """Return what fixes a plan: SHA-256 of its text.

    By hand: ``case-audit round show NAME --plan | sha256sum``.
    """
    return sha256(text.encode()).hexdigest()


def departures(
    manifest: Mapping[str, Any], plan: Mapping[str, Any]
) -> Iterator[tuple[str, str, str]]:
    """Yield where a draw is not what was fixed.

    Yields:
        The key, what the manifest says and what the plan says, as JSON.
    """
    found = _of_every_seed(manifest)
    for key in sorted({*found, *plan} - BESIDES):
        if found.get(key) != plan.get(key):
            yield key, json.dumps(found.get(key)), json.dumps(plan.get(key))


def _of_every_seed(manifest: Mapping[str, Any]) -> dict[str, Any]:
    plain = {k: v for k, v in manifest.items() if k not in FROM_THE_SEED}
    if plain["design"]["kind"] not in SAME_FOR_EVERY_SEED:
        plain.pop("strata")
    return plain


def amended(manifest: str, **more: object) -> str:
    """Return a manifest with further entries, in the form manifests have.

    Args:
        manifest: The text.
        more: Entries by key; ``None`` takes one out.
    """
    plain = json.loads(manifest) | more
    kept = {key: value for key, value in plain.items() if value is not None}
    return json.dumps(kept, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
