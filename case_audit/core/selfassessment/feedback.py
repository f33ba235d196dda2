"""Whether families and practitioners were asked what they think, as far as is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from case_audit.core.rubric.model import YES_NO

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.core.selfassessment.model import Line, Summary

FAMILY: Final = "FEEDBACK-FAMILY"
PRACTITIONER: Final = "FEEDBACK-PRACTITIONER"
"""Tags of a yes-or-no question whose yes means that they were asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """In how many audited cases somebody was asked.

    Attributes:
        whom: :data:`FAMILY` or :data:`PRACTITIONER`.
        criterion: The question that tells.
        label: Its name.
        yes: Cases in which they were asked, of
        n: the cases to which the question applies, those without an answer too.
    """

    whom: str
    criterion: str
    label: str
    yes: int
    n: int


def asked(summary: Summary) -> tuple[Asked, ...]:
    """Return what the round's own questions say of feedback.

    Returns:
        One entry for every question with one of the tags, in the rubric's order.
    """
    return tuple(_asked(summary))


def _asked(summary: Summary) -> Iterator[Asked]:
    lines = {line.id: line for line in _lines(summary)}
    for criterion in summary.rubric.criteria():
        for whom in (FAMILY, PRACTITIONER):
            if whom not in criterion.tags or criterion.kind != YES_NO:
                continue
            if criterion.id in lines:
                line = lines[criterion.id]
                yield Asked(
                    whom=whom,
                    criterion=criterion.id,
                    label=criterion.label,
                    yes=line.counts[summary.rubric.scale_of(criterion).ids[0]],
                    n=summary.submitted - line.not_applicable,
                )


def _lines(summary: Summary) -> Iterator[Line]:
    for area in summary.areas:
        for domain in area.domains:
            yield from domain.criteria
