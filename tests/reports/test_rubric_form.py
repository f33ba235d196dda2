"""What rubrics look like on paper, and what their differences look like."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from builders import a_criterion, a_rubric
from case_audit.core.audit.model import CLOSING
from case_audit.core.rubric.compare import compare
from case_audit.reports.rubric_changes import changes_text
from case_audit.reports.rubric_form import rubric_form
from case_audit.services.rubric import library

if TYPE_CHECKING:
    from collections.abc import Callable

    from case_audit.core.rubric.model import Rubric

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


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_form_is_whole_and_fits_a_page(name: str) -> None:
    """78 columns, six boxes and two places to write for each criterion."""
    rubric = library().rubric(name)
    form = rubric_form(rubric)
    criteria = len(list(rubric.criteria()))

    assert max(map(len, form.splitlines())) <= 78
    assert form.count("    [ ] ") == criteria * (len(rubric.scale.grades) + 2)
    assert form.count("    Because  ___") == form.count("    Evidence ___") == criteria
    assert all(heading in form.splitlines() for heading in CLOSING.values())


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
