"""Whether families and practitioners were asked for the audit, as far as is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from case_audit.core.rubric.model import ASKS_FAMILY, ASKS_PRACTITIONER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.core.selfassessment.model import Line, Summary


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """In how many audited cases somebody was asked.

    Asked is not heard: who was asked and said nothing, or did not want to, was asked.

    Attributes:
        whom: :data:`~case_audit.core.rubric.model.ASKS_FAMILY` or
            :data:`~case_audit.core.rubric.model.ASKS_PRACTITIONER`.
        line: The question that tells, with its counts.
        n: All audited cases, those without a yes or no here too; earlier audits may
            have no answer at all.
    """

    whom: str
    line: Line
    n: int

    @property
    def yes(self) -> int:
        """Cases in which they were asked."""
        return next(iter(self.line.counts.values()))

    @property
    def no(self) -> int:
        """Cases in which they were not."""
        return self.line.n - self.yes


def asked(summary: Summary) -> tuple[Asked, ...]:
    """Return what the round's own questions say of feedback.

    Returns:
        One entry for every question with one of the tags, in the rubric's order; none
        for a question that is not asked of the round's cohort, or that no audit
        answers, as earlier ones that were made without it.
    """
    return tuple(_asked(summary))


def _asked(summary: Summary) -> Iterator[Asked]:
    lines = {line.id: line for line in _lines(summary)}
    for criterion in summary.rubric.criteria():
        line = lines.get(criterion.id)
        if line is None or not criterion.about_audit or not _answered(line):
            continue
        for whom in (ASKS_FAMILY, ASKS_PRACTITIONER):
            if whom in criterion.tags:
                yield Asked(whom=whom, line=line, n=summary.submitted)


def _answered(line: Line) -> bool:
    return bool(line.n + line.not_applicable + line.not_evidenced)


def _lines(summary: Summary) -> Iterator[Line]:
    for area in summary.areas:
        for domain in area.domains:
            yield from domain.criteria
