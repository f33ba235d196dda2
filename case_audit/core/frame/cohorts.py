"""The cohorts: which list each comes from, who is in it, and what is known.

Cohorts are data. `build` turns records into frames by them.

The Annex A lists of adoptions (10) and adopters (11) have no cohort: their
units are matches and households, for which no rubric exists yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Derivation = Literal[
    "value",
    "ethnic_group",
    "age",
    "age_band",
    "leaver_age",
    "time_open",
    "source_group",
    "filled",
]
"""How an attribute comes from its column; see `attributes`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """Something known of every unit of a cohort.

    Attributes:
        key: Its name in `FrameUnit.attributes`.
        label: Plain words for screens and documents.
        source: Key of the list's column that it comes from.
        derived: How it comes from there.
        codes: Code list of its values, where they are ids of one.
        stratum: Whether frames can be stratified by it; the others are shown.
    """

    key: str
    label: str
    source: str
    derived: Derivation = "value"
    codes: str = ""
    stratum: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """A reason why a row of the list is not in the frame.

    Attributes:
        rule: The reason in words, as it is counted and printed.
        key: Column that decides.
        values: Ids that exclude; empty means: a date, and it has been reached.
    """

    rule: str
    key: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """A kind of unit that can be drawn.

    Attributes:
        id: Short name, as in ``--cohort``.
        label: One such case, in words.
        plural: Many such cases, in words.
        list_no: Number of the Annex A list that it comes from.
        excluded: Rows that are not in the frame, first match first. Where it is
            empty, every row of the list's period counts.
        begins: Date column of the start; rows that start after the date of the
            list are left out. Empty where the list has no start.
        latest_by: Date columns that say which of a child's rows is the latest.
        attributes: What is known of each unit.
        default_strata: Attributes by which it is stratified unless said
            otherwise.
    """

    id: str
    label: str
    plural: str
    list_no: int
    excluded: tuple[Exclusion, ...] = ()
    begins: str = ""
    latest_by: tuple[str, ...]
    attributes: tuple[Attribute, ...]
    default_strata: tuple[str, ...]


EARLIER_EPISODE: Final = "earlier episode of the same child"
NOT_YET_BEGUN: Final = "begins after the date of the list"
IN_CARE: Final = "in care"
ON_A_PLAN: Final = "on a child protection plan"
CHILD_IN_NEED: Final = "child in need"

PRECEDENCE: Final = (("cic", IN_CARE), ("cp", ON_A_PLAN), ("cin", CHILD_IN_NEED))
"""Cohorts that take a child out of those after them, with the rule's words;
after them comes ``assessment``. So each child is drawn for one of the four."""
LAST_IN_PRECEDENCE: Final = "assessment"


def _shown(key: str, label: str, codes: str = "") -> Attribute:
    return Attribute(key=key, label=label, source=key, codes=codes, stratum=False)


def _same(key: str, label: str, codes: str = "", *, source: str = "") -> Attribute:
    return Attribute(key=key, label=label, source=source or key, codes=codes)


def _since(start: str) -> Attribute:
    return Attribute(
        key="time_open", label="Time since start", source=start, derived="time_open"
    )


def _from_source(key: str) -> tuple[Attribute, ...]:
    group = Attribute(
        key="source_group", label="Source", source=key, derived="source_group"
    )
    return group, _shown(key, "Source in full", "contact_source")


_PERSON: Final = (
    Attribute(
        key="age_band", label="Age band", source="date_of_birth", derived="age_band"
    ),
    _same("gender", "Gender", "gender"),
    Attribute(
        key="ethnic_group",
        label="Ethnic group",
        source="ethnicity",
        derived="ethnic_group",
    ),
    Attribute(
        key="age", label="Age", source="date_of_birth", derived="age", stratum=False
    ),
    _shown("ethnicity", "Ethnicity", "ethnicity"),
    Attribute(key="unborn", label="Not yet born", source="unborn", codes="yes_no"),
)
_DISABILITY: Final = (_same("disability", "Disability", "yes_no"),)
_STAFF: Final = (_same("team", "Team"), _same("worker", "Worker"))

