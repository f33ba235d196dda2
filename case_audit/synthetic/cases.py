"""Everything that is decided about a child before a row or a page is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.synthetic.days import age_at, working_between
from case_audit.synthetic.journey import make_course
from case_audit.synthetic.model import Case
from case_audit.synthetic.people import make_families
from case_audit.synthetic.quality import choose_features
from case_audit.synthetic.staff import make_staff, team_of
from case_audit.synthetic.streams import stream
from case_audit.synthetic.visits import LOOK_BACK, STANDARD, make_visits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.synthetic.model import Child, Course, Family, Visit, Worker

COHORT = {
    "cin": "cin",
    "cin_closed": "cin",
    "cp": "cp",
    "cp_ended": "cp",
    "cic": "cic",
    "cic_ended": "cic",
}
"""Which cohort's files and visits a journey has."""

TALKS_FROM = 5
"""Age in years from which a child's own words are written down."""

_SCHOOL = range(5, 17)
_LONG = 4.7
_YEAR = 250
_FOUR_MONTHS = 125
_LIMIT = 45
_TREND = ("better", "better", "stuck", "worse")


def make_cases(
    seed: str, *, children: int, as_at: int
) -> tuple[list[Case], tuple[Worker, ...]]:
    """Return every child's case, in the order of the identifiers, and the staff.

    Args:
        seed: The county's seed.
        children: Children in the county, at least 1.
        as_at: The day the county describes.
    """
    known: list[tuple[Family, Course, str]] = []
    loads: dict[str, int] = {}
    for family in make_families(seed, children=children, as_at=as_at):
        course = make_course(seed, family, as_at=as_at)
        team = team_of(seed, family.number, journey=family.journey, need=course.need)
        loads[team] = loads.get(team, 0) + len(family.children)
        known.append((family, course, team))
    staff = make_staff(seed, {team: loads[team] for team in sorted(loads)})
    turn = dict.fromkeys(loads, 0)
    cases: list[Case] = []
    for family, course, team in known:
        worker = staff[team][turn[team] % len(staff[team])]
        turn[team] += 1
        cases += _cases(seed, family, course, worker, as_at)
    return cases, tuple(worker for team in staff.values() for worker in team)


def _cases(
    seed: str, family: Family, course: Course, worker: Worker, as_at: int
) -> Iterator[Case]:
    cohort = COHORT.get(family.journey)
    for child in family.children:
        features: frozenset[str] = frozenset()
        visits: tuple[Visit, ...] = ()
        if cohort:
            facts = facts_of(seed, family, course, child, as_at)
            features = choose_features(
                seed, child.unit, facts=facts, strength=worker.strength
            )
            first, last = _visiting(family.journey, course, as_at)
            visits = make_visits(
                stream(seed, "visits", child.unit),
                cohort=cohort,
                first=first,
                last=last,
                features=features
                | ({"S-NOTALONE"} if "talks" not in facts else set())
                | ({"S-NOTALONE"} if "V-ABSENT" in features else set()),
            )
        yield Case(
            child=child,
            family=family,
            course=course,
            worker=worker,
            features=features,
            visits=visits,
        )


def is_late(course: Course) -> bool:
    """Return whether an assessment took longer than 45 working days."""
    start, end = course.referral, course.assessed
    if start is None or end is None:
        return False
    return working_between(start, end) > _LIMIT


def trend_of(seed: str, family: Family) -> str:
    """Return how things have gone: ``better``, ``stuck`` or ``worse``.

    The family's, so that brothers and sisters live in the same home. Quality has
    no part in it: good work can end badly.
    """
    return stream(seed, "trend", family.number).choice(_TREND)


def facts_of(
    seed: str, family: Family, course: Course, child: Child, as_at: int
) -> set[str]:
    """Return what is true of a case, in the words of ``features.csv``."""
    cohort = COHORT[family.journey]
    first, last = _visiting(family.journey, course, as_at)
    age = age_at(child.born, as_at)
    held = sum(day > as_at - LOOK_BACK[cohort] for day in course.reviews)
    known_for = min(last - first, LOOK_BACK[cohort])
    facts = {cohort, course.issue, trend_of(seed, family)}
    conditions = {
        "talks": age >= TALKS_FROM,
        "school": age in _SCHOOL,
        "home": cohort != "cic" and age >= 0,
        "siblings": len(family.children) > 1,
        "history1": len(course.history) >= 1,
        "history2": len(course.history) > 1,
        "incident": course.incident is not None,
        "strategy": course.strategy is not None,
        "reviewed": held >= 1,
        "reviewed2": held > 1,
        "long": known_for >= _LONG * STANDARD[cohort],
        "late": is_late(course),
        "year": last - first >= _YEAR,
        "months4": last - first >= _FOUR_MONTHS,
    }
    return facts | {fact for fact, holds in conditions.items() if holds}


def _visiting(journey: str, course: Course, as_at: int) -> tuple[int, int]:
    """Return the first and the last day on which there can have been a visit."""
    cohort = COHORT[journey]
    start = {"cin": course.referral, "cp": course.conference, "cic": course.care}
    last = as_at if course.end is None else course.end - 1
    return (start[cohort] or as_at) + 2, last
