"""Draw a plan: the round's name, where the seed comes from, and a last question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from case_audit.tui.literal import literal, literal_line
from case_audit.tui.screens.confirm import ConfirmScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What was typed for a draw.

    Attributes:
        name: Name of the round.
        randomness: What the seed is made from; empty for the computer's own.
        witnesses: Who saw it being made; empty for nobody.
    """

    name: str
    randomness: str = ""
    witnesses: str = ""


class PlanDrawScreen(ModalScreen[Wish | None]):
    """Closes with what was typed, once it is confirmed, or with ``None``.

    Args:
        facts: What will be drawn, a line each.
        name: A name that is free.
        command: The command that does the same.
        refuse: Returns what is wrong with a wish; empty if nothing is.
        record: Returns what will be recorded of a wish, in words.
    """

    CSS_PATH = "card.tcss"
    AUTO_FOCUS = "#name"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back to the plan", id="back"),
        Binding("up", "app.focus_previous", "Field above", show=False),
        Binding("down", "app.focus_next", "Field below", show=False),
    ]

    def __init__(
        self,
        facts: str,
        *,
        name: str,
        command: str,
        refuse: Callable[[Wish], str],
        record: Callable[[Wish], str],
    ) -> None:
        super().__init__()
        self._facts = facts
        self._proposed = name
        self._command = command
        self._refuse = refuse
        self._record = record

    def compose(self) -> ComposeResult:
        with Vertical(classes="card"):
            yield Static("Draw this sample", classes="title")
            with VerticalScroll(can_focus=False):
                yield Static(literal(self._facts))
                yield from _field("name", "Name of the round", self._proposed)
                yield from _field(
                    "seed", "Twenty digits of dice; empty: the computer's own", ""
                )
                yield from _field(
                    "witnesses", "Who saw the dice, two names; empty: nobody", ""
                )
                yield Static(
                    literal(
                        f"The same as a command (--fix fixes it before dice):\n{self._command}"
                    )
                )
            yield Static(id="wrong", markup=False)
            yield Static("Enter goes on, ↑ ↓ between fields, Esc back.", classes="foot")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        if event.input.id != "witnesses":
            self.focus_next()
            return
        wish = Wish(
            name=" ".join(self.query_one("#name", Input).value.split()),
            randomness=self.query_one("#seed", Input).value,
            witnesses=" ".join(event.value.split()),
        )
        wrong = self._refuse(wish)
        self.query_one("#wrong", Static).update(literal(wrong))
        if wrong:
            return

        def answered(yes: bool | None) -> None:  # noqa: FBT001 - Textual calls it so
            if yes:
                self.dismiss(wish)

        self.app.push_screen(
            ConfirmScreen(
                "Draw now? It is recorded and never drawn over.", self._record(wish)
            ),
            answered,
        )


def _field(name: str, label: str, value: str) -> ComposeResult:
    yield Static(literal_line(label), classes="label")
    field = Input(value, id=name, max_length=200, compact=True)
    field.cursor_blink = False
    yield field
