"""What an auditor found in one case."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from case_audit.core.rubric.rules import NONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from case_audit.core.rubric.model import Criterion
    from case_audit.core.rubric.rules import Rules

NOT_APPLICABLE = "not_applicable"
"""The criterion does not apply to this child. It leaves the roll-up."""

NOT_EVIDENCED = "not_evidenced"
"""The criterion applies, but the file does not show it. Not the same as poor:
the file cannot tell. It leaves the roll-up, and is counted and shown."""

NOT_YET = ""
"""Not yet assessed."""

UNGRADED = (NOT_APPLICABLE, NOT_EVIDENCED, NOT_YET)

Part = Literal["criterion", "domain", "overall", "closing"]
"""What an answer is about: a criterion's grade; the auditor's own grade for a
domain or for the case, where it differs from the computed one; a closing
statement."""

CLOSING = {
    "difference": "The difference made for the child",
    "strengths": "Strengths",
    "improve": "What needs to improve",
    "rationale": "Why this grade overall",
}
"""The closing statements of a case with their headings."""


def closing(rules: Rules) -> dict[str, str]:
    """Return the closing statements a submitted audit holds, with their headings.

    Where a case has no grade, nothing has to be said of why.
    """
    graded = rules.overall_rollup.kind != NONE
    return {key: head for key, head in CLOSING.items() if graded or key != "rationale"}


FLAG: Final = "flag."
"""How the subject of a closing answer begins that ticks one of the rules' flags."""

TICKED: Final = "yes"
"""The value of a flag that is ticked."""

CONFIDENCE: Final = ("low", "medium", "high")
"""How sure an auditor may say to be of an answer, least first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer as it stands.

    Attributes:
        part: What it is about.
        subject: The criterion's or domain's identifier, ``"overall"``, a key
            of :data:`CLOSING`, or :data:`FLAG` with a flag's identifier.
        value: A grade's identifier, :data:`NOT_APPLICABLE`,
            :data:`NOT_EVIDENCED` or :data:`NOT_YET`; always empty for a closing
            statement, :data:`TICKED` for a flag that is ticked.
        rationale: Why, in the auditor's words; a closing statement's text.
        evidence: Where in the file: document, date, place.
        flagged: Whether the auditor wants it looked at again, by a moderator or
            by themselves.
        confidence: One of :data:`CONFIDENCE`, empty if nothing was said.
        auditor: Who gave it.
        at_utc: When, ISO time in UTC.
        revision: How often it was given or changed, from 1; 0 for never.
    """

    part: Part
    subject: str
    value: str = NOT_YET
    rationale: str = ""
    evidence: str = ""
    flagged: bool = False
    confidence: str = ""
    auditor: str = ""
    at_utc: str = ""
    revision: int = 0

    @property
    def graded(self) -> bool:
        """Whether the value is a grade."""
        return self.value not in UNGRADED


@dataclass(frozen=True, slots=True)
class Answers:
    """All answers of one audit as they stand."""

    given: Mapping[tuple[Part, str], Answer]

    def get(self, part: Part, subject: str) -> Answer:
        """Return an answer; one never given has revision 0."""
        found = self.given.get((part, subject))
        return found or Answer(part=part, subject=subject)

    def criterion(self, criterion_id: str) -> Answer:
        """Return the answer to a criterion."""
        return self.get("criterion", criterion_id)

    def with_answer(self, answer: Answer) -> Answers:
        """Return these answers with one given or changed."""
        return Answers({**self.given, (answer.part, answer.subject): answer})


def is_flagged(answers: Answers, flag: str) -> bool:
    """Whether the auditor has ticked one of the rules' flags."""
    return answers.get("closing", FLAG + flag).value == TICKED


def is_answered(criterion: Criterion, answer: Answer) -> bool:
    """Whether a criterion needs no further look.

    What is answered in words is answered once something is written.
    """
    if answer.value:
        return True
    return criterion.in_words and bool(answer.rationale.strip())


def with_unasked(answers: Answers, every: Iterable[str], asked: set[str]) -> Answers:
    """Return answers in which a criterion that was not asked is not applicable.

    Args:
        answers: As they were given.
        every: The criteria that can be asked in the cohort.
        asked: Those that were asked of this case.
    """
    for criterion_id in every:
        if criterion_id not in asked:
            answer = answers.criterion(criterion_id)
            answers = answers.with_answer(replace(answer, value=NOT_APPLICABLE))
    return answers


OPEN = "open"
SUBMITTED = "submitted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """One audit of one case.

    Attributes:
        id: Its number in the database.
        case_id: The case.
        state: :data:`OPEN` or :data:`SUBMITTED`.
        auditor: Who audits.
        started_utc: When it was begun, ISO time in UTC.
        submitted_utc: When it was submitted; empty while it is open.
        place: The criterion last looked at, where to resume.
        computed: The computed grades as they were at submission, see
            :mod:`case_audit.core.audit.computed`; empty while it is open.
    """

    id: int
    case_id: int
    state: str
    auditor: str
    started_utc: str
    submitted_utc: str
    place: str
    computed: str
