"""An invented case to be shown round with, in a database of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from case_audit.core.audit.model import CLOSING, Answer
from case_audit.core.frame.case_file import CaseFile, Document
from case_audit.core.frame.model import Frame, FrameUnit, Source
from case_audit.core.sample.model import Design
from case_audit.core.sample.seed import typed_seed
from case_audit.services.answers import give_answer
from case_audit.services.audit import open_case
from case_audit.services.database import Database, decide_kind
from case_audit.services.home import named_round
from case_audit.services.rubric import library
from case_audit.services.sample import Request, draw_round
from case_audit.services.times import utc

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from case_audit.services.opened import OpenCase

ROUND: Final = "Guided tour"
RUBRIC: Final = "trainer-mini"
PERSON: Final = "case-audit tour"
LEFT_OPEN: Final = 2
"""Criteria that are left to the person who is shown round; the others are answered."""
DRAW: Final = "27182818284590452353"
AS_AT: Final = date(2026, 3, 31)

FILE = CaseFile(
    unit="TOUR-1",
    cohort="cp",
    documents=(
        Document(
            ref="VIS-2026-03-03",
            kind="visit",
            date=date(2026, 3, 3),
            recorded_on=date(2026, 3, 4),
            author="Wren Halloway",
            role="Social worker",
            title="Visit at home",
            paragraphs=(
                "This child and everybody around them is invented.",
                (
                    "Saw Sky in their own room for half an hour, without Mum. Sky showed me "
                    "the bed and said that the shouting at night has stopped."
                ),
                (
                    "Mum was in the kitchen. The agreed visit of 24 February failed, as the "
                    "car broke down; I saw Sky at school two days later."
                ),
            ),
        ),
        Document(
            ref="SUP-2026-03-12",
            kind="supervision",
            date=date(2026, 3, 12),
            recorded_on=date(2026, 3, 12),
            author="Robin Ashe",
            role="Team manager",
            title="Supervision",
            paragraphs=(
                "Visits are every ten working days, and Sky is seen alone each time.",
                (
                    "The analysis says that fear at night kept Sky from learning. If the "
                    "shouting comes back, school will see it first."
                ),
            ),
        ),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tour:
    """What a tour goes through.

    Attributes:
        database: Where its case is, and nothing else.
        case: The case, open.
    """

    database: Database
    case: OpenCase


def prepare_tour(folder: Path, *, auditor: str, version: str, now: datetime) -> Tour:
    """Make a practice database with one invented case, all but two criteria answered.

    Args:
        folder: An empty folder, for the database alone.
        auditor: Who is shown round.
        version: Version of the program, for the record.
        now: The time.
    """
    database = Database(str(folder / "tour.db"))
    _keep_case(database, now)
    draw_round(
        database,
        Request(
            name=ROUND,
            cohort=FILE.cohort,
            rubric=library().rubric(RUBRIC),
            design=Design(kind="simple", size=1, minimum=0),
            seed=typed_seed(DRAW, witnesses="", round_label=ROUND),
        ),
        version=version,
        drawn_by=PERSON,
        now=now,
    )
    (line,) = named_round(database, ROUND)[1]
    case = open_case(database, line.case.id, auditor=auditor, now=now)
    for answer in _given(case):
        give_answer(database, case.audit.id, answer, auditor=auditor, now=now)
    case = open_case(database, line.case.id, auditor=auditor, now=now)
    return Tour(database=database, case=case)


def _keep_case(database: Database, now: datetime) -> None:
    unit = FrameUnit(unit=FILE.unit, attributes={})
    source = Source(
        kind="annex_a",
        name="tour",
        sha256="0" * 64,
        as_at=AS_AT.isoformat(),
        imported_utc=utc(now),
        imported_by=PERSON,
        synthetic=True,
    )
    with database.write() as uow:
        decide_kind(uow, synthetic=True)
        import_id = uow.frames.add_import(source)
        frame = Frame(cohort=FILE.cohort, as_at=AS_AT, units=(unit,))
        uow.frames.add_frame(import_id, frame)
        uow.frames.add_documents(import_id, [FILE])
        uow.commit()


def _given(case: OpenCase) -> list[Answer]:
    criteria = [one for domain in case.domains for one in domain.criteria]
    return [
        *(
            Answer(
                part="criterion",
                subject=one.id,
                value=case.rubric.scale_of(one).benchmark,
                rationale="Answered before the tour began.",
                evidence="SUP-2026-03-12, line 1",
            )
            for one in criteria[LEFT_OPEN:]
        ),
        *(
            Answer(
                part="closing", subject=key, rationale="Written before the tour began."
            )
            for key in CLOSING
        ),
    ]
