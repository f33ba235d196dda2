"""What is shown where there is no room to work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.app import RenderResult

COLUMNS: Final = 60
LINES: Final = 20
"""The least that a screen needs."""


class TooSmall(Widget):
    """Covers a screen that has less room than it needs, and goes when there is enough.

    Nothing below it is closed or left: what was being written goes on.
    """

    DEFAULT_CSS = """
    TooSmall {
        layer: cover; display: none; width: 100%; height: 100%;
        background: $background; content-align: center middle;
    }
    """

    @property
    def covers(self) -> bool:
        """Whether there is too little room."""
        size = self.app.size
        return size.width < COLUMNS or size.height < LINES

    def render(self) -> RenderResult:
        size = self.app.size
        return Content(
            f"case-audit needs {COLUMNS} by {LINES}; "
            f"this terminal is {size.width} by {size.height}.\n"
            "Make it larger: nothing is lost."
        )
