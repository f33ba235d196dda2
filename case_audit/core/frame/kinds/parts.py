"""What several cohorts have in common."""

from __future__ import annotations

from typing import Final

from case_audit.core.frame.cohort import Attribute, Flag

CHOICE: Final = "a sign chosen for this program; no statutory limit"
"""The source of flags that no rule demands."""
FACT: Final = "a fact of the list"
"""The source of flags that repeat what the list says."""


def shown(key: str, label: str, codes: str = "") -> Attribute:
    """Return an attribute that is shown, and not stratified by."""
    return Attribute(key=key, label=label, source=key, codes=codes, stratum=False)


def same(key: str, label: str, codes: str = "", *, source: str = "") -> Attribute:
    """Return an attribute that is its column."""
    return Attribute(key=key, label=label, source=source or key, codes=codes)


def filled(key: str, label: str, source: str) -> Attribute:
    """Return an attribute that says whether a column has an entry."""
    return Attribute(
        key=key, label=label, source=source, derived="filled", codes="yes_no"
    )


def since(start: str) -> Attribute:
    """Return how long ago a case began, in bands."""
    return Attribute(
        key="time_open", label="Time since start", source=start, derived="time_open"
    )


def months_open(start: str, until: str = "", *, key: str = "months_open") -> Attribute:
    """Return the whole months that had passed the day before the list's date.

    So ``months_open >= 12`` is "for more than 12 months".
    """
    return Attribute(
        key=key,
        label="Whole months passed" if key == "months_open" else "Whole months so",
        source=start,
        until=until,
        derived="months_open",
        stratum=False,
        fact=False,
    )


def how_many(key: str, label: str, source: str) -> Attribute:
    """Return a count in bands."""
    return Attribute(
        key=key, label=label, source=source, derived="count_band", fact=False
    )


def how_long_ago(key: str, label: str, source: str) -> Attribute:
    """Return how long ago something happened, in bands."""
    return Attribute(key=key, label=label, source=source, derived="recency", fact=False)


def from_source(key: str) -> tuple[Attribute, ...]:
    """Return who made a contact or referral, in groups and in full."""
    group = Attribute(
        key="source_group", label="Source", source=key, derived="source_group"
    )
    return group, shown(key, "Source in full", "contact_source")


def family(source: str = "") -> Attribute:
    """Return the group of brothers and sisters, from the extra columns or the list."""
    return Attribute(
        key="family",
        label="Family or sibling group",
        source=source,
        derived="family",
        fact=False,
    )


GENDER: Final = same("gender", "Gender", "gender")
ETHNICITY: Final = (
    Attribute(
        key="ethnic_group",
        label="Ethnic group",
        source="ethnicity",
        derived="ethnic_group",
    ),
    shown("ethnicity", "Ethnicity", "ethnicity"),
)
PERSON: Final = (
    Attribute(
        key="age_band", label="Age band", source="date_of_birth", derived="age_band"
    ),
    GENDER,
    ETHNICITY[0],
    Attribute(
        key="age", label="Age", source="date_of_birth", derived="age", stratum=False
    ),
    ETHNICITY[1],
    Attribute(key="unborn", label="Not yet born", source="unborn", codes="yes_no"),
)
DISABILITY: Final = (same("disability", "Disability", "yes_no"),)
STAFF: Final = (same("team", "Team"), same("worker", "Worker"))
FAMILY: Final = (family(),)
CHILD: Final = (*PERSON, *DISABILITY, *FAMILY)
"""What is known of a child, whatever the list is about."""
CASE: Final = (*STAFF, *CHILD)
"""What is known of a case that a worker holds."""

UASC: Final = Flag(
    key="risk_uasc",
    label="Unaccompanied asylum-seeking child",
    rule='uasc == "yes"',
    words="the list says the child came as an unaccompanied asylum seeker",
    source=FACT,
)
