"""Audits from a file: what is sound becomes audits, what is not is named by line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from rounds import TICK, a_dip_rubric

from builders import (
    G,
    a_criterion,
    a_mixed_rubric,
    a_question,
    a_rubric,
    answers,
    yes_no,
)
from case_audit.core.audit.earlier import judge_earlier
from case_audit.core.audit.imported import (
    AuditLine,
    LineProblem,
    checked_audits,
    name_of,
    subjects_of,
)
from case_audit.core.audit.judge import judge
from case_audit.core.audit.model import FLAG, TICKED, Answer
from case_audit.core.rubric.model import ASKS_FAMILY

if TYPE_CHECKING:
    from case_audit.core.audit.imported import (
        ImportedAudit,
    )

RUBRIC = a_rubric()
SUBJECTS = subjects_of(RUBRIC, "cp")
CASES = {"C1": 1, "C2": 2}
NOW = "2026-04-01T12:00:00Z"


def line(**more: Any) -> AuditLine:  # noqa: ANN401
    plain: dict[str, Any] = {
        "line": 2,
        "unit": "C1",
        "auditor": "Ann",
        "role": "first",
        "criterion": "v1",
        "grade": G,
    }
    return AuditLine(**(plain | more))


def check(*lines: AuditLine, **more: Any) -> tuple[list[ImportedAudit], list[str]]:  # noqa: ANN401
    known: dict[str, Any] = {
        "subjects": SUBJECTS,
        "cases": CASES,
        "unasked": {},
        "now_utc": NOW,
    }
    audits, problems = checked_audits(lines, **(known | more))
    return audits, [f"{p.line} {p.column}: {p.problem}" for p in problems]


def test_lines_become_audits_by_case_and_role() -> None:
    """In the order of cases and roles, whatever the order of the file."""
    audits, problems = check(
        line(unit="C2", line=2, submitted_at="2026-03-30"),
        line(unit=" C1 ", role="agreed", line=3, grade="not_applicable"),
        line(
            unit="C2", line=4, criterion="v2", auditor="ann", submitted_at="31/3/2026"
        ),
        line(unit="Case 1", line=5, rationale="Why", evidence="Where"),
    )

    assert problems == []
    assert [(a.number, a.role, a.line, len(a.answers)) for a in audits] == [
        (1, "first", 5, 1),
        (1, "agreed", 3, 1),
        (2, "first", 2, 2),
    ]
    assert audits[2].submitted_utc == "2026-03-31T00:00:00Z"
    assert audits[0].answers == (
        Answer(
            part="criterion", subject="v1", value=G, rationale="Why", evidence="Where"
        ),
    )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"unit": "C9"}, "2 unit: no case of this round that is to be audited"),
        ({"unit": "case 9"}, "2 unit: no case of this round that is to be audited"),
        ({"unit": " "}, "2 unit: there is none, or it cannot be read"),
        ({"role": ""}, "2 role: there is none; known: first, second, agreed"),
        ({"role": "1st"}, '2 role: "1st"; known: first, second, agreed'),
        (
            {"criterion": "v9"},
            '2 criterion: "v9" is nothing that this rubric asks in this cohort',
        ),
        ({"criterion": ""}, "2 criterion: there is none"),
        ({"auditor": " "}, "2 auditor: a name of 1 to 60 characters is needed"),
        ({"auditor": "A" * 61}, "2 auditor: a name of 1 to 60 characters is needed"),
        ({"grade": "x" * 50}, f'2 grade: "{"x" * 40}…"; known: outstanding, good, '),
        ({"grade": ""}, "2 grade: there is none; known: outstanding, good, "),
        (
            {"submitted_at": "soon"},
            '2 submitted_at: "soon"; a date such as 2026-03-31 is needed',
        ),
        (
            {"submitted_at": "2026-02-29"},
            '2 submitted_at: "2026-02-29"; a date such as 2026-03-31 is needed',
        ),
        (
            {"submitted_at": "2026-04-01 12:00:01"},
            "2 submitted_at: this time is still to come",
        ),
    ],
)
def test_each_thing_wrong_with_a_line_is_said(wrong: dict[str, str], said: str) -> None:
    """Without a word of whose case it is."""
    _, problems = check(line(**wrong))

    assert len(problems) == 1
    assert problems[0].startswith(said)


def test_everything_wrong_is_said_at_once() -> None:
    """Also what only shows between lines."""
    _, problems = check(
        line(role="x", grade="y"),
        line(line=3),
        line(line=4, grade="inadequate"),
        line(line=5, criterion="v2", auditor="Bo"),
    )

    assert problems == [
        '2 role: "x"; known: first, second, agreed',
        (
            '2 grade: "y"; known: outstanding, good, requires_improvement, inadequate, '
            "not_applicable, not_evidenced"
        ),
        "4 criterion: line 3 answers the same already",
        "5 auditor: line 3 names another auditor for the same audit",
    ]


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("2024-02-29", "2024-02-29T00:00:00Z"),
        ("2000-02-29T09:30", "2000-02-29T09:30:00Z"),
        ("2025-12-31 23:59:59Z", "2025-12-31T23:59:59Z"),
        ("", ""),
    ],
)
def test_times_are_read_as_utc(said: str, at: str) -> None:
    (audit,), problems = check(line(submitted_at=said))

    assert (audit.submitted_utc, problems) == (at, [])


@pytest.mark.parametrize("said", ["1900-02-29", "2025-06-31", "0000-01-01"])
def test_days_that_never_were_are_refused(said: str) -> None:
    assert len(check(line(submitted_at=said))[1]) == 1


def test_what_is_not_asked_of_a_case_has_no_grade() -> None:
    """That it does not apply may be said."""
    _, problems = check(
        line(),
        line(line=3, unit="C2", criterion="v2", grade="not_applicable"),
        unasked={1: {"v1"}, 2: {"v2"}},
    )

    assert problems == ["2 criterion: it is not asked of this case"]


def test_words_flags_and_own_grades_have_their_names() -> None:
    """What an audit holds beside grades of criteria comes out and in again."""
    subjects = subjects_of(a_mixed_rubric(), "cp")
    _, problems = check(
        line(criterion="n1-a", grade="", rationale="Told."),
        line(line=3, criterion="n1-b", grade=""),
        line(line=4, criterion="closing.strengths", grade="", rationale="Many."),
        line(line=5, criterion="closing.improve", grade=G),
        subjects=subjects,
    )

    assert problems == [
        "3 rationale: nothing is written, and no grade given",
        '5 grade: "good"; it has no grade',
    ]
    dip = subjects_of(a_dip_rubric(), "cp")
    (audit,), _ = check(
        line(criterion=TICK, grade=TICKED),
        line(line=3, criterion="overall"),
        line(line=4, criterion="domain.quality"),
        subjects=dip,
    )
    assert [(a.part, a.subject) for a in audit.answers] == [
        ("closing", TICK),
        ("overall", "overall"),
        ("domain", "quality"),
    ]
    named = [name_of(answer) for answer in audit.answers]
    assert named == [TICK, "overall", "domain.quality"]
    assert name_of(Answer(part="closing", subject="strengths")) == "closing.strengths"
    assert TICK.startswith(FLAG)


def test_problems_are_values() -> None:
    _, (problem,) = checked_audits(
        [line(unit="C9")], subjects=SUBJECTS, cases=CASES, unasked={}, now_utc=NOW
    )
    assert problem == LineProblem(
        line=2, column="unit", problem="no case of this round that is to be audited"
    )


def test_a_grade_is_computed_only_of_what_was_all_answered() -> None:
    """One domain is whole, the other was half asked then; so the case has no grade."""
    given = answers(v1=G, v2=G, s1="inadequate")
    found = judge_earlier(RUBRIC, cohort="cp", answers=given)

    assert found.domains["voice"].grade == G
    assert found.domains["safety"].grade == found.overall.grade == ""
    assert found.domains["safety"].because == (
        "Nothing is computed: 1 question was not answered then."
    )
    assert found.overall.because.endswith(": 1 question was not answered then.")
    own = given.with_answer(Answer(part="overall", subject="overall", value=G))
    again = judge_earlier(RUBRIC, cohort="cp", answers=own)
    assert (again.overall.grade, again.overall.standing) == ("", G)
    none = judge_earlier(RUBRIC, cohort="cp", answers=answers(v1=G))
    assert "3 questions were not answered" in none.overall.because


def test_whole_audits_are_computed_as_ever_but_nothing_is_raised() -> None:
    """What was found then was raised then."""
    given = answers(v1=G, v2=G, s1="inadequate", s2=G)
    now = judge(RUBRIC, cohort="cp", answers=given)
    then = judge_earlier(RUBRIC, cohort="cp", answers=given)

    assert then.overall.grade == now.overall.grade
    assert {c.raises for c in (*then.domains.values(), then.overall)} == {""}


def test_whether_families_were_asked_then_is_no_part_of_a_grade() -> None:
    """Audits from before the rubric asked it are computed as they were."""
    domains = {
        "voice": (a_criterion("v1"),),
        "feedback": (a_question("f1", tags=(ASKS_FAMILY,)),),
    }
    asking = replace(a_rubric(domains), scales=(yes_no(),))
    plain = a_rubric({"voice": (a_criterion("v1"),)})

    found = judge_earlier(asking, cohort="cp", answers=answers(v1=G))

    assert (
        found.overall
        == judge_earlier(plain, cohort="cp", answers=answers(v1=G)).overall
    )
    assert found.overall.grade == G
