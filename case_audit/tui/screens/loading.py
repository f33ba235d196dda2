"""What is there before the database is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType


class LoadingScreen(Screen[None]):
    """One quiet line."""

    DEFAULT_CSS = "LoadingScreen Static { padding: 1 2; color: $text-muted; }"

    def compose(self) -> ComposeResult:
        yield Static("case-audit · opening the database")


class ReadingScreen(ModalScreen[None]):
    """Says that something is being read; Esc gives it up."""

    CSS_PATH = "card.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", "Do not wait", id="back"),
    ]

    def compose(self) -> ComposeResult:
        with Vertical(classes="card"):
            yield Static("Reading the frame …")
            yield Static("Esc does not wait for it.", classes="foot")
