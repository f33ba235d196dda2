"""Looks through the bytes of one worksheet part, for `precheck`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from case_audit.errors import UnusableWorkbookError

if TYPE_CHECKING:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFacts:
    """What a sheet holds that a reader of its cells cannot see.

    Attributes:
        error_cells: Cells with an error value such as #N/A; read as empty.
        hidden_rows: Rows that are hidden, by hand or by a filter.
    """

    error_cells: int
    hidden_rows: int


class SheetScan:
    """Takes the bytes of a worksheet part piece by piece.

    Args:
        where: Name of the sheet, for messages.
    """

    def __init__(self, where: str) -> None:
        self._where = where
        self._held = b""
        self._errors = 0
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
        self._errors += text.count(b't="e"', 0, end)

    def _refuse(self, what: str, place: str) -> NoReturn:
        raise UnusableWorkbookError(
            what,
            where=f'sheet "{self._where}"{place}',
            hint="Delete the rows below and the columns beside the list, save, "
            "and import again.",
        )


def _has_content(rows: bytes, end: int) -> bool:
    """Say whether the cell whose tag ends at ``end`` holds something."""
    return rows[end - 2 : end] != b"/>" and not rows.startswith(b"</", end)
