"""The shipped rubrics of other frameworks, each from answers to result."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders import answers
from case_audit.core.audit.judge import judge
from case_audit.core.audit.model import FLAG, NOT_APPLICABLE, TICKED, Answer
from case_audit.core.selfassessment.model import SubmittedAudit
from case_audit.core.selfassessment.ratings import ratings
from case_audit.exchange.rubric_library import Library
from case_audit.resources import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from case_audit.core.audit.model import Answers
    from case_audit.core.rubric.model import Rubric

LIBRARY = Library((shipped("rubrics"),))

JTAI = LIBRARY.rubric("jtai-initial-need-risk")
YOUTH_JUSTICE = LIBRARY.rubric("hmip-yj-case")
SCOTLAND = LIBRARY.rubric("ci-scotland-6pt")
OUTCOMES = {
    name: LIBRARY.rubric(name)
    for name in ("osri-safety", "osri-permanence", "osri-wellbeing")
}
TRAINER = LIBRARY.rubric("trainer-mini")


def all_of(rubric: Rubric, value: str, *, cohort: str = "cic") -> dict[str, str]:
    asked = rubric.domains_for(cohort)
    return {c.id: value for domain in asked for c in domain.criteria}


def item(rubric: Rubric, domain_id: str) -> dict[str, str]:
    (domain,) = (d for d in rubric.domains if d.id == domain_id)
    return {c.id: "" for c in domain.criteria}


def with_flag(given: Answers) -> Answers:
    return given.with_answer(
        Answer(part="closing", subject=FLAG + "unmanaged_risk", value=TICKED)
    )


@pytest.mark.parametrize("rubric", OUTCOMES.values(), ids=OUTCOMES.keys())
def test_an_outcome_is_achieved_if_every_item_is_a_strength(rubric: Rubric) -> None:
    found = judge(rubric, cohort="cic", answers=answers(**all_of(rubric, "yes")))

    assert {d.grade for d in found.domains.values()} == {"strength"}
    assert found.overall.grade == "substantially"


@pytest.mark.parametrize("rubric", OUTCOMES.values(), ids=OUTCOMES.keys())
def test_one_no_is_enough_for_its_item(rubric: Rubric) -> None:
    """And one item of several leaves the outcome partially achieved."""
    given = all_of(rubric, "yes")
    last = rubric.domains[-1]
    given[last.criteria[0].id] = "no"

    found = judge(rubric, cohort="cic", answers=answers(**given))

    assert found.domains[last.id].grade == "needs_improvement"
    assert [d.grade for d in found.domains.values()].count("strength") == (
        len(rubric.domains) - 1
    )
    assert found.overall.grade == "partially"


def test_an_outcome_is_not_achieved_if_most_items_need_improvement() -> None:
    """Two of three do; one of two, after the third did not apply, does not."""
    rubric = OUTCOMES["osri-safety"]
    given = {**all_of(rubric, "yes"), "os1": "no", "os3": "no"}
    found = judge(rubric, cohort="cic", answers=answers(**given))
    assert found.overall.grade == "not_achieved"

    given |= dict.fromkeys(item(rubric, "item2"), NOT_APPLICABLE)
    found = judge(rubric, cohort="cic", answers=answers(**given))
    assert found.domains["item2"].grade == ""
    assert found.overall.grade == "partially"


def test_a_no_on_which_safety_turns_asks_for_an_escalation() -> None:
    rubric = OUTCOMES["osri-safety"]
    given = {**all_of(rubric, "yes"), "os6": "no"}

    assert judge(rubric, cohort="cic", answers=answers(**given)).overall.raises == "E2"
    given = {**all_of(rubric, "yes"), "os4": "no"}
    assert judge(rubric, cohort="cic", answers=answers(**given)).overall.raises == ""


@pytest.mark.parametrize(
    ("rubric", "best", "capped"),
    [
        (OUTCOMES["osri-wellbeing"], "yes", "not_achieved"),
        (SCOTLAND, "excellent", "unsatisfactory"),
    ],
)
def test_a_risk_nobody_manages_outweighs_everything(
    rubric: Rubric, best: str, capped: str
) -> None:
    given = with_flag(answers(**all_of(rubric, best)))

    found = judge(rubric, cohort="cic", answers=given)

    assert (found.overall.grade, found.overall.raises) == (capped, "E1")


def test_only_a_child_in_care_is_asked_about_carers() -> None:
    at_home = all_of(OUTCOMES["osri-safety"], "yes", cohort="cp")
    in_care = all_of(OUTCOMES["osri-safety"], "yes", cohort="cic")

    assert set(in_care) - set(at_home) == {"os9"}


def case(number: int, given: Answers) -> SubmittedAudit:
    return SubmittedAudit(
        number=number,
        stratum="all",
        answers=given,
        grades={"overall": ""},
        rules={"overall": "none"},
        because={"overall": ""},
        computed={"overall": ""},
    )


def round_of(yes: Iterable[int], *, of: int) -> list[SubmittedAudit]:
    """Cases in which all is yes but y1, which is yes in as many as are named."""
    met = set(yes)
    return [
        case(n, answers(**all_of(YOUTH_JUSTICE, "yes") | ({} if n in met else NO)))
        for n in range(of)
    ]


NO = {"y1": "no"}


@pytest.mark.parametrize(
    ("yes", "rating"),
    [
        (20, "outstanding"),
        (16, "outstanding"),
        (15, "good"),
        (13, "good"),
        (12, "requires_improvement"),
        (10, "requires_improvement"),
        (9, "inadequate"),
    ],
)
def test_youth_justice_is_rated_over_cases_and_by_the_lowest_question(
    yes: int, rating: str
) -> None:
    """80, 65 and 50 percent of 20 cases are 16, 13 and 10."""
    found = ratings(YOUTH_JUSTICE, cohort="cin", audits=round_of(range(yes), of=20))

    grades = {rated.id: rated.grade for rated in found}
    assert grades["y1"] == grades["assessing"] == rating
    assert grades["y2"] == grades["planning"] == "outstanding"


def test_in_a_single_youth_justice_case_nothing_is_graded() -> None:
    given = answers(**all_of(YOUTH_JUSTICE, "no"))

    found = judge(YOUTH_JUSTICE, cohort="cin", answers=given)

    assert {d.grade for d in found.domains.values()} == {""}
    assert (found.overall.grade, found.overall.rule) == ("", "none")


def test_several_agencies_are_asked_the_same_and_nothing_is_graded() -> None:
    asked: dict[str, set[str]] = {}
    for criterion in JTAI.criteria():
        asked.setdefault(criterion.question or criterion.id, set()).add(
            criterion.agency
        )

    agencies = {"Children's social care", "Police", "Health", "Education"}
    assert sum(who == agencies for who in asked.values()) == 10
    assert sum(who == {""} for who in asked.values()) == 3
    assert all(criterion.in_words for criterion in JTAI.criteria())
    assert judge(JTAI, cohort="s47", answers=answers()).overall.rule == "none"


def scottish(**other: str) -> dict[str, str]:
    return all_of(SCOTLAND, "very_good") | other


@pytest.mark.parametrize(
    ("given", "overall", "rule"),
    [
        (scottish(), "very_good", "lower_median"),
        (scottish(sc8="adequate"), "good", "CI9"),
        (scottish(sc8="weak"), "adequate", "CI8"),
        (scottish(sc5="weak"), "adequate", "CI8"),
        (scottish(sc1="weak"), "weak", "CI6"),
        (scottish(sc5="unsatisfactory"), "weak", "CI7"),
        (scottish(sc1="unsatisfactory"), "unsatisfactory", "CI5"),
    ],
)
def test_six_points_roll_up_and_what_matters_most_limits(
    given: dict[str, str], overall: str, rule: str
) -> None:
    found = judge(SCOTLAND, cohort="cp", answers=answers(**given)).overall

    assert (found.grade, found.rule) == (overall, rule)


def test_the_training_criteria_are_those_of_the_modules() -> None:
    """What is practised on them holds for the real ones."""
    whole = LIBRARY.rubric("child-in-need")

    for criterion in TRAINER.criteria():
        assert criterion == whole.criterion(criterion.id)
    assert len(list(TRAINER.criteria())) == 6
