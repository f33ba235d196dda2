"""The lead's own words and the graders' agreement in a document."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from rounds import audits_of, round_of

from builders import G, I, R, a_criterion, a_rubric, answers
from case_audit.core.selfassessment.narrative import Piece
from case_audit.core.selfassessment.report import report_of
from case_audit.reports.document.agreement import HEADING, hundredths
from case_audit.reports.document.build import document
from case_audit.reports.document.markdown import document_markdown
from case_audit.reports.document.shareable import Shareable

RUBRIC = a_rubric({"help": (a_criterion("a1"), a_criterion("a2"))}, limits=())
CASES = [{"a1": G, "a2": G}] * 12
PLAIN = report_of(round_of(RUBRIC, CASES), audits_of(RUBRIC, CASES))


def test_own_words_stand_first_in_their_section() -> None:
    """A number that has changed stands with what it is now."""
    pieces = (
        Piece(text="Supervision was good in ", kind="text"),
        Piece(text="18 of 30", kind="changed", now="20 of 32"),
        Piece(text=" cases.\n\nWe want ", kind="text"),
        Piece(text="80%", kind="foreign"),
        Piece(text=", up from ", kind="text"),
        Piece(text="60%", kind="unsure"),
        Piece(text=" and ", kind="text"),
        Piece(text="3 of 30", kind="changed"),
        Piece(text=".\n\n", kind="text"),
    )
    made = document(replace(PLAIN, narrative={"know": pieces}))

    first, second, *_ = made.sections[0].blocks
    assert (first.text, first.changed) == (  # type: ignore[union-attr]
        "Supervision was good in 18 of 30 [now 20 of 32] cases.",
        True,
    )
    assert second.text == (  # type: ignore[union-attr]
        "We want 80%, up from 60% [check] and 3 of 30 [changed]."
    )
    assert "has changed since this was written" in document_markdown(made)


@pytest.mark.parametrize("key", ["know", "strengths", "improve", "how", "plan"])
def test_every_section_of_own_words_has_its_place(key: str) -> None:
    said = (Piece(text="Our own words.", kind="text"),)

    made = document(replace(PLAIN, narrative={key: said}))  # type: ignore[dict-item]

    assert document_markdown(made).count("Our own words.") == 1


def test_without_second_readers_the_document_says_so() -> None:
    text = document_markdown(document(PLAIN))

    assert f"### {HEADING}" in text
    assert "No case was read by a second auditor" in text


def with_second(changed: int) -> str:
    second = {n: answers(a1=R if n <= changed else G, a2=G) for n in range(1, 13)}
    summary = round_of(RUBRIC, CASES, read_twice=12)
    found = report_of(summary, audits_of(RUBRIC, CASES), second=second)
    return document_markdown(document(found))


def test_agreement_is_told_in_words_and_numbers() -> None:
    """21 of 24 alike; the first graded 3 of 24 one step better: 0.125 of a grade."""
    text = with_second(3)

    assert (
        "Two auditors read 12 cases. Where both gave a grade, 24 times in all" in text
    )
    assert "it was the same in 88%" in text
    assert "at most one grade apart in 100%" in text
    assert "First auditors were 0.13 of a grade more generous than second ones" in text
    assert "| a1 Label of a1 | 9 | 12 | 3 |" in text
    assert "Criteria on which graders disagree" in text
    assert "**a1 Label of a1:** the same grade in 9 of 12 cases." in text


def test_full_agreement_on_one_grade_estimates_nothing() -> None:
    text = with_second(0)

    assert "alpha (ordinal) is not estimable" in text
    assert "neither more generous nor stricter" in text
    assert "Criteria on which graders disagree" not in text


def test_a_stricter_first_auditor_is_called_that() -> None:
    cases = [{"a1": I, "a2": I}] * 12
    second = {n: answers(a1=G, a2=I) for n in range(1, 13)}
    summary = round_of(RUBRIC, cases, read_twice=12)

    text = document_markdown(
        document(report_of(summary, audits_of(RUBRIC, cases), second=second))
    )

    assert "First auditors were 1.00 of a grade stricter" in text


def test_outside_no_criterion_is_told_with_its_counts() -> None:
    second = {n: answers(a1=R if n <= 3 else G, a2=G) for n in range(1, 13)}
    found = report_of(round_of(RUBRIC, CASES), audits_of(RUBRIC, CASES), second=second)

    text = document_markdown(document(found, Shareable()))

    assert "**a1 Label of a1:** graders disagree about it." in text
    assert "9 of 12" not in text


def test_cases_read_twice_without_a_common_grade() -> None:
    found = report_of(
        round_of(RUBRIC, CASES), audits_of(RUBRIC, CASES), second={1: answers()}
    )

    assert "graded no criterion both" in document_markdown(document(found))


@pytest.mark.parametrize(
    ("value", "said"),
    [("1/8", "0.13"), ("-1/8", "-0.13"), ("-1/500", "0.00"), ("1", "1.00")],
)
def test_hundredths_round_away_from_nought(value: str, said: str) -> None:
    assert hundredths(Fraction(value)) == said
