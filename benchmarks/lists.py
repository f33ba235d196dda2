"""What a long list of cases takes to open and to move in.

Run: ``python -m benchmarks.lists --starts 5 --keys 60``. Linux alone.
"""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import tempfile
from contextlib import closing
from functools import partial
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.measure import PROGRAM, Line, conditions, home, interleave, part, table
from benchmarks.practice import make_practice
from benchmarks.startup import READY, ROUNDS, Start

if TYPE_CHECKING:
    from collections.abc import Sequence

SIZES: Final = (1_000, 1_000_000)
DOWN: Final = "\x1b[B"
FIRST: Final = "U0000001"


def make_round(path: Path, size: int) -> None:
    """Put as many cases into the practice round as asked for."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM round_case")
        connection.executemany(
            "INSERT INTO round_case (round_id, number, unit, stratum) "
            "VALUES (1, ?, ?, 'all')",
            ((number, f"U{number:07}") for number in range(1, size + 1)),
        )
        connection.commit()


def _ours(folder: Path, size: int, keys: int) -> Start:
    from benchmarks.terminal import Terminal

    environment = {**home(folder), "CASE_AUDIT_DB": str(folder / f"{size}.db")}
    with Terminal(PROGRAM, environment=environment) as terminal:
        terminal.until(ROUNDS)
        terminal.send("\r")
        shown = terminal.until(FIRST)
        terminal.rest()
        used = terminal.press(repeat(DOWN, keys))
    return Start(content=shown, key=used)


def _peer(folder: Path, name: str, text: str, keys: int) -> Start:
    from benchmarks.terminal import Terminal

    with Terminal(part(name), environment=home(folder)) as terminal:
        ready = terminal.until(text)
        used = terminal.press(repeat(DOWN, keys))
    return Start(content=ready, key=used)


def lists(folder: Path, *, starts: int, keys: int) -> str:
    """Return the table."""
    make_practice(folder / "begun.db")
    for size in SIZES:
        shutil.copyfile(folder / "begun.db", folder / f"{size}.db")
        make_round(folder / f"{size}.db", size)
    small, large = (f"{size:,} cases" for size in SIZES)
    found = interleave(
        {
            "hello": partial(_peer, folder, "hello", READY, 1),
            "DataTable": partial(_peer, folder, "table", FIRST, keys),
            small: partial(_ours, folder, SIZES[0], keys),
            large: partial(_ours, folder, SIZES[1], keys),
        },
        rounds=starts,
    )
    opened = {name: [s.content for s in of] for name, of in found.items()}
    pressed = {name: [s.key for s in of] for name, of in found.items()}

    def line(
        what: str, values: Sequence[float], floor: Sequence[float], goal: float | None
    ) -> Line:
        return Line(what=what, values=values, floor=floor, goal=goal)

    return table(
        (
            line("an app of one word (floor)", opened["hello"], opened["hello"], None),
            line(
                "DataTable of 10,000 rows", opened["DataTable"], opened["hello"], None
            ),
            line(f"home, then {small}", opened[small], opened["hello"], None),
            line(f"{large}, against {small}", opened[large], opened[small], 1.2),
            line(
                "a key down, DataTable",
                pressed["DataTable"],
                pressed["DataTable"],
                None,
            ),
            line(f"a key down, {small}", pressed[small], pressed["DataTable"], 0.4),
            line(f"a key down, {large}", pressed[large], pressed["DataTable"], 0.4),
        )
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--starts", type=int, default=5)
    parser.add_argument("--keys", type=int, default=60)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        print(f"Lists of 120 by 40. {conditions(rounds=options.starts)}\n", flush=True)
        print(lists(Path(name), starts=options.starts, keys=options.keys))


if __name__ == "__main__":
    main()
