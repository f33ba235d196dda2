"""Write many rows at once, by the quickest way each database has."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import inspect
from sqlalchemy.exc import DBAPIError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection
    from sqlmodel import Session, SQLModel

CHUNK = 5_000
"""Rows sent to the database at once: memory stays flat however many there are."""


def bulk_load(
    session: Session,
    table: type[SQLModel],
    names: Sequence[str],
    rows: Iterable[tuple[Any, ...]],
) -> int:
    """Write rows in the session's transaction, a few thousand at a time.

    The embedded file gets prepared inserts, PostgreSQL ``COPY``. The rows may
    come from a query of the same session.

    Args:
        session: Where to write; not committed here.
        table: Whose rows they are.
        names: Attributes of the table, in the order of the values.
        rows: The values, already of the columns' types; read once, never held.

    Returns:
        How many were written.

    Raises:
        DBAPIError: If the database refuses a row.
    """
    session.flush()
    connection = session.connection()
    write = _copy if connection.dialect.name == "postgresql" else _insert
    statement = _statement(connection, table, names)
    written, source = 0, iter(rows)
    while chunk := list(islice(source, CHUNK)):
        write(connection, statement, chunk)
        written += len(chunk)
    return written


def _statement(
    connection: Connection, table: type[SQLModel], names: Sequence[str]
) -> str:
    quote = connection.dialect.identifier_preparer.quote
    mapper = inspect(table)
    columns = ", ".join(quote(mapper.columns[name].name) for name in names)
    into = f"{quote(mapper.local_table.name)} ({columns})"
    if connection.dialect.name == "postgresql":
        return f"COPY {into} FROM STDIN"
    places = ", ".join("?" * len(names))
    return f"INSERT INTO {into} VALUES ({places})"  # noqa: S608 (our own names)


def _insert(
    connection: Connection, statement: str, chunk: list[tuple[Any, ...]]
) -> None:
    connection.exec_driver_sql(statement, chunk)


def _copy(connection: Connection, statement: str, chunk: list[tuple[Any, ...]]) -> None:
    driver: Any = connection.connection.dbapi_connection
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            copy.write(copy_text(chunk))
    except connection.dialect.loaded_dbapi.Error as error:
        # As SQLAlchemy would: the values of the rows stay out of the message.
        raise DBAPIError(statement, None, error, hide_parameters=True) from error


def copy_text(rows: Sequence[tuple[Any, ...]]) -> str:
    r"""Return rows in the text format of ``COPY``.

    Nearly all values are texts of one line. So all rows are written at once, and
    only backslashes are marked; the driver would look at every value. A value of
    several lines, or none, has every value of the rows looked at after all.

    Args:
        rows: Text, whole numbers, truth values or nothing (written ``\N``); as
            many in each, at least one row.
    """
    values, width = tuple(chain.from_iterable(rows)), len(rows[0])
    text = _line(width) * len(rows) % values
    plain = (
        None not in values
        and "\r" not in text
        and text.count("\n") == len(rows)
        and text.count("\t") == len(rows) * (width - 1)
    )
    if plain:
        return text.replace("\\", "\\\\")
    return _line(width) * len(rows) % tuple(map(_marked, values))


def _line(width: int) -> str:
    return "\t".join(["%s"] * width) + "\n"


def _marked(value: object) -> str:
    if value is None:
        return r"\N"
    text = str(value).replace("\\", "\\\\").replace("\t", r"\t")
    return text.replace("\n", r"\n").replace("\r", r"\r")
