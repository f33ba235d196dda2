"""What a case of two thousand documents takes to open, against one of twenty.

Run: ``python -m benchmarks.files --starts 5 --keys 40``. Linux only, as all screens are.
"""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import count, repeat
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.measure import PROGRAM, Line, conditions, home, interleave, table
from benchmarks.practice import NOW, make_practice
from case_audit.services.audit import open_case
from case_audit.services.database import Database
from case_audit.services.demo import NAME
from case_audit.services.home import named_round

if TYPE_CHECKING:
    from collections.abc import Iterator

FEW, MANY = 20, 2000
BEGUN: Final = date(2019, 1, 1)
INTO_FILE: Final = "f"
LINE_DOWN: Final = "j"


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One start of the app on a case, in processor seconds.

    Attributes:
        opened: Until the file was on screen.
        key: For each line that was gone down.
    """

    opened: float
    key: float


def with_documents(source: Path, target: Path, size: int) -> None:
    """Copy a practice database; its first case has a file of this many documents."""
    shutil.copyfile(source, target)
    database = Database(str(target))
    case = named_round(database, NAME)[1][0].case
    unit = open_case(database, case.id, auditor="Benchmark", now=NOW).file.unit
    database.close()
    with closing(sqlite3.connect(target)) as connection, connection:
        rows = connection.execute(
            "SELECT import_id, unit, kind, author, role, title, paragraphs_json "
            "FROM document WHERE unit = ? ORDER BY id",
            (unit,),
        ).fetchall()
        connection.execute("DELETE FROM document WHERE unit = ?", (unit,))
        connection.executemany(
            "INSERT INTO document (import_id, unit, kind, author, role, title, "
            "paragraphs_json, ref, date, recorded_on) VALUES (?,?,?,?,?,?,?,?,?,?)",
            (
                (*rows[number % len(rows)], f"DOC-{number}", day, day)
                for number in range(size)
                for day in [(BEGUN + timedelta(days=number)).isoformat()]
            ),
        )


def _read(folder: Path, size: int, *, keys: int, numbers: Iterator[int]) -> Read:
    from benchmarks.terminal import Terminal

    database = folder / f"file {next(numbers)}.db"
    shutil.copyfile(folder / f"{size}.db", database)
    environment = {**home(folder), "CASE_AUDIT_DB": str(database)}
    with Terminal((*PROGRAM, "audit"), environment=environment) as terminal:
        opened = terminal.until(f"1 of {size}")
        terminal.press(INTO_FILE)
        used = terminal.press(repeat(LINE_DOWN, keys))
    return Read(opened=opened, key=used)


def files(folder: Path, *, starts: int, keys: int) -> str:
    """Return the table."""
    make_practice(folder / "begun.db")
    numbers = count()
    for size in (FEW, MANY):
        with_documents(folder / "begun.db", folder / f"{size}.db", size)
    found = interleave(
        {
            str(size): partial(_read, folder, size, keys=keys, numbers=numbers)
            for size in (FEW, MANY)
        },
        rounds=starts,
    )
    few, many = found[str(FEW)], found[str(MANY)]
    lines = (
        (f"a case of {FEW} documents, until it shows (floor)", few, "opened", None),
        (f"a case of {MANY:,} documents", many, "opened", 2.0),
        (f"a line down, {FEW} documents (floor)", few, "key", None),
        (f"a line down, {MANY:,} documents", many, "key", 2.0),
    )
    return table(
        Line(
            what=what,
            values=[getattr(one, name) for one in reads],
            floor=[getattr(one, name) for one in few],
            goal=goal,
        )
        for what, reads, name, goal in lines
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--starts", type=int, default=5)
    parser.add_argument("--keys", type=int, default=40)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        print(f"Files. {conditions(rounds=options.starts)}\n", flush=True)
        print(files(Path(name), starts=options.starts, keys=options.keys))


if __name__ == "__main__":
    main()
