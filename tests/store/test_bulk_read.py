"""A column of many rows comes in pieces, as it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from case_audit.store.bulk_read import PIECE, first_values
from case_audit.store.database import open_database

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.services.database import Database

MANY = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {}) "
    "SELECT 'Zoë ' || i FROM n"
)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    engine = open_database(database.url)
    with Session(engine) as opened:
        yield opened
    engine.dispose()


@pytest.mark.parametrize("rows", [1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE])
def test_every_row_comes_once_and_none_too_many_at_a_time(
    session: Session, rows: int
) -> None:
    pieces = list(first_values(session, MANY, (rows,)))

    assert [value for piece in pieces for value in piece] == [
        f"Zoë {i}" for i in range(1, rows + 1)
    ]
    assert max(len(piece) for piece in pieces) <= PIECE


def test_no_rows_give_no_pieces(session: Session) -> None:
    assert list(first_values(session, "SELECT 1 WHERE 1 = {}", (2,))) == []


def test_a_reading_may_be_left_in_the_middle(session: Session) -> None:
    """The next one starts anew, on the server too."""
    first = first_values(session, MANY, (3 * PIECE,))
    assert len(next(first)) == PIECE
    first.close()  # type: ignore[attr-defined]

    assert list(first_values(session, MANY, (1,))) == [["Zoë 1"]]


def test_what_the_database_refuses_is_its_error(session: Session) -> None:
    """As from every other statement, so that it is told alike."""
    with pytest.raises(DBAPIError):
        next(first_values(session, "SELECT nothing FROM nowhere", ()))
