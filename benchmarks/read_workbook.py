"""How much more our reading of a workbook takes than fastexcel's.

Run: ``python -m benchmarks.read_workbook --rows 20000 --rounds 3``. fastexcel is
not among the project's requirements; where it is not installed, that is said and
python-calamine is the floor.
"""

from __future__ import annotations

import argparse
import tempfile
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from benchmarks.import_workbook import beside
from benchmarks.measure import Line, conditions, home, interleave, part, run, table

FAST = "fastexcel, every sheet into columns (floor)"
BARE = "python-calamine `iter_rows`"
OURS = "our reading: checked, read apart, normalised"
GOAL = 1.7
"""Of fastexcel's processor time; with at most 60 MB."""


def measure(rows: int, rounds: int, folder: Path) -> None:
    """Print the table."""
    environment = home(folder)
    workbook = str(folder / "annex_a.xlsx")
    run(part("make_workbook", workbook, str(rows)), environment=environment)
    parts = {FAST: "read_fastexcel", BARE: "read_bare", OURS: "read_ours"}
    floor = FAST
    if find_spec("fastexcel") is None:
        print("fastexcel is not installed: `pip install fastexcel pyarrow` adds it.\n")
        del parts[FAST]
        floor = BARE
    found = interleave(
        {
            what: partial(run, part(name, workbook), environment=environment)
            for what, name in parts.items()
        },
        rounds=rounds,
    )
    least = [used.seconds for used in found[floor]]
    read = 11 * rows
    print(f"11 lists of {rows} rows. {conditions(rounds=rounds)}\n")
    lines = [
        Line(
            what=what,
            values=[used.seconds for used in found[what]],
            floor=least,
            goal=GOAL if what == OURS and floor == FAST else None,
            beside=beside(found[what], read),
        )
        for what in parts
    ]
    print(table(lines, beside=("rows a CPU second", "peak MiB")))


def main() -> None:
    """Take the options and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(options.rows, options.rounds, Path(folder))


if __name__ == "__main__":
    main()
