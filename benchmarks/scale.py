"""How storing and drawing grow with the rows, each against its floor.

Run: ``python -m benchmarks.scale store`` (or ``postgres``, ``numbers``, ``files``).
``--sizes`` takes other numbers of rows, ``--rounds`` more rounds.
"""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import sys
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import Line, conditions, home, interleave, part, run, table
from case_audit.services.database import Database

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SOURCE = (
    "INSERT INTO import_file (id, kind, name, sha256, as_at, imported_utc, imported_by, "
    "synthetic) VALUES (1, 'b', 'b', '0', '2026-03-31', '2026-04-01', 'b', true)"
)
CHILDREN = (100_000, 200_000)
"""Children in the frames whose making is measured."""
PARTS = 1_000_000
"""Rows in each Parquet file."""
IN_MEMORY = 1_000_000
"""Most identifiers that the floor of a new seed holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What one process did: its seconds without its start, and its memory in MiB."""

    seconds: float
    memory: float


def act(name: str, rows: int, place: str, folder: Path) -> Act:
    """Do one act in a process of its own."""
    said = run(
        part("scale", name, str(rows), place), environment=home(folder)
    ).printed.split()
    return Act(seconds=float(said[0]), memory=float(said[1]))


def lines(
    found: dict[str, list[Act]], floor: str, goals: dict[str, float], rows: int
) -> list[Line]:
    """Return the lines of a table."""
    return [
        Line(
            what=name,
            values=[a.seconds for a in acts],
            floor=[a.seconds for a in found[floor]],
            goal=goals.get(name),
            beside=(
                f"{min(a.seconds for a in acts) / rows * 1e6:.2f}",
                f"{max(a.memory for a in acts):.0f}",
            ),
        )
        for name, acts in found.items()
    ]


BESIDE = ("microseconds a row", "peak MiB")


def an_empty(path: Path) -> str:
    """Make a database with one import and no rows."""
    path.unlink(missing_ok=True)
    for more in ("-wal", "-shm"):
        Path(f"{path}{more}").unlink(missing_ok=True)
    Database(str(path)).close()
    connection = sqlite3.connect(path)
    connection.execute(SOURCE)
    connection.commit()
    connection.close()
    return str(path)


def _into_an_empty(name: str, rows: int, path: Path, folder: Path) -> Act:
    return act(name, rows, an_empty(path), folder)


def store(sizes: Sequence[int], rounds: int, folder: Path) -> None:
    """Rows into the embedded file, and the frames made on the way."""
    ours, most = "our import's writer", {}
    for rows in sizes:
        print(f"\nStoring {rows:,} rows. {conditions(rounds=rounds)}\n")
        path = folder / "store.db"
        names = {
            "executemany (floor)": "store_raw",
            ours: "store_ours",
        }
        found = interleave(
            {
                what: partial(_into_an_empty, name, rows, path, folder)
                for what, name in names.items()
            },
            rounds=rounds,
        )
        goals = {ours: 4.0}
        print(table(lines(found, "executemany (floor)", goals, rows), beside=BESIDE))
        most[rows] = max(a.memory for a in found[ours])
    times = most[max(sizes)] / (most[min(sizes)] or 1)
    print(f"\nMemory of the most rows against the fewest: {times:.2f} x (goal 1.2)\n")
    few, many = (act("frames_ours", n, "", folder) for n in CHILDREN)
    more = CHILDREN[1] - CHILDREN[0]
    print(
        f"Making a frame: {(many.seconds - few.seconds) / more * 1e6:.0f} microseconds "
        f"and {(many.memory - few.memory) / more * 1024:.2f} KiB for each child"
    )


def postgres(sizes: Sequence[int], rounds: int, folder: Path) -> None:
    """Rows into PostgreSQL."""
    import psycopg

    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
    from postgres import running_server

    with running_server() as address:
        ours = address.replace("postgresql://", "postgresql+psycopg://", 1)
        Database(ours).close()
        with psycopg.connect(address) as connection:
            connection.execute(SOURCE)

        def fresh(name: str, rows: int, place: str) -> Act:
            with psycopg.connect(address) as connection:
                connection.execute("TRUNCATE record")
            return act(name, rows, place, folder)

        for rows in sizes:
            print(f"\nPostgreSQL, {rows:,} rows. {conditions(rounds=rounds)}\n")
            print("The client's time; the server works the same for all.\n")
            floor = "COPY of the same values, by write_row (floor)"
            found = interleave(
                {
                    floor: partial(fresh, "copy_values", rows, address),
                    "COPY of JSON made before": partial(
                        fresh, "copy_raw", rows, address
                    ),
                    "our import's writer": partial(fresh, "store_ours", rows, ours),
                },
                rounds=rounds,
            )
            goals = {"our import's writer": 1.5}
            print(table(lines(found, floor, goals, rows), beside=BESIDE))


