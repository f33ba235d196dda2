"""Timescales T01 to T12, each at its border, against dates counted by hand.

The lists are of Tuesday 31 March 2026.
"""

from __future__ import annotations

import pytest
from timescale_cases import a_case, found, on_list

from case_audit.core.timescales.find import find


@pytest.mark.parametrize(
    ("referred", "decided", "as_at", "said"),
    [
        ("2026-03-06", "2026-03-06", "2026-03-31", "met"),
        ("2026-03-06", "2026-03-07", "2026-03-31", "met"),  # the Saturday
        ("2026-03-06", "2026-03-09", "2026-03-31", "met"),  # Friday to Monday
        ("2026-03-06", "2026-03-10", "2026-03-31", "late 1 working days"),
        ("2026-04-02", "2026-04-07", "2026-04-30", "met"),  # Easter
        ("2026-04-02", "2026-04-08", "2026-04-30", "late 1 working days"),
        ("2026-03-30", "", "2026-03-31", "clear"),
        ("2026-03-27", "", "2026-03-31", "overdue 1 working days"),
        ("2026-03-06", "2026-03-05", "2026-03-31", "not_computable"),  # order
        ("2026-03-30", "2026-04-01", "2026-03-31", "not_computable"),  # the future
    ],
)
def test_t01_decision(referred: str, decided: str, as_at: str, said: str) -> None:
    row = on_list(3, referral_date=referred)
    added = {"referral_decision_date": decided}

    assert found("T01", row, added=added, as_at=as_at) == said


@pytest.mark.parametrize(
    ("referred", "start", "authorised", "t02", "t03"),
    [
        ("2026-01-05", "2026-01-07", "2026-03-09", "met", "not_applicable"),
        (
            *("2026-01-05", "2026-01-07", "2026-03-10"),
            *("late 1 working days", "not_applicable"),
        ),
        (
            *("2026-01-05", "2026-01-07", "2026-03-14"),
            *("late 4 working days", "not_applicable"),  # a Saturday, like its Friday
        ),
        (None, "2026-01-07", "2026-03-11", "met", "not_applicable"),
        (None, "2026-01-07", "2026-03-12", "late 1 working days", "not_applicable"),
        ("2025-06-02", "2026-01-07", "2026-03-11", "met", "not_applicable"),  # another
        ("2026-02-02", "2026-01-07", "2026-03-11", "met", "not_applicable"),  # later
        (None, "2026-01-27", None, "not_applicable", "clear"),
        (None, "2026-01-26", None, "not_applicable", "overdue 1 working days"),
        (
            *("2026-01-23", "2026-01-27", None),
            *("not_applicable", "overdue 2 working days"),
        ),
        (None, "2026-01-07", "2026-01-06", "not_computable", "not_applicable"),
    ],
)
def test_t02_and_t03_assessment(
    referred: str | None, start: str, authorised: str | None, t02: str, t03: str
) -> None:
    """From the referral where it is known; 45 working days are nine weeks here."""
    rows = [on_list(4, assessment_start=start, assessment_authorised=authorised)]
    if referred:
        rows.append(on_list(3, referral_date=referred))

    assert found("T02", *rows) == t02
    assert found("T03", *rows) == t03


def test_t02_counts_from_the_last_referral_before_it() -> None:
    """Of several; one without a date does not count."""
    rows = [
        on_list(4, assessment_start="2026-01-07", assessment_authorised="2026-03-11"),
        on_list(3, row=2, referral_date="2026-01-06"),
        on_list(3, row=3, referral_date="2025-12-22"),
        on_list(3, row=4, referral_nfa="no"),
    ]

    assert found("T02", *rows) == "late 1 working days"


