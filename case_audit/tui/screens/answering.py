"""What every key of an answer does: give it, take it back, keep what is written."""

from __future__ import annotations

from abc import abstractmethod
from datetime import datetime
from typing import TYPE_CHECKING

from case_audit.core.audit.model import CONFIDENCE, NOT_APPLICABLE, NOT_EVIDENCED
from case_audit.errors import CaseAuditError
from case_audit.reports.quotation import BETWEEN, quoted
from case_audit.tui.compositor import SparingScreen
from case_audit.tui.literal import literal_line
from case_audit.tui.screens.outcome import Outcome
from case_audit.tui.widgets.notes import RATIONALE, Notes
from case_audit.tui.widgets.steady import Steady

if TYPE_CHECKING:
    from collections.abc import Callable

    from case_audit.core.audit.model import Answer
    from case_audit.core.frame.case_file import Document
    from case_audit.tui.desk import Desk

REASONS = {
    NOT_APPLICABLE: "Why does it not apply? Esc leaves it for later",
    NOT_EVIDENCED: "What did you look for? Esc leaves it for later",
}
"""What is asked at once of the answers that need a reason."""


WRITES = {"answer", "grade", "write", "take", "undo", "redo", "flag", "sure"}
"""Actions that only whoever audits the case may do."""


class AnsweringScreen(SparingScreen[Outcome]):
    """Keeps answers; how they are shown is left to whoever builds on it.

    Args:
        desk: The case.
        kind: ``"live"`` or ``"practice"``.
    """

    def __init__(self, desk: Desk, *, kind: str) -> None:
        super().__init__()
        self._desk = desk
        self._kind = kind

    @property
    def desk(self) -> Desk:
        """The case."""
        return self._desk

    @abstractmethod
    def show_criterion(self) -> None:
        """Show the criterion on the desk with its answer."""

    @abstractmethod
    def show_answer(self) -> None:
        """Show its answer anew."""

    # What is said

    def _say(self, text: str) -> None:
        self.query_one("#status", Steady).say(literal_line(text))

    def _saved(self, text: str = "") -> None:
        now = datetime.now().astimezone()
        also = text or self._desk.wanted()
        self._say(f"Saved {now:%H:%M:%S}" + (f" · {also}" if also else ""))

    def _refused(self, error: CaseAuditError) -> None:
        self._say("NOT SAVED")
        self.notify("\n".join(error.lines), severity="error", timeout=20, markup=False)

    # Answers

    def action_grade(self, key: str) -> None:
        """Give the grade that has this key, if one has."""
        for grade in self._desk.grades():
            if grade.key == key:
                self.action_answer(grade.id)

    def action_answer(self, value: str) -> None:
        """Give an answer; it is saved at once, and a reason asked for if it needs one."""
        if not self.query_one("#work").display:
            self._say("Esc goes back to the criterion, then grade")
            return
        self._keep_texts()
        kept = self._try(lambda: self._desk.grade(value))
        if kept and value in REASONS and not self._desk.answer.rationale.strip():
            self.query_one(Notes).enter(RATIONALE)
            self._saved(REASONS[value])

    def action_flag(self) -> None:
        """Flag the criterion to be looked at again, or take the flag away."""
        answer = self._desk.answer
        self._try(lambda: self._desk.change(answer, flagged=not answer.flagged))

    def action_sure(self) -> None:
        """Say how sure you are: low, medium, high, then nothing again."""
        answer = self._desk.answer
        ways = ("", *CONFIDENCE)
        after = ways[(ways.index(answer.confidence) + 1) % len(ways)]
        self._try(lambda: self._desk.change(answer, confidence=after))

    def action_undo(self) -> None:
        """Take the last change back."""
        self._step(self._desk.undo, "Nothing to undo")

    def action_redo(self) -> None:
        """Make it again."""
        self._step(self._desk.redo, "Nothing to redo")

    def _step(self, act: Callable[[], Answer | None], nothing: str) -> None:
        try:
            kept = act()
        except CaseAuditError as error:
            self._refused(error)
            return
        if kept is None:
            self._say(nothing)
            return
        self.show_criterion()
        self._saved()

    def _try(self, act: Callable[[], Answer]) -> bool:
        """Keep an answer and show it; return whether it was kept."""
        if not self._desk.case.yours:
            self._say(self._desk.opening())
            return False
        try:
            act()
        except CaseAuditError as error:
            self._refused(error)
            return False
        self.show_answer()
        self._saved()
        return True

    def can_now(self, action: str, *parameters: object) -> bool:
        """Whether an action would change or move anything."""
        desk = self._desk
        if action in WRITES and not desk.case.yours:
            return False
        there = {
            "next_open": lambda: desk.next_open() is not None,
            "undo": lambda: desk.can_step("undo"),
            "redo": lambda: desk.can_step("redo"),
            "take": lambda: not desk.criterion.in_words,
            "move": lambda: any(
                0 <= desk.index + step < len(desk.asked)
                for step in parameters
                if isinstance(step, int)
            ),
            "answer": lambda: parameters != (desk.answer.value,),
        }
        return action not in there or there[action]()

    # Writing

    def action_write(self, field: str) -> None:
        """Go into a field."""
        if self._desk.case.yours:
            self.query_one(Notes).enter(field)

    def on_notes_typed(self, event: Notes.Typed) -> None:
        answer = self._desk.answers.criterion(event.answer.subject)
        if event.text == getattr(answer, event.field):
            return
        try:
            self._desk.draft(
                "criterion", answer.subject, field=event.field, text=event.text
            )
        except CaseAuditError as error:
            self._refused(error)
        else:
            self._say("Writing · every letter is kept")

    def on_notes_left(self, event: Notes.Left) -> None:
        answer = self._desk.answers.criterion(event.answer.subject)
        if (event.rationale, event.evidence) != (answer.rationale, answer.evidence):
            self._try(
                lambda: self._desk.change(
                    answer, rationale=event.rationale, evidence=event.evidence
                )
            )

    def quote(self, document: Document, first: int, last: int) -> None:
        """Put lines of a document into the rationale, and their place to the evidence."""
        self._keep_texts()
        answer = self._desk.answer
        rationale, evidence = quoted(answer, document, first=first, last=last)
        kept = self._try(
            lambda: self._desk.change(answer, rationale=rationale, evidence=evidence)
        )
        if kept:
            self.show_criterion()
            where = evidence.rpartition(BETWEEN)[2]
            self._saved(f"quoted under {self._desk.criterion.id}: {where}")

    def _keep_texts(self) -> None:
        # Before anything else is shown: a field may not have been left yet.
        if self._desk.case.yours and (left := self.query_one(Notes).left()):
            self.on_notes_left(left)
