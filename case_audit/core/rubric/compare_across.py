"""What changed between two rubrics, told along a crosswalk."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from case_audit.core.rubric.compare import ADDED, REMOVED, Change, compare
from case_audit.core.rubric.crosswalk import HOWS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from case_audit.core.rubric.crosswalk import Crosswalk, Pair
    from case_audit.core.rubric.model import Criterion, Rubric

IDENTIFIER = "identifier"


def compare_across(old: Rubric, new: Rubric, walk: Crosswalk) -> tuple[Change, ...]:
    """Return every difference, following criteria to their new identifiers.

    A criterion with one counterpart is compared with it, whatever the two are
    called. Criteria that were split or merged are named together instead of
    being said to be gone and new. What has no counterpart is removed or added,
    with the crosswalk's note.

    Args:
        old: The rubric to start from.
        new: The rubric to arrive at.
        walk: A crosswalk between them without problems.
    """
    single = [pair for pair in walk.pairs if len(pair.old) == len(pair.new) == 1]
    names = {pair.old[0]: pair.new[0] for pair in single}
    kept = {pair.new[0]: pair for pair in single}
    several = [pair for pair in walk.pairs if pair not in single]
    told = {
        REMOVED: {key for pair in several for key in pair.old},
        ADDED: {key for pair in several for key in pair.new},
    }
    found: list[Change] = []
    for change in compare(_renamed(old, names, new), new):
        key = _criterion(change)
        if _own(key) in told.get(change.what, ()):
            continue
        if key in kept:
            found += _once(_identifier(kept.pop(key), change.where), change)
        else:
            found.append(_with_note(change, walk))
    rest = [
        Change(
            where=f"criterion {pair.new[0]}: {new.criterion(pair.new[0]).label}",
            what=IDENTIFIER,
            old=pair.old[0],
            new=pair.new[0],
        )
        for pair in kept.values()
        if pair.old != pair.new
    ]
    return (*found, *rest, *(_several(pair, old, new) for pair in several))


def _criterion(change: Change) -> str:
    """Return the identifier of the criterion a change is about; else nothing."""
    kind, _, rest = change.where.partition(" ")
    return rest.partition(":")[0] if kind == "criterion" else ""


GONE = " (old)"
"""What tells an old identifier that now means something else."""


def _own(key: str) -> str:
    return key.removesuffix(GONE)


def _renamed(old: Rubric, names: Mapping[str, str], new: Rubric) -> Rubric:
    """Return the old rubric with its criteria called as their counterparts are.

    One without a counterpart keeps its name, unless that name is another's now.
    """
    taken = {criterion.id for criterion in new.criteria()}

    def named(criterion: Criterion) -> Criterion:
        name = names.get(criterion.id, criterion.id)
        if criterion.id not in names and name in taken:
            name += GONE
        return replace(criterion, id=name)

    return replace(
        old,
        domains=tuple(
            replace(domain, criteria=tuple(named(c) for c in domain.criteria))
            for domain in old.domains
        ),
    )


def _once(identifier: Change | None, change: Change) -> Iterator[Change]:
    if identifier is not None:
        yield identifier
    yield change


def _identifier(pair: Pair, where: str) -> Change | None:
    if pair.old == pair.new:
        return None
    return Change(where=where, what=IDENTIFIER, old=pair.old[0], new=pair.new[0])


def _with_note(change: Change, walk: Crosswalk) -> Change:
    """Return a change with what the crosswalk says of a criterion gone or new."""
    key = _own(_criterion(change))
    if change.what == REMOVED:
        notes = {one.id: one.note for one in walk.dropped}
        if note := notes.get(key):
            return replace(change, old=f"{change.old}\n{note}")
    if change.what == ADDED:
        notes = {one.id: one.note for one in walk.added}
        if note := notes.get(key):
            return replace(change, new=f"{change.new}\n{note}")
    return change


def _several(pair: Pair, old: Rubric, new: Rubric) -> Change:
    before = [f"{key}: {old.criterion(key).label}" for key in pair.old]
    after = [f"{key}: {new.criterion(key).label}" for key in pair.new]
    where = " and ".join(pair.new if len(pair.new) > 1 else pair.old)
    return Change(
        where=f"criteria {where}",
        what=f"{pair.how}: {HOWS[pair.how]}",
        old="\n".join(before),
        new="\n".join([*after, *([pair.note] if pair.note else [])]),
    )
