"""The rubrics of 2013 to 2017: who is asked what, and how a case was weighed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders import G, I, O, R, answers
from case_audit.core.audit.judge import judge
from case_audit.core.audit.model import FLAG, TICKED, Answer
from case_audit.exchange.rubric_library import Library
from case_audit.resources import shipped

if TYPE_CHECKING:
    from case_audit.core.audit.model import Answers
    from case_audit.core.rubric.model import Rubric

LIBRARY = Library((shipped("rubrics"),))
PROTECTION = LIBRARY.rubric("sif2013-case")
LOOKED_AFTER = LIBRARY.rubric("sif2013-looked-after")
LEAVERS = LIBRARY.rubric("sif2013-care-leavers")

CHILD = {"age": "9", "permanence_plan": "fostering", "placement_type": "U4"}
TO_BE_ADOPTED = CHILD | {"permanence_plan": "adoption"}
SIXTEEN = CHILD | {"age": "16"}


def graded(rubric: Rubric, known: dict[str, str], **domains: str) -> Answers:
    """Answer every criterion of a domain with one grade; the others with good."""
    (cohort,) = rubric.cohorts[-1:]
    return answers(
        **{
            criterion.id: domains.get(domain.id.removeprefix("sif-"), G)
            for domain in rubric.domains_for(cohort, known)
            for criterion in domain.criteria
        }
    )


def asked(known: dict[str, str]) -> dict[str, list[str]]:
    return {
        domain.id: [criterion.id for criterion in domain.criteria]
        for domain in LOOKED_AFTER.domains_for("cic", known)
    }


def overall(known: dict[str, str], **domains: str) -> tuple[str, str]:
    found = judge(
        LOOKED_AFTER,
        cohort="cic",
        answers=graded(LOOKED_AFTER, known, **domains),
        known=known,
    )
    return found.overall.grade, found.overall.rule


@pytest.mark.parametrize("rubric", [PROTECTION, LOOKED_AFTER, LEAVERS])
def test_it_has_the_words_of_its_time(rubric: Rubric) -> None:
    """The third grade was printed without "to be good"."""
    assert rubric.framework.name == "sif@2013"
    assert rubric.scale.grade(R).label == "Requires improvement"
    assert rubric.scale.ids == LIBRARY.scale("ofsted4").ids


def test_each_key_judgement_is_covered_by_the_rubric_of_its_children() -> None:
    """One area a rubric: nothing about a looked after child speaks to the first."""
    areas = {c: r.area for r in (PROTECTION, LOOKED_AFTER, LEAVERS) for c in r.cohorts}

    assert areas == {"cin": "kj1", "cp": "kj1", "cic": "kj2", "care_leaver": "kj2_2"}
    for rubric in (PROTECTION, LOOKED_AFTER, LEAVERS):
        assert rubric.domains[-1].id == "sif-leadership"


def test_only_a_child_to_be_adopted_is_asked_about_adoption() -> None:
    assert "sif-adoption" not in asked(CHILD)
    assert len(asked(TO_BE_ADOPTED)["sif-adoption"]) == 5
    assert "sif-adoption" in asked(CHILD | {"placement_type": "A3"})


def test_leaving_care_is_asked_about_from_sixteen() -> None:
    """A child still looked after has no personal adviser's visits to grade."""
    assert "sif-care-leavers" not in asked(CHILD | {"age": "15"})
    assert asked(SIXTEEN)["sif-care-leavers"] == ["sc1", "sc2"]


def test_homelessness_is_asked_about_from_sixteen() -> None:
    young, older = (
        {c.id for d in PROTECTION.domains_for("cin", {"age": a}) for c in d.criteria}
        for a in ("15", "16")
    )
    assert older - young == {"sh12"}


def test_an_inadequate_key_judgement_makes_the_case_inadequate() -> None:
    """As in every report of the time, whatever else was found."""
    assert overall(TO_BE_ADOPTED, **{"looked-after": I, "adoption": O})[0] == I
    assert overall(TO_BE_ADOPTED, leadership=I)[0] == I
    assert overall(SIXTEEN, **{"leadership": I, "looked-after": O})[0] == I


def test_a_part_can_be_inadequate_while_its_key_judgement_is_not() -> None:
    """Lancashire in 2015: care leavers inadequate, looked after not.

    Four domains, inadequate and good three times: the middle is good, but no
    key judgement with an inadequate part is.
    """
    known = SIXTEEN | {"permanence_plan": "adoption"}

    assert overall(known, **{"care-leavers": I}) == (R, "SIF6")
    assert overall(known, adoption=I) == (R, "SIF6")
    shape = {"looked-after": R, "adoption": R, "care-leavers": I, "leadership": R}
    assert overall(known, **shape) == (R, "lower_median")


def test_one_judgement_below_good_did_not_rule_out_good() -> None:
    """Good with one key judgement that required improvement was published."""
    assert overall(TO_BE_ADOPTED, **{"looked-after": R})[0] == G
    assert overall(TO_BE_ADOPTED, **{"looked-after": R, "leadership": R})[0] == R
    best = {"looked-after": O, "leadership": O, "adoption": R}
    assert overall(TO_BE_ADOPTED, **best) == (G, "SIF8")


def test_a_case_to_refer_back_is_inadequate_and_urgent() -> None:
    given = graded(PROTECTION, {"age": "9"})
    flagged = given.with_answer(
        Answer(part="closing", subject=FLAG + "unmanaged_risk", value=TICKED)
    )

    found = judge(PROTECTION, cohort="cp", answers=flagged, known={"age": "9"})

    assert (found.overall.grade, found.overall.rule) == (I, "SIF3")
    assert found.overall.raises == "E1"


def test_one_critical_failing_is_enough_for_its_key_judgement() -> None:
    given = graded(PROTECTION, {"age": "9"})
    for criterion in PROTECTION.criteria():
        if criterion.critical:
            worse = given.with_answer(
                Answer(part="criterion", subject=criterion.id, value=I)
            )
            found = judge(PROTECTION, cohort="cin", answers=worse, known={"age": "9"})
            assert found.overall.grade == I
