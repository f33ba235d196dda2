"""The program under limits, and things that can stand where a file should."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

resource = pytest.importorskip("resource", reason="POSIX limits")
MEMORY = 500 << 20
"""Bytes: several times what a sound rubric takes, and far less than a bomb."""
SECONDS = 30
"""Many times what is needed, on a loaded machine."""


class InProcess(Protocol):
    """A command that was run in this process."""

    @property
    def code(self) -> int:
        """Its exit code."""

    @property
    def err(self) -> str:
        """What it said on standard error."""


def limited(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the program with limits that it must not reach."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    return subprocess.run(
        [sys.executable, "-m", "case_audit", *map(str, arguments)],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=os.environ | {"PYTHONUTF8": "1"},
        timeout=SECONDS,
        preexec_fn=limit,
    )


@contextmanager
def limits_here() -> Iterator[None]:
    """The same limits for this process, on top of what it has by now.

    A file that is waited for, or is too much, ends the test and not the machine.
    """
    before = resource.getrlimit(resource.RLIMIT_AS)
    limit = _size() + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (limit, before[1]))
    old = signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, old)
        resource.setrlimit(resource.RLIMIT_AS, before)


def _size() -> int:
    """Bytes of address space that this process has, or what is surely enough."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
            return int(file.read().split()[0]) * int(resource.getpagesize())
    except OSError:
        return 4 << 30


def _too_long(number: int, frame: object) -> None:
    message = f"it was waited for: signal {number} at {frame}"
    raise AssertionError(message)


def complaint(
    ran: subprocess.CompletedProcess[str] | InProcess, *, longest: int = 1500
) -> str:
    """Return what was said, which must be short, visible and no crash."""
    code, said = (
        (ran.returncode, ran.stderr)
        if isinstance(ran, subprocess.CompletedProcess)
        else (ran.code, ran.err)
    )
    assert code == 1
    assert "Traceback" not in said
    assert len(said) < longest
    assert all(line.isprintable() for line in said.splitlines())
    return said


def a_folder(path: Path) -> None:
    path.mkdir()


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def a_link_to_nothing(path: Path) -> None:
    path.symlink_to(path.parent / "nothing")


def a_link_to_itself(path: Path) -> None:
    path.symlink_to(path)


IN_ITS_PLACE = (a_folder, a_pipe, a_device, a_link_to_nothing, a_link_to_itself)
"""What may stand there instead of a file."""
