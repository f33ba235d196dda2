"""Text that is laid out anew only when it needs another number of lines."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static


class Steady(Static):
    """A text that changes often and seldom grows.

    Every new layout paints the whole screen; a new text of the same height paints
    its own lines alone.
    """

    def __init__(self, text: str = "", *, id: str, classes: str = "") -> None:  # noqa: A002
        super().__init__(Content(text), id=id, classes=classes)
        self.set_reactive(Widget.auto_links, value=False)  # texts hold none
        self._said = Content(text)

    def say(self, text: Content) -> None:
        """Show another text; the same again paints nothing."""
        before = self._said
        if (text.plain, text.spans) == (before.plain, before.spans):
            return
        self._said = text
        width = self.content_size.width
        heights = {self._rows(one, width) for one in (before, text)} if width else ()
        self.update(text, layout=len(heights) != 1)

    def _rows(self, text: Content, width: int) -> int:
        """Return the lines that a text takes, within what its style allows."""
        least, most = self.styles.min_height, self.styles.max_height
        rows = text.get_height({}, width)
        if most is not None and most.cells is not None:
            rows = min(rows, most.cells)
        if least is not None and least.cells is not None:
            rows = max(rows, least.cells)
        return rows
