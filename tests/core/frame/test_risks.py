"""Signs of risk: yes, no, or not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from recorded import frame_of, row

from case_audit.core.frame.cohorts import cohort

if TYPE_CHECKING:
    from case_audit.core.frame.model import Record, Value


def signs(cohort_id: str, *others: Record, **values: Value) -> dict[str, str]:
    """The signs of one unit, without the beginning that all have."""
    one = cohort(cohort_id)
    frame = frame_of(cohort_id, [row(one.list_no, "1", **values), *others])
    attributes = frame.units[0].attributes
    keys = ["risks", *(flag.key for flag in one.flags)]
    return {
        key.removeprefix("risk_"): attributes[key] for key in keys if key in attributes
    }


def test_signs_of_contacts_and_referrals() -> None:
    again = row(1, "1", 3, contact_date="2026-01-01")

    assert signs("contact", contact_source="6") == {
        "risks": "1",
        "police": "yes",
        "repeat": "no",
    }
    assert signs("contact", again, contact_date="2026-02-01") == {
        "risks": "1",
        "repeat": "yes",
    }
    assert signs("referral", referral_nfa="yes", referrals_12m=1) == {
        "risks": "1",
        "nfa_again": "yes",
    }
    assert signs("referral", referral_nfa="no") == {"risks": "0", "nfa_again": "no"}
    assert signs("referral", referral_nfa="yes") == {}


def test_a_column_that_nobody_filled_is_not_a_no() -> None:
    """A sign that needs it is not known; it does not clear the case."""
    old = {"assessment_start": "2024-01-01"}
    other = row(2, "2", assessment_start="2026-01-01", assessment_end="2026-02-01")

    assert signs("early_help", **old) == {}
    assert signs("early_help", other, **old) == {"risks": "1", "long_open": "yes"}
    assert signs("adoption", adoption_decision="2026-01-01") == {}
    assert "unregistered" not in signs("cic", placement_type="K2")


@pytest.mark.parametrize(
    ("authorised", "late"), [("2026-03-09", "no"), ("2026-03-10", "yes")]
)
def test_an_assessment_is_late_after_45_working_days(
    authorised: str, late: str
) -> None:
    """5 January 2026 is a Monday: nine weeks later, 9 March, is day 45."""
    found = signs(
        "assessment",
        assessment_start="2026-01-05",
        assessment_authorised=authorised,
        child_seen="no",
        support_required="yes",
    )

    assert found == {
        "risks": "2" if late == "yes" else "1",
        "late": late,
        "not_seen": "yes",
        "no_support": "no",
    }


def test_an_assessment_that_is_open_too_long_is_late_too() -> None:
    assert signs("assessment", assessment_start="2026-01-05") == {
        "risks": "1",
        "late": "yes",
    }


def test_signs_of_enquiries() -> None:
    """The list counts earlier enquiries, so one earlier makes two."""
    assert signs("s47", s47_12m=1, icpc_unnecessary="yes") == {
        "risks": "2",
        "repeat": "yes",
        "no_conference": "yes",
    }
    assert signs("s47", s47_12m=0) == {"risks": "0", "repeat": "no"}


@pytest.mark.parametrize(
    ("seen", "start", "found"),
    [
        ("2026-03-01", "2025-03-31", {"not_seen": "no", "long_open": "no"}),
        ("2026-02-28", "2025-03-30", {"not_seen": "yes", "long_open": "yes"}),
    ],
)
def test_more_than_30_days_and_more_than_12_months(
    seen: str, start: str, found: dict[str, str]
) -> None:
    """Thirty days and twelve months to the day are not more."""
    told = signs("cin", last_seen=seen, cin_start=start, disability="no")

    assert {key: told[key] for key in found} == found
    assert told["disability"] == "no"


@pytest.mark.parametrize(
    ("reason", "enquiry", "found"),
    [
        ("RC8", "2026-01-01", {"risks": "1", "closed_after_s47": "yes"}),
        ("RC8", "2026-02-02", {"risks": "0", "closed_after_s47": "no"}),
        ("RC1", "2026-01-01", {"risks": "0", "closed_after_s47": "no"}),
        ("RC9", None, {}),
    ],
)
def test_closed_after_an_enquiry(
    reason: str, enquiry: str | None, found: dict[str, str]
) -> None:
    """Without a list of enquiries nothing is known of them."""
    others = [row(5, "1", strategy_date=enquiry)] if enquiry else []

    told = signs("cin_closed", *others, cin_end="2026-02-01", closure_reason=reason)

    assert told == found


def test_signs_of_child_protection() -> None:
    assert signs(
        "cp",
        plan_start="2024-12-30",
        previous_plans=1,
        emergency_protection="yes",
        seen_alone="no",
    ) == {
        "risks": "4",
        **dict.fromkeys(("repeat_plan", "long_plan", "emergency", "not_alone"), "yes"),
    }
    assert signs("cp", plan_start="2024-12-31") == {"risks": "0", "long_plan": "no"}
    for end, short in (("2026-03-14", "yes"), ("2026-03-15", "no")):
        told = signs("cp_ended", plan_start="2025-11-15", plan_end=end)
        assert told["short_plan"] == short


def test_signs_of_children_in_care() -> None:
    other = row(8, "2", placement_urn="SC1")

    assert signs(
        "cic",
        other,
        placement_type="K2",
        placements_12m=3,
        missing_12m=1,
        uasc="yes",
        legal_status="V2",
        legal_status_start="2025-09-30",
    ) == {
        "risks": "5",
        "with_parents": "no",
        **dict.fromkeys(("unregistered", "moves", "missing", "uasc"), "yes"),
        "long_s20": "yes",
    }
    assert signs("cic", other, placement_type="P1")["unregistered"] == "no"
    assert signs("cic", other, placement_type="R5")["unregistered"] == "no"
    assert signs("cic", other, placement_type="A4")["unregistered"] == "no"
    assert signs("cic", other, placement_type="Z1")["unregistered"] == "yes"
    assert signs("cic", placement_type="H5")["unregistered"] == "yes"
    assert "unregistered" not in signs("cic", placement_type="K2")
    assert signs("cic_ceased", care_end="2026-01-01", care_end_reason="E4B") == {
        "risks": "1",
        "unplanned_return": "yes",
    }


def test_signs_of_care_leavers_and_adoption() -> None:
    assert (
        signs(
            "care_leaver",
            in_touch="no",
            suitability="unsuitable",
            activity="G5",
            accommodation="X",
            uasc="yes",
        )["risks"]
        == "5"
    )
    assert signs(
        "adoption", adoption_decision="2025-01-01", decision_reversed="2026-01-01"
    ) == {"risks": "1", "reversed": "yes"}
