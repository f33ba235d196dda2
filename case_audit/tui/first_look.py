"""What the app shows before its libraries are loaded, and what waits for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events

from case_audit.errors import CaseAuditError
from case_audit.exchange.settings_file import read_settings
from case_audit.store.glance import glance
from case_audit.tui.screens.loading import LoadingScreen

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from case_audit.exchange.settings_file import Settings
    from case_audit.store.glance import Glance


@dataclass(frozen=True, slots=True)
class FirstLook:
    """Enough to show the first screens.

    Attributes:
        glance: Into the database.
        settings: With the name of who is at the keyboard.
    """

    glance: Glance
    settings: Settings


def first_look(url: str, settings_folder: Path) -> FirstLook | None:
    """Look into the database by the standard library alone.

    Args:
        url: The database.
        settings_folder: The user's folder for settings.

    Returns:
        ``None`` where the libraries are needed: for a server, a database that has
        to be brought up to date, a person whose name or keys are still to be found
        out, and whatever is wrong, so that it is said in one place.
    """
    try:
        settings = read_settings(settings_folder)
    except CaseAuditError:
        return None
    if not settings.auditor or settings.keys or settings.preset != "default":
        return None
    found = glance(url)
    return None if found is None else FirstLook(found, settings)


class WaitingScreen(LoadingScreen):
    """Waits for the database; what is pressed meanwhile is pressed afterwards.

    Args:
        act: What was asked for.
    """

    TAKES_KEYS = True

    def __init__(self, act: Callable[[], None]) -> None:
        super().__init__()
        self._act = act
        self._pressed: list[events.Key] = []

    def on_key(self, event: events.Key) -> None:
        self._pressed.append(events.Key(event.key, event.character))
        event.stop()

    def go_on(self) -> None:
        """Do what was asked for, now that it can be done."""
        self.dismiss(None)
        self.app.call_after_refresh(self._go_on)

    def _go_on(self) -> None:
        below = self.app.screen
        self._act()
        if self.app.screen is below:  # it may show what was done
            below.post_message(events.ScreenResume(refresh_styles=False))
        self.app.call_after_refresh(self._press)

    def _press(self) -> None:
        # A screen takes keys once it is there.
        if not self.app.screen.is_mounted:
            self.app.call_after_refresh(self._press)
            return
        for key in self._pressed:
            self.app.post_message(key)
