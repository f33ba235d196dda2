"""Whether child, family and practitioner were asked for the audit itself."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

import pytest

from builders import G, answers
from case_audit.core.audit.gaps import find_gaps
from case_audit.core.audit.judge import judge
from case_audit.core.audit.model import NOT_APPLICABLE, NOT_EVIDENCED, Answer
from case_audit.core.rubric.crosswalk import YES, comparable, unchanged
from case_audit.core.rubric.model import ASKS_FAMILY, ASKS_PRACTITIONER, FEEDBACK
from case_audit.services.rubric import library

if TYPE_CHECKING:
    from case_audit.core.rubric.model import Rubric

LIBRARY = library()
WHOLE = {
    name: LIBRARY.rubric(name)
    for name in (
        "adopters",
        "care-leavers",
        "child-in-need",
        "child-protection",
        "children-in-care",
        "early-help",
        "front-door",
        "left-care",
    )
}
EACH = pytest.mark.parametrize("rubric", WHOLE.values(), ids=WHOLE)
VALUES = ("yes", "no", NOT_APPLICABLE, NOT_EVIDENCED, "")


def best(rubric: Rubric) -> dict[str, str]:
    """Good, or yes, to everything about practice."""
    return {
        c.id: "yes" if c.kind == "yes_no" else G
        for d in rubric.domains_for(rubric.cohorts[0])
        for c in d.criteria
        if not c.about_audit
    }


@EACH
def test_every_whole_case_asks_both_in_every_cohort(rubric: Rubric) -> None:
    for cohort in rubric.cohorts:
        last = rubric.domains_for(cohort)[-1]
        family, practitioner = last.criteria

        assert last.id == "feedback"
        assert [t for t in family.tags if t in FEEDBACK] == [ASKS_FAMILY]
        assert [t for t in practitioner.tags if t in FEEDBACK] == [ASKS_PRACTITIONER]
        assert not family.critical
        assert not practitioner.critical


def test_it_is_the_usual_rubric_of_each_of_its_cohorts() -> None:
    """Dip samples do not ask: they take minutes a file, and nobody is rung."""
    usual = {LIBRARY.usual(c) for r in WHOLE.values() for c in r.cohorts}

    assert usual == set(WHOLE)


def test_the_practitioner_is_asked_in_the_same_words_everywhere() -> None:
    """A household has no child yet, so the first question is its own there."""
    first, *others = (rubric.domains[-1].criteria[1] for rubric in WHOLE.values())
    families = {rubric.domains[-1].criteria[0].asks for rubric in WHOLE.values()}

    assert all(one == first for one in others)
    assert len(families) == 2


@EACH
def test_neither_answer_is_part_of_any_grade(rubric: Rubric) -> None:
    """Whatever is answered, the case's grade and its reason stay as they were."""
    cohort = rubric.cohorts[0]
    family, practitioner = rubric.domains[-1].criteria
    without = judge(rubric, cohort=cohort, answers=answers(**best(rubric)))

    assert without.overall.grade == G
    for one, other in product(VALUES, VALUES):
        given = best(rubric) | {family.id: one, practitioner.id: other}
        found = judge(rubric, cohort=cohort, answers=answers(**given))
        assert found.overall == without.overall
        assert found.domains["feedback"].grade == ""


@EACH
def test_a_yes_takes_one_key_and_everything_else_a_reason(rubric: Rubric) -> None:
    """So it is answered in every case, and why nobody was asked is on file."""
    cohort = rubric.cohorts[0]
    family, practitioner = rubric.domains[-1].criteria
    given = answers(**best(rubric), **{family.id: "yes", practitioner.id: "no"})
    given = given.with_answer(
        Answer(part="criterion", subject=practitioner.id, value="no", rationale="")
    )

    gaps = find_gaps(rubric, cohort=cohort, answers=given)
    blank = find_gaps(rubric, cohort=cohort, answers=answers(**best(rubric)))

    what = {gap.subject: gap.what for gap in gaps}
    assert family.id not in what
    assert what[practitioner.id] == "no, but no rationale is given"
    assert {gap.subject for gap in blank} >= {family.id, practitioner.id}


@EACH
def test_who_must_not_be_asked_is_said_beside_the_question(rubric: Rubric) -> None:
    family, practitioner = rubric.domains[-1].criteria

    assert "harm" in family.not_applicable_when
    assert "who decided" in family.not_applicable_when
    assert "have left" in practitioner.not_applicable_when
    assert "silence after a second try" in family.descriptors["yes"]


@EACH
def test_what_was_asked_before_can_be_compared_as_before(rubric: Rubric) -> None:
    """A round of the version without these questions beside one with them."""
    old = replace(rubric, version="0", domains=rubric.domains[:-1])

    walk = unchanged(old, rubric)

    assert [pair.old for pair in walk.pairs] == [(c.id,) for c in old.criteria()]
    assert all(comparable(p, walk, old, rubric).ease == YES for p in walk.pairs)
    assert [one.id for one in walk.added] == [
        c.id for c in rubric.criteria() if c.about_audit
    ]
    assert walk.dropped == ()
