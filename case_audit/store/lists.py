"""What the first screens show, in plain SQL that both kinds of database read.

It needs no library of its own: what runs a statement is given to it. So the app
can show its first screens before the libraries of the store are loaded.
"""

# ruff: noqa: S608 - statements are put together from our own words; values have names

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from case_audit.core.audit.model import OPEN, SUBMITTED
from case_audit.core.sample.round import RoundHead
from case_audit.store.hands import CASES, Hands
from case_audit.store.matching import placeholders
from case_audit.store.rows import AUDIT, CASE, CASE_WIDTH, audit_of, case_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from case_audit.core.audit.model import Audit
    from case_audit.core.sample.round import Case, Purpose
    from case_audit.store.hands import Run

_ROUND = """
SELECT r.id, r.name, r.frame_id, r.cohort, r.rubric_digest, r.drawn_utc, r.drawn_by,
       r.purpose, r.closed_utc, t.title
FROM round r JOIN rubric_text t ON t.digest = r.rubric_digest
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a round is; cases that were replaced do not count.

    Attributes:
        cases: How many are to be audited.
        submitted: How many audits are submitted.
        begun: How many are begun and not submitted.
    """

    cases: int
    submitted: int
    begun: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A case of a list.

    Attributes:
        case: The case.
        audit: Its first audit, if one was begun.
        given_to: Who is to read it; empty where it is given to nobody.
    """

    case: Case
    audit: Audit | None
    given_to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An answer to a criterion, as far as lists show it.

    Attributes:
        value: As in :class:`case_audit.core.audit.model.Answer`.
        rationale: Where there is no value, what was written; else empty.
        flagged: Whether it is to be looked at again.
    """

    value: str
    rationale: str
    flagged: bool


