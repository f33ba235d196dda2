"""What is missing before an audit can be submitted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builders import (
    UNMANAGED,
    G,
    I,
    O,
    R,
    a_criterion,
    a_question,
    a_rubric,
    answers,
    yes_no,
)
from case_audit.core.audit.gaps import find_gaps
from case_audit.core.audit.model import (
    CLOSING,
    FLAG,
    NOT_APPLICABLE,
    NOT_EVIDENCED,
    TICKED,
    Answer,
    Answers,
)
from case_audit.core.rubric.model import ASKS_FAMILY
from case_audit.core.rubric.rules import RollUp

RUBRIC = a_rubric()


def closed(given: Answers) -> Answers:
    """The answers with all closing statements."""
    for key in CLOSING:
        given = given.with_answer(
            Answer(part="closing", subject=key, rationale="Something true.")
        )
    return given


def bare(given: Answers, *subjects: str) -> Answers:
    """The answers without the rationale of some."""
    for subject in subjects:
        answer = replace(given.criterion(subject), rationale="  ")
        given = given.with_answer(answer)
    return given


def what(given: Answers) -> dict[str, str]:
    """What is missing, by subject."""
    gaps = find_gaps(RUBRIC, cohort="cp", answers=given)
    return {gap.subject: gap.what for gap in gaps}


def test_a_whole_audit_has_no_gaps() -> None:
    assert what(closed(answers(v1=O, v2=G, s1=I, s2=R))) == {}


def test_an_empty_audit_misses_every_criterion_and_every_statement() -> None:
    assert list(what(Answers({}))) == ["v1", "v2", "s1", "s2", *CLOSING]


def test_the_ends_of_the_scale_need_a_reason_and_the_middle_does_not() -> None:
    given = bare(closed(answers(v1=O, v2=G, s1=I, s2=R)), "v1", "v2", "s1", "s2")

    assert what(given) == {
        "v1": "outstanding, but no rationale is given",
        "s1": "inadequate, but no rationale is given",
    }


def test_what_is_left_open_needs_a_reason() -> None:
    """An honest denominator says why a case is not in it."""
    given = bare(
        closed(answers(v1=NOT_APPLICABLE, v2=NOT_EVIDENCED, s1=G, s2=G)), "v1", "v2"
    )

    assert what(given) == {
        "v1": "not applicable, but no reason is given",
        "v2": "not evidenced, but nothing says what was looked for",
    }


def test_overruling_needs_a_reason_and_agreeing_does_not() -> None:
    given = closed(answers(v1=G, v2=G, s1=G, s2=G))
    overruled = given.with_answer(Answer(part="overall", subject="overall", value=R))
    agreed = given.with_answer(Answer(part="overall", subject="overall", value=G))
    domain = given.with_answer(Answer(part="domain", subject="voice", value=O))

    words = "the computed grade is overruled, but no reason is given"
    assert what(overruled) == {"overall": words}
    assert what(agreed) == {}
    assert what(domain) == {"voice": words}


@pytest.mark.parametrize("value", [NOT_APPLICABLE, NOT_EVIDENCED])
def test_no_own_grade_is_wanted_where_nothing_can_be_graded(value: str) -> None:
    """An auditor must not have to invent a grade to submit."""
    by_hand = RollUp(kind="manual")
    rules = replace(RUBRIC.rules, domain_rollup=by_hand, overall_rollup=by_hand)
    rubric = replace(RUBRIC, rules=rules)
    some = closed(answers(v1=value, v2=value, s1=G, s2=value))
    none = closed(answers(v1=value, v2=value, s1=value, s2=value))

    wanted = [gap.subject for gap in find_gaps(rubric, cohort="cp", answers=some)]

    assert wanted == ["safety", "overall"]
    assert find_gaps(rubric, cohort="cp", answers=none) == ()


def test_whom_the_audit_asked_takes_no_grade_of_the_auditor() -> None:
    by_hand = RollUp(kind="manual")
    plain = a_rubric(
        {
            "voice": (a_criterion("v1"),),
            "feedback": (a_question("f1", tags=(ASKS_FAMILY,)),),
        }
    )
    rules = replace(plain.rules, domain_rollup=by_hand, overall_rollup=by_hand)
    rubric = replace(plain, rules=rules, scales=(yes_no(),))
    given = closed(answers(v1=G, f1="yes"))

    wanted = [gap.subject for gap in find_gaps(rubric, cohort="cp", answers=given)]

    assert wanted == ["voice", "overall"]


def test_a_ticked_flag_needs_what_it_asks_to_be_written_down() -> None:
    """Whom the auditor told of a risk, and when, is what the tick is for."""
    rubric = replace(RUBRIC, rules=replace(RUBRIC.rules, flags=(UNMANAGED,)))
    ticked = Answer(part="closing", subject=FLAG + UNMANAGED.id, value=TICKED)
    whole = closed(answers(v1=G, v2=G, s1=G, s2=G))

    bare_tick, told = (
        find_gaps(rubric, cohort="cp", answers=whole.with_answer(answer))
        for answer in (ticked, replace(ticked, rationale="The manager, at once."))
    )

    assert [(gap.part, gap.subject) for gap in bare_tick] == [
        ("closing", FLAG + UNMANAGED.id)
    ]
    assert UNMANAGED.record in bare_tick[0].what
    assert told == ()
