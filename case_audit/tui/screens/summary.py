"""The summary, to scroll through: what ``case-audit summary`` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from case_audit.tui.literal import literal
from case_audit.tui.screens.help import HelpScreen
from case_audit.tui.widgets.hint_bar import HintBar
from case_audit.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType


class SummaryScreen(Screen[None]):
    """Shows a text.

    Args:
        title: The round.
        text: The summary as text of 80 columns.
        kind: ``"live"`` or ``"practice"``.
    """

    CSS_PATH = "home.tcss"
    AUTO_FOCUS = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,s", "dismiss(None)", "Back", id="back"),
        Binding("question_mark", "help", "Help", id="help"),
    ]

    def __init__(self, title: str, text: str, *, kind: str) -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._kind = kind

    def compose(self) -> ComposeResult:
        yield TopBar()
        with VerticalScroll():
            yield Static(literal(self._text))
        yield HintBar()

    def on_mount(self) -> None:
        bar = self.query_one(TopBar)
        bar.title, bar.kind = self._title, self._kind
        self.query_one(HintBar).hints = (("arrows", "scroll"), ("esc", "back"))

    def action_help(self) -> None:
        """Show what the keys do."""
        self.app.push_screen(HelpScreen(self))
