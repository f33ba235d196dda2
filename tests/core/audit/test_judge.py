"""From answers to grades."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import (
    LIM1,
    G,
    I,
    O,
    R,
    a_criterion,
    a_rubric,
    a_scale,
    answers,
)
from case_audit.core.audit.computed import computed_from_text, computed_text
from case_audit.core.audit.judge import judge
from case_audit.core.audit.model import NOT_APPLICABLE, NOT_EVIDENCED, Answer
from case_audit.core.rubric.rules import Condition, Limit
from case_audit.exchange.rubric_library import Library
from case_audit.resources import shipped

RUBRIC = a_rubric()
values = st.sampled_from([O, G, R, I, NOT_APPLICABLE, NOT_EVIDENCED, ""])


@pytest.mark.parametrize(
    ("grades", "middle"),
    [
        ((G,), G),
        ((O, I), I),
        ((O, G, I), G),
        ((O, O, G, R), G),
        ((R, I, I, O), I),
    ],
)
def test_the_lower_median_is_the_middle_grade_or_the_worse_of_two(
    grades: tuple[str, ...], middle: str
) -> None:
    """Generosity gets no benefit of the doubt."""
    assert a_scale().lower_median(grades) == middle


def test_a_domain_is_the_middle_of_its_criteria_and_says_so() -> None:
    found = judge(RUBRIC, cohort="cp", answers=answers(v1=O, v2=G, s1=G, s2=G))

    voice = found.domains["voice"]
    assert (voice.grade, voice.rule, voice.drivers) == (G, "lower_median", ("v2",))
    assert (
        voice.because == "Good: the middle of 2 criteria (1 outstanding; 1 good: v2)."
    )
    assert found.overall.because == (
        "Good: the middle of 2 domains (2 good: voice, safety)."
    )


def test_a_critical_failing_limits_its_domain_and_through_it_the_case() -> None:
    """The sentence names the rule, what drove it and what it would have been."""
    found = judge(RUBRIC, cohort="cp", answers=answers(v1=O, v2=O, s1=I, s2=O))

    assert found.domains["safety"].grade == I
    assert found.overall.grade == I
    assert found.overall.rule == "lower_median"
    found = judge(
        a_rubric(
            {
                "voice": (a_criterion("v1"),),
                "plan": (a_criterion("p1"),),
                "safety": (a_criterion("s1", critical=True), a_criterion("s2")),
            }
        ),
        cohort="cp",
        answers=answers(v1=G, p1=G, s1=I, s2=G),
    )
    assert found.overall.grade == I
    assert found.overall.rule == "LIM2"
    assert found.overall.because == (
        "Inadequate: limited by LIM2 because the child's safety is inadequate "
        "(safety); without limits, good."
    )


def test_the_worst_limit_wins() -> None:
    """And of equal ones the first."""
    mild = replace(LIM1, id="MILD", at=R, because="mild")
    same = replace(LIM1, id="SAME", because="same")
    rubric = a_rubric(
        {"d": (a_criterion("c1", critical=True), a_criterion("c2"), a_criterion("c3"))},
        limits=(mild, LIM1, same),
    )

    found = judge(rubric, cohort="cp", answers=answers(c1=I, c2=O, c3=O))

    assert found.domains["d"].rule == "LIM1"
    # Without LIM1 alone it would still be limited, by SAME.
    assert found.domains["d"].because.endswith("(c1); without limits, outstanding.")


def test_a_limit_never_raises_a_grade() -> None:
    rubric = a_rubric(limits=(replace(LIM1, at=R),))

    found = judge(rubric, cohort="cp", answers=answers(s1=I, s2=I))

    assert found.domains["safety"].grade == I
    assert found.domains["safety"].rule == "lower_median"


def test_shares_count_only_what_has_a_grade() -> None:
    """Two of three graded domains at good: more than half, so no outstanding."""
    limit = Limit(
        id="LIM6c",
        caps="overall",
        at=G,
        when=Condition(count="domains", at_or_below=G, more_than=Fraction(1, 2)),
        because="fewer than half of the domains are outstanding",
    )
    rubric = a_rubric(
        {name: (a_criterion(f"{name}1"),) for name in ("a", "b", "c", "d")},
        limits=(limit,),
    )

    half = judge(rubric, cohort="cp", answers=answers(a1=O, b1=O, c1=O, d1=G))
    less = judge(rubric, cohort="cp", answers=answers(a1=O, b1=O, c1=G, d1=G))

    assert half.overall.grade == O
    assert less.overall.rule == "lower_median"
    three = judge(rubric, cohort="cp", answers=answers(a1=O, b1=G, c1=G))
    assert three.overall.grade == G


def test_what_has_no_grade_is_left_out_and_counted_apart() -> None:
    """Not applicable, not evidenced and not yet assessed are three things."""
    rubric = a_rubric({"d": tuple(a_criterion(f"c{i}") for i in range(4))})

    found = judge(
        rubric,
        cohort="cp",
        answers=answers(c0=R, c1=NOT_APPLICABLE, c2=NOT_EVIDENCED),
    )

    assert found.domains["d"].because == (
        "Requires improvement to be good: the only grade given (c0); "
        "1 not applicable, 1 not evidenced, 1 not yet assessed."
    )


def test_nothing_graded_is_no_grade() -> None:
    found = judge(RUBRIC, cohort="cp", answers=answers(v1=NOT_APPLICABLE))

    assert found.domains["voice"].grade == ""
    assert found.domains["voice"].because == (
        "No grade: 1 not applicable, 1 not yet assessed."
    )
    assert found.overall.grade == ""


def test_an_auditors_own_grade_stands_and_the_computed_one_is_kept() -> None:
    """A domain that was overruled counts as overruled in the case."""
    given_answers = answers(v1=G, v2=G, s1=G, s2=G).with_answer(
        Answer(part="domain", subject="safety", value=I, rationale="Worse.")
    )

    found = judge(RUBRIC, cohort="cp", answers=given_answers)

    assert (found.domains["safety"].grade, found.domains["safety"].standing) == (G, I)
    assert found.overall.grade == I


def test_criteria_of_other_cohorts_are_not_asked() -> None:
    rubric = a_rubric({"d": (a_criterion("c1"), a_criterion("c2", cohorts=("cic",)))})

    found = judge(rubric, cohort="cp", answers=answers(c1=G))

    assert found.domains["d"].because == "Good: the only grade given (c1)."


@given(st.fixed_dictionaries(dict.fromkeys(("v1", "v2", "s1", "s2"), values)))
def test_a_better_answer_never_makes_a_case_worse(plain: dict[str, str]) -> None:
    """Monotone: raising one graded criterion cannot lower the case."""
    scale = a_scale()
    before = judge(RUBRIC, cohort="cp", answers=answers(**plain))
    for key, value in plain.items():
        if value in scale.ids and value != O:
            better = scale.ids[scale.place(value) - 1]
            after = judge(
                RUBRIC, cohort="cp", answers=answers(**(plain | {key: better}))
            )
            assert scale.place(after.overall.grade) <= scale.place(before.overall.grade)


def test_the_kept_text_gives_the_same_grades_back() -> None:
    found = judge(RUBRIC, cohort="cp", answers=answers(v1=O, v2=R, s1=I, s2=G))

    kept = computed_from_text(computed_text(found))

    assert kept == {**found.domains, "overall": found.overall}


def shipped_case(grades: dict[str, str], *, rest: str) -> tuple[str, str]:
    """The grade and rule of the shipped child-in-need rubric."""
    rubric = Library((shipped("rubrics"),)).rubric("child-in-need")
    plain = {c.id: rest for c in rubric.criteria()} | grades
    found = judge(rubric, cohort="cin", answers=answers(**plain))
    return found.overall.grade, found.overall.rule


OVERSIGHT = tuple(f"mo{i}" for i in range(1, 9))


@pytest.mark.parametrize(
    ("grades", "rest", "expected"),
    [
        ({}, G, (G, "lower_median")),
        ({"s1": I}, O, (I, "LIM2")),  # a critical criterion, in the safety domain
        ({"a1": I, "p4": I}, O, (I, "LIM3")),  # two domains inadequate
        ({"mo3": I}, O, (R, "LIM4")),  # oversight inadequate caps at r.i.
        ({"a1": R}, O, (R, "LIM5a")),  # a critical criterion below good
        ({"r1": R, "r2": R, "m1": R, "m2": R}, O, (R, "LIM5b")),
        ({"r1": R, "r2": R}, O, (G, "LIM6a")),  # one domain below good
        (dict.fromkeys(OVERSIGHT, G), O, (G, "LIM6b")),
        ({}, O, (O, "lower_median")),
        ({"a1": NOT_EVIDENCED}, O, (G, "LIM6a")),  # LIM5c caps the domain
    ],
)
def test_the_shipped_limits(
    grades: dict[str, str], rest: str, expected: tuple[str, str]
) -> None:
    """Each limit of the shipped rules decides a case of its own."""
    assert shipped_case(grades, rest=rest) == expected


def test_fewer_than_half_outstanding_is_not_outstanding() -> None:
    """LIM6c, where the middle alone would say otherwise: it never does.

    The lower median of the domains is outstanding only if at least half are, so
    the rule is a safeguard for other roll-ups; here they agree over every mix.
    """
    scale = a_scale()
    for mix in product((O, G), repeat=5):
        outstanding = mix.count(O)
        assert (scale.lower_median(mix) == O) == (outstanding > len(mix) / 2)
