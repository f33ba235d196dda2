"""Timescales of referrals, assessments and section 47 enquiries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from case_audit.core.timescales.case import skip
from case_audit.core.timescales.due import after, due, once
from case_audit.core.timescales.model import EXTRAS, Timescale
from case_audit.core.timescales.rule import Rule

if TYPE_CHECKING:
    from datetime import date

    from case_audit.core.timescales.case import Reading, Row
    from case_audit.core.timescales.model import Part

_CENSUS: Final = "Children in need census guide, after Working Together"
_ASSESSMENT: Final = ("The assessment", "authorised")
_CONFERENCE: Final = ("The initial conference", "held")


def _t01(of: Reading) -> Part:
    referred = of.row(3).start("referral_date")
    decided = of.added_day("referral_decision_date")
    after(referred, decided, what="a decision")
    last = due(of.case, referred, "referral_decision")
    return once(of.case, ("What to do", "decided"), done=decided, last=last)


def _referred(of: Reading, start: date) -> date | None:
    """Return the referral that led to an assessment: the last one before it.

    One from longer ago than an assessment may take is not taken for it.
    """
    longest = of.case.limits["assessment"]
    found = None
    for record in of.case.rows(3):
        value = record.values.get("referral_date")
        if isinstance(value, str):
            day = type(start).fromisoformat(value)
            near = day <= start and of.case.days.between(day, start) <= longest
            if near and (found is None or day > found):
                found = day
    return found


def _assessment_began(of: Reading, row: Row) -> date:
    start = row.start("assessment_start")
    referred = _referred(of, start)
    if referred is None:
        return start
    return of.use(of.case.lists[3].headers["referral_date"], referred)


def _t02(of: Reading) -> Part:
    row = of.row(4)
    began = _assessment_began(of, row)
    done = row.day("assessment_authorised")
    if done is None:
        skip("The assessment is still open; T03 looks at it.")
    after(began, done, what="authorised")
    return once(of.case, _ASSESSMENT, done=done, last=due(of.case, began, "assessment"))


def _t03(of: Reading) -> Part:
    row = of.row(4)
    began = _assessment_began(of, row)
    if row.day("assessment_authorised") is not None:
        skip("The assessment is authorised; T02 looks at it.")
    return once(of.case, _ASSESSMENT, done=None, last=due(of.case, began, "assessment"))


def _t04(of: Reading) -> Part:
    row = of.row(5)
    began = row.start("strategy_date")
    held = row.day("icpc_date")
    if held is None:
        skip("No initial conference was held; T05 looks at it.")
    after(began, held, what="a conference")
    last = due(of.case, began, "initial_conference")
    return once(of.case, _CONFERENCE, done=held, last=last)


def _t05(of: Reading) -> Part:
    row = of.row(5)
    began = row.start("strategy_date")
    if row.known("icpc_date"):
        skip("There is a date of a conference; T04 looks at it.")
    if row.text("icpc_unnecessary") == "yes":
        skip("A conference was deemed unnecessary.")
    last = due(of.case, began, "initial_conference")
    return once(of.case, _CONFERENCE, done=None, last=last)


def _t06(of: Reading) -> Part:
    notified = of.added_day("transfer_notified_date")
    if notified is None:
        skip("No move from another authority is on record.")
    held = of.added_day("transfer_conference_date")
    after(notified, held, what="a conference")
    last = due(of.case, notified, "transfer_conference")
    return once(of.case, ("The transfer-in conference", "held"), done=held, last=last)


RULES: Final = (
    Rule(
        Timescale(
            id="T01",
            title="Decision on a referral",
            rule="What to do about a referral is decided within {referral_decision}.",
            source=_CENSUS,
            needs={3: ("referral_date",), EXTRAS: ("referral_decision_date",)},
        ),
        _t01,
    ),
    Rule(
        Timescale(
            id="T02",
            title="Assessment in time",
            rule="An assessment is authorised within {assessment} of the referral; of "
            "its own start where no referral before it is on the lists.",
            source=_CENSUS,
            needs={
                3: ("referral_date",),
                4: ("assessment_start", "assessment_authorised"),
            },
        ),
        _t02,
    ),
    Rule(
        Timescale(
            id="T03",
            title="Open assessment",
            rule="An assessment that is still open is no older than {assessment}, "
            "counted as in T02.",
            source=_CENSUS,
            needs={
                3: ("referral_date",),
                4: ("assessment_start", "assessment_authorised"),
            },
        ),
        _t03,
    ),
    Rule(
        Timescale(
            id="T04",
            title="Initial child protection conference",
            rule="The initial conference is held within {initial_conference} of the "
            "strategy discussion that began the section 47 enquiry.",
            source="Children in need census guide, item on initial conferences",
            needs={5: ("strategy_date", "icpc_date")},
        ),
        _t04,
    ),
    Rule(
        Timescale(
            id="T05",
            title="Section 47 enquiry without a conference",
            rule="An enquiry whose conference was neither held nor deemed unnecessary "
            "is no older than {initial_conference}.",
            source="follows from T04",
            needs={5: ("strategy_date", "icpc_unnecessary", "icpc_date")},
        ),
        _t05,
    ),
    Rule(
        Timescale(
            id="T06",
            title="Transfer-in conference",
            rule="For a child on a plan who moves here, the conference is held within "
            "{transfer_conference} of the other authority's notice.",
            source="Children in need census guide, item on transfers",
            needs={EXTRAS: ("transfer_notified_date", "transfer_conference_date")},
        ),
        _t06,
    ),
)
