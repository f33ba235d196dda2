"""Timescales T13 to T23, each at its border, against dates counted by hand.

The lists are of Tuesday 31 March 2026.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from timescale_cases import a_case, a_row, found, on_list

from case_audit.core.timescales.find import find

if TYPE_CHECKING:
    from case_audit.core.frame.model import Record, Value


def in_care(**values: Value) -> Record:
    """A child under a care order in foster care, placed in January 2024."""
    usual: dict[str, Value] = {
        "date_of_birth": "2016-05-01",
        "care_start": "2024-01-01",
        "placement_start": "2024-01-01",
        "placement_type": "U6",
        "legal_status": "C2",
        "legal_status_start": "2024-01-01",
        "last_review": "2026-02-01",
    }
    return a_row(8, usual | values)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        # Every six weeks, at the border.
        ({"last_visit": "2026-02-17"}, "met"),
        ({"last_visit": "2026-02-16"}, "overdue 1 days"),
        # A new placement: within a week.
        ({"placement_start": "2026-03-24", "last_visit": "2026-03-20"}, "clear"),
        (
            {"placement_start": "2026-03-23", "last_visit": "2026-03-20"},
            "overdue 1 days",
        ),
        ({"placement_start": "2026-03-23"}, "overdue 1 days"),
        # Meant to last to 18: every three months, but only after the first year.
        ({"placement_type": "U4", "last_visit": "2025-12-31"}, "met"),
        ({"placement_type": "U1", "last_visit": "2025-12-30"}, "overdue 1 days"),
        ({"permanence_plan": "fostering", "last_visit": "2025-12-31"}, "met"),
        (
            {"permanence_plan": "adoption", "last_visit": "2025-12-31"},
            "overdue 48 days",
        ),
        (
            {
                "placement_type": "U4",
                "placement_start": "2025-09-01",
                "last_visit": "2026-02-16",
            },
            "overdue 1 days",
        ),
        # The year ended on 20 February: due on that very day, or a day later.
        (
            {
                "placement_type": "U4",
                "placement_start": "2025-02-20",
                "last_visit": "2026-01-09",
            },
            "overdue 39 days",
        ),
        (
            {
                "placement_type": "U4",
                "placement_start": "2025-02-20",
                "last_visit": "2026-01-10",
            },
            "met",
        ),
        # Care has ended: what counts is the day it did.
        ({"last_visit": "2025-06-01", "care_end": "2025-07-13"}, "met"),
        ({"last_visit": "2025-06-01", "care_end": "2025-07-14"}, "overdue 1 days"),
        # What cannot be known.
        ({"last_visit": "2026-04-02"}, "not_computable"),
        ({"last_visit": "2026-03-01", "placement_start": None}, "not_computable"),
    ],
)
def test_t13_visits(values: dict[str, Value], said: str) -> None:
    assert found("T13", in_care(**values)) == said


@pytest.mark.parametrize(
    ("values", "said"),
    [
        # An interim order at home: weekly until the first review, then four-weekly.
        ({"last_review": None, "last_visit": "2026-03-24"}, "met"),
        ({"last_review": None, "last_visit": "2026-03-23"}, "overdue 1 days"),
        ({"last_review": "2023-12-01", "last_visit": "2026-03-23"}, "overdue 1 days"),
        ({"last_visit": "2026-03-03"}, "met"),
        ({"last_visit": "2026-03-02"}, "overdue 1 days"),
    ],
)
def test_t13_at_home_under_an_interim_order(
    values: dict[str, Value], said: str
) -> None:
    """A review before coming into care is one of an earlier time."""
    row = in_care(placement_type="P1", legal_status="C1", **values)

    assert found("T13", row) == said


@pytest.mark.parametrize(
    ("order", "visit", "said"),
    [
        ("2026-03-25", "2026-03-20", "clear"),  # within a week of the order
        ("2026-03-23", "2026-03-20", "overdue 1 days"),
        ("2023-01-01", "2026-02-17", "met"),
        ("2023-01-01", "2026-02-16", "overdue 1 days"),
    ],
)
def test_t13_at_home_under_a_care_order(order: str, visit: str, said: str) -> None:
    """Six weeks throughout, however long the placement is to last."""
    row = in_care(
        placement_type="P1",
        legal_status_start=order,
        last_visit=visit,
        permanence_plan="fostering",
    )

    assert found("T13", row) == said


@pytest.mark.parametrize(
    ("approved", "visit", "said"),
    [
        ("yes", "2026-03-03", "met"),
        ("yes", "2026-03-02", "overdue 1 days"),
        ("no", "2026-03-02", "met"),
        ("", "2026-03-02", "met"),
    ],
)
def test_t13_with_a_relative_approved_for_a_time(
    approved: str, visit: str, said: str
) -> None:
    row = in_care(placement_type="U3", last_visit=visit)

    assert found("T13", row, added={"temporarily_approved_carer": approved}) == said


@pytest.mark.parametrize(
    ("status", "assessed", "visit", "said"),
    [
        ("C2", "", "2026-03-24", "met"),  # not assessed: weekly
        ("C2", "", "2026-03-23", "overdue 1 days"),
        ("C2", "2026-03-25", "2026-03-23", "overdue 1 days"),  # assessed since
        ("C2", "2026-03-01", "2026-03-23", "met"),  # assessed before: six weeks
        ("V2", "2026-02-01", "2026-02-16", "overdue 1 days"),
        ("C1", "2026-02-01", "2026-03-02", "overdue 1 days"),  # still an interim order
    ],
)
def test_t13_with_a_parent_before_the_assessment_is_complete(
    status: str, assessed: str, visit: str, said: str
) -> None:
    row = in_care(placement_type="P1", legal_status=status, last_visit=visit)

    assert found("T13", row, added={"parent_assessment_date": assessed}) == said


@pytest.mark.parametrize(
    ("kind", "said"),
    [("U3", "only approved for a time"), ("P1", "not assessed yet")],
)
def test_t13_says_what_no_list_shows(kind: str, said: str) -> None:
    """A stricter rule may hold; the auditor is told of it."""
    case = a_case(in_care(placement_type=kind, last_visit="2026-03-30"))

    assert said in find(case, "T13").sentence


@pytest.mark.parametrize(
    ("start", "review", "end", "said"),
    [
        ("2026-03-03", None, None, "clear"),
        ("2026-03-02", None, None, "overdue 1 working days"),
        ("2025-12-01", "2025-12-31", None, "met"),  # the 20th over Christmas; 3 months
        ("2025-12-01", "2025-12-30", None, "overdue 1 days"),
        ("2025-12-01", "2026-01-02", None, "met"),  # not surely the first: 6 months
        ("2024-01-01", "2025-10-01", None, "met"),
        ("2024-01-01", "2025-09-30", None, "overdue 1 days"),
        ("2024-01-01", "2024-06-01", "2024-12-01", "met"),
        ("2024-01-01", "2024-06-01", "2024-12-02", "overdue 1 days"),
        ("2024-01-01", "2023-12-31", None, "not_computable"),
        (None, "2024-06-01", None, "not_computable"),
    ],
)
def test_t14_reviews(
    start: str | None, review: str | None, end: str | None, said: str
) -> None:
    row = on_list(8, care_start=start, last_review=review, care_end=end)

    assert found("T14", row) == said


@pytest.mark.parametrize(
    ("start", "plan", "said"),
    [
        ("2025-11-30", None, "overdue 1 days"),
        ("2025-12-01", None, "clear"),
        ("2025-01-01", "adoption", "clear"),
    ],
)
def test_t19_permanence(start: str, plan: str | None, said: str) -> None:
    assert found("T19", in_care(care_start=start, permanence_plan=plan)) == said


@pytest.mark.parametrize(
    ("count", "said"), [(2, "clear"), (3, "flag"), (None, "not_computable")]
)
def test_t20_moves(count: int | None, said: str) -> None:
    assert found("T20", in_care(placements_12m=count)) == said


@pytest.mark.parametrize(
    ("times", "offered", "accepted", "added", "said"),
    [
        (0, None, None, {}, "not_applicable"),
        (1, "no", None, {}, "flag"),
        (1, None, None, {}, "flag"),
        (1, "yes", "yes", {}, "clear"),
        (1, "yes", "no", {}, "clear"),
        (1, "yes", "yes", {"last": "2026-03-01", "held": "2026-03-04"}, "met"),
        (1, "yes", "yes", {"last": "2026-03-01", "held": "2026-03-05"}, "late 1 days"),
        (1, "yes", "yes", {"last": "2026-03-01", "held": ""}, "overdue 27 days"),
        (1, "yes", "no", {"last": "2026-03-01", "held": ""}, "clear"),
        (1, "yes", "yes", {"last": "", "held": ""}, "clear"),
        (
            1,
            "yes",
            "yes",
            {"last": "2026-03-05", "held": "2026-03-01"},
            "not_computable",
        ),
    ],
)
def test_t21_return_interview(
    times: int,
    offered: str | None,
    accepted: str | None,
    added: dict[str, str],
    said: str,
) -> None:
    row = in_care(
        missing_12m=times,
        return_interview_offered=offered,
        return_interview_accepted=accepted,
    )
    names = {"last": "last_return_date", "held": "return_interview_date"}

    assert found("T21", row, added={names[k]: v for k, v in added.items()}) == said


@pytest.mark.parametrize(
    ("start", "contact", "review", "said"),
    [
        ("2024-01-01", "2026-03-01", "2026-02-01", "met"),
        ("2024-01-01", "2026-02-01", "2026-02-01", "met"),
        ("2024-01-01", "2026-01-31", "2026-02-01", "flag"),
        ("2024-01-01", "2025-09-30", "2025-09-01", "overdue 1 days"),
        ("2024-01-01", "2025-09-30", "2026-02-01", "overdue 1 days"),
        ("2025-09-30", None, None, "overdue 1 days"),
        ("2025-10-01", None, None, "clear"),
        ("2025-10-01", "2025-09-01", None, "clear"),  # of an earlier time in care
    ],
)
def test_t22_reviewing_officer(
    start: str, contact: str | None, review: str | None, said: str
) -> None:
    row = on_list(8, care_start=start, last_iro_visit=contact, last_review=review)

    assert found("T22", row) == said


QUIET: dict[int, dict[str, Value]] = {
    3: {"referrals_12m": 0},
    5: {"s47_12m": 0},
    7: {"emergency_protection": "no"},
    8: {"second_period": "no", "legal_status": "C2"},
}


@pytest.mark.parametrize(
    ("list_no", "values", "said"),
    [
        (3, {}, "clear"),
        (3, {"referrals_12m": 1}, "flag"),
        (5, {"s47_12m": 2}, "flag"),
        (7, {"emergency_protection": "yes"}, "flag"),
        (8, {"second_period": "yes"}, "flag"),
        (8, {"legal_status": "V2", "legal_status_start": "2025-10-01"}, "clear"),
        (8, {"legal_status": "V2", "legal_status_start": "2025-09-30"}, "flag"),
        (8, {"legal_status": "V2", "legal_status_start": None}, "not_computable"),
        (3, {"referrals_12m": None}, "not_computable"),
    ],
)
def test_t23_coming_back(list_no: int, values: dict[str, Value], said: str) -> None:
    """Six months of section 20 from 30 September are over on 30 March."""
    rows = [
        a_row(n, quiet | (values if n == list_no else {})) for n, quiet in QUIET.items()
    ]

    assert found("T23", *rows) == said


def test_t23_needs_one_of_four_lists() -> None:
    assert found("T23", on_list(9, in_touch="yes")) == "not_applicable"
