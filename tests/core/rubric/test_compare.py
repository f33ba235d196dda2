"""Whatever differs between two rubrics is told, and nothing else."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import G, I, O, R, a_criterion, a_mixed_rubric, a_rubric
from case_audit.core.rubric.applies import Told
from case_audit.core.rubric.compare import ADDED, MOVED, REMOVED, Change, compare
from case_audit.core.rubric.model import (
    GRADED,
    Criterion,
    Framework,
    JudgementArea,
    Rubric,
)
from case_audit.core.rubric.rules import (
    AcrossCases,
    Condition,
    Flag,
    Limit,
    RollUp,
    Step,
)
from case_audit.core.rubric.scale import Grade

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

OLD = a_rubric()
MIXED = a_mixed_rubric()


def with_criterion(name: str, **changed: Any) -> Rubric:  # noqa: ANN401
    """The rubric with one criterion altered."""
    return replace(
        OLD,
        domains=tuple(
            replace(
                domain,
                criteria=tuple(
                    replace(c, **changed) if c.id == name else c
                    for c in domain.criteria
                ),
            )
            for domain in OLD.domains
        ),
    )


def of_criteria(*names: str) -> Rubric:
    """A rubric of one domain with criteria of these names."""
    return a_rubric({"voice": tuple(a_criterion(name) for name in names)})


FRESH: dict[str, object] = {
    "applies": Told(field="age", known=True),
    "across_cases": AcrossCases(rollup=RollUp(kind="worst")),
    "more_than": Fraction(1, 2),
}
"""What stands in a field that said nothing."""


def altered(value: Any) -> Iterator[Any]:  # noqa: ANN401
    """Yield values like this one with one thing different, down to the leaves."""
    if is_dataclass(value):
        for field in fields(value):
            found = getattr(value, field.name)
            fresh = [FRESH[field.name]] if found is None else altered(found)
            for other in fresh:
                yield replace(value, **{field.name: other})  # type: ignore[type-var]
    elif isinstance(value, tuple):
        yield from altered_list(value)
    elif isinstance(value, dict):
        yield from (value | {key: f"{value[key]}x"} for key in value)
    else:
        yield LEAVES[type(value)](value)


LEAVES: dict[type, Callable[[Any], object]] = {
    bool: lambda value: not value,
    str: lambda value: f"{value}x",
    int: lambda value: value + 1,
    Fraction: lambda value: value / 2,
    frozenset: lambda value: value ^ {G},
}
"""How a value that has no parts is altered."""


def altered_list(values: tuple[Any, ...]) -> Iterator[object]:
    """Yield lists with an entry altered, missing or in another place."""
    for i, value in enumerate(values):
        for other in altered(value):
            yield (*values[:i], other, *values[i + 1 :])
    if values:
        yield values[1:]
        yield (*values[1:], values[0]) if len(set(map(str, values))) > 1 else ()
    else:
        yield ("cp",)


def speaks_in_riddles(rubric: Rubric) -> bool:
    """Whether a list that was empty holds something that cannot stand there."""
    rules, across = rubric.rules, rubric.rules.across_cases
    rollups = [rules.domain_rollup, rules.overall_rollup]
    rollups += [across.rollup] if across else []
    lists: list[Sequence[object]] = [rubric.scales, rules.flags]
    lists += [part for r in rollups for part in (r.steps, r.points, r.bands)]
    halves = [
        pair
        for r in rollups
        for pair in (*r.points, *r.bands)
        if len(pair) != len("ab")
    ]
    return bool(halves) or any("cp" in found for found in lists)


def own_mistakes(rubric: Rubric) -> bool:
    """Whether a rubric speaks of grades its scale does not have."""
    ids = set(rubric.scale.ids)
    named = {rubric.scale.benchmark, *(limit.at for limit in rubric.rules.limits)}
    named |= {limit.when.at_or_below for limit in rubric.rules.limits} - {""}
    described = [set(c.descriptors) for c in rubric.criteria() if c.kind == GRADED]
    return not named <= ids or any(keys != ids for keys in described)


EVERY = [
    (old, new)
    for old in (OLD, MIXED)
    for new in altered(old)
    if not speaks_in_riddles(new) and not own_mistakes(new)
]


def test_every_field_is_among_the_alterations() -> None:
    """A new field of a rubric's parts is compared, or the next test fails."""
    parts: tuple[Any, ...] = (
        *(Rubric, Framework, JudgementArea, Grade, Limit, Condition, Criterion),
        *(RollUp, Step, Flag, AcrossCases),
    )
    least = sum(len(fields(part)) for part in parts)

    assert len(EVERY) > least


@pytest.mark.parametrize(("old", "new"), EVERY, ids=range(len(EVERY)))
def test_no_difference_goes_unsaid(old: Rubric, new: Rubric) -> None:
    """Whoever reads "No difference." may rely on it."""
    assert new != old
    assert compare(old, new)
    assert compare(new, old)


