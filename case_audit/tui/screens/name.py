"""The first start: who is at the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType


class NameScreen(ModalScreen[str]):
    """Closes with a name, or with an empty text to leave the app."""

    CSS_PATH = "card.tcss"
    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss('')", "Leave", id="back"),
    ]

    def compose(self) -> ComposeResult:
        with Vertical(classes="card"):
            yield Static("Welcome to case-audit", classes="title")
            yield Static(
                "What is your name? It stands beside every answer you give, "
                "and is asked only once.",
            )
            name = Input(placeholder="First name and surname", max_length=60)
            name.cursor_blink = False
            yield name
            yield Static("Enter goes on, Esc leaves.", classes="foot")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        if event.value.strip():
            self.dismiss(event.value.strip())
