"""Which keys are in force: those that ship, a preset, and a person's own.

What is written in ``settings.toml`` is checked against every screen before it is
used: a name that is none, a key that never arrives and a key with two meanings are
errors. Textual itself would let all three pass in silence.
"""

from __future__ import annotations

from difflib import get_close_matches
from itertools import combinations
from typing import TYPE_CHECKING

from case_audit.errors import SettingsError
from case_audit.errors.base import shown
from case_audit.tui.key_names import TAKEN, arrives, is_character, key_of, off

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from case_audit.services.settings import Settings
    from case_audit.tui.bindings import Bound, Place

    Keys = Mapping[str, tuple[str, ...]]
    """Keys by the identifier of what they do; only what is not as it ships."""

VIM: Keys = {
    "audit.next": ("n", "l"),
    "audit.back": ("p", "h"),
    "audit.why": ("i", "e"),
    "audit.redo": ("ctrl+r", "U"),
    "file.next": ("right_square_bracket", "right_curly_bracket"),
    "file.back": ("left_square_bracket", "left_curly_bracket"),
    "plan.more": ("l", "right", "plus", "equals_sign"),
    "plan.less": ("h", "left", "minus"),
    "make.next": ("l", "right", "space"),
    "make.before": ("h", "left"),
    "quit": ("q", "Z"),
}
"""What differs for those whose fingers know vi; j and k move in every list anyway."""

MODIFIERS: Keys = {
    **{f"audit.grade_{number}": (f"f{number + 1}",) for number in range(1, 10)},
    "audit.na": ("ctrl+n",),
    "audit.ne": ("ctrl+x",),
    "audit.next": ("ctrl+right",),
    "audit.back": ("ctrl+left",),
    "audit.open": ("ctrl+o",),
    "audit.why": ("ctrl+w",),
    "audit.evidence": ("ctrl+t",),
    "audit.describe": ("ctrl+d",),
    "audit.file": ("ctrl+f",),
    "audit.goto": ("ctrl+g",),
    "audit.flag": ("ctrl+a",),
    "audit.sure": ("ctrl+s",),
    "audit.check": ("ctrl+k",),
    "audit.undo": ("ctrl+z",),
    "audit.redo": ("ctrl+y",),
    "overrule.computed": ("ctrl+t",),
    "audit.dates": ("ctrl+r",),
    "audit.next_case": ("ctrl+end",),
    "audit.back_case": ("ctrl+home",),
    "file.quote": ("ctrl+u",),
    "file.select": ("insert",),
    "file.next": ("ctrl+down",),
    "file.back": ("ctrl+up",),
    "cases.next": ("ctrl+n",),
    "cases.board": ("ctrl+d",),
    "cases.find": ("ctrl+f",),
    "cases.summary": ("ctrl+s",),
    "cases.reopen": ("ctrl+r",),
    "closing.submit": ("ctrl+s",),
    "closing.what_if": ("ctrl+w",),
    "closing.untick": ("ctrl+x",),
    "confirm.yes": ("enter",),
    "confirm.no": ("escape",),
    "frames.plan": ("ctrl+d",),
    "frames.check": ("ctrl+k",),
    "frames.diff": ("ctrl+f",),
    "frames.make": ("ctrl+n",),
    "frames.export": ("ctrl+x",),
    "home.continue": ("ctrl+o",),
    "home.summary": ("ctrl+s",),
    "home.plan": ("ctrl+d",),
    "home.frames": ("ctrl+f",),
    "home.tour": ("ctrl+t",),
    "plan.draw": ("ctrl+d",),
    "plan.switch": ("ctrl+t",),
    "plan.strata": ("ctrl+s",),
    "strata.toggle": ("insert", "ctrl+s"),
    "summary.crosswalk": ("ctrl+x",),
    "summary.words": ("ctrl+w",),
    "help": ("f1", "f12"),
    "palette": ("ctrl+p", "ctrl+backslash"),
    "quit": ("f10",),
    "settings": ("ctrl+e", "f11"),
    "settings.add": ("insert",),
    "settings.undo": ("ctrl+z",),
}
"""Function keys and Ctrl alone; what is not named keeps those keys it has that are
no characters."""

TYPED = ".digit_"
"""In identifiers of digits that are typed into a line, which is no shortcut."""

PRIVACY = "privacy"
ESCAPE = {"back", "confirm.no"}
"""Esc goes back everywhere, whatever else does."""


