"""Write a text; every letter is kept while it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from case_audit.tui.literal import literal_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType


class WriteScreen(ModalScreen[str]):
    """Closes with the text.

    Args:
        label: What is to be written.
        text: What is there already.
        keep: Called with the whole text after every change.
    """

    CSS_PATH = "card.tcss"
    AUTO_FOCUS = "TextArea"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "done", "Done", id="back", priority=True),
    ]

    def __init__(self, label: str, text: str, keep: Callable[[str], None]) -> None:
        super().__init__()
        self._label = label
        self._text = text
        self._keep = keep

    def compose(self) -> ComposeResult:
        with Vertical(classes="card"):
            yield Static(literal_line(self._label), classes="title")
            area = TextArea(self._text, tab_behavior="focus")
            area.move_cursor(area.document.end)
            area.cursor_blink = False
            yield area
            yield Static("Every letter is kept. Esc: done.", classes="foot")

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        if event.text_area.text != self._text:
            self._keep(event.text_area.text)

    def action_done(self) -> None:
        """Close with the text."""
        self.dismiss(self.query_one(TextArea).text)
