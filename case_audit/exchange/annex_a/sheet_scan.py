"""Looks through the bytes of one worksheet part, for `precheck`."""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass
from heapq import merge
from typing import TYPE_CHECKING, Final

from case_audit.errors import UnusableWorkbookError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import NoReturn

MAX_ROWS: Final = 200_000
"""The last row that may hold anything. A large council's list has 60,000."""
MAX_COLUMNS: Final = 256
"""The last column that may hold anything, IV. The widest list has 34."""
MAX_HELD: Final = 16 << 20
"""The largest single row, in bytes, that is waited for."""

# The patterns begin with fixed text, which `re` finds quickly, and name what is
# beyond the limits above: IW and later columns, 200,000 and later rows.
_FAR_COLUMN: Final = re.compile(
    rb' r="(?=[A-Z]{3}|I[W-Z]|[J-Z][A-Z])([A-Z]+)([0-9]+)"[^<>]*>'
)
_ODD_ROW: Final = re.compile(
    rb'row [^<>]*?\b(?:r="(?=[2-9][0-9]{5}|[0-9]{7})([0-9]+)"|hidden="(?:1|true)")'
    rb"[^<>]*>"
)
_FAR: Final = "a cell lies far outside of any list"
_CONTENT: Final = re.compile(rb"<(?:\w+:)?(?:v|is|f)\b")

_ERROR_CELL: Final = b't="e"'
_CELL_TAG: Final = re.compile(rb"<(?:\w+:)?c\s[^<>]*>")
_ADDRESS: Final = re.compile(rb'\sr="([A-Z]{1,3})([0-9]{1,7})"')
_ERROR_VALUE: Final = re.compile(rb"v>(#[A-Z0-9_/]{1,16}[!?]?)</")
_VALUES: Final = frozenset(
    {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}
    | {"#CALC!", "#GETTING_DATA", "#SPILL!"}
)
_UNKNOWN: Final = "an error value"
NO_COLUMN: Final = -1
"""The column of an error cell that does not say where it stands."""


class ErrorCells:
    """Where a sheet has cells with an error value such as #N/A.

    Only row numbers are kept, by column and value, so that a column of 200,000
    such cells takes less than a megabyte.
    """

    def __init__(self) -> None:
        self._rows: dict[int, dict[str, array[int]]] = {}

    def add(self, row: int, column: int, value: str) -> None:
        """Take one cell: its row from 1, its column from 0, and what it shows."""
        rows = self._rows.setdefault(column, {}).setdefault(value, array("L"))
        rows.append(row)

    def columns(self) -> Iterator[tuple[int, Iterator[tuple[int, str]]]]:
        """Give each column from the left with its (row, value) from the top."""
        for column, by_value in sorted(self._rows.items()):
            yield column, merge(*(_with(value, by_value[value]) for value in by_value))

    def __len__(self) -> int:
        return sum(len(rows) for by in self._rows.values() for rows in by.values())


def _with(value: str, rows: array[int]) -> Iterator[tuple[int, str]]:
    return ((row, value) for row in rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFacts:
    """What a sheet holds that a reader of its cells cannot see.

    Attributes:
        error_cells: Where its cells with an error value are; they are read as empty.
        hidden_rows: Rows that are hidden, by hand or by a filter.
    """

    error_cells: ErrorCells
    hidden_rows: int


class SheetScan:
    """Takes the bytes of a worksheet part piece by piece.

    Args:
        where: Name of the sheet, for messages.
    """

    def __init__(self, where: str) -> None:
        self._where = where
        self._held = b""
        self._errors = ErrorCells()
        self._hidden = 0

    def feed(self, chunk: bytes) -> None:
        """Look at the next piece.

        Raises:
            UnusableWorkbookError: If a cell lies beyond the limits.
        """
        buffer = self._held + chunk
        open_row, closed_row = buffer.rfind(b"row "), buffer.rfind(b"row>")
        cut = open_row if open_row > closed_row else buffer.rfind(b">") + 1
        # Cut before the name of the row's tag, so the tag stays in one piece.
        self._held = buffer[cut:]
        if len(self._held) > MAX_HELD:
            self._refuse("a single row is larger than 16 MiB", "")
        self._look(buffer, cut)

    def finish(self) -> SheetFacts:
        """Look at what is left over and return the findings."""
        self._look(self._held, len(self._held))
        return SheetFacts(error_cells=self._errors, hidden_rows=self._hidden)

    def _look(self, text: bytes, end: int) -> None:
        for match in _FAR_COLUMN.finditer(text, 0, end):
            if _has_content(text, match.end()):
                self._refuse(_FAR, f", column {match[1].decode()}, row {int(match[2])}")
        for match in _ODD_ROW.finditer(text, 0, end):
            if match[1] is None:
                self._hidden += 1
            elif not match[0].endswith(b"/>"):
                closed = text.find(b"row>", match.end(), end)
                if _CONTENT.search(text, match.end(), end if closed < 0 else closed):
                    self._refuse(_FAR, f", row {int(match[1])}")
        at = text.find(_ERROR_CELL, 0, end)
        while at >= 0:
            self._take_error(text, at)
            at = text.find(_ERROR_CELL, at + len(_ERROR_CELL), end)

    def _take_error(self, text: bytes, at: int) -> None:
        """Take the cell in whose tag the mark of an error value stands."""
        start = text.rfind(b"<", 0, at)
        tag = _CELL_TAG.match(text, start) if start >= 0 else None
        if tag is None or tag.end() < at:
            return  # a text that reads like one
        closed = text.find(b"c>", tag.end())
        found = _ERROR_VALUE.search(text, tag.end(), max(closed, tag.end()))
        value = found[1].decode() if found else _UNKNOWN
        address = _ADDRESS.search(tag[0])
        self._errors.add(
            int(address[2]) if address else 0,
            column_index(address[1].decode()) if address else NO_COLUMN,
            value if value in _VALUES else _UNKNOWN,
        )

    def _refuse(self, what: str, place: str) -> NoReturn:
        raise UnusableWorkbookError(
            what,
            where=f'sheet "{self._where}"{place}',
            hint="Delete the rows below and the columns beside the list, save, "
            "and import again.",
        )


def column_index(letters: str) -> int:
    """Return the number of a column, from 0, by its letters: 1 for "B"."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


def column_name(index: int) -> str:
    """Name a column without a header by its number, from 0: "column B" for 1."""
    letters = ""
    index += 1
    while index > 0:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"column {letters}" if letters else ""


def _has_content(rows: bytes, end: int) -> bool:
    """Say whether the cell whose tag ends at ``end`` holds something."""
    return rows[end - 2 : end] != b"/>" and not rows.startswith(b"</", end)
