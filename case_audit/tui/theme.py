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
        "block-cursor-foreground": "#ffffff",
        "block-cursor-background": "#1d4259",
        "block-cursor-blurred-foreground": "#ffffff",
        "block-cursor-blurred-background": "#2b3840",
        "block-cursor-text-style": "bold",
        "input-selection-background": "#56b4e9 40%",
        "text-muted": "#bdbdbd",
        "scrollbar": "#5a5a5a",
        "scrollbar-hover": "#7a7a7a",
        "scrollbar-active": "#56b4e9",
        "scrollbar-background": "#1a1a1a",
        "scrollbar-background-hover": "#1a1a1a",
        "scrollbar-background-active": "#1a1a1a",
    },
)
"""The default theme. The four grades' colours can be told apart with every kind
of colour vision: see :data:`GRADE_COLOURS`."""

GRADE_COLOURS = ("#56b4e9", "#c7e6ff", "#f0e442", "#ff7a3d")
"""Best grade first; a longer scale uses them from the worst end, a shorter one the
best, the worst and what lies between."""


def grade_colour(place: int, size: int) -> str:
    """Return a grade's colour.

    Args:
        place: How many grades are better.
        size: How many grades the scale has.
    """
    if size < len(GRADE_COLOURS):
        return GRADE_COLOURS[place * (len(GRADE_COLOURS) - 1) // (size - 1)]
    from_worst = size - 1 - place
    return GRADE_COLOURS[max(0, len(GRADE_COLOURS) - 1 - from_worst)]
