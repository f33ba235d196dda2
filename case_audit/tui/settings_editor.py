"""Changes of the settings: kept in the file, in force at once, and undone.

It knows no widget. What would not work is refused before anything is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from case_audit.core.timescales.limits import LARGEST, LIMITS
from case_audit.services.settings import (
    PRESETS,
    THEMES,
    change_settings,
    read_settings,
    settings_file,
    written,
)
from case_audit.tui.bindings import defaults, places
from case_audit.tui.key_names import shown_key
from case_audit.tui.keymap import TYPED, keymap

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from case_audit.services.settings import Settings
    from case_audit.tui.keymap import Keys

    Way = tuple[str, ...]
    """The way to a value in the file: ``("keys", "audit.next")``."""

Value = TypeVar("Value")

IDLE_STEPS = (0, 1, 2, 3, 5, 10, 15, 30, 60)
"""Minutes that can be chosen; others can be written into the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One setting as it is shown.

    Attributes:
        way: Where it is in the file; empty for a heading.
        label: What it is.
        value: What it is set to.
        about: What that means.
    """

    label: str
    way: Way = ()
    value: str = ""
    about: str = ""


class SettingsEditor:
    """The settings of the person at the keyboard.

    Args:
        folder: Where they are kept.
        use: Lets settings and keys take effect.
    """

    def __init__(self, folder: Path, use: Callable[[Settings, Keys], None]) -> None:
        self._folder = folder
        self._use = use
        self._done: list[tuple[Way, object | None]] = []
        self._settings = read_settings(folder)
        self._keys: Keys = self._checked(self._settings)

    def _checked(self, settings: Settings) -> Keys:
        return keymap(settings, path=str(settings_file(self._folder)))

    # What is shown

    def lines(self) -> list[Line]:
        """Return every setting, under headings."""
        return [*self._usual(), *self._keys_lines(), *self._limits()]

    def _usual(self) -> list[Line]:
        now = self._settings
        minutes = "1 minute" if now.idle == 1 else f"{now.idle} minutes"
        return [
            Line(label="How it looks and listens"),
            Line(way=("theme",), label="Colours", value=now.theme),
            Line(way=("preset",), label="Keys", value=now.preset),
            Line(
                way=("idle",),
                label="Empty the screen",
                value=f"after {minutes}" if now.idle else "never",
                about="without a key",
            ),
            Line(
                way=("mouse",),
                label="Mouse",
                value="yes" if now.mouse else "no",
                about="at the next start",
            ),
            Line(
                way=("copying",),
                label="Copying out",
                value="yes" if now.copying else "no",
                about="text of cases",
            ),
        ]

    def _keys_lines(self) -> list[Line]:
        found, seen = [Line(label="Keys")], set()
        for place in places():
            for bound in place.bound:
                if bound.id in seen or TYPED in bound.id:
                    continue
                seen.add(bound.id)
                keys = self.keys_of(bound.id)
                found.append(
                    Line(
                        way=("keys", bound.id),
                        label=bound.does or f"Grade {bound.id.rpartition('_')[2]}",
                        value=", ".join(map(shown_key, keys)) or "no key",
                        about=bound.id,
                    )
                )
        return found

    def _limits(self) -> list[Line]:
        limits = [
            Line(
                way=("timescales", limit.key),
                label=limit.key.replace("_", " "),
                value=f"{self._limit(limit.key)} {limit.unit}",
                about="" if limit.key in self._settings.timescales else "as it ships",
            )
            for limit in LIMITS.values()
        ]
        return [Line(label="Limits, for cases opened from now on"), *limits]

    def _limit(self, key: str) -> int:
        return self._settings.timescales.get(key, LIMITS[key].default)

    def keys_of(self, binding_id: str) -> tuple[str, ...]:
        """Return the keys in force for something."""
        return self._keys.get(binding_id, defaults()[binding_id])

    # What is done

    def turn(self, way: Way, step: int) -> None:
        """Take the next value of a setting that has few, or the one before.

        Raises:
            CaseAuditError: If it cannot be kept.
        """
        now = self._settings
        match way:
            case ("theme",):
                self.change(way, _next(THEMES, now.theme, step))
            case ("preset",):
                self.change(way, _next(PRESETS, now.preset, step))
            case ("mouse",):
                self.change(way, not now.mouse)
            case ("copying",):
                self.change(way, not now.copying)
            case ("idle",):
                at = max((m for m in IDLE_STEPS if m <= now.idle), default=0)
                self.change(way, _next(IDLE_STEPS, at, step))
            case ("timescales", key):
                self.change(way, max(1, min(LARGEST, self._limit(key) + step)))
            case _:
                pass  # keys have no next one

    def give(self, way: Way, key: str, *, also: bool = False) -> None:
        """Give something a key, in place of those it has or beside them.

        Raises:
            CaseAuditError: If the key cannot work there; nothing is changed.
        """
        _, binding_id = way
        before = self.keys_of(binding_id) if also else ()
        self.change(way, list(dict.fromkeys([*before, key])))

    def change(self, way: Way, value: object | None) -> None:
        """Set a value; ``None`` for as it ships.

        Raises:
            CaseAuditError: If it would not be right; nothing is changed then.
        """
        before = written(self._folder, way)
        self._keep(way, value)
        self._done.append((way, before))

    def undo(self) -> bool:
        """Take the last change back; whether there was one.

        Raises:
            CaseAuditError: If it cannot be kept.
        """
        if not self._done:
            return False
        self._keep(*self._done[-1])
        self._done.pop()
        return True

    @property
    def can_undo(self) -> bool:
        """Whether a change can be taken back."""
        return bool(self._done)

    def _keep(self, way: Way, value: object | None) -> None:
        self._settings = change_settings(
            self._folder, {way: value}, check=self._checked
        )
        self._keys = self._checked(self._settings)
        self._use(self._settings, self._keys)


def _next(values: tuple[Value, ...], now: Value, step: int) -> Value:
    return values[(values.index(now) + step) % len(values)]
