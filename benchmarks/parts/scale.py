"""One act on many rows, in a process of its own.

Run: ``python -m benchmarks.parts.scale ACT ROWS PLACE``. The line printed has the
processor seconds of the act without the start of the process, and the most memory
the process took, in MiB.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import time
from contextlib import closing
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from benchmarks.parts.hash_bare import SEED
from benchmarks.parts.peak import peak

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from case_audit.core.frame.model import Record
    from case_audit.core.sample.model import Design
    from case_audit.store.unit_of_work import UnitOfWork

OTHER = "7a" * 32
VALUES: dict[str, str | int | None] = {
    "team": "East",
    "start_date": "2026-01-12",
    "age": 9,
    "category": "neglect",
}
RAW = {"team": "East", "start_date": "12/01/2026", "age": "9", "category": "NEG"}
INSERT = (
    "INSERT INTO record (import_id, list_no, row, unit, values_json, raw_json) "
    "VALUES (1, 6, ?, ?, ?, ?)"
)
STRATA = 10
DRAWN = 200
BATCH = 250_000


def ready(rows: int) -> Iterator[tuple[int, str, str, str]]:
    """Yield rows as the database takes them."""
    values, raw = json.dumps(VALUES), json.dumps(RAW)
    for number in range(rows):
        yield number, f"SYN-{number:08d}", values, raw


def records(rows: int) -> Iterator[Record]:
    """Yield the same rows as our readers give them."""
    from case_audit.core.frame.model import Record

    for number in range(rows):
        yield Record(
            list_no=6, row=number, unit=f"SYN-{number:08d}", values=VALUES, raw=RAW
        )


def store_raw(rows: int, place: str) -> None:
    """Write rows by the driver alone."""
    with closing(sqlite3.connect(place)) as connection:
        connection.execute("PRAGMA journal_mode=wal")
        connection.executemany(INSERT, ready(rows))
        connection.commit()


def copy_raw(rows: int, place: str) -> None:
    """Write rows by COPY alone."""
    import psycopg

    columns = "import_id, list_no, row, unit, values_json, raw_json"
    with (
        psycopg.connect(place) as connection,
        connection.cursor() as cursor,
        cursor.copy(f"COPY record ({columns}) FROM STDIN") as copy,
    ):
        for row in ready(rows):
            copy.write_row((1, 6, *row))


def copy_values(rows: int, place: str) -> None:
    """Write the rows that ours are made of by COPY: values to JSON, row by row."""
    import psycopg

    text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    columns = "import_id, list_no, row, unit, values_json, raw_json"
    with (
        psycopg.connect(place) as connection,
        connection.cursor() as cursor,
        cursor.copy(f"COPY record ({columns}) FROM STDIN") as copy,
    ):
        for r in records(rows):
            copy.write_row((1, r.list_no, r.row, r.unit, text(r.values), text(r.raw)))


def frames_ours(rows: int, _place: str) -> None:
    """Make the frame of so many children, each with one row on list 6."""
    import datetime as dt

    from case_audit.core.frame.build import FrameBuilder

    builder = FrameBuilder(as_at=dt.date(2026, 3, 31))
    for record in records(rows):
        builder.add(record)
    builder.frames()


def store_ours(rows: int, place: str) -> None:
    """Write rows as an import does."""
    from case_audit.services.database import Database

    database = Database(place)
    with database.write() as uow:
        uow.frames.add_records(1, records(rows))
        uow.commit()
    database.close()


HONEST = 100
"""Units of each stratum of a frame of millions whose numbers are true."""
FILLER = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
    "INSERT INTO frame_number (numbering_id, stratum_no, prn, unit) "
    "SELECT ?, ?, ? + i * ?, printf('TEST-%08d', i) FROM n"
)


def fill_frame(rows: int, place: str) -> None:
    """Make a numbered frame of that many units, without an import.

    Beyond :data:`BATCH` units, only the smallest numbers are hashed. The others
    rise evenly behind them, for a draw never reads those.
    """
    from case_audit.core.sample.smallest import Counted, numbers
    from case_audit.services.database import Database

    database, number = Database(place), numbers(SEED)
    with database.write() as uow:
        kept = uow.numbers.begin(1, ("s",), SEED, at_utc="2026-04-01T00:00:00Z")
        uow.commit()
    units = sorted(
        (n % STRATA, int.from_bytes(number(f"SYN-{n:08d}")[:8], "big"), n)
        for n in range(min(rows, BATCH))
    )
    strata = [[u for u in units if u[0] == s][:HONEST] for s in range(STRATA)]
    if rows > BATCH:
        units = [unit for stratum in strata for unit in stratum]
    with database.write() as uow:
        uow.numbers.add(kept, ((s, prn, f"SYN-{n:08d}") for s, prn, n in units))
        share = {f"{s}": len(range(s, rows, STRATA)) for s in range(STRATA)}
        uow.numbers.complete(kept, Counted(digest="0" * 64, populations=share))
        uow.commit()
    database.close()
    if rows <= BATCH:
        return
    with closing(sqlite3.connect(place)) as connection:
        for s, stratum in enumerate(strata):
            more = share[f"{s}"] - HONEST
            last = stratum[-1][1] - 2**63
            step = (2**63 - 1 - last) // (more + 1)
            connection.execute(FILLER, (more, kept, s, last, step))
            connection.commit()


def _design() -> Design:
    from case_audit.core.sample.model import Design

    return Design(kind="stratified", size=DRAWN, strata=("s",), reserves=5)


def _frame(uow: UnitOfWork) -> Any:  # noqa: ANN401
    return uow.frames.frame(1)


def draw_kept(_rows: int, place: str) -> None:
    """Draw from kept numbers twenty times."""
    from case_audit.services.database import Database
    from case_audit.services.numbers import draw_stored

    database = Database(place)
    for _ in range(20):
        with database.read() as uow:
            draw_stored(uow, _frame(uow), design=_design(), seed=SEED)
    database.close()


OPENED: list[Any] = []
"""The database of :func:`draw_new`, open before the clock starts."""


def draw_new(_rows: int, _place: str) -> None:
    """Draw with a seed that has no numbers."""
    from case_audit.services.numbers import draw_stored

    with OPENED[0].read() as uow:
        draw_stored(uow, _frame(uow), design=_design(), seed=OTHER)


UNITS: list[str] = []
"""Identifiers in memory before the clock starts, for :func:`hash_alone`."""


def hash_alone(_rows: int, _place: str) -> None:
    """Hash every unit as the formula says, and nothing else."""
    for unit in UNITS:
        sha256(f"{OTHER}:{unit}".encode()).digest()


def read_and_hash(_rows: int, place: str) -> None:
    """Read every unit by the driver alone, and hash it as the formula says."""
    with closing(sqlite3.connect(place)) as connection:
        for (unit,) in connection.execute("SELECT unit FROM frame_number"):
            sha256(f"{OTHER}:{unit}".encode()).digest()


def duck_bare(_rows: int, place: str) -> None:
    """Pick, sort and look for repeated units, in DuckDB's own words."""
    with _duckdb() as connection:
        table = f"read_parquet('{place}/*.parquet')"
        connection.execute(
            f"SELECT s, count(*), min_by(u, sha256('{SEED}:' || u), {DRAWN + 5}) "  # noqa: S608
            f"FROM {table} GROUP BY s"
        ).fetchall()
        connection.execute(
            f"COPY (SELECT u, s FROM {table} ORDER BY u) TO '{place}/sorted.tsv' "  # noqa: S608
            "(FORMAT csv, DELIMITER '\t', HEADER false)"
        )
        connection.execute(
            f"SELECT count(*) - count(DISTINCT u) FROM {table}"  # noqa: S608
        ).fetchall()


