"""Annex A lists 10 and 11: children with a plan for adoption, and adopters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.synthetic import margins
from case_audit.synthetic.care import make_care
from case_audit.synthetic.days import MONTHS_12, iso, iso_or_none
from case_audit.synthetic.lists import person, yes_no
from case_audit.synthetic.streams import chance, pick, stream

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from random import Random

    from case_audit.synthetic.model import Case, Row

_ONE_HOUSEHOLD_PER = 60
_LEFT_AFTER = 0.2


def adoption_rows(seed: str, cases: Iterable[Case], as_at: int) -> Iterator[Row]:
    """List 10: children in care whose plan is adoption.

    Every date lies between the start of care and the end of it, in the order
    the law wants: decision, order, match, placement, adoption.
    """
    for case in cases:
        start = case.course.care
        if start is None:
            continue
        care = make_care(seed, case, as_at=as_at)
        if care.legal != "E1":
            continue
        rng = stream(seed, "adoption", case.child.unit)
        placed = care.placement_start if care.placement.startswith("A") else None
        adopted = case.course.end if placed is not None else None
        who = person(case.child, as_at)
        yield who | {
            "family_id": f"SYN-F{case.family.number + 1:05d}",
            "disability": yes_no(case.child.disability),
            "care_start": iso(start),
            "adoption_decision": iso(care.legal_start - rng.randint(20, 90)),
            "placement_order": iso(care.legal_start),
            "matching": None
            if placed is None
            else iso(_matched(care.legal_start, placed)),
            "placed": iso_or_none(placed),
            "adoption_order": iso_or_none(adopted),
            "decision_reversed": None,
            "reversal_reason": None,
            "fostering_for_adoption": None,
        }


def _matched(order: int, placed: int) -> int:
    return max(order, placed - 21)


def adopter_rows(seed: str, children: int, as_at: int) -> Iterator[Row]:
    """List 11: adopters in touch with the agency in the last twelve months."""
    number = 0
    for household in range(max(2, children // _ONE_HOUSEHOLD_PER)):
        rng = stream(seed, "adopters", household)
        steps = _steps(rng, as_at)
        for _ in range(2 if chance(rng, 0.7) else 1):
            number += 1
            yield _adopter(rng, number, household) | steps


def _adopter(rng: Random, number: int, household: int) -> Row:
    return {
        "adopter_id": f"SYN-A{number:05d}",
        "family_id": f"SYN-H{household + 1:05d}",
        "gender": rng.choice(("male", "female")),
        "ethnicity": pick(rng, margins.ETHNICITY),
        "disability": yes_no(chance(rng, 0.08)),
        "fostering_for_adoption": yes_no(chance(rng, 0.12)),
    }


def _steps(rng: Random, as_at: int) -> Row:
    """Return how far a household has got: each step some weeks after the last."""
    day = as_at - rng.randint(20, 600)
    plan = (
        ("enquiry", 0, 0),
        ("stage1_start", 14, 60),
        ("stage1_end", 45, 75),
        ("stage2_start", 5, 40),
        ("application", 2, 20),
        ("stage2_end", 80, 130),
        ("approval", 5, 30),
        ("matching", 40, 200),
        ("placed", 14, 40),
        ("adoption_order", 90, 200),
    )
    steps: Row = {key: None for key, _, _ in plan}
    last = day
    for key, least, most in plan:
        day += rng.randint(least, most)
        if day > as_at:
            break
        steps[key], last = iso(day), day
    left = last < as_at - 30 and steps["matching"] is None
    gone = left and (chance(rng, _LEFT_AFTER) or last < as_at - MONTHS_12)
    steps["children_placed"] = None if steps["placed"] is None else 1
    steps["leaving"] = iso(last + rng.randint(10, 29)) if gone else None
    steps["leaving_reason"] = rng.choice(("1", "2", "3")) if gone else None
    return steps
