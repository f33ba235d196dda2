"""The program in a real pseudo-terminal."""

from __future__ import annotations

import os
import select
import sys
import time
from typing import TYPE_CHECKING

import pyte

if TYPE_CHECKING:
    import signal
    from collections.abc import Callable, Mapping

PATIENCE = 40.0
QUIET = 0.4
"""Seconds without a byte after which a program is taken to have said all."""


class Terminal:
    """A program, its keyboard and its screen.

    Args:
        arguments: What to run with the project's own Python.
        environment: The program's environment.
        columns: Width.
        rows: Height.
    """

    def __init__(
        self,
        *arguments: str,
        environment: Mapping[str, str],
        columns: int = 80,
        rows: int = 24,
    ) -> None:
        from ptyprocess import PtyProcess  # noqa: PLC0415

        plain = {k: v for k, v in os.environ.items() if not k.startswith("COV")}
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self.written = b""
        self._process = PtyProcess.spawn(
            [sys.executable, *arguments],
            env=plain | {"TERM": "xterm-256color", **environment},
            dimensions=(rows, columns),
        )

    @property
    def text(self) -> str:
        """What is on screen."""
        self._read()
        return "\n".join(self._screen.display)

    def _read(self) -> None:
        while select.select([self._process.fd], [], [], 0.02)[0]:
            try:
                data = os.read(self._process.fd, 65536)
            except OSError:
                return
            if not data:
                return
            self.written += data
            self._stream.feed(data)

    def until(self, true: Callable[[str], bool]) -> str:
        """Wait until the screen shows something."""
        deadline = time.monotonic() + PATIENCE
        while not true(text := self.text):
            assert time.monotonic() < deadline, text
            time.sleep(0.02)
        return text

    def settled(self) -> int:
        """Wait until nothing more is written; returns how much was, in all."""
        size = -1
        while size != len(self.written):
            size = len(self.written)
            time.sleep(QUIET)
            self._read()
        return size

    def resize(self, columns: int, rows: int) -> None:
        """Make the window another size."""
        self._read()
        self._screen.resize(rows, columns)
        self._process.setwinsize(rows, columns)

    def type(self, keys: str) -> None:
        """Press keys."""
        self._process.write(keys.encode())

    def send(self, number: signal.Signals) -> int:
        """Send a signal and wait for the end; returns the wait status."""
        self._process.kill(number)
        deadline = time.monotonic() + PATIENCE
        while self._process.isalive() and time.monotonic() < deadline:
            self._read()
            time.sleep(0.02)
        self._read()
        return self._process.status or 0

    def wait(self) -> int:
        """Wait for the end; returns the exit code."""
        deadline = time.monotonic() + PATIENCE
        while self._process.isalive() and time.monotonic() < deadline:
            self._read()
        self._read()
        return self._process.exitstatus or 0
