"""The counts that a summary is made of: of every audit, once, by stratum."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from rounds import a_told_rubric, facts

from builders import (
    LIM1,
    UNMANAGED,
    G,
    I,
    R,
    a_criterion,
    a_narrative,
    a_question,
    a_rubric,
    answers,
    yes_no,
)
from case_audit.core.audit.model import (
    FLAG,
    NOT_APPLICABLE,
    NOT_EVIDENCED,
    NOT_YET,
    TICKED,
    Answer,
    Answers,
)
from case_audit.core.estimates.weighted import Chance, Weighting
from case_audit.core.selfassessment.case_lists import case_lists_of, overruled_subjects
from case_audit.core.selfassessment.compose import compose, compose_counted
from case_audit.core.selfassessment.model import SubmittedAudit
from case_audit.core.selfassessment.outcome import (
    AUDITED,
    WRITTEN,
    Outcome,
    limited_by,
    outcomes_of,
    raised_at,
)
from case_audit.core.selfassessment.tally import by_case, tally, tally_of

ONE = a_rubric({"voice": (a_criterion("v1"), a_criterion("v2"))}, limits=())


def audit(
    number: int, given: Answers, stratum: str = "all", **more: object
) -> SubmittedAudit:
    """An audit whose grades are what the test says, all good unless it does."""
    grades = {"voice": G, "overall": G}
    plain: dict[str, object] = {
        "grades": grades,
        "rules": dict.fromkeys(grades, "lower_median"),
        "because": dict.fromkeys(grades, "Good: so it is."),
        "computed": grades,
    }
    return SubmittedAudit(
        number=number,
        stratum=stratum,
        answers=given,
        **(plain | more),  # type: ignore[arg-type]
    )


def test_an_audit_adds_one_outcome_for_each_thing_it_says() -> None:
    """Every criterion, domain and the whole once, and that there is an audit."""
    found = list(outcomes_of(ONE, "cp", audit(1, answers(v1=R, v2=NOT_EVIDENCED))))

    assert found == [
        AUDITED,
        Outcome("criterion", "v1", R),
        Outcome("criterion", "v2", NOT_EVIDENCED),
        Outcome("domain", "voice", G),
        Outcome("overall", "overall", G),
    ]


def test_what_stands_out_is_an_outcome_too() -> None:
    """A tick, a rule that decided, an escalation, and a grade that was overruled."""
    rubric = replace(ONE, rules=replace(ONE.rules, flags=(UNMANAGED,)))
    given = answers(v1=G, v2=G).with_answer(
        Answer(part="closing", subject=FLAG + UNMANAGED.id, value=TICKED)
    )
    raised = audit(1, given, raises={"voice": "", "overall": "E2"})
    own = audit(2, given, computed={"voice": R, "overall": G})
    limited = replace(rubric, rules=replace(rubric.rules, limits=(LIM1,)))
    ruled = audit(3, given, rules={"overall": LIM1.id}, raises={"a": "E3", "b": "E1"})

    assert set(outcomes_of(rubric, "cp", raised)) - set(
        outcomes_of(ONE, "cp", audit(1, given))
    ) == {Outcome("flag", UNMANAGED.id, TICKED), raised_at("E2")}
    assert {limited_by(LIM1.id), raised_at("E1")} < set(
        outcomes_of(limited, "cp", ruled)
    )
    assert limited_by(LIM1.id) not in outcomes_of(rubric, "cp", ruled)
    assert Outcome("overruled", "voice", "yes") in outcomes_of(ONE, "cp", own)
    assert Outcome("overruled", "overall", "yes") not in outcomes_of(ONE, "cp", own)


def test_words_are_an_outcome_only_where_something_is_written() -> None:
    """Blank text is no answer, and a reason beside a value does not replace it."""
    rubric = a_rubric({"voice": (a_narrative("n1"),)}, limits=())
    written = {
        "Knew her well.": WRITTEN,
        "  ": NOT_YET,
    }

    for text, value in written.items():
        answer = Answer(part="criterion", subject="n1", rationale=text)
        given = Answers({}).with_answer(answer)
        assert Outcome("criterion", "n1", value) in outcomes_of(
            rubric, "cp", audit(1, given)
        )
        unseen = Answers({}).with_answer(replace(answer, value=NOT_EVIDENCED))
        assert Outcome("criterion", "n1", NOT_EVIDENCED) in outcomes_of(
            rubric, "cp", audit(1, unseen)
        )


def test_nothing_is_counted_on_a_level_without_grades() -> None:
    """There is nothing to say of a domain that has no scale."""
    found = tally_of(a_told_rubric(), "cp", [audit(1, Answers({}))])

    assert {level for level, _ in found.counts} == {"audit", "criterion"}


def test_a_tally_counts_by_stratum_and_adds_up() -> None:
    """Three audits of two strata."""
    found = tally_of(
        ONE,
        "cp",
        [
            audit(1, answers(v1=G, v2=NOT_EVIDENCED), "A"),
            audit(2, answers(v1=R, v2=NOT_EVIDENCED), "A"),
            audit(3, answers(v1=G, v2=NOT_APPLICABLE), "B"),
        ],
    )

    assert found.by_stratum("criterion", "v1") == {
        ("A", G): 1,
        ("A", R): 1,
        ("B", G): 1,
    }
    assert found.values("criterion", "v1") == {G: 2, R: 1}
    assert found.by_stratum("criterion", "v9") == {}
    assert (found.submitted, found.not_evidenced) == (3, 2)
    assert [found.submitted_in(name) for name in "ABC"] == [2, 1, 0]


def test_a_tally_may_come_in_parts_and_holds_no_zero() -> None:
    """Kept counts go down to nothing when an audit is taken back."""
    v1 = Outcome("criterion", "v1", G)

    found = tally([(v1, "A", 1), (AUDITED, "A", 0), (v1, "A", 2), (v1, "B", 0)])

    assert found == tally([(v1, "A", 3)])
    assert found.submitted == 0


def test_counts_and_audits_make_the_same_summary() -> None:
    """What is kept as counts loses nothing that the summary says."""
    audits = [
        audit(1, answers(v1=G, v2=I), grades={"voice": I, "overall": I}),
        audit(2, answers(v1=NOT_APPLICABLE, v2=NOT_EVIDENCED), raises={"voice": "E1"}),
    ]

    counted = compose_counted(
        ONE,
        digest="d" * 64,
        facts=facts(),
        found=tally_of(ONE, "cp", audits),
        cases=case_lists_of(ONE, "cp", audits),
    )

    assert counted == compose(ONE, digest="d" * 64, facts=facts(), audits=audits)
    assert [case.number for case in counted.limited] == [2]
    assert [case.number for case in counted.overruled] == [1, 1]


def test_cases_with_different_chances_are_needed_one_by_one() -> None:
    """A count by stratum does not tell which case counts how much."""
    weighting = Weighting(
        kind="pps",
        population=40,
        chances={1: Chance(probability=Fraction(1, 4), stratum="all")},
        drawn={"all": 1},
    )
    audits = [audit(1, answers(v1=G, v2=G))]

    with pytest.raises(ValueError, match="one by one"):
        compose_counted(
            ONE,
            digest="d" * 64,
            facts=facts(weighting=weighting),
            found=tally_of(ONE, "cp", audits),
            cases=case_lists_of(ONE, "cp", audits),
        )
    assert by_case(ONE, "cp", audits)["criterion", "v1"] == [(1, G)]


def test_critical_questions_are_listed_in_the_rubrics_order() -> None:
    """By number, with nothing for a question that nobody answered no."""
    asked = tuple(a_question(name, critical=True) for name in ("q1", "q2", "q3"))
    rubric = replace(a_rubric({"voice": asked}, limits=()), scales=(yes_no(),))
    audits = [
        audit(1, answers(q1="yes", q2="no", q3="yes")),
        audit(2, answers(q1="no", q2="no", q3="yes")),
    ]

    found = case_lists_of(rubric, "cp", audits)

    assert [(one.id, one.cases, one.more) for one in found.answered_no] == [
        ("q1", (2,), 0),
        ("q2", (1, 2), 0),
    ]
    assert list(overruled_subjects(rubric, "cp")) == ["voice", "overall"]
