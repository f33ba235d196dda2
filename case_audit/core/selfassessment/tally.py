"""The counts that a self-assessment is made of."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from case_audit.core.audit.model import NOT_EVIDENCED
from case_audit.core.selfassessment.outcome import AUDITED, outcomes_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from case_audit.core.rubric.model import Rubric
    from case_audit.core.selfassessment.model import SubmittedAudit
    from case_audit.core.selfassessment.outcome import Level, Outcome

    Subject = tuple[Level, str]
    """What is counted: a level, and which criterion, domain or flag."""
    ByCase = Mapping[Subject, Sequence[tuple[int, str]]]
    """The number of each case and the value found in it, by what is counted."""


@dataclass(frozen=True, slots=True)
class Tally:
    """In how many submitted audits of a round each thing was found.

    Two tallies are equal if they count the same.

    Attributes:
        counts: Audits by stratum and value, by level and subject; none is 0.
    """

    counts: Mapping[Subject, Mapping[tuple[str, str], int]]

    def values(self, level: Level, subject: str) -> Counter[str]:
        """Return how many audits gave each value to a subject, over all strata."""
        found: Counter[str] = Counter()
        for (_, value), cases in self.by_stratum(level, subject).items():
            found[value] += cases
        return found

    def by_stratum(self, level: Level, subject: str) -> Mapping[tuple[str, str], int]:
        """Return how many audits gave each value to a subject, by stratum and value."""
        return self.counts.get((level, subject), {})

    @property
    def submitted(self) -> int:
        """Audits that were submitted."""
        return sum(self.by_stratum(AUDITED.level, AUDITED.subject).values())

    def submitted_in(self, stratum: str) -> int:
        """Return how many audits of a stratum were submitted."""
        audits = self.by_stratum(AUDITED.level, AUDITED.subject)
        return audits.get((stratum, AUDITED.value), 0)

    @property
    def not_evidenced(self) -> int:
        """Criteria that were left open because the file does not show them."""
        return sum(
            cases
            for (level, _), found in self.counts.items()
            if level == "criterion"
            for (_, value), cases in found.items()
            if value == NOT_EVIDENCED
        )


def tally(counted: Iterable[tuple[Outcome, str, int]]) -> Tally:
    """Make a tally of counts.

    Args:
        counted: An outcome, a stratum, and how many audits; the same may come more
            than once.
    """
    counts: dict[Subject, Counter[tuple[str, str]]] = {}
    for (level, subject, value), stratum, cases in counted:
        if cases:
            counts.setdefault((level, subject), Counter())[stratum, value] += cases
    return Tally(counts)


def tally_of(rubric: Rubric, cohort: str, audits: Iterable[SubmittedAudit]) -> Tally:
    """Count submitted audits: the truth that a kept tally must be equal to.

    Args:
        rubric: What the cases were graded with.
        cohort: Decides which criteria are asked.
        audits: With their unasked criteria marked so.
    """
    return tally(
        (outcome, audit.stratum, 1)
        for audit in audits
        for outcome in outcomes_of(rubric, cohort, audit)
    )


def by_case(rubric: Rubric, cohort: str, audits: Iterable[SubmittedAudit]) -> ByCase:
    """Return what was found in each case; nothing for what was found in none.

    Args:
        rubric: What the cases were graded with.
        cohort: Decides which criteria are asked.
        audits: With their unasked criteria marked so.
    """
    found: dict[Subject, list[tuple[int, str]]] = {}
    for audit in audits:
        for level, subject, value in outcomes_of(rubric, cohort, audit):
            found.setdefault((level, subject), []).append((audit.number, value))
    return found