_CONTACT: Final = Cohort(
    id="contact",
    label="Contact",
    plural="Contacts",
    list_no=1,
    begins="contact_date",
    latest_by=("contact_date",),
    attributes=(
        *_from_source("contact_source"),
        *_PERSON,
        _shown("contact_date", "Date of contact"),
    ),
    default_strata=("source_group",),
)
_EARLY_HELP: Final = Cohort(
    id="early_help",
    label="Early help assessment",
    plural="Early help assessments",
    list_no=2,
    begins="assessment_start",
    latest_by=("assessment_start", "assessment_end"),
    attributes=(
        _same("organisation", "Organisation"),
        *_PERSON,
        Attribute(
            key="completed",
            label="Assessment completed",
            source="assessment_end",
            derived="filled",
            codes="yes_no",
        ),
        _since("assessment_start"),
        _shown("assessment_start", "Assessment started"),
        _shown("assessment_end", "Assessment completed on"),
    ),
    default_strata=("age_band",),
)
_REFERRAL: Final = Cohort(
    id="referral",
    label="Referral",
    plural="Referrals",
    list_no=3,
    begins="referral_date",
    latest_by=("referral_date",),
    attributes=(
        *_STAFF,
        *_from_source("referral_source"),
        _same("referral_nfa", "No further action", "yes_no"),
        *_PERSON,
        _shown("referrals_12m", "Earlier referrals in 12 months"),
        _shown("referral_date", "Date of referral"),
    ),
    default_strata=("team",),
)
_ASSESSMENT: Final = Cohort(
    id="assessment",
    label="Assessment",
    plural="Assessments",
    list_no=4,
    begins="assessment_start",
    latest_by=("assessment_start", "assessment_authorised"),
    attributes=(
        *_STAFF,
        *_PERSON,
        *_DISABILITY,
        Attribute(
            key="completed",
            label="Assessment authorised",
            source="assessment_authorised",
            derived="filled",
            codes="yes_no",
        ),
        _same("support_required", "Support required", "yes_no"),
        _same("child_seen", "Child seen", "yes_no"),
        _shown("assessment_start", "Assessment started"),
        _shown("assessment_authorised", "Assessment authorised on"),
    ),
    default_strata=("team",),
)
_S47: Final = Cohort(
    id="s47",
    label="Section 47 enquiry",
    plural="Section 47 enquiries",
    list_no=5,
    begins="strategy_date",
    latest_by=("strategy_date", "icpc_date"),
    attributes=(
        *_STAFF,
        *_PERSON,
        *_DISABILITY,
        _same("icpc_unnecessary", "Conference deemed unnecessary", "yes_no"),
        _same("icpc_plan", "Conference led to a plan", "yes_no"),
        _shown("s47_12m", "Earlier enquiries in 12 months"),
        _shown("icpc_12m", "Earlier conferences in 12 months"),
        _shown("strategy_date", "Strategy discussion"),
        _shown("icpc_date", "Initial conference"),
    ),
    default_strata=("team",),
)
_CIN: Final = Cohort(
    id="cin",
    label="Child in need",
    plural="Children in need",
    list_no=6,
    excluded=(
        Exclusion(rule="case closed", key="cin_end"),
        Exclusion(rule="case closed", key="case_status", values=("closed_episode",)),
        Exclusion(rule=IN_CARE, key="case_status", values=("looked_after",)),
        Exclusion(rule=ON_A_PLAN, key="case_status", values=("child_protection_plan",)),
        Exclusion(
            rule="open assessment", key="case_status", values=("open_assessment",)
        ),
    ),
    begins="cin_start",
    latest_by=("cin_start",),
    attributes=(
        *_STAFF,
        *_PERSON,
        *_DISABILITY,
        _same("need", "Primary need", "need"),
        _since("cin_start"),
        _shown("case_status", "Case status", "case_status"),
        _shown("cin_start", "Child in need since"),
        _shown("last_seen", "Last seen"),
    ),
    default_strata=("team",),
)
_CP: Final = Cohort(
    id="cp",
    label="Child on a child protection plan",
    plural="Children on child protection plans",
    list_no=7,
    excluded=(Exclusion(rule="plan ended", key="plan_end"),),
    begins="plan_start",
    latest_by=("plan_start",),
    attributes=(
        *_STAFF,
        *_PERSON,
        *_DISABILITY,
        _same(
            "category", "Category of abuse", "abuse_category", source="latest_category"
        ),
        _since("plan_start"),
        _same("emergency_protection", "Emergency protection in 6 months", "yes_no"),
        _same("seen_alone", "Seen alone", "yes_no"),
        _shown("initial_category", "First category of abuse", "abuse_category"),
        _shown("previous_plans", "Earlier plans"),
        _shown("plan_start", "Plan started"),
        _shown("last_visit", "Last statutory visit"),
        _shown("last_review", "Latest review conference"),
    ),
    default_strata=("team",),
)
_CIC: Final = Cohort(
    id="cic",
    label="Child in care",
    plural="Children in care",
    list_no=8,
    excluded=(
        Exclusion(rule="no longer in care", key="care_end"),
        Exclusion(
            rule="short breaks only", key="legal_status", values=("V1", "V3", "V4")
        ),
    ),
    begins="care_start",
    latest_by=("care_start", "placement_start"),
    attributes=(
        *_STAFF,
        *_PERSON,
        *_DISABILITY,
        _same("need", "Category of need", "need"),
        _same("legal_status", "Legal status", "legal_status"),
        _same("placement_type", "Placement type", "placement_type"),
        _same("placement_provider", "Placement provider", "placement_provider"),
        _same(
            "in_out",
            "In or out of the authority",
            "in_out",
            source="placement_location",
        ),
        _same("permanence_plan", "Permanence plan", "permanence_plan"),
        _same("uasc", "Unaccompanied asylum-seeking child", "yes_no"),
        _same("second_period", "Second period in care in 12 months", "yes_no"),
        _since("care_start"),
        _shown("placements_12m", "Placements in 12 months"),
        _shown("missing_12m", "Missing episodes in 12 months"),
        _shown("absent_12m", "Absent episodes in 12 months"),
        _shown("return_interview_offered", "Return interview offered", "yes_no"),
        _shown("return_interview_accepted", "Return interview accepted", "yes_no"),
        _shown("care_start", "In care since"),
        _shown("legal_status_start", "Legal status since"),
        _shown("placement_start", "In this placement since"),
        _shown("last_visit", "Last social work visit"),
        _shown("last_review", "Latest statutory review"),
        _shown("last_iro_visit", "Last contact of the reviewing officer"),
        _shown("last_health_assessment", "Last health assessment"),
        _shown("last_dental_check", "Last dental check"),
    ),
    default_strata=("team",),
)
_CARE_LEAVER: Final = Cohort(
    id="care_leaver",
    label="Care leaver",
    plural="Care leavers",
    list_no=9,
    latest_by=("last_contact", "last_pathway_plan"),
    attributes=(
        *_STAFF,
        Attribute(
            key="leaver_age",
            label="Age group",
            source="date_of_birth",
            derived="leaver_age",
        ),
        *_PERSON,
        *_DISABILITY,
        _same("eligibility", "Eligibility", "eligibility"),
        _same("in_touch", "In touch", "in_touch"),
        _same("accommodation", "Accommodation", "accommodation"),
        _same("suitability", "Suitability of accommodation", "suitability"),
        _same("activity", "Activity", "activity"),
        _same("uasc", "Unaccompanied asylum-seeking child", "yes_no"),
        _same("personal_adviser", "Personal adviser"),
        _shown("last_pathway_plan", "Latest pathway plan"),
        _shown("last_contact", "Latest contact"),
    ),
    default_strata=("eligibility",),
)

COHORTS: Final = (
    *(_CONTACT, _EARLY_HELP, _REFERRAL, _ASSESSMENT, _S47),
    *(_CIN, _CP, _CIC, _CARE_LEAVER),
)
"""Every cohort, in the order of a child's journey."""


def cohort(cohort_id: str) -> Cohort:
    """Return a cohort by its id.

    Raises:
        KeyError: If there is none.
    """
    for found in COHORTS:
        if found.id == cohort_id:
            return found
    raise KeyError(cohort_id)
