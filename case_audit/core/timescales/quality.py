"""What contradicts itself on the lists (T33)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from case_audit.core.frame.attributes import years_between
from case_audit.core.timescales.case import skip
from case_audit.core.timescales.days import in_words
from case_audit.core.timescales.model import Timescale, flagged
from case_audit.core.timescales.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.core.frame.model import Record
    from case_audit.core.timescales.case import CaseDates, Reading
    from case_audit.core.timescales.model import Part

_IN_ORDER: Final = {
    2: (("assessment_start", "assessment_end"),),
    4: (("assessment_start", "assessment_authorised"),),
    5: (("strategy_date", "icpc_date"),),
    6: (("cin_start", "cin_end"),),
    7: (("plan_start", "plan_end"),),
    8: (("care_start", "care_end"),),
    10: (("care_start", "adoption_decision"), ("placed", "adoption_order")),
    11: (("stage1_start", "stage1_end"), ("stage2_start", "stage2_end")),
}
_BEGINS: Final = {
    1: "contact_date",
    2: "assessment_start",
    3: "referral_date",
    4: "assessment_start",
    5: "strategy_date",
    6: "cin_start",
    7: "plan_start",
    8: "care_start",
    10: "care_start",
}
_BEFORE_BIRTH: Final = range(1, 8)
"""Lists that a child may be on before birth."""
_PREGNANCY: Final = timedelta(days=280)
_MAY_COME: Final = frozenset(
    {"date_of_birth", "icpc_date", "cin_end", "plan_end", "care_end"}
)
"""Dates that may lie ahead: expected, planned."""
_MONTH: Final = timedelta(days=31)
"""Ages may have been counted that long before or after the date of the lists."""


def _t33(of: Reading) -> Part:
    case = of.case
    if not case.records:
        skip("On none of the lists.")
    flags: list[str] = []
    for record in case.records:
        for said in (
            *_order(case, record),
            *_birth(case, record),
            *_ahead(case, record),
            *_status(case, record),
            *_blank(case, record),
        ):
            flag = f"List {record.list_no}, row {record.row}: {said}"
            flags += [flag]
    flags += _closed_with_plan(case)
    return flagged(flags, otherwise="Nothing on the lists contradicts itself.")


def _day(record: Record, key: str) -> date | None:
    value = record.values.get(key)
    return date.fromisoformat(value) if isinstance(value, str) else None


def _order(case: CaseDates, record: Record) -> Iterator[str]:
    headers = case.lists[record.list_no].headers
    for begin, end in _IN_ORDER.get(record.list_no, ()):
        began, ended = _day(record, begin), _day(record, end)
        if began and ended and ended < began:
            yield (
                f'"{headers[end]}" ({in_words(ended)}) is before '
                f'"{headers[begin]}" ({in_words(began)})'
            )


def _birth(case: CaseDates, record: Record) -> Iterator[str]:
    born = _day(record, "date_of_birth")
    if born is None:
        return
    key = _BEGINS.get(record.list_no, "")
    began = _day(record, key)
    early = _PREGNANCY if record.list_no in _BEFORE_BIRTH else timedelta()
    if began and born - began > early:
        header = case.lists[record.list_no].headers[key]
        yield f'the date of birth is too long after "{header}" ({in_words(began)})'
    age = record.values.get("age")
    if isinstance(age, int):
        least = years_between(born, case.as_at - _MONTH)
        most = years_between(born, case.as_at + _MONTH)
        if not max(least, 0) <= age <= max(most, 0):
            yield "the age does not fit the date of birth"


def _ahead(case: CaseDates, record: Record) -> Iterator[str]:
    columns = case.lists[record.list_no]
    for key in columns.headers:
        if key in columns.dates and key not in _MAY_COME:
            day = _day(record, key)
            if day and day > case.as_at:
                yield (
                    f'"{columns.headers[key]}" ({in_words(day)}) is after the date of '
                    f"the lists, {in_words(case.as_at)}"
                )


def _status(case: CaseDates, record: Record) -> Iterator[str]:
    if record.list_no == 6:  # noqa: PLR2004 - a list is called by its number
        end, status = _day(record, "cin_end"), record.values.get("case_status")
        closed = end is not None and end <= case.as_at
        if closed and status not in ("closed_episode", None):
            yield "there is a closure date, but the case status is open"
        if status == "closed_episode" and end is None:
            yield "the case status is closed, but there is no closure date"
    if record.values.get("care_end_reason") and not record.values.get("care_end"):
        yield "there is a reason for leaving care, but no date"


def _blank(case: CaseDates, record: Record) -> Iterator[str]:
    columns = case.lists[record.list_no]
    for key, header in columns.headers.items():
        if key in columns.required & columns.filled and key not in record.raw:
            yield f'the required column "{header}" is empty'


def _closed_with_plan(case: CaseDates) -> Iterator[str]:
    plans = [row for row in case.rows(7) if _day(row, "plan_end") is None]
    statuses = {row.values.get("case_status") for row in case.rows(6)}
    if plans and statuses == {"closed_episode"}:
        yield "Open on list 7 as on a plan, but closed on list 6"


RULES: Final = (
    Rule(
        Timescale(
            id="T33",
            title="Contradictions on the lists",
            rule="Worth a look: an end before its start, a birth after a start, an age "
            "that does not fit, an open plan in a closed case, a date that has not "
            "come yet, a required column without an entry.",
            source="follows from what the columns mean",
            needs={},
        ),
        _t33,
    ),
)
