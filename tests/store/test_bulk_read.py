"""The units of a stratum or a frame come in pieces, as they are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from case_audit.store.bulk_read import (
    HALF,
    PIECE,
    SEPARATOR,
    frame_units,
    numbered_units,
)
from case_audit.store.database import open_database
from case_audit.store.keys import WRITING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

    from case_audit.services.database import Database

SOURCE = (
    "INSERT INTO import_file (id, kind, name, sha256, as_at, imported_utc, "
    "imported_by, synthetic) VALUES (1, 'x', 'x', '0', '2026-03-31', '', 'x', true)"
)
FRAME = (
    "INSERT INTO frame (id, import_id, cohort, as_at, units, digest, excluded_json) "
    "VALUES (1, 1, 'cp', '2026-03-31', 0, '', '[]')"
)
NUMBERING = (
    "INSERT INTO numbering (id, frame_id, strata_json, seed, complete, units, digest, "
    "counts_json, made_utc) VALUES (1, 1, '[]', '', true, 0, '', '[]', '')"
)
HOSTILE = ["Zoë 1", f"A{SEPARATOR}B", SEPARATOR, "a\nb\tc", "%s ?", "'", "é", "e\u0301"]
"""Names that a text of many could be taken apart at, or written wrongly."""


@pytest.fixture
def engine(database: Database) -> Iterator[Engine]:
    opened = open_database(database.url).execution_options(**{WRITING: True})
    with opened.begin() as connection:
        for statement in (SOURCE, FRAME, NUMBERING):
            connection.exec_driver_sql(statement)
    yield opened
    opened.dispose()


def keep(engine: Engine, table: str, rows: list[tuple[object, ...]]) -> None:
    """Put rows into a table, in the order of its columns."""
    columns = {
        "frame_unit": "frame_id, unit, attributes_json",
        "frame_number": "numbering_id, stratum_no, prn, unit",
    }[table]
    mark = "%s" if engine.dialect.name == "postgresql" else "?"
    places = ", ".join([mark] * len(rows[0]))
    with engine.begin() as connection:
        connection.exec_driver_sql(
            f"INSERT INTO {table} ({columns}) VALUES ({places})",  # noqa: S608
            rows,
        )


def test_units_of_a_stratum_come_once_wherever_their_numbers_lie(
    engine: Engine,
) -> None:
    """At both ends of the range, twice the same number, names of any kind."""
    ends = [-HALF, HALF - 1, 0, 0, -1, 1, HALF // 2, -HALF // 2]
    rows = [(1, 3, at, unit) for at, unit in zip(ends, HOSTILE, strict=True)]
    keep(engine, "frame_number", [*rows, (1, 2, 0, "of another stratum")])

    with Session(engine) as session:
        for said in (0, len(rows), PIECE, 7 * PIECE):
            pieces = numbered_units(session, 1, 3, units=said)
            found = [unit for piece in pieces for unit in piece]
            assert sorted(found) == sorted(HOSTILE)
        assert list(numbered_units(session, 1, 9, units=1)) == [[]]


def test_units_of_a_frame_come_once_a_few_thousand_at_a_time(engine: Engine) -> None:
    names = ["", *HOSTILE, *(f"SYN-{n:06d}" for n in range(2 * PIECE))]
    keep(engine, "frame_unit", [(1, unit, "{}") for unit in names])

    with Session(engine) as session:
        pieces = list(frame_units(session, 1))
        assert list(frame_units(session, 2)) == []

    assert sorted(unit for piece in pieces for unit in piece) == sorted(names)
    assert [len(piece) for piece in pieces] == [PIECE, PIECE, len(HOSTILE) + 1]


def test_a_reading_may_be_left_in_the_middle(engine: Engine) -> None:
    """The next one starts anew, on the server too."""
    keep(engine, "frame_unit", [(1, f"{n}", "{}") for n in range(PIECE + 1)])

    with Session(engine) as session:
        first = frame_units(session, 1)
        assert len(next(first)) == PIECE
        first.close()  # type: ignore[attr-defined]

        assert sum(len(piece) for piece in frame_units(session, 1)) == PIECE + 1


def test_what_the_database_refuses_is_its_error(engine: Engine) -> None:
    """As from every other statement, so that it is told alike."""
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE frame_unit")

    with Session(engine) as session, pytest.raises(DBAPIError):
        next(frame_units(session, 1))