def numbers(sizes: Sequence[int], rounds: int, folder: Path) -> None:
    """Draws from kept numbers, and with a new seed."""
    places = {rows: an_empty(folder / f"{rows}.db") for rows in sizes}
    frame = (
        "INSERT INTO frame (id, import_id, cohort, as_at, units, digest, excluded_json) "
        "VALUES (1, 1, 'cp', '2026-03-31', ?, '', '[]')"
    )
    print(f"\nNumbering frames, once. {conditions(rounds=1)}\n")
    for rows, place in places.items():
        connection = sqlite3.connect(place)
        connection.execute(frame, (rows,))
        connection.commit()
        connection.close()
        made = act("fill_frame", rows, place, folder)
        size = Path(place).stat().st_size
        print(
            f"{rows:,} units: {made.seconds:.1f} CPU s, {made.memory:.0f} MiB, "
            f"{size / rows:.0f} bytes a unit on disk"
        )
    floor = f"{min(sizes):,} units (floor)"
    print(f"\nTwenty draws of 200 from 10 strata. {conditions(rounds=rounds)}\n")
    variants: dict[str, Callable[[], Act]] = {
        floor if rows == min(sizes) else f"{rows:,} units": partial(
            act, "draw_kept", rows, places[rows], folder
        )
        for rows in sizes
    }
    goals = {f"{max(sizes):,} units": 2.0}
    found = interleave(variants, rounds=rounds)
    print(table(lines(found, floor, goals, 20), beside=("microseconds a draw", "MiB")))
    for rows in (rows for rows in sizes if rows <= IN_MEMORY):
        print(f"\nA new seed, {rows:,} units. {conditions(rounds=rounds)}\n")
        floor = "hashing identifiers in memory (floor)"
        names = {
            floor: "hash_alone",
            "reading by the driver, and hashing": "read_and_hash",
            "drawing": "draw_new",
        }
        found = interleave(
            {
                what: partial(act, name, rows, places[rows], folder)
                for what, name in names.items()
            },
            rounds=rounds,
        )
        some = lines(found, floor, {"drawing": 1.5}, rows)
        print(table(some, beside=BESIDE))


def files(sizes: Sequence[int], rounds: int, folder: Path) -> None:
    """Draws from Parquet by DuckDB."""
    import duckdb

    for rows in sizes:
        place = folder / str(rows)
        place.mkdir()
        with duckdb.connect() as connection:
            for first in range(0, rows, PARTS):
                connection.execute(
                    "COPY (SELECT 'SYN-' || lpad((i * 7919 % 1000000007)::VARCHAR, 10, "  # noqa: S608
                    "'0') AS u, 'LA ' || (i % 10) AS s FROM range("
                    f"{first}, {min(first + PARTS, rows)}) t(i)) TO "
                    f"'{place}/{first}.parquet' (FORMAT parquet)"
                )
        print(f"\nParquet, {rows:,} rows. {conditions(rounds=rounds)}\n")
        names = {
            "DuckDB: pick, sort, repeats (floor)": "duck_bare",
            "DuckDB: pick alone": "duck_pick",
            "our draw": "duck_ours",
        }
        found = interleave(
            {
                what: partial(act, name, rows, str(place), folder)
                for what, name in names.items()
            },
            rounds=rounds,
        )
        floor = "DuckDB: pick, sort, repeats (floor)"
        print(table(lines(found, floor, {"our draw": 1.3}, rows), beside=BESIDE))
        shutil.rmtree(place)


KINDS: dict[str, tuple[Callable[[Sequence[int], int, Path], None], list[int]]] = {
    "store": (store, [100_000, 1_000_000]),
    "postgres": (postgres, [100_000]),
    "numbers": (numbers, [100_000, 1_000_000, 10_000_000]),
    "files": (files, [10_000_000, 50_000_000]),
}


def main() -> None:
    """Measure one kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("--sizes", type=int, nargs="+")
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    measure, sizes = KINDS[chosen.kind]
    with tempfile.TemporaryDirectory() as folder:
        measure(chosen.sizes or sizes, chosen.rounds, Path(folder))


if __name__ == "__main__":
    main()
