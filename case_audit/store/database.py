"""Open a database: the embedded file or PostgreSQL, at the newest schema."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from case_audit.errors import DatabaseError, ForeignDatabaseError, NewerDatabaseError
from case_audit.store.migrations import HEAD, KNOWN

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

WRITING = "case_audit_writing"
"""Execution option of connections that will write."""

_SETTINGS = {
    "journal_mode": "wal",  # readers and one writer at once
    "synchronous": "2",  # FULL: what is acknowledged survives a power cut
    "foreign_keys": "1",
    "busy_timeout": "10000",
    "trusted_schema": "0",
    "secure_delete": "1",
    "temp_store": "2",
}


def open_database(url: str) -> Engine:
    """Open a database and bring its tables up to date.

    An embedded file that does not exist is made, readable by its owner alone.

    Args:
        url: A path of an embedded file, or an SQLAlchemy URL such as
            ``postgresql+psycopg://host/name``.

    Returns:
        An engine. Errors from it never hold the values of a statement.

    Raises:
        DatabaseError: If it cannot be opened.
        ForeignDatabaseError: If it holds tables of something else.
        NewerDatabaseError: If a newer version of the program wrote it.
    """
    shown = url
    try:
        if "://" in url:
            parsed = make_url(url)
            shown = parsed.render_as_string(hide_password=True)
            engine = _engine(parsed.render_as_string(hide_password=False))
        else:
            path = Path(url)
            _make_private(path)
            engine = _engine(f"sqlite:///{path}")
        _upgrade(engine)
    except (DBAPIError, OSError) as error:
        raise DatabaseError(shown, reason=_reason(error)) from None
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise DatabaseError(shown, reason=str(error)) from None
    return engine


def _engine(url: str) -> Engine:
    embedded = url.startswith("sqlite")
    # SQLAlchemy begins transactions itself, so that a failed migration rolls back.
    extra: dict[str, Any] = (
        {"connect_args": {"isolation_level": None}} if embedded else {}
    )
    engine = create_engine(url, hide_parameters=True, **extra)
    if embedded:
        event.listen(engine, "connect", _configure)
        event.listen(engine, "begin", _begin)
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
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _make_private(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        return


def _upgrade(engine: Engine) -> None:
    with engine.connect() as connection:
        tables = set(inspect(connection).get_table_names())
        if "alembic_version" not in tables:
            if tables:
                raise ForeignDatabaseError(len(tables))
            found = None
        else:
            found = connection.execute(
                text("SELECT version_num FROM alembic_version")
            ).scalar()
    if found == HEAD:
        return
    if found is not None and found not in KNOWN:
        raise NewerDatabaseError(str(found))
    # Alembic costs a second to import and is needed once per upgrade.
    from case_audit.store.migrations.upgrade import upgrade  # noqa: PLC0415

    upgrade(engine)


def _reason(error: Exception) -> str:
    original = getattr(error, "orig", None) or error
    return str(getattr(original, "strerror", None) or original).splitlines()[0]
