"""What an auditor reads of a case, in plain SQL that both kinds of database read.

It needs no library of its own: what runs a statement is given to it, as to
:class:`case_audit.store.lists.Lists`. So a case can be on the desk before the libraries
of the store are loaded.
"""

# ruff: noqa: S608 - statements are put together from our own words; values have names

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from case_audit.core.audit.model import Answer, Answers
from case_audit.core.frame.case_file import CaseFile, Document
from case_audit.core.frame.model import FrameUnit
from case_audit.core.sample.round import STANDING
from case_audit.store.matching import placeholders
from case_audit.store.rows import AUDIT, AUDIT_WIDTH, CASE, audit_of, case_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from case_audit.core.audit.model import Audit, Part
    from case_audit.core.sample.round import Case
    from case_audit.store.hands import Run

FIRST = "first"

_NEWEST = """
SELECT max(o.revision) FROM answer o
WHERE o.audit_id = w.audit_id AND o.part = w.part AND o.subject = w.subject
"""
_STANDING = (
    "c.number, c.state, r.name, r.closed_utc "
    "FROM round_case c JOIN round r ON r.id = c.round_id"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Text that was being typed and is not an answer yet.

    Attributes:
        part: What the answer is about.
        subject: Which one.
        field: ``"rationale"`` or ``"evidence"``.
        text: As far as it was typed.
    """

    part: Part
    subject: str
    field: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Whether a case may be audited.

    Attributes:
        number: Its place in the round.
        stands: Whether it is to be audited: not if a reserve has taken its place.
        round_name: The name of its round.
        closed_utc: When that was closed; empty while cases may be audited.
    """

    number: int
    stands: bool
    round_name: str
    closed_utc: str


class Readings:
    """Reads what belongs to one case, by its keys.

    Args:
        run: Runs a statement.
    """

    def __init__(self, run: Run) -> None:
        self._run = run

    def case(self, case_id: int) -> Case:
        """Return the case with that number in the database."""
        sql = f"SELECT {CASE} FROM round_case c WHERE c.id = :case"
        return case_of(self._one(sql, case=case_id))

    def cases(self, round_id: int) -> int:
        """Return how many cases a round has, replaced ones among them.

        Reserves that were put back are not.
        """
        row = self._one(
            "SELECT count(*) FROM round_case "
            "WHERE round_id = :round AND state <> 'withdrawn'",
            round=round_id,
        )
        return int(row[0])

    def standing(self, case_id: int) -> Standing:
        """Return whether a case may be audited."""
        return _standing(
            self._one(f"SELECT {_STANDING} WHERE c.id = :case", case=case_id)
        )

    def audit(self, audit_id: int) -> tuple[Audit, Standing]:
        """Return the audit with that number, and whether its case may be audited."""
        row = self._one(
            f"SELECT {AUDIT}, {_STANDING} JOIN audit a ON a.case_id = c.id "
            "WHERE a.id = :audit",
            audit=audit_id,
        )
        return audit_of(row[:AUDIT_WIDTH]), _standing(row[AUDIT_WIDTH:])

    def audit_of_case(self, case_id: int, *, role: str = FIRST) -> Audit | None:
        """Return the audit of a case in a role, if one was begun."""
        rows = self._run(
            f"SELECT {AUDIT} FROM audit a WHERE a.case_id = :case AND a.role = :role",
            {"case": case_id, "role": role},
        )
        return next((audit_of(row) for row in rows), None)

    def answers_of(self, audit_ids: Sequence[int]) -> dict[int, Answers]:
        """Return the answers of several audits as they stand, in one query."""
        found: dict[int, dict[tuple[Part, str], Answer]] = {i: {} for i in audit_ids}
        if found:
            names, values = placeholders("a", list(found))
            rows = self._run(
                "SELECT w.audit_id, w.part, w.subject, w.value, w.rationale, "
                "w.evidence, w.flagged, w.confidence, w.auditor, w.at_utc, w.revision "
                f"FROM answer w WHERE w.audit_id IN ({names}) "
                f"AND w.revision = ({_NEWEST})",
                values,
            )
            for row in rows:
                answer = _answer(row[1:])
                found[row[0]][answer.part, answer.subject] = answer
        return {i: Answers(given) for i, given in found.items()}

    def revision(self, audit_id: int, part: Part, subject: str) -> int:
        """Return how often an answer was given or changed, 0 for never."""
        row = self._one(
            "SELECT coalesce(max(revision), 0) FROM answer WHERE audit_id = :audit "
            "AND part = :part AND subject = :subject",
            audit=audit_id,
            part=part,
            subject=subject,
        )
        return int(row[0])

    def last_step(self, audit_id: int) -> int:
        """Return how many changes an audit has had."""
        sql = "SELECT coalesce(max(step), 0) FROM answer WHERE audit_id = :audit"
        return int(self._one(sql, audit=audit_id)[0])

    def drafts(self, audit_id: int) -> list[Draft]:
        """Return what was being typed when the app last ended, if it ended badly."""
        rows = self._run(
            "SELECT part, subject, field, draft_text FROM draft "
            "WHERE audit_id = :audit ORDER BY part, subject, field",
            {"audit": audit_id},
        )
        return [
            Draft(part=cast("Part", part), subject=subject, field=field, text=text)
            for part, subject, field, text in rows
        ]

    def import_of(self, frame_id: int) -> int:
        """Return the import that a frame was made from."""
        sql = "SELECT import_id FROM frame WHERE id = :frame"
        return int(self._one(sql, frame=frame_id)[0])

    def unit(self, frame_id: int, unit: str) -> FrameUnit:
        """Return one unit of a frame."""
        attributes, child = self._one(
            "SELECT attributes_json, child FROM frame_unit "
            "WHERE frame_id = :frame AND unit = :unit",
            frame=frame_id,
            unit=unit,
        )
        return FrameUnit(
            unit=unit, attributes=json.loads(attributes), child=child or ""
        )

    def case_file(self, import_id: int, unit: str, *, cohort: str) -> CaseFile:
        """Return a child's file, oldest document first; it may be empty."""
        rows = self._run(
            "SELECT ref, kind, date, recorded_on, author, role, title, "
            "paragraphs_json FROM document WHERE import_id = :import AND unit = :unit "
            "ORDER BY date, id",
            {"import": import_id, "unit": unit},
        )
        return CaseFile(
            unit=unit, cohort=cohort, documents=tuple(_document(row) for row in rows)
        )

    def _one(self, sql: str, **values: object) -> Sequence[Any]:
        (row,) = self._run(sql, values)
        return row


def _standing(row: Sequence[Any]) -> Standing:
    return Standing(
        number=row[0],
        stands=row[1] in STANDING,
        round_name=row[2],
        closed_utc=row[3] or "",
    )


def _answer(row: Sequence[Any]) -> Answer:
    return Answer(
        part=cast("Part", row[0]),
        subject=row[1],
        value=row[2],
        rationale=row[3],
        evidence=row[4],
        flagged=bool(row[5]),
        confidence=row[6] or "",
        auditor=row[7],
        at_utc=row[8],
        revision=row[9],
    )


def _document(row: Sequence[Any]) -> Document:
    return Document(
        ref=row[0],
        kind=row[1],
        date=dt.date.fromisoformat(row[2]),
        recorded_on=dt.date.fromisoformat(row[3]),
        author=row[4],
        role=row[5],
        title=row[6],
        paragraphs=tuple(json.loads(row[7])),
    )
