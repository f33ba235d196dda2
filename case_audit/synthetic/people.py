"""Families and children: who they are, and nothing about what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.synthetic import margins
from case_audit.synthetic.model import Child, Family
from case_audit.synthetic.plan import families
from case_audit.synthetic.streams import pick, stream
from case_audit.synthetic.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from case_audit.synthetic.plan import Slot

YEAR = 365.25
YOUNGEST = 80
"""Days: children are born early enough for what happened to fit in."""

_APART = 300
_AGES = {"cp": "cp", "cp_ended": "cp", "cic": "cic", "cic_ended": "cic"}


def make_families(seed: str, *, children: int, as_at: int) -> Iterator[Family]:
    """Yield the families in the order of their identifiers.

    Sex, ethnicity and disability come from a stream of their own, which decides
    nothing else: harm and the quality of help cannot depend on them.

    Args:
        seed: The county's seed.
        children: Children in the county, at least 1.
        as_at: The day the county describes.
    """
    width = max(5, len(str(children)))
    first = 1
    lifelike = children >= margins.BALANCED_BELOW
    for number, slot in enumerate(families(seed, children)):
        units = [f"SYN-{first + k:0{width}d}" for k in range(slot.size)]
        first += slot.size
        births = _births(seed, number, slot, as_at, lifelike=lifelike)
        yield Family(
            number=number,
            journey=slot.journey,
            place=slot.place,
            adoption=slot.adoption,
            children=tuple(_children(seed, number, units, births, as_at)),
        )


def _children(
    seed: str, number: int, units: list[str], births: list[int], as_at: int
) -> Iterator[Child]:
    rng = stream(seed, "identity", number)
    surname = rng.choice(words("surnames"))
    ethnicity = pick(rng, margins.ETHNICITY)
    names = rng.sample(words("first_names"), len(units))
    for unit, born, name in zip(units, births, names, strict=True):
        boy, disability = rng.random() < margins.SEX_MALE, rng.random()
        sex = "male" if boy else "female"
        yield Child(
            unit=unit,
            family=number,
            first_name=name,
            surname=surname,
            sex=sex if born <= as_at else "not_stated",
            ethnicity=ethnicity,
            disability=born <= as_at and disability < margins.DISABILITY,
            born=born,
        )


def _births(
    seed: str, number: int, slot: Slot, as_at: int, *, lifelike: bool
) -> list[int]:
    rng, journey, size = stream(seed, "ages", number), slot.journey, slot.size
    if lifelike and size == 1 and rng.random() < 2 * margins.UNBORN.get(journey, 0):
        return [as_at + rng.randint(20, 140)]
    bins = margins.AGES[_AGES.get(journey, "leaver" if journey == "leaver" else "cin")]
    if slot.adoption:
        bins = ((2, 5, 1.0),)
    days: list[int] = []
    while len(days) < size:
        day = _age_in_days(rng, bins)
        tries = 12
        while tries and any(abs(day - other) < _APART for other in days):
            day, tries = _age_in_days(rng, bins), tries - 1
        days.append(day)
    return [as_at - day for day in sorted(days, reverse=True)]


def _age_in_days(rng: Random, bins: tuple[tuple[int, int, float], ...]) -> int:
    ages = {f"{first} {last}": weight for first, last, weight in bins}
    first, last = map(int, pick(rng, ages).split())
    return max(YOUNGEST, int(rng.randint(first, last) * YEAR) + rng.randint(1, 364))
