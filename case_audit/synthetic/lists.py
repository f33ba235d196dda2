"""Annex A lists 1 to 9, made from cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.synthetic.care import LA_CODE, OTHER_LA_CODE, make_care
from case_audit.synthetic.days import MONTHS_6, age_at, iso, iso_or_none, plus_working
from case_audit.synthetic.leavers import leaver_rows
from case_audit.synthetic.streams import chance, stream

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from random import Random

    from case_audit.synthetic.care import Care
    from case_audit.synthetic.model import Case, Child, Row

_STATUS = {
    "cin": "child_in_need_plan",
    "cp": "child_protection_plan",
    "cic": "looked_after",
    "assessment": "open_assessment",
}
_ENDED = frozenset({"cin_closed", "cp_ended", "cic_ended", "assessed"})
_HELPED = frozenset(_STATUS) | _ENDED
_LITTLE = 5
_NEARLY_GROWN = 17
_ELIGIBLE = 16
_FIRST_CHECK = 28
_FIRST_DENTIST = 60


def person(child: Child, as_at: int) -> Row:
    """Return the columns that say who a child is; no age before birth."""
    born = child.born <= as_at
    return {
        "child_id": child.unit,
        "gender": child.sex,
        "ethnicity": child.ethnicity,
        "date_of_birth": iso(child.born),
        "age": age_at(child.born, as_at) if born else None,
    }


def yes_no(value: object) -> str | None:
    """Return the id of a yes or no (of what counts as true), nothing for nothing."""
    return None if value is None else "yes" if value else "no"


def _holder(case: Case) -> Row:
    return {"team": case.worker.team, "worker": case.worker.name}


def _disability(case: Case) -> Row:
    return {"disability": yes_no(case.child.disability)}


def _within(case: Case, day: int, as_at: int) -> bool:
    """Return whether a day is in the last six months, with the child known."""
    return as_at - MONTHS_6 <= day <= as_at and day > case.child.born - MONTHS_6


def referrals_of(case: Case) -> list[tuple[int, str, bool]]:
    """Return every referral as day, source and whether it went no further."""
    course = case.course
    found = [(day, source, True) for day, source, was in course.history if was]
    if course.referral is not None:
        nfa = case.journey == "referral_nfa"
        found.append((course.referral, course.source, nfa))
    return found


def contact_rows(cases: Iterable[Case], as_at: int) -> Iterator[Row]:
    """List 1: every contact of the last six months."""
    for case in cases:
        course = case.course
        contacts = [(day, source) for day, source, _ in course.history]
        if course.contact is not None:
            contacts.append((course.contact, course.source))
        if course.incident is not None:
            contacts.append(course.incident)
        for day, source in contacts:
            if _within(case, day, as_at):
                yield person(case.child, as_at) | {
                    "contact_date": iso(day),
                    "contact_source": source,
                }


def early_help_rows(cases: Iterable[Case], as_at: int) -> Iterator[Row]:
    """List 2: early help assessments open now or in the last six months."""
    for case in cases:
        early = case.course.early_help
        if early is None or case.child.born > early[0]:
            continue
        start, end, organisation = early
        if end is None or end >= as_at - MONTHS_6:
            yield person(case.child, as_at) | {
                "assessment_start": iso(start),
                "assessment_end": iso_or_none(end),
                "organisation": organisation,
            }


def referral_rows(cases: Iterable[Case], as_at: int) -> Iterator[Row]:
    """List 3: referrals of the last six months, with how many came before."""
    for case in cases:
        every = referrals_of(case)
        for day, source, nfa in every:
            if _within(case, day, as_at):
                before = sum(day - 365 <= other < day for other, _, _ in every)
                yield (
                    person(case.child, as_at)
                    | {
                        "referral_date": iso(day),
                        "referral_source": source,
                        "referral_nfa": yes_no(nfa),
                        "referrals_12m": before,
                    }
                    | _holder(case)
                )


def assessment_rows(cases: Iterable[Case], as_at: int) -> Iterator[Row]:
    """List 4: assessments begun, open or authorised in the last six months."""
    for case in cases:
        course = case.course
        start, end = course.referral, course.assessed
        if start is None or case.journey == "referral_nfa":
            continue
        if end is not None and end < as_at - MONTHS_6:
            continue
        support = None if end is None else case.journey != "assessed"
        seen = end is not None or start < as_at - 10
        yield (
            person(case.child, as_at)
            | _disability(case)
            | {
                "assessment_start": iso(start),
                "child_seen": yes_no(seen and case.child.born <= as_at),
                "assessment_authorised": iso_or_none(end),
                "support_required": yes_no(support),
            }
            | _holder(case)
        )


def enquiry_rows(cases: Iterable[Case], as_at: int) -> Iterator[Row]:
    """List 5: section 47 enquiries of the last six months."""
    for case in cases:
        course = case.course
        if course.strategy is None or not _within(case, course.strategy, as_at):
            continue
        held = course.conference is not None
        yield (
            person(case.child, as_at)
            | _disability(case)
            | {
                "strategy_date": iso(course.strategy),
                "icpc_unnecessary": yes_no(not held),
                "icpc_date": iso_or_none(course.conference),
                "icpc_plan": yes_no(course.on_plan if held else None),
                "s47_12m": 0,
                "icpc_12m": 0,
            }
            | _holder(case)
        )


def last_seen(case: Case) -> int | None:
    """Return the day a child was last seen, if it is on record."""
    seen = [visit.day for visit in case.visits if visit.seen]
    if seen:
        return seen[-1]
    course = case.course
    if course.assessed is None or course.referral is None:
        return None
    return min(plus_working(course.referral, 2), course.assessed)


def need_rows(cases: Iterable[Case], as_at: int) -> Iterator[Row]:
    """List 6: children receiving services now or in the last six months."""
    for case in cases:
        course = case.course
        if case.journey not in _HELPED or course.referral is None:
            continue
        ended = case.journey in _ENDED
        seen = last_seen(case)
        born = case.child.born <= as_at
        yield (
            person(case.child, as_at)
            | _disability(case)
            | {
                "cin_start": iso(course.referral),
                "need": course.need,
                "last_seen": iso_or_none(seen) if born else None,
                "cin_end": iso_or_none(course.end) if ended else None,
                "closure_reason": _closed_because(case) if ended else None,
                "case_status": _STATUS.get(case.journey, "closed_episode"),
            }
            | _holder(case)
        )


def _closed_because(case: Case) -> str:
    rng = stream(case.worker.name, "closure", case.child.unit)
    if case.journey == "assessed":
        return rng.choice(("RC8", "RC8", "RC9"))
    return rng.choice(("RC7", "RC7", "RC7", "RC7", "RC5", "RC3"))


def plan_rows(cases: Iterable[Case], as_at: int) -> Iterator[Row]:
    """List 7: children on a plan now or in the last six months."""
    for case in cases:
        course = case.course
        if course.conference is None or not course.on_plan:
            continue
        seen = [visit for visit in case.visits if visit.seen]
        earlier = course.earlier_plan is not None
        yield (
            person(case.child, as_at)
            | _disability(case)
            | {
                "plan_start": iso(course.conference),
                "initial_category": course.category,
                "latest_category": course.category,
                "last_visit": iso(seen[-1].day) if seen else None,
                "seen_alone": yes_no(seen[-1].alone) if seen else None,
                "last_review": iso_or_none(max(course.reviews, default=None)),
                "plan_end": iso_or_none(course.end),
                "emergency_protection": "no",
                "previous_plans": int(earlier and case.child.born < course.conference),
            }
            | _holder(case)
        )


def care_rows(seed: str, cases: Iterable[Case], as_at: int) -> Iterator[Row]:
    """List 8: children in care now or in the last six months."""
    for case in cases:
        if case.course.care is None:
            continue
        care = make_care(seed, case, as_at=as_at)
        rng = stream(seed, "care row", case.child.unit)
        yield (
            person(case.child, as_at)
            | {"uasc": "no"}
            | _disability(case)
            | _care_facts(case, care)
            | _care_checks(rng, case, as_at)
            | _missing(rng, care)
            | _holder(case)
        )


def _care_facts(case: Case, care: Care) -> Row:
    course = case.course
    return {
        "care_start": iso(course.care or 0),
        "need": course.need,
        "second_period": "no",
        "legal_status_start": iso(care.legal_start),
        "legal_status": care.legal,
        "last_review": iso_or_none(max(course.reviews, default=None)),
        "permanence_plan": care.permanence,
        "placements_12m": care.placements,
        "care_end": iso_or_none(course.end),
        "care_end_reason": None if course.end is None else care_ended(case, care),
        "placement_start": iso(care.placement_start),
        "placement_type": care.placement,
        "placement_provider": care.provider,
        "placement_postcode": care.postcode,
        "placement_urn": _urn(case, care),
        "placement_location": "in" if care.inside else "out",
        "placement_la": LA_CODE if care.inside else OTHER_LA_CODE,
    }


def _urn(case: Case, care: Care) -> str | None:
    if care.placement not in {"K2", "H5"}:
        return None
    return f"SYN{stream('urn', 'home', case.family.number).randint(1, 40):04d}"


def care_ended(case: Case, care: Care) -> str:
    """Return why care ended, in keeping with age and placement."""
    end = case.course.end or 0
    if care.placement.startswith("A"):
        return "E12"
    if care.permanence == "sgo_cao":
        return "E45"
    if age_at(case.child.born, end) >= _NEARLY_GROWN:
        return "E5"
    return "E4A" if case.child.born % 4 else "E4B"


def _care_checks(rng: Random, case: Case, as_at: int) -> Row:
    course = case.course
    start, until = course.care or as_at, course.end or as_at
    age = age_at(case.child.born, as_at)
    seen = [visit.day for visit in case.visits if visit.seen]
    every = 182 if age < _LITTLE else 365
    length = until - start
    health = until - rng.randint(5, min(every, max(6, length - 15)))
    if length > every + 60 and chance(rng, 0.11):
        health -= rng.randint(every // 2, every)
    dental = until - rng.randint(5, max(6, min(360, length)))
    contact = until - rng.randint(4, max(5, min(160, length - 1)))
    return {
        "last_visit": iso(seen[-1]) if seen else None,
        "last_iro_visit": iso(max(start, contact)),
        "last_health_assessment": iso(max(health, start))
        if length > _FIRST_CHECK
        else None,
        "last_dental_check": iso(max(dental, start))
        if age and length > _FIRST_DENTIST
        else None,
    }


def _missing(rng: Random, care: Care) -> Row:
    offered = chance(rng, 0.85) if care.missing else None
    return {
        "missing_12m": care.missing,
        "absent_12m": 0,
        "return_interview_offered": yes_no(offered),
        "return_interview_accepted": yes_no(chance(rng, 0.55) if offered else None),
    }


def every_leaver(seed: str, cases: Iterable[Case], as_at: int) -> Iterator[Row]:
    """List 9: care leavers, and those in care who will be (from 16)."""
    for case in cases:
        age = age_at(case.child.born, as_at)
        eligible = case.journey == "cic" and age >= _ELIGIBLE
        if case.journey == "leaver" or eligible:
            who = person(case.child, as_at) | _disability(case)
            facts = leaver_rows(seed, case, as_at, eligible=eligible)
            yield who | _holder(case) | facts
