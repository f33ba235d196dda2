"""What the keys do here, made from the bindings themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

if TYPE_CHECKING:
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
}


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
        lines = [_line(key, what) for key, what in self._more]
        focused = self._screen.focused
        for owner in (focused, self._screen) if focused else (self._screen,):
            for binding in type(owner).BINDINGS:
                if isinstance(binding, Binding) and (
                    owner is self._screen
                    or type(owner).__module__.startswith("case_audit")
                ):
                    keys = ", ".join(
                        NAMES.get(key, key) for key in binding.key.split(",")
                    )
                    lines.append(_line(keys, binding.description))
        return lines


def _line(key: str, what: str) -> Content:
    return Content.assemble((f"{key:<12}", "bold $accent"), what)
