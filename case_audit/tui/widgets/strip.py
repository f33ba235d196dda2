"""Where an audit stands: the domain, a letter for each criterion, what is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from case_audit.core.audit.model import CONFIDENCE, NOT_APPLICABLE, NOT_EVIDENCED
from case_audit.tui.literal import literal_line

if TYPE_CHECKING:
    from case_audit.core.audit.model import Answer
    from case_audit.core.rubric.model import Criterion
    from case_audit.tui.desk import Desk

OPEN_MARK = "·"
WRITTEN_MARK = "✓"
FLAG_MARK = "*"
MARKS = {NOT_APPLICABLE: "–", NOT_EVIDENCED: "?"}


def mark(desk: Desk, criterion: Criterion) -> str:
    """Return one character for an answer: a grade's letter, ``✓ – ?`` or ``·``."""
    answer = desk.answers.criterion(criterion.id)
    if answer.graded:
        return desk.case.rubric.scale_of(criterion).grade(answer.value).letter
    if not answer.value and desk.is_answered(criterion):
        return WRITTEN_MARK
    return MARKS.get(answer.value, OPEN_MARK)


def remarks(answer: Answer) -> list[str]:
    """Return what was said of an answer besides itself: ``flagged``, ``sure: low``."""
    said = ["flagged"] if answer.flagged else []
    return said + ([f"sure: {answer.confidence}"] if answer.confidence else [])


def strip(desk: Desk) -> Content:
    """Return the line above the criterion."""
    domain = desk.domain
    parts: list[Content | str | tuple[str, str]] = [
        (literal_line(domain.label).plain, "bold"),
        "  [",
    ]
    answers = [desk.answers.criterion(criterion.id) for criterion in domain.criteria]
    for criterion, answer in zip(domain.criteria, answers, strict=True):
        letter = mark(desk, criterion) + (FLAG_MARK if answer.flagged else "")
        here = criterion.id == desk.criterion.id
        parts.append((letter, "reverse bold") if here else letter)
    left = sum(not desk.is_answered(criterion) for criterion in domain.criteria)
    tail = [f"{left} left" if left else "done"]
    if flagged := sum(answer.flagged for answer in answers):
        tail.append(f"{flagged} flagged {FLAG_MARK}")
    if unsure := sum(answer.confidence == CONFIDENCE[0] for answer in answers):
        tail.append(f"{unsure} not sure")
    parts.append(f"]  {', '.join(tail)}")
    return Content.assemble(*parts)
