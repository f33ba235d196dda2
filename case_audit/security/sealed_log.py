"""A log whose every line seals the one before it.

The seal is SHA-256 of the line's canonical JSON with the previous seal inside,
so a changed, removed or inserted line breaks every later seal. What a chain
alone cannot see (the last lines cut off, or the whole log written anew) shows
when a seal noted elsewhere is no longer in the log.

A line holds identifiers and digests, never what was written about a child.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

FIRST = "0" * 64
"""What the first line seals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line of the log.

    Attributes:
        seq: Its number, from 1, without gaps.
        at_utc: ISO time in UTC; the order is by ``seq``, never by the clock.
        actor: Who did it.
        action: What was done, for example ``"answer"``.
        subject: To what, as identifiers of the database.
        content: SHA-256 of what was written, so that it can be compared later.
        previous: Seal of the line before, :data:`FIRST` for the first.
    """

    seq: int
    at_utc: str
    actor: str
    action: str
    subject: str
    content: str
    previous: str


def content_digest(value: object) -> str:
    """Return SHA-256 of a JSON-able value's canonical text."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def seal(event: Event) -> str:
    """Return an event's seal: 64 lower-case hexadecimal digits."""
    return content_digest(asdict(event))


def first_broken(lines: Iterable[tuple[Event, str]]) -> int | None:
    """Return the number of the first line that does not fit, if any.

    Args:
        lines: Events with the seals they were stored with, by number.
    """
    previous = FIRST
    for seq, (event, stored) in enumerate(lines, start=1):
        if event.seq != seq or event.previous != previous or seal(event) != stored:
            return seq
        previous = stored
    return None
