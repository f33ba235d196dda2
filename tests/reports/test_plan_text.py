"""A plan in words: what is promised to a lead before a file is opened."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from case_audit.core.estimates.planning import Assumptions, FrameCounts, plan
from case_audit.core.estimates.shifts import shifts
from case_audit.core.sample.model import Design
from case_audit.reports.plan_text import (
    assumed,
    folded,
    outlook_row,
    plan_json,
    plan_sentences,
    shift_row,
    stratum_row,
)

TEAMS = FrameCounts(populations={"A": 90, "B": 60, "C": 30, "D": 5})
WORKERS = FrameCounts(populations={"all": 100}, clusters=(30, 20, 20, 15, 10, 5))


def by_team(size: int, **more: Any) -> Design:  # noqa: ANN401
    return Design(kind="stratified", size=size, strata=("team",), **more)


def by_worker(clusters: int) -> Design:
    return Design(kind="cluster", size=0, by="worker", clusters=clusters, per_cluster=4)


def test_a_plan_names_what_is_too_small() -> None:
    told = " ".join(plan_sentences(plan(TEAMS, by_team(20))))

    assert "fewer than 4: C, D." in told
    assert "4 strata of 4 would give fewer than 10 cases" in told
    assert "60 hours at 3 a case (an assumption" in told
    assert "If 9 of them are inadequate, at least one is met with a chance of" in told


def test_one_case_is_spoken_of_as_one() -> None:
    told = " ".join(plan_sentences(plan(TEAMS, by_team(20), Assumptions(cases=1))))

    assert "If 1 of them is inadequate, at least one is met" in told


def test_hours_are_shared() -> None:
    given = Assumptions(auditors=4, hours_per_case=Fraction(5, 2))

    told = " ".join(plan_sentences(plan(TEAMS, by_team(20), given)))

    assert "50 hours at 2.5 a case" in told
    assert "12.5 for each of 4." in told


def test_clusters_say_what_they_cost_and_what_is_assumed() -> None:
    found = plan(WORKERS, by_worker(3))

    told = " ".join(plan_sentences(found))
    assert "Design effect 1.30" in told
    assert "--alike" in told
    assert "likeness within a cluster: 0.1" in assumed(found)
    assert (
        outlook_row(found.outlook)[0] == "11 in 3"
        or "in 3" in outlook_row(found.outlook)[0]
    )


def test_no_interval_is_said_and_shown_as_a_dash() -> None:
    found = plan(WORKERS, by_worker(1))

    assert "gives no interval" in " ".join(plan_sentences(found))
    assert outlook_row(found.outlook)[1] == "-"


def test_rows_carry_the_numbers() -> None:
    found = plan(TEAMS, by_team(40))

    assert stratum_row(found.strata[0])[:3] == ("A", "19", "90")
    row = outlook_row(found.outlook)
    assert (row[0], row[4]) == ("40", "120")
    moved = shifts(TEAMS, found.design, Assumptions(), outlook=found.outlook)
    assert {shift_row(s)[0] for s in moved} >= {"to halve the width"}


def test_what_is_assumed_is_listed() -> None:
    given = Assumptions(expected=Fraction(7, 10), by_stratum={"A": Fraction(1, 2)})

    assert assumed(plan(TEAMS, by_team(40), given))[0] == (
        "share expected: 70% (1 stratum has its own)"
    )


def test_a_plan_as_data_has_every_number() -> None:
    found = plan(TEAMS, by_team(2, minimum=0))
    plain = plan_json(
        found, shifts(TEAMS, found.design, Assumptions(), outlook=found.outlook)
    )

    assert plain["lower"] is None
    assert plain["strata"][3]["lower"] is None
    assert plain["strata"][0]["thin"] is True
    assert plain["assumptions"]["auditors"] is None
    assert [rung["size"] for rung in plain["ladder"]] == [1, 2, 3, 4]
    assert plain["notes"] == ["no_interval"]
    assert all("kind" in shift for shift in plain["shifts"])


def test_sentences_fit_a_terminal() -> None:
    for sentence in plan_sentences(plan(TEAMS, by_team(20))):
        assert max(map(len, folded(sentence))) < 80
