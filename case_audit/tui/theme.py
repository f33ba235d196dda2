"""Colours. None carries a meaning alone: a grade always has its letter and word."""

from __future__ import annotations

from textual.theme import Theme

GRADES = 4
DARK_GRADES = ("#56b4e9", "#c7e6ff", "#f0e442", "#ff7a3d")
LIGHT_GRADES = ("#00003f", "#006cd8", "#b24762", "#d80000")
"""Best grade first. They can be told apart with every kind of colour vision."""


def grade_variables(colours: tuple[str, ...]) -> dict[str, str]:
    """Return the colours of grades as variables of a theme."""
    return {f"grade-{place}": colour for place, colour in enumerate(colours, start=1)}


CALM = Theme(
    name="calm",
    primary="#56b4e9",
    secondary="#9ad1f0",
    accent="#f0e442",
    foreground="#e8e8e8",
    background="#121212",
    surface="#1a1a1a",
    panel="#262626",
    success="#7fd0a0",
    warning="#f0e442",
    error="#ff7a3d",
    dark=True,
    variables={
        "block-cursor-foreground": "#ffffff",
        "block-cursor-background": "#1d4259",
        "block-cursor-blurred-foreground": "#ffffff",
        "block-cursor-blurred-background": "#2b3840",
        "block-cursor-text-style": "bold",
        "input-cursor-background": "#e8e8e8",
        "input-cursor-foreground": "#121212",
        "input-selection-background": "#2a5a78",
        "text-muted": "#bdbdbd",
        "text-disabled": "#a6a6a6",
        "scrollbar": "#5a5a5a",
        "scrollbar-hover": "#7a7a7a",
        "scrollbar-active": "#56b4e9",
        "scrollbar-background": "#1a1a1a",
        "scrollbar-background-hover": "#1a1a1a",
        "scrollbar-background-active": "#1a1a1a",
        **grade_variables(DARK_GRADES),
    },
)
"""The default theme."""

CONTRAST_DARK = Theme(
    name="contrast-dark",
    primary="#7cc8ff",
    secondary="#b5e0ff",
    accent="#ffee58",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1c1c1c",
    success="#7dffae",
    warning="#ffee58",
    error="#ff9a70",
    dark=True,
    variables={
        "block-cursor-foreground": "#000000",
        "block-cursor-background": "#ffee58",
        "block-cursor-blurred-foreground": "#000000",
        "block-cursor-blurred-background": "#d0d0d0",
        "block-cursor-text-style": "bold",
        "input-cursor-background": "#ffee58",
        "input-cursor-foreground": "#000000",
        "input-selection-background": "#004f8a",
        "text-muted": "#e4e4e4",
        "text-disabled": "#c8c8c8",
        "scrollbar": "#b0b0b0",
        "scrollbar-hover": "#ffffff",
        "scrollbar-active": "#ffee58",
        "scrollbar-background": "#1c1c1c",
        "scrollbar-background-hover": "#1c1c1c",
        "scrollbar-background-active": "#1c1c1c",
        **grade_variables(DARK_GRADES),
    },
)
"""Light on black, every text at least 7:1."""

CONTRAST_LIGHT = Theme(
    name="contrast-light",
    primary="#003d82",
    secondary="#00386b",
    accent="#5c0f63",
    foreground="#000000",
    background="#ffffff",
    surface="#ffffff",
    panel="#f2f2f2",
    success="#004d1a",
    warning="#5c3b00",
    error="#8f0000",
    dark=False,
    variables={
        "block-cursor-foreground": "#ffffff",
        "block-cursor-background": "#003d82",
        "block-cursor-blurred-foreground": "#ffffff",
        "block-cursor-blurred-background": "#404040",
        "block-cursor-text-style": "bold",
        "input-cursor-background": "#000000",
        "input-cursor-foreground": "#ffffff",
        "input-selection-background": "#b3d4ff",
        "text-muted": "#333333",
        "text-disabled": "#4d4d4d",
        "scrollbar": "#5a5a5a",
        "scrollbar-hover": "#000000",
        "scrollbar-active": "#003d82",
        "scrollbar-background": "#e0e0e0",
        "scrollbar-background-hover": "#e0e0e0",
        "scrollbar-background-active": "#e0e0e0",
        **grade_variables(LIGHT_GRADES),
    },
)
"""Dark on white, every text at least 7:1, grades at least 4.5:1."""

THEMES = (CALM, CONTRAST_DARK, CONTRAST_LIGHT)


def grade_colour(place: int, size: int) -> str:
    """Return a grade's colour, as a variable of the theme in use.

    A longer scale uses the colours from the worst end; a shorter one the best,
    the worst and what lies between.

    Args:
        place: How many grades are better.
        size: How many grades the scale has.
    """
    if size < GRADES:
        return f"$grade-{1 + place * (GRADES - 1) // (size - 1)}"
    from_worst = size - 1 - place
    return f"$grade-{max(1, GRADES - from_worst)}"
