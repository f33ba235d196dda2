"""Read one column of many rows, joined by the database and split here."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection
    from sqlmodel import Session

PIECE: Final = 5_000
"""Rows that are joined at once: few enough to stay in the processor's cache."""
SEPARATOR: Final = "\x1f"
"""What stands between two units; where one holds it, rows are read one by one."""
_OF_FRAME: Final = "SELECT unit FROM frame_unit WHERE frame_id = {}"
_FIRST: Final = "ORDER BY unit LIMIT {}"
HALF: Final = 2**63
"""Numbers lie in the database less this, so that they fit a signed column."""


def numbered_units(
    session: Session, numbering_id: int, stratum_no: int, *, units: int
) -> Iterator[list[str]]:
    """Yield all units of a stratum from its numbers, a few thousand at a time.

    The numbers are hashes, so equal ranges of them hold about equally many.

    Args:
        session: Where to read.
        numbering_id: The numbering.
        stratum_no: The stratum.
        units: How many there are, about.

    Raises:
        DBAPIError: If the database refuses.
    """
    connection = session.connection()
    ranges = units // PIECE + 1
    ends = [2 * HALF * place // ranges - HALF for place in range(ranges + 1)]
    for low, end in pairwise(ends):
        units_there, _ = _joined(
            connection,
            "SELECT unit FROM frame_number WHERE numbering_id = {} "
            "AND stratum_no = {} AND prn BETWEEN {} AND {}",
            (numbering_id, stratum_no, low, end - 1),
            and_last=False,
        )
        yield units_there


def frame_units(session: Session, frame_id: int) -> Iterator[list[str]]:
    """Yield all units of a frame, a few thousand at a time.

    Raises:
        DBAPIError: If the database refuses.
    """
    connection = session.connection()
    found, last = _joined(connection, f"{_OF_FRAME} {_FIRST}", (frame_id, PIECE))
    while found:
        yield found
        found, last = _joined(
            connection, f"{_OF_FRAME} AND unit > {{}} {_FIRST}", (frame_id, last, PIECE)
        )


def _joined(
    connection: Connection, query: str, values: Sequence[Any], *, and_last: bool = True
) -> tuple[list[str], str | None]:
    """Return the units of a query, and the last of them as the database sorts.

    A row costs above what is done with it, even by the driver alone; a text of
    thousands of units is one row.

    Args:
        connection: Where to read.
        query: Gives units, with ``{}`` for each value; nobody's words but ours.
        values: The values.
        and_last: ``False`` saves looking for the last, and gives nothing.
    """
    server = connection.dialect.name == "postgresql"
    plain = query.format(*["%s" if server else "?"] * len(values))
    join = "string_agg" if server else "group_concat"
    end = "max(unit)" if and_last else "NULL"
    text, count, last = connection.exec_driver_sql(
        f"SELECT {join}(unit, '{SEPARATOR}'), count(*), {end} FROM ({plain}) AS piece",  # noqa: S608 (our own words)
        tuple(values),
    ).one()
    units = text.split(SEPARATOR) if count else []
    if len(units) != count:
        units = list(connection.exec_driver_sql(plain, tuple(values)).scalars())
    return units, last
