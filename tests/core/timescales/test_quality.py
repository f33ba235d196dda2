"""T33: what contradicts itself on the lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from timescale_cases import a_case, a_row, found, on_list

from case_audit.core.timescales.find import find

if TYPE_CHECKING:
    from case_audit.core.frame.model import Value
    from case_audit.core.timescales.model import Finding


def looked_at(list_no: int, **values: Value) -> Finding:
    """T33 for one row, on a list that has only the columns that are named."""
    row = a_row(list_no, values)
    case = a_case(row)
    required = case.lists[list_no].required
    gone = [(list_no, key) for key in required if key not in values]
    return find(a_case(row, gone=gone), "T33")


@pytest.mark.parametrize(
    ("list_no", "values", "said"),
    [
        (
            6,
            {"cin_start": "2026-02-01", "cin_end": "2026-01-31"},
            (
                '"CIN Closure Date" (31 January 2026) is before "CIN Start Date" '
                "(1 February 2026)"
            ),
        ),
        (
            8,
            {"date_of_birth": "2024-01-02", "care_start": "2024-01-01"},
            "the date of birth is too long after",
        ),
        (
            6,
            {"date_of_birth": "2026-01-01", "cin_start": "2025-03-26"},
            "the date of birth is too long after",
        ),
        (
            6,
            {"date_of_birth": "2016-03-01", "age": 8},
            "the age does not fit the date of birth",
        ),
        (
            6,
            {"last_seen": "2026-04-01"},
            '"Date Child Was Last Seen" (1 April 2026) is after the date of the lists',
        ),
        (
            6,
            {"cin_end": "2026-03-31", "case_status": "child_in_need_plan"},
            "there is a closure date, but the case status is open",
        ),
        (
            6,
            {"case_status": "closed_episode"},
            "the case status is closed, but there is no closure date",
        ),
        (8, {"care_end_reason": "E4A"}, "there is a reason for leaving care, but no"),
    ],
)
def test_each_contradiction_is_told(
    list_no: int, values: dict[str, Value], said: str
) -> None:
    finding = looked_at(list_no, **values)

    assert finding.status == "flag"
    assert finding.sentence.startswith(f"List {list_no}, row 2: ")
    assert said in finding.sentence


@pytest.mark.parametrize(
    ("list_no", "values"),
    [
        (6, {"cin_start": "2026-02-01", "cin_end": "2026-02-01"}),
        (6, {"date_of_birth": "2026-01-01", "cin_start": "2025-03-27"}),  # 280 days
        (8, {"date_of_birth": "2024-01-01", "care_start": "2024-01-01"}),
        (6, {"date_of_birth": "2016-03-31", "age": 10}),
        (6, {"date_of_birth": "2016-04-15", "age": 10}),  # counted in April
        (6, {"date_of_birth": "2016-03-15", "age": 9}),  # counted in early March
        (6, {"date_of_birth": "2026-06-01"}),  # expected
        (6, {"cin_end": "2026-05-01", "case_status": "child_in_need_plan"}),  # planned
        (6, {"last_seen": "2026-03-31"}),
        (6, {"cin_end": "2026-03-31", "case_status": "closed_episode"}),
        (8, {"care_end_reason": "E4A", "care_end": "2026-02-01"}),
    ],
)
def test_what_may_well_be_is_not_told(list_no: int, values: dict[str, Value]) -> None:
    assert looked_at(list_no, **values).status == "clear"


def test_a_blank_in_a_required_column_is_told() -> None:
    """Not where nobody has an entry: the import says that once."""
    row = on_list(3, referral_date="2026-03-01", referral_nfa="no", team="A")
    gone = [(3, "gender"), (3, "ethnicity"), (3, "referral_source")]

    finding = find(a_case(row, gone=gone), "T33")

    assert finding.sentence == (
        'List 3, row 2: the required column "Number of Referrals in Last 12 Months" is '
        'empty; List 3, row 2: the required column "Allocated Worker" is empty.'
    )


@pytest.mark.parametrize(
    ("statuses", "end", "told"),
    [
        (("closed_episode",), None, True),
        (("closed_episode", "child_protection_plan"), None, False),
        (("closed_episode",), "2026-03-01", False),
        ((), None, False),
    ],
)
def test_a_plan_that_is_open_in_a_closed_case_is_told(
    statuses: tuple[str, ...], end: str | None, *, told: bool
) -> None:
    rows = [on_list(7, plan_start="2026-01-01", plan_end=end)]
    rows += [
        on_list(6, row=n, case_status=s, cin_end="2026-03-01" if n == 0 else None)
        for n, s in enumerate(statuses)
    ]

    finding = find(a_case(*rows), "T33")

    assert ("closed on list 6" in finding.sentence) is told


def test_a_child_on_no_list_has_no_contradictions() -> None:
    assert found("T33") == "not_applicable"
