"""Everything needed to practise, in one act."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from case_audit.core.sample.model import Design
from case_audit.core.sample.seed import typed_seed
from case_audit.errors import DatabaseError, MixedDataError
from case_audit.services.database import PRACTICE, Database
from case_audit.services.home import list_rounds
from case_audit.services.import_files import Files, import_files
from case_audit.services.rubric import library
from case_audit.services.sample import Request, draw_round
from case_audit.services.synthetic import make_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

SEED = "borrowmere"
COHORT, RUBRIC = "cp", "child-protection"
NAME = "Practice round"
PERSON = "case-audit demo"
PUBLIC = "27182818284590452353"
"""The demo's dice. Everybody who practises gets the same cases to talk about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """What to practise with.

    Attributes:
        children: How many invented children.
        size: How many cases to draw.
        version: Version of the program, for the record.
    """

    children: int
    size: int
    version: str


def prepare_demo(
    url: str, practice: Practice, *, now: datetime, tell: Callable[[str], None]
) -> str:
    """Make practice data, draw a sample, and return the round to open.

    A practice database that has a round already is left as it is, so that the
    second start goes on where the first ended.

    Args:
        url: The practice database.
        practice: How much of everything.
        now: The time; the county is as it was on the last day of the month before.
        tell: Called with what happens.

    Raises:
        MixedDataError: If the database holds real data.
        SampleTooLargeError: If more cases are wanted than the county has.
    """
    database = Database(url)
    try:
        if database.kind() not in ("", PRACTICE):
            raise MixedDataError(database=database.kind())
        rounds = list_rounds(database)
        if rounds:
            tell(
                "Going on with the practice round that is there (--fresh starts anew)."
            )
            return rounds[0].round.name
        as_at = now.date().replace(day=1) - timedelta(days=1)
        if not database.kind():
            _fill(database, practice, as_at=as_at, now=now, tell=tell)
        return _draw(database, practice, now=now, tell=tell)
    finally:
        database.close()


def _fill(
    database: Database,
    practice: Practice,
    *,
    as_at: date,
    now: datetime,
    tell: Callable[[str], None],
) -> None:
    tell(f"Inventing the county of Borrowmere: {practice.children} children.")
    with tempfile.TemporaryDirectory(prefix="case-audit-demo-") as name:
        made = make_files(
            Path(name), seed=SEED, children=practice.children, as_at=as_at
        )
        tell("Importing its Annex A workbook and the children's files.")
        import_files(
            database,
            Files(lists=made.workbook, cases=made.cases),
            as_at=as_at,
            imported_by=PERSON,
            now=now,
        )


def _draw(
    database: Database,
    practice: Practice,
    *,
    now: datetime,
    tell: Callable[[str], None],
) -> str:
    drawn = draw_round(
        database,
        Request(
            name=NAME,
            cohort=COHORT,
            rubric=library().rubric(RUBRIC),
            design=Design(kind="simple", size=practice.size, minimum=0),
            seed=typed_seed(PUBLIC, witnesses="", round_label=NAME),
        ),
        version=practice.version,
        drawn_by=PERSON,
        now=now,
    )
    tell(
        f"Drawn {len(drawn.sample.drawn)} of {drawn.sample.population} children on a "
        f"protection plan, at random."
    )
    return drawn.name


def set_aside(url: str, *, now: datetime) -> Path | None:
    """Move an embedded practice database out of the way; nothing is deleted.

    Args:
        url: Path of the file.
        now: The time, for the new name.

    Returns:
        Where it is now; ``None`` if there was none, or it is on a server.

    Raises:
        MixedDataError: If the database holds real data. Nothing is moved.
        DatabaseError: If it is open somewhere else, or cannot be moved.
    """
    path = Path(url)
    if "://" in url or not path.exists():
        return None
    target = path.with_name(f"{path.stem}-{now:%Y%m%d-%H%M%S}{path.suffix}")
    # Whoever closes it last writes everything into the one file.
    database = Database(url)
    kind = database.kind()
    database.close()
    if kind not in ("", PRACTICE):
        raise MixedDataError(database=kind)
    if path.with_name(f"{path.name}-wal").exists():
        raise DatabaseError(url, reason="it is open in another window")
    try:
        path.replace(target)
    except OSError as error:
        reason = error.strerror or "it cannot be moved"
        raise DatabaseError(url, reason=reason) from None
    return target
