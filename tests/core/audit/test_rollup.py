"""Every roll-up by table, and what must hold of all of them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rounds import DIP1

from builders import (
    BANDS,
    LIM7,
    UNMANAGED,
    G,
    I,
    O,
    R,
    a_criterion,
    a_question,
    a_rubric,
    a_scale,
    yes_no,
)
from case_audit.core.audit.judge import judge
from case_audit.core.audit.model import (
    FLAG,
    NOT_APPLICABLE,
    NOT_EVIDENCED,
    TICKED,
    Answer,
    Answers,
)
from case_audit.core.audit.what_if import what_if
from case_audit.core.rubric.rules import Condition, Limit, RollUp, Rules, Step

if TYPE_CHECKING:
    from case_audit.core.rubric.model import Rubric

SCALE = a_scale()
THRESHOLD = RollUp(
    kind="threshold",
    steps=(
        Step(grade=I, at_or_below=I, at_least=2),
        Step(grade=R, at_or_below=R, more_than=Fraction(1, 3)),
        Step(grade=G, at_or_below=G),
    ),
    otherwise=O,
)
POINTS = RollUp(
    kind="points",
    points=((O, 3), (G, 2), (R, 1), (I, 0)),
    bands=((O, 90), (G, 60), (R, 30)),
    otherwise=I,
)
SHARE = RollUp(
    kind="percentage_bands",
    counts=G,
    bands=((O, 80), (G, 65), (R, 50)),
    otherwise=I,
)
WAYS = {
    "median": RollUp(kind="lower_median"),
    "worst": RollUp(kind="worst"),
    "threshold": THRESHOLD,
    "points": POINTS,
    "share": SHARE,
}


def answers(values: dict[str, str]) -> Answers:
    """Criteria with these values."""
    given = [Answer(part="criterion", subject=k, value=v) for k, v in values.items()]
    return Answers({(a.part, a.subject): a for a in given})


def one_domain(
    rollup: RollUp, size: int, *, question: bool = False, limits: tuple[Limit, ...] = ()
) -> Rubric:
    """A rubric of one domain."""
    make = a_question if question else a_criterion
    plain = a_rubric({"d": tuple(make(f"c{n}") for n in range(size))}, limits=())
    rules = Rules(
        id="r",
        version="1",
        domain_rollup=rollup,
        overall_rollup=RollUp(kind="worst"),
        limits=limits,
        flags=(UNMANAGED,),
    )
    return replace(plain, scales=(yes_no(),), rules=rules)


def grade(rollup: RollUp, *values: str) -> str:
    """What a domain with these grades gets."""
    rubric = one_domain(rollup, len(values), question=rollup.of == "yes-no")
    given = answers({f"c{n}": value for n, value in enumerate(values)})
    return judge(rubric, cohort="cp", answers=given).domains["d"].grade


@pytest.mark.parametrize(
    ("way", "values", "expected"),
    [
        ("median", [O, G, I], G),
        ("median", [O, G, R, I], R),
        ("worst", [O, O, R], R),
        ("threshold", [O, O, O], O),
        ("threshold", [O, G, O], G),
        ("threshold", [G, G, I], G),
        ("threshold", [G, R, I], R),
        ("threshold", [O, O, O, O, I, I], I),
        ("points", [O, O, O], O),
        ("points", [O, O, G], G),
        ("points", [G, G, R], R),
        ("points", [G, R, R, I], R),
        ("points", [R, I, I], I),
        ("share", [G, G, G, G, I], O),
        ("share", [G, G, R], G),
        ("share", [G, R], R),
        ("share", [O, R, R], I),
    ],
)
def test_each_roll_up_by_hand(way: str, values: list[str], expected: str) -> None:
    """Worked out on paper; 8 of 9 points are 88%, under the 90 of the best band."""
    assert grade(WAYS[way], *values) == expected


@pytest.mark.parametrize(
    ("yes", "no", "expected"),
    [(4, 1, O), (79, 21, G), (65, 35, G), (64, 36, R), (50, 50, R), (49, 51, I)],
)
def test_bands_begin_exactly_where_they_say(yes: int, no: int, expected: str) -> None:
    assert grade(BANDS, *["yes"] * yes, *["no"] * no) == expected


GRADES = st.sampled_from([O, G, R, I])
ANSWERS = st.sampled_from([O, G, R, I, NOT_APPLICABLE, NOT_EVIDENCED, ""])


@pytest.mark.parametrize("way", WAYS)
@given(data=st.data())
def test_a_worse_answer_never_gives_a_better_grade(
    way: str, data: st.DataObject
) -> None:
    values = data.draw(st.lists(GRADES, min_size=1, max_size=9))
    place = data.draw(st.integers(0, len(values) - 1))
    worse = data.draw(st.sampled_from(SCALE.ids[SCALE.place(values[place]) :]))
    changed = [*values[:place], worse, *values[place + 1 :]]

    assert SCALE.at_or_below(grade(WAYS[way], *changed), grade(WAYS[way], *values))


@pytest.mark.parametrize("way", WAYS)
@given(data=st.data())
def test_the_order_of_answers_never_matters(way: str, data: st.DataObject) -> None:
    values = data.draw(st.lists(ANSWERS, min_size=1, max_size=9))

    assert grade(WAYS[way], *data.draw(st.permutations(values))) == grade(
        WAYS[way], *values
    )


@pytest.mark.parametrize("way", WAYS)
@given(data=st.data())
def test_what_has_no_grade_never_counts(way: str, data: st.DataObject) -> None:
    """Neither not applicable, nor not evidenced, nor not yet assessed."""
    values = data.draw(st.lists(GRADES, min_size=1, max_size=6))
    nothing = st.sampled_from([NOT_APPLICABLE, NOT_EVIDENCED, ""])
    more = data.draw(st.lists(nothing, max_size=4))

    assert grade(WAYS[way], *values, *more) == grade(WAYS[way], *values)


@pytest.mark.parametrize("way", WAYS)
def test_nothing_graded_has_no_grade_and_says_so(way: str) -> None:
    rubric = one_domain(WAYS[way], 2)
    given = answers({"c0": NOT_APPLICABLE, "c1": NOT_EVIDENCED})
    found = judge(rubric, cohort="cp", answers=given)

    assert found.domains["d"].grade == found.overall.grade == ""
    assert found.domains["d"].because == (
        "No grade: 1 not applicable, 1 not evidenced."
    )


@pytest.mark.parametrize(
    ("way", "values", "because", "drivers"),
    [
        ("worst", [G, R, R], "the worst of 3 criteria (1 good; 2 requires", "c1 c2"),
        ("threshold", [G, R, I], "2 of 3 criteria at requires improvement", "c1 c2"),
        ("threshold", [O, O], "none of 2 criteria at good or worse", "c0 c1"),
        ("points", [O, G, R], "6 of 9 points from 3 criteria, 66%, where", "c1 c2"),
        (
            "share",
            [G, R, I],
            "1 of 3 criteria at good or better, 33%, below 50%",
            "c1 c2",
        ),
    ],
)
def test_the_sentence_names_the_rule_and_what_drove_it(
    way: str, values: list[str], because: str, drivers: str
) -> None:
    rubric = one_domain(WAYS[way], len(values))
    given = answers({f"c{n}": value for n, value in enumerate(values)})
    found = judge(rubric, cohort="cp", answers=given).domains["d"]

    assert because in found.because
    assert f"{', '.join(drivers.split())}" in found.because
    assert found.drivers == tuple(drivers.split())
    assert found.rule == WAYS[way].kind


def test_yes_or_no_beside_grades_is_left_to_the_limits() -> None:
    """A dip sample's questions never become a grade, but one can limit it."""
    plain = a_rubric(
        {
            "q": (a_question("q1", critical=True), a_question("q2")),
            "g": (a_criterion("g1"),),
        },
        limits=(DIP1,),
    )
    rubric = replace(plain, scales=(yes_no(),))

    fine = judge(
        rubric, cohort="cp", answers=answers({"q1": "yes", "q2": "no", "g1": O})
    )
    limited = judge(
        rubric, cohort="cp", answers=answers({"q1": "no", "q2": "yes", "g1": O})
    )

    assert fine.domains["q"].grade == ""
    assert fine.overall.because.endswith("(g).")
    assert fine.domains["g"].grade == fine.overall.grade == O
    assert fine.overall.raises == ""
    assert (limited.overall.grade, limited.overall.rule) == (R, "DIP1")
    assert limited.overall.raises == "E2"
    assert limited.overall.drivers == ("q1",)


