"""What a reader of returns takes note of: lists, cells, problems, what it left out."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from case_audit.core.frame.model import Record
from case_audit.exchange.annex_a.cells import Outcome
from case_audit.exchange.annex_a.identifiers import (
    MAX_LENGTH,
    NEAR_COPY,
    NONE,
    IdentifierWatch,
    read_identifier,
)
from case_audit.exchange.annex_a.problems import ProblemLog
from case_audit.exchange.annex_a.spec import columns
from case_audit.exchange.reading import ListReading

if TYPE_CHECKING:
    from collections.abc import Callable

    from case_audit.core.frame.model import Value
    from case_audit.exchange.annex_a.cells import Flaw

    Read = Callable[[str], Outcome]

_REMEMBERED: Final = 20_000


class Cells:
    """The cells of one record in the making.

    Attributes:
        values: Normalised values by column key.
        raw: The cells as read, by column key.
    """

    __slots__ = ("raw", "values")

    def __init__(self) -> None:
        self.values: dict[str, Value] = {}
        self.raw: dict[str, str] = {}

    def put(self, key: str, outcome: Outcome | None) -> None:
        """Take a cell as it was read and as it was understood."""
        if outcome is None:
            return
        self.raw[key] = outcome.raw
        if outcome.value is not None:
            self.values[key] = outcome.value

    def derive(self, key: str, value: Value) -> None:
        """Take a value that follows from others; ``None`` is not taken."""
        if value is not None:
            self.values[key] = value

    def add(self, other: Cells) -> None:
        """Take all cells of another record, such as the child's own."""
        self.values.update(other.values)
        self.raw.update(other.raw)


class Listing:
    """One list in the making: what it was read from, and how many rows.

    Args:
        list_no: Number of the Annex A list.
        place: The file or kind of element it is read from.
        how: How that was known.
    """

    def __init__(self, list_no: int, *, place: str, how: str) -> None:
        self.list_no = list_no
        self.left_out: Counter[str] = Counter()
        self._place = place
        self._how = how
        self._records = 0
        self._keys: set[str] = set()

    def record(self, *, row: int, unit: str, cells: Cells) -> Record:
        """Return a record of the list, and count it."""
        self._records += 1
        self._keys.update(cells.raw, cells.values)
        return Record(
            list_no=self.list_no,
            row=row,
            unit=unit,
            values=cells.values,
            raw=cells.raw,
        )

    def reading(self) -> ListReading:
        """Return how the list was read."""
        here = columns(self.list_no)
        return ListReading(
            list_no=self.list_no,
            place=self._place,
            how=self._how,
            matched=tuple(c.key for c in here if c.key in self._keys),
            absent=tuple(
                c.header
                for c in here
                if c.key not in self._keys and c.key != "child_id"
            ),
            records=self._records,
            left_out=MappingProxyType(dict(self.left_out)),
        )


class Notes:
    """Everything that is told of one reading.

    Args:
        each: Problems of one kind that are kept one by one; ``None`` for all.
    """

    def __init__(self, *, each: int | None) -> None:
        self.problems = ProblemLog(each=each)
        self.watch = IdentifierWatch()
        self._lists: dict[int, Listing] = {}
        self._remembered: dict[Read, Read] = {}

    def listing(self, list_no: int, *, place: str, how: str) -> Listing:
        """Return a list in the making; the first call says where it is from."""
        if list_no not in self._lists:
            self._lists[list_no] = Listing(list_no, place=place, how=how)
        return self._lists[list_no]

    def readings(self) -> tuple[ListReading, ...]:
        """Return how the lists were read, by number."""
        return tuple(self._lists[n].reading() for n in sorted(self._lists))

    def remembering(self, read: Read) -> Read:
        """Return a reader of cells that remembers what it has read.

        Returns repeat themselves: most cells are codes and dates of a few years.
        """
        if read not in self._remembered:
            self._remembered[read] = lru_cache(_REMEMBERED)(read)
        return self._remembered[read]


class Place:
    """One file, or one kind of element: its cells, and what is wrong with them.

    Args:
        notes: Where problems go.
        name: The file or kind of element, for the report.
    """

    def __init__(self, notes: Notes, name: str) -> None:
        self.name = name
        self._notes = notes

    def cell(self, text: str, read: Read, *, row: int, column: str) -> Outcome | None:
        """Read a cell and tell its flaw; ``None`` if it is empty."""
        if not text:
            return None
        outcome = self._notes.remembering(read)(text)
        if outcome.flaw is not None:
            self.tell(outcome.flaw, row=row, column=column, value=text)
        return outcome

    def unit(
        self, text: str, *, row: int, column: str, watched: bool = True
    ) -> tuple[str | None, str]:
        """Read an identifier.

        Args:
            text: The cell.
            row: Its row.
            column: Its column.
            watched: Whether one that is nearly another is told.

        Returns:
            The identifier and no reason; or ``None`` and the reason why the row
            cannot be used.
        """
        if not text:
            self.tell(NONE, row=row, column=column)
            return None, NONE.what
        if text.isascii() and text.isdigit() and len(text) <= MAX_LENGTH:
            outcome = Outcome(text, text)  # as most are; nothing can be wrong with it
        else:
            outcome = read_identifier(text)
        if outcome.flaw is not None:
            self.tell(outcome.flaw, row=row, column=column, value=text)
        if not isinstance(outcome.value, str):
            return None, outcome.flaw.what if outcome.flaw else NONE.what
        if watched and self._notes.watch.differs(outcome.value):
            self.tell(NEAR_COPY, row=row, column=column, value=text)
        return outcome.value, ""

    def tell(self, flaw: Flaw, *, row: int, column: str = "", value: str = "") -> None:
        """Report a problem with a cell or a row."""
        self._notes.problems.add(
            flaw, sheet=self.name, row=row, column=column, value=value
        )

    def note(self, flaw: Flaw, *, column: str = "", value: str = "") -> None:
        """Report a problem with the whole file, column or kind of element."""
        self._notes.problems.note(flaw, sheet=self.name, column=column, value=value)
