"""Children in need and on child protection plans, now and until lately."""

from __future__ import annotations

from typing import Final

from case_audit.core.frame.cohort import Attribute, Cohort, Exclusion, Flag, Window
from case_audit.core.frame.definition import MONTHS
from case_audit.core.frame.kinds.parts import (
    CASE,
    CHOICE,
    FACT,
    how_long_ago,
    how_many,
    months_open,
    same,
    shown,
    since,
)

IN_CARE: Final = "in care"
ON_A_PLAN: Final = "on a child protection plan"
CLOSED: Final = "closed_episode"

_NEED: Final = same("need", "Primary need", "need")
_CATEGORY: Final = same(
    "category", "Category of abuse", "abuse_category", source="latest_category"
)


def _lasted(start: str, end: str, *, label: str) -> Attribute:
    return Attribute(
        key="months_lasted",
        label=label,
        source=start,
        until=end,
        derived="months_lasted",
        stratum=False,
        fact=False,
    )


CIN: Final = Cohort(
    id="cin",
    label="Child in need",
    plural="Children in need",
    list_no=6,
    excluded=(
        Exclusion(rule="case closed", key="cin_end"),
        Exclusion(rule="case closed", key="case_status", values=(CLOSED,)),
        Exclusion(rule=IN_CARE, key="case_status", values=("looked_after",)),
        Exclusion(rule=ON_A_PLAN, key="case_status", values=("child_protection_plan",)),
        Exclusion(
            rule="open assessment", key="case_status", values=("open_assessment",)
        ),
    ),
    begins="cin_start",
    ends="cin_end",
    latest_by=("cin_start",),
    attributes=(
        *CASE,
        _NEED,
        since("cin_start"),
        months_open("cin_start"),
        how_long_ago("seen_band", "Time since last seen", "last_seen"),
        Attribute(
            key="days_since_seen",
            label="Days since last seen",
            source="last_seen",
            derived="days_since",
            stratum=False,
            fact=False,
        ),
        shown("case_status", "Case status", "case_status"),
        shown("cin_start", "Child in need since"),
        shown("last_seen", "Last seen"),
    ),
    default_strata=("team",),
    useful_strata=("team", "need", "age_band", "time_open"),
    flags=(
        Flag(
            key="risk_not_seen",
            label="Not seen for more than 30 days",
            rule="days_since_seen > 30",
            words="last seen more than 30 days before the date of the list",
            source=CHOICE,
        ),
        Flag(
            key="risk_disability",
            label="Disabled child",
            rule='disability == "yes"',
            words="the list says the child has a disability",
            source=FACT,
        ),
        Flag(
            key="risk_long_open",
            label="In need for more than 12 months",
            rule="months_open >= 12",
            words="a child in need for more than 12 months",
            source=CHOICE,
        ),
    ),
)
CIN_CLOSED: Final = Cohort(
    id="cin_closed",
    label="Closed case of a child in need",
    plural="Children in need, closed lately",
    list_no=6,
    excluded=(
        Exclusion(
            rule="closed, on what day is not known",
            key="case_status",
            values=(CLOSED,),
            unless="cin_end",
        ),
    ),
    window=Window(
        key="cin_end",
        earlier="closed before the window",
        without="still open",
        always=True,
        months=MONTHS,
    ),
    begins="cin_start",
    ends="cin_end",
    latest_by=("cin_end", "cin_start"),
    episode="cin_end",
    attributes=(
        *CASE,
        same("closure_reason", "Reason for closure", "closure_reason"),
        _NEED,
        _lasted("cin_start", "cin_end", label="Whole months in need"),
        Attribute(
            key="s47_before_closure",
            label="Section 47 enquiry before the closure",
            source="cin_end",
            derived="s47_before",
            codes="yes_no",
            fact=False,
        ),
        shown("case_status", "Case status", "case_status"),
        shown("cin_start", "Child in need from"),
        shown("cin_end", "Closed on"),
        shown("last_seen", "Last seen"),
    ),
    default_strata=("closure_reason",),
    useful_strata=("closure_reason",),
    flags=(
        Flag(
            key="risk_closed_after_s47",
            label="Closed after assessment, with an enquiry before",
            rule='closure_reason in ("RC8", "RC9") and s47_before_closure == "yes"',
            words="closed after assessment (RC8 or RC9), though a section 47 enquiry "
            "on list 5 began on or before the day of closure",
            source=CHOICE,
        ),
    ),
)
CP: Final = Cohort(
    id="cp",
    label="Child on a child protection plan",
    plural="Children on child protection plans",
    list_no=7,
    excluded=(Exclusion(rule="plan ended", key="plan_end"),),
    begins="plan_start",
    ends="plan_end",
    latest_by=("plan_start",),
    attributes=(
        *CASE,
        _CATEGORY,
        since("plan_start"),
        months_open("plan_start"),
        same("emergency_protection", "Emergency protection in 6 months", "yes_no"),
        same("seen_alone", "Seen alone", "yes_no"),
        how_many("plans_band", "Earlier plans, grouped", "previous_plans"),
        how_long_ago("visit_band", "Time since last visit", "last_visit"),
        shown("initial_category", "First category of abuse", "abuse_category"),
        shown("previous_plans", "Earlier plans"),
        shown("plan_start", "Plan started"),
        shown("last_visit", "Last statutory visit"),
        shown("last_review", "Latest review conference"),
    ),
    default_strata=("team",),
    useful_strata=("team", "category", "time_open"),
    flags=(
        Flag(
            key="risk_repeat_plan",
            label="Second or later plan",
            rule="previous_plans >= 1",
            words="at least one earlier child protection plan",
            source=FACT,
        ),
        Flag(
            key="risk_long_plan",
            label="Plan of more than 15 months",
            rule="months_open >= 15",
            words="on this plan for more than 15 months",
            source=CHOICE,
        ),
        Flag(
            key="risk_emergency",
            label="Emergency protection",
            rule='emergency_protection == "yes"',
            words="subject to an emergency protection order or police protection in "
            "six months",
            source=FACT,
        ),
        Flag(
            key="risk_not_alone",
            label="Not seen alone",
            rule='seen_alone == "no"',
            words="not seen alone at the last statutory visit",
            source=FACT,
        ),
    ),
)
CP_ENDED: Final = Cohort(
    id="cp_ended",
    label="Ended child protection plan",
    plural="Child protection plans, ended lately",
    list_no=7,
    window=Window(
        key="plan_end",
        earlier="plan ended before the window",
        without="plan still open",
        always=True,
        months=MONTHS,
    ),
    begins="plan_start",
    ends="plan_end",
    latest_by=("plan_end", "plan_start"),
    episode="plan_end",
    attributes=(
        *CASE,
        _CATEGORY,
        _lasted("plan_start", "plan_end", label="Whole months on the plan"),
        how_many("plans_band", "Earlier plans, grouped", "previous_plans"),
        shown("initial_category", "First category of abuse", "abuse_category"),
        shown("previous_plans", "Earlier plans"),
        shown("plan_start", "Plan started"),
        shown("plan_end", "Plan ended"),
        shown("last_visit", "Last statutory visit"),
        shown("last_review", "Latest review conference"),
    ),
    default_strata=("category",),
    useful_strata=("category",),
    flags=(
        Flag(
            key="risk_short_plan",
            label="Plan of less than 4 months",
            rule="months_lasted < 4",
            words="the plan ended less than 4 months after it began",
            source=CHOICE,
        ),
    ),
)
