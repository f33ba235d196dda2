"""Reads a CSV table as a stream: its size does not matter, a line's does."""

from __future__ import annotations

import codecs
import csv
import io
import re
from contextlib import ExitStack
from hashlib import sha256
from itertools import chain
from typing import TYPE_CHECKING, Final

from case_audit.errors import TableError
from case_audit.exchange.annex_a.cells import Flaw
from case_audit.exchange.annex_a.folding import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from types import TracebackType
    from typing import BinaryIO, NoReturn, Self

    from case_audit.exchange.annex_a.child import Cell
    from case_audit.exchange.annex_a.problems import ProblemLog

MIB: Final = 1 << 20
MAX_BYTES: Final = 1_024 * MIB
MAX_LINE: Final = MIB
"""The longest line, in bytes. A line of 200 long columns takes a hundredth."""
DELIMITERS: Final = ",;\t|"

_CHUNK: Final = MIB
_WIDE: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BREAKS: Final = re.compile(rb"[\r\n]")
_AS_TEXT: Final = re.compile(r'="([^"]*)"')
_WINDOWS: Final = Flaw(
    "not written in UTF-8", "read as Windows text (cp1252)", serious=False
)
_UTF_16: Final = Flaw("written in UTF-16", "read as such", serious=False)
_FORMULAS: Final = Flaw(
    'cells written as ="..."', "the text inside was read", serious=False
)
_SAVE_AS: Final = "Save it as CSV (UTF-8) with a header row, and import that."


class CsvTable:
    """One CSV file.

    Commas, semicolons, tabs and bars are understood as delimiters; UTF-8 and,
    with a word about it, Windows text and UTF-16 as encodings. The file is read
    twice: once to see whether it can be read at all, once for its rows.

    Args:
        path: The file.

    Raises:
        TableError: On entering or while reading, if it is no such table.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.place = tidy(path.name)
        self.sha256 = ""
        self.of_rows = 0
        self.synthetic = False
        self.of_sheets = False
        self.others: tuple[str, ...] = ()
        self._encoding = "utf-8-sig"
        self._formulas = 0
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            try:
                self._file = stack.enter_context(self._path.open("rb"))
                self._survey(self._file)
                self._file.seek(0)
                text = io.TextIOWrapper(self._file, self._encoding, newline="")
                self._text = stack.enter_context(text)
            except OSError:
                self._refuse("it cannot be opened or read")
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def _refuse(self, reason: str, *, line: int = 0) -> NoReturn:
        raise TableError(self._path.name, reason=reason, hint=_SAVE_AS, line=line)

    def _survey(self, file: BinaryIO) -> None:
        """Look the whole file over: its digest, encoding, and longest line."""
        digest, size, held, utf8 = sha256(), 0, 0, True
        decoder = codecs.getincrementaldecoder("utf-8")()
        wide = file.read(2) in _WIDE
        file.seek(0)
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            if size > MAX_BYTES:
                self._refuse(f"it is larger than {MAX_BYTES // MIB} MiB")
            if not wide and b"\0" in chunk:
                line = self.of_rows + chunk.count(b"\n", 0, chunk.index(b"\0")) + 1
                self._refuse("it holds the character NUL, so it is no text", line=line)
            held = self._longest(chunk, held)
            self.of_rows += chunk.count(b"\n")
            try:
                utf8 = utf8 and decoder.decode(chunk) is not None
            except UnicodeDecodeError:
                utf8 = False
        if not size:
            self._refuse("the file is empty")
        self._encoding = "utf-16" if wide else "utf-8-sig" if utf8 else "cp1252"
        self.sha256 = digest.hexdigest()

    def _longest(self, chunk: bytes, held: int) -> int:
        """Refuse a line without end; return how much of one is still open.

        A chunk is as long as a line may be, so only lines that go over its edges
        can be longer.
        """
        found = _BREAKS.search(chunk)
        if held + (found.start() if found else len(chunk)) > MAX_LINE:
            reason = f"a line is longer than {MAX_LINE // MIB} MiB"
            self._refuse(reason, line=self.of_rows + 1)
        last = max(chunk.rfind(b"\n"), chunk.rfind(b"\r")) + 1
        return len(chunk) - last if last else held + len(chunk)

    def rows(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        """Give each row that is not blank with its line as an editor counts."""
        try:
            yield from self._parsed(self._text)
        except csv.Error:
            line = self._reader.line_num
            reason = "a row is not well formed, perhaps a quotation mark is not closed"
            self._refuse(reason, line=line)
        except UnicodeError:
            reason = "it is not text in any encoding that is understood"
            self._refuse(reason)

    def _parsed(self, text: io.TextIOWrapper) -> Iterator[tuple[int, Sequence[Cell]]]:
        before = 0
        first = text.readline()
        while first and not first.strip():
            before += 1
            first = text.readline()
        delimiter, marked = max(DELIMITERS, key=first.count), first.strip().lower()
        if marked.startswith("sep=") and len(marked) == len("sep=;"):
            delimiter, first = marked[4], "\n"
        self._reader = csv.reader(
            chain([first], text), delimiter=delimiter, strict=True
        )
        for row in self._reader:
            if any(cell and not cell.isspace() for cell in row):
                yield self._reader.line_num + before, [self._cell(c) for c in row]

    def _cell(self, cell: str) -> Cell:
        if cell[:2] == '="' and (found := _AS_TEXT.fullmatch(cell.strip())):
            self._formulas += 1
            return found[1]
        return "" if cell.isspace() else cell

    def problems(self, log: ProblemLog, headers: tuple[str, ...]) -> None:
        """Report the encoding, and cells that were written as formulas."""
        del headers
        if self._encoding == "cp1252":
            log.note(_WINDOWS, sheet=self.place)
        if self._encoding == "utf-16":
            log.note(_UTF_16, sheet=self.place)
        if self._formulas:
            log.note(_FORMULAS, sheet=self.place, value=str(self._formulas))
