"""Read one column of many rows, by the driver's own cursor."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import DBAPIError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlmodel import Session

PIECE = 1_000
"""Rows fetched at once: few enough to stay in the processor's cache."""


def first_values(
    session: Session, statement: str, values: Sequence[int]
) -> Iterator[list[str]]:
    """Yield the first column of a query's rows, a thousand at a time.

    In the session's transaction, and without what a row costs above the driver,
    which for millions is more than everything else that is done with it.

    Args:
        session: Where to read.
        statement: The query, with ``{}`` for each value; nobody's words but ours.
        values: The values.

    Raises:
        DBAPIError: If the database refuses.
    """
    connection = session.connection()
    driver: Any = connection.connection.dbapi_connection
    server = connection.dialect.name == "postgresql"
    # A cursor with a name stays on the server; one without brings all rows at once.
    cursor = driver.cursor(name="first_values") if server else driver.cursor()
    mark = "%s" if server else "?"
    try:
        with closing(cursor):
            cursor.execute(statement.format(*[mark] * len(values)), tuple(values))
            while rows := cursor.fetchmany(PIECE):
                yield [value for (value,) in rows]
    except connection.dialect.loaded_dbapi.Error as error:
        raise DBAPIError(statement, None, error, hide_parameters=True) from error
