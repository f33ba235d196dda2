"""The cases behind a sentence: those with one grade for one criterion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.core.selfassessment.case_lists import LISTED
from case_audit.core.selfassessment.outcome import Outcome
from case_audit.services.counts import complete
from case_audit.services.selfassessment import chosen

if TYPE_CHECKING:
    from case_audit.services.database import Database


def cases_at(
    database: Database, name: str, criterion_id: str, grade: str, limit: int = LISTED
) -> tuple[tuple[int, ...], int]:
    """Return the first cases in which a criterion has a grade, and how many there are.

    Submitted first audits of standing cases count. Only what is returned is read.

    Args:
        database: Where the round is.
        name: The round.
        criterion_id: The criterion.
        grade: A grade's identifier, ``not_applicable``, ``not_evidenced``, empty for
            no answer, or ``written`` for words.
        limit: How many cases to return at most, 0 or more.

    Returns:
        Their numbers in the round, rising, and how many cases there are in all; none
        and 0 for a criterion or grade that does not occur.

    Raises:
        UnknownRoundError: If there is no such round.
    """
    one = chosen(database, name)
    complete(database, one)
    outcome = Outcome("criterion", criterion_id, grade)
    with database.read() as uow:
        first = uow.counts.first_at(one.id, outcome, limit=limit)
        return tuple(number for number, _ in first), uow.counts.total(one.id, outcome)
