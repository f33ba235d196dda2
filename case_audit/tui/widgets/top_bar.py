"""The top line: where you are, and whether the data are live or practice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from case_audit.tui.literal import literal_line

if TYPE_CHECKING:
    from textual.app import RenderResult


class TopBar(Widget):
    """One line: title to the left, the kind of data and a figure to the right."""

    DEFAULT_CSS = """
    TopBar { dock: top; height: 1; background: $panel; padding: 0 1; }
    """
    title: reactive[str] = reactive("")
    kind: reactive[str] = reactive("")
    figure: reactive[str] = reactive("")

    def render(self) -> RenderResult:
        kind = self.kind.upper() or "NO DATA YET"
        figure = f" {self.figure}" if self.figure else ""
        room = self.content_size.width - len(kind) - len(figure) - 3
        title = literal_line(self.title)
        if title.cell_length > room:
            title = title.truncate(max(room, 1), ellipsis=True)
        title = title.pad_right(max(room - title.cell_length, 0))
        style = "bold $background on $accent" if self.kind == "practice" else "bold"
        return Content.assemble(title, " ", (f" {kind} ", style), figure)
