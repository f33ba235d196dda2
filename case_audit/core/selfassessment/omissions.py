"""What a self-assessment must not leave out, held against what it shows.

In 2021 an inspection found that concerns which a council's own audits had raised were
missing from its self-evaluation. So nothing graded at the lowest grade, no open
escalation and no criterion on which graders disagree may be dropped; the finished
document is searched for each of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.core.selfassessment.model import Line, Summary

Why = Literal["lowest", "lowest_case", "escalation", "agreement"]

LOWEST: Final = "lowest"
LOWEST_CASE: Final = "lowest_case"
ESCALATION: Final = "escalation"
AGREEMENT: Final = "agreement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a document shows.

    Attributes:
        subjects: Identifiers of the domains and criteria that it speaks of.
        lowest: The cases it names as graded at the lowest grade.
        escalated: The cases whose open escalation it names.
        doubted: The criteria it names as those on which graders disagree.
    """

    subjects: frozenset[str] = field(default_factory=frozenset)
    lowest: frozenset[int] = field(default_factory=frozenset)
    escalated: frozenset[int] = field(default_factory=frozenset)
    doubted: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True, kw_only=True)
class Omission:
    """Something that is left out and must not be.

    Attributes:
        why: ``lowest``: cases are at the lowest grade there. ``lowest_case``: the
            case as a whole is. ``escalation``: it is open. ``agreement``: graders
            disagree about it.
        subject: The domain or criterion; empty for a case.
        label: Its name.
        cases: The number of the case, or how many cases are at the lowest grade.
    """

    why: Why
    subject: str
    label: str
    cases: int


def omissions(
    summary: Summary,
    shown: Shown,
    *,
    lowest: frozenset[int],
    escalated: frozenset[int],
    doubted: frozenset[str],
) -> tuple[Omission, ...]:
    """Return what a document leaves out and must not.

    Args:
        summary: The round it is about.
        shown: What the document shows.
        lowest: The cases whose grade as a whole is the lowest.
        escalated: The cases with an open escalation.
        doubted: The criteria on which graders disagree.

    Returns:
        Domains and criteria in the rubric's order, then cases, rising.
    """
    return (
        *_lowest(summary, shown),
        *_doubted(summary, shown, doubted),
        *(
            Omission(why=LOWEST_CASE, subject="", label="", cases=number)
            for number in sorted(lowest - shown.lowest)
        ),
        *(
            Omission(why=ESCALATION, subject="", label="", cases=number)
            for number in sorted(escalated - shown.escalated)
        ),
    )


def _lines(summary: Summary) -> Iterator[Line]:
    for area in summary.areas:
        for domain in area.domains:
            yield domain.line
            yield from domain.criteria


def _lowest(summary: Summary, shown: Shown) -> Iterator[Omission]:
    for line in _lines(summary):
        if line.scale is None or line.id in shown.subjects:
            continue
        if found := line.counts[line.scale.ids[-1]]:
            yield Omission(why=LOWEST, subject=line.id, label=line.label, cases=found)


def _doubted(
    summary: Summary, shown: Shown, doubted: frozenset[str]
) -> Iterator[Omission]:
    for line in _lines(summary):
        if line.id in doubted and line.id not in shown.doubted:
            yield Omission(why=AGREEMENT, subject=line.id, label=line.label, cases=0)
