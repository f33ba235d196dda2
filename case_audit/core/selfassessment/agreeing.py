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
        alike: The cases in which both gave the same grade, by number, rising.
        better: Those in which the first auditor's grade was the better one, and
        worse: those in which the second's was.
    """

    criterion: str
    label: str
    alike: tuple[int, ...]
    better: tuple[int, ...]
    worse: tuple[int, ...]

    @property
    def apart(self) -> tuple[int, ...]:
        """The cases in which the two grades differ."""
        return tuple(sorted((*self.better, *self.worse)))

    @property
    def same(self) -> int:
        """How many cases have the same grade, of ``n``."""
        return len(self.alike)

    @property
    def n(self) -> int:
        """How many cases both graded."""
        return len(self.alike) + len(self.better) + len(self.worse)

    @property
    def higher(self) -> int:
        """In how many the first auditor's grade was the better one."""
        return len(self.better)

    @property
    def low(self) -> bool:
        """Whether graders disagree about it, on cases enough to say so."""
        return self.n >= FEW and Fraction(self.same, self.n) < LOW


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreeing:
    """What second audits show.

    Attributes:
        numbers: The cases that both auditors submitted, by number, rising.
        overall: How far they agree over all graded criteria of those cases.
        criteria: The same criterion by criterion, in the rubric's order.
    """

    numbers: tuple[int, ...]
    overall: Agreement
    criteria: tuple[Agreed, ...]

    @property
    def cases(self) -> int:
        """How many cases both auditors submitted."""
        return len(self.numbers)

    @property
    def alike(self) -> tuple[int, ...]:
        """The cases in which every criterion that both graded has the same grade."""
        graded = {number for one in self.criteria for number in one.alike}
        return tuple(sorted(graded - {*self.apart}))

    @property
    def apart(self) -> tuple[int, ...]:
        """The cases in which some criterion has two grades."""
        return tuple(sorted({*self.better, *self.worse}))

    @property
    def better(self) -> tuple[int, ...]:
        """The cases in which the first auditor's grade was somewhere the better one."""
        return tuple(sorted({n for one in self.criteria for n in one.better}))

    @property
    def worse(self) -> tuple[int, ...]:
        """The cases in which the second auditor's was."""
        return tuple(sorted({n for one in self.criteria for n in one.worse}))

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
    pairs = {
        a.number: (a.answers, second[a.number])
        for a in sorted(audits, key=lambda one: one.number)
        if a.number in second
    }
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
        for case, both in pairs.items()
        for criterion, _ in asked
        for rating in _ratings(rubric, str(case), criterion, both)
    ]
    return Agreeing(
        numbers=tuple(pairs),
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
    pairs: Mapping[int, tuple[Answers, Answers]],
) -> Agreed:
    places = [
        (number, one.grade, other.grade)
        for number, both in pairs.items()
        for one, other in [tuple(_ratings(rubric, "", criterion, both)) or (None, None)]
        if one is not None and other is not None
    ]
    return Agreed(
        criterion=criterion,
        label=label,
        alike=tuple(number for number, one, other in places if one == other),
        better=tuple(number for number, one, other in places if one < other),
        worse=tuple(number for number, one, other in places if one > other),
    )
