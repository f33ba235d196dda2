"""What happened to a family, told backwards from where it has got to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from case_audit.synthetic import margins
from case_audit.synthetic.days import MONTHS_6, at_work, plus_working, working_between
from case_audit.synthetic.model import Course
from case_audit.synthetic.reasons import reasons
from case_audit.synthetic.streams import chance, pick, stream
from case_audit.synthetic.words import words

if TYPE_CHECKING:
    from random import Random

    from case_audit.synthetic.model import Family

Bins = tuple[tuple[int, int, float], ...]


def quantile(bins: Bins, place: float) -> int:
    """Return the value below which that share of a binned distribution lies.

    Args:
        bins: First value, last value and weight, in order.
        place: Share from 0 to 1.
    """
    at = place * sum(weight for _, _, weight in bins)
    for first, last, weight in bins:
        if at <= weight:
            return first + int((last - first + 1) * min(at / weight, 0.999))
        at -= weight
    return bins[-1][1]


def make_course(seed: str, family: Family, *, as_at: int) -> Course:
    """Return what happened to a family up to a day.

    Args:
        seed: The county's seed.
        family: Who it happened to.
        as_at: The last day anything can have happened.
    """
    rng = stream(seed, "course", family.number)
    why = reasons(stream(seed, "reasons", family.number), family, as_at)
    youngest = as_at - max(child.born for child in family.children)
    make = _adoption if family.adoption else _MAKERS[family.journey]
    # An unborn child's family is known for part of a pregnancy only.
    room = youngest if youngest > 0 else 120
    course = make(rng, family.place, as_at, room)
    eldest = min(child.born for child in family.children)
    history = tuple(entry for entry in course.history if entry[0] > eldest)
    earlier = course.earlier_plan
    if earlier is not None and earlier < eldest + MONTHS_6:
        earlier = None
    return replace(course, **why, history=history, earlier_plan=earlier)


def _leaver(rng: Random, place: float, as_at: int, room: int) -> Course:
    del rng, place, as_at, room
    return Course()


def _contact(rng: Random, place: float, as_at: int, room: int) -> Course:
    day = as_at - min(1 + int(place * (MONTHS_6 - 1)), room)
    return Course(contact=day, source=pick(rng, margins.SOURCE))


def _early_help(rng: Random, place: float, as_at: int, room: int) -> Course:
    start = as_at - min(14 + int(place * 220), room)
    end = plus_working(start, rng.randint(10, 40))
    # One that would have ended before the list's six months still goes on.
    ended = end if as_at - MONTHS_6 <= end <= as_at else None
    return Course(
        early_help=(at_work(start), ended, rng.choice(words("organisations"))),
        contact=start - rng.randint(3, 20),
        source=pick(rng, margins.SOURCE),
    )


def _referral_nfa(rng: Random, place: float, as_at: int, room: int) -> Course:
    day = at_work(as_at - min(3 + int(place * (MONTHS_6 - 4)), room))
    return _referred(rng, day, as_at)


def _assessment(rng: Random, place: float, as_at: int, room: int) -> Course:
    open_for = min(2 + int(62 * place), room - 2)
    return _referred(rng, plus_working(at_work(as_at - open_for), 0), as_at)


def _assessed(rng: Random, place: float, as_at: int, room: int) -> Course:
    end = as_at - min(int(place * (MONTHS_6 - 2)), room // 3)
    days = quantile(margins.ASSESSMENT_DAYS, rng.random())
    course = _referred(rng, at_work(end - days * 7 // 5), as_at)
    done = min(plus_working(course.referral or end, days), as_at)
    strategy = None
    if days > 1 and chance(rng, 0.3):
        strategy = plus_working(course.referral or end, rng.randint(0, 1))
    return replace(course, assessed=done, end=done, strategy=strategy)


def _cin(rng: Random, place: float, as_at: int, room: int) -> Course:
    length = min(quantile(margins.NEED_LENGTH, place), max(80, room - 10))
    course = _helped(rng, at_work(as_at - length), as_at, latest=as_at - 21)
    return _with_incident(rng, course, as_at)


def _cin_closed(rng: Random, place: float, as_at: int, room: int) -> Course:
    end = at_work(as_at - min(1 + int(place * (MONTHS_6 - 4)), room // 2))
    length = min(80 + int(250 * rng.random()), max(75, room - 60))
    course = _helped(rng, at_work(end - length), as_at, latest=end - 10)
    reviews = tuple(day for day in course.reviews if day < end)
    return replace(course, end=end, reviews=reviews)


def _helped(rng: Random, referral: int, as_at: int, *, latest: int) -> Course:
    """Referral, assessment, a plan for a child in need and its reviews."""
    course = _referred(rng, referral, as_at)
    assessed = _authorised(rng, referral, latest=latest)
    reviews = tuple(at_work(day) for day in range(assessed + 42, as_at - 2, 77))
    strategy = None
    if chance(rng, 0.3):
        strategy = plus_working(referral, rng.randint(0, 2))
    early = None
    if chance(rng, 0.4):
        start = at_work(referral - rng.randint(50, 90))
        end = plus_working(start, rng.randint(10, 35))
        early = (start, end, rng.choice(words("organisations")))
    return replace(
        course,
        assessed=assessed,
        reviews=reviews,
        strategy=strategy,
        early_help=early,
    )


def _cp(rng: Random, place: float, as_at: int, room: int) -> Course:
    length = min(quantile(margins.PLAN_LENGTH, place), max(40, room - 40))
    course = _protected(rng, at_work(as_at - length), as_at)
    return _with_incident(rng, course, as_at)


def _cp_ended(rng: Random, place: float, as_at: int, room: int) -> Course:
    end = at_work(as_at - min(1 + int(place * (MONTHS_6 - 4)), room // 3))
    length = min(85 + int(420 * rng.random()), max(60, room - (as_at - end) - 40))
    course = _protected(rng, at_work(end - length), as_at)
    reviews = tuple(day for day in course.reviews if day < end)
    return replace(course, end=end, reviews=(*reviews, end))


def _protected(rng: Random, conference: int, as_at: int) -> Course:
    """Referral, strategy discussion, enquiry, conference, plan and its reviews."""
    days = quantile(margins.CONFERENCE_DAYS, rng.random())
    strategy = at_work(conference - days * 7 // 5)
    while working_between(strategy, conference) > days:
        strategy = plus_working(strategy, 1)
    referral = at_work(strategy - rng.choice((0, 0, 1, 2, 5)))
    course = _referred(rng, referral, as_at)
    reviews, day = [], conference + rng.randint(80, 90)
    while day < as_at - 1:
        reviews.append(at_work(day))
        day += rng.randint(150, 178)
    earlier = None
    if chance(rng, 0.24):
        earlier = at_work(referral - rng.randint(400, 900))
    return replace(
        course,
        assessed=_authorised(rng, referral, latest=conference),
        strategy=strategy,
        conference=conference,
        on_plan=True,
        reviews=tuple(reviews),
        earlier_plan=earlier,
    )


def _cic(rng: Random, place: float, as_at: int, room: int) -> Course:
    length = min(quantile(margins.CARE_LENGTH, place), room - 2)
    return _in_care(rng, at_work(as_at - length), as_at)


def _adoption(rng: Random, place: float, as_at: int, room: int) -> Course:
    length = min(300 + int(place * 300), room - 2)
    return _in_care(rng, at_work(as_at - length), as_at)


def _cic_ended(rng: Random, place: float, as_at: int, room: int) -> Course:
    end = at_work(as_at - min(1 + int(place * (MONTHS_6 - 4)), room // 3))
    length = min(60 + int(900 * rng.random()), room - (as_at - end) - 2)
    course = _in_care(rng, at_work(end - length), as_at)
    reviews = tuple(day for day in course.reviews if day < end)
    return replace(course, end=end, reviews=reviews)


def _in_care(rng: Random, care: int, as_at: int) -> Course:
    """Referral, assessment, strategy discussion, care and its reviews."""
    referral = at_work(care - rng.randint(15, 160))
    course = _referred(rng, referral, as_at)
    reviews, day = [], plus_working(care, rng.randint(17, 20))
    gaps = [rng.randint(80, 90)] + [rng.randint(160, 180) for _ in range(20)]
    for gap in gaps:
        if day >= as_at - 1:
            break
        reviews.append(at_work(day))
        day += gap
    return replace(
        course,
        assessed=_authorised(rng, referral, latest=as_at - 10),
        strategy=at_work(care - rng.randint(2, 9)),
        care=care,
        reviews=tuple(reviews),
    )


def _authorised(rng: Random, referral: int, *, latest: int) -> int:
    """Return when an assessment was authorised: not after ``latest``."""
    for _ in range(4):
        days = quantile(margins.ASSESSMENT_DAYS, rng.random())
        done = plus_working(referral, max(days, 3))
        if done <= latest:
            return done
    return max(at_work(latest), plus_working(referral, 3))


def _referred(rng: Random, referral: int, as_at: int) -> Course:
    """Earlier contacts, the contact and the referral, and nothing after it."""
    del as_at
    history = [
        (at_work(referral - rng.randint(370, 1300)), chance(rng, 0.4))
        for _ in range(rng.choice((0, 0, 1, 2, 2, 3)))
    ]
    if chance(rng, margins.RE_REFERRAL):
        history.append((at_work(referral - rng.randint(45, 350)), True))
    elif chance(rng, 0.3):
        history.append((at_work(referral - rng.randint(45, 350)), False))
    return Course(
        history=tuple(
            (day, pick(rng, margins.SOURCE), was) for day, was in sorted(set(history))
        ),
        contact=at_work(referral - rng.choice((0, 0, 0, 1))),
        referral=referral,
        source=pick(rng, margins.SOURCE),
    )


def _with_incident(rng: Random, course: Course, as_at: int) -> Course:
    first = max(course.conference or 0, course.assessed or 0, as_at - 110) + 10
    if chance(rng, 0.45) or first > as_at - 25:
        return course
    day = rng.randint(first, as_at - 25)
    return replace(course, incident=(at_work(day), rng.choice(("6", "6", "2A"))))


_MAKERS = {
    "contact": _contact,
    "early_help": _early_help,
    "referral_nfa": _referral_nfa,
    "assessed": _assessed,
    "assessment": _assessment,
    "cin": _cin,
    "cin_closed": _cin_closed,
    "cp": _cp,
    "cp_ended": _cp_ended,
    "cic": _cic,
    "cic_ended": _cic_ended,
    "leaver": _leaver,
}
