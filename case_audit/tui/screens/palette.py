"""Find what can be done by its words, and do it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from case_audit.tui.literal import literal_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from case_audit.tui.commands import Command

_KEYS = 14
"""Columns of the keys."""


class PaletteScreen(ModalScreen["Command | None"]):
    """Closes with what was chosen, or with ``None``.

    Args:
        commands: What can be done now.
    """

    CSS_PATH = "card.tcss"
    AUTO_FOCUS = "Input"
    TAKES_KEYS = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back", id="back"),
        Binding("down", "move(1)", "Down", id="palette.down", show=False),
        Binding("up", "move(-1)", "Up", id="palette.up", show=False),
    ]

    def __init__(self, commands: Sequence[Command]) -> None:
        super().__init__()
        self._commands = commands
        self._found = list(commands)

    def compose(self) -> ComposeResult:
        with Vertical(classes="card tall"):
            yield Static("What can be done now", classes="title")
            field = Input(placeholder="Some letters of it", max_length=60)
            field.cursor_blink = False
            yield field
            options = OptionList(markup=False)
            options.can_focus = False
            yield options
            yield Static("Enter does it, ↑ ↓ choose, Esc goes back.", classes="foot")

    def on_mount(self) -> None:
        self._show()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        parts = event.value.casefold().split()
        self._found = [
            one
            for one in self._commands
            if all(part in one.words.casefold() for part in parts)
        ]
        self._show()

    def _show(self) -> None:
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(map(_option, self._found))
        options.highlighted = 0 if self._found else None

    def action_move(self, step: int) -> None:
        """Go to the line above or below."""
        options = self.query_one(OptionList)
        if options.highlighted is not None:
            last = len(self._found) - 1
            options.highlighted = max(0, min(last, options.highlighted + step))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        place = self.query_one(OptionList).highlighted
        if place is not None:
            self.dismiss(self._found[place])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(self._found[event.option_index])


def _option(command: Command) -> Option:
    key = literal_line(f"{command.key:<{_KEYS}}").stylize("$text-muted")
    return Option(Content.assemble(key, literal_line(command.words)))
