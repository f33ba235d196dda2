"""The floor of every screen: an app that shows a word, and the key pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App
from textual.widgets import Static

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult


class Hello(App[None]):
    """Says that it is ready, then which key was pressed."""

    def compose(self) -> ComposeResult:
        """Show the word."""
        yield Static("READY", id="word")

    def on_key(self, event: events.Key) -> None:
        """Show the key."""
        self.query_one("#word", Static).update(f"pressed {event.key}")


if __name__ == "__main__":
    Hello().run()
