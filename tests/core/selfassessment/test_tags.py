"""National Framework outcomes, across the criteria that speak to each."""

from __future__ import annotations

from dataclasses import replace

from rounds import audits_of

from builders import G, I, O, R, a_criterion, a_narrative, a_question, a_rubric, yes_no
from case_audit.core.audit.model import NOT_APPLICABLE, NOT_EVIDENCED
from case_audit.core.selfassessment.tags import tagged, with_tag

PLAIN = a_rubric(
    {
        "help": (
            a_criterion("a1", tags=("NF-O3", "NF-E1")),
            a_criterion("a2", tags=("NF-O3",)),
            a_criterion("a3", tags=("NF-O1",)),
            a_question("q1", tags=("NF-O3",)),
            a_narrative("n1", tags=("NF-O3",)),
        ),
        "care": (a_criterion("b1", tags=("NF-O3",)),),
    },
    limits=(),
)
RUBRIC = replace(PLAIN, scales=(yes_no(),))


def value(**given: str) -> str:
    """What a case has for NF-O3, whose criteria are a1, a2 and b1."""
    one = next(t for t in tagged(RUBRIC, "cp") if t.tag == "NF-O3")
    (audit,) = with_tag(RUBRIC, one, audits_of(RUBRIC, [given]))
    return audit.answers.criterion("NF-O3").value


def test_tags_stand_with_the_criteria_graded_on_the_rubrics_scale() -> None:
    assert [(t.tag, t.criteria) for t in tagged(RUBRIC, "cp")] == [
        ("NF-E1", ("a1",)),
        ("NF-O1", ("a3",)),
        ("NF-O3", ("a1", "a2", "b1")),
    ]


def test_a_case_has_one_grade_for_a_tag() -> None:
    """The middle of its criteria, the worse of the two middle ones if even."""
    assert value(a1=O, a2=G, b1=I) == G
    assert value(a1=O, a2=R) == R
    assert value(a1=G, a2=NOT_EVIDENCED, b1=NOT_APPLICABLE) == G


def test_without_a_grade_it_is_not_applicable_only_where_nothing_applies() -> None:
    nothing = dict.fromkeys(("a1", "a2", "b1"), NOT_APPLICABLE)

    assert value(**nothing) == NOT_APPLICABLE
    assert value(**{**nothing, "a2": NOT_EVIDENCED}) == NOT_EVIDENCED
