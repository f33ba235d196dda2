"""Two rounds side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.core.frame.cohort_words import in_words
from case_audit.core.selfassessment.trend import trend
from case_audit.errors import NotComparableError
from case_audit.services.crosswalk import open_crosswalk
from case_audit.services.selfassessment import summarise

if TYPE_CHECKING:
    from pathlib import Path

    from case_audit.core.selfassessment.trend import Trend
    from case_audit.services.database import Database

MOST_ROUNDS = 5
"""Earlier rounds that a round is set beside at once, at most: the latest ones."""


def trends_to(database: Database, name: str) -> tuple[Trend, ...]:
    """Set a round beside each of its earlier ones, without a crosswalk.

    Those count that are of its cohort, drawn at random, and have an audit submitted.

    Args:
        database: Where the rounds are.
        name: The later round.

    Returns:
        One trend for each earlier round, the earliest first; none for a round of
        cases that were picked for their risks.

    Raises:
        UnknownRoundError: If there is no such round.
    """
    with database.read() as uow:
        one = uow.rounds.named(name)
        earlier = [
            other.name
            for other in uow.rounds.rounds()
            if other.id < one.id
            and other.cohort == one.cohort
            and other.purpose == one.purpose == "random"
        ]
    if not earlier:
        return ()
    new = summarise(database, name)
    olds = (summarise(database, old) for old in reversed(earlier[:MOST_ROUNDS]))
    return tuple(trend(old, new) for old in olds if old.submitted)


def trend_of(
    database: Database,
    name: str | None,
    *,
    against: str,
    crosswalk: Path | None = None,
) -> Trend:
    """Set a round beside an earlier one.

    Each is summed up with the rubric it was graded with, whose text the round
    holds, whatever the rubric's file says now.

    Args:
        database: Where the rounds are.
        name: The later round; the newest without one.
        against: The earlier round.
        crosswalk: The file that leads from the earlier rubric to the later one.

    Raises:
        UnknownRoundError: If there is no such round.
        NoRoundsError: If none was drawn yet.
        NotComparableError: If the two are one round, or of different cohorts.
        FileError: If the crosswalk cannot be read.
        RubricError: If it is not as it should be.
        CrosswalkError: If it does not fit the rubrics of the rounds.
    """
    old, new = summarise(database, against), summarise(database, name)
    if old.facts.name == new.facts.name:
        reason = f"both are {new.facts.name!r}"
        raise NotComparableError(reason)
    if old.facts.cohort != new.facts.cohort:
        was, is_now = in_words(old.facts.cohort), in_words(new.facts.cohort)
        reason = f"one is of {was}, the other of {is_now}"
        raise NotComparableError(reason)
    for one in (old, new):
        if one.facts.purpose == "targeted":
            reason = (
                f"the cases of {one.facts.name!r} were picked for their risks, and say "
                "nothing of others"
            )
            raise NotComparableError(reason)
    walk = None
    if crosswalk is not None:
        walk = open_crosswalk(crosswalk).hold_against(old.rubric, new.rubric)
    return trend(old, new, walk)
