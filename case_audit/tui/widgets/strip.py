"""Where an audit stands: the domain, a letter for each criterion, what is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from case_audit.core.audit.model import NOT_APPLICABLE, NOT_EVIDENCED
from case_audit.tui.literal import literal_line

if TYPE_CHECKING:
    from case_audit.core.audit.model import Answer
    from case_audit.core.rubric.scale import Scale
    from case_audit.tui.desk import Desk

OPEN_MARK = "·"
MARKS = {NOT_APPLICABLE: "–", NOT_EVIDENCED: "?"}


def mark(answer: Answer, scale: Scale) -> str:
    """Return one character for an answer: a grade's letter, ``–``, ``?`` or ``·``."""
    if answer.graded:
        return scale.grade(answer.value).letter
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
        answer = desk.answers.criterion(criterion.id)
        here = criterion.id == desk.criterion.id
        left += not answer.value
        letter = mark(answer, desk.case.rubric.scale)
        parts.append((letter, "reverse bold") if here else letter)
    parts.append(f"]  {left} left" if left else "]  done")
    return Content.assemble(*parts)
