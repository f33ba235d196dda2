"""One question that can be answered with yes or no."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from case_audit.tui.in_force import key_for
from case_audit.tui.literal import literal, literal_line

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType


class ConfirmScreen(ModalScreen[bool]):
    """Closes with the answer.

    Args:
        question: The question.
        meaning: What yes will do.
    """

    CSS_PATH = "card.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter", "dismiss(True)", "Yes", id="confirm.yes"),
        Binding("n,escape", "dismiss(False)", "No", id="confirm.no"),
    ]

    def __init__(self, question: str, meaning: str) -> None:
        super().__init__()
        self._question = question
        self._meaning = meaning

    def compose(self) -> ComposeResult:
        with Vertical(classes="card"):
            yield Static(literal_line(self._question), classes="title")
            yield Static(literal(self._meaning))
            yes, no = (key_for(self.app, f"confirm.{k}", k[0]) for k in ("yes", "no"))
            yield Static(literal(f"{yes} yes   {no} no"), classes="foot")


def take_over(number: int, auditor: str) -> ConfirmScreen:
    """Return the question before a case is opened that is given to somebody else."""
    return ConfirmScreen(
        f"Case {number} is given to {auditor}. Open it anyway?",
        f"You would be auditing it in place of {auditor}. That you took it over is "
        "recorded. If you only look and answer nothing, the case goes back.",
    )
