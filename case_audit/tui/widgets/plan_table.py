"""What a plan would show, in lines of text."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from textual.content import Content

from case_audit.core.estimates.planning import NO_SHARE, THIN
from case_audit.reports.plan_text import NOTES
from case_audit.reports.wording import percent
from case_audit.tui.literal import literal_line

if TYPE_CHECKING:
    from fractions import Fraction

    from case_audit.core.estimates.outlook import Outlook, StratumOutlook
    from case_audit.services.plan_ahead import Ahead

_LABEL = 24
_COLUMNS = 37
"""Columns beside the name of a stratum."""
_NAME = 12
"""Least room for a name."""


_TOLD = {
    NO_SHARE: "There will be counts of what is found, and no share and no interval. "
    "The certificate and the self-assessment say so too.",
}
"""Notes that are said in other words here, where fewer numbers are shown."""


def summary(ahead: Ahead) -> Content:
    """Return what the whole sample would show: interval, chance, hours."""
    look = ahead.outlook
    if NO_SHARE in ahead.notes:
        return _picked(ahead)
    chance = f"{percent(look.chance)} to meet one"
    if ahead.strata:
        chance += f", {percent(look.chance_wherever)} at worst"
    lines = [
        ("Interval to expect", _bounds(look, population=ahead.units)),
        ("Inadequate cases", chance),
        ("Hours", _hours(look)),
    ]
    return _labelled(lines)


def _picked(ahead: Ahead) -> Content:
    """Return the same of cases that are picked and not drawn by chance."""
    lines = [
        ("Interval to expect", "none: picked cases say nothing of the others"),
        ("Inadequate cases", "no chance can be given: they are not drawn by chance"),
        ("Hours", _hours(ahead.outlook)),
    ]
    return _labelled(lines)


def _labelled(lines: list[tuple[str, str]]) -> Content:
    return Content("\n").join(
        Content.assemble((f"  {label:<{_LABEL - 2}}", "bold"), literal_line(words))
        for label, words in lines
    )


def _bounds(look: Outlook, *, population: int) -> str:
    if look.size == population:
        return "none: all cases are drawn, so all is known"
    if look.lower is None or look.upper is None:
        return "none: too few cases of a stratum"
    return f"{percent(look.lower)} to {percent(look.upper)} good or better"


def _hours(look: Outlook) -> str:
    each = f", {_number(look.hours_each)} each" if look.hours_each is not None else ""
    cases = f", about {_number(look.size)} cases" if look.clusters else ""
    return f"{_number(look.hours)} of all auditors together{each}{cases}"


def _number(hours: Fraction) -> str:
    return f"{float(hours):.1f}".removesuffix(".0")


def heading(width: int, *, here: bool = False) -> Content:
    """Return the heads of the strata's columns, marked while keys scroll them."""
    name = max(width - _COLUMNS, _NAME)
    heads = f"{'stratum':<{name}}{'units':>8}{'n':>6}  {'interval':<13}{'meets':>6}"
    mark = "▸ " if here else "  "
    return Content.styled(f"{mark}{heads}", "bold reverse" if here else "bold")


def strata(ahead: Ahead, width: int) -> Content:
    """Return what must be told of the design, then a line for each stratum."""
    told = [
        Content(line)
        for note in ahead.notes
        for line in wrap(
            NOTES[note],
            max(width, _COLUMNS),
            initial_indent="  ",
            subsequent_indent="  ",
        )
    ]
    if not ahead.strata and not told:
        return Content("  No strata. Choose some above: the line Strata, then ← or →.")
    rows = [_stratum(one, width) for one in ahead.strata]
    return Content("\n").join([*rows, *told])


def _stratum(one: StratumOutlook, width: int) -> Content:
    room = max(width - _COLUMNS, _NAME)
    name = literal_line(one.name)
    if name.cell_length > room - 1:
        name = name.truncate(room - 1, ellipsis=True)
    thin = "!" if one.size < min(THIN, one.population) else " "
    bounds = _interval(one)
    figures = (
        f"{one.population:>8}{one.size:>6}{thin} {bounds:<13}{percent(one.chance):>6}"
    )
    return Content.assemble("  ", name.pad_right(room - name.cell_length), figures)


def _interval(one: StratumOutlook) -> str:
    if one.size == one.population:
        return "all drawn"
    if one.lower is None or one.upper is None:
        return "none drawn"
    return f"{percent(one.lower)} to {percent(one.upper)}"


def is_thin(ahead: Ahead) -> bool:
    """Whether a stratum gives too few cases to show how it varies."""
    return any(one.size < min(THIN, one.population) for one in ahead.strata)
