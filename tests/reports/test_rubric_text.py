"""A whole rubric to read, and its rules in words."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from builders import (
    BANDS,
    LIM1,
    LIM2,
    LIM7,
    G,
    I,
    O,
    R,
    a_criterion,
    a_mixed_rubric,
    a_rubric,
    yes_no,
)
from case_audit.core.rubric.rules import (
    LOWER_MEDIAN,
    AcrossCases,
    Condition,
    Limit,
    RollUp,
    Step,
)
from case_audit.reports.rubric_text import rubric_text
from case_audit.reports.rules_words import (
    condition_words,
    limit_words,
    rollup_words,
    rules_words,
)
from case_audit.services.rubric import library
from case_audit.services.rubric_tools import field_labels

if TYPE_CHECKING:
    from collections.abc import Callable

    from case_audit.core.rubric.model import Rubric

SHIPPED = library().names()
POINTS = RollUp(
    kind="points",
    points=((O, 3), (G, 2), (R, 1), (I, 0)),
    bands=((O, 90), (G, 60)),
    otherwise=R,
)
STEPS = (
    Step(grade=I, at_or_below=I, more_than=Fraction(1, 2)),
    Step(grade=R, at_or_below=R, at_least=2),
    Step(grade=G, at_or_below=I),
)


def ruled(**rules: Any) -> Rubric:  # noqa: ANN401
    """A small rubric of four grades, and the scale of yes and no, with some rules."""
    rubric = replace(a_rubric(), scales=(yes_no(),))
    return replace(rubric, rules=replace(rubric.rules, **rules))


def squeezed(text: str) -> str:
    """The text without any space, so that it does not matter where lines end."""
    return "".join(text.split())


def test_the_whole_rubric(golden: Callable[[str], None]) -> None:
    """Every kind of criterion, then how grades come about."""
    golden(rubric_text(a_mixed_rubric(), labels={"age": "age on the day"}))


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_rubric_is_whole_and_fits_80_columns(name: str) -> None:
    rubric = library().rubric(name)
    text = rubric_text(rubric, labels=field_labels(rubric))
    joined = squeezed(text)

    assert max(map(len, text.splitlines())) <= 80
    for criterion in rubric.criteria():
        for said in (
            criterion.asks,
            *criterion.prompts,
            *criterion.descriptors.values(),
        ):
            assert squeezed(said) in joined
    for limit in rubric.rules.limits:
        assert squeezed(f"when {limit.because}") in joined


def test_hidden_characters_show() -> None:
    """A file from outside does not steer the terminal."""
    sly = a_rubric({"voice": (a_criterion("v1", asks="Is\x1b[2J it?\u202e"),)})

    assert not {"\x1b", "\u202e"} & set(rubric_text(sly))


@pytest.mark.parametrize(
    ("rollup", "said"),
    [
        (
            RollUp(kind=LOWER_MEDIAN),
            (
                "A domain's grade is the middle grade of its criteria; of two middle "
                "grades, the worse."
            ),
        ),
        (
            RollUp(kind="worst"),
            "A domain's grade is the worst grade of its criteria.",
        ),
        (
            RollUp(kind="threshold", steps=STEPS, otherwise=O),
            (
                "A domain's grade is inadequate when more than half of its criteria are at "
                "inadequate; requires improvement to be good when at least 2 of its "
                "criteria are at requires improvement to be good or worse; good when one "
                "of its criteria is at inadequate; otherwise outstanding."
            ),
        ),
        (
            replace(BANDS, of="", counts=G),
            (
                "A domain's grade depends on how many of its criteria are at good or "
                "better: outstanding from 80%, good from 65%, requires improvement to be "
                "good from 50%, below that inadequate."
            ),
        ),
        (
            POINTS,
            (
                "A domain's grade depends on the points of its criteria (outstanding 3, "
                "good 2, requires improvement to be good 1, inadequate 0), as a share of "
                "the most that they could have: outstanding from 90%, good from 60%, below "
                "that requires improvement to be good."
            ),
        ),
        (
            BANDS,
            (
                "A domain's grade depends on how many of its criteria are answered yes: "
                "outstanding from 80%, good from 65%, requires improvement to be good from "
                "50%, below that inadequate. Only its yes-or-no questions enter it."
            ),
        ),
        (RollUp(kind="none"), "Domains are not graded."),
        (RollUp(kind="manual"), "The auditor grades each domain; nothing is computed."),
    ],
)
def test_a_roll_up_in_words(rollup: RollUp, said: str) -> None:
    assert rollup_words(ruled(domain_rollup=rollup), "domain") == said


def test_the_level_of_the_case_in_words() -> None:
    assert rollup_words(ruled(), "overall") == (
        "The grade of a case is the middle grade of its domains; of two middle grades, "
        "the worse."
    )
    assert "Cases are not graded" in rollup_words(
        ruled(overall_rollup=RollUp(kind="none")), "overall"
    )
    assert "grades the case" in rollup_words(
        ruled(overall_rollup=RollUp(kind="manual")), "overall"
    )


def test_what_never_counts_is_said_where_something_is_computed() -> None:
    nothing = ruled(
        domain_rollup=RollUp(kind="none"), overall_rollup=RollUp(kind="manual")
    )

    assert not any("never counts" in one for one in rules_words(nothing))
    assert any("never counts" in one for one in rules_words(ruled()))


def test_a_rating_over_cases_in_words() -> None:
    worst = rules_words(ruled(across_cases=AcrossCases(rollup=BANDS)))
    middle = rules_words(
        ruled(across_cases=AcrossCases(rollup=BANDS, domain=LOWER_MEDIAN))
    )

    assert worst[-2].startswith(
        "Over all audited cases of a round, a criterion is rated by the share of cases "
        "answered yes: outstanding from 80%"
    )
    assert worst[-1] == "A domain is then rated as its lowest criterion."
    assert "the middle one of its criteria" in middle[-1]


def test_a_limit_in_its_authors_words() -> None:
    rubric = a_mixed_rubric()

    assert limit_words(rubric, LIM1) == (
        "A domain is at best inadequate when a critical criterion is inadequate."
    )
    assert limit_words(rubric, LIM7) == (
        "The case is at best inadequate when a child is at risk now. Raise E1: "
        "immediate danger."
    )


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (LIM1.when, "a critical criterion is at inadequate"),
        (LIM2.when, "a domain with the role safety is at inadequate"),
        (
            Condition(count="domains", at_or_below=R, at_least=2),
            "at least 2 domains are at requires improvement to be good or worse",
        ),
        (
            Condition(count="domains", at_or_below=G, more_than=Fraction(1, 2)),
            "more than half of the domains that have a grade are at good or worse",
        ),
        (
            Condition(critical=True, answer="not_evidenced", more_than=Fraction(1, 3)),
            "more than 1/3 of the critical criteria are not evidenced",
        ),
        (
            Condition(critical=True, answer="not_evidenced"),
            "a critical criterion is not evidenced",
        ),
        (
            Condition(critical=True, scale="yes-no", at_or_below="no"),
            "a critical criterion is answered no",
        ),
        (LIM7.when, '"A risk that nobody is managing" is ticked'),
    ],
)
def test_a_condition_in_words(when: Condition, said: str) -> None:
    assert condition_words(a_mixed_rubric(), when) == said


def test_a_limit_names_its_own_levels_grade() -> None:
    """A domain may be graded on another scale than the case."""
    rubric = ruled(domain_rollup=RollUp(kind="worst", of="yes-no", scale="yes-no"))
    limit = Limit(
        id="X", caps="domain", at="no", when=LIM1.when, because="something is wrong."
    )

    assert limit_words(rubric, limit) == (
        "A domain is at best no when something is wrong."
    )
