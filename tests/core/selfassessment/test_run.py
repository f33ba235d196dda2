"""The cases as a whole over the rounds."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from rounds import audits_of, round_of, told

from builders import G, R, a_criterion, a_rubric
from case_audit.core.selfassessment.report import report_of
from case_audit.core.selfassessment.run import run_of
from case_audit.core.selfassessment.trend import trend
from case_audit.reports.document.build import document

if TYPE_CHECKING:
    from case_audit.core.selfassessment.model import Summary

RUBRIC = a_rubric({"help": (a_criterion("a1"),)}, limits=())


def a_round(name: str, good: int, digest: str = "d" * 64) -> Summary:
    cases = [{"a1": G if n < good else R} for n in range(30)]
    found = round_of(RUBRIC, cases, population=300, name=name)
    return replace(found, rubric_digest=digest)


def test_three_rounds_make_a_chart() -> None:
    """9, 15 and 21 of 30: the centre is 45 of 90, and nothing stands out."""
    latest = a_round("C", 21)
    earlier = [trend(a_round("A", 9), latest), trend(a_round("B", 15), latest)]

    (line,) = run_of(latest, earlier)

    assert line.centre == Fraction(1, 2)
    assert [p.name for p in line.points] == ["A", "B", "C"]
    assert line.provisional


def test_two_rounds_have_no_pattern() -> None:
    latest = a_round("C", 21)

    assert run_of(latest, [trend(a_round("A", 9), latest)]) == ()


def test_a_changed_rubric_begins_a_new_line() -> None:
    latest = a_round("C", 21)
    earlier = [
        trend(a_round("A", 9, "e" * 64), latest),
        trend(a_round("B", 15), latest),
    ]

    assert [len(line.points) for line in run_of(latest, earlier)] == [1, 2]


def test_rounds_without_an_estimate_are_left_out() -> None:
    assert run_of(told(), [trend(told(), told())] * 3) == ()


def test_the_document_has_the_chart_with_its_limits() -> None:
    latest = a_round("C", 30)
    earlier = [trend(a_round(name, 6), latest) for name in "AB"]
    cases = [{"a1": G}] * 30

    made = document(report_of(latest, audits_of(RUBRIC, cases), earlier=earlier))

    (table,) = (one for one in made.tables if one.name == "Over the rounds")
    assert [c.text for c in table.rows[-1]][:4] == ["C", "100%", "30", "47%"]
    assert table.rows[-1][-1].text == "beyond a limit"
    assert "Over the rounds" in {s.heading for s in made.sections}