def test_equal_rubrics_have_no_difference() -> None:
    assert compare(OLD, a_rubric()) == ()
    assert compare(MIXED, a_mixed_rubric()) == ()


@pytest.mark.parametrize(
    ("changed", "what", "old", "new"),
    [
        ({"asks": "Why?"}, "question", "What about v1?", "Why?"),
        ({"benchmark": "B."}, "benchmark", "v1 is as it should be.", "B."),
        ({"critical": True}, "critical", "no", "yes"),
        ({"cohorts": ("cp", "cin")}, "cohorts", "all", "cp\ncin"),
        ({"tags": ()}, "tags", "NF-O3", ""),
        ({"source": ("A", "B")}, "sources", "Lancashire 2015 para 31", "A\nB"),
        ({"inadequate_if": "harm"}, "worst grade if", "", "harm"),
        (
            {"descriptors": {g: f"v1 looks {g}." for g in (O, G, I)} | {R: "So-so."}},
            "descriptor, Requires improvement to be good",
            "v1 looks requires_improvement.",
            "So-so.",
        ),
    ],
)
def test_each_text_is_told_with_old_and_new(
    changed: dict[str, object], what: str, old: str, new: str
) -> None:
    """In words, by the grade's label and not its identifier."""
    where = "criterion v1: Label of v1"

    assert compare(OLD, with_criterion("v1", **changed)) == (
        Change(where=where, what=what, old=old, new=new),
    )


def test_limits_are_told_in_words() -> None:
    """A rule that decides cases is not changed in silence."""
    first, *others = OLD.rules.limits
    milder = (replace(first, at=R), *others)

    assert compare(OLD, replace(OLD, rules=replace(OLD.rules, limits=milder))) == (
        Change(
            where="limiting rule LIM1: a critical criterion is inadequate",
            what="best grade still possible",
            old="Inadequate",
            new="Requires improvement to be good",
        ),
    )


def test_a_limit_that_stands_twice_is_two() -> None:
    """Nothing forbids it, so the second is not lost."""
    limits = OLD.rules.limits
    doubled = replace(OLD, rules=replace(OLD.rules, limits=(*limits, limits[0])))

    (change,) = compare(OLD, doubled)

    assert change.what == ADDED
    assert change.where.startswith("limiting rule LIM1 (no. 2): ")


def test_domains_and_criteria_added_and_removed_are_named() -> None:
    more = a_rubric(
        {
            "voice": (a_criterion("v1"), a_criterion("v2")),
            "plan": (a_criterion("p1"),),
        }
    )

    told = [(c.where, c.what, c.new or c.old) for c in compare(OLD, more)]

    assert told == [
        ("domain plan: Domain plan", ADDED, "p1: Label of p1"),
        (
            "domain safety: Domain safety",
            REMOVED,
            "s1: Label of s1\ns2: Label of s2",
        ),
        (
            "criterion p1: Label of p1",
            ADDED,
            "What about p1?\nin the domain plan",
        ),
        (
            "criterion s1: Label of s1",
            REMOVED,
            "What about s1?\nin the domain safety",
        ),
        (
            "criterion s2: Label of s2",
            REMOVED,
            "What about s2?\nin the domain safety",
        ),
    ]


def test_a_criterion_in_another_domain_has_moved() -> None:
    """It keeps its identifier, so its answers can be followed."""
    moved = a_rubric(
        {
            "voice": (a_criterion("v1"),),
            "safety": (
                a_criterion("s1", critical=True),
                a_criterion("v2"),
                a_criterion("s2"),
            ),
        }
    )

    assert compare(OLD, moved) == (
        Change(
            where="criterion v2: Label of v2",
            what=MOVED,
            old="in the domain voice",
            new="in the domain safety",
        ),
    )


def test_one_that_jumps_the_queue_is_the_only_one_that_moved() -> None:
    """Five shifted lines are one change."""
    old, new = of_criteria("a", "b", "c", "d"), of_criteria("d", "a", "b", "c")

    assert compare(old, new) == (
        Change(
            where="criterion d: Label of d",
            what=MOVED,
            old="after c",
            new="at the beginning",
        ),
    )


@given(st.permutations("abcdef"), st.sets(st.sampled_from("abcdef"), max_size=3))
def test_moves_are_few_and_differ(order: Sequence[str], gone: set[str]) -> None:
    """What is added or removed moves nothing; a move says two different places."""
    left = [name for name in order if name not in gone]
    changes = compare(of_criteria(*"abcdef"), of_criteria(*left, "z"))
    moves = [c for c in changes if c.what == MOVED]

    assert all(c.old != c.new for c in moves)
    assert bool(moves) == (left != sorted(left))
    assert len(moves) < max(len(left), 1)
    assert len([c for c in changes if c.what == REMOVED]) == len(gone)
