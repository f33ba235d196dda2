"""The kept counts of rounds, in plain SQL that both kinds of database read.

Like :mod:`case_audit.store.lists` it needs no library of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from case_audit.core.audit.model import OPEN, SUBMITTED
from case_audit.core.selfassessment.outcome import AUDITED, Outcome
from case_audit.core.selfassessment.tally import tally

if TYPE_CHECKING:
    from collections.abc import Sequence

    from case_audit.core.selfassessment.outcome import Level
    from case_audit.core.selfassessment.tally import Tally
    from case_audit.store.hands import Run

OF_ROUND = (
    "SELECT level, subject, value, stratum, cases FROM tally WHERE round_id = :round"
)
CASES_AT: Final = """
SELECT o.number, o.audit_id FROM outcome o
WHERE o.round_id = :round AND o.level = :level AND o.subject = :subject
  AND o.value = :value AND NOT EXISTS (
    SELECT 1 FROM round_case c WHERE c.round_id = o.round_id AND c.number = o.number
    AND c.state IN ('replaced', 'withdrawn'))
ORDER BY o.number LIMIT :limit
"""
"""The cases that do not stand are few, and have an index of their own."""
TOTAL = """
SELECT coalesce(sum(cases), 0) FROM tally
WHERE round_id = :round AND level = :level AND subject = :subject AND value = :value
"""
_VALUES = """
SELECT o.level, o.subject, o.value, o.number FROM outcome o
JOIN round_case c ON c.round_id = o.round_id AND c.number = o.number
WHERE o.round_id = :round AND c.state IN ('drawn', 'reserve used')
ORDER BY o.number
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What is kept of a round.

    Attributes:
        found: What its submitted first audits of standing cases found.
        begun: Audits begun and not submitted.
        auditors: How many people submitted audits.
    """

    found: Tally
    begun: int
    auditors: int


SECOND_AUDITS = """
SELECT COUNT(*) FROM round_case
WHERE id IN (SELECT case_id FROM audit WHERE role = 'second' AND state = 'submitted')
AND +round_id = :round
"""
"""The plus keeps the planner from reading every case of the round: second audits are
few."""


class Counts:
    """Reads what is counted; nothing grows with the answers or the cases.

    Args:
        run: Runs a statement.
    """

    def __init__(self, run: Run) -> None:
        self._run = run

    def of_round(self, round_id: int) -> Counted:
        """Return what is kept of a round."""
        begun = 0
        auditors: set[str] = set()
        counted: list[tuple[Outcome, str, int]] = []
        for (level, subject, value, stratum), cases in self.rows(round_id).items():
            if level == OPEN:
                begun += cases
            elif level == SUBMITTED:
                auditors.add(subject)
            else:
                outcome = Outcome(cast("Level", level), subject, value)
                counted.append((outcome, stratum, cases))
        return Counted(
            found=tally(counted),
            begun=begun,
            auditors=len(auditors),
        )

    def read_twice(self, round_id: int) -> int:
        """Return in how many cases a second audit is submitted."""
        (found,) = self._run(SECOND_AUDITS, {"round": round_id})
        return int(found[0])

    def rows(self, round_id: int) -> dict[tuple[str, str, str, str], int]:
        """Return every count that is not 0, by level, subject, value and stratum."""
        rows = self._run(OF_ROUND, {"round": round_id})
        return {
            (level, subject, value, stratum): cases
            for level, subject, value, stratum, cases in rows
            if cases
        }

    def whole(self, round_id: int) -> bool:
        """Whether every submitted audit of a round is counted."""
        rows = self._run(
            "SELECT level, sum(cases) FROM tally "
            "WHERE round_id = :round AND level IN (:submitted, :audited) "
            "GROUP BY level",
            {"round": round_id, "submitted": SUBMITTED, "audited": AUDITED.level},
        )
        found = {str(level): int(cases) for level, cases in rows}
        return found.get(SUBMITTED, 0) == found.get(AUDITED.level, 0)

    def first_at(
        self, round_id: int, outcome: Outcome, *, limit: int
    ) -> list[tuple[int, int]]:
        """Return the first standing cases that have an outcome.

        Args:
            round_id: The round.
            outcome: The outcome.
            limit: At most so many.

        Returns:
            Number of the case and of its audit, by number.
        """
        rows = self._run(CASES_AT, {**_named(round_id, outcome), "limit": limit})
        return [(number, audit) for number, audit in rows]

    def total(self, round_id: int, outcome: Outcome) -> int:
        """Return how many standing cases have an outcome."""
        ((cases,),) = self._run(TOTAL, _named(round_id, outcome))
        return int(cases)

    def values(self, round_id: int) -> dict[tuple[Level, str], list[tuple[int, str]]]:
        """Return the value of every standing case, by level and subject.

        Grows with the cases and subjects, about 100 bytes for each value.
        """
        found: dict[tuple[Level, str], list[tuple[int, str]]] = {}
        shared: dict[str, str] = {}
        for level, subject, value, number in self._run(_VALUES, {"round": round_id}):
            one = shared.setdefault(value, value)
            found.setdefault((level, subject), []).append((number, one))
        return found

    def computed(self, audit_id: int) -> str:
        """Return the computed grades of a submitted audit, as they are kept."""
        sql = "SELECT computed_json FROM audit WHERE id = :audit"
        ((text,),) = self._run(sql, {"audit": audit_id})
        return str(text)

    def manifest(self, round_id: int) -> str:
        """Return the record of a draw with all its units."""
        sql = "SELECT manifest_json FROM round WHERE id = :round"
        ((text,),) = self._run(sql, {"round": round_id})
        return str(text)

    def numbers(self, round_id: int) -> dict[str, int]:
        """Return the number of each unit of a round, of replaced ones too."""
        sql = (
            "SELECT unit, number FROM round_case "
            "WHERE round_id = :round AND state <> 'withdrawn'"
        )
        return {str(unit): int(at) for unit, at in self._run(sql, {"round": round_id})}

    def head(self, round_id: int) -> str:
        """Return the record of a draw without its units; empty if it is not kept."""
        sql = "SELECT head_json FROM draw_head WHERE round_id = :round"
        rows: Sequence[Sequence[str]] = list(self._run(sql, {"round": round_id}))
        return rows[0][0] if rows else ""


def _named(round_id: int, outcome: Outcome) -> dict[str, object]:
    return {"round": round_id, **outcome._asdict()}
