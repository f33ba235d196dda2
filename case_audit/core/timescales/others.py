"""Timescales of adoption, private fostering, supervision and proceedings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from case_audit.core.timescales.case import skip
from case_audit.core.timescales.days import months_after
from case_audit.core.timescales.due import after, again, due, once
from case_audit.core.timescales.model import EXTRAS, Timescale, flagged, worst
from case_audit.core.timescales.rule import Rule

if TYPE_CHECKING:
    from datetime import date

    from case_audit.core.timescales.case import Reading
    from case_audit.core.timescales.model import Part

_ADOPTION: Final = "statutory guidance on adoption (2013)"
_STAGES: Final = (("stage1", "Stage 1", "one"), ("stage2", "Stage 2", "two"))


def _t27(of: Reading) -> Part:
    row = of.row(10)
    if row.end("decision_reversed") is not None:
        skip("The decision for adoption was reversed.")
    began, placed = row.start("care_start"), row.day("placed")
    after(began, placed, what="placed")
    last = due(of.case, began, "care_to_placement")
    what = ("The child", "placed for adoption")
    parts = [once(of.case, what, done=placed, last=last)]
    ordered = row.end("placement_order")
    if ordered is not None:
        matched = row.day("matching")
        after(ordered, matched, what="matched")
        last = due(of.case, ordered, "order_to_match")
        what = ("The child", "matched with adopters")
        parts.append(once(of.case, what, done=matched, last=last))
    return worst(*parts)


def _t28(of: Reading) -> Part:
    named = of.added_day("adoption_review_date")
    if named is None:
        skip("No review that chose adoption is on record.")
    advised = of.added_day("adoption_panel_date")
    after(named, advised, what="a recommendation")
    last = due(of.case, named, "adoption_panel")
    return once(of.case, ("The recommendation", "made"), done=advised, last=last)


def _t29(of: Reading) -> Part:
    row = of.row(11)
    parts = []
    for key, label, number in _STAGES:
        began, end = row.day(f"{key}_start"), row.end(f"{key}_end")
        if began is not None:
            after(began, end, what=f"{label} ended")
            last = due(of.case, began, f"adopter_stage_{number}")
            until = row.end("leaving")
            parts.append(
                once(of.case, (label, "ended"), done=end, last=last, until=until)
            )
    if not parts:
        skip("Neither stage has begun.")
    return worst(*parts)


def _t30(of: Reading) -> Part:
    notified = of.added_day("private_fostering_notified")
    if notified is None:
        skip("No notice of private fostering is on record.")
    visited = of.added_day("private_fostering_visit")
    if visited is None or visited < notified:
        last = due(of.case, notified, "private_fostering_first_visit")
        return once(of.case, ("The child", "visited"), done=None, last=last)
    last = due(of.case, visited, "private_fostering_visit")
    if last.day > months_after(_arranged(of, notified), 12):
        last = due(of.case, visited, "private_fostering_later_visit")
    flags = [
        said
        for key, said in (
            ("private_fostering_seen_alone", "The child was not seen alone"),
            ("private_fostering_report", "There is no written report of the visit"),
        )
        if of.has_added(key) and of.added(key) == "no"
    ]
    part = again(of.case, "The latest visit", done=visited, last=last)
    return worst(part, flagged(flags, otherwise="")) if flags else part


def _arranged(of: Reading, notified: date) -> date:
    """Return when the arrangement began; the notice stands for it if unknown."""
    key = "private_fostering_start"
    began = of.added_day(key) if of.has_added(key) else None
    return began or notified


def _t31(of: Reading) -> Part:
    latest = of.added_day("last_supervision_date")
    if latest is None:
        flags = ["No supervision is on record for this child"]
        return flagged(flags, otherwise="")
    last = due(of.case, latest, "supervision")
    return again(of.case, "The latest supervision", done=latest, last=last)


def _t32(of: Reading) -> Part:
    issued = of.added_day("proceedings_issued_date")
    if issued is None:
        skip("No care proceedings are on record.")
    ended = of.added_day("proceedings_ended_date")
    after(issued, ended, what="ended")
    last = due(of.case, issued, "proceedings")
    return once(of.case, ("The case in court", "decided"), done=ended, last=last)


RULES: Final = (
    Rule(
        Timescale(
            id="T27",
            title="From care to an adoptive home",
            rule="Placed within {care_to_placement} of coming into care; matched "
            "within {order_to_match} of the placement order.",
            source="adoption scorecard",
            needs={
                10: (
                    *("care_start", "placement_order", "matching", "placed"),
                    "decision_reversed",
                )
            },
            unconfirmed="both limits; a report of 2015 used 547 days for the first",
        ),
        _t27,
    ),
    Rule(
        Timescale(
            id="T28",
            title="Adoption panel",
            rule="The panel recommends within {adoption_panel} of the review that chose "
            "adoption.",
            source=f"{_ADOPTION}, 2.2-2.3",
            needs={EXTRAS: ("adoption_review_date", "adoption_panel_date")},
        ),
        _t28,
    ),
    Rule(
        Timescale(
            id="T29",
            title="Approval of adopters",
            rule="Stage 1 lasts at most {adopter_stage_one}, stage 2 at most "
            "{adopter_stage_two}.",
            source=_ADOPTION,
            needs={
                11: (
                    *("stage1_start", "stage1_end", "stage2_start", "stage2_end"),
                    "leaving",
                )
            },
            unconfirmed="stage 2",
        ),
        _t29,
    ),
    Rule(
        Timescale(
            id="T30",
            title="Private fostering visits",
            rule="A visit within {private_fostering_first_visit} of the notice, then "
            "every {private_fostering_visit} in the first year and every "
            "{private_fostering_later_visit} after it; the child seen alone; a "
            "written report of each.",
            source="Private Arrangements for Fostering Regulations 2005 (SI "
            "2005/1533), reg 8",
            needs={
                EXTRAS: (
                    *("private_fostering_notified", "private_fostering_visit"),
                    *("private_fostering_start", "private_fostering_seen_alone"),
                    "private_fostering_report",
                )
            },
            unconfirmed="the first visit",
        ),
        _t30,
    ),
    Rule(
        Timescale(
            id="T31",
            title="Supervision of the case",
            rule="The case is talked through in supervision every {supervision}.",
            source="local standard",
            needs={EXTRAS: ("last_supervision_date",)},
        ),
        _t31,
    ),
    Rule(
        Timescale(
            id="T32",
            title="Care proceedings",
            rule="The court decides within {proceedings} (26 weeks) of the application.",
            source="statutory limit, as in Lancashire 2015 para 66",
            needs={EXTRAS: ("proceedings_issued_date", "proceedings_ended_date")},
        ),
        _t32,
    ),
)
