"""How much more a draw takes than hashing every unit once.

Run: ``python -m benchmarks.draw --rounds 5``.
"""

from __future__ import annotations

import argparse
import gc
import shutil
import tempfile
import time
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.measure import (
    PASS,
    PROGRAM,
    Line,
    conditions,
    home,
    interleave,
    part,
    run,
    table,
)
from benchmarks.parts.hash_bare import SEED, hash_all, unit_name
from case_audit.core.frame.model import Frame, FrameUnit, Source
from case_audit.core.sample.draw import draw_sample
from case_audit.core.sample.model import Design
from case_audit.services.database import Database, decide_kind
from case_audit.services.times import utc

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES = (1_000, 20_000, 200_000)
STORED = 20_000
TEAMS = ("East", "West", "North", "South", "Centre")
CASES = 60
AS_AT = date(2026, 3, 31)
SIMPLE = Design(kind="simple", size=CASES, minimum=0)
BY_TEAM = Design(kind="stratified", size=CASES, strata=("team",))


def _team(number: int) -> str:
    return TEAMS[number % len(TEAMS)]


def _clocked(act: Callable[[], object], *, times: int) -> float:
    """Return the processor seconds of an act, the mean of a few."""
    gc.collect()
    began = time.process_time()
    for _ in range(times):
        act()
    return (time.process_time() - began) / times


def in_memory(size: int, rounds: int) -> list[Line]:
    """Measure draws from a frame in memory against hashing its units."""
    units = [unit_name(number) for number in range(size)]
    simple = [(unit, "all") for unit in units]
    by_team = [(unit, _team(number)) for number, unit in enumerate(units)]
    times = max(1, 20_000 // size)
    floor = f"hashing {size:,} units (floor)"
    acts: dict[str, Callable[[], object]] = {
        floor: partial(hash_all, units),
        f"drawing {CASES} of {size:,}": partial(
            draw_sample, simple, design=SIMPLE, seed=SEED
        ),
        f"the same from {len(TEAMS)} strata": partial(
            draw_sample, by_team, design=BY_TEAM, seed=SEED
        ),
    }
    found = interleave(
        {name: partial(_clocked, act, times=times) for name, act in acts.items()},
        rounds=rounds,
    )
    return [
        Line(
            what=name,
            values=values,
            floor=found[floor],
            beside=(f"{median(values) / size * 1e6:.2f}",),
        )
        for name, values in found.items()
    ]


def keep_frame(path: Path, size: int) -> None:
    """Make a database with a frame of invented child protection cases."""
    now = utc(datetime(2026, 4, 1, tzinfo=UTC))
    frame = Frame(
        cohort="cp",
        as_at=AS_AT,
        units=tuple(
            FrameUnit(
                unit=unit_name(number),
                attributes={"team": _team(number), "age_band": "5-9", "gender": "Male"},
            )
            for number in range(size)
        ),
    )
    database = Database(str(path))
    with database.write() as uow:
        decide_kind(uow, synthetic=True)
        source = Source(
            kind="annex_a",
            name="annex_a.xlsx",
            sha256="0" * 64,
            as_at=AS_AT.isoformat(),
            imported_utc=now,
            imported_by="Benchmark",
            synthetic=True,
        )
        uow.frames.add_frame(uow.frames.add_import(source), frame)
        uow.commit()
    database.close()


def _drawn(kept: Path, folder: Path, strata: tuple[str, ...]) -> float:
    """Draw by the command from a fresh copy of a database."""
    database = folder / "round.db"
    shutil.copyfile(kept, database)
    command = ("draw", "-c", "cp", "-n", str(CASES), "--seed", SEED)
    return run(
        (*PROGRAM, *command, *strata, "--db", str(database)), environment=home(folder)
    ).seconds


def by_command(rounds: int, folder: Path) -> dict[str, list[float]]:
    """Measure the command on a stored frame, and its two floors."""
    kept = folder / "kept.db"
    keep_frame(kept, STORED)
    environment = home(folder)
    hashing = part("hash_bare", str(STORED))
    return interleave(
        {
            "pass": lambda: run(PASS, environment=environment).seconds,
            "hashing": lambda: run(hashing, environment=environment).seconds,
            "rounds": lambda: (
                run(
                    (*PROGRAM, "round", "list", "--db", str(kept)),
                    environment=environment,
                ).seconds
            ),
            "simple": lambda: _drawn(kept, folder, ()),
            "by team": lambda: _drawn(kept, folder, ("--strata", "team")),
        },
        rounds=rounds,
    )


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    print(f"Draws in memory. {conditions(rounds=rounds)}\n")
    lines = [line for size in SIZES for line in in_memory(size, rounds)]
    print(table(lines, beside=("microseconds a unit",)))
    with tempfile.TemporaryDirectory() as folder:
        found = by_command(rounds, Path(folder))
    names = {
        "hashing": f"hashing {STORED:,} units in a process of its own",
        "rounds": "`case-audit round list` on the same database",
        "simple": f"`case-audit draw` of {CASES} from {STORED:,}",
        "by team": f"the same from {len(TEAMS)} strata",
    }
    for floor, title in (("pass", "`python -c pass`"), ("hashing", names["hashing"])):
        print(f"\nThe command against {title}. {conditions(rounds=rounds)}\n")
        others = [name for name in names if name != floor]
        print(
            table(
                Line(what=names[n], values=found[n], floor=found[floor]) for n in others
            )
        )


if __name__ == "__main__":
    main()
