"""Type a condition on what is known of cases; what is wrong is said in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from case_audit.errors import CaseAuditError
from case_audit.security.text_gate import one_line
from case_audit.services.frame import condition_text
from case_audit.tui.frame_wish import fields_text
from case_audit.tui.literal import literal, literal_line

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType


class ConditionScreen(ModalScreen[str | None]):
    """Closes with a condition in its written form, empty for none, or ``None``.

    Args:
        title: What the condition is for.
        text: What is there so far.
        cohort: Whose cases it speaks of.
    """

    CSS_PATH = "card.tcss"
    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Leave it as it was", id="back"),
        Binding("down", "scroll(1)", "Scroll down", id="condition.down", show=False),
        Binding("up", "scroll(-1)", "Scroll up", id="condition.up", show=False),
    ]

    def __init__(self, title: str, text: str, *, cohort: str) -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._cohort = cohort

    def compose(self) -> ComposeResult:
        with Vertical(classes="card tall"):
            yield Static(literal_line(self._title), classes="title")
            field = Input(self._text, max_length=400, compact=True)
            field.select_on_focus = False
            field.cursor_blink = False
            yield field
            yield Static(id="wrong", markup=False)
            with VerticalScroll(can_focus=False):
                yield Static(literal(fields_text(self._cohort)))
            yield Static(
                "For example: age >= 16. Enter takes it, empty is none; ↑ ↓ scroll, "
                "Esc back.",
                classes="foot",
            )

    def action_scroll(self, way: int) -> None:
        """Scroll what a condition can speak of."""
        self.query_one(VerticalScroll).scroll_relative(y=way, animate=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        typed = one_line(event.value).strip()
        try:
            self.dismiss(condition_text(self._cohort, typed) if typed else "")
        except CaseAuditError as error:
            self.query_one("#wrong", Static).update(literal("\n".join(error.lines)))
