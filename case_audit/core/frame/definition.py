"""What a frame was asked to hold, kept with it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final, Literal

UnitKind = Literal["child", "episode"]

MONTHS: Final = 6
"""Months of the window of recently closed cases unless said otherwise: what the
lists of Annex A look back."""
MOST_MONTHS: Final = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What a frame was asked to hold, beside its cohort.

    Attributes:
        unit: Whether each unit is a child (its latest episode) or an episode.
        closed_within: Months before the date of the list within which a case must
            have ended, or an event happened; 0 takes every row of the list.
        only: Condition that a unit must meet, in its one written form; empty for
            none.
        precedence: Whether a child in care is left out of the frames of child
            protection, children in need and assessments, and so on down.
    """

    unit: UnitKind = "child"
    closed_within: int = 0
    only: str = ""
    precedence: bool = True

    def __post_init__(self) -> None:
        if not 0 <= self.closed_within <= MOST_MONTHS:
            msg = f"not 0 to {MOST_MONTHS} months: {self.closed_within}"
            raise ValueError(msg)


def definition_text(definition: Definition) -> str:
    """Return a definition as it is stored: JSON with sorted keys."""
    return json.dumps(
        {
            "closed_within": definition.closed_within,
            "only": definition.only,
            "precedence": definition.precedence,
            "unit": definition.unit,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def definition_words(definition: Definition) -> str:
    """Return what is unusual about a definition, for people; "usual" if nothing is."""
    words = []
    if definition.unit == "episode":
        words.append("one unit an episode")
    if definition.closed_within:
        words.append(f"within {definition.closed_within} months")
    if not definition.precedence:
        words.append("no precedence")
    if definition.only:
        words.append(f"only {definition.only}")
    return "; ".join(words) or "usual"


def definition_from_text(text: str) -> Definition:
    """Return the definition that was stored; what is missing is as by default."""
    return Definition(**json.loads(text))
