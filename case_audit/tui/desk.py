"""The auditor's desk: one open case, where it stands, and what was done to it.

It knows no widget. Screens ask it and tell it; everything it is told is on
disk before it returns.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from case_audit.core.audit.model import is_answered
from case_audit.errors import CaseAuditError
from case_audit.reports.wording import plural
from case_audit.services.answers import (
    can_step,
    give_answer,
    keep_draft,
    redo,
    typed,
    undo,
)
from case_audit.services.audit import neighbour, remember_place, submit

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from case_audit.core.audit.gaps import Gap
    from case_audit.core.audit.history import Act
    from case_audit.core.audit.judge import CaseJudgement
    from case_audit.core.audit.model import Answer, Answers, Part
    from case_audit.core.audit.what_if import WhatIf
    from case_audit.core.rubric.model import Criterion, Domain
    from case_audit.core.rubric.scale import Grade
    from case_audit.core.sample.round import Case
    from case_audit.services.audit import OpenCase
    from case_audit.services.database import Database


class Desk:
    """One case being audited.

    Args:
        database: Where everything is kept.
        case: The case as it was opened.
        clock: Returns the time, with its zone.
    """

    def __init__(
        self, database: Database, case: OpenCase, *, clock: Callable[[], datetime]
    ) -> None:
        self.case = case
        self.answers: Answers = case.answers
        self.asked: tuple[tuple[Domain, Criterion], ...] = tuple(
            (domain, criterion)
            for domain in case.domains
            for criterion in domain.criteria
        )
        self._database = database
        self._clock = clock
        self._index = self._first_place()

    def _first_place(self) -> int:
        places = [criterion.id for _, criterion in self.asked]
        if self.case.audit.place in places:
            return places.index(self.case.audit.place)
        return 0

    @property
    def title(self) -> str:
        """Which case it is."""
        case = self.case
        number = f"case {case.case.number} of {case.cases}"
        return f"{case.round.name} · {number} · {case.unit.unit}"

    def opening(self) -> str:
        """What the auditor is told about the case: read only, recovered, resumed."""
        case = self.case
        if not case.yours:
            return f"Read only: {case.audit.auditor}, {case.audit.state}"
        if case.recovered:
            notes = plural(case.recovered, "unfinished note")
            return f"Recovered {notes}; nothing was lost"
        return "Resumed where you were" if case.answers.given else ""

    @property
    def index(self) -> int:
        """Place of the criterion on the desk, from 0."""
        return self._index

    @property
    def domain(self) -> Domain:
        """The domain of the criterion on the desk."""
        return self.asked[self._index][0]

    @property
    def criterion(self) -> Criterion:
        """The criterion on the desk."""
        return self.asked[self._index][1]

    @property
    def answer(self) -> Answer:
        """The answer to the criterion on the desk."""
        return self.answers.criterion(self.criterion.id)

    def grades(self) -> tuple[Grade, ...]:
        """The grades the criterion on the desk can have; none if it is written."""
        if self.criterion.in_words:
            return ()
        return self.case.rubric.scale_of(self.criterion).grades

    @property
    def answered(self) -> int:
        """Criteria answered so far."""
        return sum(self.is_answered(c) for _, c in self.asked)

    def is_answered(self, criterion: Criterion) -> bool:
        """Whether a criterion has its answer."""
        return is_answered(criterion, self.answers.criterion(criterion.id))

    def beside(self) -> tuple[tuple[str, str], ...]:
        """The same question about other agencies: each with what was written."""
        question = self.criterion.question
        return tuple(
            (other.agency, self.answers.criterion(other.id).rationale)
            for _, other in self.asked
            if question and other.question == question and other != self.criterion
        )

    def judgement(self) -> CaseJudgement:
        """The computed grades as answers stand."""
        return self.case.judgement(self.answers)

    def what_if(self) -> tuple[WhatIf, ...]:
        """What other roll-ups would make of the answers."""
        return self.case.what_if(self.answers)

    def gaps(self) -> tuple[Gap, ...]:
        """What is missing before the audit can be submitted."""
        return self.case.gaps(self.answers)

    def wanted(self) -> str:
        """What the answer on the desk still needs; empty if nothing, or no answer."""
        answer = self.answer
        if not self.is_answered(self.criterion):
            return ""
        mine = (g.what for g in self.gaps() if g.subject == answer.subject)
        return next(mine, "")

    def move_to(self, index: int) -> bool:
        """Put another criterion on the desk and remember the place.

        Returns:
            Whether it moved: not beyond either end.
        """
        if not 0 <= index < len(self.asked) or index == self._index:
            return False
        self._index = index
        if self.case.yours:
            # A convenience: that it cannot be kept must not stop anybody. Answers
            # report their own errors.
            with suppress(CaseAuditError):
                remember_place(self._database, self.case.audit.id, self.criterion.id)
        return True

    def move_to_criterion(self, criterion_id: str) -> bool:
        """Put a named criterion on the desk."""
        places = [criterion.id for _, criterion in self.asked]
        return criterion_id in places and self.move_to(places.index(criterion_id))

    def next_open(self) -> int | None:
        """Return the next criterion without an answer, going round once."""
        size = len(self.asked)
        for step in range(1, size + 1):
            index = (self._index + step) % size
            if not self.is_answered(self.asked[index][1]):
                return index
        return None

    def neighbour(self, step: int) -> Case | None:
        """Return the next case of the round, or for -1 the one before, if there is one."""
        return neighbour(self._database, self.case.case, step)

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
        keep_draft(
            self._database,
            self.case.audit.id,
            typed(part, subject, field=field, text=text),
            auditor=self.case.audit.auditor,
            now=self._clock(),
        )

    def undo(self) -> Answer | None:
        """Take the last change back, as a change of its own; ``None`` if none."""
        return self._step(undo)

    def redo(self) -> Answer | None:
        """Make the last change that was taken back again."""
        return self._step(redo)

    def can_step(self, act: Act) -> bool:
        """Whether there is something to undo, or to make again."""
        return can_step(self._database, self.case.audit.id, act)

    def submit(self) -> CaseJudgement:
        """Submit the audit.

        Raises:
            NotReadyError: If something is missing.
        """
        return submit(
            self._database,
            self.case.audit.id,
            auditor=self.case.audit.auditor,
            now=self._clock(),
        )

    def _step(self, act: Callable[..., Answer | None]) -> Answer | None:
        kept = act(
            self._database,
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
        kept = give_answer(
            self._database,
            self.case.audit.id,
            answer,
            auditor=self.case.audit.auditor,
            now=self._clock(),
        )
        self.answers = self.answers.with_answer(kept)
        return kept
