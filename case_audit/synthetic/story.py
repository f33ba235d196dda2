"""What a file needs to know about a case before it can be written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from case_audit.synthetic.bank import Pen
from case_audit.synthetic.care import make_care
from case_audit.synthetic.cases import COHORT, TALKS_FROM, facts_of, trend_of
from case_audit.synthetic.days import age_at, in_words
from case_audit.synthetic.streams import chance, stream
from case_audit.synthetic.visits import LOOK_BACK, STANDARD
from case_audit.synthetic.words import words

if TYPE_CHECKING:
    from random import Random

    from case_audit.synthetic.model import Case

SOURCES: Final = {
    "1": "a relative",
    "2": "the school",
    "3": "the health centre",
    "4": "the housing office",
    "5": "another council team",
    "6": "the police",
    "7": "the probation service",
    "8": "a charity",
    "9": "a caller who gave no name",
    "10": "a caller",
}
"""How people write of a source, by the beginning of its code."""

_NUMBERS = [
    "under one",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
]
_BANDS = ((2, "infant"), (TALKS_FROM, "small"), (11, "junior"), (16, "teen"))
_CARERS = {
    "mum": {"cs": "she", "co": "her", "cp": "her", "she": "she"},
    "dad": {"cs": "he", "co": "him", "cp": "his", "she": "he"},
}
_RELATIVES = (
    ("grandma", "her"),
    ("grandad", "his"),
    ("Auntie {name}", "her"),
    ("Uncle {name}", "his"),
)
_REPORTERS = {
    "domestic": "the police",
    "visitor": "the police",
    "outside": "the police",
    "alcohol": "the clinic",
    "mind": "the community nurse",
    "caring": "the occupational therapist",
}
_HOMES = {"U4": "foster", "U6": "foster", "U1": "kin", "U3": "kin", "K2": "group"}
_QUICK = 24
_COURSE = {
    "better": ("bad", "mixed", "mixed", "good"),
    "stuck": ("bad", "mixed", "bad", "mixed"),
    "worse": ("mixed", "mixed", "bad", "bad"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A case as the writers of its documents know it.

    Attributes:
        seed: The county's seed.
        case: The case.
        cohort: ``cin``, ``cp`` or ``cic``; ``cin`` where nothing was opened.
        as_at: The day the county describes.
        last: The last day on which anything is written.
        since: The day the plan, the care or the help began.
        window: The first day from which visits and meetings are told.
        trend: How things have gone: ``better``, ``stuck`` or ``worse``.
        pen: Writes the phrases.
    """

    seed: str
    case: Case
    cohort: str
    as_at: int
    last: int
    since: int
    window: int
    trend: str
    pen: Pen

    def has(self, feature: str) -> bool:
        """Return whether a strength or weakness is meant for this file."""
        return feature in self.case.features

    def rng(self, purpose: str) -> Random:
        """Return the stream for one purpose in this file."""
        return stream(self.seed, f"file/{purpose}", self.case.child.unit)

    def phase(self, day: int) -> str:
        """Return how things were on a day: ``bad``, ``mixed`` or ``good``."""
        steps = _COURSE[self.trend]
        start = max(self.since, self.last - LOOK_BACK[self.cohort])
        share = (day - start) / max(1, self.last - start)
        return steps[min(len(steps) - 1, max(0, int(share * len(steps))))]

    def overdue(self, day: int) -> bool:
        """Return whether a visit was due before a day and had not been made."""
        days = [v.day for v in self.case.visits if v.seen and v.day <= day]
        return bool(days) and day - days[-1] > STANDARD[self.cohort] * 1.2

    def visits_ok(self, day: int) -> bool:
        """Return whether visits have kept to the standard up to a day."""
        days = [v.day for v in self.case.visits if v.seen and v.day <= day]
        limit = STANDARD[self.cohort] * 1.2
        recent = [d for d in days if d >= day - LOOK_BACK[self.cohort]][-3:]
        gaps = [b - a for a, b in zip(recent, [*recent[1:], day], strict=False)]
        return bool(recent) and all(gap <= limit for gap in gaps)


def make_story(seed: str, case: Case, *, as_at: int, look_back: float) -> Story:
    """Return what a file is written from.

    Args:
        seed: The county's seed.
        case: A case with a referral, of a born child.
        as_at: The day the county describes.
        look_back: Share of the usual look-back that the file tells.
    """
    course, cohort = case.course, COHORT.get(case.journey, "cin")
    referral = course.referral or as_at
    starts = {"cin": course.assessed, "cp": course.conference, "cic": course.care}
    since = starts[cohort] or referral
    last = min(course.end or as_at, as_at)
    trend = trend_of(seed, case.family)
    return Story(
        seed=seed,
        case=case,
        cohort=cohort,
        as_at=as_at,
        last=last,
        since=since,
        window=last - int(LOOK_BACK[cohort] * look_back),
        trend=trend,
        pen=Pen(
            seed=seed,
            unit=case.child.unit,
            slots=_slots(seed, case, as_at),
            facts=_facts(seed, case, as_at) | {trend},
            referral=referral,
            since=since,
        ),
    )


def age_words(age: int) -> str:
    """Return an age in years from 0 to 17 in words."""
    return _NUMBERS[min(age, len(_NUMBERS) - 1)]


def band_of(age: int) -> str:
    """Return the age band that decides the words, from an age in years."""
    return next((band for upper, band in _BANDS if age < upper), "older")


