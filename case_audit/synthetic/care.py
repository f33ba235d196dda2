"""Where a child in care lives, and on what legal footing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from case_audit.synthetic.days import age_at
from case_audit.synthetic.people import YEAR
from case_audit.synthetic.streams import chance, pick, stream
from case_audit.synthetic.visits import LOOK_BACK

if TYPE_CHECKING:
    from random import Random

    from case_audit.synthetic.model import Case

LA_CODE: Final = "999"
"""The county's own code; no real authority has it."""

OTHER_LA_CODE: Final = "998"
"""The code of its invented neighbour."""

_SETTLED = 400
_ORDER_AFTER = 215
_PLAN_DUE = 120
_TIME_TO_MOVE = 60
_IN_HOMES_FROM = 10
_ALONE_FROM = 16
_ADOPTED_UNDER = 7
_OUT_ALONE_FROM = 12
_ADOPTED = 0.7
_MISSING = {"0": 0.7, "1": 0.1, "2": 0.1, "3": 0.1}
_OWN = {"PR1": 0.6, "PR4": 0.33, "PR5": 0.07}
_HOMES = {"PR4": 0.8, "PR1": 0.2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """What list 8 says of a child beyond dates that the family shares.

    Attributes:
        legal: Id of the legal status.
        legal_start: Day it began; not before care did.
        permanence: Id of the plan for permanence; nothing if there is none yet.
        placement: Id of the placement type.
        provider: Id of the provider.
        placement_start: Day the last placement began.
        placements: Placements within the last twelve months, at least 1.
        inside: Whether the placement is within the county.
        postcode: Of a shape and area that do not exist.
        missing: Episodes missing within the last twelve months.
    """

    legal: str
    legal_start: int
    permanence: str | None
    placement: str
    provider: str
    placement_start: int
    placements: int
    inside: bool
    postcode: str
    missing: int


def make_care(seed: str, case: Case, *, as_at: int) -> Care:
    """Return where a child in care lives.

    Args:
        seed: The county's seed.
        case: A case with a day on which care began.
        as_at: The day the county describes.
    """
    rng = stream(seed, "care", case.child.unit)
    start = case.course.care or as_at
    until = case.course.end or as_at
    length, age = until - start, age_at(case.child.born, until)
    legal, legal_start = _legal(rng, start, until, age)
    if case.family.adoption and length > _ORDER_AFTER + 45:
        legal, legal_start = "E1", start + rng.randint(150, _ORDER_AFTER)
    placement = _placement(rng, legal, length, age)
    placements = int(pick(rng, {"1": 0.67, "2": 0.22, "3": 0.08, "4": 0.03}))
    began = _began(rng, case, start, until, placement, placements)
    if placement.startswith("A"):
        began = max(legal_start, until - rng.randint(20, 110))
    if began == start or began <= as_at - YEAR:
        placements = 1
    elif placements == 1:
        placements = 2
    permanence = _permanence(rng, legal, placement, length)
    missing = int(pick(rng, _MISSING)) if age >= _OUT_ALONE_FROM else 0
    return Care(
        legal=legal,
        legal_start=legal_start,
        permanence=None if "C-PERM" in case.features else permanence,
        placement=placement,
        provider=_provider(rng, placement),
        placement_start=began,
        placements=placements,
        inside=placement == "P1" or chance(rng, 0.66),
        postcode=f"QX{rng.randint(1, 9)} {rng.randint(1, 9)}"
        + "".join(rng.choices("ABDEFGHJLNPQRSTUWXYZ", k=2)),
        missing=missing,
    )


def _legal(rng: Random, start: int, until: int, age: int) -> tuple[str, int]:
    roll = rng.random()
    order = start + rng.randint(150, _ORDER_AFTER)
    length = until - start
    by_agreement = 0.3 if age >= _ALONE_FROM else 0.18
    if roll < by_agreement:
        return "V2", start
    if length < _ORDER_AFTER + 45:
        return "C1", start
    if age < _ADOPTED_UNDER and roll < _ADOPTED:
        return "E1", order
    return "C2", order


def _placement(rng: Random, legal: str, length: int, age: int) -> str:
    if legal == "E1":
        return "A5" if chance(rng, 0.45) else "U6"
    weights = {
        "U4": 0.36 if length > _SETTLED else 0.0,
        "U6": 0.22 if length > _SETTLED else 0.58,
        "U1": 0.09 if length > _SETTLED else 0.0,
        "U3": 0.07 if length > _SETTLED else 0.16,
        "P1": 0.07 if legal != "V2" else 0.0,
        "K2": 0.2 if age >= _IN_HOMES_FROM else 0.0,
        "H5": 0.45 if age >= _ALONE_FROM else 0.0,
    }
    return pick(rng, weights)


def _began(
    rng: Random, case: Case, start: int, until: int, placement: str, placements: int
) -> int:
    length = until - start
    if placements > 1 and length > _TIME_TO_MOVE:
        # Not so lately that a file would have to tell of two homes.
        began = until - rng.randint(
            LOOK_BACK["cic"] + 5, max(300, LOOK_BACK["cic"] + 6)
        )
        began = max(began, start)
    elif length <= YEAR:
        began = start
    else:
        began = max(start, until - rng.randint(370, max(371, length)))
    if placement == "H5":
        began = max(began, case.child.born + int(16 * YEAR) + 2)
    return min(began, until - 1)


def _permanence(rng: Random, legal: str, placement: str, length: int) -> str | None:
    if legal == "E1":
        return "adoption"
    if length < _PLAN_DUE:
        return None
    by_type = {
        "P1": "return_to_family",
        "K2": "residential",
        "H5": "supported_living",
        "U1": "sgo_cao",
        "U3": "sgo_cao",
        "U4": "fostering",
    }
    return by_type.get(placement) or rng.choice(("fostering", "return_to_family"))


def _provider(rng: Random, placement: str) -> str:
    if placement == "P1":
        return "PR0"
    if placement in {"U1", "U3"}:
        return "PR1"
    return pick(rng, _HOMES if placement in {"K2", "H5"} else _OWN)
