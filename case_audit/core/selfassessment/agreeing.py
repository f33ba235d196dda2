"""Whether a second auditor would have graded the same, on the cases read twice."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from case_audit.core.estimates.share import FEW
from case_audit.core.moderation.agreement import agreement
from case_audit.core.moderation.ratings import Rating

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from case_audit.core.audit.model import Answers
    from case_audit.core.moderation.agreement import Agreement
    from case_audit.core.rubric.model import Rubric
    from case_audit.core.selfassessment.model import SubmittedAudit

FIRST: Final = "first"
SECOND: Final = "second"
LOW: Final = Fraction(80, 100)
"""Below this share of equal grades a criterion is one on which graders disagree."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """How often two auditors gave a criterion the same grade.

    Attributes:
        criterion: The criterion.
        label: Its name.
        same: Cases in which both gave the same grade, of
        n: the cases that both graded.
        higher: Cases in which the first auditor's grade was the better one.
    """

    criterion: str
    label: str
    same: int
    n: int
    higher: int

    @property
    def low(self) -> bool:
        """Whether graders disagree about it, on cases enough to say so."""
        return self.n >= FEW and Fraction(self.same, self.n) < LOW


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreeing:
    """What second audits show.

    Attributes:
        cases: Cases that both auditors submitted.
        overall: How far they agree over all graded criteria of those cases.
        criteria: The same criterion by criterion, in the rubric's order.
    """

    cases: int
    overall: Agreement
    criteria: tuple[Agreed, ...]

    @property
    def doubted(self) -> frozenset[str]:
        """The criteria on which graders disagree."""
        return frozenset(one.criterion for one in self.criteria if one.low)


def agreeing(
    rubric: Rubric,
    cohort: str,
    audits: Sequence[SubmittedAudit],
    second: Mapping[int, Answers],
) -> Agreeing | None:
    """Compare first and second audits of the same cases.

    Only what both graded, on the rubric's own scale, is compared: not applicable and
    not evidenced are no grades.

    Args:
        rubric: What the cases were graded with.
        cohort: Decides which criteria are asked.
        audits: The submitted first audits.
        second: The answers of the submitted second audits, by number of the case.

    Returns:
        Nothing where no case was read twice.
    """
    pairs = [(a.answers, second[a.number]) for a in audits if a.number in second]
    if not pairs:
        return None
    asked = [
        (c.id, c.label)
        for domain in rubric.domains_for(cohort)
        for c in domain.criteria
        if not c.in_words and rubric.scale_of(c) == rubric.scale
    ]
    ratings = [
        rating
        for case, both in enumerate(pairs)
        for criterion, _ in asked
        for rating in _ratings(rubric, str(case), criterion, both)
    ]
    return Agreeing(
        cases=len(pairs),
        overall=agreement(
            ratings, grades=len(rubric.scale.ids), first=FIRST, second=SECOND
        ),
        criteria=tuple(_agreed(rubric, key, label, pairs) for key, label in asked),
    )


def _ratings(
    rubric: Rubric, unit: str, criterion: str, both: tuple[Answers, Answers]
) -> Iterator[Rating]:
    """Yield both grades of a criterion, or nothing where one gave none."""
    values = [answers.criterion(criterion).value for answers in both]
    if all(value in rubric.scale.ids for value in values):
        for rater, value in zip((FIRST, SECOND), values, strict=True):
            grade = rubric.scale.place(value)
            yield Rating(unit=unit, rater=rater, grade=grade, criterion=criterion)


def _agreed(
    rubric: Rubric,
    criterion: str,
    label: str,
    pairs: Sequence[tuple[Answers, Answers]],
) -> Agreed:
    places = [
        (one.grade, other.grade)
        for both in pairs
        for one, other in [tuple(_ratings(rubric, "", criterion, both)) or (None, None)]
        if one is not None and other is not None
    ]
    return Agreed(
        criterion=criterion,
        label=label,
        same=sum(one == other for one, other in places),
        n=len(places),
        higher=sum(one < other for one, other in places),
    )
