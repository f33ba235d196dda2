"""The shipped rubrics as content."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from shipped_rubrics import LIBRARY, RUBRICS

from case_audit.core.frame.cohorts import COHORTS
from case_audit.core.rubric.model import FEEDBACK, GRADED
from case_audit.services.rubric_check import check_all

if TYPE_CHECKING:
    from case_audit.core.rubric.model import Criterion, Rubric

CRITERIA = {(c.id, c.asks): c for rubric in RUBRICS.values() for c in rubric.criteria()}
"""Two rubrics may use one identifier for different questions."""
NAMES = [name for name, _ in CRITERIA]
CURRENT = [r for r in RUBRICS.values() if r.framework.name == "ilacs@2026-04"]

GRADE_WORDS = re.compile(
    r"\b(outstanding|good|inadequate|requires? improvement)\b", re.IGNORECASE
)
TAG = re.compile(r"NF-(O[1-4]|E[1-3]|P[1-6])|GIRFEC-[1-8]")
"""England's National Framework: four outcomes, three enablers, six principles. In
Scotland eight wellbeing indicators too."""
ALIKE = 0.6
"""Share of words that two descriptors of one criterion may have in common."""


def words(text: str) -> set[str]:
    return set(re.findall(r"[a-z']+", text.lower()))


def test_every_cohort_has_a_rubric_and_every_timescale_a_criterion() -> None:
    """Whatever can be drawn can be graded, and what is computed stands beside it."""
    cohorts = {c for rubric in RUBRICS.values() for c in rubric.cohorts}
    beside = {t for criterion in CRITERIA.values() for t in criterion.timescales}

    assert cohorts == {cohort.id for cohort in COHORTS}
    assert beside == {f"T{n:02}" for n in range(1, 34)}


def test_the_three_whole_rubrics_are_there() -> None:
    assert set(RUBRICS) >= {"child-in-need", "child-protection", "children-in-care"}
    cohorts = {c for rubric in RUBRICS.values() for c in rubric.cohorts}
    assert cohorts >= {"cin", "cp", "cic"}


@pytest.mark.parametrize("rubric", CURRENT, ids=lambda r: r.id)
def test_no_overall_effectiveness_under_the_framework_of_2026(rubric: Rubric) -> None:
    assert not rubric.framework.publishes_overall


@pytest.mark.slow
def test_no_shipped_file_has_anything_to_think_over() -> None:
    """The check that authors are given holds for what they are shown as examples."""
    checked = list(check_all(LIBRARY))

    assert {file.kind for file in checked} == {"rubric", "module"}
    assert [file.file for file in checked if file.error] == []
    assert [
        f"{finding.file}:{finding.line}: {finding.about}: {finding.remark.what}"
        for file in checked
        for finding in file.findings
    ] == []


WHOLE_CASES = ("child-in-need", "child-protection", "children-in-care", "care-leavers")


@pytest.mark.parametrize("name", WHOLE_CASES)
def test_management_oversight_is_one_text_for_all(name: str) -> None:
    """Included by reference: what is graded under that name is the same.

    A contact or an early help episode has no supervision by a social work
    manager and brings questions of its own.
    """
    (domain,) = (d for d in RUBRICS[name].domains if d.role == "oversight")

    assert domain.module == "management-oversight@1.1"
    assert domain == next(
        d for d in RUBRICS["child-in-need"].domains if d.role == "oversight"
    )


@pytest.mark.parametrize("rubric", RUBRICS.values(), ids=RUBRICS.keys())
def test_safety_and_oversight_exist_for_the_limits(rubric: Rubric) -> None:
    """A limit that speaks of a role nobody has would never apply.

    Under the framework of 2013 care leavers were a part of a key judgement and
    no key judgement, so one role is missing there on purpose.
    """
    named = {limit.when.role for limit in rubric.rules.limits} - {""}

    part = {"safety"} if rubric.id == "sif2013-care-leavers" else set()
    assert named - {d.role for d in rubric.domains} == part
    if rubric.rules.id == "case-file":
        assert named == {"safety", "oversight"}
        assert any(c.critical for c in rubric.criteria())


@pytest.mark.parametrize("criterion", CRITERIA.values(), ids=NAMES)
def test_descriptors_differ_in_kind(criterion: Criterion) -> None:
    """Not one sentence with the adverb changed, and never the grade's own word."""
    assert criterion.in_words != bool(criterion.descriptors)
    for text in criterion.descriptors.values():
        assert not GRADE_WORDS.search(text)
        assert len(text.split()) >= 12
    for one, other in combinations(criterion.descriptors.values(), 2):
        shared = words(one) & words(other)
        assert len(shared) <= ALIKE * min(len(words(one)), len(words(other)))


@pytest.mark.parametrize("criterion", CRITERIA.values(), ids=NAMES)
def test_criteria_ask_one_question_and_name_their_source(
    criterion: Criterion,
) -> None:
    assert criterion.asks.count("?") == 1
    assert criterion.asks.endswith("?")
    assert criterion.source
    assert all(TAG.fullmatch(tag) for tag in criterion.tags if tag not in FEEDBACK)
    assert criterion.about_audit == any(tag in FEEDBACK for tag in criterion.tags)
    assert any(tag.startswith("NF-") for tag in criterion.tags)
    if criterion.kind == GRADED:
        assert bool(criterion.inadequate_if) == criterion.critical


def test_scotland_has_its_own_tags_beside() -> None:
    """England's framework does not hold there, so each criterion has both."""
    for criterion in RUBRICS["ci-scotland-6pt"].criteria():
        kinds = {tag.split("-")[0] for tag in criterion.tags}
        assert kinds == {"GIRFEC", "NF"}


DIPS = [
    "supervision",
    "strategy-s47",
    "cin-oversight",
    "assessment-quality",
    "missing-rhi",
    "exploitation",
    "homeless-16-17",
    "private-fostering",
    "neglect",
    "domestic-abuse",
    "safety-plan",
    "plo",
    "voice",
    "chronology",
    "closure-stepdown",
    "permanence",
    "life-story",
    "unregistered-dol",
    "pathway-plan",
    "keeping-in-touch",
    "young-carers",
    "identity",
    "lado",
    "nqsw-allocation",
]


def test_every_dip_sample_is_a_few_checks_and_one_question_of_quality() -> None:
    """Three to eight items, so that a file takes minutes; no more than one is graded."""
    assert {f"dip-{name}" for name in DIPS} == {n for n in RUBRICS if n[:4] == "dip-"}
    for name in DIPS:
        kinds = [c.kind for c in RUBRICS[f"dip-{name}"].criteria()]
        assert 3 <= len(kinds) <= 8
        assert kinds.count(GRADED) == 1
        assert kinds.count("yes_no") >= 3


@pytest.mark.parametrize(
    ("name", "cohort"),
    [
        ("dip-life-story", "adoption"),
        ("dip-life-story", "cic"),
        ("dip-neglect", "cp"),
        ("dip-strategy-s47", "s47"),
        ("dip-closure-stepdown", "cin_closed"),
        ("dip-unregistered-dol", "cic"),
        ("dip-voice", "assessment"),
        ("dip-pathway-plan", "care_leaver"),
    ],
)
def test_a_dip_sample_asks_all_it_has_where_it_may_be_drawn(
    name: str, cohort: str
) -> None:
    rubric = RUBRICS[name]

    assert cohort in rubric.cohorts
    asked = [c for domain in rubric.domains_for(cohort) for c in domain.criteria]
    assert asked == list(rubric.criteria())
