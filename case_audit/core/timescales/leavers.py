"""Timescales of care leavers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from case_audit.core.timescales.case import skip
from case_audit.core.timescales.due import after, again, due, noticed, once
from case_audit.core.timescales.model import EXTRAS, Timescale, flagged, worst
from case_audit.core.timescales.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from case_audit.core.timescales.case import Reading, Row
    from case_audit.core.timescales.model import Part

_REGULATIONS: Final = "Care Leavers Regulations 2010, after the transitions guidance"
_HOUSED: Final = "la_accommodation_date"
_RELEVANT: Final = "became_relevant_date"
_UNKNOWN_HOME: Final = "R"


def _leaver(of: Reading) -> Row:
    row = of.row(9)
    if row.known("in_touch") == "died":
        skip("The young person has died.")
    return row


def _housed(of: Reading) -> date | None:
    """Return the day a home was provided by the authority, if that is on record."""
    return of.added_day(_HOUSED) if of.has_added(_HOUSED) else None


def _t24(of: Reading) -> Part:
    row = _leaver(of)
    parts = []
    if of.has_added(_RELEVANT) and (relevant := of.added_day(_RELEVANT)):
        assessed = of.added_day("pathway_assessment_date")
        after(relevant, assessed, what="an assessment")
        last = due(of.case, relevant, "pathway_assessment")
        what = ("The pathway assessment", "made")
        parts.append(once(of.case, what, done=assessed, last=last))
    planned = row.day("last_pathway_plan")
    if planned is None:
        parts.append(flagged(["No pathway plan is on the list"], otherwise=""))
        return worst(*parts)
    parts.append(_plan_review(of, planned))
    return worst(*parts)


def _plan_review(of: Reading, planned: date) -> Part:
    housed = _housed(of)
    if housed is not None and planned < housed:
        last = due(of.case, housed, "pathway_first_review_housed")
        what = ("The pathway plan", "reviewed after the move")
        return once(of.case, what, done=None, last=last)
    limit = "pathway_review" if housed is None else "pathway_review_housed"
    last = due(of.case, planned, limit)
    return again(of.case, "The latest pathway plan", done=planned, last=last)


def _t25(of: Reading) -> Part:
    row = _leaver(of)
    contact, moved = row.day("last_contact"), _housed(of)
    if moved is not None and (contact is None or contact < moved):
        last = due(of.case, moved, "adviser_after_move")
        what = ("The young person", "visited after the move")
        return once(of.case, what, done=None, last=last)
    if contact is None:
        return flagged(["No contact is on the list"], otherwise="")
    last = due(of.case, contact, "adviser_visit")
    if moved is not None and contact <= due(of.case, moved, "adviser_after_move").day:
        last = due(of.case, moved, "adviser_first_review")
    return again(of.case, "The latest contact", done=contact, last=last)


_FLAGS: Final[Mapping[str, Mapping[str, str]]] = {
    "in_touch": {"no": "Not in touch", "refused": "Contact refused"},
    "suitability": {"unsuitable": "Unsuitable accommodation"},
    "accommodation": {_UNKNOWN_HOME: "Residence not known"},
    "activity": dict.fromkeys(
        ("G4", "G5", "G6"), "Not in education, employment or training"
    ),
}


def _t26(of: Reading) -> Part:
    row = _leaver(of)
    checks = [partial(_flag, row, key) for key in _FLAGS]
    return noticed(
        [*checks, partial(_contradiction, row)],
        otherwise="None of these is on the list.",
    )


def _flag(row: Row, key: str) -> str:
    return _FLAGS[key].get(row.text(key), "")


def _contradiction(row: Row) -> str:
    unknown = row.known("accommodation") == _UNKNOWN_HOME
    suitable = row.known("suitability") == "suitable"
    if unknown and suitable:
        return "A home that is not known is said to be suitable"
    return ""


RULES: Final = (
    Rule(
        Timescale(
            id="T24",
            title="Pathway plan",
            rule="The assessment of needs within {pathway_assessment} of becoming "
            "relevant; the plan reviewed every {pathway_review}. Where the authority "
            "provides the home: after {pathway_first_review_housed}, then every "
            "{pathway_review_housed}.",
            source=_REGULATIONS,
            needs={
                9: ("in_touch", "last_pathway_plan"),
                EXTRAS: (_RELEVANT, "pathway_assessment_date", _HOUSED),
            },
        ),
        _t24,
    ),
    Rule(
        Timescale(
            id="T25",
            title="The personal adviser's visits",
            rule="A visit every {adviser_visit}. After a move into a home provided by "
            "the authority: within {adviser_after_move}, then before the review at "
            "{adviser_first_review}.",
            source=f"{_REGULATIONS}, reg 8(2), para 3.39",
            needs={9: ("in_touch", "last_contact"), EXTRAS: (_HOUSED,)},
        ),
        _t25,
    ),
    Rule(
        Timescale(
            id="T26",
            title="In touch, home, work",
            rule="Worth a look: not in touch; an unsuitable home, or one that is not "
            "known; not in education, employment or training; a home that is not "
            "known, yet said to be suitable.",
            source="practice flag; Lancashire 2015",
            needs={9: ("in_touch", "accommodation", "suitability", "activity")},
        ),
        _t26,
    ),
)
