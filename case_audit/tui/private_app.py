"""What the app does with a person's settings, and how it protects people in files."""

from __future__ import annotations

import os
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segments
from textual import events
from textual.app import App
from textual.binding import Binding
from textual.widgets import Input, TextArea

from case_audit.tui.curtain import curtain
from case_audit.tui.literal import Guard
from case_audit.tui.stylesheet import KeptStylesheet
from case_audit.tui.theme import CALM, DARK_GRADES, THEMES, grade_variables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType
    from textual.binding import BindingType
    from textual.filter import LineFilter
    from textual.screen import Screen
    from textual.timer import Timer

    from case_audit.services.settings import Settings
    from case_audit.tui.commands import Command
    from case_audit.tui.keymap import Keys


class PrivateApp(App[None]):
    """An app in which nothing of a case leaves the terminal by accident."""

    ENABLE_COMMAND_PALETTE = False  # its screenshot command would write case data
    ALLOW_SELECT = False  # selected text would reach the system's clipboard
    MINUTE: ClassVar[float] = 60.0
    """Seconds of a minute; tests have shorter ones."""
    BINDINGS: ClassVar[list[BindingType]] = [
        # Priority, so that they act on a card too, where an app's keys do not.
        Binding("ctrl+l", "hide", "Empty the screen", id="privacy", priority=True),
        Binding(
            "L", "hide('L')", "Empty the screen", id="privacy.letter", priority=True
        ),
        Binding("comma", "settings", "Settings and keys", id="settings"),
        Binding(
            "ctrl+p", "palette", "Find what can be done", id="palette", priority=True
        ),
        Binding(
            "colon",
            "palette(':')",
            "Find what can be done",
            id="palette.sign",
            priority=True,
        ),
    ]

    def __init__(self) -> None:
        super().__init__(ansi_color=bool(os.environ.get("NO_COLOR")))
        self._begin_with(CALM.name)
        self._guard = Guard()
        self._hidden = False
        self._copying = False
        self._idle_minutes = 0
        self._idle: Timer | None = None
        self._last_key = 0.0
        self.changed_keys: Keys = {}

    def _begin_with(self, theme: str) -> None:
        """Have a theme from the start: a change of theme styles everything again."""
        for one in THEMES:
            self.register_theme(one)
        self.set_reactive(App.theme, _allowed(theme))
        chosen = self.current_theme
        self.remove_class(*self.classes)
        self.add_class(
            f"-theme-{chosen.name}", "-dark-mode" if chosen.dark else "-light-mode"
        )
        self.stylesheet = KeptStylesheet(variables=self.get_css_variables())

    def _colour(self, theme: str) -> None:
        self.theme = _allowed(theme)

    def use(self, settings: Settings, keys: Keys) -> None:
        """Let settings take effect, at once and everywhere.

        Args:
            settings: What a person chose.
            keys: The keys that are not as they ship, checked.
        """
        from case_audit.tui.keymap import for_textual

        self.changed_keys = keys
        self.set_keymap(for_textual(keys))
        self._colour(settings.theme)
        self._copying = settings.copying
        self.ALLOW_SELECT = settings.copying  # type: ignore[misc]
        self._idle_minutes = settings.idle
        self._wait()
        for screen in self.screen_stack:
            for widget in screen.walk_children():
                widget.refresh()  # hints and grades show keys

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return colours that a theme of the terminal's own does not have."""
        return grade_variables(DARK_GRADES)

    # The empty screen

    @property
    def hidden(self) -> bool:
        """Whether the screen is empty."""
        return self._hidden

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let signs be text in a field, and keys that a card waits for reach it."""
        if action == "palette" and getattr(self.screen, "TAKES_KEYS", False):
            return False
        if action == "settings":
            return not self.screen.is_modal
        if action in ("hide", "palette") and parameters:
            return not isinstance(self.focused, (Input, TextArea))
        return super().check_action(action, parameters)

    def action_hide(self, letter: str = "") -> None:
        """Show nothing until a key is pressed; everything else stays as it is."""
        del letter
        self._hidden = True
        self._stop()
        self.screen.refresh()

    def _show_again(self) -> None:
        self._hidden = False
        self.screen.refresh()
        self._wait()

    def _wait(self) -> None:
        """Empty the screen after some minutes without a key."""
        self._stop()
        self._last_key = monotonic()
        if self._idle_minutes and not self._hidden:
            self._look_again(self._idle_minutes * self.MINUTE)

    def _look_again(self, after: float) -> None:
        self._idle = self.set_timer(after, self._idle_over)

    def _idle_over(self) -> None:
        """Empty the screen, unless a key came since; so that keys need no timer."""
        left = self._last_key + self._idle_minutes * self.MINUTE - monotonic()
        if left > 0:
            self._look_again(left)
        else:
            self.action_hide()

    def _stop(self) -> None:
        if self._idle is not None:
            self._idle.stop()
            self._idle = None

    async def on_event(self, event: events.Event) -> None:
        """See to it that what is typed on an empty screen reaches nothing."""
        typed = isinstance(event, (events.InputEvent, events.Paste))
        if typed and not event.is_forwarded:
            if self._hidden:
                if isinstance(event, (events.Key, events.MouseDown)):
                    self._show_again()
                return
            if not isinstance(event, events.MouseMove):
                self._last_key = monotonic()
        await super().on_event(event)

    def _display(
        self, screen: Screen[object], renderable: RenderableType | None
    ) -> None:
        # Everything that is drawn comes through here, whichever screen, notice or
        # thread it is from; so nothing can be drawn over the empty screen.
        if self._hidden and renderable is not None:
            renderable = curtain(self.size)
        super()._display(screen, renderable)

    def action_palette(self, sign: str = "") -> None:
        """Show what can be done now, and do what is chosen."""
        del sign
        from case_audit.tui.commands import commands
        from case_audit.tui.screens.palette import PaletteScreen

        def chosen(command: Command | None) -> None:
            if command is not None:
                self.call_next(self.run_action, command.action, command.node)

        self.push_screen(PaletteScreen(commands(self.screen)), chosen)

    # What leaves the app

    def copy_to_clipboard(self, text: str) -> None:
        """Keep copied text inside the app, unless the settings let it out."""
        if self._copying:
            super().copy_to_clipboard(text)
            return
        self._clipboard = text
        self.notify("Kept inside the app: copying out is off in the settings.")

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


def _allowed(theme: str) -> str:
    """Return a theme, or the terminal's own colours where none are wanted."""
    return "ansi-dark" if os.environ.get("NO_COLOR") else theme
