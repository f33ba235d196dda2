"""Practice databases to measure on."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from case_audit import __version__
from case_audit.core.audit.model import CLOSING, Answer
from case_audit.services.answers import give_answer
from case_audit.services.audit import open_case, submit
from case_audit.services.database import Database
from case_audit.services.demo import NAME, Practice, prepare_demo
from case_audit.services.home import named_round

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)
CHILDREN, CASES = 60, 8


def make_practice(path: Path) -> None:
    """Make what ``case-audit demo`` makes: a round that nobody has begun."""
    practice = Practice(children=CHILDREN, size=CASES, version=__version__)
    prepare_demo(str(path), practice, now=NOW, tell=lambda _: None)


def audit_all(path: Path) -> None:
    """Audit every case of a practice database, with one grade after the other."""
    database = Database(str(path))
    for line in named_round(database, NAME)[1]:
        _audit(database, line.case.id)
    database.close()


def _audit(database: Database, case_id: int) -> None:
    desk = open_case(database, case_id, auditor="Benchmark", now=NOW)
    criteria = [c for domain in desk.domains for c in domain.criteria]
    scales = [desk.rubric.scale_of(criterion).ids for criterion in criteria]
    answers = [
        Answer(
            part="criterion",
            subject=criterion.id,
            value=grades[(case_id + place) % len(grades)],
            rationale="Seen in the file.",
            evidence="The last visit.",
        )
        for place, (criterion, grades) in enumerate(zip(criteria, scales, strict=True))
    ]
    answers += [
        Answer(part="closing", subject=key, rationale="Written down.")
        for key in CLOSING
    ]
    for answer in answers:
        give_answer(
            database, desk.audit.id, answer, auditor=desk.audit.auditor, now=NOW
        )
    submit(database, desk.audit.id, auditor=desk.audit.auditor, now=NOW)
