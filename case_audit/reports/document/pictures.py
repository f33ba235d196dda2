"""The charts of a document, drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from case_audit.reports.document.bars import bar_heights, draw_bars
from case_audit.reports.document.canvas import ready_to_draw
from case_audit.reports.document.model import Distribution, Intervals
from case_audit.reports.document.whiskers import draw_whiskers, mark_heights, with_heads

if TYPE_CHECKING:
    from case_audit.reports.document.canvas import Sheet

Chart = Distribution | Intervals

WIDE, NARROW = 6.7, 3.5
"""Inches: the text of an A4 page, and a telephone."""
TALLEST = 8.4
"""Inches of rows that a printed page has room for, beside legend and caption."""
NOTHING = "There is nothing to draw: no share can be estimated here."
SEE_FIRST = "The description of the whole chart stands with its first part."


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A chart, or a part of one that is longer than a page.

    Attributes:
        title: What it shows, and which part it is.
        alt: The same in sentences.
        width: Inches.
        height: Inches.
        svg: The drawing as lines, if that was asked for.
        png: The drawing as dots, if that was asked for.
    """

    title: str
    alt: str
    width: float
    height: float
    svg: str = ""
    png: bytes = b""


def svg_pictures(chart: Chart, *, key: str, width: float = WIDE) -> tuple[Picture, ...]:
    """Return a chart as SVG to stand in an HTML page.

    Args:
        chart: With at least one row.
        key: Unique in the page; letters, digits and dashes.
        width: Inches; below 4.8 labels stand above what they name.
    """
    with ready_to_draw():
        found = []
        for n, part in enumerate(parts(chart, width=width)):
            sheet = _drawn(part, width)
            drawn = sheet.svg(key=f"{key}-{n}", title=part.title, alt=part.alt)
            found.append(replace(_picture(part, sheet), svg=drawn))
        return tuple(found)


def png_pictures(chart: Chart, *, width: float = WIDE) -> tuple[Picture, ...]:
    """Return a chart as PNG, for a Word file."""
    with ready_to_draw():
        found = []
        for part in parts(chart, width=width):
            sheet = _drawn(part, width)
            found.append(replace(_picture(part, sheet), png=sheet.png()))
        return tuple(found)


def _drawn(chart: Chart, width: float) -> Sheet:
    if isinstance(chart, Distribution):
        return draw_bars(chart.bars, width=width)
    return draw_whiskers(chart, width=width)


def _picture(chart: Chart, sheet: Sheet) -> Picture:
    return Picture(
        title=chart.title, alt=chart.alt, width=sheet.width, height=sheet.height
    )


def parts(chart: Chart, *, width: float) -> tuple[Chart, ...]:
    """Return a chart in parts that each fit on a printed page, a group in one.

    None where no share can be estimated: an axis alone shows nothing.
    """
    if isinstance(chart, Distribution):
        cuts = _cuts(bar_heights(chart.bars, width=width))
        found: list[Chart] = [replace(chart, bars=chart.bars[a:b]) for a, b in cuts]
    else:
        if all(mark.estimate is None for mark in chart.marks):
            return ()
        found = []
        for _, group in groupby(with_heads(chart.marks), key=lambda mark: mark.group):
            marks = tuple(group)
            cuts = _cuts(mark_heights(marks, width=width))
            found += [replace(chart, marks=marks[a:b]) for a, b in cuts]
    if len(found) == 1:
        return tuple(found)
    return tuple(
        replace(
            part,
            title=f"{part.title} (part {n} of {len(found)})",
            alt=part.alt if n == 1 else SEE_FIRST,
        )
        for n, part in enumerate(found, start=1)
    )


def _cuts(heights: tuple[float, ...]) -> list[tuple[int, int]]:
    """Return from where to where each part goes."""
    cuts, start, used = [], 0, 0.0
    for place, high in enumerate(heights):
        if place > start and used + high > TALLEST:
            cuts.append((start, place))
            start, used = place, 0.0
        used += high
    return [*cuts, (start, len(heights))]
