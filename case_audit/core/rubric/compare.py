"""What changed between two rubrics, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from case_audit.core.rubric.facts import (
    criteria,
    domains,
    grade_names,
    grades,
    limits,
    of_rubric,
    of_rules,
    of_scale,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from case_audit.core.rubric.facts import Part
    from case_audit.core.rubric.model import Rubric

ADDED = "added"
REMOVED = "removed"
MOVED = "moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference between an old rubric and a new one.

    Attributes:
        where: The part concerned, in the words of the new rubric where it has
            that part, for example ``"criterion v1: Seen alone"``.
        what: :data:`ADDED`, :data:`REMOVED`, :data:`MOVED`, or the name of what
            reads otherwise, for example ``"benchmark"``.
        old: What the old rubric says; empty where it says nothing. Entries of a
            list stand on lines of their own.
        new: What the new rubric says, likewise.
    """

    where: str
    what: str
    old: str
    new: str


def compare(old: Rubric, new: Rubric) -> tuple[Change, ...]:
    """Return every difference, none if and only if the rubrics are equal.

    A part is the same in both if its identifier is. Of parts in another order as
    few as possible are said to have moved. A criterion in another domain has
    moved there; its domain may be gone.

    Args:
        old: The rubric to start from.
        new: The rubric to arrive at.
    """
    names = grade_names(old, new)
    return (
        *_facts("rubric", of_rubric(old), of_rubric(new)),
        *_facts("scale", of_scale(old.scale, names), of_scale(new.scale, names)),
        *_parts("grade", grades(old.scale), grades(new.scale)),
        *_facts("rules", of_rules(old, names), of_rules(new, names)),
        *_parts("limiting rule", limits(old, names), limits(new, names)),
        *_parts("domain", domains(old), domains(new)),
        *_parts("criterion", criteria(old, names), criteria(new, names)),
    )


def _facts(
    where: str, old: Mapping[str, str], new: Mapping[str, str]
) -> Iterator[Change]:
    for what in dict.fromkeys((*new, *old)):
        before, after = old.get(what, ""), new.get(what, "")
        if before != after:
            yield Change(where=where, what=what, old=before, new=after)


def _parts(
    kind: str, old: Mapping[str, Part], new: Mapping[str, Part]
) -> Iterator[Change]:
    moves = _moves(old, new)
    for key, part in new.items():
        where = f"{kind} {key}: {part.name}"
        if key not in old:
            yield Change(where=where, what=ADDED, old="", new=part.gist)
            continue
        if key in moves:
            before, after = moves[key]
            yield Change(where=where, what=MOVED, old=before, new=after)
        yield from _facts(where, old[key].facts, part.facts)
    for key, part in old.items():
        if key not in new:
            where = f"{kind} {key}: {part.name}"
            yield Change(where=where, what=REMOVED, old=part.gist, new="")


def _moves(
    old: Mapping[str, Part], new: Mapping[str, Part]
) -> dict[str, tuple[str, str]]:
    """Return where each moved part was and where it is now."""
    moves = {
        key: (f"in the domain {old[key].home}", f"in the domain {part.home}")
        for key, part in new.items()
        if key in old and old[key].home != part.home
    }
    for home in dict.fromkeys(part.home for part in new.values()):
        stayed = {
            key
            for key, part in new.items()
            if key in old and old[key].home == home == part.home
        }
        before = [key for key in old if key in stayed]
        after = [key for key in new if key in stayed]
        kept = _longest_in_order(before, after)
        for key in stayed - kept:
            moves[key] = (_place(key, before, kept), _place(key, after, kept))
    return moves


def _longest_in_order(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """Return the most keys that stand in the same order in both lists."""
    places = {key: place for place, key in enumerate(old)}
    nothing: list[str] = []
    runs = [nothing]
    for key in new:
        before = [run for run in runs if not run or places[run[-1]] < places[key]]
        longest = max(before, key=len)
        runs.append([*longest, key])
    longest = max(runs, key=len)
    return set(longest)


def _place(key: str, order: Sequence[str], kept: set[str]) -> str:
    """Return after which part that kept its place a part stands.

    What moved never has the same place in both: else it could have been kept.
    """
    before = [other for other in order[: order.index(key)] if other in kept]
    return f"after {before[-1]}" if before else "at the beginning"