def preset_keys(name: str) -> dict[str, tuple[str, ...]]:
    """Return what a preset changes: ``"default"``, ``"vim"`` or ``"modifier-only"``."""
    from case_audit.tui.bindings import defaults

    known = defaults()
    if name == "vim":
        return {key: value for key, value in VIM.items() if key in known}
    if name == "modifier-only":
        return {
            binding_id: MODIFIERS.get(binding_id)
            or tuple(key for key in keys if not is_character(key))
            for binding_id, keys in known.items()
            if TYPED not in binding_id
        }
    return {}


def keymap(settings: Settings, *, path: str) -> dict[str, tuple[str, ...]]:
    """Return the keys in force, where they are not as they ship.

    Args:
        settings: With the preset and a person's own keys.
        path: The file of the settings, for messages.

    Returns:
        Keys by identifier, none for what is switched off.

    Raises:
        SettingsError: If an identifier is unknown, a key never arrives, or one
            key would do two things on a screen.
    """
    if settings.preset == "default" and not settings.keys:
        return {}  # and no screen has to be loaded to know it
    changed = preset_keys(settings.preset)
    for binding_id, written in settings.keys.items():
        changed[binding_id] = _read(binding_id, written, path)
    for binding_id in ESCAPE & changed.keys():
        if "escape" not in changed[binding_id]:
            changed[binding_id] = (*changed[binding_id], "escape")
    for problem in problems(changed):
        raise SettingsError(
            path,
            problem=problem,
            hint="Give it another key under [keys]; docs/keys.md lists all of them.",
        )
    return changed


def for_textual(changed: Keys) -> dict[str, str]:
    """Return keys as ``App.set_keymap`` takes them."""
    return {name: ",".join(keys) or off(name) for name, keys in changed.items()}


def _read(binding_id: str, written: tuple[str, ...], path: str) -> tuple[str, ...]:
    from case_audit.tui.bindings import defaults

    known = defaults()
    if binding_id not in known:
        near = get_close_matches(binding_id, known, n=1)
        guess = f'Did you mean "{near[0]}"? ' if near else ""
        raise SettingsError(
            path,
            problem=f'"{shown(binding_id)}" under [keys] is nothing that a key does',
            hint=f"{guess}docs/keys.md lists all names.",
        )
    keys = tuple(dict.fromkeys(key_of(key) for key in written))
    for key, text in zip(keys, dict.fromkeys(written), strict=False):
        said = f'"{shown(text)}", given to "{binding_id}" under [keys],'
        if key in TAKEN:
            problem = f"{said} {TAKEN[key]} everywhere"
        elif not arrives(key):
            problem = f"{said} does not reach the app in every terminal"
        else:
            continue
        raise SettingsError(
            path,
            problem=problem,
            hint="Take a character, F1 to F12, Ctrl with a letter other than H, I "
            "and M, or an arrow, alone or with Ctrl or Shift.",
        )
    return keys


def problems(changed: Keys) -> Iterator[str]:
    """Yield what is wrong with keys, all screens considered, in words."""
    from case_audit.tui.bindings import places

    everywhere, *screens = places()
    if all(map(is_character, changed.get(PRIVACY, ("ctrl+l",)))):
        yield f'"{PRIVACY}" needs a key that is no character, to act in a field too'
    for place in screens:
        yield from _clashes(place, (*place.bound, *everywhere.bound), changed)
        for bound in place.bound:
            yield from _useless(place, bound, changed)


def _clashes(place: Place, bound: tuple[Bound, ...], changed: Keys) -> Iterator[str]:
    for one, other in combinations(bound, 2):
        # What shares a key as it ships is never waiting for a key at one time.
        if one.id == other.id or set(one.keys) & set(other.keys):
            continue
        for key in changed.get(one.id, one.keys):
            if key in changed.get(other.id, other.keys):
                yield (
                    f'"{key}" would do two things on the screen {place.name}: '
                    f'"{one.id}" and "{other.id}"'
                )


def _useless(place: Place, bound: Bound, changed: Keys) -> Iterator[str]:
    keys = changed.get(bound.id, bound.keys)
    acts_in_field = place.field and not all(map(is_character, bound.keys))
    needed = place.fixed | (place.field if acts_in_field else frozenset())
    for key in keys:
        if key in needed and key not in bound.keys:
            yield (
                f'"{key}", given to "{bound.id}", is needed to move or to write on '
                f"the screen {place.name}"
            )
    if acts_in_field and not bound.within and keys and all(map(is_character, keys)):
        yield (
            f'"{bound.id}" has only characters, which are text in the fields of the '
            f"screen {place.name}"
        )
