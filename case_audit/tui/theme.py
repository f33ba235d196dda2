"""Colours. None carries a meaning alone: a grade always has its letter and word."""

from __future__ import annotations

from textual.theme import Theme

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
        "block-cursor-foreground": "#121212",
        "block-cursor-background": "#c7e6ff",
        "block-cursor-text-style": "bold",
        "input-selection-background": "#56b4e9 40%",
        "text-muted": "#b8b8b8",
    },
)
"""The default theme. The four grades' colours can be told apart with every kind
of colour vision: see :data:`GRADE_COLOURS`."""

GRADE_COLOURS = ("#56b4e9", "#c7e6ff", "#f0e442", "#ff7a3d")
"""Best grade first; a longer scale uses them from the worst end."""


def grade_colour(place: int, size: int) -> str:
    """Return a grade's colour.

    Args:
        place: How many grades are better.
        size: How many grades the scale has.
    """
    from_worst = size - 1 - place
    return GRADE_COLOURS[max(0, len(GRADE_COLOURS) - 1 - from_worst)]
