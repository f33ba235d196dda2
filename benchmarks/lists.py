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
from itertools import product, repeat
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
READERS: Final = 20
"""Among how many people cases are given out, the one at the keyboard among them."""
SOUGHT: Final = ("U0000999", "U0999999")
"""What is looked for: a case near the beginning, and one near the end."""


def make_round(path: Path, size: int, *, given: bool = False) -> None:
    """Put as many cases into the practice round as asked for.

    Args:
        path: The database.
        size: How many cases.
        given: Whether to give them out, but for every 21st.
    """
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM round_case")
        connection.executemany(
            "INSERT INTO round_case (round_id, number, unit, stratum) "
            "VALUES (1, ?, ?, 'all')",
            ((number, f"U{number:07}") for number in range(1, size + 1)),
        )
        if given:
            connection.execute(
                "INSERT INTO allocation (id, round_id, number, act, restores, "
                "auditors_json, allow_own_team, at_utc, done_by) "
                "VALUES (1, 1, 1, 'assign', 0, '[]', 0, '2026-04-01', 'Lead')"
            )
            connection.execute(
                "INSERT INTO allocated_case SELECT 1, id, CASE number % ? WHEN 1 "
                "THEN 'Benchmark' ELSE 'Auditor ' || number % ? END "
                "FROM round_case WHERE number % 21 <> 0",
                (READERS, READERS),
            )
        connection.commit()


def _ours(folder: Path, name: str, keys: int) -> Start:
    from benchmarks.terminal import Terminal

    environment = {**home(folder), "CASE_AUDIT_DB": str(folder / f"{name}.db")}
    with Terminal(PROGRAM, environment=environment) as terminal:
        terminal.until(ROUNDS)
        if name.startswith("given"):
            terminal.send("\x1b[F")  # home begins with cases to do
        terminal.send("\r")
        shown = terminal.until(FIRST)
        terminal.rest()
        used = terminal.press(repeat(DOWN, keys))
    return Start(content=shown, key=used)


def _searched(folder: Path, name: str) -> Start:
    """Look for a case near the beginning, then for one near the end.

    Returns:
        What Enter used until the first was shown as ``key``, and until the second was
        as ``content``.
    """
    from benchmarks.terminal import Terminal

    environment = {**home(folder), "CASE_AUDIT_DB": str(folder / f"{name}.db")}
    used = []
    with Terminal(PROGRAM, environment=environment) as terminal:
        terminal.until(ROUNDS)
        terminal.send("\r")
        terminal.until(FIRST)
        for unit in SOUGHT:
            terminal.rest()
            terminal.press(["/", *unit.lower()])
            before = terminal.used()
            terminal.send("\r")
            used.append(terminal.until(unit) - before)
            terminal.rest()
            terminal.press(["\x1b"])
    return Start(content=used[1], key=used[0])


def _peer(folder: Path, name: str, text: str, keys: int) -> Start:
    from benchmarks.terminal import Terminal

    with Terminal(part(name), environment=home(folder)) as terminal:
        ready = terminal.until(text)
        used = terminal.press(repeat(DOWN, keys))
    return Start(content=ready, key=used)


def lists(folder: Path, *, starts: int, keys: int) -> str:
    """Return the table."""
    make_practice(folder / "begun.db")
    for size, given in product(SIZES, (False, True)):
        path = folder / f"{'given' if given else 'all'} {size}.db"
        shutil.copyfile(folder / "begun.db", path)
        make_round(path, size, given=given)
    names = ("all 1000", "all 1000000", "given 1000", "given 1000000")
    found = interleave(
        {
            "hello": partial(_peer, folder, "hello", READY, keys),
            "DataTable": partial(_peer, folder, "table", FIRST, keys),
            **{name: partial(_ours, folder, name, keys) for name in names},
            "search": partial(_searched, folder, names[1]),
        },
        rounds=starts,
    )
    opened = {name: [s.content for s in of] for name, of in found.items()}
    pressed = {name: [s.key for s in of] for name, of in found.items()}
    few, many, few_given, many_given = names
    table_key = pressed["DataTable"]
    lines: list[tuple[str, Sequence[float], Sequence[float], float | None]] = [
        ("an app of one word (floor)", opened["hello"], opened["hello"], None),
        ("DataTable of 10,000 rows", opened["DataTable"], opened["hello"], None),
        ("home, then 1,000 cases", opened[few], opened["hello"], 1.5),
        ("1,000,000 cases, against 1,000", opened[many], opened[few], 1.2),
        ("home, then 1,000 given out", opened[few_given], opened["hello"], None),
        (
            "1,000,000 given out, against 1,000",
            opened[many_given],
            opened[few_given],
            1.2,
        ),
        ("a key down, DataTable (floor)", table_key, table_key, None),
        ("a key that changes a word", pressed["hello"], table_key, None),
        ("a key down, 1,000 cases", pressed[few], table_key, 0.4),
        ("a key down, 1,000,000 cases", pressed[many], table_key, 0.4),
        ("a key down, 1,000,000 given out", pressed[many_given], table_key, 0.4),
        (
            "words in 1,000,000 cases, first found",
            pressed["search"],
            opened["hello"],
            None,
        ),
        (
            "the same, all looked through",
            opened["search"],
            opened["hello"],
            None,
        ),
    ]
    return table(
        Line(what=what, values=values, floor=floor, goal=goal)
        for what, values, floor, goal in lines
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
