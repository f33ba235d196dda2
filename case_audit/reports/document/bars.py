"""How many cases are at each grade, as bars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from case_audit.reports.document.canvas import (
    INK,
    LINE,
    SIZE,
    WHITE,
    Sheet,
    width_of,
    wrapped,
)
from case_audit.reports.document.parts import HIDDEN

if TYPE_CHECKING:
    from case_audit.reports.document.canvas import Weight
    from case_audit.reports.document.model import Bar, Part

HATCHES = ("", "////", "---", "xxxx", "\\\\\\\\", "|||", "+++")
"""Patterns by place on the scale; the shade tells longer scales apart."""
SHADES = ((232, 239, 247), (150, 186, 216), (70, 124, 172), (16, 44, 74))
"""From the best grade, which is light, to the worst, which is dark: the order is
seen in grey too."""
DARK = 128
"""Of a shade's green: a pattern on a darker one is white."""

HIGH = 0.2
"""Inches: of a bar."""
GAP = 0.13
SWATCH = 0.24
HIDDEN_WIDE = 0.22
"""Inches: of a part whose number is hidden, whatever the number."""
SMALL = 0.12
ABOVE_FROM = 4.8
"""Inches: on a narrower sheet, labels stand above their bars."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where things are, in inches.

    Attributes:
        width: Of the sheet.
        start: Where bars begin.
        unit: Of one case.
        room: For a label.
    """

    width: float
    start: float
    unit: float
    room: float

    @property
    def above(self) -> bool:
        """Whether labels stand above their bars."""
        return self.start == 0


def draw_bars(bars: tuple[Bar, ...], *, width: float) -> Sheet:
    """Draw bars below each other, with what their parts mean.

    Args:
        bars: At least one.
        width: Of the sheet, in inches.
    """
    sheet = Sheet(width=width)
    layout = _layout(bars, width)
    y = _legend(sheet, bars)
    first = y
    for bar in bars:
        y += _bar(sheet, bar, y, layout)
    if not layout.above:
        sheet.line((layout.start, first), (layout.start, y - GAP / 2), color=INK)
    sheet.finish(y)
    return sheet


def bar_heights(bars: tuple[Bar, ...], *, width: float) -> tuple[float, ...]:
    """Return how high each bar will be with its label, in inches."""
    layout = _layout(bars, width)
    return tuple(_high(_label(bar, layout), layout) for bar in bars)


def _layout(bars: tuple[Bar, ...], width: float) -> Layout:
    start = 0.0 if width < ABOVE_FROM else width * 0.36
    unit = 0.0
    after = width_of("n = 000") + 0.12
    for _ in range(2):  # what stands after a bar takes from it, and so on
        most = max((sum(p.cases or 0 for p in bar.parts) for bar in bars), default=0)
        hidden = max(sum(p.cases is None for p in bar.parts) for bar in bars)
        free = width - start - after - hidden * HIDDEN_WIDE - 0.04
        unit = max(free, 0.5) / max(most, 1)
        beside = max(len(_outside(bar, unit)) for bar in bars)
        after = width_of("n = 000") + 0.12 + beside * 0.42
    room = width if not start else start - 0.12
    return Layout(width=width, start=start, unit=unit, room=room)


def _label(bar: Bar, layout: Layout) -> tuple[str, ...]:
    return wrapped(bar.label, layout.room, weight=_weight(bar))


def _weight(bar: Bar) -> Weight:
    return "bold" if bar.strong else "normal"


def _high(label: tuple[str, ...], layout: Layout) -> float:
    lines = len(label) * LINE
    return lines + HIGH + GAP + 0.04 if layout.above else max(lines, HIGH) + GAP


