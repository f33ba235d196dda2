"""What the keys do here, made from the bindings themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.screen import Screen

NAMES = {
    "question_mark": "?",
    "escape": "Esc",
    "enter": "Enter",
    "backspace": "Backspace",
    "down": "Down",
    "up": "Up",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "right": "→",
    "left": "←",
    "shift+right": "Shift →",
    "shift+left": "Shift ←",
    "plus": "+",
    "minus": "-",
    "equals_sign": "=",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "tab": "Tab",
    "space": "Space",
}
_LEAST = 12
"""Columns of the keys."""


class HelpScreen(ModalScreen[None]):
    """Lists the keys of the screen it was opened from.

    Args:
        opened_from: That screen.
        more: Keys that depend on the data and are no bindings, such as grades.
    """

    CSS_PATH = "card.tcss"
    AUTO_FOCUS = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q", "dismiss(None)", "Back", id="back"),
    ]

    def __init__(
        self, opened_from: Screen[Any], *, more: tuple[tuple[str, str], ...] = ()
    ) -> None:
        super().__init__()
        self._screen = opened_from
        self._more = more

    def compose(self) -> ComposeResult:
        with Vertical(classes="card"):
            yield Static("Keys", classes="title")
            with VerticalScroll():
                yield Static(Content("\n").join(self._lines()))
            yield Static("Esc goes back.", classes="foot")

    def _lines(self) -> list[Content]:
        keys = [*self._more]
        focused = self._screen.focused
        for owner in (focused, self._screen) if focused else (self._screen,):
            if owner is self._screen or type(owner).__module__.startswith("case_audit"):
                keys += _named(type(owner).BINDINGS)
        width = max(_LEAST, *(len(key) + 2 for key, _ in keys))
        return [
            Content.assemble((f"{key:<{width}}", "bold $accent"), what)
            for key, what in keys
        ]


def _named(bindings: Sequence[BindingType]) -> list[tuple[str, str]]:
    """Return keys with what they do; those that are told of elsewhere are left out."""
    return [
        (", ".join(NAMES.get(key, key) for key in one.key.split(",")), one.description)
        for one in bindings
        if isinstance(one, Binding) and one.description
    ]
