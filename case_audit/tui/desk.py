"""The auditor's desk: one open case, where it stands, and what was done to it.

It knows no widget. Screens ask it and tell it; everything it is told is on
disk before it returns.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from case_audit.errors import CaseAuditError
from case_audit.tui.case_view import CaseView

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from case_audit.core.audit.history import Act
    from case_audit.core.audit.judge import CaseJudgement
    from case_audit.core.audit.model import Answer, Part
    from case_audit.core.sample.round import Case
    from case_audit.services.database import Database
    from case_audit.services.opened import OpenCase


class Desk(CaseView):
    """One case being audited.

    Args:
        database: Where everything is kept; ``None`` where it is not open yet.
        case: The case as it was opened.
        clock: Returns the time, with its zone.
    """

    def __init__(
        self,
        database: Database | None,
        case: OpenCase,
        *,
        clock: Callable[[], datetime],
    ) -> None:
        super().__init__(case)
        self._database: Database | None = database
        self._clock = clock

    @property
    def database(self) -> Database:
        """Where everything is kept."""
        if self._database is None:
            msg = "the database is not open yet"
            raise AssertionError(msg)
        return self._database

    def move_to(self, index: int) -> bool:
        """Put another criterion on the desk and remember the place.

        Returns:
            Whether it moved: not beyond either end.
        """
        if not 0 <= index < len(self.asked) or index == self._index:
            return False
        self._index = index
        if self.case.yours:
            self._remember_place()
        return True

    def _remember_place(self) -> None:
        from case_audit.services.audit import remember_place

        # A convenience: that it cannot be kept must not stop anybody. Answers
        # report their own errors.
        with suppress(CaseAuditError):
            remember_place(self.database, self.case.audit.id, self.criterion.id)

    def move_to_criterion(self, criterion_id: str) -> bool:
        """Put a named criterion on the desk."""
        places = [criterion.id for _, criterion in self.asked]
        return criterion_id in places and self.move_to(places.index(criterion_id))

    def neighbour(self, step: int) -> Case | None:
        """Return the next case of the round, or for -1 the one before, if there is one."""
        from case_audit.services.audit import neighbour

        return neighbour(self.database, self.case.case, step)

    def grade(self, value: str) -> Answer:
        """Answer the criterion on the desk: a grade, or one of the other values."""
        return self.change(self.answer, value=value)

    def change(
        self,
        answer: Answer,
        *,
        value: str | None = None,
        rationale: str | None = None,
        evidence: str | None = None,
        flagged: bool | None = None,
        confidence: str | None = None,
    ) -> Answer:
        """Change part of an answer and keep it; it can be taken back.

        Returns:
            The answer as it now stands; the same if nothing differs.

        Raises:
            ChangedMeanwhileError: If it was changed elsewhere.
            NotYoursError: If the case may only be read.
        """
        current = self.answers.get(answer.part, answer.subject)
        wanted = replace(
            current,
            value=current.value if value is None else value,
            rationale=current.rationale if rationale is None else rationale,
            evidence=current.evidence if evidence is None else evidence,
            flagged=current.flagged if flagged is None else flagged,
            confidence=current.confidence if confidence is None else confidence,
        )
        if wanted == current:
            return current
        return self._keep(wanted)

    def draft(self, part: Part, subject: str, *, field: str, text: str) -> None:
        """Keep text as far as it is typed.

        Args:
            part: What the answer is about.
            subject: Which one.
            field: ``"rationale"`` or ``"evidence"``.
            text: All of it.
        """
        from case_audit.services.answers import keep_draft, typed

        keep_draft(
            self.database,
            self.case.audit.id,
            typed(part, subject, field=field, text=text),
            auditor=self.case.audit.auditor,
            now=self._clock(),
        )

    def undo(self) -> Answer | None:
        """Take the last change back, as a change of its own; ``None`` if none."""
        from case_audit.services.answers import undo

        return self._step(undo)

    def redo(self) -> Answer | None:
        """Make the last change that was taken back again."""
        from case_audit.services.answers import redo

        return self._step(redo)

    def can_step(self, act: Act) -> bool:
        """Whether there is something to undo, or to make again."""
        from case_audit.services.answers import can_step

        return can_step(self.database, self.case.audit.id, act)

    def submit(self) -> CaseJudgement:
        """Submit the audit.

        Raises:
            NotReadyError: If something is missing.
        """
        from case_audit.services.audit import submit

        return submit(
            self.database,
            self.case.audit.id,
            auditor=self.case.audit.auditor,
            now=self._clock(),
        )

    def _step(self, act: Callable[..., Answer | None]) -> Answer | None:
        kept = act(
            self.database,
            self.case.audit.id,
            seen=self.answers,
            auditor=self.case.audit.auditor,
            now=self._clock(),
        )
        if kept is None:
            return None
        self.answers = self.answers.with_answer(kept)
        if kept.part == "criterion":
            self.move_to_criterion(kept.subject)
        return kept

    def _keep(self, answer: Answer) -> Answer:
        from case_audit.services.answers import give_answer

        kept = give_answer(
            self.database,
            self.case.audit.id,
            answer,
            auditor=self.case.audit.auditor,
            now=self._clock(),
        )
        self.answers = self.answers.with_answer(kept)
        return kept
