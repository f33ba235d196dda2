"""What cohorts are called in a line of text; their ids are for commands.

Apart from `cohorts`, so that the first screen need not load every cohort's attributes
to say whose cases a round holds.
"""

from __future__ import annotations

from typing import Final

BRIEF: Final = {
    "contact": "contacts",
    "early_help": "early help",
    "referral": "referrals",
    "assessment": "assessments",
    "s47": "section 47 enquiries",
    "cin": "children in need",
    "cin_closed": "children in need, closed",
    "cp": "child protection",
    "cp_ended": "child protection, ended",
    "cic": "children in care",
    "cic_ceased": "children who left care",
    "care_leaver": "care leavers",
    "adoption": "adoption",
    "adopters": "adopters",
}
"""A cohort in a few words, by its id; long names are in `Cohort.plural`."""


def in_words(cohort_id: str) -> str:
    """Return a cohort in a few words.

    Args:
        cohort_id: Its id, or the name of a list that is no cohort of ours.

    Returns:
        The words, such as ``"child protection"``; a name that is not known, as it is.
    """
    return BRIEF.get(cohort_id, cohort_id)


def with_id(cohort_id: str) -> str:
    """Return a cohort in words with the id that commands take.

    Returns:
        Such as ``"child protection (cp)"``; a name that is not known, as it is.
    """
    words = in_words(cohort_id)
    return words if words == cohort_id else f"{words} ({cohort_id})"
