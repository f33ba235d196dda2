"""One CSV file of a return, its rows each with the child they are of."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from case_audit.errors import UnusableReturnError
from case_audit.exchange.annex_a.folding import squash, tidy
from case_audit.exchange.returns.notes import Cells, Place
from case_audit.exchange.returns.readers import read_return_date, reader_of
from case_audit.exchange.returns.tables import MAX_ROWS, RAGGED, Table

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping
    from pathlib import Path

    from case_audit.exchange.annex_a.cells import Flaw, Outcome
    from case_audit.exchange.returns.notes import Notes, Read
    from case_audit.exchange.returns.tables import Row


class ChildFile:
    """One file of a return.

    Args:
        path: The file.
        notes: Where problems go.
        child: The column with the child's identifier.
        known: Children of the file that names them all; ``None`` if there is none.
        orphan: What is told of a child who is not among them.
        watched: Whether near-copies of identifiers are told.
        most_rows: More rows are refused.

    Raises:
        UnusableReturnError: If it cannot be used, or has no such column.
    """

    def __init__(
        self,
        path: Path,
        notes: Notes,
        *,
        child: str,
        known: Container[str] | None,
        orphan: Flaw,
        watched: bool = True,
        most_rows: int = MAX_ROWS,
    ) -> None:
        self.name = tidy(path.name)
        self.place = Place(notes, self.name)
        self.table = Table(path, self.place, most_rows=most_rows)
        self.left_out: Counter[str] = Counter()
        self.read = 0
        """Rows that were read so far, of children with an identifier."""
        self._child = squash(child)
        self._known = known
        self._orphan = orphan
        self._watched = watched
        self._orphans: set[str] = set()
        if self._child not in self.table.places:
            raise UnusableReturnError(self.name, f"it has no column {child}")

    def rows(self) -> Iterator[tuple[str, Row]]:
        """Give each row with the child's identifier; others are counted."""
        header = self.table.header(self._child)
        for row in self.table.rows():
            text = row.get(self._child)
            unit, reason = self.place.unit(
                text, row=row.number, column=header, watched=self._watched
            )
            if unit is None:
                self.left_out[reason] += 1
                continue
            self.read += 1
            self._meet(unit, row)
            yield unit, row
        if self.table.left_out:
            self.left_out[RAGGED.what] += self.table.left_out

    def _meet(self, unit: str, row: Row) -> None:
        """Report a child whom nobody knows, once."""
        if self._known is None or unit in self._known or unit in self._orphans:
            return
        self._orphans.add(unit)
        header = self.table.header(self._child)
        self.place.tell(self._orphan, row=row.number, column=header, value=unit)

    def has(self, column: str) -> bool:
        """Say whether the file has a column."""
        return squash(column) in self.table.places

    def text(self, row: Row, column: str) -> str:
        """Return one cell as it stands; empty if there is none."""
        return row.get(squash(column))

    def cell(self, row: Row, column: str, read: Read) -> Outcome | None:
        """Read one cell."""
        name = squash(column)
        header = self.table.header(name)
        return self.place.cell(row.get(name), read, row=row.number, column=header)

    def cells(self, row: Row, keys: Mapping[str, str], list_no: int) -> Cells:
        """Read cells by their columns, under the keys of a list's columns."""
        cells = Cells()
        for column, key in keys.items():
            cells.put(key, self.cell(row, column, reader_of(list_no, key)))
        return cells

    def date(self, row: Row, column: str) -> Outcome | None:
        """Read one date."""
        return self.cell(row, column, read_return_date)

    def day(self, row: Row, column: str) -> str:
        """Read one date as ISO text; empty if there is none."""
        outcome = self.date(row, column)
        found = outcome.value if outcome else None
        return found if isinstance(found, str) else ""
