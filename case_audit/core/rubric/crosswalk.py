"""Which criterion of an old rubric became which of a new one.

A changed rubric is a new version, and what was graded under the old one stays as
it was graded. A crosswalk says what may still be set side by side, so that a
change of framework does not end every trend.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from case_audit.core.rubric.model import GRADED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from case_audit.core.rubric.model import Criterion, Rubric
    from case_audit.core.rubric.scale import Scale

How = Literal["same", "reworded", "narrower", "broader", "split", "merged"]

SAME: Final = "same"
HOWS: Final[Mapping[How, str]] = {
    "same": "the same question, benchmark and descriptors",
    "reworded": "other words for the same thing",
    "narrower": "now asks less than before",
    "broader": "now asks more than before",
    "split": "one criterion became several",
    "merged": "several criteria became one",
}
"""How a criterion can live on, in words."""

SAFE: Final = frozenset({"same", "reworded"})
"""Ways after which a grade means what it meant."""
MANY_TO: Final = {"split": (1, 2), "merged": (2, 1)}
"""Fewest criteria before and after; in every other way it is one and one."""

YES: Final = "yes"
CAUTION: Final = "caution"
NO: Final = "no"
Ease = Literal["yes", "caution", "no"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Criteria that became other criteria.

    Attributes:
        old: Identifiers in the old rubric, at least one.
        new: Identifiers in the new rubric, at least one.
        how: What happened to them.
        note: What a reader of a trend should know; may be empty.
    """

    old: tuple[str, ...]
    new: tuple[str, ...]
    how: How
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alone:
    """A criterion without a counterpart: dropped, or new.

    Attributes:
        id: Its identifier.
        note: Why; may be empty.
    """

    id: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crosswalk:
    """The way from one version of a rubric to another, or to another rubric.

    Attributes:
        id: Its short name.
        old: Identifier and version of the old rubric, ``"child-in-need@1.0"``.
        new: Identifier and version of the new one.
        pairs: What lives on.
        dropped: Old criteria that do not.
        added: New criteria that were not there.
        grades: Old grade and the new grade it corresponds to, where the two
            rubrics have different scales; empty where that cannot be said.
    """

    id: str
    old: str
    new: str
    pairs: tuple[Pair, ...]
    dropped: tuple[Alone, ...] = ()
    added: tuple[Alone, ...] = ()
    grades: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something in a crosswalk that does not fit its rubrics.

    Attributes:
        key: Where in the file, for example ``"map[3].from"``.
        expected: What should stand there.
        found: What stands there instead.
    """

    key: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Whether grades before and after may be set side by side.

    Attributes:
        ease: :data:`YES`, :data:`CAUTION` or :data:`NO`.
        why: The reason, in words that can follow a colon.
    """

    ease: Ease
    why: str


def version_of(rubric: Rubric) -> str:
    """Return a rubric's identifier and version in one."""
    return f"{rubric.id}@{rubric.version}"


def problems(walk: Crosswalk, old: Rubric, new: Rubric) -> tuple[Problem, ...]:
    """Return everything in a crosswalk that does not fit its two rubrics.

    None means that every criterion of both is accounted for exactly once.
    """
    return (
        *_versions(walk, old, new),
        *_accounted(
            "from",
            [(f"map[{i}].from", pair.old) for i, pair in enumerate(walk.pairs)],
            [(f"dropped[{i}].id", one.id) for i, one in enumerate(walk.dropped)],
            old,
        ),
        *_accounted(
            "to",
            [(f"map[{i}].to", pair.new) for i, pair in enumerate(walk.pairs)],
            [(f"new[{i}].id", one.id) for i, one in enumerate(walk.added)],
            new,
        ),
        *(p for i, pair in enumerate(walk.pairs) for p in _pair(i, pair, old, new)),
        *_grades(walk, old.scale, new.scale),
    )


def comparable(pair: Pair, walk: Crosswalk, old: Rubric, new: Rubric) -> Comparison:
    """Return whether grades of a pair's criteria may be set side by side.

    ``same`` and ``reworded`` may, anything else only with care; nothing may
    where one side is answered in words or where the benchmark does not mean the
    same on both scales.

    Args:
        pair: One of the crosswalk's pairs.
        walk: The crosswalk, without :func:`problems`.
        old: The rubric it comes from.
        new: The rubric it leads to.
    """
    before = [old.criterion(key) for key in pair.old]
    after = [new.criterion(key) for key in pair.new]
    if any(criterion.in_words for criterion in (*before, *after)):
        return Comparison(ease=NO, why="answered in words")
    kinds = {criterion.kind for criterion in (*before, *after)}
    if len(kinds) > 1:
        return Comparison(ease=NO, why="graded on another kind of scale")
    if kinds == {GRADED} and not _same_benchmark(walk, old.scale, new.scale):
        return Comparison(
            ease=NO, why="the benchmark does not mean the same on the two scales"
        )
    return Comparison(ease=YES if pair.how in SAFE else CAUTION, why=HOWS[pair.how])


