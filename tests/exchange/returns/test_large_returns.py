"""Large returns are read, or refused, in little memory."""

from __future__ import annotations

import resource
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from returns import child, details

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MEMORY = 300 << 20


def limited(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run code in a process that may not take much memory or processor time."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (60, 60))

    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limit,
    )


READ = """
import sys
from pathlib import Path
from case_audit.errors import UnusableReturnError
from case_audit.exchange.returns import {module} as returns
try:
    with returns.open_source(Path(sys.argv[1])) as source:
        print(sum(1 for _ in source))
except UnusableReturnError as error:
    print(error)
"""


def _line(path: Path) -> None:
    with path.open("wb") as file:
        file.write(b"CHILD,DECOM,RNE\n")
        for _ in range(100):
            file.write(b"x" * (1 << 20))


def _spaces(path: Path) -> None:
    with path.open("wb") as file:
        file.write(b"<Message><Children><Child>")
        for _ in range(100):
            file.write(b" " * (1 << 19) + b"<a/>")


def _children(path: Path) -> None:
    one_child = child("SYN-1", details()).encode()
    with path.open("wb") as file:
        file.write(b"<Message><Children>")
        for _ in range(20_000):
            file.write(one_child)
        file.write(b"</Children></Message>")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("make", "module", "said"),
    [
        (_line, "ssda903", "a line is longer"),
        (_spaces, "cin_census", "not well-formed"),
        (_children, "cin_census", "40000"),
    ],
    ids=["100 MB line", "50 MB of spaces", "20,000 children"],
)
def test_large_files_take_little_memory(
    tmp_path: Path, make: Callable[[Path], None], module: str, said: str
) -> None:
    """A process that may take 300 MiB in all reads or refuses them."""
    path = tmp_path / "2026-episodes.csv"
    make(path)

    done = limited(READ.format(module=module), str(path))

    assert said in done.stdout, done.stderr
