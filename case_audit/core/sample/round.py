"""A round: a drawn sample with its rubric, pinned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Purpose = Literal["random", "targeted", "history"]
"""Why cases were taken: to speak of all of them, or because of their risks; of
``history``, audits from before the program came, the record says what is known."""

HISTORY: Purpose = "history"

CaseState = Literal["drawn", "replaced", "reserve used", "withdrawn"]
"""What became of a case: ``withdrawn`` is a reserve that was used and put back."""

STANDING: tuple[CaseState, ...] = ("drawn", "reserve used")
"""The states of cases that are to be audited."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundHead:
    """A round as lists show it: all but the record of its draw.

    Attributes:
        id: Its number in the database; 0 before it is kept.
        name: Its label, unique in the database.
        frame_id: The frame drawn from.
        cohort: The cohort drawn from.
        rubric_digest: Fixes the text every case is graded against.
        drawn_utc: When, ISO time in UTC.
        drawn_by: Who drew it.
        purpose: Whether the cases were drawn at random or taken for their risks;
            nothing found in the latter speaks of other cases. Those of earlier
            audits were not drawn here.
        closed_utc: When it was closed; empty while cases may be audited.
    """

    id: int
    name: str
    frame_id: int
    cohort: str
    rubric_digest: str
    drawn_utc: str
    drawn_by: str
    purpose: Purpose = "random"
    closed_utc: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round(RoundHead):
    """A round as it is kept.

    Attributes:
        manifest: The record of the draw, JSON.
    """

    manifest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One drawn case.

    Attributes:
        id: Its number in the database.
        round_id: The round.
        number: Its place in the round, from 1.
        unit: The child's identifier.
        stratum: Where it was drawn.
        state: Whether it stands, and how it got into the round.
    """

    id: int
    round_id: int
    number: int
    unit: str
    stratum: str
    state: CaseState = "drawn"

    @property
    def stands(self) -> bool:
        """Whether it is to be audited: not if a reserve has taken its place."""
        return self.state in STANDING
