"""Why, and where it is seen: the two fields under a criterion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static, TextArea

from case_audit.tui.widgets.steady import Steady

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from case_audit.core.audit.model import Answer

RATIONALE, EVIDENCE = "rationale", "evidence"


class Notes(Vertical):
    """The rationale and the evidence of one answer."""

    DEFAULT_CSS = """
    Notes { height: auto; }
    Notes .label { width: 10; padding-left: 1; color: $text-muted; }
    Notes #because { height: 3; }
    Notes #proof { height: 1; }
    Notes TextArea { height: 1fr; background: $surface; }
    Notes TextArea:focus { background: $panel; }
    Notes Input { background: $surface; }
    Notes Input:focus { background: $panel; }
    """

    @dataclass
    class Typed(Message):
        """A field of an answer was changed; ``text`` is all of it."""

        answer: Answer
        field: str
        text: str

    @dataclass
    class Left(Message):
        """The fields were left; both as they are now.

        The answer is named, since another criterion may be on screen by the
        time this arrives.
        """

        answer: Answer
        rationale: str
        evidence: str

    @dataclass
    class Done(Message):
        """Enter was pressed in the one-line field."""

    def __init__(self) -> None:
        super().__init__()
        self._answer: Answer | None = None

    def compose(self) -> ComposeResult:
        with Horizontal(id="because"):
            yield Steady("Because", classes="label", id="why")
            rationale = TextArea(id=RATIONALE, tab_behavior="focus", compact=True)
            rationale.cursor_blink = False
            yield rationale
        with Horizontal(id="proof"):
            yield Static("Evidence", classes="label")
            evidence = Input(id=EVIDENCE, compact=True)
            evidence.cursor_blink = False
            yield evidence

    @property
    def rationale(self) -> str:
        """The text of the first field."""
        return self.query_one(TextArea).text

    @property
    def evidence(self) -> str:
        """The text of the second."""
        return self.query_one(Input).value

    @property
    def writing(self) -> bool:
        """Whether the cursor is in one of the fields."""
        focused = self.screen.focused
        return isinstance(focused, (TextArea, Input)) and self in focused.ancestors

    def let_read_only(self) -> None:
        """Let the fields be read only."""
        self.query_one(TextArea).disabled = True
        self.query_one(Input).disabled = True

    def show(self, answer: Answer, *, label: str = "Because") -> None:
        """Show the texts of an answer, with what the first one is called."""
        self._answer = answer
        self.query_one("#why", Steady).say(Content(label))
        if self.rationale != answer.rationale:
            self.query_one(TextArea).load_text(answer.rationale)
        if self.evidence != answer.evidence:
            self.query_one(Input).value = answer.evidence

    def enter(self, field: str) -> None:
        """Put the cursor at the end of a field.

        At once: what is typed next must not reach the keys that grade.
        """
        area, line = self.query_one(TextArea), self.query_one(Input)
        if field == RATIONALE:
            area.move_cursor(area.document.end)
            self.screen.set_focus(area)
        else:
            line.cursor_position = len(line.value)
            self.screen.set_focus(line)

    def left(self) -> Left | None:
        """Return what the fields hold, if an answer is shown."""
        if self._answer is None:
            return None
        return self.Left(self._answer, self.rationale, self.evidence)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self._typed(RATIONALE, event.text_area.text)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._typed(EVIDENCE, event.value)

    def _typed(self, field: str, text: str) -> None:
        if self.writing and self._answer is not None:
            self.post_message(self.Typed(self._answer, field, text))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Done())

    def on_descendant_blur(self) -> None:
        if (left := self.left()) is not None:
            self.post_message(left)