def unchanged(old: Rubric, new: Rubric) -> Crosswalk:
    """Return the crosswalk that needs nobody's judgement.

    A criterion that stands in both under one identifier with the same text is
    the same; every other is left without a counterpart, and the note says so.
    """
    before = {criterion.id: criterion for criterion in old.criteria()}
    after = {criterion.id: criterion for criterion in new.criteria()}
    kept = [
        key for key in after if key in before and not _differs(before[key], after[key])
    ]
    return Crosswalk(
        id="unchanged",
        old=version_of(old),
        new=version_of(new),
        pairs=tuple(Pair(old=(key,), new=(key,), how="same") for key in kept),
        dropped=_left(before, kept, after),
        added=_left(after, kept, before),
    )


def _left(
    criteria: Mapping[str, Criterion],
    kept: Sequence[str],
    others: Mapping[str, Criterion],
) -> tuple[Alone, ...]:
    return tuple(
        Alone(
            id=key,
            note="reads otherwise; a crosswalk could say whether it asks the same"
            if key in others
            else "in one of the two rubrics only",
        )
        for key in criteria
        if key not in kept
    )


def _versions(walk: Crosswalk, old: Rubric, new: Rubric) -> Iterator[Problem]:
    for key, named, rubric in (("from", walk.old, old), ("to", walk.new, new)):
        if named != version_of(rubric):
            yield Problem(key=key, expected=version_of(rubric), found=named)


def _accounted(
    side: str,
    mapped: Sequence[tuple[str, tuple[str, ...]]],
    alone: Sequence[tuple[str, str]],
    rubric: Rubric,
) -> Iterator[Problem]:
    known = {criterion.id: criterion for criterion in rubric.criteria()}
    named = [(key, one) for key, ids in mapped for one in ids] + list(alone)
    seen: Counter[str] = Counter()
    for key, one in named:
        seen[one] += 1
        if one not in known:
            expected = f"a criterion of {version_of(rubric)}"
            yield Problem(key=key, expected=expected, found=repr(one))
        elif seen[one] > 1:
            yield Problem(key=key, expected="each criterion once", found=repr(one))
    other = "dropped" if side == "from" else "new"
    for one, criterion in known.items():
        if not seen[one]:
            yield Problem(
                key="map",
                expected=f"each criterion of {version_of(rubric)}, in a `{side}` or "
                f"under `{other}`",
                found=f"no {one} ({criterion.label})",
            )


def _pair(number: int, pair: Pair, old: Rubric, new: Rubric) -> Iterator[Problem]:
    fewest = MANY_TO.get(pair.how, (1, 1))
    found = (len(pair.old), len(pair.new))
    if any((n == 1) != (least == 1) for n, least in zip(found, fewest, strict=True)):
        names = {1: "one criterion", 2: "two or more"}
        yield Problem(
            key=f"map[{number}].how",
            expected=f"{names[fewest[0]]} before and {names[fewest[1]]} now for "
            f"{pair.how!r}",
            found=f"{found[0]} and {found[1]}",
        )
    elif pair.how == SAME:
        before = {criterion.id: criterion for criterion in old.criteria()}
        after = {criterion.id: criterion for criterion in new.criteria()}
        one, other = before.get(pair.old[0]), after.get(pair.new[0])
        if one and other and (changed := _differs(one, other)):
            yield Problem(
                key=f"map[{number}].how",
                expected="reworded, narrower or broader where the text is another",
                found=f"'same', with another {changed}",
            )


def _differs(one: Criterion, other: Criterion) -> str:
    """Return what differs in what is asked; empty if nothing does.

    Descriptors count where both have the same grades: another scale changes
    them all, which the crosswalk's grades answer for.
    """
    same_scale = set(one.descriptors) == set(other.descriptors)
    facts = {
        "kind": one.kind == other.kind,
        "question": one.asks == other.asks,
        "benchmark": one.benchmark == other.benchmark,
        "deciding fact": one.inadequate_if == other.inadequate_if,
        "condition": one.applies == other.applies,
        "not applicable when": one.not_applicable_when == other.not_applicable_when,
        "descriptor": not same_scale
        or dict(one.descriptors) == dict(other.descriptors),
    }
    return next((name for name, equal in facts.items() if not equal), "")


def _grades(walk: Crosswalk, old: Scale, new: Scale) -> Iterator[Problem]:
    if not walk.grades:
        return
    given = dict(walk.grades)
    for key, to in walk.grades:
        if key not in old.ids:
            yield Problem(
                key=f"grades.{key}",
                expected=f"a grade of {old.id}",
                found=repr(key),
            )
        elif to not in new.ids:
            yield Problem(
                key=f"grades.{key}", expected=f"a grade of {new.id}", found=repr(to)
            )
    missing = [key for key in old.ids if key not in given]
    if missing:
        yield Problem(
            key="grades",
            expected=f"every grade of {old.id}",
            found=f"no {', '.join(missing)}",
        )
        return
    places = [new.place(given[key]) for key in old.ids if given[key] in new.ids]
    if places != sorted(places):
        yield Problem(
            key="grades",
            expected="grades in the same order: a better one never becomes a worse one",
            found=", ".join(f"{key} to {given[key]}" for key in old.ids),
        )


def _same_benchmark(walk: Crosswalk, old: Scale, new: Scale) -> bool:
    """Whether "at the benchmark or better" is the same set of grades on both."""
    if old.ids == new.ids:
        return old.benchmark == new.benchmark
    given = dict(walk.grades)
    return bool(given) and all(
        old.at_benchmark_or_better(key) == new.at_benchmark_or_better(given[key])
        for key in old.ids
    )
