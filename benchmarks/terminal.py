"""A terminal that knows what its program used, and how much it wrote.

Linux only: no other system lets one process read another's processor clock to
the microsecond.
"""

from __future__ import annotations

import os
import select
import signal
import time
from typing import TYPE_CHECKING, Final, Self

import ptyprocess
import pyte

from benchmarks.measure import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

COLUMNS: Final = 120
LINES: Final = 40
PATIENCE: Final = 60.0
"""Seconds after which a text that does not come is missed."""
SILENCE: Final = 0.05
"""Seconds without output after which a key has been answered."""
STILL: Final = 0.002
"""Processor seconds in a fifth of a second that are nothing to speak of."""
_MOST: Final = 1 << 16


class Terminal:
    """Runs one program on a screen; a context manager.

    Args:
        command: Program and arguments.
        environment: Variables that differ from ours.
        columns: Width.
        lines: Height.

    Attributes:
        written: Bytes that the program has written so far.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        environment: Mapping[str, str],
        columns: int = COLUMNS,
        lines: int = LINES,
    ) -> None:
        colours = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
        self.written = 0
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self._program = ptyprocess.PtyProcess.spawn(
            list(command),
            cwd=str(ROOT),
            env={**os.environ, **colours, **environment},
            dimensions=(lines, columns),
        )
        # How the kernel numbers the processor clock of another process.
        self._clock = (~self._program.pid << 3) | 2

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        # At once: on a busy machine the polite way gives up before the program does.
        self._program.kill(signal.SIGKILL)
        self._program.wait()
        self._program.close()

    def used(self) -> float:
        """Return the processor seconds of the program so far."""
        return time.clock_gettime(self._clock)

    def until(self, text: str) -> float:
        """Wait for a text on the screen; return what was used when it came.

        Raises:
            SystemExit: If it does not come; shows the screen.
        """
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if self._output(timeout=1):
                # Read before the screen is parsed, which takes its time.
                used = self.used()
                self._parse()
                if self._shows(text):
                    return used
        message = f"{text!r} never came:\n" + "\n".join(self._screen.display)
        raise SystemExit(message)

    def rest(self) -> None:
        """Wait until the program has nothing left to do."""
        before = -1.0
        while (now := self.used()) - before > STILL:
            before = now
            time.sleep(SILENCE * 4)
            self._settle()

    def send(self, key: str) -> None:
        """Press a key and wait for nothing: :meth:`until` tells when it is answered."""
        self._program.write(key.encode())

    def press(self, keys: Iterable[str]) -> float:
        """Press keys, each after the last was answered; return what they used."""
        self._settle()
        before, pressed = self.used(), 0
        for key in keys:
            self._program.write(key.encode())
            self._settle()
            pressed += 1
        return (self.used() - before) / pressed

    def _settle(self) -> None:
        while self._output(timeout=SILENCE):
            self._parse()

    def _output(self, *, timeout: float) -> bool:
        return bool(select.select([self._program.fd], [], [], timeout)[0])

    def _parse(self) -> None:
        data = self._program.read(_MOST)
        self.written += len(data)
        self._stream.feed(data)

    def _shows(self, text: str) -> bool:
        return any(text in line for line in self._screen.display)
