"""Why a family needs help. Never drawn from who they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from case_audit.synthetic import margins
from case_audit.synthetic.people import YEAR
from case_audit.synthetic.streams import chance, pick

if TYPE_CHECKING:
    from random import Random

    from case_audit.synthetic.model import Family


class Reasons(TypedDict):
    """Need and category as codes' ids, and which phrases a file is written with."""

    need: str
    category: str
    issue: str


TEENAGE = 11
"""Age from which harm outside the home is written about."""

_BY_CATEGORY = {
    "neglect": {"neglect": 0.65, "alcohol": 0.35},
    "emotional_abuse": {"domestic": 0.65, "mind": 0.35},
    "physical_abuse": {"hands": 1.0},
    "sexual_abuse": {"visitor": 1.0},
    "multiple": {"domestic": 1.0},
}
_BY_NEED = {
    "N1": {
        "neglect": 0.36,
        "domestic": 0.28,
        "alcohol": 0.16,
        "hands": 0.1,
        "mind": 0.1,
    },
    "N2": {"caring": 1.0},
    "N3": {"mind": 1.0},
    "N6": {"outside": 1.0},
    "N7": {"neglect": 1.0},
    "N8": {"alcohol": 0.6, "mind": 0.4},
}
_STRAIN = {"mind": 0.4, "neglect": 0.3, "domestic": 0.3}
_UNBORN = {"domestic": 0.4, "alcohol": 0.3, "mind": 0.3}
_SUPPORT = 0.75


def reasons(rng: Random, family: Family, as_at: int) -> Reasons:
    """Return why a family is known.

    A disabled child may be known for help with the disability; that is no harm
    and has phrases of its own. Nothing else here depends on who they are.

    Args:
        rng: The family's stream for this purpose.
        family: The family.
        as_at: The day the county describes.
    """
    journey = family.journey
    category = pick(rng, margins.CATEGORY) if journey in {"cp", "cp_ended"} else ""
    in_care = journey in {"cic", "cic_ended"}
    need = pick(rng, margins.CARE_NEED if in_care else margins.NEED)
    if category:
        need = "N1"
    elif not in_care:
        helped = chance(rng, _SUPPORT)
        if helped and all(child.disability for child in family.children):
            need = "N2"
        elif need == "N2":
            need = "N5"
    issue = pick(rng, _BY_CATEGORY[category] if category else _issues(need))
    oldest_first = [as_at - child.born for child in family.children]
    if issue == "outside" and min(oldest_first) < TEENAGE * YEAR:
        need, issue = "N5", "mind"
    outside = chance(rng, 0.3)
    if journey == "cin" and need != "N2" and min(oldest_first) >= TEENAGE * YEAR:
        issue = "outside" if outside else issue
    if min(oldest_first) < 0 and issue not in _UNBORN and not category:
        issue = pick(rng, _UNBORN)
    return {"need": need, "category": category, "issue": issue}


def _issues(need: str) -> dict[str, float]:
    return _BY_NEED.get(need, _STRAIN)
