"""Criteria and domains rated over a round."""

from __future__ import annotations

from rounds import audits_of

from builders import G, a_criterion, a_rubric
from case_audit.core.selfassessment.ratings import ratings


def test_rules_that_rate_no_rounds_rate_none() -> None:
    rubric = a_rubric({"help": (a_criterion("a1"),)})

    assert (
        ratings(rubric, cohort=rubric.cohorts[0], audits=audits_of(rubric, [{"a1": G}]))
        == ()
    )
