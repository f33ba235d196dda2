"""Questions for some children only, and evidence about leaders without a grade."""

from __future__ import annotations

import pytest

from builders import G, I, answers
from case_audit.core.audit.judge import judge
from case_audit.exchange.rubric_library import Library
from case_audit.resources import shipped

LIBRARY = Library((shipped("rubrics"),))
IN_CARE = LIBRARY.rubric("children-in-care")
CHILD = {
    "age": "9",
    "uasc": "no",
    "disability": "no",
    "permanence_plan": "fostering",
    "placement_type": "U4",
}
SOME = {"uasc", "disabled-children", "adoption"}


def asked(**more: str) -> set[str]:
    """The domains for some children that a child is asked about."""
    return {d.id for d in IN_CARE.domains_for("cic", CHILD | more)} & SOME


@pytest.mark.parametrize(
    ("more", "domains"),
    [
        ({}, set()),
        ({"uasc": "yes"}, {"uasc"}),
        ({"disability": "yes"}, {"disabled-children"}),
        ({"permanence_plan": "adoption"}, {"adoption"}),
        ({"placement_type": "A5"}, {"adoption"}),
        ({"uasc": "yes", "disability": "yes"}, {"uasc", "disabled-children"}),
    ],
)
def test_only_those_it_is_about_are_asked(
    more: dict[str, str], domains: set[str]
) -> None:
    """Nobody marks twelve questions as not applicable by hand."""
    assert asked(**more) == domains


def test_what_the_list_does_not_tell_is_asked() -> None:
    """An empty cell is no reason to overlook a disabled child."""
    assert asked(disability="") == {"disabled-children"}
    assert asked(uasc="unknown") == {"uasc"}


@pytest.mark.parametrize(("age", "last"), [("13", "dc2"), ("14", "dc3")])
def test_adult_life_is_prepared_from_fourteen(age: str, last: str) -> None:
    known = CHILD | {"disability": "yes", "age": age}

    (domain,) = (
        d for d in IN_CARE.domains_for("cic", known) if d.id == "disabled-children"
    )

    assert domain.criteria[-1].id == last


def test_leaders_are_never_graded_from_a_file() -> None:
    """Not even by two domains that are: the case as a whole has no grade."""
    rubric = LIBRARY.rubric("leadership-casefile")
    (area,) = (a for a in rubric.framework.areas if a.id == rubric.area)
    given = answers(**{c.id: G for c in rubric.criteria()} | {"mo3": I})

    found = judge(rubric, cohort="cin", answers=given)

    assert not area.graded_from_files
    assert found.overall.grade == ""
    assert found.domains["management-oversight"].grade == I
    assert found.domains["leadership-traces"].grade == G


def test_oversight_is_the_same_text_as_in_the_whole_cases() -> None:
    rubric = LIBRARY.rubric("leadership-casefile")

    assert rubric.domains[0] in LIBRARY.rubric("child-in-need").domains