def duck_pick(_rows: int, place: str) -> None:
    """Pick the smallest numbers in DuckDB's own words, and nothing else."""
    with _duckdb() as connection:
        connection.execute(
            f"SELECT s, count(*), min_by(u, sha256('{SEED}:' || u), {DRAWN + 5}) "  # noqa: S608
            f"FROM read_parquet('{place}/*.parquet') GROUP BY s"
        ).fetchall()


def _duckdb() -> Any:  # noqa: ANN401
    import tempfile

    import duckdb

    return duckdb.connect(
        ":memory:",
        config={"memory_limit": "500MB", "temp_directory": tempfile.mkdtemp()},
    )


def duck_ours(_rows: int, place: str) -> None:
    """Draw from the files as the command does."""
    _draw_files(place, "500MB")


def _draw_files(place: str, memory: str) -> None:
    from case_audit.exchange.bigframe.duck import DuckEngine
    from case_audit.exchange.bigframe.source import big_frame

    DuckEngine(memory=memory).read(
        big_frame(f"{place}/*.parquet", unit="u", strata=("s",)),
        seed=SEED,
        start=0,
        most=DRAWN + 5,
        without=frozenset(),
        progress=lambda _lines: None,
    )


ACTS: dict[str, Callable[[int, str], None]] = {
    act.__name__: act
    for act in (
        *(store_raw, copy_raw, copy_values, store_ours, frames_ours),
        *(fill_frame, draw_kept, draw_new),
        *(hash_alone, read_and_hash, duck_bare, duck_pick, duck_ours),
    )
}


def main() -> None:
    """Do one act."""
    name, rows, place = sys.argv[1:]
    # Not the libraries: their start is the same for one row and for millions.
    from case_audit.exchange.bigframe import duck  # noqa: F401
    from case_audit.services import numbers  # noqa: F401

    if name.startswith("duck"):
        import duckdb  # noqa: F401
    if name in {"draw_kept", "draw_new", "store_ours", "fill_frame"}:
        from case_audit.services.database import Database

        OPENED.append(Database(place))
        # The first question makes the classes of all tables ready.
        with OPENED[0].read() as uow:
            uow.numbers.kept(1)
    if name == "hash_alone":
        UNITS.extend(f"SYN-{number:08d}" for number in range(int(rows)))
    began = time.process_time()
    ACTS[name](int(rows), place)
    print(time.process_time() - began, peak() or 0)
    for database in OPENED:
        database.close()


if __name__ == "__main__":
    main()
