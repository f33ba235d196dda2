"""What must hold of every shipped rubric's grades, whatever is answered."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shipped_rubrics import RUBRICS

from case_audit.core.audit.judge import judge
from case_audit.core.audit.model import (
    NOT_APPLICABLE,
    NOT_EVIDENCED,
    Answer,
    Answers,
)

if TYPE_CHECKING:
    from case_audit.core.audit.judge import CaseJudgement
    from case_audit.core.rubric.model import Criterion, Rubric

WHOLE = pytest.mark.parametrize("rubric", RUBRICS.values(), ids=RUBRICS)
FEW = settings(max_examples=30, deadline=None)


def asked(rubric: Rubric, cohort: str) -> list[Criterion]:
    """The graded criteria of a cohort."""
    domains = rubric.domains_for(cohort)
    return [c for d in domains for c in d.criteria if not c.in_words]


def judged(rubric: Rubric, cohort: str, values: dict[str, str]) -> CaseJudgement:
    given_ = [Answer(part="criterion", subject=k, value=v) for k, v in values.items()]
    answers = Answers({(a.part, a.subject): a for a in given_})
    return judge(rubric, cohort=cohort, answers=answers)


Audit = tuple[str, dict[str, str]]


# Made once for a rubric: the same strategies made for every example take as long again.
@cache
def audits(name: str) -> st.SearchStrategy[Audit]:
    """A cohort, and an answer to each of its graded criteria."""
    rubric = RUBRICS[name]
    return st.one_of([answered(rubric, cohort) for cohort in rubric.cohorts])


def answered(rubric: Rubric, cohort: str) -> st.SearchStrategy[Audit]:
    others = (NOT_APPLICABLE, NOT_EVIDENCED, "")
    values = {}
    for criterion in asked(rubric, cohort):
        ids = rubric.scale_of(criterion).ids
        values[criterion.id] = st.sampled_from((*ids, *ids, *others))
    return st.tuples(st.just(cohort), st.fixed_dictionaries(values))


@WHOLE
@FEW
@given(data=st.data())
def test_a_worse_answer_never_gives_a_better_grade(
    rubric: Rubric, data: st.DataObject
) -> None:
    """Of any domain or of the case, through every limit."""
    cohort, values = data.draw(audits(rubric.id))
    graded = [
        c for c in asked(rubric, cohort) if rubric.scale_of(c).ids.count(values[c.id])
    ]
    if not graded:
        return
    one = data.draw(st.sampled_from(graded))
    ids = rubric.scale_of(one).ids
    worse = data.draw(st.sampled_from(ids[ids.index(values[one.id]) :]))

    before = judged(rubric, cohort, values)
    after = judged(rubric, cohort, values | {one.id: worse})

    for key, found in before.domains.items():
        assert not better(rubric, "domain", after.domains[key].grade, found.grade)
    assert not better(rubric, "overall", after.overall.grade, before.overall.grade)


def better(rubric: Rubric, level: str, one: str, other: str) -> bool:
    """Whether a grade is better than another; without both there is no telling."""
    scale = rubric.domain_scale if level == "domain" else rubric.overall_scale
    return bool(one and other) and scale.place(one) < scale.place(other)


@WHOLE
@FEW
@given(data=st.data())
def test_the_order_of_answers_never_matters(
    rubric: Rubric, data: st.DataObject
) -> None:
    cohort, values = data.draw(audits(rubric.id))
    shuffled = dict(data.draw(st.permutations(list(values.items()))))

    assert judged(rubric, cohort, values) == judged(rubric, cohort, shuffled)


@WHOLE
@FEW
@given(data=st.data())
def test_not_applicable_counts_like_never_asked(
    rubric: Rubric, data: st.DataObject
) -> None:
    """The grade is that of the other criteria alone."""
    cohort, values = data.draw(audits(rubric.id))
    left = {k: v for k, v in values.items() if v != NOT_APPLICABLE}

    whole, without = judged(rubric, cohort, values), judged(rubric, cohort, left)

    assert whole.overall.grade == without.overall.grade
    assert {k: c.grade for k, c in whole.domains.items()} == {
        k: c.grade for k, c in without.domains.items()
    }


@WHOLE
@FEW
@given(data=st.data())
def test_every_grade_says_why(rubric: Rubric, data: st.DataObject) -> None:
    """One sentence that names the rule's grade, and what drove it."""
    cohort, values = data.draw(audits(rubric.id))
    found = judged(rubric, cohort, values)
    known = {c.id for c in rubric.criteria()} | {d.id for d in rubric.domains}

    for computed in (*found.domains.values(), found.overall):
        assert computed.because.endswith(".")
        assert "\n" not in computed.because
        assert bool(computed.grade) == bool(computed.drivers)
        assert set(computed.drivers) <= known
        assert set(computed.drivers) <= set(re.findall(r"[\w-]+", computed.because))


@pytest.mark.parametrize(
    ("name", "cohort"),
    [("dip-supervision", "cin"), ("osri-safety", "cp"), ("child-protection", "cp")],
)
def test_silence_on_a_critical_question_is_never_the_best_grade(
    name: str, cohort: str
) -> None:
    """What keeps a child safe has to be shown, not assumed."""
    rubric = RUBRICS[name]
    every = asked(rubric, cohort)
    values = {c.id: rubric.scale_of(c).ids[0] for c in every}
    silent = {c.id: NOT_EVIDENCED for c in every if c.critical}

    full = judged(rubric, cohort, values).overall
    found = judged(rubric, cohort, values | silent)

    assert full.grade == rubric.overall_scale.ids[0]
    assert better(rubric, "overall", full.grade, found.overall.grade)
    reasons = [c.because for c in (*found.domains.values(), found.overall)]
    assert any("evidenced" in reason for reason in reasons)
