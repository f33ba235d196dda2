"""Which earlier rounds a round is set beside."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from builders import G, a_rubric
from case_audit.errors import UnknownRoundError
from case_audit.services.selfassessment import summarise
from case_audit.services.trend import MOST_ROUNDS, trends_to
from stored import a_round, audit_case, case_ids, with_frame

if TYPE_CHECKING:
    from case_audit.services.database import Database


def audited(database: Database, name: str, cohort: str = "cp") -> None:
    rubric = replace(a_rubric(), cohorts=("cp", "cin"))
    a_round(database, name=name, size=2, cohort=cohort, rubric=rubric)
    audit_case(database, case_ids(database, name)[0], {}, rest=G)


def test_earlier_rounds_of_the_cohort_with_something_to_compare(
    embedded: Database,
) -> None:
    """The earliest first; not later ones, not another cohort's, not empty ones."""
    with_frame(embedded)
    with_frame(embedded, cohort="cin")
    audited(embedded, "First")
    audited(embedded, "Another", cohort="cin")
    a_round(embedded, name="Empty", size=2)
    audited(embedded, "Second")
    audited(embedded, "Third")
    audited(embedded, "Later")

    found = trends_to(embedded, "Third")

    assert [one.old.facts.name for one in found] == ["First", "Second"]
    assert found[0].new == summarise(embedded, "Third")
    assert trends_to(embedded, "First") == ()
    with pytest.raises(UnknownRoundError):
        trends_to(embedded, "Nowhere")


def test_not_more_rounds_than_fit_beside_each_other(embedded: Database) -> None:
    with_frame(embedded)
    names = [f"Round {number}" for number in range(MOST_ROUNDS + 2)]
    for name in names:
        audited(embedded, name)

    found = trends_to(embedded, names[-1])

    assert [one.old.facts.name for one in found] == names[1:-1]
