"""A text to scroll through, with keys that lead on from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from case_audit.tui.compositor import SparingScreen
from case_audit.tui.literal import literal_line
from case_audit.tui.screens.help import HelpScreen
from case_audit.tui.widgets.hint_bar import HintBar
from case_audit.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.app import ComposeResult
    from textual.binding import BindingType

    Ways = Mapping[str, tuple[str, Callable[[], None]]]

WAYS = {
    "p": "frames.plan",
    "c": "frames.check",
    "x": "frames.export",
}
"""The keys that may lead on, by what they do on the list of frames too."""


class PageScreen(SparingScreen[None]):
    """Shows a text.

    Args:
        title: What it is about.
        text: The text.
        kind: ``"live"`` or ``"practice"``.
        ways: By key, one of :data:`WAYS`, what it is called and what it opens.
    """

    CSS_PATH = "home.tcss"
    AUTO_FOCUS = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", "Back", id="back"),
        Binding("j", "app.simulate_key('down')", "Down", id="page.down", show=False),
        Binding("k", "app.simulate_key('up')", "Up", id="page.up", show=False),
        Binding("question_mark", "help", "Help", id="help"),
        *(Binding(key, f"way('{key}')", id=name) for key, name in WAYS.items()),
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

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Let only those keys act that lead somewhere."""
        return action != "way" or parameters[0] in self._ways

    def action_way(self, key: str) -> None:
        """Go on from here."""
        self._ways[key][1]()

    def words(self) -> dict[str, str]:
        """Return what the keys do that lead on."""
        return {WAYS[key]: name.capitalize() for key, (name, _) in self._ways.items()}

    def action_help(self) -> None:
        """Show what the keys do."""
        self.app.push_screen(HelpScreen(self))


def _with_headings(text: str) -> Content:
    """Return a text; what begins a paragraph at the margin is a heading."""
    before, lines = "", []
    for line in text.split("\n"):
        heads = line[:1].strip() and not before
        words = literal_line(line)
        lines.append(words.stylize("bold") if heads else words)
        before = line
    return Content("\n").join(lines)
