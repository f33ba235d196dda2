"""A text to scroll through, with keys that lead on from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from case_audit.tui.literal import literal_line
from case_audit.tui.screens.help import HelpScreen
from case_audit.tui.widgets.hint_bar import HintBar
from case_audit.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    Ways = Mapping[str, tuple[str, Callable[[], None]]]


class PageScreen(Screen[None]):
    """Shows a text.

    Args:
        title: What it is about.
        text: The text.
        kind: ``"live"`` or ``"practice"``.
        ways: By key, what it is called and what it opens.
    """

    CSS_PATH = "home.tcss"
    AUTO_FOCUS = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", "Back", id="back"),
        Binding("j", "app.simulate_key('down')", "Down", id="page.down", show=False),
        Binding("k", "app.simulate_key('up')", "Up", id="page.up", show=False),
        Binding("question_mark", "help", "Help", id="help"),
    ]

    def __init__(
        self, title: str, text: str, *, kind: str, ways: Ways | None = None
    ) -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._kind = kind
        self._ways: Ways = ways or {}

    def compose(self) -> ComposeResult:
        yield TopBar()
        with VerticalScroll():
            yield Static(_with_headings(self._text))
        yield HintBar()

    def on_mount(self) -> None:
        bar = self.query_one(TopBar)
        bar.title, bar.kind = self._title, self._kind
        ways = tuple((key, name) for key, (name, _) in self._ways.items())
        self.query_one(HintBar).hints = (*ways, ("arrows", "scroll"), ("esc", "back"))

    def on_key(self, event: events.Key) -> None:
        way = self._ways.get(event.key)
        if way is not None:
            event.stop()
            way[1]()

    def action_help(self) -> None:
        """Show what the keys do."""
        more = tuple((key, name.capitalize()) for key, (name, _) in self._ways.items())
        self.app.push_screen(HelpScreen(self, more=more))


def _with_headings(text: str) -> Content:
    """Return a text; what begins a paragraph at the margin is a heading."""
    before, lines = "", []
    for line in text.split("\n"):
        heads = line[:1].strip() and not before
        words = literal_line(line)
        lines.append(words.stylize("bold") if heads else words)
        before = line
    return Content("\n").join(lines)