@pytest.mark.parametrize(
    ("strategy", "conference", "unnecessary", "t04", "t05"),
    [
        ("2025-12-15", "2026-01-08", "no", "met", "not_applicable"),  # over Christmas
        ("2025-12-15", "2026-01-09", "no", "late 1 working days", "not_applicable"),
        ("2026-03-10", None, None, "not_applicable", "clear"),
        ("2026-03-09", None, None, "not_applicable", "overdue 1 working days"),
        ("2026-03-09", None, "unknown", "not_applicable", "overdue 1 working days"),
        ("2026-03-09", None, "yes", "not_applicable", "not_applicable"),
        ("2026-03-09", "2026-03-01", "no", "not_computable", "not_applicable"),
        ("2026-03-09", "2026-04-10", "no", "not_computable", "not_applicable"),
    ],
)
def test_t04_and_t05_conference(
    strategy: str, conference: str | None, unnecessary: str | None, t04: str, t05: str
) -> None:
    row = on_list(
        5, strategy_date=strategy, icpc_date=conference, icpc_unnecessary=unnecessary
    )

    assert found("T04", row) == t04
    assert found("T05", row) == t05


@pytest.mark.parametrize(
    ("notified", "held", "said"),
    [
        ("2026-03-09", "2026-03-30", "met"),
        ("2026-03-09", "2026-03-31", "late 1 working days"),
        ("2026-03-09", "", "overdue 1 working days"),
        ("2026-03-10", "", "clear"),
        ("", "", "not_applicable"),
    ],
)
def test_t06_transfer(notified: str, held: str, said: str) -> None:
    added = {"transfer_notified_date": notified, "transfer_conference_date": held}

    assert found("T06", added=added) == said


@pytest.mark.parametrize(
    ("held", "said"),
    [
        ("2026-02-16", "met"),
        ("2026-02-17", "late 1 working days"),
        ("", "overdue 31 working days"),
    ],
)
def test_t07_core_group(held: str, said: str) -> None:
    row = on_list(7, plan_start="2026-02-02")

    assert found("T07", row, added={"first_core_group_date": held}) == said


@pytest.mark.parametrize(
    ("start", "review", "end", "said"),
    [
        ("2025-12-31", None, None, "clear"),
        ("2025-12-30", None, None, "overdue 1 days"),
        ("2025-11-30", None, None, "overdue 31 days"),  # due on 28 February
        ("2025-07-01", "2025-10-01", None, "met"),
        ("2025-07-01", "2025-09-30", None, "overdue 1 days"),
        ("2024-01-01", "2025-10-01", None, "met"),
        ("2025-01-10", None, "2025-05-01", "overdue 21 days"),
        ("2025-01-10", None, "2026-05-01", "overdue 355 days"),  # not ended yet
        ("2025-01-10", "2025-04-01", "2025-05-01", "met"),
        ("2025-07-01", "2025-06-30", None, "not_computable"),
    ],
)
def test_t08_review_conference(
    start: str, review: str | None, end: str | None, said: str
) -> None:
    row = on_list(7, plan_start=start, last_review=review, plan_end=end)

    assert found("T08", row) == said


def test_t08_says_what_the_list_cannot_show() -> None:
    """Only the latest review is on it, so a late first one does not show."""
    row = on_list(7, plan_start="2025-01-01", last_review="2026-01-10")

    finding = find(a_case(row), "T08")

    assert finding.sentence == (
        "The latest review conference was on 10 January 2026; the next is due by "
        "10 July 2026. Whether the first was held by 1 April 2025 does not show on "
        "the list."
    )


@pytest.mark.parametrize(
    ("visit", "alone", "as_at", "said"),
    [
        ("2026-03-17", "yes", "2026-03-31", "met"),
        ("2026-03-16", "yes", "2026-03-31", "overdue 1 working days"),
        ("2026-03-17", "no", "2026-03-31", "flag"),
        ("2026-03-16", "no", "2026-03-31", "overdue 1 working days"),
        ("2026-03-17", None, "2026-03-31", "met"),
        ("2026-03-20", "yes", "2026-04-07", "met"),  # Easter between
        ("2026-03-19", "yes", "2026-04-07", "overdue 1 working days"),
        (None, None, "2026-02-16", "clear"),
        (None, None, "2026-02-17", "overdue 1 working days"),
        ("2026-04-01", "yes", "2026-03-31", "not_computable"),
    ],
)
def test_t09_visits(
    visit: str | None, alone: str | None, as_at: str, said: str
) -> None:
    row = on_list(7, plan_start="2026-02-02", last_visit=visit, seen_alone=alone)

    assert found("T09", row, as_at=as_at) == said


