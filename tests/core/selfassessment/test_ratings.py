"""Criteria and domains rated over a round."""

from __future__ import annotations

from rounds import audits_of

from builders import G, a_criterion, a_mixed_rubric, a_rubric
from case_audit.core.selfassessment.ratings import ratings


def test_rules_that_rate_no_rounds_rate_none() -> None:
    rubric = a_rubric({"help": (a_criterion("a1"),)})

    assert (
        ratings(rubric, cohort=rubric.cohorts[0], audits=audits_of(rubric, [{"a1": G}]))
        == ()
    )


def test_what_nobody_has_answered_is_not_rated() -> None:
    rubric = a_mixed_rubric()

    found = ratings(
        rubric, cohort=rubric.cohorts[0], audits=audits_of(rubric, [{"q1": "yes"}])
    )

    assert "q1" in {rating.id for rating in found}
    assert "q2" not in {rating.id for rating in found}
