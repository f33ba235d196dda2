"""What a round found, sorted into strengths and what needs to improve.

Each finding stands with the cases that show it and the cases that speak against it, so
that a reader can open the files and disagree.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal

from case_audit.core.estimates.share import FEW
from case_audit.core.selfassessment.claims import claim_of
from case_audit.core.selfassessment.graded import graded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from case_audit.core.rubric.model import JudgementArea, Rubric
    from case_audit.core.selfassessment.claims import Claim
    from case_audit.core.selfassessment.graded import Graded
    from case_audit.core.selfassessment.model import (
        AreaLines,
        Line,
        SubmittedAudit,
        Summary,
    )

STRENGTH: Final = "strength"
IMPROVE: Final = "improve"
UNCLEAR: Final = "unclear"

Kind = Literal["strength", "improve", "unclear"]

MANY: Final = Fraction(60, 100)
"""Where "many" begins. At least that share of all cases, with the interval's own
confidence, makes a strength; surely less than that, something to improve."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was found for a domain or a criterion.

    Attributes:
        line: Its numbers.
        kind: ``strength``, ``improve``, or ``unclear`` where the interval, or the
            number of cases, allows neither to be said.
        claim: What may be said of the share of all cases at the benchmark or better.
        cases: The audited cases by their grade.
    """

    line: Line
    kind: Kind
    claim: Claim
    cases: Graded

    @property
    def support(self) -> tuple[int, ...]:
        """The cases that show what is said, by number."""
        return self.cases.met if self.kind == STRENGTH else self.cases.missed

    @property
    def against(self) -> tuple[int, ...]:
        """The cases that speak against it."""
        return self.cases.missed if self.kind == STRENGTH else self.cases.met


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaFindings:
    """The findings of a judgement area.

    Attributes:
        area: The judgement area.
        whole: What was found for the cases as a whole; ``None`` where they are not
            graded.
        findings: Domains and criteria in the rubric's order.
    """

    area: JudgementArea
    whole: Finding | None
    findings: tuple[Finding, ...]

    def of_kind(self, kind: Kind) -> tuple[Finding, ...]:
        """Return the domains and criteria of one kind, the clearest first."""
        found = [one for one in self.findings if one.kind == kind]
        return tuple(sorted(found, key=_clearest, reverse=kind == STRENGTH))


def findings_of(
    summary: Summary, audits: Sequence[SubmittedAudit]
) -> tuple[AreaFindings, ...]:
    """Sort what a round found, area by area.

    Questions about the audit itself are neither strength nor weakness of practice
    and left out; :mod:`case_audit.core.selfassessment.feedback` tells them.

    Args:
        summary: The round.
        audits: Its submitted audits, whose cases are cited.

    Returns:
        Every judgement area that the round speaks to.
    """
    ordered = sorted(audits, key=lambda audit: audit.number)
    found = []
    for area in summary.areas:
        if area.line is not None:
            whole = _finding(area.line, ordered)
            lines = tuple(practice_lines(area, summary.rubric))
            told = (f for line in lines if (f := _finding(line, ordered)) is not None)
            found.append(
                AreaFindings(area=area.area, whole=whole, findings=tuple(told))
            )
    return tuple(found)


def _clearest(finding: Finding) -> tuple[Fraction, Fraction]:
    """Order strengths by their lower bound and the others by their upper one."""
    share = finding.line.good_or_better
    if share is None:
        return Fraction(0), Fraction(0)
    if finding.kind == STRENGTH:
        return share.lower, share.estimate
    return share.upper, share.estimate


def practice_lines(area: AreaLines, rubric: Rubric) -> Iterator[Line]:
    """Yield an area's domains and criteria that speak of practice.

    Whom the audit asked is part of the method.
    """
    method = {c.id for c in rubric.criteria() if c.about_audit}
    for domain in area.domains:
        if found := [line for line in domain.criteria if line.id not in method]:
            yield domain.line
            yield from found


def value_of(audit: SubmittedAudit, line: Line) -> str:
    """Return the grade that an audit gave to what a line is about."""
    if line.level == "criterion":
        return audit.answers.criterion(line.id).value
    return audit.grades.get("overall" if line.level == "area" else line.id, "")


def _finding(line: Line, audits: Sequence[SubmittedAudit]) -> Finding | None:
    if line.scale is None:
        return None
    return Finding(
        line=line,
        kind=_kind(line),
        claim=claim_of(line.good_or_better),
        cases=graded(line.scale, [(a.number, value_of(a, line)) for a in audits]),
    )


def _kind(line: Line) -> Kind:
    share = line.good_or_better
    if share is None or share.n < FEW:
        return UNCLEAR
    if share.lower >= MANY:
        return STRENGTH
    return IMPROVE if share.upper < MANY else UNCLEAR
