"""Draw a plan: the round's name, where the seed comes from, and a last question."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.reactive import reactive
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Static

from case_audit.tui.literal import literal, literal_line
from case_audit.tui.screens.confirm import ConfirmScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult, RenderResult
    from textual.binding import BindingType


NOW: Final = "now, from the fields below (← → to fix the draw first)"
LATER: Final = "later: everything else is fixed now, dice come after"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What was typed for a draw.

    Attributes:
        name: Name of the round.
        randomness: What the seed is made from; empty for the computer's own.
        witnesses: Who saw it being made; empty for nobody.
        reason: Why the same list is drawn from again; empty where it is not.
        fix: Whether it is only fixed now, and the seed made later.
    """

    name: str
    randomness: str = ""
    witnesses: str = ""
    reason: str = ""
    fix: bool = False


class When(Widget, can_focus=True):
    """Now, or fixed first: a line that arrow keys change."""

    DEFAULT_CSS = "When { height: 1; } When:focus { text-style: reverse; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "left,right,space",
            "turn",
            "Now, or fixed first",
            id="draw.turn",
            show=False,
        ),
        Binding("enter", "app.focus_next", "Next field", id="draw.next", show=False),
    ]
    fix = reactive(default=False)

    def render(self) -> RenderResult:
        return f"Seed: {LATER if self.fix else NOW}"

    def action_turn(self) -> None:
        """Change it."""
        self.fix = not self.fix


class PlanDrawScreen(ModalScreen[Wish | None]):
    """Closes with what was typed, once it is confirmed, or with ``None``.

    Args:
        facts: What will be drawn, a line each.
        name: A name that is free.
        command: The command that does the same.
        again: Whether the list was drawn from before, which needs a reason.
        refuse: Returns what is wrong with a wish; empty if nothing is.
        record: Returns what will be recorded of a wish, in words.
    """

    CSS_PATH = "card.tcss"
    AUTO_FOCUS = "#name"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back to the plan", id="back"),
        # Before what scrolls the card where it is longer than the screen.
        Binding(
            "up",
            "app.focus_previous",
            "Above",
            id="field.up",
            show=False,
            priority=True,
        ),
        Binding(
            "down",
            "app.focus_next",
            "Below",
            id="field.down",
            show=False,
            priority=True,
        ),
    ]

    def __init__(
        self,
        facts: str,
        *,
        name: str,
        command: str,
        again: bool,
        refuse: Callable[[Wish], str],
        record: Callable[[Wish], str],
    ) -> None:
        super().__init__()
        self._facts = facts
        self._proposed = name
        self._command = command
        self._again = again
        self._refuse = refuse
        self._record = record

    def compose(self) -> ComposeResult:
        with Vertical(classes="card"):
            yield Static("Draw this sample", classes="title")
            with VerticalScroll(can_focus=False):
                yield Static(literal(self._facts))
                yield When()
                yield from _field("name", "Name of the round", self._proposed)
                yield from _field(
                    "seed", "Twenty digits of dice; empty: the computer's own", ""
                )
                yield from _field(
                    "witnesses", "Who saw the dice, two names; empty: nobody", ""
                )
                if self._again:
                    label = "This list was drawn from before: why again?"
                    yield from _field("reason", label, "")
                yield Static(
                    literal(
                        f"The same as a command (--fix fixes it before dice):\n{self._command}"
                    )
                )
            yield Static(id="wrong", markup=False)
            yield Static(
                "Enter goes on, ↑ ↓ between fields, PgDn scrolls, Esc back.",
                classes="foot",
            )

    def _typed(self, field: str) -> str:
        return " ".join(self.query_one(f"#{field}", Input).value.split())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        fix = self.query_one(When).fix
        last = "name" if fix else "reason" if self._again else "witnesses"
        if event.input.id != last:
            self.focus_next()
            return
        wish = Wish(name=self._typed("name"), fix=fix)
        if not fix:
            wish = replace(
                wish,
                randomness=self.query_one("#seed", Input).value,
                witnesses=self._typed("witnesses"),
                reason=self._typed("reason") if self._again else "",
            )
        self._ask(wish)

    def _ask(self, wish: Wish) -> None:
        wrong = self._refuse(wish)
        if self._again and not wish.fix and not wish.reason:
            wrong = wrong or "Say why the same list is drawn from again: it is kept."
        self.query_one("#wrong", Static).update(literal(wrong))
        if wrong:
            return

        def answered(yes: bool | None) -> None:  # noqa: FBT001 - Textual calls it so
            if yes:
                self.dismiss(wish)

        question = "Draw now? It is recorded and never drawn over."
        if wish.fix:
            question = "Fix this draw? Nothing of it can change afterwards."
        self.app.push_screen(ConfirmScreen(question, self._record(wish)), answered)


def _field(name: str, label: str, value: str) -> ComposeResult:
    yield Static(literal_line(label), classes="label")
    field = Input(value, id=name, max_length=200, compact=True)
    field.cursor_blink = False
    yield field
