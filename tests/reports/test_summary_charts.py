"""The pages of the summary as charts: everything is there, and fits."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from rounds import a_dip, mixed, on_scale, rated, round_of, six_points, told

from builders import G, I, R, a_criterion, a_rubric
from case_audit.core.selfassessment.trend import trend
from case_audit.reports import charts
from case_audit.reports.summary_charts import (
    Look,
    axis_line,
    criterion_page,
    domain_page,
    legend,
    limits_page,
    trend_page,
    whole_page,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from case_audit.core.selfassessment.model import Summary

HOSTILE = "[b]\x1b]52;c;eA==\x07 \u202ename\nsecond"


def six() -> Summary:
    """Six grades, all of them met, half of the cases to come."""
    cases = [{"c1": grade} for grade in six_points().ids]
    return round_of(on_scale(six_points(), ["c1"]), cases, drawn=12)


ROUNDS: dict[str, Callable[[], Summary]] = {
    "dip": a_dip,
    "told": told,
    "rated": rated,
    "mixed": mixed,
    "six": six,
}


def small(*grades: str, name: str = "Now", population: int = 300) -> Summary:
    rubric = a_rubric({"voice": (a_criterion("v1"),)}, limits=())
    cases = [{"v1": grade} for grade in grades]
    return round_of(rubric, cases, population=population, name=name)


def pages(summary: Summary, look: Look) -> list[str]:
    lists = (*domain_page(summary, look), *criterion_page(summary, look))
    return [
        *whole_page(summary, look),
        *(line for entry in lists for line in entry.lines),
        *limits_page(summary, look),
    ]


@pytest.mark.parametrize("words", [False, True])
@pytest.mark.parametrize("name", ROUNDS)
def test_every_page_fits(name: str, *, words: bool) -> None:
    """At 80 columns, at 120, and in a window that is hardly one."""
    summary = ROUNDS[name]()

    for width in (40, 75, 115):
        found = pages(summary, Look(width=width, words=words))
        assert max(map(len, found)) <= width


@pytest.mark.parametrize("name", ROUNDS)
def test_every_number_of_the_summary_is_there(name: str) -> None:
    """Drawn or said, each criterion has its counts and its share as they were summed up."""
    summary = ROUNDS[name]()
    lines = [
        line for area in summary.areas for d in area.domains for line in d.criteria
    ]

    drawn = "\n".join(pages(summary, Look(width=115)))
    said = " ".join(" ".join(pages(summary, Look(width=115, words=True))).split())

    assert lines
    for line in lines:
        assert charts.counts(line) in drawn
        assert charts.share_said(line) in drawn
        assert (
            charts.distribution_words(line, not_yet=summary.drawn - summary.submitted)
            in said
        )
        assert charts.interval_words(line) in said
    for sentence in summary.limits:
        assert sentence in said


def test_the_pages_of_a_dip_sample(golden: Callable[[str], None]) -> None:
    summary, look = a_dip(), Look(width=75)

    golden(
        "\n".join([*legend(summary, look), axis_line(look), *pages(summary, look)])
        + "\n"
    )


def test_a_domain_leads_to_its_own_criteria() -> None:
    summary, look = a_dip(), Look(width=75)

    checks, quality, whole = domain_page(summary, look)

    assert checks.lines == ("Domain checks (not graded)",)
    mine = criterion_page(summary, look, part=checks.part)
    assert [entry.lines[0].split()[0] for entry in mine] == ["Domain", "q1", "q2", "q3"]
    assert [entry.heading for entry in mine] == [True, False, False, False]
    assert len(criterion_page(summary, look, part=quality.part)) == 2
    assert criterion_page(summary, look, part=whole.part) == ()


def test_a_round_without_audits_says_what_to_do() -> None:
    summary = small()

    text = " ".join(whole_page(summary, Look(width=75)))

    assert "Audited 0 of 0" in text
    assert (
        "Esc goes back to open a case; there press c to check it and s to submit it"
        in " ".join(text.split())
    )
    assert domain_page(summary, Look(width=75)) == ()
    assert criterion_page(summary, Look(width=75)) == ()


def test_a_trend_has_a_line_for_each_round() -> None:
    """A word only where more than chance would show; each against the latest round."""
    first = small(*[I] * 30, name="First")
    second = small(*[G] * 29, R, name="Second")
    now = small(*[G] * 30, name="Third")
    look = Look(width=75)

    care, found = trend_page((trend(first, now), trend(second, now)), look)

    assert "No number here says why" in " ".join(care.lines)
    label, one, two, three = found.lines
    assert label == "v1 Label of v1"
    assert one.startswith("  ●──")
    assert "First: 0% (0% to 11%), n 30, now higher" in one
    assert "Second: 97%" in two
    assert "now" not in two
    assert three.endswith("Third: 100% (89% to 100%), n 30")
    _, said = trend_page((trend(first, now),), Look(width=75, words=True))
    assert "First: Good or better: an estimated 0%" in " ".join(said.lines)
    assert "●" not in " ".join(said.lines)


def test_without_a_trend_it_says_what_one_needs() -> None:
    other = replace(small(G), rubric=a_rubric({"x": (a_criterion("x1"),)}, limits=()))

    for trends in ((), (trend(other, small(G)),)):
        (entry,) = trend_page(trends, Look(width=75))
        assert "needs another round of the same cohort" in " ".join(entry.lines)


def test_names_from_outside_are_one_line_and_no_control() -> None:
    rubric = a_rubric({"voice": (a_criterion("v1", label=HOSTILE),)}, limits=())
    rubric = replace(rubric, domains=(replace(rubric.domains[0], label=HOSTILE),))
    old = round_of(rubric, [{"v1": G}], name=HOSTILE)
    look = Look(width=75)

    found = pages(old, look)
    found += [
        line for entry in trend_page((trend(old, old),), look) for line in entry.lines
    ]

    assert sum("[b]" in line for line in found) >= 4
    assert all(line.isprintable() for line in found)
