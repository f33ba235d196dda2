"""Text from outside, shown as it is: no markup, no control characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.content import Content
from textual.filter import LineFilter

from case_audit.security.text_gate import one_line, visible

if TYPE_CHECKING:
    from textual.color import Color


def literal(text: str) -> Content:
    """Return text for any widget; what looks like markup is shown, not obeyed."""
    return Content(visible(text))


def literal_line(text: str) -> Content:
    """Return text for any widget, as one line."""
    return Content(one_line(text))


class Guard(LineFilter):
    """The last gate before the terminal: no control character passes.

    Textual sends what it is given; a child's file may hold an escape sequence
    that sets the clipboard or the window's title. Every drawn line passes here,
    whatever widget it is from.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the line with hidden characters made visible."""
        del background
        return [
            segment
            if segment.control
            or (segment.text.isascii() and segment.text.isprintable())
            else Segment(one_line(segment.text), segment.style)
            for segment in segments
        ]
