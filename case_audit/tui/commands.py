"""What can be done at this moment, in words, each with its key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from textual.actions import parse

from case_audit.tui.bindings import declared
from case_audit.tui.in_force import in_force, owners
from case_audit.tui.key_names import shown_key
from case_audit.tui.screens.help import Speaks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.binding import Binding
    from textual.dom import DOMNode
    from textual.screen import Screen


@runtime_checkable
class Knows(Protocol):
    """A screen that knows which of its keys would do nothing now."""

    def can_now(self, action: str, *parameters: object) -> bool:
        """Whether an action would do something, as things stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One thing that can be done.

    Attributes:
        words: What it is.
        key: The keys in force, as they are shown; empty if there are none.
        action: What Textual calls it.
        node: Whose action it is.
    """

    words: str
    key: str
    action: str
    node: DOMNode


def commands(screen: Screen[object]) -> list[Command]:
    """Return what can be done on a screen now, nearest to the focus first."""
    found: dict[str, Command] = {}
    for node in owners(screen):
        for command in _of(node):
            # The same done by two keys is one thing.
            found.setdefault(command.words, command)
    leave = Command(words="Leave the app", key="Ctrl+Q", action="quit", node=screen.app)
    if "Quit" not in found:
        found["Quit"] = leave
    return list(found.values())


def _of(node: DOMNode) -> Iterator[Command]:
    words = node.words() if isinstance(node, Speaks) else {}
    for binding in declared(type(node)):
        name = binding.id or ""
        does = words.get(name, binding.description if binding.show else "")
        if does and not name.startswith("palette") and _works(node, binding):
            keys = in_force(node.app, binding)
            yield Command(
                words=does,
                key=", ".join(map(shown_key, keys)),
                action=binding.action,
                node=node,
            )


def _works(node: DOMNode, binding: Binding) -> bool:
    _, action, parameters = parse(binding.action)
    if not node.check_action(action, parameters):
        return False
    return not isinstance(node, Knows) or node.can_now(action, *parameters)
