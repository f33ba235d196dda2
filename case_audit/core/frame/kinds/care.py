"""Children in care, those who left it lately, and care leavers."""

from __future__ import annotations

from typing import Final

from case_audit.core.frame.cohort import Attribute, Cohort, Exclusion, Flag, Window
from case_audit.core.frame.definition import MONTHS
from case_audit.core.frame.kinds.parts import (
    CASE,
    CHILD,
    CHOICE,
    FACT,
    STAFF,
    UASC,
    how_long_ago,
    how_many,
    months_open,
    same,
    shown,
    since,
)

_SHORT_BREAKS: Final = Exclusion(
    rule="short breaks only", key="legal_status", values=("V1", "V3", "V4")
)
_PLACED: Final = (
    same("need", "Category of need", "need"),
    same("legal_status", "Legal status", "legal_status"),
    same("placement_type", "Placement type", "placement_type"),
    same("placement_provider", "Placement provider", "placement_provider"),
    same("in_out", "In or out of the authority", "in_out", source="placement_location"),
    same("permanence_plan", "Permanence plan", "permanence_plan"),
    same("uasc", "Unaccompanied asylum-seeking child", "yes_no"),
    same("second_period", "Second period in care in 12 months", "yes_no"),
)

CIC: Final = Cohort(
    id="cic",
    label="Child in care",
    plural="Children in care",
    list_no=8,
    excluded=(Exclusion(rule="no longer in care", key="care_end"), _SHORT_BREAKS),
    begins="care_start",
    ends="care_end",
    latest_by=("care_start", "placement_start"),
    attributes=(
        *CASE,
        *_PLACED,
        since("care_start"),
        months_open("legal_status_start", key="months_in_status"),
        Attribute(
            key="urn",
            label="Registration number of the home recorded",
            source="placement_urn",
            derived="entered",
            codes="yes_no",
            fact=False,
        ),
        how_many("placements_band", "Placements, grouped", "placements_12m"),
        how_many("missing_band", "Missing episodes, grouped", "missing_12m"),
        how_long_ago("placed_band", "Time in this placement", "placement_start"),
        how_long_ago("visit_band", "Time since last visit", "last_visit"),
        shown("placements_12m", "Placements in 12 months"),
        shown("missing_12m", "Missing episodes in 12 months"),
        shown("absent_12m", "Absent episodes in 12 months"),
        shown("return_interview_offered", "Return interview offered", "yes_no"),
        shown("return_interview_accepted", "Return interview accepted", "yes_no"),
        shown("care_start", "In care since"),
        shown("legal_status_start", "Legal status since"),
        shown("placement_start", "In this placement since"),
        shown("last_visit", "Last social work visit"),
        shown("last_review", "Latest statutory review"),
        shown("last_iro_visit", "Last contact of the reviewing officer"),
        shown("last_health_assessment", "Last health assessment"),
        shown("last_dental_check", "Last dental check"),
    ),
    default_strata=("team",),
    useful_strata=("team", "legal_status", "placement_type", "in_out", "age_band"),
    flags=(
        Flag(
            key="risk_with_parents",
            label="Placed with parents",
            rule='placement_type == "P1"',
            words="in care and placed with parents (P1)",
            source=FACT,
        ),
        Flag(
            key="risk_unregistered",
            label="Possibly not registered",
            rule='placement_type in ("H5", "Z1") or urn == "no" and placement_type '
            'not in ("P1", "P2", "P3", "R1", "R2", "R5", "T0", "T1", "T2", "T3", "T4", '
            '"A3", "A4", "A5", "A6")',
            words="in semi-independent (H5) or other (Z1) accommodation, or no "
            "registration number is recorded, other than where SSDA903 wants none "
            "(P1 to P3, R1, R2, R5, T0 to T4) or with an adoptive family (A3 to A6)",
            source=CHOICE,
        ),
        Flag(
            key="risk_moves",
            label="Three or more placements",
            rule="placements_12m >= 3",
            words="three or more placements in 12 months",
            source="statistical measure of looked-after children (placement stability)",
        ),
        Flag(
            key="risk_missing",
            label="Went missing",
            rule="missing_12m >= 1",
            words="at least one missing episode in 12 months",
            source=FACT,
        ),
        UASC,
        Flag(
            key="risk_long_s20",
            label="Section 20 for more than 6 months",
            rule='legal_status == "V2" and months_in_status >= 6',
            words="accommodated under section 20 (V2) for more than 6 months",
            source=CHOICE,
        ),
    ),
)
CIC_CEASED: Final = Cohort(
    id="cic_ceased",
    label="Child who left care",
    plural="Children who left care lately",
    list_no=8,
    excluded=(_SHORT_BREAKS,),
    window=Window(
        key="care_end",
        earlier="left care before the window",
        without="still in care",
        always=True,
        months=MONTHS,
    ),
    begins="care_start",
    ends="care_end",
    latest_by=("care_end", "care_start", "placement_start"),
    episode="care_end",
    attributes=(
        *CASE,
        same("care_end_reason", "Reason for leaving care", "reason_ceased"),
        *_PLACED,
        shown("care_start", "In care from"),
        shown("care_end", "Left care on"),
        shown("placement_start", "In the last placement from"),
        shown("last_visit", "Last social work visit"),
        shown("last_review", "Latest statutory review"),
    ),
    default_strata=("care_end_reason",),
    useful_strata=("care_end_reason",),
    flags=(
        Flag(
            key="risk_unplanned_return",
            label="Unplanned return home",
            rule='care_end_reason == "E4B"',
            words="went home to parents in a way that was not planned (E4B)",
            source=FACT,
        ),
    ),
)
CARE_LEAVER: Final = Cohort(
    id="care_leaver",
    label="Care leaver",
    plural="Care leavers",
    list_no=9,
    latest_by=("last_contact", "last_pathway_plan"),
    attributes=(
        *STAFF,
        Attribute(
            key="leaver_age",
            label="Age group",
            source="date_of_birth",
            derived="leaver_age",
        ),
        *CHILD,
        same("eligibility", "Eligibility", "eligibility"),
        same("in_touch", "In touch", "in_touch"),
        same("accommodation", "Accommodation", "accommodation"),
        same("suitability", "Suitability of accommodation", "suitability"),
        same("activity", "Activity", "activity"),
        same("uasc", "Unaccompanied asylum-seeking child", "yes_no"),
        same("personal_adviser", "Personal adviser"),
        how_long_ago("contact_band", "Time since last contact", "last_contact"),
        how_long_ago("plan_band", "Time since pathway plan", "last_pathway_plan"),
        shown("last_pathway_plan", "Latest pathway plan"),
        shown("last_contact", "Latest contact"),
    ),
    default_strata=("eligibility",),
    useful_strata=("eligibility", "leaver_age", "team", "personal_adviser"),
    flags=(
        Flag(
            key="risk_not_in_touch",
            label="Not in touch",
            rule='in_touch == "no"',
            words="the authority is not in touch with the young person",
            source=FACT,
        ),
        Flag(
            key="risk_unsuitable",
            label="Unsuitable accommodation",
            rule='suitability == "unsuitable"',
            words="the list says the accommodation is unsuitable",
            source=FACT,
        ),
        Flag(
            key="risk_neet",
            label="Not in education, employment or training",
            rule='activity in ("G4", "G5", "G6")',
            words="not in education, employment or training (G4, G5, G6)",
            source=FACT,
        ),
        Flag(
            key="risk_custody",
            label="In custody",
            rule='accommodation == "X"',
            words="in custody (X)",
            source=FACT,
        ),
        UASC,
    ),
)
