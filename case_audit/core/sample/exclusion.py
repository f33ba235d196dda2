"""Cases left out before the draw."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """A case left out before the draw.

    Attributes:
        line: Line of the file that names it, for messages.
        unit: Its identifier.
        reason: Why, in words.
    """

    line: int
    unit: str
    reason: str