def _facts(seed: str, case: Case, as_at: int) -> frozenset[str]:
    age = age_at(case.child.born, as_at)
    facts = {band_of(age), case.course.issue, *case.features}
    facts |= {"talks"} if age >= TALKS_FROM else {"young"}
    start, end = case.course.referral, case.course.assessed
    if start is not None and end is not None and end - start < _QUICK:
        facts.add("quick")
    if case.journey in COHORT:
        facts |= facts_of(seed, case.family, case.course, case.child, as_at)
    else:
        facts.add("cin")
    if case.course.care is not None:
        care = make_care(seed, case, as_at=as_at)
        facts.add(home_of(care.placement))
        facts.add(care.legal)
        facts.add(care.permanence or "early")
    return frozenset(facts)


def home_of(placement: str) -> str:
    """Return what kind of home a placement is, in the words of the bank."""
    if placement.startswith("A"):
        return "adopt"
    return _HOMES.get(placement, "parents" if placement == "P1" else "flat")


def _slots(seed: str, case: Case, as_at: int) -> dict[str, str]:
    child, course = case.child, case.course
    age = age_at(child.born, as_at)
    boy = child.sex == "male"
    manager = case.worker.manager
    slots = {
        "child": child.first_name,
        "he": "he" if boy else "she",
        "him": "him" if boy else "her",
        "his": "his" if boy else "her",
        "himself": "himself" if boy else "herself",
        "age": age_words(age),
        "worker": case.worker.name.split()[0],
        "wfirst": case.worker.name.split()[0],
        "manager": manager.split()[0],
        "source": source_words(course.source),
        "category": course.category.replace("_", " ") or "neglect",
        "reportwho": _REPORTERS.get(course.issue, nurse_of(age)),
        "nurse": nurse_of(age).removeprefix("the "),
        **_family_slots(seed, case),
        **_partner_slots(seed, case, age),
    }
    if course.care is not None:
        care = make_care(seed, case, as_at=as_at)
        slots |= _home_slots(seed, case, care.placement, slots)
        slots["legal"] = in_words(care.legal_start)
        slots["placed"] = in_words(care.placement_start)
    return slots


def nurse_of(age: int) -> str:
    """Return which nurse knows a child of an age."""
    return "the health visitor" if age < TALKS_FROM else "the school nurse"


def source_words(code: str) -> str:
    """Return how people write of the source of a contact."""
    return SOURCES[code if code == "10" else code[0]]


def _family_slots(seed: str, case: Case) -> dict[str, str]:
    """Return who is who in the family; the same in every sibling's file."""
    rng = stream(seed, "family", case.family.number)
    taken = {child.first_name for child in case.family.children}
    free = [name for name in words("carer_names") if name not in taken]
    carer_name, other_name, rel_name, adult, carer2 = rng.sample(free, 5)
    carer = rng.choice(("mum", "dad"))
    rel, rel_own = rng.choice(_RELATIVES)
    language = rng.choice(("English",) * 6 + ("English and sign language",))
    siblings = [c for c in case.family.children if c is not case.child]
    return {
        "carer": carer,
        **_CARERS[carer],
        "other": "dad" if carer == "mum" else "mum",
        "oo": "him" if carer == "mum" else "her",
        "op": "his" if carer == "mum" else "her",
        "carer_name": carer_name,
        "other_name": other_name,
        "rel": rel.format(name=rel_name),
        "rel_name": rel_name,
        "cprel": rel_own,
        "adult": adult,
        "fc": carer2,
        "grown": carer,
        "language": language,
        "place_in": _place(case, len(siblings)),
    }


def _place(case: Case, others: int) -> str:
    if not others:
        return "an only child"
    births = sorted(child.born for child in case.family.children)
    if case.child.born == births[0]:
        return "the eldest"
    return "the youngest" if case.child.born == births[-1] else "in the middle"


def _partner_slots(seed: str, case: Case, age: int) -> dict[str, str]:
    rng = stream(seed, "partners", case.child.unit)
    surnames = rng.sample(words("surnames"), 7)
    school = rng.choice(words("schools"))
    if age < _BANDS[0][0]:
        name, who = f"{school} Children's Centre", "the children's centre"
    elif age < TALKS_FROM:
        name, who = f"{school} Nursery", "the nursery"
    else:
        kind = "Primary School" if age < TALKS_FROM + 6 else "High School"
        name, who = f"{school} {kind}", "school"
    firsts = rng.sample(words("first_names"), 5)
    return {
        "school_name": name,
        "schoolwho": who,
        "teacher": f"Ms {surnames[0]}" if chance(rng, 0.5) else f"Mr {surnames[0]}",
        "officer": f"PC {surnames[1]}",
        "chair": f"{firsts[0]} {surnames[2]}",
        "iro": f"{firsts[1]} {surnames[3]}",
        "frontman": f"{firsts[2]} {surnames[4]}, manager",
        "clinician": f"{firsts[3]} {surnames[5]}",
        "contact_worker": f"{firsts[4]} {surnames[6]}",
    }


def _home_slots(
    seed: str, case: Case, placement: str, slots: dict[str, str]
) -> dict[str, str]:
    home = home_of(placement)
    if home == "parents":
        return {"fc": slots["carer"], "grown": slots["carer"]}
    if home == "kin":
        return {"fc": slots["rel_name"], "grown": slots["rel_name"]}
    unit_rng = stream(seed, "home", f"{case.family.number}/{placement}")
    taken = {slots[key] for key in ("carer_name", "other_name", "rel_name", "adult")}
    free = [name for name in words("carer_names") if name not in taken]
    name = unit_rng.choice(free)
    return {"fc": name, "grown": name}
