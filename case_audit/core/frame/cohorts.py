"""Every cohort: which list it comes from, who is in it, and what is known.

Cohorts are data, in `kinds`. `build` turns records into frames by them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from case_audit.core.frame.definition import Definition
from case_audit.core.frame.kinds.adoption import ADOPTERS, ADOPTION
from case_audit.core.frame.kinds.care import CARE_LEAVER, CIC, CIC_CEASED
from case_audit.core.frame.kinds.front_door import (
    ASSESSMENT,
    CONTACT,
    EARLY_HELP,
    REFERRAL,
    S47,
)
from case_audit.core.frame.kinds.in_need import (
    CIN,
    CIN_CLOSED,
    CP,
    CP_ENDED,
    IN_CARE,
    ON_A_PLAN,
)

if TYPE_CHECKING:
    from case_audit.core.frame.cohort import Cohort

EARLIER_EPISODE: Final = "earlier episode of the same child"
NOT_YET_BEGUN: Final = "begins after the date of the list"
CHILD_IN_NEED: Final = "child in need"
NO_DATE: Final = "the date of the episode is not known"
ENTERED_TWICE: Final = "the same episode entered twice"

PRECEDENCE: Final = (("cic", IN_CARE), ("cp", ON_A_PLAN), ("cin", CHILD_IN_NEED))
"""Cohorts that take a child out of those after them, with the rule's words;
after them comes ``assessment``. So each child is drawn for one of the four."""
LAST_IN_PRECEDENCE: Final = "assessment"
RANKS: Final = {
    **{cohort_id: rank for rank, (cohort_id, _) in enumerate(PRECEDENCE)},
    LAST_IN_PRECEDENCE: len(PRECEDENCE),
}
"""How many cohorts come before one, of those that exclude each other."""

COHORTS: Final = (
    *(CONTACT, EARLY_HELP, REFERRAL, ASSESSMENT, S47),
    *(CIN, CIN_CLOSED, CP, CP_ENDED),
    *(CIC, CIC_CEASED, CARE_LEAVER, ADOPTION, ADOPTERS),
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


def default_definition(one: Cohort) -> Definition:
    """Return what a frame of a cohort holds unless something else is asked for."""
    return Definition(closed_within=one.window.months if one.window else 0)
