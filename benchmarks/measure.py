"""Measures programs side by side and prints how far each is from its floor.

A shared machine makes every time swing, and processor time the least. So the
variants take turns, each round gives one ratio of a variant to the floor of the
same round, and the median of these ratios is the figure. Times in milliseconds
are printed for orientation only.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

T = TypeVar("T")
ROOT = Path(__file__).resolve().parent.parent
PROGRAM = (
    sys.executable,
    "-c",
    "from case_audit.__main__ import main; main()",
)
"""``case-audit`` as its installed script runs it."""
PASS = (sys.executable, "-c", "pass")
"""The floor of every command: an interpreter that starts and ends."""


def part(name: str, *arguments: str) -> tuple[str, ...]:
    """Return the command of a program in ``benchmarks/parts``."""
    return (sys.executable, "-m", f"benchmarks.parts.{name}", *arguments)


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """What a process used from its start to its end.

    Attributes:
        seconds: Processor time, user and system, with that of the processes it
            waited for. On Windows elapsed time, as Python cannot ask there.
        printed: What it wrote to standard output.
    """

    seconds: float
    printed: str


def run(command: Sequence[str], *, environment: Mapping[str, str]) -> Used:
    """Run a command to its end and return what it used.

    Args:
        command: Program and arguments.
        environment: Variables that differ from ours.

    Raises:
        SystemExit: If it fails; says how.
    """
    with tempfile.TemporaryFile() as said:
        began = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=said,
        )
        assert process.stdout is not None  # noqa: S101 - opened as a pipe
        with process.stdout as out:
            printed = out.read().decode()
        seconds = _wait(process, began)
        if process.returncode:
            said.seek(0)
            message = f"{' '.join(command)}: {said.read().decode()}"
            raise SystemExit(message)
    return Used(seconds=seconds, printed=printed)


def _wait(process: subprocess.Popen[bytes], began: float) -> float:
    if sys.platform == "win32":
        process.wait()
        return time.perf_counter() - began
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime


def home(folder: Path) -> dict[str, str]:
    """Return variables for a program that is measured.

    It stays out of the user's own folders, and finds its modules compiled, as
    they are from the second start of an installed program on, even where
    ``PYTHONDONTWRITEBYTECODE`` is set.
    """
    settings = folder / "config" / "case-audit"
    settings.mkdir(parents=True, exist_ok=True)
    (settings / "settings.toml").write_text('auditor = "Benchmark"\n')
    return {
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_DATA_HOME": str(folder / "data"),
        "CASE_AUDIT_DB": str(folder / "none.db"),
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
    }


def interleave(
    variants: Mapping[str, Callable[[], T]], *, rounds: int
) -> dict[str, list[T]]:
    """Let variants take turns; the first round warms up and is not counted.

    Every other round goes backwards, so that none always follows the same one.
    """
    found: dict[str, list[T]] = {name: [] for name in variants}
    for number in range(rounds + 1):
        names = list(variants)
        for name in names if number % 2 else reversed(names):
            value = variants[name]()
            if number:
                found[name].append(value)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a table.

    Attributes:
        what: What was measured.
        values: One number a round.
        floor: The floor's number of the same rounds.
        goal: The ratio wished for; ``None`` if none was set.
        beside: Further cells.
    """

    what: str
    values: Sequence[float]
    floor: Sequence[float]
    goal: float | None = None
    beside: tuple[str, ...] = ()

    def cells(self) -> list[str]:
        """Return the cells of the line."""
        ratios = [v / f for v, f in zip(self.values, self.floor, strict=True)]
        ratio = median(ratios)
        goal, met = "", ""
        if self.goal is not None:
            goal, met = f"{self.goal:g}", "yes" if ratio <= self.goal else "no"
        return [
            self.what,
            milliseconds(min(self.values)),
            f"{ratio:.2f}",
            f"{min(ratios):.2f}-{max(ratios):.2f}",
            goal,
            met,
            *self.beside,
        ]


def milliseconds(seconds: float) -> str:
    """Return a time for a table, with three digits that mean something."""
    thousands = seconds * 1000
    places = 0 if thousands >= 100 else 1 if thousands >= 10 else 2
    return f"{thousands:.{places}f}"


def table(lines: Iterable[Line], *, beside: tuple[str, ...] = ()) -> str:
    """Return lines as a Markdown table.

    Args:
        lines: The lines.
        beside: Heads of their further cells.
    """
    unit = "elapsed ms" if sys.platform == "win32" else "CPU ms"
    heads = ("what", f"{unit}, least", "x floor", "range", "goal", "met", *beside)
    rule = ["---", *["---:"] * (len(heads) - 1)]
    rows = [heads, rule, *(line.cells() for line in lines)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def conditions(*, rounds: int) -> str:
    """Return what the figures depend on, as a sentence."""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return (
        f"{os.cpu_count()} cores, {platform.python_implementation()} "
        f"{platform.python_version()}, {platform.system()} {platform.machine()}"
        f"{load}; {rounds} rounds."
    )
