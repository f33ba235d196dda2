"""Timescales of child protection plans and of children in need."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from case_audit.core.frame.attributes import months_between
from case_audit.core.timescales.case import skip
from case_audit.core.timescales.days import in_words, months_after
from case_audit.core.timescales.due import after, again, due, noticed, once
from case_audit.core.timescales.limits import counted
from case_audit.core.timescales.model import EXTRAS, Timescale, flagged
from case_audit.core.timescales.rule import Rule

if TYPE_CHECKING:
    from datetime import date

    from case_audit.core.timescales.case import Reading, Row
    from case_audit.core.timescales.model import Part

_LOCAL: Final = "local standard"
_PRACTICE: Final = "practice flag; no statutory limit"


def _t07(of: Reading) -> Part:
    began = of.row(7).start("plan_start")
    held = of.added_day("first_core_group_date")
    after(began, held, what="a core group")
    last = due(of.case, began, "core_group")
    return once(of.case, ("The first core group", "held"), done=held, last=last)


def _t08(of: Reading) -> Part:
    row = of.row(7)
    began = row.start("plan_start")
    end = row.end("plan_end")
    held = row.day("last_review")
    first = due(of.case, began, "first_review_conference")
    if held is None:
        what = ("A review conference", "held")
        return once(of.case, what, done=None, last=first, until=end)
    after(began, held, what="a review conference")
    following = due(of.case, held, "review_conference")
    part = again(
        of.case, "The latest review conference", done=held, last=following, until=end
    )
    if held <= first.day:
        return part
    note = (
        f" Whether the first was held by {in_words(first.day)} does not show on the "
        "list."
    )
    return replace(part, sentence=part.sentence + note)


def _t09(of: Reading) -> Part:
    row = of.row(7)
    if row.end("plan_end") is not None:
        skip("The plan has ended.")
    began = row.start("plan_start")
    visited = row.day("last_visit")
    if visited is None:
        last = due(of.case, began, "protection_visit")
        return once(of.case, ("The child", "visited"), done=None, last=last)
    last = due(of.case, visited, "protection_visit")
    part = again(of.case, "The latest visit", done=visited, last=last)
    if (row.age() or 0) < 0:
        return part
    alone = row.known("seen_alone")
    said = {
        "yes": "The child was seen alone.",
        "no": "The child was not seen alone.",
    }.get(alone, "The list does not say whether alone.")
    status = "flag" if alone == "no" and part.status == "met" else part.status
    return replace(part, status=status, sentence=f"{part.sentence} {said}")


def _t10(of: Reading) -> Part:
    row = of.row(7)
    began, end = row.start("plan_start"), row.end("plan_end")
    after(began, end, what="the plan ended")
    months = months_between(began, end or of.case.as_at)
    checks = [
        partial(_earlier_plans, row),
        partial(_lasting, of, "plan", began, end or of.case.as_at),
        partial(_short_plan, of, began, end),
    ]
    lasted = f"{counted(months, 'months')}, since {in_words(began)}"
    part = noticed(checks, otherwise=f"The first plan, {lasted}.")
    return replace(part, amount=months, unit="months")


def _earlier_plans(row: Row) -> str:
    earlier = row.number("previous_plans")
    return f"Earlier plans: {earlier}" if earlier else ""


def _short_plan(of: Reading, began: date, end: date | None) -> str:
    limit = of.case.limits["short_plan"]
    if end is None or end >= months_after(began, limit):
        return ""
    return f"The plan ended on {in_words(end)}, before {counted(limit, 'months')}"


def _lasting(of: Reading, what: str, began: date, until: date) -> str:
    """Return how long a plan or help lasts, if longer than one of two limits."""
    for key in (f"very_long_{what}", f"long_{what}"):
        limit = of.case.limits[key]
        if until > months_after(began, limit):
            subject = {"plan": "On a plan", "need": "Open"}[what]
            lasted = counted(limit, "months")
            return f"{subject} for more than {lasted}, since {in_words(began)}"
    return ""


def _in_need(of: Reading) -> Row:
    """Return the row of a child who is helped as a child in need.

    Raises:
        DoesNotApplyError: If the case is closed, or another kind of plan decides
            how often the child is seen.
    """
    row = of.row(6)
    status = row.text("case_status")
    if row.end("cin_end") is not None or status == "closed_episode":
        skip("The case is closed.")
    other = {
        "looked_after": "in care; T13 looks at visits",
        "child_protection_plan": "on a protection plan; T09 looks at visits",
        "open_assessment": "being assessed; there is no plan yet",
    }
    if status in other:
        skip(f"The child is {other[status]}.")
    return row


def _t11(of: Reading) -> Part:
    row = _in_need(of)
    seen = row.day("last_seen")
    if seen is not None:
        last = due(of.case, seen, "need_visit")
        noun = "The latest time the child was seen"
        return again(of.case, noun, done=seen, last=last)
    last = due(of.case, row.start("cin_start"), "need_visit")
    return once(of.case, ("The child", "seen"), done=None, last=last)


def _t12(of: Reading) -> Part:
    began = _in_need(of).start("cin_start")
    months = months_between(began, of.case.as_at)
    lasted = _lasting(of, "need", began, of.case.as_at)
    if not lasted:
        otherwise = f"Open for {counted(months, 'months')}, since {in_words(began)}."
        part = flagged([], otherwise=otherwise)
    else:
        part = flagged([lasted], otherwise="")
        note = " Whether anything changed in that time is for the file to show."
        part = replace(part, sentence=part.sentence + note)
    return replace(part, amount=months, unit="months")


RULES: Final = (
    Rule(
        Timescale(
            id="T07",
            title="First core group",
            rule="The first core group meets within {core_group} of the conference "
            "that made the plan.",
            source="Working Together 2023",
            needs={7: ("plan_start",), EXTRAS: ("first_core_group_date",)},
            unconfirmed="the limit",
        ),
        _t07,
    ),
    Rule(
        Timescale(
            id="T08",
            title="Review conferences",
            rule="The first review conference is held within {first_review_conference} "
            "of the initial one, each further one within {review_conference}.",
            source="Working Together 2023; six months also in London's procedures",
            needs={7: ("plan_start", "last_review", "plan_end")},
            unconfirmed="the three months",
        ),
        _t08,
    ),
    Rule(
        Timescale(
            id="T09",
            title="Child protection visits",
            rule="A child on a plan is visited every {protection_visit}, and seen "
            "alone.",
            source=_LOCAL,
            needs={7: ("plan_start", "last_visit", "seen_alone", "plan_end")},
        ),
        _t09,
    ),
    Rule(
        Timescale(
            id="T10",
            title="Repeated, long and short plans",
            rule="Worth a look: a second or later plan; a plan of more than "
            "{long_plan} or {very_long_plan}; a plan that ended within {short_plan}.",
            source=_PRACTICE,
            needs={7: ("plan_start", "previous_plans", "plan_end")},
        ),
        _t10,
    ),
    Rule(
        Timescale(
            id="T11",
            title="Seeing a child in need",
            rule="A child in need is seen every {need_visit}.",
            source=_LOCAL,
            needs={6: ("cin_start", "last_seen", "cin_end", "case_status")},
        ),
        _t11,
    ),
    Rule(
        Timescale(
            id="T12",
            title="Long help as a child in need",
            rule="Worth a look: open for more than {long_need} or {very_long_need} "
            "without change.",
            source=_PRACTICE,
            needs={6: ("cin_start", "cin_end", "case_status")},
        ),
        _t12,
    ),
)
