"""Talks to the separate process that reads cells (see `child`)."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue
from typing import TYPE_CHECKING, Final, cast

from case_audit.errors import NotAWorkbookError, WorkbookReaderError
from case_audit.security.text_gate import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import TracebackType
    from typing import IO, Any, BinaryIO, NoReturn, Self

    from case_audit.exchange.annex_a.child import Cell

AHEAD: Final = 100
"""Lines read ahead, so that both processes work; a line takes 100 KiB or less."""
SILENCE: Final = 120.0
"""Seconds to wait for the next answer. A sheet of 20,000 rows takes one."""
LEAVING: Final = 5.0
"""Seconds that the process has to end by itself when all is read."""
_CHILD: Final = Path(__file__).with_name("child.py")
_REASONS: Final = {
    "memory": "reading it takes more memory than it may",
    "password": "it is protected with a password",
    "error value": "a cell holds a kind of error value that cannot be read",
}


class CellReader:
    """Reads the cells of one workbook; a context manager.

    Args:
        file: The workbook, open for reading. The very bytes that were checked
            are passed on, so nobody can swap the file in between.
        silence: Seconds without an answer after which reading is given up.
        child: The program that reads it.

    Raises:
        WorkbookReaderError: From any method, if the process ends early, falls
            silent or reports that it cannot read the workbook.
    """

    def __init__(
        self, file: BinaryIO, *, silence: float = SILENCE, child: Path = _CHILD
    ) -> None:
        self._file = file
        self._child = child
        self._silence = silence
        self._where = ""
        self._lines: Queue[bytes] = Queue(AHEAD)
        self._answered = False

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(  # noqa: S603 - our own file, no arguments
            [sys.executable, "-I", str(self._child)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._ahead = threading.Thread(target=self._read_ahead, daemon=True)
        self._ahead.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._answered:
            # It has nothing more to say and is on its way out.
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=LEAVING)
        self._process.kill()
        while self._ahead.is_alive():
            # The thread may be waiting for room; what it holds is not wanted.
            with suppress(Empty):
                self._lines.get(timeout=0.01)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):  # unwritten bytes have nobody to go to
                    pipe.close()
        self._process.wait()

    @property
    def _in(self) -> IO[bytes]:
        assert self._process.stdin is not None  # noqa: S101 - opened as a pipe
        return self._process.stdin

    def sheets(self) -> list[tuple[str, bool]]:
        """Hand the workbook over and return its sheets' names and visibility."""
        size = self._file.seek(0, 2)
        self._file.seek(0)
        try:
            self._in.write(size.to_bytes(8, "big"))
            shutil.copyfileobj(self._file, self._in, 1 << 20)
            self._in.flush()
        except OSError:
            self._died()
        answer = cast("dict[str, list[tuple[str, bool]]]", self._answer())
        return [(name, visible) for name, visible in answer["sheets"]]

    def rows(
        self, wanted: Sequence[tuple[str, int]]
    ) -> Iterator[tuple[str, int, Iterator[list[tuple[Cell, ...]]]]]:
        """Read sheets, one after the other; call it once.

        Args:
            wanted: Names of sheets and how many rows to read at most.

        Yields:
            The sheet's name, how many rows it has, and its rows in batches,
            from the first row of the sheet on. The batches must be used up
            before the next sheet is asked for.
        """
        try:
            self._in.write(json.dumps(wanted).encode() + b"\n")
            self._in.flush()
        except OSError:
            self._died()
        for name, _ in wanted:
            self._where = one_line(name)[:40]
            answer = cast("dict[str, Any]", self._answer())
            yield answer["sheet"], answer["rows"], self._batches()
        self._answered = True

    def _batches(self) -> Iterator[list[tuple[Cell, ...]]]:
        while (answer := self._answer()) is not None:
            columns = cast("list[list[Cell]]", answer)
            yield list(zip(*columns, strict=True))

    def _answer(self) -> object:
        try:
            line = self._lines.get(timeout=self._silence)
        except Empty:
            self._died(f"nothing was heard for {self._silence:g} seconds")
        if not line.endswith(b"\n"):
            self._died()
        answer = json.loads(line)
        if isinstance(answer, dict) and "error" in answer:
            self._refused(answer["error"])
        return answer

    def _read_ahead(self) -> None:
        """Take lines from the process until it ends; an empty one is the end."""
        assert self._process.stdout is not None  # noqa: S101 - opened as a pipe
        for line in self._process.stdout:
            self._lines.put(line)
        self._lines.put(b"")

    def _refused(self, kind: str) -> NoReturn:
        where = f'sheet "{self._where}"' if self._where else ""
        if not where and kind not in _REASONS:
            reason = "its contents are damaged or incomplete"
            hint = "Export or save the workbook again, and import that file."
            raise NotAWorkbookError(reason, hint=hint)
        reason = _REASONS.get(kind, "its contents are damaged or incomplete")
        raise WorkbookReaderError(reason, where=where)

    def _died(
        self, reason: str = "reading it takes more memory or time than it may"
    ) -> NoReturn:
        where = f'sheet "{self._where}"' if self._where else ""
        raise WorkbookReaderError(reason, where=where)
