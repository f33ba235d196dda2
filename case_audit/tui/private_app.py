"""What the app does with a person's settings, and how it protects people in files."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segments
from textual.app import App

from case_audit.tui.literal import Guard
from case_audit.tui.theme import CALM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.filter import LineFilter

    from case_audit.services.settings import Settings
    from case_audit.tui.keymap import Keys


class PrivateApp(App[None]):
    """An app in which nothing of a case leaves the terminal by accident."""

    ENABLE_COMMAND_PALETTE = False  # its screenshot command would write case data
    ALLOW_SELECT = False  # selected text would reach the system's clipboard
    BINDINGS: ClassVar = []

    def __init__(self) -> None:
        super().__init__(ansi_color=bool(os.environ.get("NO_COLOR")))
        self._guard = Guard()
        self.changed_keys: Keys = {}

    def on_mount(self) -> None:
        self.register_theme(CALM)
        self.theme = "ansi-dark" if os.environ.get("NO_COLOR") else CALM.name

    def use(self, settings: Settings, keys: Keys) -> None:
        """Let settings take effect, at once and everywhere.

        Args:
            settings: What a person chose.
            keys: The keys that are not as they ship, checked.
        """
        from case_audit.tui.keymap import for_textual

        del settings
        self.changed_keys = keys
        self.set_keymap(for_textual(keys))

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Let nothing but visible characters reach the terminal."""
        return [self._guard, *super().get_line_filters()]

    def _fatal_error(self) -> None:
        # Textual prints every local variable of a crash, which here means
        # what an auditor wrote about a child. Print the traceback only.
        from rich.traceback import Traceback

        self.bell()
        trace = Traceback(show_locals=False, width=None)
        self._exit_renderables.append(
            Segments(self.console.render(trace, self.console.options))
        )
        self._close_messages_no_wait()
