"""Reads CSV files of a return as a stream of rows, with nothing trusted.

A file is gone through twice: once to learn its digest and encoding, and that no
line is longer than any of a return; then row by row. Neither pass holds more
than one row.
"""

from __future__ import annotations

import csv
import re
from codecs import getincrementaldecoder
from contextlib import closing
from hashlib import sha256
from io import StringIO, TextIOWrapper
from typing import TYPE_CHECKING, Final, NamedTuple

from case_audit.errors import UnusableReturnError
from case_audit.exchange.annex_a.cells import Flaw
from case_audit.exchange.annex_a.folding import squash, tidy
from case_audit.exchange.returns.opened import MIB, opened

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from case_audit.exchange.returns.notes import Place

MAX_LINE: Final = 256 * 1024
"""Characters in one line. The longest of a return has 2,000."""
MAX_COLUMNS: Final = 500
MAX_ROWS: Final = 2_000_000
"""Rows of one file. Seven years of a large county's contacts are 500,000."""

_START: Final = 64 * 1024
_DELIMITERS: Final = ",;\t|"
_BREAK: Final = re.compile(r"[\r\n]")
_ENCODINGS: Final = ("utf-8-sig", "cp1252")
_SAVE_AS: Final = "Save it as CSV (UTF-8) with a header row, and import that file."

_ENCODING: Final = Flaw(
    "not written in UTF-8", "read as Windows text (cp1252)", serious=False
)
_REPEATED: Final = Flaw("a column that is there twice", "the first one is used")
RAGGED: Final = Flaw("more cells than headers in the row", "the row was left out")
_SHORT: Final = Flaw(
    "fewer cells than headers in the row", "the missing ones are empty", serious=False
)


class Row(NamedTuple):
    """One row of a table.

    Attributes:
        number: Its line, as an editor shows it; of several lines, the last.
        cells: Its cells from the left, trimmed.
        places: Where each column stands, by the header's letters and digits.
    """

    number: int
    cells: Sequence[str]
    places: dict[str, int]

    def get(self, column: str) -> str:
        """Return the cell of a column; empty if there is none."""
        place = self.places.get(column, -1)
        return self.cells[place] if 0 <= place < len(self.cells) else ""


