"""How many bytes a key of the workspace sends to a terminal.

Run: ``python -m benchmarks.written --keys 20``. Linux alone. Bytes do not depend on the
machine: one run says all.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.measure import PROGRAM, home
from benchmarks.practice import make_practice
from benchmarks.startup import KEYS

if TYPE_CHECKING:
    from collections.abc import Iterable

SIZES: Final = ((80, 24), (100, 30), (120, 40))
SHOWN: Final = "1-4 grade"
"""A hint that the workspace shows in every size."""
NEXT: Final = "n"
TRIES: Final = 20
"""How often a busy machine is waited for, half a second each time."""


def written(folder: Path, size: tuple[int, int], keys: Iterable[str]) -> list[int]:
    """Return what each key sends, in bytes, on a terminal of one size."""
    from benchmarks.terminal import Terminal

    columns, lines = size
    # One of its own: a killed app leaves its log beside the file.
    database = folder / f"{len(list(folder.iterdir()))}.db"
    shutil.copyfile(folder / "begun.db", database)
    environment = {**home(folder), "CASE_AUDIT_DB": str(database)}
    found = []
    with Terminal(
        (*PROGRAM, "audit"), environment=environment, columns=columns, lines=lines
    ) as terminal:
        terminal.until(SHOWN)
        terminal.rest()
        for key in keys:
            before = terminal.written
            terminal.press(key)
            for _ in range(TRIES):
                terminal.rest()
                if terminal.written > before:
                    break
            found.append(terminal.written - before)
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keys", type=int, default=20)
    options = parser.parse_args()
    print("| what | size | bytes, median | range | goal | met |")
    print("| --- | --- | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_practice(folder / "begun.db")
        for what, keys, goal in (
            ("a grade, kept", islice(cycle(KEYS), options.keys), 2048),
            ("the next criterion", [NEXT] * options.keys, 1024),
        ):
            pressed = list(keys)
            for size in SIZES:
                sent = written(folder, size, pressed)
                median = round(statistics.median(sent))
                met = "yes" if median <= goal else "no"
                columns, lines = size
                print(
                    f"| {what} | {columns}x{lines} | {median} "
                    f"| {min(sent)}-{max(sent)} | {goal} | {met} |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
