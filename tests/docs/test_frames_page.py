"""The page on frames has every cohort and every sign of risk, as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docs.pages import ROOT

from case_audit.core.frame.cohorts import COHORTS

if TYPE_CHECKING:
    from case_audit.core.frame.cohort import Cohort

PAGE = (ROOT / "docs" / "frames.md").read_text("utf-8")


def cohort_line(one: Cohort) -> str:
    """The cohort's line of the first table."""
    unit = "household" if one.household else "child"
    if one.episode:
        unit += " or episode"
    out = "; ".join(dict.fromkeys(e.rule for e in one.excluded)) or "-"
    window = "-"
    if one.window:
        length = f"{one.window.months} months" if one.window.months else "whole list"
        without = f"; {one.window.without}" if one.window.without else ""
        window = f"{length} (outside: {one.window.earlier}{without})"
    strata = ", ".join(f"`{key}`" for key in one.useful_strata)
    cells = (f"`{one.id}`", one.plural, str(one.list_no), unit, out, window, strata)
    return f"| {' | '.join(cells)} |"


def flag_lines(one: Cohort) -> list[str]:
    """The cohort's lines of the second table."""
    return [
        f"| `{one.id}` | `{flag.key}` | {flag.words} | `{flag.rule}` | {flag.source} |"
        for flag in one.flags
    ]


@pytest.mark.parametrize("one", COHORTS, ids=lambda one: one.id)
def test_each_cohort_is_told_as_it_is(one: Cohort) -> None:
    assert cohort_line(one) in PAGE


@pytest.mark.parametrize("one", COHORTS, ids=lambda one: one.id)
def test_each_sign_of_risk_is_told_as_it_is(one: Cohort) -> None:
    assert [line for line in flag_lines(one) if line not in PAGE] == []


def test_the_page_tells_of_nothing_else() -> None:
    """A cohort or sign that is gone is gone from the page too."""
    lines = [line for line in PAGE.splitlines() if line.startswith("| `")]
    known = [cohort_line(one) for one in COHORTS]
    known += [line for one in COHORTS for line in flag_lines(one)]

    assert [line for line in lines if line not in known] == []
