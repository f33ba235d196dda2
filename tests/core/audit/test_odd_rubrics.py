"""Rubrics that are sound and unusual: what is graded, what limits, what is said."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from builders import (
    I,
    O,
    R,
    a_criterion,
    a_narrative,
    a_question,
    a_rubric,
    answers,
    yes_no,
)
from case_audit.core.audit.judge import judge
from case_audit.core.rubric.applies import Comparison
from case_audit.core.rubric.rules import Condition, Limit
from case_audit.exchange.rubric_library import Library
from case_audit.resources import shipped

if TYPE_CHECKING:
    from case_audit.core.rubric.model import Criterion, Rubric

UNSEEN = Condition(answer="not_evidenced")


def limited_to(when: Condition, *criteria: Criterion) -> Rubric:
    """One domain that a condition caps at requires improvement."""
    limit = Limit(id="L", caps="domain", at=R, when=when, because="so")
    return replace(a_rubric({"d": criteria}, limits=(limit,)), scales=(yes_no(),))


def found(rubric: Rubric, **values: str) -> tuple[str, str]:
    """The domain's grade and the rule that decided."""
    domain = judge(rubric, cohort="cp", answers=answers(**values)).domains["d"]
    return domain.grade, domain.rule


@pytest.mark.parametrize(
    ("criteria", "values", "said"),
    [
        ((a_narrative("n"),), {}, "No grade: everything is answered in words."),
        (
            (a_question("q"),),
            {"q": "no"},
            "No grade: what was answered is on another scale and is only counted.",
        ),
        ((a_question("q"),), {}, "No grade: 1 not yet assessed."),
    ],
)
def test_a_domain_that_cannot_have_a_grade_says_why(
    criteria: tuple[Criterion, ...], values: dict[str, str], said: str
) -> None:
    case = judge(limited_to(UNSEEN, *criteria), cohort="cp", answers=answers(**values))

    assert case.domains["d"].because == said


def test_a_case_of_which_nothing_is_asked_says_so() -> None:
    grown = Comparison(field="age", operator=">=", value=16)
    rubric = a_rubric({"d": (a_criterion("c", applies=grown),)})

    case = judge(rubric, cohort="cp", answers=answers(), known={"age": "3"})

    assert case.domains == {}
    assert case.overall.because == "No grade: nothing is asked of this case."


@pytest.mark.parametrize("kind", ["fact", "narrative"])
def test_what_is_answered_in_words_never_limits(kind: str) -> None:
    """A fact that the file does not show is noted, and changes no grade."""
    rubric = limited_to(UNSEEN, a_criterion("c"), a_narrative("n", kind=kind))

    assert found(rubric, c=O, n="not_evidenced") == (O, "lower_median")


@pytest.mark.parametrize(
    ("unseen", "rule"), [(2, "lower_median"), (3, "L"), (4, "L"), (1, "lower_median")]
)
def test_a_share_not_evidenced_is_one_of_all_that_applies(
    unseen: int, rule: str
) -> None:
    """Two of five are not more than half, whatever the other three are."""
    when = replace(UNSEEN, more_than=Fraction(1, 2))
    rubric = limited_to(when, *(a_criterion(f"c{n}") for n in range(6)))
    values = {f"c{n}": "not_evidenced" if n < unseen else O for n in range(5)}

    assert found(rubric, **values, c5="not_applicable")[1] == rule


def test_everything_not_evidenced_on_one_scale_is_more_than_half_of_it() -> None:
    when = replace(UNSEEN, more_than=Fraction(1, 2), scale="yes-no")
    rubric = limited_to(when, a_criterion("c"), a_question("q"))

    assert found(rubric, c=O, q="not_evidenced") == (R, "L")


def test_not_evidenced_counts_on_the_scale_that_is_named() -> None:
    when = replace(UNSEEN, scale="yes-no")
    rubric = limited_to(when, a_criterion("c1"), a_criterion("c2"), a_question("q"))

    assert found(rubric, c1=O, c2="not_evidenced", q="yes") == (O, "lower_median")
    assert found(rubric, c1=O, c2=I, q="not_evidenced") == (I, "lower_median")
    assert found(rubric, c1=O, c2=O, q="not_evidenced") == (R, "L")


@pytest.mark.parametrize(
    "name", ["child-protection", "children-in-care", "sif2013-case", "ci-scotland-6pt"]
)
def test_a_critical_domain_that_shows_nothing_keeps_a_case_from_the_best_grade(
    name: str,
) -> None:
    """To show nothing of a child's safety must not be better than to show a little."""
    rubric = Library((shipped("rubrics"),)).rubric(name)
    cohort = rubric.cohorts[0]
    best = {
        c.id: rubric.scale_of(c).ids[0] for c in rubric.criteria() if not c.in_words
    }

    for domain in rubric.domains_for(cohort):
        if any(criterion.critical for criterion in domain.criteria):
            unseen = {criterion.id: "not_evidenced" for criterion in domain.criteria}
            case = judge(rubric, cohort=cohort, answers=answers(**best | unseen))

            assert case.domains[domain.id].grade == ""
            assert case.overall.grade == "good", domain.id
