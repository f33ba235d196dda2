"""How much more an import takes than reading the workbook and nothing else.

Run: ``python -m benchmarks.import_workbook --children 20000 --rounds 3``.
"""

from __future__ import annotations

import argparse
import tempfile
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.measure import (
    PROGRAM,
    Line,
    conditions,
    home,
    interleave,
    part,
    run,
    table,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.measure import Used

FLOOR = "python-calamine `iter_rows` (floor)"
READ = "our reading: checked, read apart, normalised"
STORED = "`case-audit import` into a new embedded database"
READ_GOAL = 1.13
"""1.7 times fastexcel, which takes 0.66 times what python-calamine does."""


def _import(workbook: Path, folder: Path, numbers: Iterator[int]) -> Used:
    database = folder / f"{next(numbers)}.db"
    used = run(
        part("whole_import", str(workbook), str(database)), environment=home(folder)
    )
    database.unlink()
    return used


def beside(used: Sequence[Used], rows: int) -> tuple[str, ...]:
    """Return rows a second and the memory of each process."""
    speed = rows / min(u.seconds for u in used)
    memory = (map(int, u.printed.splitlines()[-1].split()[1:]) for u in used)
    peaks = (f"{median(sizes):.0f}" for sizes in zip(*memory, strict=True))
    return f"{speed:,.0f}", " + ".join(peaks)


def measure(children: int, rounds: int, folder: Path) -> None:
    """Print the table."""
    environment = home(folder)
    make = ("synth", "make", str(folder), "--children", str(children), "--no-files")
    run((*PROGRAM, *make), environment=environment)
    workbook = folder / "annex_a.xlsx"
    found = interleave(
        {
            FLOOR: partial(
                run, part("read_bare", str(workbook)), environment=environment
            ),
            READ: partial(
                run, part("read_ours", str(workbook)), environment=environment
            ),
            STORED: partial(_import, workbook, folder, count()),
        },
        rounds=rounds,
    )
    rows = int(found[FLOOR][0].printed.split()[0])
    floor = [used.seconds for used in found[FLOOR]]
    print(f"{children} children, {rows} rows. {conditions(rounds=rounds)}\n")
    lines = [
        Line(
            what=name,
            values=[used.seconds for used in found[name]],
            floor=floor,
            goal=READ_GOAL if name == READ else None,
            beside=beside(found[name], rows),
        )
        for name in found
    ]
    print(table(lines, beside=("rows a CPU second", "peak MiB")))


def main() -> None:
    """Take the options and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--children", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(options.children, options.rounds, Path(folder))


if __name__ == "__main__":
    main()
