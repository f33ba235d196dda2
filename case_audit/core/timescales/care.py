"""Timescales of visits to and reviews of children in care."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from case_audit.core.timescales.case import skip
from case_audit.core.timescales.days import in_words, months_after
from case_audit.core.timescales.due import after, again, due, noticed, once
from case_audit.core.timescales.limits import counted
from case_audit.core.timescales.model import EXTRAS, Part, Timescale, flagged, worst
from case_audit.core.timescales.rule import Rule

if TYPE_CHECKING:
    from datetime import date

    from case_audit.core.timescales.case import Reading, Row
    from case_audit.core.timescales.due import Due

_AT_HOME: Final = "P1"
_RELATIVE: Final = "U3"
_LONG_TERM: Final = ("U1", "U4")
_INTERIM: Final = "C1"
_CARE_ORDER: Final = "C2"
_VOLUNTARY: Final = "V2"
_REGULATIONS: Final = "Care Planning Regulations 2010 (SI 2010/959)"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placement:
    """A placement as the rule of visits sees it.

    Attributes:
        since: The day from which visits are counted.
        visited: The latest visit, if any.
        until: The date of the lists, or the day care ended.
    """

    since: date
    visited: date | None
    until: date | None


def _placement(row: Row) -> _Placement:
    since = row.start("placement_start")
    if (row.text("placement_type"), row.text("legal_status")) == (
        _AT_HOME,
        _CARE_ORDER,
    ):
        since = max(since, row.start("legal_status_start"))
    return _Placement(
        since=since, visited=row.day("last_visit"), until=row.end("care_end")
    )


def _reviewed(row: Row) -> bool:
    """Whether a review was held since the child came into care."""
    began, held = row.start("care_start"), row.day("last_review")
    return held is not None and held >= began


def _next_visit(of: Reading, row: Row, there: _Placement, visited: date) -> Due:
    """Return when the visit after the latest one is due (regulation 28)."""
    kind, status = row.text("placement_type"), row.text("legal_status")
    at_home = kind == _AT_HOME
    if at_home and of.has_added("parent_assessment_date"):
        assessed = of.added_day("parent_assessment_date")
        if assessed is None or assessed > visited:
            return due(of.case, visited, "care_visit_weekly")
        if status != _INTERIM:
            return due(of.case, visited, "care_visit")
    if (at_home and status == _INTERIM) or (
        kind == _RELATIVE and _temporarily_approved(of)
    ):
        limit = "care_visit_four_weekly" if _reviewed(row) else "care_visit_weekly"
        return due(of.case, visited, limit)
    in_first_year = due(of.case, visited, "care_visit")
    settled = kind in _LONG_TERM or row.known("permanence_plan") == "fostering"
    if at_home or not settled or in_first_year.day <= months_after(there.since, 12):
        return in_first_year
    return due(of.case, visited, "care_visit_settled")


def _temporarily_approved(of: Reading) -> bool:
    key = "temporarily_approved_carer"
    return of.has_added(key) and of.added(key) == "yes"


def _t13(of: Reading) -> Part:
    row = of.row(8)
    there = _placement(row)
    visited = there.visited
    if visited is None or visited < there.since:
        first = due(of.case, there.since, "care_first_visit")
        what = ("The child", "visited in this placement")
        return once(of.case, what, done=None, last=first, until=there.until)
    part = again(
        of.case,
        "The latest visit",
        done=visited,
        last=_next_visit(of, row, there, visited),
        until=there.until,
    )
    return replace(part, sentence=part.sentence + _unless(of, row))


def _unless(of: Reading, row: Row) -> str:
    """Return what would make visits due more often, where no list says it."""
    kind = row.text("placement_type")
    if kind == _RELATIVE and not of.has_added("temporarily_approved_carer"):
        return " If the carer is only approved for a time, they are due more often."
    if kind == _AT_HOME and not of.has_added("parent_assessment_date"):
        return " If the parent is not assessed yet, they are due every week."
    return ""


def _t14(of: Reading) -> Part:
    row = of.row(8)
    began, until = row.start("care_start"), row.end("care_end")
    held = row.day("last_review")
    first = due(of.case, began, "care_first_review")
    if held is None:
        what = ("The first review", "held")
        return once(of.case, what, done=None, last=first, until=until)
    after(began, held, what="a review")
    only_one = held <= first.day
    limit = "care_second_review" if only_one else "care_review"
    last = due(of.case, held, limit)
    noun = "The first review" if only_one else "The latest review"
    return again(of.case, noun, done=held, last=last, until=until)


def _t19(of: Reading) -> Part:
    row = of.row(8)
    last = due(of.case, row.start("care_start"), "permanence_plan")
    if row.text("permanence_plan"):
        return Part(
            status="clear",
            sentence="A permanence plan is on the list; when it was made is not.",
        )
    what = ("A permanence plan", "recorded")
    return once(of.case, what, done=None, last=last, until=row.end("care_end"))


def _t20(of: Reading) -> Part:
    count = of.row(8).number("placements_12m")
    flags = []
    if count >= of.case.limits["many_placements"]:
        flags.append(f"{count} placements in 12 months")
    return flagged(flags, otherwise=f"Placements in 12 months: {count}.")


def _t21(of: Reading) -> Part:
    row = of.row(8)
    times = row.number("missing_12m")
    if times == 0:
        skip("Not missing in the last 12 months.")
    offered = row.text("return_interview_offered")
    if offered != "yes":
        said = "was not offered" if offered == "no" else "is not said to be offered"
        flags = [f"Missing episodes in 12 months: {times}; a return interview {said}"]
        return flagged(flags, otherwise="")
    keys = ("last_return_date", "return_interview_date")
    if all(of.has_added(key) for key in keys):
        returned, held = (of.added_day(key) for key in keys)
        if returned is not None:
            after(returned, held, what="an interview")
            accepted = row.known("return_interview_accepted")
            if held or accepted != "no":
                last = due(of.case, returned, "return_interview")
                what = ("The return interview", "held")
                return once(of.case, what, done=held, last=last)
    accepted = {"yes": "and accepted", "no": "and declined"}.get(
        row.known("return_interview_accepted"), ""
    )
    sentence = f"A return interview was offered {accepted}".strip()
    return Part(status="clear", sentence=f"{sentence}; how soon is not on the list.")


def _t22(of: Reading) -> Part:
    row = of.row(8)
    began, until = row.start("care_start"), row.end("care_end")
    contact = row.day("last_iro_visit")
    if contact is None or contact < began:
        last = due(of.case, began, "reviewing_officer")
        what = ("The child", "seen or contacted by the reviewing officer")
        return once(of.case, what, done=None, last=last, until=until)
    last = due(of.case, contact, "reviewing_officer")
    noun = "The reviewing officer's latest contact"
    parts = [again(of.case, noun, done=contact, last=last, until=until)]
    reviewed = row.day("last_review")
    if reviewed and contact < reviewed:
        flags = ["No contact is on the list since the latest review"]
        parts.append(flagged(flags, otherwise=""))
    return worst(*parts)


def _t23(of: Reading) -> Part:
    lists = {
        3: (_referred_before,),
        5: (_enquired_before,),
        7: (_emergency,),
        8: (_second_period, _voluntary),
    }
    rows = {number: of.maybe_row(number) for number in lists}
    if not any(rows.values()):
        skip("On none of the lists 3, 5, 7 and 8.")
    checks = [
        partial(check, of, row)
        for number, row in rows.items()
        if row
        for check in lists[number]
    ]
    return noticed(checks, otherwise="None of these is on the lists.")


def _referred_before(_: Reading, row: Row) -> str:
    count = row.number("referrals_12m")
    return f"Earlier referrals in 12 months: {count}" if count else ""


def _enquired_before(_: Reading, row: Row) -> str:
    count = row.number("s47_12m")
    return f"Earlier section 47 enquiries in 12 months: {count}" if count else ""


def _emergency(_: Reading, row: Row) -> str:
    emergency = row.text("emergency_protection") == "yes"
    return "Emergency protection in the last six months" if emergency else ""


def _second_period(_: Reading, row: Row) -> str:
    again_in_care = row.text("second_period") == "yes"
    return "A second period in care within 12 months" if again_in_care else ""


def _voluntary(of: Reading, row: Row) -> str:
    if row.text("legal_status") != _VOLUNTARY or row.end("care_end") is not None:
        return ""
    since = row.start("legal_status_start")
    months = of.case.limits["voluntary_care"]
    if of.case.as_at <= months_after(since, months):
        return ""
    return (
        f"In care under section 20 since {in_words(since)}, for more than "
        f"{counted(months, 'months')}"
    )


RULES: Final = (
    Rule(
        Timescale(
            id="T13",
            title="Visits to a child in care",
            rule="A visit within {care_first_visit} of the placement's start, then "
            "every {care_visit}; after the first year every {care_visit_settled} where "
            "the placement is to last to 18. At home under a care order: the same "
            "from the order or the placement, whichever came later, and every "
            "{care_visit} throughout. At home under an interim care order, or with "
            "a relative who is only approved for a time: every {care_visit_weekly} "
            "until the first review, then every {care_visit_four_weekly}. With a "
            "parent before the assessment is complete: every {care_visit_weekly}.",
            source=f"{_REGULATIONS}, reg 28",
            needs={
                8: (
                    *("care_start", "placement_start", "placement_type"),
                    *("legal_status", "legal_status_start", "permanence_plan"),
                    *("last_visit", "last_review", "care_end"),
                ),
                EXTRAS: ("temporarily_approved_carer", "parent_assessment_date"),
            },
        ),
        _t13,
    ),
    Rule(
        Timescale(
            id="T14",
            title="Reviews of a child in care",
            rule="The first review within {care_first_review} of coming into care, the "
            "second within {care_second_review} of the first, each further one within "
            "{care_review}.",
            source=f"{_REGULATIONS}, reg 33; statutory guidance on health (2022)",
            needs={8: ("care_start", "last_review", "care_end")},
            unconfirmed="the second and later reviews",
        ),
        _t14,
    ),
    Rule(
        Timescale(
            id="T19",
            title="Plan for permanence",
            rule="A permanence plan by the second review, that is within "
            "{permanence_plan} of coming into care.",
            source="Children Act 1989 guidance; Lancashire 2015 para 56",
            needs={8: ("care_start", "permanence_plan", "care_end")},
            unconfirmed="the guidance",
        ),
        _t19,
    ),
    Rule(
        Timescale(
            id="T20",
            title="Moves",
            rule="Worth a look: {many_placements} or more in 12 months.",
            source="stability measure of children looked after",
            needs={8: ("placements_12m",)},
        ),
        _t20,
    ),
    Rule(
        Timescale(
            id="T21",
            title="Return interviews",
            rule="A child who was missing is offered a return interview, within "
            "{return_interview} (72 hours) of coming back.",
            source="statutory guidance on missing children (2014); Lancashire 2015 "
            "para 86",
            needs={
                8: (
                    *("missing_12m", "return_interview_offered"),
                    "return_interview_accepted",
                ),
                EXTRAS: ("last_return_date", "return_interview_date"),
            },
            unconfirmed="the guidance",
        ),
        _t21,
    ),
    Rule(
        Timescale(
            id="T22",
            title="The reviewing officer's contact",
            rule="The reviewing officer has had contact with the child since the latest "
            "review, and within {reviewing_officer}.",
            source="IRO handbook",
            needs={8: ("care_start", "last_review", "last_iro_visit", "care_end")},
            unconfirmed="all of it",
        ),
        _t22,
    ),
    Rule(
        Timescale(
            id="T23",
            title="Coming back",
            rule="Worth a look: earlier referrals or section 47 enquiries within 12 "
            "months, emergency protection within six months, a second period in care "
            "within 12 months, section 20 for more than {voluntary_care}.",
            source="practice flag; no statutory limit",
            needs={
                3: ("referrals_12m",),
                5: ("s47_12m",),
                7: ("emergency_protection",),
                8: ("second_period", "legal_status", "legal_status_start", "care_end"),
            },
        ),
        _t23,
    ),
)
