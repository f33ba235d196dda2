"""What can be seen of a case on the desk; nothing of it is changed here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.core.audit.model import is_answered
from case_audit.reports.wording import plural

if TYPE_CHECKING:
    from case_audit.core.audit.gaps import Gap
    from case_audit.core.audit.judge import CaseJudgement
    from case_audit.core.audit.model import Answer, Answers
    from case_audit.core.audit.what_if import WhatIf
    from case_audit.core.rubric.model import Criterion, Domain
    from case_audit.core.rubric.scale import Grade
    from case_audit.services.opened import OpenCase


class CaseView:
    """A case, its answers as they stand, and the criterion that is looked at.

    Args:
        case: The case as it was opened.

    Attributes:
        case: The same.
        answers: As they stand now.
        asked: The criteria that are asked, each with its domain.
        complete: Whether all of the case is read, what its dates say too.
    """

    def __init__(self, case: OpenCase) -> None:
        self.case = case
        self.answers: Answers = case.answers
        self.asked: tuple[tuple[Domain, Criterion], ...] = tuple(
            (domain, criterion)
            for domain in case.domains
            for criterion in domain.criteria
        )
        self.complete = True
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
        if not self.is_answered(self.criterion):
            return ""
        from case_audit.core.audit.gaps import missing

        # All that is missing takes a judgement of the whole case.
        return missing(self.case.rubric, self.criterion, self.answer)

    def next_open(self) -> int | None:
        """Return the next criterion without an answer, going round once."""
        size = len(self.asked)
        for step in range(1, size + 1):
            index = (self._index + step) % size
            if not self.is_answered(self.asked[index][1]):
                return index
        return None
