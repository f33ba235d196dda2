"""Open a database: the embedded file or PostgreSQL, at the newest schema."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    NoSuchModuleError,
    OperationalError,
)

from case_audit.errors import (
    DatabaseError,
    ForeignDatabaseError,
    NewerDatabaseError,
    UnknownDatabaseKindError,
)
from case_audit.store.keys import WRITING
from case_audit.store.migrations import HEAD, KNOWN

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

_SETTINGS = {
    "synchronous": "2",  # FULL: what is acknowledged survives a power cut
    "foreign_keys": "1",
    "busy_timeout": "30000",  # an import of a whole county takes its turn in one go
    "trusted_schema": "0",
    "secure_delete": "1",
    "temp_store": "2",
}


_OURS = {"alembic_version", "event", "meta"}
"""Tables that every database of this program has."""

_TURN = 4_820_231_107
"""Number of the lock that writers of a PostgreSQL database take in turn."""


def open_database(url: str) -> Engine:
    """Open a database and bring its tables up to date.

    An embedded file that does not exist is made, readable by its owner alone.

    Args:
        url: A path of an embedded file, or an SQLAlchemy URL such as
            ``postgresql://host/name``.

    Returns:
        An engine. Errors from it never hold the values of a statement.

    Raises:
        DatabaseError: If it cannot be opened.
        ForeignDatabaseError: If it holds tables of something else.
        NewerDatabaseError: If a newer version of the program wrote it.
    """
    # An address that cannot be understood may hold a password anywhere.
    shown = "The address" if "://" in url else url
    try:
        if "://" in url:
            parsed = make_url(url)
            shown = parsed.render_as_string(hide_password=True)
            if parsed.drivername == "postgresql":
                parsed = parsed.set(drivername="postgresql+psycopg")
            if parsed.get_backend_name() not in ("sqlite", "postgresql"):
                raise UnknownDatabaseKindError(shown)
        else:
            path = Path(url)
            _make_private(path)
            parsed = URL.create("sqlite", database=str(path))
        engine = _engine(parsed)
        try:
            _upgrade(engine)
        except BaseException:
            engine.dispose()
            raise
    except (DBAPIError, OSError) as error:
        raise DatabaseError(shown, reason=_reason(error)) from None
    except (ArgumentError, NoSuchModuleError):
        raise UnknownDatabaseKindError(shown) from None
    except ImportError as error:
        raise DatabaseError(shown, reason=str(error)) from None
    return engine


def remove_unused(path: Path) -> bool:
    """Take away an embedded file that holds nothing and that nobody else has open.

    For a file that was made for a work that then failed. One that holds anything,
    or that somebody uses, stays.

    Args:
        path: The file, closed by whoever made it.

    Returns:
        Whether it was taken away.
    """
    try:
        # Only whoever has the file alone may leave the write-ahead mode.
        with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as one:
            one.execute("PRAGMA journal_mode=delete")
            one.execute("BEGIN EXCLUSIVE")
            for table in sorted(_OURS - {"alembic_version"}):
                if one.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone():  # noqa: S608 - our own names
                    return False
            if os.name != "nt":
                path.unlink()
        path.unlink(missing_ok=True)
    except (sqlite3.Error, OSError):
        return False
    return True


def _engine(url: URL) -> Engine:
    embedded = url.get_backend_name() == "sqlite"
    # SQLAlchemy begins transactions itself, so that a failed migration rolls back.
    extra: dict[str, Any] = (
        {"connect_args": {"isolation_level": None}} if embedded else {}
    )
    engine = create_engine(url, hide_parameters=True, **extra)
    if embedded:
        event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin if embedded else _begin_on_server)
    return engine


def _configure(connection: Any, _record: object) -> None:  # noqa: ANN401
    cursor = connection.cursor()
    for name, value in _SETTINGS.items():
        cursor.execute(f"PRAGMA {name}={value}")
    cursor.close()


def _begin(connection: Connection) -> None:
    # A transaction that starts by reading cannot always be turned into a
    # writing one, and then fails at once instead of waiting its turn.
    writing = connection.get_execution_options().get(WRITING, False)
    # Of the driver: at every letter of a note, and it is quicker by half.
    driver: Any = connection.connection.driver_connection
    statement = "BEGIN IMMEDIATE" if writing else "BEGIN"
    try:
        driver.execute(statement)
    except sqlite3.Error as error:
        raise OperationalError(statement, None, error) from None


def _begin_on_server(connection: Connection) -> None:
    # The same promises as from the embedded file: writers go one after the
    # other, so the log has no two lines of one number, and a reader sees the
    # database as it was at one moment.
    writing = connection.get_execution_options().get(WRITING, False)
    connection.exec_driver_sql(
        f"SELECT pg_advisory_xact_lock({_TURN})"
        if writing
        else "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
    )


def _write_ahead(engine: Engine) -> None:
    # Readers and one writer at once. Set when the file is known to be ours: it
    # changes the file, and stays.
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA journal_mode=wal")
    finally:
        connection.close()


def _make_private(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        return


def _upgrade(engine: Engine) -> None:
    with engine.connect() as connection:
        tables = set(inspect(connection).get_table_names())
        found = None
        if tables:
            if not tables >= _OURS:
                raise ForeignDatabaseError(len(tables))
            found = connection.execute(
                text("SELECT version_num FROM alembic_version")
            ).scalar()
    if found is not None and found not in KNOWN:
        raise NewerDatabaseError(str(found))
    if engine.dialect.name == "sqlite":
        _write_ahead(engine)
    if found == HEAD:
        return
    # Alembic costs a second to import and is needed once per upgrade.
    from case_audit.store.migrations.upgrade import upgrade  # noqa: PLC0415

    upgrade(engine)


def _reason(error: Exception) -> str:
    original = getattr(error, "orig", None) or error
    return str(getattr(original, "strerror", None) or original).splitlines()[0]
