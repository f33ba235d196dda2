"""What is there before the database is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import Screen
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.app import ComposeResult


class LoadingScreen(Screen[None]):
    """One quiet line."""

    DEFAULT_CSS = "LoadingScreen Static { padding: 1 2; color: $text-muted; }"

    def compose(self) -> ComposeResult:
        yield Static("case-audit · opening the database")
