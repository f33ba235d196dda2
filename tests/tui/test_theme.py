"""Colours that can be read, and grades that can be told apart with any eyes."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from textual.color import Color

from case_audit.services import settings
from case_audit.tui.theme import (
    CALM,
    CONTRAST_DARK,
    CONTRAST_LIGHT,
    THEMES,
    grade_colour,
)
from screens import workspace

if TYPE_CHECKING:
    from textual.theme import Theme

    from case_audit.tui.app import Start

READABLE = 4.5
"""The contrast that WCAG 2.1 asks of ordinary text (level AA)."""
HIGH = 7.0
"""The contrast of its level AAA."""

EACH = pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
TEXTS = (
    *("foreground", "text-muted", "text-disabled", "accent", "secondary", "primary"),
    *("error", "success", "warning"),
)
GROUNDS = ("background", "surface", "panel")
PAIRS = (
    *((text, ground) for text in TEXTS for ground in GROUNDS),
    ("block-cursor-foreground", "block-cursor-background"),
    ("block-cursor-blurred-foreground", "block-cursor-blurred-background"),
    ("input-cursor-foreground", "input-cursor-background"),
    ("background", "accent"),
)
"""Every text of the app and what it stands on; the last is the word PRACTICE."""


def luminance(colour: Color) -> float:
    parts = (part / 255 for part in colour.rgb)
    red, green, blue = map(linear, parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of WCAG 2.1: (lighter + 0.05) / (darker + 0.05)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_is_21() -> None:
    """The measure itself, at its published extreme."""
    assert contrast(Color(0, 0, 0), Color(255, 255, 255)) == pytest.approx(21)


def colour(theme: Theme, name: str, *, on: Color | None = None) -> Color:
    """A colour of a theme by the name of its variable, blended with its ground."""
    found = {**theme.to_color_system().generate(), **theme.variables}[name]
    parsed = Color.parse(found)
    if parsed.auto:
        assert on is not None
        parsed = on.get_contrast_text(parsed.a)
    return on + parsed if on is not None else parsed


@EACH
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_every_text_can_be_read(theme: Theme, text: str, ground: str) -> None:
    """At 4.5:1, and in the themes of high contrast at 7:1."""
    under = colour(theme, ground)

    wanted = READABLE if theme is CALM else HIGH
    assert contrast(colour(theme, text, on=under), under) >= wanted


@EACH
@pytest.mark.parametrize("ground", GROUNDS)
def test_selected_text_can_be_read(theme: Theme, ground: str) -> None:
    under = colour(theme, "input-selection-background", on=colour(theme, ground))

    assert contrast(colour(theme, "foreground"), under) >= READABLE


def grades(theme: Theme) -> list[Color]:
    return [colour(theme, grade_colour(place, 4)[1:]) for place in range(4)]


@EACH
def test_every_grade_can_be_read(theme: Theme) -> None:
    for ground in GROUNDS:
        for grade in grades(theme):
            assert contrast(grade, colour(theme, ground)) >= READABLE


# Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB.
EYES = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
APART = 20
"""CIE 1976 difference; about 2 can just be seen side by side."""


def lab(rgb: tuple[float, float, float]) -> tuple[float, float, float]:
    """CIE L*a*b* under D65 of linear RGB."""
    red, green, blue = (min(max(part, 0), 1) for part in rgb)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (
        part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116
        for part in (x, y, z)
    )
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def seen(colour: Color, eyes: str) -> tuple[float, float, float]:
    parts = [linear(part / 255) for part in colour.rgb]
    red, green, blue = (
        sum(factor * part for factor, part in zip(row, parts, strict=True))
        for row in EYES[eyes]
    )
    return lab((red, green, blue))


def apart(one: Color, other: Color, eyes: str) -> float:
    pairs = zip(seen(one, eyes), seen(other, eyes), strict=True)
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)


def test_the_measure_of_difference_knows_red_and_green() -> None:
    """Black and white are 100 apart; traffic lights are not, for one man in twelve."""
    assert apart(Color(0, 0, 0), Color(255, 255, 255), "usual") == pytest.approx(
        100, abs=0.1
    )
    red, green = Color.parse("#c00000"), Color.parse("#008000")
    assert apart(red, green, "deutan") < apart(red, green, "usual") / 2


@EACH
@pytest.mark.parametrize("eyes", EYES)
def test_grades_can_be_told_apart_with_any_eyes(theme: Theme, eyes: str) -> None:
    """And with none for colour: each has its letter and word besides."""
    for one, other in combinations(grades(theme), 2):
        assert apart(one, other, eyes) >= APART


def test_every_grade_has_a_colour_of_its_own() -> None:
    """And a longer scale shares the best one rather than failing."""
    assert [grade_colour(place, 4) for place in range(4)] == [
        *("$grade-1", "$grade-2", "$grade-3", "$grade-4")
    ]
    assert grade_colour(5, 6) == "$grade-4"
    assert grade_colour(0, 6) == "$grade-1"
    assert [grade_colour(place, 2) for place in range(2)] == ["$grade-1", "$grade-4"]


def test_settings_know_the_themes() -> None:
    assert tuple(theme.name for theme in THEMES) == settings.THEMES
    assert not CONTRAST_LIGHT.dark
    assert CONTRAST_DARK.dark


async def test_the_theme_is_that_of_the_settings(
    ready: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But the terminal's own colours where NO_COLOR is set."""
    settings.change_settings(ready.settings, {("theme",): "contrast-light"})
    for no_color, theme in (("", "contrast-light"), ("1", "ansi-dark")):
        if no_color:
            monkeypatch.setenv("NO_COLOR", no_color)
        async with workspace(ready) as pilot:
            assert pilot.app.theme == theme