class Lists:
    """Reads a page at a time; nothing grows with the cases that are not shown.

    Args:
        run: Runs a statement.

    Attributes:
        hands: In whose hands cases are.
    """

    def __init__(self, run: Run) -> None:
        self._run = run
        self.hands = Hands(run)

    def kind(self) -> str:
        """Return ``"live"``, ``"practice"``, or nothing before the first import."""
        rows = self._run("SELECT value FROM meta WHERE key = 'kind'", {})
        return next((str(row[0]) for row in rows), "")

    def frames(self) -> int:
        """Return how many frames there are to draw from."""
        return self._number(
            "SELECT count(*) FROM frame f JOIN import_file i ON i.id = f.import_id "
            "WHERE i.kind <> 'history'"
        )

    def waiting(self) -> list[tuple[str, str, int]]:
        """Return the draws that wait for their seed, newest first.

        Returns:
            For each, its name, what is fixed as JSON, and how many promises of a
            seed there are.
        """
        rows = self._run(
            "SELECT name, plan_json, "
            "(SELECT count(*) FROM round_promise p WHERE p.plan_id = round_plan.id) "
            "FROM round_plan WHERE round_id IS NULL ORDER BY id DESC",
            {},
        )
        return [(name, plan, promises) for name, plan, promises in rows]

    def rounds(self) -> list[tuple[RoundHead, str]]:
        """Return every round with its rubric's title, newest first.

        Those that were imported come after those that were drawn here.
        """
        order = "ORDER BY CASE r.purpose WHEN 'history' THEN 1 ELSE 0 END, r.id DESC"
        return [_round(row) for row in self._run(f"{_ROUND} {order}", {})]

    def round(self, round_id: int) -> RoundHead:
        """Return the round with that number, which a case refers to."""
        rows = self._run(f"{_ROUND} WHERE r.id = :round", {"round": round_id})
        return _round(next(iter(rows)))[0]

    def rubric_text(self, digest: str) -> str:
        """Return the text of a rubric that a round is pinned to."""
        sql = "SELECT text FROM rubric_text WHERE digest = :digest"
        return str(next(iter(self._run(sql, {"digest": digest})))[0])

    def attributes(self, frame_id: int, unit: str) -> str:
        """Return what is known of a unit of a frame, as JSON."""
        sql = (
            "SELECT attributes_json FROM frame_unit "
            "WHERE frame_id = :frame AND unit = :unit"
        )
        return str(next(iter(self._run(sql, {"frame": frame_id, "unit": unit})))[0])

    # Counts

    def last_number(self, round_id: int) -> int:
        """Return the number of a round's last case; numbers have no gaps."""
        return self._number(
            "SELECT coalesce(max(number), 0) FROM round_case WHERE round_id = :round",
            round=round_id,
        )

    def not_standing(self, round_id: int) -> list[tuple[int, str]]:
        """Return number and state of the cases that are not to be audited."""
        rows = self._run(
            "SELECT number, state FROM round_case WHERE round_id = :round "
            "AND state IN ('replaced', 'withdrawn') ORDER BY number",
            {"round": round_id},
        )
        return [(number, state) for number, state in rows]

    def progress(self, round_id: int) -> Progress:
        """Return how far a round is, from kept counts."""
        rows = self._run(
            "SELECT level, sum(cases) FROM tally WHERE round_id = :round "
            "AND level IN ('open', 'submitted') AND value = 'yes' GROUP BY level",
            {"round": round_id},
        )
        states: dict[str, int] = {level: int(cases) for level, cases in rows}
        gone = len(self.not_standing(round_id))
        return Progress(
            cases=self.last_number(round_id) - gone,
            submitted=states.get(SUBMITTED, 0),
            begun=states.get(OPEN, 0),
        )

    def given_out(self, round_id: int) -> int:
        """Return how many of the cases to be audited are given to somebody."""
        return self._number(
            "SELECT cases FROM held_count WHERE round_id = :round "
            "AND way = 'out' AND holder = '' AND block = 0",
            round=round_id,
        )

    def readers(self, round_id: int) -> tuple[str, ...]:
        """Return the names that cases of a round are given to."""
        rows = self._run(
            "SELECT holder FROM held_count WHERE round_id = :round "
            "AND way = 'reader' AND block = 0 AND cases > 0 ORDER BY holder",
            {"round": round_id},
        )
        return tuple(str(row[0]) for row in rows)

    # Cases

    def cases(self, round_id: int, numbers: Iterable[int]) -> list[Listed]:
        """Return the cases of a round with these numbers, in the order of these.

        Those that were put back are left out.
        """
        wanted = list(numbers)
        if not wanted:
            return []
        listed, values = placeholders("n", wanted)
        rows = self._run(
            f"SELECT {CASE}, {AUDIT}, g.auditor {CASES} AND c.number IN ({listed})",
            {"round": round_id, **values},
        )
        found = {row[2]: _listed(row) for row in rows}
        return [found[number] for number in wanted if number in found]

    def open_of(self, auditor: str) -> list[tuple[int, int]]:
        """Return round and number of a person's open audits, the last one first."""
        rows = self._run(
            "SELECT c.round_id, c.number FROM audit a CROSS JOIN round_case c "
            "WHERE c.id = a.case_id AND a.role = 'first' AND a.state = 'open' "
            "AND a.auditor = :auditor AND c.state <> 'withdrawn' ORDER BY a.id DESC",
            {"auditor": auditor},
        )
        return [(round_id, number) for round_id, number in rows]

    def first_open(self, round_id: int, auditor: str) -> int:
        """Return the number of a person's first open case of a round; 0 for none."""
        return min(
            (n for one, n in self.open_of(auditor) if one == round_id), default=0
        )

    def answers(self, audit_ids: Sequence[int]) -> dict[int, dict[str, Given]]:
        """Return the answers to criteria as they stand, by audit and criterion."""
        found: dict[int, dict[str, Given]] = {one: {} for one in audit_ids}
        if not found:
            return found
        listed, values = placeholders("a", list(found))
        rows = self._run(
            "SELECT w.audit_id, w.subject, w.value, "
            "CASE WHEN w.value = '' THEN w.rationale ELSE '' END, w.flagged "
            f"FROM answer w WHERE w.part = 'criterion' AND w.audit_id IN ({listed}) "
            "AND w.revision = (SELECT max(o.revision) FROM answer o WHERE "
            "o.audit_id = w.audit_id AND o.part = w.part AND o.subject = w.subject)",
            values,
        )
        for audit, subject, value, rationale, flagged in rows:
            found[audit][subject] = Given(
                value=value, rationale=rationale, flagged=bool(flagged)
            )
        return found

    def _number(self, sql: str, **values: object) -> int:
        return next((int(row[0]) for row in self._run(sql, values)), 0)


def _round(row: Sequence[Any]) -> tuple[RoundHead, str]:
    head = RoundHead(
        id=row[0],
        name=row[1],
        frame_id=row[2],
        cohort=row[3],
        rubric_digest=row[4],
        drawn_utc=row[5],
        drawn_by=row[6],
        purpose=cast("Purpose", row[7]),
        closed_utc=row[8] or "",
    )
    return head, row[9]


def _listed(row: Sequence[Any]) -> Listed:
    audit = row[CASE_WIDTH:-1]
    return Listed(
        case=case_of(row[:CASE_WIDTH]),
        audit=audit_of(audit) if audit[0] is not None else None,
        given_to=row[-1] or "",
    )
