"""Names of keys: how they are written, how they are shown, and which ones arrive.

A terminal sends bytes, not keys, so several keys look alike to a program: Ctrl+H is
Backspace, Ctrl+I is Tab, Ctrl+M is Enter, and Alt or Shift with Ctrl is lost in many.
"""

from __future__ import annotations

import re

from textual.keys import _character_to_key

SHOWN = {
    "escape": "Esc",
    "enter": "Enter",
    "tab": "Tab",
    "space": "Space",
    "backspace": "Backspace",
    "delete": "Delete",
    "insert": "Insert",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}
"""Keys that are no characters, as they are shown."""

_CHARACTERS = {
    _character_to_key(sign): sign
    for sign in map(chr, range(33, 0x250))
    if sign.isprintable()
}
"""What a key types, by its name: ``"question_mark"`` is ``?``."""

_WITH_CTRL = {*"abcdefgjklnoprstuvwxyz", "backslash", "underscore"}
_MOVES = {"up", "down", "left", "right", "home", "end"}
ARRIVING = frozenset(
    {
        *SHOWN,
        *(f"f{number}" for number in range(1, 13)),
        *(f"ctrl+{key}" for key in _WITH_CTRL | _MOVES),
        *(f"shift+{key}" for key in (*_MOVES, "tab")),
    }
)
"""Keys that are no characters and reach a program in every usual terminal."""

TAKEN = {"ctrl+q": "leaves the app", "ctrl+c": "copies what is selected"}
"""Keys that have their meaning everywhere."""

_OFF = "off:"


def key_of(written: str) -> str:
    """Return Textual's name of a key, as written in ``settings.toml``.

    Args:
        written: ``"?"``, ``"n"``, ``"F5"``, ``"Ctrl+P"``, ``"question_mark"``.

    Returns:
        The name; a capital letter stays one, everything else is small.
    """
    text = written.strip()
    if len(text) <= 1:
        return _character_to_key(text) if text else ""
    small = text.lower()
    return {"esc": "escape", "return": "enter", "del": "delete"}.get(small, small)


def is_character(key: str) -> bool:
    """Whether a key types a character, and so cannot act in a field."""
    return _typed(key) is not None


def arrives(key: str) -> bool:
    """Whether a key reaches the app in every usual terminal."""
    return key in ARRIVING or is_character(key)


def _typed(key: str) -> str | None:
    if len(key) == 1:
        return key if key.isprintable() else None
    return _CHARACTERS.get(key)


def shown_key(key: str) -> str:
    """Return a key as people know it: ``?``, ``Esc``, ``F5``, ``Ctrl+P``."""
    *modifiers, last = key.split("+")
    character = _typed(last)
    if last in SHOWN:
        name = SHOWN[last]
    elif re.fullmatch(r"f\d+", last) or modifiers:
        name = (character or last).upper()
    else:
        name = character or last
    return "+".join([*(word.capitalize() for word in modifiers), name])


def off(binding_id: str) -> str:
    """Return a key that nothing sends, for what is switched off."""
    return f"{_OFF}{binding_id}"


def is_off(key: str) -> bool:
    """Whether a key is one that nothing sends."""
    return key.startswith(_OFF)
