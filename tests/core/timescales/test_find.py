"""Findings as a whole: what is missing, which row counts, what never happens."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timescale_cases import a_case, a_row, found, on_list

from builders import AS_AT
from case_audit.core.frame.cohorts import COHORTS
from case_audit.core.frame.model import Record
from case_audit.core.timescales.find import TIMESCALES, find, find_all
from case_audit.core.timescales.limits import LIMITS, Limits
from case_audit.core.timescales.model import EXTRAS, Dated
from case_audit.exchange.annex_a.spec import columns
from case_audit.exchange.extras import KNOWN

if TYPE_CHECKING:
    from case_audit.core.frame.model import Value
    from case_audit.core.timescales.model import Finding


def test_there_are_thirty_three() -> None:
    assert list(TIMESCALES) == [f"T{n:02}" for n in range(1, 34)]


@pytest.mark.parametrize("timescale", TIMESCALES.values(), ids=lambda t: t.id)
def test_every_column_a_timescale_needs_exists(timescale: object) -> None:
    """On its list, or among the extra columns that are understood."""
    known = {n: {c.key for c in columns(n)} for n in range(1, 12)}
    known[EXTRAS] = set(KNOWN)

    needs = TIMESCALES[timescale.id].needs  # type: ignore[attr-defined]

    assert all(set(keys) <= known[n] for n, keys in needs.items())


def test_extra_columns_are_no_attributes_of_a_cohort() -> None:
    """They are kept together, so one must not be taken for the other."""
    attributes = {a.key for cohort in COHORTS for a in cohort.attributes}

    assert not attributes & set(KNOWN)


def test_rules_remembered_only_are_marked() -> None:
    """Whoever relies on them is told to look them up."""
    unconfirmed = {t.id for t in TIMESCALES.values() if not t.confirmed}

    assert unconfirmed == {
        *("T07", "T08", "T14", "T17", "T18", "T19", "T21", "T22", "T27", "T29", "T30")
    }


def test_every_rule_can_be_read() -> None:
    """Its limits are filled in."""
    rules = [finding.rule for finding in find_all(a_case())]

    assert len(rules) == 33
    assert not [rule for rule in rules if "{" in rule or not rule.endswith(".")]


def test_a_finding_has_its_dates_and_a_sentence() -> None:
    row = on_list(5, strategy_date="2025-12-15", icpc_date="2026-01-09")

    finding = find(a_case(row), "T04")

    assert (finding.status, finding.amount, finding.unit) == ("late", 1, "working days")
    assert finding.dates == (
        Dated(
            label="Strategy discussion initiating Section 47 Enquiry Start Date",
            day=date(2025, 12, 15),
        ),
        Dated(
            label="Date of Initial Child Protection Conference", day=date(2026, 1, 9)
        ),
    )
    assert finding.sentence == (
        "The initial conference was held on 9 January 2026, 1 working day after the "
        "last day, 8 January 2026."
    )


@pytest.mark.parametrize(
    ("finding", "sentence", "missing"),
    [
        (
            find(
                a_case(on_list(7, plan_start="2025-01-01"), gone=[(7, "last_review")]),
                "T08",
            ),
            (
                'column "Date of latest review conference" of list 7 is missing or empty for '
                "every child."
            ),
            ("Date of latest review conference",),
        ),
        (
            find(a_case(not_imported=[8]), "T13"),
            "list 8 (Children in care) was not imported.",
            ("list 8 (Children in care)",),
        ),
        (
            find(a_case(on_list(3, referral_date="2026-03-01")), "T01"),
            "the extra column referral_decision_date is missing.",
            ("referral_decision_date",),
        ),
        (
            find(a_case(on_list(4, team="A")), "T02"),
            '"Continuous Assessment Start Date" is empty for this child.',
            (),
        ),
    ],
)
def test_what_is_missing_is_named(
    finding: Finding, sentence: str, missing: tuple[str, ...]
) -> None:
    assert finding.status == "not_computable"
    assert finding.sentence == f"Not computable: {sentence}"
    assert finding.missing == missing


def test_an_entry_that_was_not_understood_is_not_taken_for_none() -> None:
    row = on_list(7, plan_start="2025-01-01")
    odd = Record(
        list_no=7,
        row=2,
        unit="C0001",
        values=row.values,
        raw={**row.raw, "last_review": "see file"},
    )

    finding = find(a_case(odd), "T08")

    assert finding.sentence == (
        'Not computable: the entry in column "Date of latest review conference" of '
        "list 7 was not understood."
    )


def test_a_child_who_is_not_on_the_list_is_not_asked_about() -> None:
    finding = find(a_case(), "T13")

    assert finding.status == "not_applicable"
    assert finding.sentence == "Not on list 8 (Children in care)."


def test_the_row_is_the_one_the_frame_took() -> None:
    """The latest that is open; one that begins after the lists never counts."""
    rows = [
        on_list(7, row=2, plan_start="2025-11-01", last_visit="2026-03-30"),
        on_list(7, row=3, plan_start="2024-02-01", last_visit="2024-05-01"),
        on_list(7, row=4, plan_start="2026-02-01", plan_end="2026-03-01"),
        on_list(7, row=5, plan_start="2026-04-15"),
    ]

    assert found("T09", *rows) == "met"
    assert found("T09", *rows[2:]) == "not_applicable"


def test_of_two_rows_of_one_day_the_later_counts() -> None:
    rows = [
        on_list(3, row=2, referral_date="2026-03-06", referrals_12m=0),
        on_list(3, row=3, referral_date="2026-03-06", referrals_12m=4),
    ]

    assert "Earlier referrals in 12 months: 4" in find(a_case(*rows), "T23").sentence


@pytest.mark.parametrize(
    "changed", [{"no_such": 3}, {"supervision": 0}, {"supervision": 1001}]
)
def test_limits_that_cannot_be_are_refused(changed: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="no such limit"):
        Limits(changed)


def test_a_limit_of_the_source_that_was_changed_says_so() -> None:
    """Nobody is to take it for the rule itself."""
    rule = TIMESCALES["T02"].rule

    assert "within 50 working days (changed from 45)" in Limits(
        {"assessment": 50}
    ).words(rule)
    assert "within 45 working days of" in Limits().words(rule)
    assert "within 1 working day." in Limits().words(TIMESCALES["T01"].rule)


def test_every_limit_is_used_by_a_rule() -> None:
    used = {
        key
        for key in LIMITS
        if any(f"{{{key}}}" in t.rule for t in TIMESCALES.values())
    }

    assert used == set(LIMITS)


days = st.dates(min_value=date(2025, 1, 1), max_value=AS_AT)
SINGLE = {
    "T02": (4, "assessment_start", "assessment_authorised"),
    "T04": (5, "strategy_date", "icpc_date"),
}
AGAIN = {
    "T08": (7, "plan_start", "last_review"),
    "T09": (7, "plan_start", "last_visit"),
    "T11": (6, "cin_start", "last_seen"),
    "T13": (8, "placement_start", "last_visit"),
    "T14": (8, "care_start", "last_review"),
    "T16": (8, "care_start", "last_health_assessment"),
    "T17": (8, "care_start", "last_dental_check"),
}
CARE: dict[str, Value] = {
    "age": 9,
    "care_start": "2025-01-01",
    "placement_start": "2025-01-01",
    "placement_type": "U4",
    "legal_status": "C2",
    "legal_status_start": "2025-01-01",
}


def lateness(finding: Finding) -> int:
    return finding.amount if finding.status in ("late", "overdue") else 0


@pytest.mark.parametrize("timescale", SINGLE)
@given(start=days, first=days, second=days)
def test_what_is_done_later_is_never_less_late(
    timescale: str, start: date, first: date, second: date
) -> None:
    list_no, begin, end = SINGLE[timescale]
    start, first, second = sorted([start, first, second])
    early, late = (
        find(a_case(a_row(list_no, {begin: str(start), end: str(done)})), timescale)
        for done in (first, second)
    )

    assert lateness(early) <= lateness(late)
    assert "not_computable" not in (early.status, late.status)


@pytest.mark.parametrize("timescale", AGAIN)
@given(start=days, done=days, wait=st.integers(0, 400), more=st.integers(0, 400))
def test_what_waits_longer_is_never_less_overdue(
    timescale: str, start: date, done: date, wait: int, more: int
) -> None:
    """The same dates on a later list: no smaller delay, and never none again."""
    list_no, begin, end = AGAIN[timescale]
    start, done = sorted([start, done])
    values: dict[str, Value] = (CARE if list_no == 8 else {}) | {
        begin: str(start),
        end: str(done),
    }
    first = done + timedelta(days=wait)
    sooner, later = (
        find(a_case(a_row(list_no, values), as_at=str(day)), timescale)
        for day in (first, first + timedelta(days=more))
    )

    assert lateness(sooner) <= lateness(later)


@given(
    texts=st.lists(
        st.tuples(st.sampled_from(range(1, 12)), st.integers(0, 40), days), max_size=12
    )
)
def test_no_dates_whatever_stop_the_others(
    texts: list[tuple[int, int, date]],
) -> None:
    """Any date in any column: each timescale answers, and says it in a sentence."""
    records = []
    for number, (list_no, place, day) in enumerate(texts):
        keys = [c.key for c in columns(list_no) if c.type == "date"]
        values = {key: str(day) for key in keys[place % len(keys) :]}
        records.append(a_row(list_no, values, row=number + 2))

    findings = find_all(a_case(*records))

    assert [finding.timescale for finding in findings] == list(TIMESCALES)
    assert all(finding.sentence.endswith(".") for finding in findings)
    assert all(
        (finding.amount > 0) == bool(finding.unit)
        for finding in findings
        if finding.status in ("late", "overdue")
    )
