"""One transaction on the database."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any, Self, cast

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from case_audit.errors import DatabaseError
from case_audit.store.allocations import Allocations
from case_audit.store.audits import Audits
from case_audit.store.counts import Counts
from case_audit.store.followup import Followups
from case_audit.store.frame_pairs import FramePairs
from case_audit.store.frames import Frames
from case_audit.store.lists import Lists
from case_audit.store.narratives import Narratives
from case_audit.store.numbers import Numbers
from case_audit.store.outcomes import Outcomes
from case_audit.store.plans import Plans
from case_audit.store.readings import Readings
from case_audit.store.records import Records
from case_audit.store.registry import Registry
from case_audit.store.rounds import Rounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from types import TracebackType

    from sqlalchemy import Connection, Engine


class UnitOfWork:
    """Everything done inside ``with`` is kept on :meth:`commit`, else undone.

    Args:
        engine: From :func:`case_audit.store.database.open_database`, to read; from
            :func:`case_audit.store.keys.to_write` where anything will be written. A
            reading unit of work never waits for a writing one.

    Attributes:
        registry: What the database is, its sealed log, the rubric texts.
        frames: Imports, rows and frames.
        records: The rows of an import as streams.
        pairs: Two frames beside each other.
        numbers: The random numbers of frames.
        rounds: Rounds and their cases.
        allocations: Who reads which file.
        plans: Draws that are fixed and wait for their seed.
        audits: Audits and their answers.
        narratives: What leads wrote about rounds.
        outcomes: What the counts of rounds are counts of.
        followup: Actions, and the ends of escalations.
        lists: What the first screens show, a page at a time.
        readings: What an auditor reads of a case.
        counts: The kept counts of rounds.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._session = Session(engine)
        self._connection: Connection | None = None
        self.registry = Registry(self._session, self._run)
        self.lists = Lists(self._run)
        self.readings = Readings(self._run)
        self.frames = Frames(self._session, self.readings)
        self.records = Records(self._session)
        self.pairs = FramePairs(self._session)
        self.numbers = Numbers(self._session)
        self.rounds = Rounds(self._session, self.readings)
        self.allocations = Allocations(self._session)
        self.plans = Plans(self._session)
        self.audits = Audits(self._session, self.readings, self._run)
        self.narratives = Narratives(self._session)
        self.outcomes = Outcomes(self._session)
        self.followup = Followups(self._session)
        self.counts = Counts(self._run)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._session.close()
        if isinstance(error, (DBAPIError, sqlite3.Error)):
            where = self._engine.url.render_as_string(hide_password=True)
            said = error.orig if isinstance(error, DBAPIError) else error
            reason = next(iter(str(said or "").splitlines()), "it failed")
            raise DatabaseError(where, reason=reason) from None

    def _run(self, sql: str, values: Mapping[str, object]) -> Iterable[Sequence[Any]]:
        connection = self._connection
        # The session takes long to find it, and it is the same until it is done.
        if connection is None or not connection.in_transaction():
            connection = self._connection = self._session.connection()
        if connection.dialect.name == "sqlite":
            # Its driver reads named values itself, in a fraction of the time.
            driver: Any = connection.connection.driver_connection
            return cast("Iterable[Sequence[Any]]", driver.execute(sql, values))
        return connection.execute(text(sql), dict(values))

    def commit(self) -> None:
        """Keep what was done. When this returns, it is on disk."""
        self._session.commit()
