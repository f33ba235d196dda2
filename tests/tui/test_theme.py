"""Colours that can be read, and grades that can be told apart without them."""

from __future__ import annotations

from itertools import combinations

import pytest
from textual.color import Color

from case_audit.tui.theme import CALM, GRADE_COLOURS, grade_colour

READABLE = 4.5
"""The contrast that WCAG 2.1 asks of ordinary text (level AA)."""


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of WCAG 2.1: (lighter + 0.05) / (darker + 0.05)."""

    def luminance(colour: Color) -> float:
        parts = (part / 255 for part in colour.rgb)
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_is_21() -> None:
    """The measure itself, at its published extreme."""
    assert contrast(Color(0, 0, 0), Color(255, 255, 255)) == pytest.approx(21)


def colour(name: str) -> Color:
    """A colour of the theme by the name of its variable."""
    return Color.parse(CALM.to_color_system().generate()[name])


@pytest.mark.parametrize("ground", ["background", "surface", "panel"])
@pytest.mark.parametrize(
    "text", ["foreground", "text-muted", "accent", "secondary", "error", "success"]
)
def test_every_text_can_be_read_on_every_ground(text: str, ground: str) -> None:
    assert contrast(colour(text), colour(ground)) >= READABLE


@pytest.mark.parametrize("text", ["block-cursor-foreground", "text-muted"])
def test_the_line_under_the_cursor_can_be_read(text: str) -> None:
    ground = colour("block-cursor-background")

    assert contrast(colour(text), ground) >= READABLE


@pytest.mark.parametrize("grade", GRADE_COLOURS)
def test_every_grade_can_be_read(grade: str) -> None:
    for ground in ("background", "panel"):
        assert contrast(Color.parse(grade), colour(ground)) >= READABLE


def test_every_grade_has_a_colour_of_its_own() -> None:
    """And a longer scale shares the best one rather than failing."""
    assert [grade_colour(place, 4) for place in range(4)] == list(GRADE_COLOURS)
    assert grade_colour(5, 6) == GRADE_COLOURS[-1]
    assert grade_colour(0, 6) == GRADE_COLOURS[0]
    assert all(a != b for a, b in combinations(GRADE_COLOURS, 2))
    assert [grade_colour(place, 2) for place in range(2)] == [
        GRADE_COLOURS[0],
        GRADE_COLOURS[-1],
    ]