def _legend(sheet: Sheet, bars: tuple[Bar, ...]) -> float:
    """Draw what each pattern means, a scale a line; return where it ends."""
    scales = dict.fromkeys(
        tuple((part.place, part.of, part.label) for part in bar.parts) for bar in bars
    )
    y = HIGH / 2 + 0.02
    for scale in scales:
        x = 0.02
        for place, of, label in scale:
            lines = wrapped(label, sheet.width - SWATCH - 0.1)
            wide = SWATCH + 0.08 + max(map(width_of, lines))
            if x > 0.02 and x + wide > sheet.width:  # noqa: PLR2004 - where it began
                x, y = 0.02, y + 0.2
            _pattern(sheet, (x, y - 0.075), (SWATCH, 0.15), place, of)
            sheet.lines(x + SWATCH + 0.08, y, lines)
            y += (len(lines) - 1) * LINE
            x += wide + 0.22
        y += 0.22
    if any(part.cases is None for bar in bars for part in bar.parts):
        sheet.box((0.02, y - 0.075), (SWATCH, 0.15), fill=WHITE, dashed=True)
        sheet.text(0.02 + SWATCH / 2, y, HIDDEN, align="center", size=SIZE - 1)
        said = wrapped("hidden to protect children", sheet.width - SWATCH - 0.1)
        sheet.lines(SWATCH + 0.1, y, said)
        y += 0.22 + (len(said) - 1) * LINE
    return y


def _bar(sheet: Sheet, bar: Bar, y: float, layout: Layout) -> float:
    """Draw a bar with its label; return how high both are."""
    label = _label(bar, layout)
    high = _high(label, layout)
    if layout.above:
        sheet.lines(0, y + LINE / 2, label, weight=_weight(bar))
        middle = y + len(label) * LINE + 0.04 + HIGH / 2
    else:
        middle = y + (high - GAP) / 2
        top = middle - (len(label) - 1) * LINE / 2
        sheet.lines(0, top, label, weight=_weight(bar))
    x = layout.start
    for part in bar.parts:
        x += _part(sheet, part, (x, middle), layout.unit)
    _after(sheet, bar, (x, middle), layout.unit)
    return high


def _part(sheet: Sheet, part: Part, at: tuple[float, float], unit: float) -> float:
    """Draw a part of a bar from a place on; return how wide it is."""
    x, middle = at
    corner = (x, middle - HIGH / 2)
    if part.cases is None:
        sheet.box(corner, (HIDDEN_WIDE, HIGH), fill=WHITE, dashed=True)
        sheet.text(x + HIDDEN_WIDE / 2, middle, HIDDEN, align="center")
        return HIDDEN_WIDE
    wide = part.cases * unit
    if part.cases:
        _pattern(sheet, corner, (wide, HIGH), part.place, part.of)
        if _fits(part, unit):
            sheet.text(
                x + wide / 2, middle, str(part.cases), align="center", boxed=True
            )
    return wide


def _fits(part: Part, unit: float) -> bool:
    """Whether the number of cases can stand in the part itself."""
    cases = part.cases or 0
    return cases * unit >= width_of(str(cases)) + 0.06


def _outside(bar: Bar, unit: float) -> tuple[Part, ...]:
    return tuple(p for p in bar.parts if p.cases and not _fits(p, unit))


def _after(sheet: Sheet, bar: Bar, at: tuple[float, float], unit: float) -> None:
    """Write what does not fit into a bar behind it, and how many cases there are.

    No sum stands beside a hidden number, or it could be worked out.
    """
    x, middle = at
    x += 0.08
    for part in _outside(bar, unit):
        _pattern(sheet, (x, middle - SMALL / 2), (SMALL, SMALL), part.place, part.of)
        sheet.text(x + SMALL + 0.04, middle, str(part.cases))
        x += SMALL + 0.04 + width_of(str(part.cases)) + 0.1
    numbers = [part.cases for part in bar.parts if part.cases is not None]
    if len(numbers) == len(bar.parts):
        total = sum(numbers)
        sheet.text(x, middle, f"n = {total}" if total else "no case")


def _pattern(
    sheet: Sheet,
    corner: tuple[float, float],
    size: tuple[float, float],
    place: int,
    of: int,
) -> None:
    red, green, blue = shade(place, of)
    sheet.box(
        corner,
        size,
        fill=f"#{red:02x}{green:02x}{blue:02x}",
        hatch=HATCHES[place % len(HATCHES)],
        hatched=WHITE if green < DARK else INK,
    )


def shade(place: int, of: int) -> tuple[int, int, int]:
    """Return red, green and blue, 0 to 255, for a place on a scale, 0 for the best."""
    steps = len(SHADES) - 1
    whole, rest = divmod(place * steps, max(of - 1, 1))
    if whole >= steps:
        return SHADES[-1]
    part = rest / max(of - 1, 1)
    one, two = SHADES[whole], SHADES[whole + 1]
    red, green, blue = (
        round(a + (b - a) * part) for a, b in zip(one, two, strict=True)
    )
    return red, green, blue
