"""Actions are counted by hand, and cases that nothing follows from are found."""

from __future__ import annotations

from dataclasses import replace

from case_audit.core.audit.judge import Computed
from case_audit.core.followup.model import (
    Action,
    Counts,
    Escalation,
    count,
    escalation_of,
    without_action,
)

DUE = Action(
    number=1,
    about="criterion",
    subject="v1",
    text="Check visits",
    owner="Head of service",
    due="2026-09-30",
    measure="20 files",
)
GRADE = Computed(
    grade="inadequate",
    rule="LIM1",
    because="Limited.",
    drivers=(),
    standing="inadequate",
    raises="E2",
)


def test_overdue_is_open_after_its_day() -> None:
    """On the day itself it is not, and what is done never is."""
    done = replace(DUE, status="done", done_on="2026-10-05")

    assert not DUE.overdue("2026-09-30")
    assert DUE.overdue("2026-10-01")
    assert not done.overdue("2026-10-06")


def test_actions_are_counted_by_how_far_they_are() -> None:
    later = replace(DUE, number=2, due="2026-12-31")
    done = replace(DUE, number=3, status="done")
    seen = replace(DUE, number=4, status="verified")

    found = count([DUE, later, done, seen], today="2026-10-01")

    assert found == Counts(open=2, overdue=1, done=1, verified=1)
    assert count([], today="2026-10-01") == Counts(
        open=0, overdue=0, done=0, verified=0
    )


def test_the_most_urgent_escalation_of_a_case_counts() -> None:
    grades = {
        "voice": replace(GRADE, raises=""),
        "safety": replace(GRADE, rule="LIM2", raises="E1"),
        "overall": GRADE,
    }
    found = escalation_of(7, grades, since="2026-04-01T12:00:00Z")

    assert found == Escalation(
        number=7,
        level="E1",
        rule="LIM2",
        because="Limited.",
        since="2026-04-01T12:00:00Z",
    )
    assert found.open
    assert not replace(found, closed_utc="2026-04-02T12:00:00Z").open
    assert escalation_of(7, {"voice": grades["voice"]}, since="") is None


def test_cases_that_nothing_follows_from() -> None:
    """An action about the case or a later audit of it is what follows."""
    about = replace(DUE, about="case", subject="3")

    assert without_action([5, 3, 4, 2], [DUE, about], [4]) == (2, 5)