def test_t09_an_unborn_child_is_not_seen_alone() -> None:
    row = on_list(
        7,
        plan_start="2026-02-02",
        last_visit="2026-03-30",
        seen_alone="no",
        unborn="yes",
    )

    assert found("T09", row) == "met"


def test_t09_a_plan_that_ended_needs_no_visit() -> None:
    row = on_list(7, plan_start="2025-02-02", plan_end="2026-03-01")

    assert found("T09", row) == "not_applicable"


@pytest.mark.parametrize(
    ("start", "end", "earlier", "said"),
    [
        ("2025-12-31", None, 0, "clear 3 months"),
        ("2025-12-31", None, 1, "flag 3 months"),
        ("2024-12-31", None, 0, "clear 15 months"),
        ("2024-12-30", None, 0, "flag 15 months"),
        ("2024-03-30", None, 0, "flag 24 months"),
        ("2025-10-01", "2026-01-31", 0, "flag 3 months"),
        ("2025-10-01", "2026-02-01", 0, "clear 4 months"),
        ("2025-10-01", "2025-09-01", 0, "not_computable"),
        ("2025-12-31", None, None, "not_computable"),
        ("2024-12-30", None, None, "flag 15 months"),
    ],
)
def test_t10_plans(start: str, end: str | None, earlier: int | None, said: str) -> None:
    row = on_list(7, plan_start=start, plan_end=end, previous_plans=earlier)

    assert found("T10", row) == said


def test_t10_a_flag_stands_though_not_all_can_be_seen() -> None:
    """A missing column does not hide what the others show, and is named."""
    row = on_list(7, plan_start="2024-03-30")

    finding = find(a_case(row, gone=[(7, "previous_plans")]), "T10")

    assert finding.sentence == (
        "On a plan for more than 24 months, since 30 March 2024. Not all was seen: "
        'column "Number of Previous Child Protection Plans" of list 7 is missing or '
        "empty for every child."
    )


@pytest.mark.parametrize(
    ("seen", "status", "end", "said"),
    [
        ("2026-03-03", "child_in_need_plan", None, "met"),
        ("2026-03-02", "child_in_need_plan", None, "overdue 1 working days"),
        ("2026-03-02", None, None, "overdue 1 working days"),
        (None, "child_in_need_plan", None, "overdue 22 working days"),
        ("2026-03-02", "looked_after", None, "not_applicable"),
        ("2026-03-02", "child_protection_plan", None, "not_applicable"),
        ("2026-03-02", "open_assessment", None, "not_applicable"),
        ("2026-03-02", "closed_episode", None, "not_applicable"),
        ("2026-03-02", "child_in_need_plan", "2026-03-20", "not_applicable"),
        ("2026-03-02", "child_in_need_plan", "2026-04-20", "overdue 1 working days"),
    ],
)
def test_t11_child_in_need(
    seen: str | None, status: str | None, end: str | None, said: str
) -> None:
    """Never seen: from Friday 30 January on, so 27 February was the last day."""
    row = on_list(
        6, cin_start="2026-01-30", last_seen=seen, case_status=status, cin_end=end
    )

    assert found("T11", row) == said


@pytest.mark.parametrize(
    ("start", "said"),
    [
        ("2025-07-01", "clear 8 months"),
        ("2025-06-30", "flag 9 months"),
        ("2025-03-30", "flag 12 months"),
    ],
)
def test_t12_long_help(start: str, said: str) -> None:
    row = on_list(6, cin_start=start, case_status="child_in_need_plan")

    assert found("T12", row) == said


def test_local_limits_can_be_changed() -> None:
    """A council that visits every 15 working days is measured by its own rule."""
    row = on_list(7, plan_start="2026-01-05", last_visit="2026-03-10", seen_alone="yes")

    finding = find(a_case(row, limits={"protection_visit": 15}), "T09")

    assert found("T09", row) == "overdue 5 working days"
    assert finding.status == "met"
    assert "every 15 working days (local)" in finding.rule
