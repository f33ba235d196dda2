"""What a report leaves out and must not, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.core.selfassessment.omissions import (
    AGREEMENT,
    ESCALATION,
    LOWEST,
)
from case_audit.reports.wording import plural

if TYPE_CHECKING:
    from case_audit.core.selfassessment.model import Summary
    from case_audit.core.selfassessment.omissions import Omission


def omission_words(one: Omission, summary: Summary) -> str:
    """Return what is left out, and why it must not be."""
    if one.why == LOWEST:
        grade = _lowest(one, summary)
        cases = plural(one.cases, "case is", "cases are")
        return f"{one.subject} {one.label}: {cases} at {grade!r} there"
    if one.why == AGREEMENT:
        return f"{one.subject} {one.label}: graders disagree about it"
    if one.why == ESCALATION:
        return f"case {one.cases}: its escalation is open"
    label = summary.rubric.overall_scale.grades[-1].label.lower()
    return f"case {one.cases}: it is graded {label}"


def _lowest(one: Omission, summary: Summary) -> str:
    for area in summary.areas:
        for domain in area.domains:
            for line in (domain.line, *domain.criteria):
                if line.id == one.subject and line.scale is not None:
                    return line.scale.grades[-1].label.lower()
    raise KeyError(one.subject)