class Table:
    """One CSV file of a return.

    Args:
        path: The file.
        place: Where its problems go.
        most_rows: More rows are refused.

    Raises:
        UnusableReturnError: If it is no plain file of text, or holds a line that
            no return has; from `rows`, if a row is not well formed.
    """

    def __init__(self, path: Path, place: Place, *, most_rows: int = MAX_ROWS) -> None:
        self.path = path
        self.name = place.name
        self._place = place
        self._most_rows = most_rows
        self._delimiter = ","
        self.left_out = 0
        """Rows that were left out for their form."""
        with opened(path) as file:
            self.sha256, self._encoding = self._look_over(file)
            with closing(self._lines(file)) as lines:
                header = next(lines, None)
        if header is None:
            raise UnusableReturnError(self.name, "there is no header row in it")
        self._header_line, texts = header
        if len(texts) > MAX_COLUMNS:
            reason = f"it has more than {MAX_COLUMNS} columns"
            raise UnusableReturnError(self.name, reason, line=self._header_line)
        self.headers = tuple(tidy(text) for text in texts)
        self.places = self._placed()

    def _placed(self) -> dict[str, int]:
        places: dict[str, int] = {}
        for place, text in enumerate(self.headers):
            name = squash(text)
            if name and name in places:
                self._place.note(_REPEATED, column=text)
            elif name:
                places[name] = place
        return places

    def header(self, column: str) -> str:
        """Return a column's header as it is written."""
        return self.headers[self.places[column]] if column in self.places else ""

    def _look_over(self, file: BinaryIO) -> tuple[str, str]:
        """Return the digest and the encoding of a file, read to its end."""
        start = file.read(4)
        wide = start.startswith((b"\xff\xfe", b"\xfe\xff"))
        for encoding in ("utf-16",) if wide else _ENCODINGS:
            file.seek(0)
            try:
                digest = self._decodes(file, encoding)
            except UnicodeDecodeError:
                continue
            if encoding == "cp1252":
                self._place.note(_ENCODING)
            return digest, encoding
        reason = "it is not text in any encoding that is understood"
        raise UnusableReturnError(self.name, reason, hint=_SAVE_AS)

    def _decodes(self, file: BinaryIO, encoding: str) -> str:
        decoder = getincrementaldecoder(encoding)()
        digest, held, line = sha256(), 0, 1
        while chunk := file.read(MIB):
            digest.update(chunk)
            text = decoder.decode(chunk)
            if "\0" in text:
                reason = "it holds characters that no text has"
                raise UnusableReturnError(self.name, reason, line=line, hint=_SAVE_AS)
            lines = _BREAK.split(text)
            lengths = [held + len(lines[0]), *map(len, lines[1:])]
            if max(lengths) > MAX_LINE:
                reason = "a line is longer than any of a return"
                raise UnusableReturnError(self.name, reason, line=line, hint=_SAVE_AS)
            held, line = lengths[-1], line + text.count("\n")
        decoder.decode(b"", final=True)
        return digest.hexdigest()

    def _lines(self, file: BinaryIO) -> Generator[tuple[int, list[str]], None, None]:
        """Give each row that is not blank, with its line."""
        file.seek(0)
        text = TextIOWrapper(file, encoding=self._encoding, newline="")
        first = text.readline()
        if not is_separator(first):
            self._delimiter = delimiter_of(first)
            text.seek(0)
        else:
            self._delimiter = first[4]
        skipped = int(is_separator(first))
        rows = csv.reader(text, delimiter=self._delimiter, strict=True)
        try:
            for row in rows:
                if any(cell and not cell.isspace() for cell in row):
                    yield rows.line_num + skipped, row
        except csv.Error:
            reason = "a row is not well formed, perhaps a quotation mark is not closed"
            raise UnusableReturnError(
                self.name, reason, line=rows.line_num + skipped, hint=_SAVE_AS
            ) from None
        finally:
            text.detach()

    def rows(self) -> Iterator[Row]:
        """Give the rows below the header; once at a time.

        Rows with more cells than headers are reported and left out.
        """
        width = len(self.headers)
        with opened(self.path) as file, closing(self._lines(file)) as lines:
            next(lines, None)
            for count, (number, cells) in enumerate(lines, start=1):
                if count > self._most_rows:
                    reason = f"it has more than {self._most_rows} rows"
                    raise UnusableReturnError(self.name, reason, line=number)
                if len(cells) > width and any(map(str.strip, cells[width:])):
                    self.left_out += 1
                    self._place.tell(RAGGED, row=number)
                    continue
                if len(cells) < width:
                    self._place.tell(_SHORT, row=number)
                yield Row(number, [_plain(cell) for cell in cells], self.places)


def _plain(cell: str) -> str:
    """Return a cell trimmed; a database's word for nothing becomes nothing."""
    text = cell.strip()
    return "" if text == "NULL" else text


def delimiter_of(line: str) -> str:
    """Return what parts the cells of a header line."""
    return max(_DELIMITERS, key=line.count)


def is_separator(line: str) -> bool:
    """Say whether a line is a spreadsheet's word on the delimiter: ``sep=;``."""
    return line.lower().startswith("sep=") and len(line.strip("\r\n")) == len("sep=;")


def columns_of(path: Path) -> frozenset[str]:
    """Return a file's columns, letters and digits in lower case.

    Only its beginning is read; nothing comes of a pipe, a device, or of what is
    no table.
    """
    try:
        with opened(path) as file:
            start = file.read(_START)
    except UnusableReturnError:
        return frozenset()
    wide = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = start.decode("utf-16" if wide else "utf-8-sig", "replace")
    lines = [line for line in _BREAK.split(text) if line.strip()][:2]
    if lines and is_separator(lines[0]):
        del lines[0]
    if not lines or "\0" in lines[0]:
        return frozenset()
    try:
        reader = csv.reader(StringIO(lines[0]), delimiter=delimiter_of(lines[0]))
        cells = next(reader, [])
    except csv.Error:
        return frozenset()
    return frozenset(squash(cell) for cell in cells[:MAX_COLUMNS] if cell.strip())
