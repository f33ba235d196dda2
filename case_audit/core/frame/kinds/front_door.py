"""Contacts, early help, referrals, assessments and section 47 enquiries."""

from __future__ import annotations

from typing import Final

from case_audit.core.frame.cohort import Attribute, Cohort, Flag, Window
from case_audit.core.frame.kinds.parts import (
    CASE,
    CHOICE,
    FACT,
    FAMILY,
    PERSON,
    STAFF,
    filled,
    from_source,
    how_many,
    months_open,
    same,
    shown,
    since,
)

LISTED: Final = Attribute(
    key="times_listed",
    label="Rows of the child on the list",
    derived="listed",
    fact=False,
)

CONTACT: Final = Cohort(
    id="contact",
    label="Contact",
    plural="Contacts",
    list_no=1,
    begins="contact_date",
    window=Window(
        key="contact_date",
        earlier="contact before the window",
        without="on what day is not known",
    ),
    latest_by=("contact_date",),
    episode="contact_date",
    attributes=(
        *from_source("contact_source"),
        *PERSON,
        *FAMILY,
        LISTED,
        shown("contact_date", "Date of contact"),
    ),
    default_strata=("source_group",),
    useful_strata=("source_group", "age_band", "ethnic_group"),
    flags=(
        Flag(
            key="risk_police",
            label="From the police",
            rule='contact_source == "6"',
            words="the police made the contact, often about domestic abuse: the list "
            "does not say what it was about",
            source=CHOICE,
        ),
        Flag(
            key="risk_repeat",
            label="More than one contact",
            rule="times_listed >= 2",
            words="the child is on the list of contacts at least twice",
            source=FACT,
        ),
    ),
)
EARLY_HELP: Final = Cohort(
    id="early_help",
    label="Early help assessment",
    plural="Early help assessments",
    list_no=2,
    begins="assessment_start",
    ends="assessment_end",
    window=Window(key="assessment_end", earlier="completed before the window"),
    latest_by=("assessment_start", "assessment_end"),
    episode="assessment_start",
    attributes=(
        same("organisation", "Organisation"),
        *PERSON,
        *FAMILY,
        filled("completed", "Assessment completed", "assessment_end"),
        since("assessment_start"),
        months_open("assessment_start"),
        shown("assessment_start", "Assessment started"),
        shown("assessment_end", "Assessment completed on"),
    ),
    default_strata=("age_band",),
    useful_strata=("organisation", "age_band"),
    flags=(
        Flag(
            key="risk_long_open",
            label="Open for more than 12 months",
            rule='completed == "no" and months_open >= 12',
            words="not completed, and begun more than 12 months before the date of "
            "the list",
            source=CHOICE,
        ),
    ),
)
REFERRAL: Final = Cohort(
    id="referral",
    label="Referral",
    plural="Referrals",
    list_no=3,
    begins="referral_date",
    latest_by=("referral_date",),
    episode="referral_date",
    attributes=(
        *STAFF,
        *from_source("referral_source"),
        same("referral_nfa", "No further action", "yes_no"),
        *PERSON,
        *FAMILY,
        how_many("referrals_band", "Earlier referrals, grouped", "referrals_12m"),
        shown("referrals_12m", "Earlier referrals in 12 months"),
        shown("referral_date", "Date of referral"),
    ),
    default_strata=("team",),
    useful_strata=("source_group", "referral_nfa", "team"),
    flags=(
        Flag(
            key="risk_nfa_again",
            label="No further action after an earlier referral",
            rule='referral_nfa == "yes" and referrals_12m >= 1',
            words="no further action, though there was at least one earlier referral "
            "in 12 months",
            source=CHOICE,
        ),
    ),
)
ASSESSMENT: Final = Cohort(
    id="assessment",
    label="Assessment",
    plural="Assessments",
    list_no=4,
    begins="assessment_start",
    ends="assessment_authorised",
    window=Window(
        key="assessment_authorised",
        earlier="authorised before the window",
        without="not yet authorised",
    ),
    latest_by=("assessment_start", "assessment_authorised"),
    episode="assessment_start",
    attributes=(
        *CASE,
        filled("completed", "Assessment authorised", "assessment_authorised"),
        same("support_required", "Support required", "yes_no"),
        same("child_seen", "Child seen", "yes_no"),
        Attribute(
            key="working_days",
            label="Working days so far or to authorisation",
            source="assessment_start",
            until="assessment_authorised",
            derived="working_days",
            stratum=False,
            fact=False,
        ),
        shown("assessment_start", "Assessment started"),
        shown("assessment_authorised", "Assessment authorised on"),
    ),
    default_strata=("team",),
    useful_strata=("team", "worker", "support_required", "disability"),
    flags=(
        Flag(
            key="risk_late",
            label="More than 45 working days",
            rule="working_days > 45",
            words="more than 45 working days from the start to the authorisation, or "
            "to the date of the list where it is not authorised",
            source="Working Together 2023: at most 45 working days",
        ),
        Flag(
            key="risk_not_seen",
            label="Child not seen",
            rule='child_seen == "no"',
            words="the child was not seen during the assessment",
            source=FACT,
        ),
        Flag(
            key="risk_no_support",
            label="Assessed as needing no support",
            rule='support_required == "no"',
            words="the assessment ended without social care support",
            source=FACT,
        ),
    ),
)
S47: Final = Cohort(
    id="s47",
    label="Section 47 enquiry",
    plural="Section 47 enquiries",
    list_no=5,
    begins="strategy_date",
    latest_by=("strategy_date", "icpc_date"),
    episode="strategy_date",
    attributes=(
        *CASE,
        same("icpc_unnecessary", "Conference deemed unnecessary", "yes_no"),
        same("icpc_plan", "Conference led to a plan", "yes_no"),
        how_many("s47_band", "Earlier enquiries, grouped", "s47_12m"),
        shown("s47_12m", "Earlier enquiries in 12 months"),
        shown("icpc_12m", "Earlier conferences in 12 months"),
        shown("strategy_date", "Strategy discussion"),
        shown("icpc_date", "Initial conference"),
    ),
    default_strata=("team",),
    useful_strata=("team", "icpc_unnecessary", "icpc_plan"),
    flags=(
        Flag(
            key="risk_repeat",
            label="Two or more enquiries in 12 months",
            rule="s47_12m >= 1",
            words="at least one earlier enquiry in 12 months, so two or more with "
            "this one: the list counts earlier ones only",
            source=FACT,
        ),
        Flag(
            key="risk_no_conference",
            label="No conference",
            rule='icpc_unnecessary == "yes"',
            words="an initial child protection conference was deemed unnecessary",
            source=FACT,
        ),
    ),
)
