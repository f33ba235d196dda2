"""Children for whom adoption was decided, and those who want to adopt."""

from __future__ import annotations

from typing import Final

from case_audit.core.frame.cohort import Attribute, Cohort, Flag
from case_audit.core.frame.kinds.parts import (
    DISABILITY,
    ETHNICITY,
    FACT,
    GENDER,
    PERSON,
    family,
    same,
    shown,
)

ADOPTION: Final = Cohort(
    id="adoption",
    label="Child with an adoption decision",
    plural="Children with an adoption decision",
    list_no=10,
    begins="adoption_decision",
    latest_by=("adoption_decision",),
    attributes=(
        Attribute(key="stage", label="Stage", derived="adoption_stage"),
        *PERSON,
        *DISABILITY,
        family("family_id"),
        Attribute(
            key="reversed",
            label="Decision reversed",
            source="decision_reversed",
            derived="entered",
            codes="yes_no",
        ),
        shown("care_start", "Entered care"),
        shown("adoption_decision", "Decision for adoption"),
        shown("placement_order", "Placement order"),
        shown("matching", "Matched"),
        shown("placed", "Placed"),
        shown("adoption_order", "Adoption order"),
        shown("decision_reversed", "Decision reversed on"),
        shown("reversal_reason", "Reason for the reversal", "rd_reason"),
        shown("fostering_for_adoption", "Fostering for adoption from"),
    ),
    default_strata=("stage",),
    useful_strata=("stage",),
    flags=(
        Flag(
            key="risk_reversed",
            label="Decision reversed",
            rule='reversed == "yes"',
            words="it was decided that the child should no longer be placed for "
            "adoption",
            source=FACT,
        ),
    ),
)
ADOPTERS: Final = Cohort(
    id="adopters",
    label="Adopter household",
    plural="Adopter households",
    list_no=11,
    begins="enquiry",
    latest_by=("enquiry",),
    household="family_id",
    repeats="another row of the same household",
    attributes=(
        Attribute(key="stage", label="Stage", derived="adopter_stage"),
        GENDER,
        *ETHNICITY,
        *DISABILITY,
        family("family_id"),
        same("fostering_for_adoption", "Fostering for adoption", "yes_no"),
        shown("enquiry", "Enquiry"),
        shown("stage1_start", "Stage 1 started"),
        shown("stage1_end", "Stage 1 ended"),
        shown("stage2_start", "Stage 2 started"),
        shown("stage2_end", "Stage 2 ended"),
        shown("application", "Application"),
        shown("approval", "Approval"),
        shown("matching", "Matched"),
        shown("placed", "Child placed"),
        shown("children_placed", "Children placed"),
        shown("adoption_order", "Adoption order"),
        shown("leaving", "Left the process"),
        shown("leaving_reason", "Reason for leaving", "adopter_leaving"),
    ),
    default_strata=("stage",),
    useful_strata=("stage",),
)
