"""Timescales T15 to T18 and T24 to T32, each at its border, counted by hand.

The lists are of Tuesday 31 March 2026.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from timescale_cases import a_row, found, on_list

if TYPE_CHECKING:
    from case_audit.core.frame.model import Value

INITIAL = "initial_health_assessment_date"


@pytest.mark.parametrize(
    ("assessed", "added", "said"),
    [
        ("2025-12-31", {}, "met"),  # the 20th working day, over Christmas
        ("2026-01-02", {}, "late 1 working days"),
        (None, {}, "overdue 63 working days"),
        ("2025-11-01", {}, "overdue 63 working days"),  # before care
        (None, {INITIAL: "2025-12-31"}, "met"),
        ("2026-03-01", {INITIAL: "2026-01-02"}, "late 1 working days"),
        ("2026-03-01", {INITIAL: ""}, "overdue 63 working days"),
        ("2026-03-01", {INITIAL: "2025-11-30"}, "not_computable"),
    ],
)
def test_t15_initial_health_assessment(
    assessed: str | None, added: dict[str, str], said: str
) -> None:
    row = on_list(8, age=9, care_start="2025-12-01", last_health_assessment=assessed)

    assert found("T15", row, added=added) == said


def test_t15_a_later_assessment_says_nothing_of_the_first() -> None:
    row = on_list(
        8, age=9, care_start="2024-01-01", last_health_assessment="2026-01-02"
    )

    assert found("T15", row) == "not_computable"


@pytest.mark.parametrize(
    ("born", "age", "assessed", "said"),
    [
        ("2018-06-01", 7, "2025-03-31", "met"),
        ("2018-06-01", 7, "2025-03-30", "overdue 1 days"),
        ("2022-06-01", 3, "2025-10-01", "met"),
        ("2022-06-01", 3, "2025-09-30", "overdue 1 days"),
        ("2021-01-15", 5, "2025-07-14", "overdue 76 days"),  # due a day before 5
        ("2021-01-15", 5, "2025-07-15", "met"),  # due on the fifth birthday: a year
        (None, 7, "2025-03-31", "met"),
        (None, 3, "2025-09-30", "overdue 1 days"),
        (None, None, "2025-09-30", "not_computable"),
        ("2018-06-01", 7, None, "not_applicable"),
        ("2018-06-01", 7, "2022-01-01", "not_applicable"),  # before care
    ],
)
def test_t16_review_health_assessment(
    born: str | None, age: int | None, assessed: str | None, said: str
) -> None:
    row = on_list(
        8,
        date_of_birth=born,
        age=age,
        care_start="2023-01-01",
        last_health_assessment=assessed,
    )

    assert found("T16", row) == said


@pytest.mark.parametrize(
    ("start", "checked", "said"),
    [
        ("2023-01-01", "2025-03-31", "met"),
        ("2023-01-01", "2025-03-30", "overdue 1 days"),
        ("2025-03-31", None, "clear"),
        ("2025-03-30", None, "overdue 1 days"),
    ],
)
def test_t17_dental_check(start: str, checked: str | None, said: str) -> None:
    assert found("T17", on_list(8, care_start=start, last_dental_check=checked)) == said


@pytest.mark.parametrize(
    ("start", "added", "said"),
    [
        # The latest plan: the next is due by the end of the next term.
        ("2024-01-01", {"last": "2025-09-01"}, "met"),
        ("2024-01-01", {"last": "2025-08-31"}, "overdue 90 days"),
        ("2025-12-01", {"last": ""}, "overdue 63 working days"),
        # The first plan, within 20 working days, or 10 after an emergency.
        ("2026-03-02", {"last": "2026-03-30"}, "met"),
        (
            "2026-03-02",
            {"last": "2026-03-31", "first": "2026-03-31"},
            "late 1 working days",
        ),
        ("2026-03-02", {"last": "2026-03-16", "sudden": "yes"}, "met"),
        ("2026-03-02", {"last": "", "sudden": "yes"}, "overdue 11 working days"),
        ("2026-03-02", {"last": "", "sudden": "no"}, "overdue 1 working days"),
        ("2026-03-03", {"last": "", "sudden": ""}, "clear"),
        ("2026-03-02", {"last": "2026-01-10"}, "not_computable"),  # before care
        ("2026-03-02", {}, "not_computable"),
    ],
)
def test_t18_personal_education_plan(
    start: str, added: dict[str, str], said: str
) -> None:
    names = {
        "last": "last_pep_date",
        "first": "first_pep_date",
        "sudden": "emergency_placement",
    }
    row = on_list(8, age=9, care_start=start)

    assert found("T18", row, added={names[k]: v for k, v in added.items()}) == said


@pytest.mark.parametrize(("age", "said"), [(2, "not_applicable"), (3, "met")])
def test_t18_is_not_for_the_very_young(age: int, said: str) -> None:
    row = on_list(8, age=age, care_start="2026-03-02")

    assert found("T18", row, added={"last_pep_date": "2026-03-03"}) == said


NAMES = {
    "relevant": "became_relevant_date",
    "assessed": "pathway_assessment_date",
    "housed": "la_accommodation_date",
}


@pytest.mark.parametrize(
    ("plan", "added", "said"),
    [
        ("2025-10-01", {}, "met"),
        ("2025-09-30", {}, "overdue 1 days"),
        (None, {}, "flag"),
        # A home of the authority: after 28 days, then every three months.
        ("2026-01-01", {"housed": "2026-03-03"}, "clear"),
        ("2026-01-01", {"housed": "2026-03-02"}, "overdue 1 days"),
        ("2025-12-31", {"housed": "2025-06-01"}, "met"),
        ("2025-12-30", {"housed": "2025-06-01"}, "overdue 1 days"),
        ("2025-12-30", {"housed": ""}, "met"),
        # The assessment: three months after becoming relevant.
        ("2026-01-01", {"relevant": "2025-10-01", "assessed": "2026-01-01"}, "met"),
        (
            "2026-01-01",
            {"relevant": "2025-10-01", "assessed": "2026-01-02"},
            "late 1 days",
        ),
        ("2026-01-01", {"relevant": "2025-12-30", "assessed": ""}, "overdue 1 days"),
        ("2026-01-01", {"relevant": "2025-12-30"}, "not_computable"),
        ("2026-01-01", {"relevant": ""}, "met"),
        (None, {"relevant": "2025-12-31", "assessed": ""}, "flag"),
    ],
)
def test_t24_pathway_plan(plan: str | None, added: dict[str, str], said: str) -> None:
    row = on_list(9, in_touch="yes", last_pathway_plan=plan)

    assert found("T24", row, added={NAMES[k]: v for k, v in added.items()}) == said


@pytest.mark.parametrize(
    ("contact", "moved", "said"),
    [
        ("2026-01-31", None, "met"),
        ("2026-01-30", None, "overdue 1 days"),
        (None, None, "flag"),
        ("2026-01-31", "", "met"),
        ("2026-03-01", "2026-03-24", "clear"),  # within seven days of the move
        ("2026-03-01", "2026-03-23", "overdue 1 days"),
        (None, "2026-03-23", "overdue 1 days"),
        ("2026-03-06", "2026-03-03", "met"),  # then before the review at 28 days
        ("2026-03-06", "2026-03-02", "overdue 1 days"),
        ("2026-03-20", "2026-03-02", "met"),  # then every two months
    ],
)
def test_t25_personal_adviser(
    contact: str | None, moved: str | None, said: str
) -> None:
    added = {} if moved is None else {"la_accommodation_date": moved}

    assert found("T25", on_list(9, last_contact=contact), added=added) == said


FINE: dict[str, Value] = {
    "in_touch": "yes",
    "accommodation": "U",
    "suitability": "suitable",
    "activity": "F2",
}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "clear"),
        ({"in_touch": "no"}, "flag"),
        ({"suitability": "unsuitable"}, "flag"),
        ({"accommodation": "R"}, "flag"),
        ({"activity": "G5"}, "flag"),
        ({"in_touch": "died", "activity": None}, "not_applicable"),
    ],
)
def test_t26_flags(values: dict[str, Value], said: str) -> None:
    assert found("T26", a_row(9, FINE | values)) == said


@pytest.mark.parametrize(
    ("values", "said"),
    [
        # 426 days from 2 January 2024 end on 3 March 2025, 121 from 1 July on
        # 30 October 2024.
        ({"placed": "2025-03-03", "matching": "2024-10-30"}, "met"),
        ({"placed": "2025-03-04", "matching": "2024-10-30"}, "late 1 days"),
        ({"placed": "2025-03-03", "matching": "2024-10-31"}, "late 1 days"),
        ({"placed": None, "matching": "2024-10-30"}, "overdue 393 days"),
        ({"placed": "2025-03-03", "placement_order": None}, "met"),
        ({"decision_reversed": "2025-01-01"}, "not_applicable"),
        ({"placed": "2023-01-01"}, "not_computable"),
    ],
)
def test_t27_adoption(values: dict[str, Value], said: str) -> None:
    usual: dict[str, Value] = {
        "care_start": "2024-01-02",
        "placement_order": "2024-07-01",
        "matching": "2024-08-01",
    }

    assert found("T27", a_row(10, usual | values)) == said


@pytest.mark.parametrize(
    ("key", "start", "end", "said"),
    [
        ("T28", "2026-01-10", "2026-03-10", "met"),
        ("T28", "2026-01-10", "2026-03-11", "late 1 days"),
        ("T28", "2026-01-30", "", "overdue 1 days"),
        ("T28", "2026-01-31", "", "clear"),
        ("T28", "", "", "not_applicable"),
        ("T32", "2025-09-01", "2026-03-02", "met"),
        ("T32", "2025-09-01", "2026-03-03", "late 1 days"),
        ("T32", "2025-09-29", "", "overdue 1 days"),
        ("T32", "2025-09-30", "", "clear"),
        ("T32", "", "", "not_applicable"),
    ],
)
def test_t28_and_t32_panel_and_court(key: str, start: str, end: str, said: str) -> None:
    """Two months, and 26 weeks or 182 days."""
    names = {
        "T28": ("adoption_review_date", "adoption_panel_date"),
        "T32": ("proceedings_issued_date", "proceedings_ended_date"),
    }[key]

    assert found(key, added=dict(zip(names, (start, end), strict=True))) == said


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"stage1_start": "2025-05-01", "stage1_end": "2025-07-01"}, "met"),
        ({"stage1_start": "2025-05-01", "stage1_end": "2025-07-02"}, "late 1 days"),
        ({"stage1_start": "2026-01-30"}, "overdue 1 days"),
        (
            {
                "stage1_start": "2025-05-01",
                "stage1_end": "2025-07-01",
                "stage2_start": "2025-11-30",
            },
            "overdue 1 days",
        ),
        ({"stage1_start": "2025-05-01", "leaving": "2025-06-01"}, "clear"),
        ({"enquiry": "2025-05-01"}, "not_applicable"),
        ({"stage1_start": "2025-05-01", "stage1_end": "2025-04-01"}, "not_computable"),
    ],
)
def test_t29_adopters(values: dict[str, Value], said: str) -> None:
    assert found("T29", a_row(11, values)) == said


FOSTERED = "private_fostering_"


@pytest.mark.parametrize(
    ("added", "said"),
    [
        ({"notified": ""}, "not_applicable"),
        ({"notified": "2026-03-20", "visit": ""}, "clear"),  # seven working days
        ({"notified": "2026-03-19", "visit": ""}, "overdue 1 working days"),
        ({"notified": "2026-03-19", "visit": "2026-03-18"}, "overdue 1 working days"),
        ({"notified": "2025-06-01", "visit": "2026-02-17"}, "met"),
        ({"notified": "2025-06-01", "visit": "2026-02-16"}, "overdue 1 days"),
        ({"notified": "2024-06-01", "visit": "2026-01-06"}, "met"),  # twelve weeks
        ({"notified": "2024-06-01", "visit": "2026-01-05"}, "overdue 1 days"),
        (
            {"notified": "2025-06-01", "start": "2024-06-01", "visit": "2026-01-06"},
            "met",
        ),
        ({"notified": "2025-06-01", "visit": "2026-03-01", "seen_alone": "no"}, "flag"),
        ({"notified": "2025-06-01", "visit": "2026-03-01", "report": "no"}, "flag"),
        ({"notified": "2025-06-01", "visit": "2026-03-01", "report": "yes"}, "met"),
        ({"notified": "2025-06-01"}, "not_computable"),
    ],
)
def test_t30_private_fostering(added: dict[str, str], said: str) -> None:
    assert found("T30", added={FOSTERED + k: v for k, v in added.items()}) == said


@pytest.mark.parametrize(
    ("added", "said"),
    [
        ({"last_supervision_date": "2026-02-28"}, "met"),
        ({"last_supervision_date": "2026-02-27"}, "overdue 1 days"),
        ({"last_supervision_date": ""}, "flag"),
        ({}, "not_computable"),
    ],
)
def test_t31_supervision(added: dict[str, str], said: str) -> None:
    assert found("T31", added=added) == said