def test_manual_takes_the_auditors_grade_and_nothing_else() -> None:
    rubric = one_domain(RollUp(kind="manual"), 2)
    given = answers({"c0": I, "c1": I})
    own = Answer(part="domain", subject="d", value=G)

    before = judge(rubric, cohort="cp", answers=given).domains["d"]
    after = judge(rubric, cohort="cp", answers=given.with_answer(own)).domains["d"]

    assert (before.grade, before.standing) == ("", "")
    assert "the auditor decides" in before.because
    assert (after.grade, after.standing, after.rule) == (G, G, "manual")


def test_a_limit_holds_for_manual_grades_too() -> None:
    """A better grade of one's own then stands against the computed cap."""
    limit = Limit(
        id="L", caps="domain", at=I, when=Condition(at_or_below=I), because="so"
    )
    rubric = one_domain(RollUp(kind="manual"), 1, limits=(limit,))
    own = Answer(part="domain", subject="d", value=G)
    found = judge(rubric, cohort="cp", answers=answers({"c0": I}).with_answer(own))

    assert (found.domains["d"].grade, found.domains["d"].standing) == (I, G)


def test_nothing_is_graded_where_the_rules_grade_nothing() -> None:
    rubric = one_domain(RollUp(kind="none"), 1)
    found = judge(rubric, cohort="cp", answers=answers({"c0": G})).domains["d"]

    assert (found.grade, found.standing, found.rule) == ("", "", "none")
    assert found.because == "Nothing is graded on this level."


