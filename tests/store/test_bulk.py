"""Many rows go into the database quickly, and as they are."""

from __future__ import annotations

import tracemalloc
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from case_audit.store.bulk import CHUNK, bulk_load
from case_audit.store.database import open_database
from case_audit.store.keys import WRITING
from case_audit.store.tables.frame import FrameRow, FrameUnitRow, ImportRow
from stored import sql

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.services.database import Database

NAMES = ("frame_id", "unit", "attributes")
ODD = (
    *("CH1", "Zoë", "ÅÄ", "'; DROP TABLE frame; --", "\\N", "\\."),
    *("a\\b", "tab\there", "line\nbreak", "😀", "", " ", "NULL", "%s", "?"),
)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A writing session on a database with one frame, number 1."""
    engine = open_database(database.url)
    with Session(engine.execution_options(**{WRITING: True})) as opened:
        source = ImportRow(
            kind="k",
            name="n",
            sha256="0" * 64,
            as_at="2026-03-31",
            imported_utc="2026-03-31T00:00:00Z",
            imported_by="b",
            synthetic=True,
        )
        opened.add(source)
        opened.flush()
        frame = FrameRow(
            import_id=source.id or 0,
            cohort="cp",
            as_at="2026-03-31",
            units=0,
            digest="",
            excluded="[]",
        )
        opened.add(frame)
        opened.commit()
        yield opened
    engine.dispose()


def test_odd_text_is_kept_as_it_is(session: Session) -> None:
    """Bulk formats have their own marks for nothing, ends and breaks."""
    written = bulk_load(session, FrameUnitRow, NAMES, ((1, text, text) for text in ODD))

    kept = session.exec(select(FrameUnitRow.unit, FrameUnitRow.attributes)).all()
    assert written == len(ODD)
    assert sorted(kept) == sorted((text, text) for text in ODD)


@pytest.mark.parametrize("child", ["c", None])
def test_each_odd_text_alone_is_kept_as_it_is(
    session: Session, child: str | None
) -> None:
    """Rows of plain text are written by a shorter way; nothing may stand in them."""
    names = (*NAMES, "child")
    for number, text in enumerate((*ODD, "carriage\rreturn", "%", "a%%sb", "\\t")):
        rows = [(1, f"{number}", text, child), (1, f"{number} too", "%d", child)]
        bulk_load(session, FrameUnitRow, names, rows)

        kept = session.exec(
            select(FrameUnitRow.attributes, FrameUnitRow.child).where(
                FrameUnitRow.unit == f"{number}"
            )
        ).one()
        assert kept == (text, child)


@pytest.mark.parametrize("size", [0, 1, CHUNK, CHUNK + 1])
def test_every_row_is_written_once(session: Session, size: int) -> None:
    """The borders of what is sent at once are where a row would be lost."""
    rows = ((1, f"{number:06}", "{}") for number in range(size))

    assert bulk_load(session, FrameUnitRow, NAMES, rows) == size

    kept = session.exec(select(FrameUnitRow.unit)).all()
    assert sorted(kept) == [f"{number:06}" for number in range(size)]


def test_rows_may_come_from_the_same_session(session: Session) -> None:
    """A frame is numbered while it is read, without being held."""
    size = 2 * CHUNK + 7
    bulk_load(session, FrameUnitRow, NAMES, ((1, f"{n:06}", "{}") for n in range(size)))
    session.add(
        FrameRow(
            import_id=1,
            cohort="cin",
            as_at="2026-03-31",
            units=0,
            digest="",
            excluded="[]",
        )
    )
    read = session.exec(
        select(FrameUnitRow.unit)
        .where(FrameUnitRow.frame_id == 1)
        .execution_options(yield_per=CHUNK)
    )

    assert bulk_load(session, FrameUnitRow, NAMES, ((2, u, "{}") for u in read)) == size


def test_the_order_of_the_names_is_the_order_of_the_values(session: Session) -> None:
    """A column under another's name would be kept without a word."""
    names = ("attributes", "frame_id", "unit")

    bulk_load(session, FrameUnitRow, names, [("a", 1, "u")])

    assert session.exec(
        select(FrameUnitRow.frame_id, FrameUnitRow.unit, FrameUnitRow.attributes)
    ).all() == [(1, "u", "a")]


def test_a_refused_row_undoes_all_and_is_not_named(
    session: Session, database: Database
) -> None:
    """An identifier in an error message ends in a log."""
    rows = [(1, "CH-SECRET", "{}"), (1, "CH-SECRET", "{}")]

    with pytest.raises(DBAPIError) as raised:
        bulk_load(session, FrameUnitRow, NAMES, rows)

    session.rollback()
    shown = str(raised.value.orig).splitlines()[0]
    assert "unique" in shown.lower()
    assert "CH-SECRET" not in shown
    assert sql(database, "SELECT count(*) FROM frame_unit") == [(0,)]


def test_rows_that_fail_to_come_undo_all(session: Session, database: Database) -> None:
    """A workbook may turn out broken at its last row."""

    def rows() -> Iterator[tuple[Any, ...]]:
        yield 1, "CH1", "{}"
        message = "the file ends"
        raise ValueError(message)

    with pytest.raises(ValueError, match="the file ends"):
        bulk_load(session, FrameUnitRow, NAMES, rows())

    session.rollback()
    assert sql(database, "SELECT count(*) FROM frame_unit") == [(0,)]


def test_the_server_is_sent_a_stream(session: Session) -> None:
    """One statement a row takes five to ten times as long."""
    connection = session.connection()
    said: list[tuple[str, bool]] = []
    event.listen(
        connection,
        "before_cursor_execute",
        lambda _c, _k, statement, _p, _x, many: said.append((statement, many)),
    )

    bulk_load(session, FrameUnitRow, NAMES, ((1, f"{n:06}", "{}") for n in range(9)))

    inserts = [many for statement, many in said if statement.startswith("INSERT")]
    embedded = connection.dialect.name == "sqlite"
    assert inserts == ([True] if embedded else [])


@pytest.mark.slow
def test_memory_does_not_grow_with_the_rows(session: Session) -> None:
    """A county's records are millions of rows."""

    def peak(first: int, size: int) -> int:
        tracemalloc.start()
        bulk_load(
            session,
            FrameUnitRow,
            NAMES,
            ((1, f"{n:09}", "{}") for n in range(first, first + size)),
        )
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(0, CHUNK)  # what is kept for later is made now
    small, large = peak(CHUNK, 2 * CHUNK), peak(3 * CHUNK, 12 * CHUNK)

    assert large <= small * 1.2
