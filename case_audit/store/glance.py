"""A first look into an embedded database, without the libraries of the store.

They take longer to load than a screen to paint. This reads by the standard library
alone, and only a file that is at the newest step already.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from case_audit.errors import DatabaseError
from case_audit.store.lists import Lists
from case_audit.store.migrations import HEAD
from case_audit.store.readings import Readings

if TYPE_CHECKING:
    from collections.abc import Iterator

_SETTINGS = ("busy_timeout=1000", "trusted_schema=0", "temp_store=2", "query_only=1")


@dataclass(frozen=True, slots=True)
class Look:
    """What can be read at a glance.

    Attributes:
        lists: What the first screens show.
        readings: What an auditor reads of a case.
    """

    lists: Lists
    readings: Readings


class Glance:
    """An embedded database that is only looked at. For one thread."""

    def __init__(self, connection: sqlite3.Connection, *, url: str) -> None:
        self._connection = connection
        self._url = url

    @contextmanager
    def read(self) -> Iterator[Look]:
        """Read what is there at one moment.

        Raises:
            DatabaseError: If it cannot be read.
        """
        try:
            self._connection.execute("BEGIN")
            run = self._connection.execute
            yield Look(Lists(run), Readings(run))
        except sqlite3.Error as error:
            raise DatabaseError(self._url, reason=str(error)) from None
        finally:
            self._connection.rollback()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def glance(url: str) -> Glance | None:
    """Look into a database, if that can be done without its libraries.

    Args:
        url: As for :func:`case_audit.store.database.open_database`.

    Returns:
        ``None`` where the ordinary way has to be taken: for a server, a file that is
        not there, not ours, not readable, or not at the newest step. That way also
        tells what is wrong.
    """
    if "://" in url or not Path(url).is_file():
        return None
    connection = None
    try:
        connection = sqlite3.connect(
            f"{Path(url).resolve().as_uri()}?mode=ro", uri=True, isolation_level=None
        )
        for setting in _SETTINGS:
            connection.execute(f"PRAGMA {setting}")
        steps = connection.execute("SELECT version_num FROM alembic_version").fetchall()
        connection.execute("SELECT 1 FROM event LIMIT 1")
    except sqlite3.Error:
        steps = []
    if connection is not None and steps != [(HEAD,)]:
        connection.close()
        connection = None
    return Glance(connection, url=url) if connection is not None else None
