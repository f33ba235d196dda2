"""What rubrics look like on paper, and what their differences look like."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from builders import a_criterion, a_mixed_rubric, a_rubric
from case_audit.core.audit.model import closing
from case_audit.core.rubric.compare import compare
from case_audit.core.rubric.rules import RollUp
from case_audit.reports.rubric_changes import changes_text
from case_audit.reports.rubric_form import rubric_form
from case_audit.services.rubric import library

if TYPE_CHECKING:
    from collections.abc import Callable

    from case_audit.core.rubric.model import Criterion, Rubric

SHIPPED = library().names()


def a_varied_rubric() -> Rubric:
    """Critical or not, for all cohorts or one, with a deciding fact or without."""
    return a_rubric(
        {
            "voice": (a_criterion("v1"), a_criterion("v2", cohorts=("cp",))),
            "safety": (
                a_criterion("s1", critical=True, inadequate_if="a risk was ignored"),
            ),
        }
    )


def test_the_form(golden: Callable[[str], None]) -> None:
    """A box for every answer and lines for the words that go with it."""
    golden(rubric_form(a_varied_rubric()))


def with_levels(kind: str) -> Rubric:
    """Every kind of criterion; domains and cases are graded by one kind of rule."""
    rubric = a_mixed_rubric()
    rules = replace(
        rubric.rules,
        domain_rollup=RollUp(kind=kind),
        overall_rollup=RollUp(kind=kind),
        limits=(),
    )
    return replace(rubric, rules=rules)


def test_the_form_of_every_kind(golden: Callable[[str], None]) -> None:
    """Boxes or lines, prompts, conditions, agencies, flags, and the rules in words."""
    golden(rubric_form(a_mixed_rubric(), labels={"age": "age on the day"}))


def answers_of(rubric: Rubric, criterion: Criterion) -> int:
    grades = 0 if criterion.in_words else len(rubric.scale_of(criterion).grades)
    return grades + 2


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_form_is_whole_and_fits_a_page(name: str) -> None:
    """78 columns, a box for every answer, and places to write for each criterion."""
    rubric = library().rubric(name)
    form = rubric_form(rubric)
    criteria = list(rubric.criteria())
    boxes = sum(answers_of(rubric, criterion) for criterion in criteria)
    graded = sum(not criterion.in_words for criterion in criteria)

    assert max(map(len, form.splitlines())) <= 78
    assert form.count("[ ] ") == boxes + len(rubric.rules.flags)
    assert form.count("    Because  ___") == graded
    assert form.count("    Evidence ___") == len(criteria)
    headings = closing(rubric.rules).values()
    assert all(heading in form.splitlines() for heading in headings)


def test_what_is_left_to_the_auditor_has_boxes() -> None:
    """Three domains and the case, each with the four grades; else none has any."""
    manual, nothing = (
        rubric_form(with_levels("manual")),
        rubric_form(with_levels("none")),
    )

    row = "[ ] Outstanding  [ ] Good  [ ] Requires improvement to be good"
    assert manual.count(f"    {row}\n    [ ] Inadequate\n") == 4
    assert manual.count("Your grade for this domain") == 3
    assert manual.count("Your grade for the case") == 1
    assert "nothing is computed" in manual
    assert "Your grade" not in nothing
    assert "Cases are not graded as a whole." in nothing


def test_agencies_share_what_the_answers_mean() -> None:
    """A graded question to two agencies: descriptors once, boxes for each."""
    rubric = a_rubric(
        {
            "voice": tuple(
                a_criterion(
                    f"v1-{name}",
                    agency=name,
                    label=f"{name}: Seen",
                    question="v1",
                    inadequate_if="nobody looked",
                )
                for name in ("Police", "Health")
            )
        }
    )

    form = rubric_form(rubric)

    assert form.count("Seen") == 1
    assert form.count("Good: v1-Police looks good.") == 1
    assert form.count("Inadequate if: nobody looked") == 1
    assert form.count("[ ] Good") == form.count("    Because  ___") == 2
    assert form.index("    Police\n") < form.index("    Health\n")


def test_a_condition_is_in_words() -> None:
    named = rubric_form(a_mixed_rubric(), labels={"age": "age on the day"})
    bare = rubric_form(a_mixed_rubric())

    assert "Asked only when age on the day is 16 or more." in named
    assert "Asked only when age is 16 or more." in bare


def test_the_differences(golden: Callable[[str], None]) -> None:
    """Old above new, each below what it is about."""
    old = a_varied_rubric()
    new = replace(
        a_rubric(
            {
                "voice": (
                    a_criterion(
                        "v1",
                        benchmark="The child is seen at the agreed rhythm or closer, "
                        "mostly where they live and partly alone.",
                        look_in=("the notes", "the plan"),
                    ),
                    a_criterion("v3"),
                ),
                "safety": (a_criterion("s1"),),
            }
        ),
        version="1.1",
    )

    golden(changes_text(compare(old, new), old=old, new=new))


def test_equal_rubrics_in_a_sentence() -> None:
    rubric = a_rubric()

    assert changes_text((), old=rubric, new=rubric) == "No difference.\n"


def test_hidden_characters_show() -> None:
    """A file from outside does not steer the printer or the terminal."""
    sly = a_rubric({"voice": (a_criterion("v1", asks="Is\x1b[2J it?\u202e"),)})
    plain = a_rubric({"voice": (a_criterion("v1"),)})
    shown = rubric_form(sly) + changes_text(compare(plain, sly), old=plain, new=sly)

    assert "Is␦[2J it?␦" in shown.replace("\N{SYMBOL FOR SUBSTITUTE FORM TWO}", "␦")
    assert not {"\x1b", "\u202e"} & set(shown)
