"""The database a user works on."""

from __future__ import annotations

from pathlib import Path

from case_audit.errors import MixedDataError
from case_audit.store.database import open_database, remove_unused
from case_audit.store.keys import to_write
from case_audit.store.unit_of_work import UnitOfWork

LIVE = "live"
PRACTICE = "practice"


class Database:
    """An open database. Safe to use from several threads.

    Args:
        url: A path or an SQLAlchemy URL.

    Raises:
        DatabaseError: If it cannot be opened, and its kin in
            :mod:`case_audit.errors`.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self._engine = open_database(url)
        self._writing = to_write(self._engine)

    def read(self) -> UnitOfWork:
        """Return a unit of work that only reads."""
        return UnitOfWork(self._engine)

    def write(self) -> UnitOfWork:
        """Return a unit of work that writes; one at a time gets its turn."""
        return UnitOfWork(self._writing)

    def kind(self) -> str:
        """Return ``"live"``, ``"practice"``, or nothing before the first import."""
        with self.read() as uow:
            return uow.registry.kind()

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()

    def discard(self) -> bool:
        """Close it and take its file away, if it holds nothing; whether it did."""
        self.close()
        return "://" not in self.url and remove_unused(Path(self.url))


def decide_kind(uow: UnitOfWork, *, synthetic: bool) -> None:
    """Let the first import decide what a database is; refuse to mix afterwards.

    Raises:
        MixedDataError: If invented data would get into a live database, or
            children's data into a practice one.
    """
    wanted = PRACTICE if synthetic else LIVE
    found = uow.registry.kind()
    if not found:
        uow.registry.set_kind(wanted)
    elif found != wanted:
        raise MixedDataError(database=found)
