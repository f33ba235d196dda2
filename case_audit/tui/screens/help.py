"""What the keys do here, made from the bindings in force."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Protocol, runtime_checkable

from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from case_audit.tui.bindings import declared
from case_audit.tui.in_force import in_force, owners
from case_audit.tui.key_names import shown_key
from case_audit.tui.literal import literal_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.screen import Screen

_LEAST = 12
"""Columns of the keys."""


@runtime_checkable
class Speaks(Protocol):
    """A screen some of whose keys mean what the data say, such as grades."""

    def words(self) -> Mapping[str, str]:
        """Return what keys do at this moment, by identifier."""


class HelpScreen(ModalScreen[None]):
    """Lists the keys of what had the focus, of its screen, and of the app.

    Args:
        opened_from: That screen.
        more: Keys that belong to no binding of ours, such as Enter in a list.
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
        with Vertical(classes="card tall"):
            yield Static("Keys", classes="title")
            with VerticalScroll():
                yield Static(Content("\n").join(self._lines()))
            yield Static("Esc goes back.", classes="foot")

    def _lines(self) -> list[Content]:
        keys = self._keys()
        width = max(_LEAST, *(len(key) + 2 for key, _ in keys))
        return [
            Content.assemble((f"{key:<{width}}", "bold $accent"), literal_line(what))
            for key, what in keys
        ]

    def _keys(self) -> list[tuple[str, str]]:
        """Return keys with what they do; first those that depend on the data."""
        first: list[tuple[str, str]] = [*self._more]
        rest: list[tuple[str, str]] = []
        for owner in owners(self._screen):
            words = owner.words() if isinstance(owner, Speaks) else {}
            for binding in declared(type(owner)):
                does = words.get(binding.id or "", binding.description)
                keys = in_force(self.app, binding)
                if does and keys:
                    line = (", ".join(map(shown_key, keys)), does)
                    (first if binding.id in words else rest).append(line)
        return [*first, *rest]
