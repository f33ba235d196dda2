"""Changes between rounds and differences between groups, beyond chance or not."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from rounds import audits_of, round_of

from builders import G, R, a_criterion, a_rubric
from case_audit.core.audit.model import NOT_APPLICABLE
from case_audit.core.estimates.change import change
from case_audit.core.estimates.stratified import StratumCount
from case_audit.core.selfassessment.breakdown import Groups, breakdown
from case_audit.core.selfassessment.changes import Compared, changes_of
from case_audit.core.selfassessment.differences import differences_of
from case_audit.core.selfassessment.trend import trend

if TYPE_CHECKING:
    from case_audit.core.selfassessment.breakdown import Breakdown
    from case_audit.core.selfassessment.model import Line, Summary

RUBRIC = a_rubric(
    {"help": (a_criterion("a1"), a_criterion("a2"), a_criterion("a3"))}, limits=()
)


def round_with(good: int, n: int = 30, **more: str) -> Summary:
    cases = [{"a1": G if k < good else R, "a2": G, "a3": R} | more for k in range(n)]
    return round_of(RUBRIC, cases, population=300)


def count(hits: int, n: int, population: int = 300) -> list[StratumCount]:
    return [StratumCount(stratum="all", population=population, sampled=n, hits=hits)]


def test_each_criterion_is_tested_and_corrected_for_the_others() -> None:
    """9 and 24 of 30, of which the mid-p is small; the others did not move."""
    first, second, third = trend(round_with(9), round_with(24)).changes

    assert first.tested.change == change(count(9, 30), count(24, 30))
    assert first.tested.change.p_value is not None
    assert first.tested.adjusted == 3 * first.tested.change.p_value
    assert first.tested.beyond_chance
    assert second.tested.change.difference == 0
    assert not second.tested.beyond_chance
    assert third.old.id == "a3"


def test_a_clear_change_among_many_may_be_chance() -> None:
    """Clear by itself, and no longer when it is one of many that were looked at."""
    one = change(count(12, 30), count(21, 30))

    assert one.clear
    assert Compared(change=one, adjusted=one.p_value).beyond_chance
    assert not Compared(change=one, adjusted=Fraction(1, 10)).beyond_chance
    assert Compared(change=one, adjusted=None).beyond_chance
    same = change(count(12, 30), count(12, 30))
    assert not Compared(change=same, adjusted=None).beyond_chance


def test_what_has_no_estimate_in_one_round_is_not_compared() -> None:
    found = trend(round_with(9, a1=NOT_APPLICABLE), round_with(24)).changes

    assert [one.new.id for one in found] == ["a2", "a3"]


def test_without_counts_by_stratum_only_the_shares_are_compared() -> None:
    """As where cases had different chances: the interval alone decides."""
    plain = trend(round_with(9), round_with(24))
    bare = [replace(line, old=(replace(line.old[0], met=()),)) for line in plain.lines]

    first = changes_of(bare)[0]

    assert first.tested.change.p_value is None
    assert first.tested.change.method == "combined"
    assert first.tested.beyond_chance


def whole_line(cases: list[dict[str, str]]) -> tuple[Line, Summary]:
    summary = round_of(RUBRIC, cases, population=300)
    return next(a.line for a in summary.areas if a.line), summary


def groups_of(cases: list[dict[str, str]], names: str, key: str = "sex") -> Breakdown:
    line, summary = whole_line(cases)
    counted = {name.strip("-"): {"all": 100} for name in sorted(set(names))}
    groups = Groups(
        key=key,
        label=key,
        of_case={n: name.strip("-") for n, name in enumerate(names, start=1)},
        sizes=counted,
    )
    return breakdown(line, summary.facts, audits_of(RUBRIC, cases), groups)


def all_at(*grades: str) -> list[dict[str, str]]:
    return [dict.fromkeys(("a1", "a2", "a3"), grade) for grade in grades]


def test_two_groups_are_compared_once() -> None:
    """20 girls all good, 20 boys none: Fisher's mid-p of the two, nothing to correct."""
    found = groups_of(all_at(*[G] * 20, *[R] * 20), "g" * 20 + "b" * 20)

    (one,) = differences_of([found])
    assert one.group == "b"
    assert one.tested.change.difference == -1
    assert one.tested.adjusted == one.tested.change.p_value
    assert one.tested.beyond_chance


def test_three_groups_are_each_compared_with_the_rest() -> None:
    names = "a" * 12 + "b" * 12 + "c" * 12
    found = groups_of(all_at(*[G] * 12, *[R] * 24), names)

    first, second, third = differences_of([found])
    assert (first.group, second.group, third.group) == ("a", "b", "c")
    assert first.tested.change.first == 0
    assert first.tested.change.second == 1
    assert second.tested.change.first == Fraction(1, 2)
    assert (second.cases.met, second.cases.missed) == ((), tuple(range(13, 25)))
    assert second.others.met == tuple(range(1, 13))
    assert second.others.missed == tuple(range(25, 37))


def test_small_groups_and_the_unknown_are_not_compared() -> None:
    """Nine cases are too few, be it the group or the others."""
    few = groups_of(all_at(*[G] * 9, *[R] * 20), "a" * 9 + "b" * 20)
    unknown = groups_of(all_at(*[G] * 12, *[R] * 12), "-" * 12 + "b" * 12)

    assert differences_of([few, unknown]) == ()


def test_a_group_without_an_estimate_is_not_compared() -> None:
    found = groups_of(all_at(*[G] * 12, *[R] * 12), "a" * 12 + "b" * 12)
    bare = replace(
        found,
        groups=tuple(replace(g, line=replace(g.line, met=())) for g in found.groups),
    )

    assert differences_of([bare]) == ()
