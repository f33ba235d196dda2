"""The program under limits, and things that can stand where a file should."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

resource = pytest.importorskip("resource", reason="POSIX limits")
MEMORY = 500 << 20
"""Bytes: several times what a sound rubric takes, and far less than a bomb."""
SECONDS = 30
"""Many times what is needed, on a loaded machine."""


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


def complaint(ran: subprocess.CompletedProcess[str], *, longest: int = 1500) -> str:
    """Return what was said, which must be short, visible and no crash."""
    assert ran.returncode == 1
    assert "Traceback" not in ran.stderr
    assert len(ran.stderr) < longest
    assert all(line.isprintable() for line in ran.stderr.splitlines())
    return ran.stderr


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
