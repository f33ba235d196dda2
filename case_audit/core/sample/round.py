"""A round: a drawn sample with its rubric, pinned."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A round as it is kept.

    Attributes:
        id: Its number in the database; 0 before it is kept.
        name: Its label, unique in the database.
        frame_id: The frame drawn from.
        cohort: The cohort drawn from.
        rubric_digest: Fixes the text every case is graded against.
        manifest: The record of the draw, JSON.
        drawn_utc: When, ISO time in UTC.
        drawn_by: Who drew it.
    """

    id: int
    name: str
    frame_id: int
    cohort: str
    rubric_digest: str
    manifest: str
    drawn_utc: str
    drawn_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One drawn case.

    Attributes:
        id: Its number in the database.
        round_id: The round.
        number: Its place in the round, from 1.
        unit: The child's identifier.
        stratum: Where it was drawn.
    """

    id: int
    round_id: int
    number: int
    unit: str
    stratum: str
