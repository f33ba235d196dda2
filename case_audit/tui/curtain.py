"""The empty screen: nothing of a case is drawn until a key is pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.control import Control
from rich.segment import Segment, Segments

if TYPE_CHECKING:
    from textual.geometry import Size

WORDS = "Nothing is shown. What you typed is kept. Any key comes back."


def curtain(size: Size) -> Segments:
    """Return what stands on the terminal in place of everything else.

    Args:
        size: Columns and rows of the terminal.
    """
    middle = size.height // 2
    parts = []
    for row in range(size.height):
        line = WORDS.center(size.width) if row == middle else " " * size.width
        parts += [Control.move_to(0, row).segment, Segment(line[: size.width])]
    return Segments(parts)
