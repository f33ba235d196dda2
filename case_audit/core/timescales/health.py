"""Timescales of the health and education of children in care."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from case_audit.core.timescales.case import CannotTellError, skip
from case_audit.core.timescales.days import months_after
from case_audit.core.timescales.due import Due, after, again, due, once
from case_audit.core.timescales.model import EXTRAS, Timescale, worst
from case_audit.core.timescales.rule import Rule

if TYPE_CHECKING:
    from case_audit.core.timescales.case import Reading, Row
    from case_audit.core.timescales.model import Part

_HEALTH: Final = "statutory guidance on the health of looked-after children (2022)"
_FIVE: Final = 5
_INITIAL: Final = "initial_health_assessment_date"
_TERM_STARTS: Final = (1, 5, 9)
"""Months in which terms begin: spring, summer and autumn, four months each."""


def _review_due(of: Reading, row: Row, assessed: date) -> Due:
    """Return when the health assessment after one of that day is due.

    Every six months before the fifth birthday, every 12 months from then on.
    Without a date of birth the age on the list decides.

    Raises:
        CannotTellError: If neither is known.
    """
    early = due(of.case, assessed, "review_health_under_five")
    normal = due(of.case, assessed, "review_health")
    born, age = row.born(), row.age()
    if born is not None:
        return early if early.day < months_after(born, 12 * _FIVE) else normal
    if age is None:
        reason = "neither a date of birth nor an age is on the list"
        raise CannotTellError(reason, row.header("date_of_birth"))
    return early if age < _FIVE else normal


def _t15(of: Reading) -> Part:
    row = of.row(8)
    began, until = row.start("care_start"), row.end("care_end")
    last = due(of.case, began, "initial_health")
    what = ("The initial health assessment", "made")
    if of.has_added(_INITIAL):
        made = of.added_day(_INITIAL)
        after(began, made, what="an assessment")
        return once(of.case, what, done=made, last=last, until=until)
    latest = row.day("last_health_assessment")
    if latest is None or latest < began:
        return once(of.case, what, done=None, last=last, until=until)
    if latest > _review_due(of, row, began).day:
        reason = (
            "the latest health assessment is a later one, and the extra column "
            f"{_INITIAL} is missing"
        )
        raise CannotTellError(reason, _INITIAL)
    part = once(of.case, what, done=latest, last=last, until=until)
    note = " This takes the latest assessment for the initial one."
    return replace(part, sentence=part.sentence + note)


def _t16(of: Reading) -> Part:
    row = of.row(8)
    began, until = row.start("care_start"), row.end("care_end")
    latest = row.day("last_health_assessment")
    if latest is None or latest < began:
        skip("No health assessment in care yet; T15 looks at it.")
    return again(
        of.case,
        "The latest health assessment",
        done=latest,
        last=_review_due(of, row, latest),
        until=until,
    )


def _t17(of: Reading) -> Part:
    row = of.row(8)
    began, until = row.start("care_start"), row.end("care_end")
    checked = row.day("last_dental_check")
    if checked is None:
        last = due(of.case, began, "dental_check")
        return once(
            of.case, ("A dental check", "made"), done=None, last=last, until=until
        )
    last = due(of.case, checked, "dental_check")
    return again(
        of.case, "The latest dental check", done=checked, last=last, until=until
    )


def _t18(of: Reading) -> Part:
    row = of.row(8)
    youngest = of.case.limits["pep_from_age"]
    if (age := row.age()) is not None and age < youngest:
        skip(f"The child is under {youngest}.")
    began, until = row.start("care_start"), row.end("care_end")
    latest = of.added_day("last_pep_date")
    first = of.added_day("first_pep_date") if of.has_added("first_pep_date") else latest
    after(began, first, what="a plan")
    emergency = of.has_added("emergency_placement")
    sudden = emergency and of.added("emergency_placement") == "yes"
    last = due(of.case, began, "pep_emergency" if sudden else "pep_first")
    parts = []
    if latest is not None:
        noun = "The latest personal education plan"
        term = Due(day=_end_of_next_term(latest), unit="days")
        parts.append(again(of.case, noun, done=latest, last=term, until=until))
    if latest is None or of.has_added("first_pep_date") or latest <= last.day:
        what = ("The first personal education plan", "made")
        done = first or latest
        parts.append(once(of.case, what, done=done, last=last, until=until))
    return worst(*parts)


def _end_of_next_term(day: date) -> date:
    """Return the last day of the term that follows the one a day is in."""
    place = max(start for start in _TERM_STARTS if start <= day.month)
    return months_after(date(day.year, place, 1), 8) - timedelta(days=1)


RULES: Final = (
    Rule(
        Timescale(
            id="T15",
            title="Initial health assessment",
            rule="The initial health assessment is made in time for the first review, "
            "within {initial_health} of coming into care.",
            source=_HEALTH,
            needs={
                8: (
                    *("date_of_birth", "age", "care_start", "last_health_assessment"),
                    "care_end",
                ),
                EXTRAS: (_INITIAL,),
            },
        ),
        _t15,
    ),
    Rule(
        Timescale(
            id="T16",
            title="Review of the health assessment",
            rule="A health assessment every {review_health_under_five} before the fifth "
            "birthday, every {review_health} from then on.",
            source=f"{_HEALTH}, para 53",
            needs={
                8: (
                    *("date_of_birth", "age", "care_start", "last_health_assessment"),
                    "care_end",
                )
            },
        ),
        _t16,
    ),
    Rule(
        Timescale(
            id="T17",
            title="Dental check",
            rule="A dental check every {dental_check}.",
            source="statistical measure of looked-after children (OC2)",
            needs={8: ("care_start", "last_dental_check", "care_end")},
            unconfirmed="the measure",
        ),
        _t17,
    ),
    Rule(
        Timescale(
            id="T18",
            title="Personal education plan",
            rule="The first plan within {pep_first} of coming into care, within "
            "{pep_emergency} after an emergency; then reviewed each term (January to "
            "April, May to August, September to December). Looked at from the age of "
            "{pep_from_age}.",
            source="statutory guidance for designated teachers, para 18",
            needs={
                8: ("date_of_birth", "age", "care_start", "care_end"),
                EXTRAS: ("last_pep_date", "first_pep_date", "emergency_placement"),
            },
            unconfirmed="the review each term",
        ),
        _t18,
    ),
)
