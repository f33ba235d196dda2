"""What keys are called at this moment, for hints and help.

Hints are written with the keys that ship. Where a person has others, those are
shown in their place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from case_audit.tui.bindings import declared, keys_of
from case_audit.tui.key_names import SHOWN, key_of, shown_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import App
    from textual.binding import Binding
    from textual.dom import DOMNode
    from textual.screen import Screen

    from case_audit.tui.keymap import Keys

_KEYS = {name.lower(): key for key, name in SHOWN.items()}


def changed_keys(app: App[object]) -> Keys:
    """Return the keys of an app that are not as they ship."""
    found: Keys = getattr(app, "changed_keys", {})
    return found


def in_force(app: App[object], binding: Binding) -> tuple[str, ...]:
    """Return a binding's keys, by Textual's names; none if it is switched off."""
    return changed_keys(app).get(binding.id or "", keys_of(binding))


def key_for(app: App[object], binding_id: str, ships: str) -> str:
    """Return how the first key for something is shown.

    Args:
        app: The app.
        binding_id: What the key does.
        ships: The key as it ships, as it is shown.

    Returns:
        The key; empty if it is switched off.
    """
    keys = changed_keys(app).get(binding_id)
    if keys is None:
        return ships
    return shown_key(keys[0]) if keys else ""


def owners(screen: Screen[object]) -> Iterator[DOMNode]:
    """Yield who is asked about a key: what has the focus, what holds it, the app."""
    yield from (screen.focused or screen).ancestors_with_self


def hinted(screen: Screen[object], written: str) -> str:
    """Return a hint's key or keys as they are in force.

    Args:
        screen: Where the hint is shown.
        written: Keys that ship: ``"n p"``, ``"1-4"``, ``"esc"``.

    Returns:
        The same with today's keys; empty if all are switched off.
    """
    if not changed_keys(screen.app):
        return written
    if re.fullmatch(r"\d-\d", written):
        first, last = (_now(screen, digit) for digit in written.split("-"))
        return f"{first}-{last}" if first and last else ""
    return " ".join(filter(None, (_now(screen, word) for word in written.split())))


def _now(screen: Screen[object], word: str) -> str:
    key = _KEYS.get(word.lower(), key_of(word))
    for owner in owners(screen):
        for binding in declared(type(owner)):
            if key in keys_of(binding) and binding.id:
                ships = key in in_force(screen.app, binding)
                return word if ships else key_for(screen.app, binding.id, word)
    return word
