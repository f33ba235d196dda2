"""Shares with their intervals, as dots with whiskers."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from case_audit.reports.document.canvas import (
    AMBER,
    BLUE,
    LINE,
    PALE,
    SIZE,
    Sheet,
    width_of,
    wrapped,
)
from case_audit.reports.document.parts import HIDDEN
from case_audit.reports.wording import percent

if TYPE_CHECKING:
    from fractions import Fraction

    from case_audit.reports.document.canvas import Weight
    from case_audit.reports.document.model import Intervals, Mark

TICKS = (0, 25, 50, 75, 100)
GAP = 0.09
HEAD = 0.24
"""Inches: of a group's name."""
FOOT = 0.3
"""Inches: of the numbers below a small chart."""
ROW = 0.2
"""Inches: of a mark at least."""
CAP = 0.045
ABOVE_FROM = 4.8
"""Inches: on a narrower sheet, labels and figures stand above their marks."""


class Layout:
    """Where things are, in inches, on a sheet of a width."""

    def __init__(self, width: float) -> None:
        self.above = width < ABOVE_FROM
        edge = width_of("100%", size=SIZE - 1) / 2
        self.start = edge if self.above else width * 0.32
        self.end = width - edge if self.above else width * 0.67
        self.label = width if self.above else self.start - 0.2
        self.said = width if self.above else width - self.end - 0.2

    def at(self, share: Fraction) -> float:
        """Return where a share from 0 to 1 is."""
        return self.start + (self.end - self.start) * float(share)


def draw_whiskers(block: Intervals, *, width: float) -> Sheet:
    """Draw marks below each other, each group in a small chart of its own.

    Args:
        block: At least one mark.
        width: Of the sheet, in inches.
    """
    sheet = Sheet(width=width)
    layout = Layout(width)
    y = 0.02
    for group, marks in groupby(block.marks, key=lambda mark: mark.group):
        together = tuple(marks)
        if group and together[0].label != group:
            lines = wrapped(group, width, weight="bold")
            sheet.lines(0, y + HEAD / 2, lines, weight="bold")
            y += HEAD + (len(lines) - 1) * LINE
        y = _small(sheet, block, together, y, layout)
    if block.centre is not None:
        y = _centre_said(sheet, block.centre, y)
    sheet.finish(y)
    return sheet


def with_heads(marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """Return marks in which one that names the next group belongs to it."""
    nexts = (*(mark.group for mark in marks[1:]), "")
    return tuple(
        replace(mark, group=after) if not mark.group and after == mark.label else mark
        for mark, after in zip(marks, nexts, strict=True)
    )


def mark_heights(marks: tuple[Mark, ...], *, width: float) -> tuple[float, ...]:
    """Return how high each mark will be, in inches, its group's head and foot too."""
    layout = Layout(width)
    heights, before = [], None
    for mark in marks:
        high = _high(mark, layout)
        if mark.group != before:
            head = wrapped(mark.group, width, weight="bold") if mark.group else ()
            high += FOOT + HEAD + len(head) * LINE
        before = mark.group
        heights.append(high)
    return tuple(heights)


def _weight(mark: Mark) -> Weight:
    return "bold" if mark.strong else "normal"


def _label(mark: Mark, layout: Layout) -> tuple[str, ...]:
    return wrapped(mark.label, layout.label, weight=_weight(mark))


def _said(mark: Mark, layout: Layout) -> tuple[str, ...]:
    return wrapped(mark.said or HIDDEN, layout.said)


def _high(mark: Mark, layout: Layout) -> float:
    label, said = _label(mark, layout), _said(mark, layout)
    if layout.above:
        return (len(label) + len(said)) * LINE + ROW + GAP
    return max(max(len(label), len(said)) * LINE, ROW) + GAP


def _small(
    sheet: Sheet, block: Intervals, marks: tuple[Mark, ...], y: float, layout: Layout
) -> float:
    """Draw the marks of one group from a height on; return where they end."""
    begin, end = y, y + sum(_high(mark, layout) for mark in marks)
    middles = []
    for mark in marks:
        middles.append(_written(sheet, mark, y, layout))
        y += _high(mark, layout)
    _lines(sheet, block, middles if layout.above else [], (begin, end), layout)
    if block.joined:
        points = [
            (layout.at(mark.estimate), middle)
            for mark, middle in zip(marks, middles, strict=True)
            if mark.estimate is not None
        ]
        for one, two in pairwise(points):
            sheet.line(one, two, color=BLUE, thick=0.9)
    for mark, middle in zip(marks, middles, strict=True):
        _mark(sheet, mark, middle, layout)
    return end + FOOT


def _lines(
    sheet: Sheet,
    block: Intervals,
    middles: list[float],
    whole: tuple[float, float],
    layout: Layout,
) -> None:
    """Draw the lines behind the marks, where words stand above them behind each."""
    spans = [(y - ROW / 2, y + ROW / 2) for y in middles] or [whole]
    for tick in TICKS:
        x = layout.start + (layout.end - layout.start) * tick / 100
        sheet.text(x, whole[1] + 0.1, f"{tick}%", size=SIZE - 1, align="center")
        for top, foot in spans:
            sheet.line((x, top), (x, foot), color=PALE)
    if block.centre is not None:
        x = layout.at(block.centre)
        for top, foot in spans:
            sheet.line((x, top), (x, foot), color=AMBER, thick=1.1, dashed=True)


def _written(sheet: Sheet, mark: Mark, y: float, layout: Layout) -> float:
    """Write a mark's label and figures; return the height of the mark itself."""
    label, said = _label(mark, layout), _said(mark, layout)
    high = _high(mark, layout)
    if layout.above:
        sheet.lines(0, y + LINE / 2, label, weight=_weight(mark))
        sheet.lines(0, y + (len(label) + 0.5) * LINE, said)
        return y + high - GAP - ROW / 2
    middle = y + high / 2
    for x, lines, weight in (
        (0.0, label, _weight(mark)),
        (layout.end + 0.2, said, _weight(mark)),
    ):
        sheet.lines(x, middle - (len(lines) - 1) * LINE / 2, lines, weight=weight)
    return middle


def _mark(sheet: Sheet, mark: Mark, y: float, layout: Layout) -> None:
    if mark.lower is not None and mark.upper is not None:
        low, high = layout.at(mark.lower), layout.at(mark.upper)
        sheet.line((low, y), (high, y), color=BLUE, thick=1.6)
        for x in (low, high):
            sheet.line((x, y - CAP), (x, y + CAP), color=BLUE, thick=1.6)
    if mark.estimate is not None:
        sheet.dot(layout.at(mark.estimate), y)


def _centre_said(sheet: Sheet, centre: Fraction, y: float) -> float:
    middle = y + LINE / 2
    sheet.line((0.02, middle), (0.34, middle), color=AMBER, thick=1.1, dashed=True)
    sheet.text(0.42, middle, f"centre line: {percent(centre)}")
    return y + LINE + 0.08
