"""What list 9 says of a young person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.synthetic.days import age_at, iso
from case_audit.synthetic.streams import pick, stream
from case_audit.synthetic.words import words

if TYPE_CHECKING:
    from case_audit.synthetic.model import Case, Row

_ACCOMMODATION = {
    "U": 0.35,
    "D": 0.153,
    "B": 0.113,
    "Z": 0.08,
    "E": 0.044,
    "K": 0.04,
    "C": 0.037,
    "X": 0.03,
    "S": 0.015,
    "T": 0.05,
    "V": 0.01,
    "Y": 0.08,
}
"""Shares of 2020 where published (semi-independent, relatives, lodgings, homes) and
2021 (independent); the others from memory."""

_ACTIVITY = {
    "F2": 0.2,
    "F1": 0.06,
    "F5": 0.22,
    "P5": 0.08,
    "F4": 0.04,
    "G5": 0.22,
    "G4": 0.11,
    "G6": 0.07,
}
"""About 40 per cent not in education, employment or training: DfE 2017."""

_BAD = frozenset({"S", "W", "V", "X"})
_IN_TOUCH = 0.91
_LEGAL_AGE = 18


def leaver_rows(seed: str, case: Case, as_at: int, *, eligible: bool) -> Row:
    """Return the columns of list 9 beyond who it is and who holds the case.

    Args:
        seed: The county's seed.
        case: The young person.
        as_at: The day the county describes.
        eligible: Whether still in care, at 16 or 17.
    """
    rng = stream(seed, "leaver", case.child.unit)
    adult = age_at(case.child.born, as_at) >= _LEGAL_AGE
    touch = "yes" if eligible or rng.random() < _IN_TOUCH else "no"
    home = pick(rng, _ACCOMMODATION)
    home = home if adult or home not in _BAD else "D"
    plan, contact = rng.randint(10, 230), rng.randint(2, 56)
    activity = pick(rng, _ACTIVITY)
    known = touch == "yes"
    living: Row = {
        "accommodation": (home if known else "R") if not eligible else None,
        "suitability": None
        if eligible or not known
        else "unsuitable"
        if home in _BAD
        else "suitable",
        "activity": ("F2" if eligible else activity) if known else None,
    }
    names = words("carer_names")
    surnames = words("surnames")
    kind = "former_relevant" if adult else "relevant"
    return living | {
        "eligibility": "eligible" if eligible else kind,
        "in_touch": touch,
        "uasc": "no",
        "personal_adviser": f"{rng.choice(names)} {rng.choice(surnames)}"
        if eligible
        else case.worker.name,
        "last_pathway_plan": iso(as_at - plan),
        "last_contact": iso(as_at - (contact if known else contact + 80)),
    }