def test_a_flag_limits_and_names_the_escalation() -> None:
    rubric = one_domain(RollUp(kind="worst"), 1, limits=(LIM7,))
    ticked = Answer(part="closing", subject=f"{FLAG}unmanaged_risk", value=TICKED)
    given = answers({"c0": O})

    assert judge(rubric, cohort="cp", answers=given).overall.grade == O
    found = judge(rubric, cohort="cp", answers=given.with_answer(ticked)).overall
    assert (found.grade, found.rule, found.raises) == (I, "LIM7", "E1")
    assert "unmanaged_risk" not in found.because


def test_a_flag_raises_where_nothing_is_graded() -> None:
    """A joint audit has no grades, and a child may be in danger all the same."""
    rubric = one_domain(RollUp(kind="none"), 1)
    rules = replace(
        rubric.rules,
        overall_rollup=RollUp(kind="none"),
        flags=(replace(UNMANAGED, raises="E1"),),
    )
    rubric = replace(rubric, rules=rules)
    ticked = Answer(part="closing", subject=f"{FLAG}unmanaged_risk", value=TICKED)
    given = answers({"c0": O})

    assert judge(rubric, cohort="cp", answers=given).overall.raises == ""
    found = judge(rubric, cohort="cp", answers=given.with_answer(ticked))
    assert (found.overall.raises, found.overall.grade) == ("E1", "")
    assert found.domains["d"].raises == ""


def test_what_if_leaves_the_auditors_own_grades_out() -> None:
    """It compares roll-ups, not people; the limits hold in each but one."""
    rubric = a_rubric()
    given = answers({"v1": O, "v2": R, "s1": I, "s2": O})
    given = given.with_answer(Answer(part="overall", subject="overall", value=O))

    found = {
        way.name: way.judgement.overall.grade
        for way in what_if(rubric, cohort="cp", answers=given)
    }

    assert found == {
        "The rubric's own rules": I,
        "Without the limits": I,
        "The middle grade, the worse of two": I,
        "The worst grade": I,
        "Three quarters have reached it": I,
        "Share at the benchmark in bands, the lowest drives": I,
        "Points (grades are not numbers)": I,
    }


def test_what_if_tells_roll_ups_apart() -> None:
    rubric = a_rubric({"d": tuple(a_criterion(f"c{n}") for n in range(5))}, limits=())
    given = answers({"c0": O, "c1": O, "c2": G, "c3": R, "c4": I})

    found = [
        way.judgement.overall.grade
        for way in what_if(rubric, cohort="cp", answers=given)
    ]

    assert found == [G, G, G, I, R, R, G]


def test_what_if_keeps_what_computes_nothing_or_changes_the_scale() -> None:
    """There is no other way to roll up what is not rolled up."""
    rubric = one_domain(replace(BANDS, scale=""), 2, question=True)
    given = answers({"c0": "yes", "c1": "no"})

    ways = what_if(rubric, cohort="cp", answers=given)

    assert {way.judgement.domains["d"].grade for way in ways} == {R}


@pytest.mark.parametrize(("yes", "expected"), [(5, "yes"), (3, "yes"), (2, "no")])
def test_what_if_has_even_bands_for_other_scales(yes: int, expected: str) -> None:
    """On a scale of two, half at the benchmark is the better one."""
    plain = a_rubric({"d": tuple(a_question(f"c{n}") for n in range(5))}, limits=())
    rules = replace(
        plain.rules,
        domain_rollup=RollUp(kind="worst", of="yes-no", scale="yes-no"),
        overall_rollup=RollUp(kind="worst", of="yes-no", scale="yes-no"),
    )
    rubric = replace(plain, scales=(yes_no(),), rules=rules)
    given = answers({f"c{n}": "yes" if n < yes else "no" for n in range(5)})

    ways = {w.name: w.judgement for w in what_if(rubric, cohort="cp", answers=given)}

    found = ways["Share at the benchmark in bands, the lowest drives"]
    assert found.domains["d"].grade == expected
