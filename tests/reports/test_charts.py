"""Charts of characters, line by line: what is drawn is what was counted."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rounds import six_points

from builders import a_scale, yes_no
from case_audit.core.estimates.share import Share, estimate
from case_audit.core.estimates.stratified import StratumCount
from case_audit.core.selfassessment.model import Line
from case_audit.reports import charts

if TYPE_CHECKING:
    from case_audit.core.rubric.scale import Scale


def line(*found: int, scale: Scale | None = None, **more: object) -> Line:
    """What was found, best grade first."""
    on = scale or a_scale()
    plain: dict[str, object] = {
        "level": "criterion",
        "id": "v1",
        "label": "Voice",
        "scale": on,
        "counts": dict(zip(on.ids, found, strict=True)),
        "not_applicable": 1,
        "not_evidenced": 0,
        "ungraded": 0,
        "written": 0,
        "good_or_better": None,
        "worst": None,
        "worst_at_most": None,
        "why_not": "no case has a grade",
    }
    return Line(**(plain | more))  # type: ignore[arg-type]


def share(low: str, point: str, high: str, **more: object) -> Share:
    plain: dict[str, object] = {
        "lower": Fraction(low),
        "estimate": Fraction(point),
        "upper": Fraction(high),
        "lower_count": 1,
        "upper_count": 2,
        "level": Fraction(95, 100),
        "method": "hypergeometric",
        "hits": 1,
        "n": 28,
        "population": 240,
        "notes": (),
    }
    return Share(**(plain | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "width", "drawn"),
    [
        ((3, 16, 8, 1), 28, "O██G▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓R░░░░░░░I"),
        ((3, 16, 8, 1), 14, "OG▓▓▓▓▓▓▓R░░░I"),
        ((0, 0, 0, 0), 28, ""),
        ((0, 7, 0, 0), 10, "G▓▓▓▓▓▓▓▓▓"),
        ((1, 0, 0, 1), 9, "O████I▒▒▒"),
        ((1, 0, 0, 999_999), 10, "OI▒▒▒▒▒▒▒▒"),
        ((250_000, 500_000, 249_999, 1), 20, "O████G▓▓▓▓▓▓▓▓▓R░░░I"),
        ((5, 5, 5, 5), 2, "OGRI"),
        ((1, 0, 0, 0), 1, "O"),
    ],
)
def test_a_bar(found: tuple[int, ...], width: int, drawn: str) -> None:
    """Each grade in its order with letter and pattern; one case is never lost."""
    assert charts.bar(line(*found), width=width) == drawn


def test_a_long_scale() -> None:
    scale = six_points()

    assert charts.bar(line(1, 2, 3, 3, 2, 1, scale=scale), width=24) == (
        "E█V▓▓▓G▒▒▒▒▒A░░░░░W===Ux"
    )
    assert charts.key(scale) == (
        "E excellent, V very good, G good, A adequate, W weak, U unsatisfactory"
    )


@given(st.lists(st.integers(0, 10**6), min_size=4, max_size=4), st.integers(4, 80))
def test_a_bar_is_as_long_as_asked(found: list[int], width: int) -> None:
    """And the part of a grade is within two columns of its share, or one column."""
    drawn = charts.bar(line(*found), width=width)

    assert len(drawn) == (width if sum(found) else 0)
    for letter, glyph, count in zip("OGRI", "█▓░▒", found, strict=True):
        size = drawn.count(letter) + drawn.count(glyph)
        assert bool(size) == bool(count)
        if size > 1:
            assert size * sum(found) <= count * width + sum(found)


@pytest.mark.parametrize("sign", ["\x1b", " ", "界", "\u202e", "\u0301", ""])
def test_a_sign_that_would_break_a_chart_is_replaced(sign: str) -> None:
    """A rubric's file may hold any character."""
    scale = yes_no()
    yes, no = scale.grades
    odd = replace(scale, grades=(replace(yes, glyph=sign), replace(no, letter=sign)))

    assert charts.bar(line(2, 1, scale=odd), width=6) == "YYYY?▒"
    assert charts.counts(line(2, 1, scale=odd)) == "Y 2  ? 1"


