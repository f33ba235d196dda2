"""The worked example that trainers open."""

from __future__ import annotations

from pathlib import Path

import pytest
from published import rows_of, rules_of

from case_audit.core.rubric.overall import decide
from case_audit.errors import RubricError, UnknownExampleError
from case_audit.exchange.rubric_file import open_file
from case_audit.exchange.worked_example import EXAMPLES, example_from, read_example
from case_audit.resources import shipped
from case_audit.services.overall import open_example
from case_audit.services.rubric import library

FIXTURES = Path(str(shipped("fixtures")))
LANCASHIRE = read_example("lancashire-2015")


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_criterion_it_refers_to_is_asked_somewhere(name: str) -> None:
    """A trainer who looks one up finds it."""
    opened = open_example(library(), name)
    named = {c for item in opened.example.recommendations for c in item.criteria}

    assert named
    assert named <= set(opened.criteria)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_rules_make_of_the_grades_what_was_published(name: str) -> None:
    found = read_example(name)

    assert decide(rules_of(found.framework), found.grades).overall == found.overall


def test_the_grades_are_among_the_published_ones() -> None:
    """Whoever mistypes one grade of the example is told."""
    grades = {**LANCASHIRE.grades, "overall": LANCASHIRE.overall}
    written = {column: grade.replace("_", " ") for column, grade in grades.items()}

    assert written in list(rows_of("sif@2013"))


def test_it_has_every_recommendation_with_its_paragraphs() -> None:
    """Of one the paragraph was not noted; none is made up."""
    without = [r.number for r in LANCASHIRE.recommendations if not r.paragraphs]

    assert len(LANCASHIRE.recommendations) == 17
    assert without == [15]
    assert all(fact.paragraphs for fact in LANCASHIRE.figures)
    assert LANCASHIRE.inspected[1] < LANCASHIRE.published


def test_an_unknown_example() -> None:
    with pytest.raises(UnknownExampleError) as caught:
        read_example("../pyproject")

    assert "lancashire-2015" in "\n".join(caught.value.lines)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("number: 2", "number: 3", "numbers from 1 without a gap"),
        ("published: 2015-11-27", "published: 27/11/2015", "a date such as"),
        ("criteria: [r3]", "criterion: r3", "found 'criterion'"),
        ("kind: worked-example", "kind: rubric", "expected worked-example"),
    ],
)
def test_the_error_names_the_place(old: str, new: str, said: str) -> None:
    name = "lancashire_2015.yaml"
    text = (FIXTURES / name).read_text("utf-8")
    assert old in text
    data = text.replace(old, new, 1).encode()

    with pytest.raises(RubricError) as caught:
        example_from(open_file(data, file=name, kind="worked-example"))

    assert said in str(caught.value)
    assert f"{name}:{caught.value.line}" in str(caught.value)
