"""Where an audit stands: the domain, a letter for each criterion, what is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from case_audit.core.audit.model import NOT_APPLICABLE, NOT_EVIDENCED
from case_audit.tui.literal import literal_line

if TYPE_CHECKING:
    from case_audit.core.rubric.model import Criterion
    from case_audit.tui.desk import Desk

OPEN_MARK = "·"
WRITTEN_MARK = "✓"
MARKS = {NOT_APPLICABLE: "–", NOT_EVIDENCED: "?"}


def mark(desk: Desk, criterion: Criterion) -> str:
    """Return one character for an answer: a grade's letter, ``✓ – ?`` or ``·``."""
    answer = desk.answers.criterion(criterion.id)
    if answer.graded:
        return desk.case.rubric.scale_of(criterion).grade(answer.value).letter
    if not answer.value and desk.is_answered(criterion):
        return WRITTEN_MARK
    return MARKS.get(answer.value, OPEN_MARK)


def strip(desk: Desk) -> Content:
    """Return the line above the criterion."""
    domain = desk.domain
    parts: list[Content | str | tuple[str, str]] = [
        (literal_line(domain.label).plain, "bold"),
        "  [",
    ]
    left = 0
    for criterion in domain.criteria:
        here = criterion.id == desk.criterion.id
        left += not desk.is_answered(criterion)
        letter = mark(desk, criterion)
        parts.append((letter, "reverse bold") if here else letter)
    parts.append(f"]  {left} left" if left else "]  done")
    return Content.assemble(*parts)