def test_counts_stand_apart() -> None:
    """Not applicable, not evidenced and not yet are three numbers, not one."""
    found = line(3, 16, 8, 1, not_evidenced=4, ungraded=2)

    assert charts.counts(found) == "O 3  G 16  R 8  I 1"
    assert charts.apart(found, not_yet=1234) == (
        "no grade 2  n/a 1  n/e 4  not yet 1,234"
    )
    assert charts.distribution_words(found, not_yet=1234) == (
        "28 cases were graded: 3 outstanding, 16 good, 8 requires improvement to be "
        "good, 1 inadequate. Apart from them: 2 without a grade, 1 not applicable, "
        "4 not evidenced, 1,234 not yet audited."
    )
    assert charts.distribution_words(line(0, 0, 0, 0), not_yet=0) == (
        "No case has a grade; 1 not applicable, 0 not evidenced, 0 not yet audited."
    )
    assert charts.distribution_words(line(1, 0, scale=yes_no()), not_yet=0).startswith(
        "1 case was answered: 1 yes, 0 no."
    )


def test_answers_in_words_have_no_bar() -> None:
    told = line(0, 0, 0, 0, written=5, ungraded=1)
    told = replace(told, scale=None, counts={})

    assert charts.bar(told, width=20) == ""
    assert charts.counts(told) == "written 5"
    assert charts.apart(told, not_yet=0) == "left 1  n/a 1  n/e 0  not yet 0"
    assert charts.share_said(told) == charts.interval_words(told) == ""
    assert charts.distribution_words(told, not_yet=3) == (
        "5 answered in words, 1 left out, 1 not applicable, 0 not evidenced, 3 not yet "
        "audited."
    )


@pytest.mark.parametrize(
    ("found", "width", "drawn"),
    [
        (
            share("0.49", "0.68", "0.83"),
            41,
            ":·········:·········├──────●─────┤······:",
        ),
        (share("0", "0", "0.1"), 41, "●───┤·····:·········:·········:·········:"),
        (share("0.74", "1", "1"), 21, ":····:····:····├────●"),
        (share("0.6", "0.6", "0.6", method="census"), 11, ":··:·:●·:·:"),
        (share("0.2", "0.5", "0.8"), 2, "├●"),
    ],
)
def test_an_interval(found: Share, width: int, drawn: str) -> None:
    """End marks at its ends, a point at the estimate, quarters of the axis."""
    assert charts.interval_bar(found, width=width) == drawn


def test_the_axis() -> None:
    assert charts.axis(41) == "0        25        50        75       100"
    assert charts.axis(14) == "0          100"
    marks = charts.interval_bar(share("0", "0", "0"), width=41)
    assert [marks.index(":", at) for at in (10, 20, 30, 40)] == [10, 20, 30, 40]


def test_a_share_is_never_said_without_its_n_and_interval() -> None:
    found = line(3, 16, 8, 1, good_or_better=share("0.49", "0.68", "0.83"))

    assert charts.share_said(found) == "good or better 68% (49% to 83%), n 28"
    assert charts.interval_words(found) == (
        "Good or better: an estimated 68% of all cases in the frame, from 28 audited; "
        "the 95% interval reaches from 49% to 83%."
    )
    part = share("0.49", "0.68", "0.83", lower_count=None, upper_count=None)
    assert "the cases in the frame to which it applies" in charts.interval_words(
        replace(found, good_or_better=part)
    )
    all_of_them = estimate(
        [StratumCount(stratum="all", population=5, sampled=5, hits=3)]
    )
    assert charts.interval_words(replace(found, good_or_better=all_of_them)).endswith(
        "from 5 audited; all of them were audited, so there is no interval."
    )
    assert charts.share_said(line(0, 0, 0, 0)) == (
        "good or better: no estimate, no case has a grade"
    )
    assert charts.interval_words(line(0, 0, 0, 0)) == (
        "No estimate of good or better: no case has a grade."
    )


def test_a_million_cases() -> None:
    found = line(
        250_000,
        500_000,
        249_999,
        1,
        good_or_better=share("0.749", "0.75", "0.751", n=1_000_000),
    )

    assert charts.counts(found) == "O 250,000  G 500,000  R 249,999  I 1"
    assert charts.share_said(found) == "good or better 75% (75% to 75%), n 1,000,000"
    assert charts.interval_bar(found.good_or_better, width=21) == (  # type: ignore[arg-type]
        ":····:····:····●····:"
    )
