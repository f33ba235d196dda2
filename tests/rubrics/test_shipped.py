"""The shipped rubrics as content."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from case_audit.core.rubric.model import GRADED
from case_audit.exchange.rubric_library import Library
from case_audit.resources import shipped
from case_audit.services.rubric_check import check_all

if TYPE_CHECKING:
    from case_audit.core.rubric.model import Criterion, Rubric

LIBRARY = Library((shipped("rubrics"),))
RUBRICS = {name: LIBRARY.rubric(name) for name in LIBRARY.names()}
CRITERIA = {c.id: c for rubric in RUBRICS.values() for c in rubric.criteria()}
CURRENT = [r for r in RUBRICS.values() if r.framework.name == "ilacs@2026-04"]

GRADE_WORDS = re.compile(
    r"\b(outstanding|good|inadequate|requires? improvement)\b", re.IGNORECASE
)
TAG = re.compile(r"(NF-[OEP]|GIRFEC-)\d")
"""The National Framework of England; in Scotland its wellbeing indicators too."""
ALIKE = 0.6
"""Share of words that two descriptors of one criterion may have in common."""


def words(text: str) -> set[str]:
    return set(re.findall(r"[a-z']+", text.lower()))


def test_the_three_whole_rubrics_are_there() -> None:
    assert set(RUBRICS) >= {"child-in-need", "child-protection", "children-in-care"}
    cohorts = {c for rubric in RUBRICS.values() for c in rubric.cohorts}
    assert cohorts >= {"cin", "cp", "cic"}


@pytest.mark.parametrize("rubric", CURRENT, ids=lambda r: r.id)
def test_no_overall_effectiveness_under_the_framework_of_2026(rubric: Rubric) -> None:
    assert not rubric.framework.publishes_overall


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


@pytest.mark.parametrize("criterion", CRITERIA.values(), ids=CRITERIA.keys())
def test_descriptors_differ_in_kind(criterion: Criterion) -> None:
    """Not one sentence with the adverb changed, and never the grade's own word."""
    assert criterion.in_words != bool(criterion.descriptors)
    for text in criterion.descriptors.values():
        assert not GRADE_WORDS.search(text)
        assert len(text.split()) >= 12
    for one, other in combinations(criterion.descriptors.values(), 2):
        shared = words(one) & words(other)
        assert len(shared) <= ALIKE * min(len(words(one)), len(words(other)))


@pytest.mark.parametrize("criterion", CRITERIA.values(), ids=CRITERIA.keys())
def test_criteria_ask_one_question_and_name_their_source(
    criterion: Criterion,
) -> None:
    assert criterion.asks.count("?") == 1
    assert criterion.asks.endswith("?")
    assert criterion.source
    assert all(TAG.fullmatch(tag) for tag in criterion.tags)
    assert any(tag.startswith("NF-") for tag in criterion.tags)
    if criterion.kind == GRADED:
        assert bool(criterion.inadequate_if) == criterion.critical
