"""How good a file will be, and which strengths and weaknesses show it."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from case_audit.synthetic.streams import chance, stream
from case_audit.synthetic.words import data_text

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from random import Random

MEAN: Final = 0.15
"""Latent quality of an average file; 0 would be a little below good."""

CUTS: Final = (("outstanding", 1.15), ("good", 0.15), ("requires_improvement", -0.9))
"""Lowest latent quality for each grade, best first; below the last one a file is
inadequate. Tried out so that a county shows every grade."""

KIND_EFFECT: Final = {
    "newly qualified": -0.45,
    "early career": -0.1,
    "experienced": 0.3,
    "senior": 0.35,
    "agency": -0.25,
}
"""What a worker's experience adds (assumed)."""

CASE_SPREAD: Final = 0.35
CRITERION_SPREAD: Final = 0.55

_WANTED: Final = {"requires_improvement": (2, 5), "inadequate": (6, 9)}
_EXCEPTIONAL: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """A strength or weakness that a file can show.

    Attributes:
        code: For example ``A-HISTORY``.
        criterion: What it is about, for example ``assess``.
        defect: Whether it is a weakness.
        points: Weight: weaknesses 1, 2, 4 or 8 (critical), strengths 1 or 2.
        needs: Facts about the case without which it could not be written.
        conflicts: Codes that would contradict it; listed on one side at least.
    """

    code: str
    criterion: str
    defect: bool
    points: int
    needs: frozenset[str]
    conflicts: frozenset[str]


@cache
def catalogue() -> dict[str, Feature]:
    """Return every strength and weakness by code, in the order of the file."""
    return {
        row["code"]: Feature(
            code=row["code"],
            criterion=row["criterion"],
            defect=row["kind"] == "defect",
            points=int(row["points"]),
            needs=frozenset(row["needs"].split()),
            conflicts=frozenset(row["conflicts"].split()),
        )
        for row in csv.DictReader(data_text("features.csv").splitlines())
    }


@cache
def _by_criterion() -> dict[str, tuple[Feature, ...]]:
    found: dict[str, list[Feature]] = {}
    for feature in catalogue().values():
        found.setdefault(feature.criterion, []).append(feature)
    return {criterion: tuple(features) for criterion, features in found.items()}


def grade_of(latent: float) -> str:
    """Return the grade that a latent quality aims at."""
    return next((grade for grade, cut in CUTS if latent >= cut), "inadequate")


def choose_features(
    seed: str, unit: str, *, facts: AbstractSet[str], strength: float
) -> frozenset[str]:
    """Choose the strengths and weaknesses of one file.

    Args:
        seed: The county's seed.
        unit: The child's identifier.
        facts: What is true of the case, in the words of ``features.csv``.
        strength: What team and worker add to the quality.

    Returns:
        Codes, none contradicting another. What could be chosen may fall short
        of what was aimed at: a file's grade follows from what it shows.
    """
    rng = stream(seed, "quality", unit)
    base = MEAN + strength + rng.gauss(0, CASE_SPREAD)
    chosen: dict[str, Feature] = {}
    for criterion, features in _by_criterion().items():
        grade = grade_of(base + rng.gauss(0, CRITERION_SPREAD))
        own = stream(seed, f"features/{criterion}", unit)
        known = facts | {"gap"} if "S-GAP" in chosen else facts
        fitting = [f for f in features if f.needs <= known]
        for feature in _for_grade(own, grade, fitting):
            if not any(_clash(feature, other) for other in chosen.values()):
                chosen[feature.code] = feature
    return frozenset(chosen)


def _for_grade(rng: Random, grade: str, features: list[Feature]) -> list[Feature]:
    shuffled = rng.sample(features, len(features))
    defects = [f for f in shuffled if f.defect]
    strengths = [f for f in shuffled if not f.defect]
    if grade in _WANTED:
        return _reach(defects, *_WANTED[grade])
    if grade == "outstanding":
        best_first = sorted(strengths, key=lambda f: -f.points)
        return best_first[:3]
    small = [f for f in defects if f.points == 1][: chance(rng, 0.3)]
    plain = [f for f in strengths if f.points < _EXCEPTIONAL]
    return small + plain[: rng.randrange(2)]


def _reach(defects: list[Feature], least: int, most: int) -> list[Feature]:
    """Add weaknesses, skipping those that clash or weigh too much."""
    taken: list[Feature] = []
    for feature in defects:
        points = sum(f.points for f in taken)
        if points >= least:
            break
        fits = points + feature.points <= most
        if fits and not any(_clash(feature, other) for other in taken):
            taken.append(feature)
    return taken


def _clash(one: Feature, other: Feature) -> bool:
    return one.code in other.conflicts or other.code in one.conflicts
