"""Frames, rounds and audits in a real database."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, text

from builders import AS_AT, NOW, SEED, a_case_file, a_rubric, units
from case_audit.core.audit.model import CLOSING, Answer
from case_audit.core.frame.model import Frame, Source
from case_audit.core.sample.model import Design
from case_audit.core.sample.seed import machine_seed
from case_audit.services.answers import give_answer
from case_audit.services.audit import open_case, submit
from case_audit.services.beside import Beside
from case_audit.services.database import decide_kind
from case_audit.services.home import named_round
from case_audit.services.sample import Request, draw_round
from case_audit.services.times import utc

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import Engine

    from case_audit.core.rubric.model import Rubric
    from case_audit.services.database import Database
    from case_audit.services.sample import DrawnRound


def with_frame(
    database: Database, size: int = 30, *, synthetic: bool = True, cohort: str = "cp"
) -> None:
    """Keep a frame of cases with their files, as an import would."""
    frame = Frame(cohort=cohort, as_at=AS_AT, units=units(size))
    import_id = keep_frame(database, frame, synthetic=synthetic)
    with database.write() as uow:
        uow.frames.add_documents(import_id, [a_case_file(u.unit) for u in frame.units])
        uow.commit()


def keep_frame(database: Database, frame: Frame, *, synthetic: bool = True) -> int:
    """Keep a frame as an import would; returns the import's number."""
    with database.write() as uow:
        decide_kind(uow, synthetic=synthetic)
        import_id = uow.frames.add_import(
            Source(
                kind="annex_a",
                name="annex_a.xlsx",
                sha256="0" * 64,
                as_at=AS_AT.isoformat(),
                imported_utc=utc(NOW),
                imported_by="Lee",
                synthetic=synthetic,
            )
        )
        uow.frames.add_frame(import_id, frame)
        uow.commit()
    return import_id


def a_round(
    database: Database,
    *,
    name: str = "Spring 2026",
    size: int = 5,
    rubric: Rubric | None = None,
    strata: tuple[str, ...] = (),
    minimum: int = 0,
    cohort: str = "cp",
) -> DrawnRound:
    """Draw a round from the frame."""
    return draw_round(
        database,
        Request(
            name=name,
            cohort=cohort,
            rubric=rubric or a_rubric(),
            design=Design(
                kind="stratified" if strata else "simple",
                size=size,
                strata=strata,
                minimum=minimum,
            ),
            seed=machine_seed(SEED),
            beside=Beside(reason="another look"),
        ),
        version="0.1.0",
        drawn_by="Lee",
        now=NOW,
    )


def audit_case(
    database: Database,
    case_id: int,
    values: Mapping[str, str],
    *,
    auditor: str = "Ann",
    rest: str = "",
    then_submit: bool = True,
) -> int:
    """Audit one case as an auditor would; returns the audit's number.

    Args:
        database: Where the case is.
        case_id: The case.
        values: Answers by criterion.
        auditor: Who.
        rest: The answer to every criterion not named; yes, they were asked, to what
            is about the audit.
        then_submit: Whether to write the closing statements and submit.
    """
    desk = open_case(database, case_id, auditor=auditor, now=NOW)
    for domain in desk.domains:
        for criterion in domain.criteria:
            other = "yes" if rest and criterion.about_audit else rest
            value = values.get(criterion.id, other)
            if value:
                answer = Answer(
                    part="criterion",
                    subject=criterion.id,
                    value=value,
                    rationale="Seen in the file.",
                )
                give_answer(database, desk.audit.id, answer, auditor=auditor, now=NOW)
    if then_submit:
        for key in CLOSING:
            answer = Answer(part="closing", subject=key, rationale="Something true.")
            give_answer(database, desk.audit.id, answer, auditor=auditor, now=NOW)
        submit(database, desk.audit.id, auditor=auditor, now=NOW)
    return desk.audit.id


def case_ids(database: Database, name: str = "Spring 2026") -> list[int]:
    """The cases of a round, by number."""
    return [line.case.id for line in named_round(database, name)[1]]


@contextmanager
def plain_engine(address: str) -> Iterator[Engine]:
    """A database without the program: what a stranger with SQL can do."""
    engine = create_engine(address if "://" in address else f"sqlite:///{address}")
    try:
        yield engine
    finally:
        engine.dispose()


def sql(
    database: Database, statement: str, **values: object
) -> list[tuple[object, ...]]:
    """Run a statement past the program; returns its rows, if it gives any."""
    with plain_engine(database.url) as engine, engine.begin() as connection:
        result = connection.execute(text(statement), values)
        return [tuple(row) for row in result] if result.returns_rows else []
