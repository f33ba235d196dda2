"""Settings and keys: each in a line, changed there and in force at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from case_audit.errors import CaseAuditError
from case_audit.tui.compositor import SparingScreen
from case_audit.tui.literal import literal, literal_line
from case_audit.tui.screens.help import HelpScreen
from case_audit.tui.widgets.hint_bar import HintBar
from case_audit.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from case_audit.tui.settings_editor import Line, SettingsEditor

HINTS = (
    ("enter", "change"),
    ("← →", "turn"),
    ("esc", "back"),
    ("u", "undo"),
    ("a", "another key"),
    ("backspace", "as it ships"),
    ("delete", "take away"),
)
_LABEL, _VALUE = 35, 18
"""Columns of a line."""


class SettingsScreen(SparingScreen[None]):
    """Shows every setting and changes them.

    Args:
        editor: What keeps them.
        kind: ``"live"`` or ``"practice"``.
    """

    CSS_PATH = "home.tcss"
    AUTO_FOCUS = "OptionList"
    DEFAULT_CSS = """
    SettingsScreen OptionList { text-wrap: nowrap; text-overflow: ellipsis; }
    SettingsScreen #status { height: auto; max-height: 5; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        # Before the list, which would scroll to the side.
        Binding("right", "turn(1)", "The next", id="settings.more", priority=True),
        Binding(
            "left", "turn(-1)", "The one before", id="settings.less", priority=True
        ),
        Binding("a", "add", "Give it one more key", id="settings.add"),
        Binding("backspace", "reset", "As it ships", id="settings.reset"),
        Binding("delete", "off", "Take its keys away", id="settings.off"),
        Binding("u", "undo", "Undo the last change", id="settings.undo"),
        Binding(
            "j", "app.simulate_key('down')", "Down", id="settings.down", show=False
        ),
        Binding("k", "app.simulate_key('up')", "Up", id="settings.up", show=False),
        Binding("question_mark", "help", "Help", id="help"),
        Binding("escape,q", "dismiss(None)", "Back", id="back"),
    ]

    def __init__(self, editor: SettingsEditor, *, kind: str) -> None:
        super().__init__()
        self._editor = editor
        self._kind = kind
        self._lines: list[Line] = []

    def compose(self) -> ComposeResult:
        yield TopBar()
        yield OptionList(markup=False)
        yield Static(id="status", markup=False)
        yield HintBar()

    def on_mount(self) -> None:
        bar = self.query_one(TopBar)
        bar.title, bar.kind = "Settings and keys", self._kind
        self.query_one(HintBar).hints = HINTS
        self._show()

    def _show(self) -> None:
        options = self.query_one(OptionList)
        here = options.highlighted or 1
        self._lines = self._editor.lines()
        options.clear_options()
        options.add_options(map(_option, self._lines))
        options.highlighted = here

    def _here(self) -> Line:
        return self._lines[self.query_one(OptionList).highlighted or 0]

    def _say(self, text: str) -> None:
        self.query_one("#status", Static).update(literal(text))

    def _try(self, act: Callable[[], object], done: str) -> None:
        try:
            act()
        except CaseAuditError as error:
            self._say("\n".join(["NOT CHANGED", *error.lines]))
        else:
            self._show()
            self._say(done)

    def can_now(self, action: str, *parameters: object) -> bool:
        """Whether an action would change the line under the cursor."""
        del parameters
        kind = (*self._here().way, "")[0]
        there = {
            "turn": kind != "keys",
            "add": kind == "keys",
            "off": kind == "keys",
            "undo": self._editor.can_undo,
        }
        return there.get(action, True)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._ask(also=False) if self.can_now("add") else self.action_turn(1)

    def action_turn(self, step: int) -> None:
        """Take the next value, or the one before."""
        line = self._here()
        if self.can_now("turn"):
            self._try(lambda: self._editor.turn(line.way, step), "Saved")

    def action_add(self) -> None:
        """Give what is under the cursor one more key."""
        if self.can_now("add"):
            self._ask(also=True)

    def _ask(self, *, also: bool) -> None:
        line = self._here()

        def pressed(key: str | None) -> None:
            if key is not None:
                self._try(lambda: self._editor.give(line.way, key, also=also), "Saved")

        self.app.push_screen(PressKeyScreen(line.label), pressed)

    def action_reset(self) -> None:
        """Set what is under the cursor as it ships."""
        line = self._here()
        self._try(lambda: self._editor.change(line.way, None), "As it ships")

    def action_off(self) -> None:
        """Take the keys away; the palette still finds it."""
        line = self._here()
        if self.can_now("off"):
            self._try(lambda: self._editor.change(line.way, []), "Saved")

    def action_undo(self) -> None:
        """Take the last change back."""
        if self._editor.can_undo:
            self._try(self._editor.undo, "Undone")
        else:
            self._say("Nothing to undo")

    def action_help(self) -> None:
        """Show what the keys do."""
        self.app.push_screen(HelpScreen(self, more=(("Enter", "Change it"),)))


class PressKeyScreen(ModalScreen["str | None"]):
    """Closes with the key that was pressed, or with ``None``.

    Args:
        does: What it is for.
    """

    CSS_PATH = "card.tcss"
    TAKES_KEYS = True

    def __init__(self, does: str) -> None:
        super().__init__()
        self._does = does

    def compose(self) -> ComposeResult:
        with Vertical(classes="card"):
            yield Static(literal_line(self._does), classes="title")
            yield Static("Press the key for it.")
            yield Static("Esc leaves it as it was.", classes="foot")

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        self.dismiss(None if event.key == "escape" else event.key)


def _option(line: Line) -> Option:
    if not line.way:
        head = Content.assemble((line.label, "bold $secondary"))
        return Option(head, disabled=True)
    text = f"  {line.label:<{_LABEL}} {line.value:<{_VALUE}} "
    about = literal_line(line.about).stylize("$text-muted")
    return Option(Content.assemble(literal_line(text), about))
