"""What the overall grade was, given the judgements, measured on published reports."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import product
from typing import TYPE_CHECKING

import pytest
from published import NAMES, answers_of, rules_of

from builders import G, I, O, R, a_scale
from case_audit.core.rubric.overall import (
    GradeCount,
    Judgement,
    OverallRule,
    OverallRules,
    Report,
    answer,
    counted,
    decide,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

ILACS = rules_of("ilacs@2018")
GOOD_FOUR = {"leaders": G, "help_and_protection": G, "in_care": G, "care_leavers": G}
GOOD_THREE = {column: G for column in GOOD_FOUR if column != "care_leavers"}


def test_the_published_overall_grades_are_reproduced() -> None:
    """All reports up to March 2025; the five that are missed are not mended."""
    agree = Counter(given.agrees for given in answers_of("ilacs@2018"))

    assert agree.total() == 259
    assert agree[True] >= 251
    assert agree[None] == 0


def test_an_inadequate_key_judgement_always_decided() -> None:
    """Under the earlier framework nothing else is certain, and nothing else said."""
    answers = answers_of("sif@2013")

    assert len(answers) == 131
    assert {a.agrees for a in answers if a.decision.overall} == {True}
    assert {a.decision.overall for a in answers} == {I, ""}


@pytest.mark.parametrize("name", NAMES)
def test_the_support_of_each_rule_is_what_is_counted(name: str) -> None:
    """A count that is printed can be counted again from the shipped table."""
    rules, found = rules_of(name), counted(answers_of(name))

    assert {rule.id: dict(rule.support) for rule in rules.rules} == {
        rule.id: dict(found.get(rule.id, {})) for rule in rules.rules
    }
    assert rules.reports == sum(count.total() for count in found.values())


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_gives_the_grade_that_followed_most_often(name: str) -> None:
    """Whatever a rule says was so in more reports than not."""
    for rule in rules_of(name).rules:
        if rule.overall:
            assert 2 * rule.support[rule.overall] > sum(rule.support.values())


def all_grades(rules: OverallRules) -> Iterator[dict[str, str]]:
    """Every way to grade a report, without and with each optional judgement."""
    grades = rules.scale.ids
    choices = [grades if j.needed else (*grades, "") for j in rules.judgements]
    columns = [judgement.column for judgement in rules.judgements]
    for found in product(*choices):
        yield {c: g for c, g in zip(columns, found, strict=True) if g}


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_decides_some_report(name: str) -> None:
    """A rule that never holds would be a line nobody needs."""
    rules = rules_of(name)
    decided = {decide(rules, grades).rule for grades in all_grades(rules)}

    assert decided == {rule.id for rule in rules.rules}


@pytest.mark.parametrize("name", NAMES)
def test_worse_judgements_never_make_a_better_overall_grade(name: str) -> None:
    """Compared are all pairs, so an answer left open between them hides nothing."""
    rules = rules_of(name)
    place = rules.scale.place
    by_columns: dict[tuple[str, ...], list[tuple[tuple[int, ...], int]]] = {}
    for grades in all_grades(rules):
        if overall := decide(rules, grades).overall:
            places = tuple(place(grade) for grade in grades.values())
            by_columns.setdefault(tuple(grades), []).append((places, place(overall)))

    broken = [
        (better, worse)
        for answers in by_columns.values()
        for better, one in answers
        for worse, other in answers
        if other < one and all(b <= w for b, w in zip(better, worse, strict=True))
    ]

    assert sum(map(len, by_columns.values())) > 100
    assert broken == []


@pytest.mark.parametrize(
    ("leaders", "practice", "overall", "rule"),
    [
        (O, (G, I, O), I, "practice-inadequate"),
        (I, (R, R, R), R, "leaders-inadequate"),
        (R, (O, O, O), R, "leaders-requires-improvement"),
        (G, (O, O, O), G, "good-leaders-practice-good"),
        (G, (R, O, G), G, "good-leaders-one-short"),
        (G, (R, R, O), R, "good-leaders-two-short"),
        (O, (G, G, G), G, "outstanding-leaders-practice-good"),
        (O, (G, O, G), O, "outstanding-leaders-one-outstanding"),
        (O, (G, O, O), O, "outstanding-leaders-more-outstanding"),
        (O, (R, O, O), "", "never-seen"),
    ],
)
def test_the_rule_that_decides(
    leaders: str, practice: tuple[str, ...], overall: str, rule: str
) -> None:
    columns = ("help_and_protection", "in_care", "care_leavers")
    judgements = {"leaders": leaders, **dict(zip(columns, practice, strict=True))}

    decision = decide(ILACS, judgements)

    assert (decision.overall, decision.rule) == (overall, rule)
    assert decision.because.endswith(".")


@pytest.mark.parametrize(
    ("report", "why"),
    [
        (Report(framework="SIF", judgements=GOOD_FOUR), "another framework"),
        (Report(framework="ilacs@2026-04", judgements=GOOD_FOUR), "another framework"),
        (Report(judgements={}), "gives no judgements"),
        (Report(judgements={"leaders": G}), "Help and protection, Children in care"),
        (Report(judgements=GOOD_THREE, together=False), "Care leavers"),
        (Report(judgements=GOOD_FOUR, together=True), "together with another"),
        (
            Report(judgements=GOOD_THREE, published=dt.date(2024, 5, 1)),
            "Care leavers",
        ),
        (
            Report(judgements=GOOD_FOUR, published=dt.date(2026, 8, 20)),
            "without an overall grade",
        ),
    ],
)
def test_what_cannot_be_used_is_not_guessed_at(report: Report, why: str) -> None:
    """No overall grade and no rule, but the reason."""
    decision = answer(ILACS, report).decision

    assert (decision.overall, decision.rule, decision.support) == ("", "", {})
    assert why in decision.because


@pytest.mark.parametrize(
    "report",
    [
        Report(judgements=GOOD_FOUR, framework="ILACS"),
        Report(judgements=GOOD_FOUR, framework=" ilacs 2018 "),
        Report(judgements=GOOD_THREE),
        Report(judgements=GOOD_THREE, published=dt.date(2021, 5, 1)),
        Report(judgements=GOOD_THREE, together=True, published=dt.date(2023, 5, 10)),
        Report(judgements=GOOD_FOUR, overall=G, published=dt.date(2026, 6, 18)),
    ],
)
def test_what_can_be_used_is_answered(report: Report) -> None:
    """Children in care and care leavers together or apart; late reports too."""
    assert answer(ILACS, report).decision.rule == "good-leaders-practice-good"


def test_only_what_was_decided_and_published_is_counted() -> None:
    rule = answer(ILACS, Report(judgements=GOOD_FOUR)).decision.rule
    reports = (
        Report(judgements=GOOD_FOUR, overall=G),
        Report(judgements=GOOD_FOUR),
        Report(judgements={}, overall=G),
    )

    assert counted(answer(ILACS, one) for one in reports) == {rule: {G: 1}}


def test_whether_it_agrees_needs_both_grades() -> None:
    """An answer that is left open is neither right nor wrong."""
    given = [
        answer(ILACS, Report(judgements=GOOD_FOUR, overall=overall))
        for overall in (G, R, "")
    ]
    never_seen = {**GOOD_FOUR, "leaders": O, "in_care": R}
    left = answer(ILACS, Report(judgements=never_seen, overall=G))

    assert [a.agrees for a in (*given, left)] == [True, False, None, None]


@pytest.mark.parametrize(
    ("count", "fits"),
    [
        (GradeCount(of=("a", "b", "c"), comparison="is", grade=G), True),
        (GradeCount(of=("a", "b", "c"), comparison="at_or_above", grade=O), False),
        (
            GradeCount(of=("a", "b"), comparison="at_or_above", grade=R, at_least=2),
            True,
        ),
        (
            GradeCount(of=("a", "b"), comparison="at_or_below", grade=G, at_most=1),
            False,
        ),
        (GradeCount(of=("c",), comparison="at_or_below", grade=O), False),
        (
            GradeCount(
                of=("c",), comparison="at_or_below", grade=O, at_least=0, at_most=0
            ),
            True,
        ),
    ],
)
def test_how_judgements_are_counted(count: GradeCount, *, fits: bool) -> None:
    """What has no grade of its own is not counted, either way."""
    assert count.holds({"a": G, "b": R}, a_scale()) is fits


def test_rules_that_leave_something_open_are_our_own_mistake() -> None:
    day = dt.date(2020, 1, 1)
    one = Judgement(column="a", label="A", short="A")
    only = GradeCount(of=("a",), comparison="is", grade=G)
    rule = OverallRule(id="x", when=(only,), overall=G, because=".", support={})
    rules = OverallRules(
        framework="f@1",
        title="F",
        scale=a_scale(),
        judgements=(one,),
        rules=(rule,),
        valid_to=day,
        reports=1,
        first=day,
        last=day,
    )

    with pytest.raises(ValueError, match="f@1"):
        decide(rules, {"a": R})
