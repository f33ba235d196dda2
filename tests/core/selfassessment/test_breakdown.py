"""One line group by group: by team, by stratum, by who the children are."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from rounds import audits_of, facts, round_of, told

from builders import G, I, R, a_criterion, a_rubric
from case_audit.core.audit.model import NOT_APPLICABLE, NOT_EVIDENCED
from case_audit.core.estimates.share import estimate
from case_audit.core.estimates.stratified import StratumCount
from case_audit.core.estimates.weighted import Chance, Weighting
from case_audit.core.selfassessment.breakdown import Groups, breakdown

if TYPE_CHECKING:
    from case_audit.core.selfassessment.breakdown import Breakdown
    from case_audit.core.selfassessment.model import Line, SubmittedAudit

RUBRIC = a_rubric({"help": (a_criterion("a1"),)}, limits=())


def cases(*grades: str) -> list[dict[str, str]]:
    return [{"a1": grade} for grade in grades]


def the_line(*grades: str) -> Line:
    summary = round_of(RUBRIC, cases(*grades))
    return next(a for a in summary.areas if a.line).domains[0].criteria[0]


def by_team(sizes: dict[str, dict[str, int]], *teams: str) -> Groups:
    return Groups(
        key="team",
        label="Team",
        of_case=dict(enumerate(teams, start=1)),
        sizes=sizes,
    )


def simple(grades: list[str], groups: Groups, **more: object) -> Breakdown:
    return breakdown(
        the_line(*grades),
        facts(**{"populations": {"all": 40}, "drawn": {"all": len(grades)}, **more}),
        audits_of(RUBRIC, cases(*grades)),
        groups,
    )


def in_strata(*strata: str, grades: list[str]) -> list[SubmittedAudit]:
    made = audits_of(RUBRIC, cases(*grades))
    return [
        replace(audit, stratum=stratum)
        for audit, stratum in zip(made, strata, strict=True)
    ]


def test_a_group_of_a_simple_sample_has_its_own_exact_interval() -> None:
    """Two of the three audited cases of a team of nine: exact, of nine."""
    groups = by_team(
        {"North": {"all": 9}, "South": {"all": 31}}, *("North",) * 3, *("South",) * 2
    )

    found = simple([G, G, R, I, NOT_EVIDENCED], groups)

    north, south = found.groups
    assert (north.group, north.size, north.audited) == ("North", 9, 3)
    assert north.line.good_or_better == estimate(
        [StratumCount(stratum="all", population=9, sampled=3, hits=2)]
    )
    assert north.line.good_or_better is not None
    assert north.line.good_or_better.method == "hypergeometric"
    assert south.line.counts[I] == 1
    assert south.line.not_evidenced == 1
    assert south.line.n == 1
    assert south.line.worst is not None
    assert south.line.worst.hits == 1


def test_the_unknown_come_last_and_an_unseen_group_has_no_estimate() -> None:
    groups = by_team(
        {"": {"all": 2}, "South": {"all": 30}, "East": {"all": 8}}, "", "South"
    )

    found = simple([G, R], groups)

    assert [g.group for g in found.groups] == ["East", "South", ""]
    assert found.groups[0].line.good_or_better is None
    assert found.groups[0].line.why_not == "no graded case"


def test_without_audits_in_a_stratum_nothing_is_said_of_a_group_there() -> None:
    groups = by_team({"N": {"a": 10, "b": 30}, "S": {"a": 10, "b": 10}}, "N", "S")

    found = breakdown(
        the_line(G, R),
        facts(populations={"a": 20, "b": 40}, drawn={"a": 2, "b": 2}),
        in_strata("a", "a", grades=[G, R]),
        groups,
    )

    north = found.groups[0].line
    assert north.good_or_better is None
    assert north.why_not == "no graded case yet in a part of the frame"


def test_a_group_of_which_nothing_is_graded_has_no_estimate() -> None:
    groups = by_team({"N": {"all": 20}, "S": {"all": 20}}, "N", "S")

    found = simple([NOT_APPLICABLE, G], groups)

    assert found.groups[0].line.why_not == "no graded case"
    assert found.groups[0].line.not_applicable == 1


def test_picked_cases_are_counted_and_not_estimated() -> None:
    groups = by_team({"N": {"all": 40}}, "N", "N")

    found = simple([G, R], groups, purpose="targeted")

    assert found.groups[0].line.good_or_better is None
    assert "picked" in found.groups[0].line.why_not
    assert found.groups[0].line.counts[G] == 1


def test_a_group_seen_in_all_its_strata_is_weighted_by_its_own_size() -> None:
    """The team has 10 of stratum a and 30 of b: 1 of 2 and 0 of 1 are 5 of 40."""
    audits = in_strata("a", "a", "b", "b", grades=[G, R, R, G])
    groups = by_team(
        {"N": {"a": 10, "b": 30}, "S": {"a": 10, "b": 10}}, "N", "N", "N", "S"
    )

    found = breakdown(
        the_line(G, R, R, G),
        facts(populations={"a": 20, "b": 40}, drawn={"a": 2, "b": 2}),
        audits,
        groups,
    )

    north = found.groups[0].line.good_or_better
    assert north is not None
    assert north.estimate == Fraction(1, 2) * Fraction(10, 40)
    assert north.population == 40


def test_a_group_not_seen_in_one_of_its_strata_is_a_domain_of_the_sample() -> None:
    """S has cases in a, none of them audited: the ratio estimator over all strata.

    In b one of the two audited is of S and good, so S seems to have 20 cases there and
    all of them good; in a it seems to have none.
    """
    audits = in_strata("a", "a", "b", "b", grades=[G, R, R, G])
    groups = by_team(
        {"N": {"a": 10, "b": 30}, "S": {"a": 10, "b": 10}}, "N", "N", "N", "S"
    )

    found = breakdown(
        the_line(G, R, R, G),
        facts(populations={"a": 20, "b": 40}, drawn={"a": 2, "b": 2}),
        audits,
        groups,
    )

    south = found.groups[1].line.good_or_better
    assert south is not None
    assert south == estimate(
        [
            StratumCount(stratum="a", population=20, sampled=2, hits=0, outside=2),
            StratumCount(stratum="b", population=40, sampled=2, hits=1, outside=1),
        ]
    )
    assert "domain" in south.notes


def test_cases_that_should_not_have_been_listed_make_a_group_a_domain() -> None:
    """How many of them are left in a group of the frame is not known."""
    groups = by_team({"N": {"all": 20}, "S": {"all": 20}}, "N", "N", "S")

    found = simple([G, R, G], groups, out_of_scope={"all": 1})

    share = found.groups[0].line.good_or_better
    assert share is not None
    assert "domain" in share.notes


def test_over_every_sample_the_estimate_of_a_group_is_right_on_average() -> None:
    """All 56 samples of 5 of 8 cases in which both groups are seen.

    Given how many of a group are drawn they are a simple random sample of it, so the
    average over them is its true share, here 1/3 and 3/5.
    """
    truth = [G, R, R, G, G, G, R, R]
    teams = ["N"] * 3 + ["S"] * 5
    sizes = {"N": {"all": 3}, "S": {"all": 5}}
    seen: dict[tuple[str, int], list[Fraction]] = {}
    for chosen in combinations(range(8), 5):
        groups = by_team(sizes, *(teams[i] for i in chosen))
        found = breakdown(
            the_line(G),
            facts(populations={"all": 8}, drawn={"all": 5}),
            audits_of(RUBRIC, cases(*(truth[i] for i in chosen))),
            groups,
        )
        for one in found.groups:
            if share := one.line.good_or_better:
                seen.setdefault((one.group, one.audited), []).append(share.estimate)

    assert {key: sum(v) / len(v) for key, v in seen.items()} == {
        ("N", 1): Fraction(1, 3),
        ("N", 2): Fraction(1, 3),
        ("N", 3): Fraction(1, 3),
        ("S", 2): Fraction(3, 5),
        ("S", 3): Fraction(3, 5),
        ("S", 4): Fraction(3, 5),
        ("S", 5): Fraction(3, 5),
    }


def test_where_chances_differed_each_case_keeps_its_weight() -> None:
    """N: a good case with the chance 1/2 and a poor one with 1/4: 2 of 6."""
    weighting = Weighting(
        kind="pps",
        population=40,
        chances={
            n: Chance(probability=Fraction(part), stratum="all")
            for n, part in enumerate(("1/2", "1/4", "1/4", "1/4"), start=1)
        },
        drawn={"all": 4},
    )
    groups = by_team(
        {"N": {"all": 20}, "S": {"all": 19}, "W": {"all": 1}}, "N", "N", "S", "S"
    )

    found = simple([G, R, G, NOT_EVIDENCED], groups, weighting=weighting)

    north, _, west = (one.line for one in found.groups)
    assert north.good_or_better is not None
    assert north.good_or_better.estimate == Fraction(1, 3)
    assert west.good_or_better is None
    assert west.why_not == "no graded case"


def test_what_has_no_grades_has_no_groups() -> None:
    line = next(a for a in told().areas if a.line).domains[0].criteria[0]

    with pytest.raises(ValueError, match="nothing is graded"):
        breakdown(line, facts(), [], by_team({"N": {"all": 1}}))
