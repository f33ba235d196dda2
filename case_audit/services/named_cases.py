"""The cases that a self-assessment names, found by what they have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.core.audit.computed import computed_from_text
from case_audit.core.rubric.rules import ESCALATIONS
from case_audit.core.selfassessment.case_lists import (
    LISTED,
    CaseLists,
    asked_no,
    flags,
    limited_case,
    overruled_in,
    overruled_subjects,
)
from case_audit.core.selfassessment.judged import judged
from case_audit.core.selfassessment.model import CaseList
from case_audit.core.selfassessment.outcome import (
    YES,
    Outcome,
    limited_by,
    raised_at,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from case_audit.core.rubric.model import Rubric
    from case_audit.core.sample.round import RoundHead
    from case_audit.core.selfassessment.case_lists import Wanted
    from case_audit.core.selfassessment.model import (
        LimitedCase,
        Overruled,
        SubmittedAudit,
    )
    from case_audit.core.selfassessment.tally import Tally
    from case_audit.store.counts import Counts


class NamedCases:
    """Finds the first cases of each kind by an index, and how many there are.

    Args:
        counts: The kept counts.
        one: The round.
        rubric: What it is pinned to.
        found: What its submitted audits found.
    """

    def __init__(
        self, counts: Counts, one: RoundHead, rubric: Rubric, found: Tally
    ) -> None:
        self._counts = counts
        self._round = one
        self._rubric = rubric
        self._found = found

    def lists(self) -> CaseLists:
        """Return the first cases of each kind, and how many more there are."""
        rubric, cohort = self._rubric, self._round.cohort
        limits = [limited_by(limit.id) for limit in rubric.rules.limits]
        raised = {level: raised_at(level) for level in ESCALATIONS}
        limited = self._limited(limits, raised.values())
        rules = {limit.subject for limit in limits}
        left = {
            level: self._total([outcome]) - sum(c.raises == level for c in limited)
            for level, outcome in raised.items()
        }
        overruled = self._overruled()
        subjects = [
            Outcome("overruled", key, YES) for key in overruled_subjects(rubric, cohort)
        ]
        return CaseLists(
            limited=limited,
            answered_no=tuple(self._listed(asked_no(rubric, cohort))),
            ticked=tuple(self._listed(flags(rubric))),
            overruled=overruled,
            limited_more=self._total(limits) - sum(c.rule in rules for c in limited),
            raised_more={level: more for level, more in left.items() if more},
            overruled_more=self._total(subjects) - len(overruled),
        )

    def _listed(self, wanted: Iterable[Wanted]) -> Iterator[CaseList]:
        for label, outcome in wanted:
            if total := self._total([outcome]):
                first = tuple(self._first([outcome]))
                yield CaseList(
                    id=outcome.subject,
                    label=label,
                    cases=first,
                    more=total - len(first),
                )

    def _limited(
        self, limits: Iterable[Outcome], raised: Iterable[Outcome]
    ) -> tuple[LimitedCase, ...]:
        """Return the first that a rule decided, and the first of each escalation."""
        named = self._first(limits)
        for outcome in raised:
            named |= self._first([outcome])
        return tuple(limited_case(self._audit(*case)) for case in sorted(named.items()))

    def _overruled(self) -> tuple[Overruled, ...]:
        rubric, cohort = self._rubric, self._round.cohort
        named = self._first(
            Outcome("overruled", key, YES) for key in overruled_subjects(rubric, cohort)
        )
        grades = [
            grade
            for case in named.items()
            for grade in overruled_in(rubric, cohort, self._audit(*case))
        ]
        return tuple(grades[:LISTED])

    def _first(self, outcomes: Iterable[Outcome]) -> dict[int, int]:
        """Return the audits of the first cases that have one of some outcomes."""
        found: dict[int, int] = {}
        for outcome in outcomes:
            if self._total([outcome]):
                first = self._counts.first_at(self._round.id, outcome, limit=LISTED)
                found |= dict(first)
        return dict(sorted(found.items())[:LISTED])

    def _total(self, outcomes: Iterable[Outcome]) -> int:
        return sum(
            self._found.values(outcome.level, outcome.subject)[outcome.value]
            for outcome in outcomes
        )

    def _audit(self, number: int, audit_id: int) -> SubmittedAudit:
        """Return an audit without its answers."""
        return judged(number, computed_from_text(self._counts.computed(audit_id)))
