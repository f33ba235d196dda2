"""Audits of a round as a table for other programs."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final, Literal

from case_audit.core.audit.imported import ROLES, name_of, subjects_of
from case_audit.core.audit.model import SUBMITTED
from case_audit.core.rubric.canonical import rubric_from_text
from case_audit.errors import ShareableTextError
from case_audit.exchange.audits.writing import (
    JSON_LINES,
    answers_csv,
    answers_json_lines,
)
from case_audit.exchange.files import write_whole
from case_audit.security.sealed_log import content_digest
from case_audit.services.audit_files import round_of
from case_audit.services.times import utc

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from case_audit.core.audit.model import Answer, Audit
    from case_audit.core.sample.round import Case, Round
    from case_audit.services.database import Database
    from case_audit.store.unit_of_work import UnitOfWork

Audience = Literal["internal", "shareable"]
COLUMNS: Final = ("unit", "auditor", "role", "criterion", "grade", "submitted_at")
TEXTS: Final = ("rationale", "evidence")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What an export is to hold.

    Attributes:
        form: ``csv`` or ``jsonl``.
        audience: Whom it is for. In a shareable one auditors are numbers, and
            there are no times.
        with_text: Whether rationale, evidence and closing statements are in it.
        with_units: Whether it has the units' identifiers, not the cases' numbers.
    """

    form: str = "csv"
    audience: Audience = "internal"
    with_text: bool = False
    with_units: bool = False

    def __post_init__(self) -> None:
        if self.audience == "shareable" and (self.with_text or self.with_units):
            option = "--with-text" if self.with_text else "--with-units"
            raise ShareableTextError(option)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the file."""
        columns = COLUMNS if self.audience == "internal" else COLUMNS[:-1]
        return (*columns, *TEXTS) if self.with_text else columns


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditExport:
    """What was exported.

    Attributes:
        round: Name of the round.
        audits: Submitted audits in the file.
        answers: Lines below the header.
        left_open: Audits that are not submitted, and so not in the file.
        sha256: Digest of the file.
    """

    round: str
    audits: int
    answers: int
    left_open: int
    sha256: str


def export_audits(
    database: Database,
    path: Path,
    *,
    name: str | None,
    wanted: Wanted,
    by: str,
    now: datetime,
) -> AuditExport:
    """Write the submitted audits of a round to a file.

    Args:
        database: Where the round is.
        path: The file; written whole or not at all.
        name: The round; the newest without one.
        wanted: What it is to hold.
        by: Who exports.
        now: The time, for the record.

    Raises:
        UnknownRoundError: If there is no such round.
        NoRoundsError: If there is none at all.
        FileError: If it cannot be written. Nothing is logged then.
    """
    with database.write() as uow:
        one = round_of(uow, name)
        found = _Audits(uow, one, wanted)
        rows = list(found.rows())
        write = answers_json_lines if wanted.form == JSON_LINES else answers_csv
        data = write(wanted.columns, rows)
        digest = sha256(data).hexdigest()
        write_whole(path, data)
        uow.registry.log(
            at_utc=utc(now),
            actor=by,
            action="export audits",
            subject=f"round {one.id} for {wanted.audience} use",
            content=content_digest([one.name, digest]),
        )
        uow.commit()
    return AuditExport(
        round=one.name,
        audits=found.audits,
        answers=len(rows),
        left_open=found.left_open,
        sha256=digest,
    )


class _Audits:
    """The audits of a round, line by line."""

    def __init__(self, uow: UnitOfWork, one: Round, wanted: Wanted) -> None:
        self._wanted = wanted
        rubric = rubric_from_text(uow.registry.rubric_text(one.rubric_digest))
        self._order = {key: n for n, key in enumerate(subjects_of(rubric, one.cohort))}
        self._cases: Mapping[int, Case] = {
            case.id: case for case in uow.rounds.cases(one.id) if case.stands
        }
        every = [
            (role, audit)
            for role in ROLES
            for audit in uow.audits.of_round(one.id, role=role)
            if audit.case_id in self._cases
        ]
        submitted = [pair for pair in every if pair[1].state == SUBMITTED]
        self._found = sorted(submitted, key=self._place)
        self._given = uow.audits.answers_of([audit.id for _, audit in submitted])
        names = dict.fromkeys(audit.auditor for _, audit in self._found)
        self._people = {name: f"auditor {n}" for n, name in enumerate(names, start=1)}
        self.audits = len(submitted)
        self.left_open = len(every) - len(submitted)

    def rows(self) -> Iterator[dict[str, str]]:
        """Yield each answer with whose it is, in the order of case and rubric."""
        for role, audit in self._found:
            given = self._given[audit.id].given.values()
            for answer in sorted(given, key=lambda a: self._order.get(name_of(a), -1)):
                if self._shown(answer):
                    yield self._row(role, audit, answer)

    def _place(self, pair: tuple[str, Audit]) -> tuple[int, int]:
        role, audit = pair
        return self._cases[audit.case_id].number, ROLES.index(role)

    def _shown(self, answer: Answer) -> bool:
        written = self._wanted.with_text and answer.rationale.strip()
        return name_of(answer) in self._order and bool(answer.value or written)

    def _row(self, role: str, audit: Audit, answer: Answer) -> dict[str, str]:
        wanted, case = self._wanted, self._cases[audit.case_id]
        shareable = wanted.audience == "shareable"
        return {
            "unit": case.unit if wanted.with_units else f"case {case.number}",
            "auditor": self._people[audit.auditor] if shareable else audit.auditor,
            "role": role,
            "criterion": name_of(answer),
            "grade": answer.value,
            "submitted_at": audit.submitted_utc,
            "rationale": answer.rationale,
            "evidence": answer.evidence,
        }
