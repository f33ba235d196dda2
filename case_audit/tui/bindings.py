"""Every key of every screen: the list that settings, help and docs/keys.md go by.

The list is read off the screens themselves. To add a key, give its ``Binding`` an
``id`` and a description.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.screen import Screen
from textual.widget import Widget

from case_audit.tui.key_names import is_character, key_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ANYWHERE = "Anywhere"
"""The place of the keys that belong to the app itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """What a key does in one place.

    Attributes:
        place: The name of the screen.
        id: What it is called in ``settings.toml``; keys with the same one on
            several screens are changed together.
        keys: The keys as they ship, by Textual's names.
        does: What it does, in words.
        within: Whether it belongs to a part of the screen, and acts only there.
    """

    place: str
    id: str
    keys: tuple[str, ...]
    does: str
    within: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A screen with its keys.

    Attributes:
        name: The screen in words.
        bound: Its own keys, and those of its parts.
        fixed: Keys that a part of it needs for itself, such as arrows in a list.
        field: Keys that a field there needs, as long as it is written in; empty
            where there is none. Characters are text in it besides.
    """

    name: str
    bound: tuple[Bound, ...]
    fixed: frozenset[str]
    field: frozenset[str]


@cache
def places() -> tuple[Place, ...]:
    """Return every screen that has keys; the app itself comes first."""
    from textual.widgets import Input, TextArea

    from case_audit.tui.app import CaseAuditApp
    from case_audit.tui.screens import __path__ as folder

    own = tuple(_bound(CaseAuditApp, ANYWHERE))
    none: frozenset[str] = frozenset()
    found = [Place(name=ANYWHERE, bound=own, fixed=none, field=none)]
    for module in sorted(info.name for info in iter_modules(folder)):
        names = vars(import_module(f"case_audit.tui.screens.{module}"))
        for screen in _screens(names, module):
            parts = _parts(names)
            fields = [part for part in parts if issubclass(part, (Input, TextArea))]
            bound = [*_bound(screen, name_of(screen))]
            for part in parts:
                bound += _bound(part, name_of(screen), within=True)
            found.append(
                Place(
                    name=name_of(screen),
                    bound=tuple(bound),
                    fixed=_fixed(part for part in parts if part not in fields),
                    field=_fixed(fields),
                )
            )
    return tuple(found)


def name_of(screen: type[Screen[object]]) -> str:
    """Return what a screen is called: ``WhatIfScreen`` is "What if"."""
    words = re.findall(r"[A-Z][a-z]*", screen.__name__.removesuffix("Screen"))
    return " ".join(words).capitalize()


def defaults() -> dict[str, tuple[str, ...]]:
    """Return the keys as they ship, by identifier, of all places together."""
    found: dict[str, dict[str, None]] = {}
    for place in places():
        for bound in place.bound:
            found.setdefault(bound.id, {}).update(dict.fromkeys(bound.keys))
    return {name: tuple(keys) for name, keys in found.items()}


def _screens(names: dict[str, object], module: str) -> list[type[Screen[object]]]:
    return [
        one
        for one in names.values()
        if isinstance(one, type)
        and issubclass(one, Screen)
        and one.__module__.endswith(f".screens.{module}")
    ]


def _parts(names: dict[str, object]) -> list[type[Widget]]:
    """Return the widgets that a screen's module names and that take keys."""
    return [
        one
        for one in names.values()
        if isinstance(one, type)
        and issubclass(one, Widget)
        and not issubclass(one, Screen)
        and (one.can_focus or any(declared(one)))
    ]


def bindings_of(node: type[object]) -> Iterator[Binding]:
    """Return the keys that a class declares itself."""
    for binding in vars(node).get("BINDINGS", ()):
        if isinstance(binding, Binding):
            yield binding


def declared(node: type[object]) -> Iterator[Binding]:
    """Return the keys that a class and its parents of ours declare."""
    for base in node.__mro__:
        if base.__module__.startswith("case_audit."):
            yield from bindings_of(base)


def keys_of(binding: Binding) -> tuple[str, ...]:
    """Return a binding's keys, by Textual's names."""
    return tuple(key_of(key) for key in binding.key.split(","))


def _bound(node: type[object], place: str, *, within: bool = False) -> Iterator[Bound]:
    for one in declared(node):
        yield Bound(
            place=place,
            id=one.id or "",
            keys=keys_of(one),
            does=one.description,
            within=within,
        )


def _fixed(parts: Iterable[type[Widget]]) -> frozenset[str]:
    """Return the keys of Textual's own widgets that are no characters."""
    return frozenset(
        key
        for part in parts
        for base in part.__mro__
        if not base.__module__.startswith("case_audit.")
        for one in bindings_of(base)
        for key in keys_of(one)
        if not is_character(key)
    )
