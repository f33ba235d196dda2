"""Every design written down a second time, as plainly as can be.

No code of the program is used: what the two have in common is the description of
the method in ``docs/designs.md``.
"""

from __future__ import annotations

from fractions import Fraction
from hashlib import sha256
from unicodedata import normalize

Line = tuple[str, str, str]
Found = list[tuple[str, Fraction]]
"""Units in the order they are drawn, each with its probability."""


def number(seed: str, text: str) -> tuple[int, str]:
    """The number of a text, and its whole digest for the case of a tie."""
    whole = sha256(normalize("NFC", f"{seed}:{text}").encode()).hexdigest()
    return int(whole[:16], 16), whole


def smallest(seed: str, units: list[str], label: str = "") -> list[str]:
    return sorted(units, key=lambda u: (number(seed, label + u), u))


def systematic(lines: list[Line], size: int, seed: str) -> Found:
    """One stratum, called "all"."""
    listed = [unit for _, unit in sorted((aid, unit) for unit, _, aid in lines)]
    r = Fraction(number(seed, "systematic:all")[0], 2**64)
    step = Fraction(len(listed), size)
    places = [int((r + j) * step) for j in range(size)]
    return [(listed[at], Fraction(size, len(listed))) for at in places]


def pps(lines: list[Line], size: int, seed: str) -> Found:
    """One stratum. The certain ones by number, the others by number over size."""
    x = {unit: Fraction(aid) for unit, _, aid in lines}
    certain: set[str] = set()
    while True:
        left, total = size - len(certain), sum(x[u] for u in x if u not in certain)
        more = {u for u in x if u not in certain and left * x[u] >= total}
        if not left or not more:
            break
        certain |= more
    others = [u for u in x if u not in certain]
    others.sort(key=lambda u: (number(seed, u)[0] / x[u], number(seed, u)[1], u))
    return [
        *((u, Fraction(1)) for u in smallest(seed, list(certain))),
        *((u, left * x[u] / total) for u in others[:left]),
    ]


def cluster(lines: list[Line], clusters: int, each: int, seed: str) -> Found:
    groups: dict[str, list[str]] = {}
    for unit, _, aid in lines:
        groups.setdefault(aid, []).append(unit)
    found = []
    for name in smallest(seed, list(groups), "cluster:")[:clusters]:
        taken = smallest(seed, groups[name])[: each or len(groups[name])]
        share = Fraction(len(taken), len(groups[name]))
        found += [(u, Fraction(clusters, len(groups)) * share) for u in taken]
    return found


def capped(lines: list[Line], most: int, size: int, seed: str) -> Found:
    """One stratum."""
    groups: dict[str, list[str]] = {}
    for unit, _, aid in lines:
        groups.setdefault(aid or f"alone {unit}", []).append(unit)
    kept: dict[str, Fraction] = {}
    for members in groups.values():
        for unit in smallest(seed, members, "cap:")[:most]:
            kept[unit] = Fraction(min(most, len(members)), len(members))
    drawn = smallest(seed, list(kept))[:size]
    return [(u, kept[u] * Fraction(size, len(kept))) for u in drawn]
