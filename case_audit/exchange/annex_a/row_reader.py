"""Turns one row of cells into a record, problem by problem."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from case_audit.core.frame.model import Record
from case_audit.exchange.annex_a.cells import (
    UNBORN,
    Flaw,
    Outcome,
    read_age,
    read_birth_date,
    read_count,
    read_date,
    read_text,
)
from case_audit.exchange.annex_a.coding import coded_reader
from case_audit.exchange.annex_a.identifiers import (
    NEAR_COPY,
    NONE,
    NUMBER,
)
from case_audit.exchange.annex_a.spec import columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from case_audit.core.frame.model import Value
    from case_audit.exchange.annex_a.child import Cell
    from case_audit.exchange.annex_a.identifiers import IdentifierWatch
    from case_audit.exchange.annex_a.problems import ProblemLog
    from case_audit.exchange.annex_a.spec import Column

FRAME_LISTS: Final = range(1, 10)
"""Lists from which frames are made; they cannot do without identifiers."""
UNBORN_LISTS: Final = range(1, 8)
"""Lists that may hold children who are not yet born."""

_REMEMBERED: Final = 20_000
_NOTHING: Final = Outcome(None, "", NONE)
_ABSENT: Final = Flaw(
    "a column that is not there", "left empty; nothing can be stratified by it"
)
_EMPTY: Final = Flaw(
    "a required column without a single usable entry",
    "left empty; nothing can be stratified by it; if it holds formulas, save the workbook once in a "
    "spreadsheet program",
)
_ONLY_ID: Final = Flaw("nothing but an identifier in the row", "the row was left out")
_NO_BIRTH: Final = Flaw(
    "neither a date of birth nor an age", "taken as not yet born", serious=False
)


class Field:
    """One column of a table: its key, and how its cells are read.

    Lists repeat themselves, so what was read is remembered, and columns that are
    read alike remember it together.

    Args:
        index: Its place from the left, from 0.
        key: What it is read as.
        column: Its header, for problems.
        read: How its cells are read.
        seen: What was read before by the same reader.
    """

    __slots__ = ("column", "index", "key", "read", "seen")

    def __init__(
        self,
        index: int,
        key: str,
        column: str,
        read: Callable[[Cell], Outcome],
        seen: dict[Cell, Outcome] | None = None,
    ) -> None:
        self.index = index
        self.key = key
        self.column = column
        self.read = read
        self.seen = {} if seen is None else seen

    def outcome(self, cell: Cell) -> Outcome:
        """Read a cell that is not remembered."""
        if len(self.seen) >= _REMEMBERED:
            self.seen.clear()
        outcome = self.seen[cell] = self.read(cell)
        return outcome


def reader_of(column: Column) -> Callable[[Cell], Outcome]:
    """Return the function that reads the cells of a column."""
    if column.key == "date_of_birth":
        return read_birth_date
    if column.key == "age":
        return read_age
    if column.type == "date":
        return read_date
    if column.type == "integer":
        return read_count
    return coded_reader(column.codes) if column.codes else read_text


class RowReader:
    """Reads the rows of one list, once it is known which column is which.

    Args:
        list_no: The list.
        place: Name of the sheet or file, for problems.
        identifier: The column with the identifiers.
        fields: The other columns that are read.
        problems: Where problems go.
        watch: Identifiers seen so far in the source.
    """

    def __init__(
        self,
        list_no: int,
        place: str,
        *,
        identifier: Field,
        fields: Sequence[Field],
        problems: ProblemLog,
        watch: IdentifierWatch,
    ) -> None:
        self._list_no = list_no
        self._place = place
        self._problems = problems
        self._watch = watch if list_no in FRAME_LISTS else None
        self._fields = fields
        self._id = identifier
        self._plan = [(f.index, f.key, f.seen.get, f) for f in fields]
        keys = {field.key for field in fields}
        self._pending = {
            c.key for c in columns(list_no) if c.required and c.key in keys
        }
        self._sees_birth = list_no in UNBORN_LISTS and {"date_of_birth", "age"} <= keys
        self.records = 0
        self.left_out: Counter[str] = Counter()

    def note_absent(self, known: Iterable[str] = ()) -> None:
        """Report the required columns that are not there.

        Args:
            known: Keys of columns whose absence is on purpose.
        """
        there = {self._id.key, *known, *(field.key for field in self._fields)}
        for column in columns(self._list_no):
            if column.required and column.key not in there:
                self._problems.note(_ABSENT, sheet=self._place, column=column.header)

    def record(self, number: int, cells: Sequence[Cell]) -> Record | None:
        """Return the record of a row, ``None`` if it is blank or left out.

        Args:
            number: The row, as the spreadsheet counts.
            cells: Its cells; empty ones are empty texts.
        """
        values: dict[str, Value] = {}
        raw: dict[str, str] = {}
        flaws: list[tuple[Flaw, str, str]] = []
        for index, key, remembered, field in self._plan:
            cell = cells[index]
            if cell == "":
                continue
            value, text, flaw = remembered(cell) or field.outcome(cell)
            raw[key] = text
            if value is not None:
                values[key] = value
            if flaw is not None:
                flaws.append((flaw, field.column, text))
        unit = self._unit(number, cells, raw)
        if unit is None:
            return None
        self._remember(number, values, raw, flaws)
        self.records += 1
        return Record(
            list_no=self._list_no, row=number, unit=unit, values=values, raw=raw
        )

    def _unit(
        self, number: int, cells: Sequence[Cell], raw: dict[str, str]
    ) -> str | None:
        """Return the row's identifier, or ``None`` if the row is left out."""
        field = self._id
        cell = cells[field.index]
        if cell == "" and not raw:
            return None
        outcome = (
            _NOTHING if cell == "" else field.seen.get(cell) or field.outcome(cell)
        )
        flaw = outcome.flaw
        if not raw:
            flaw = _ONLY_ID
        unit = outcome.value
        if flaw is not None:
            self._add(flaw, number, field.column, outcome.raw)
        usable = flaw is None or flaw is NUMBER
        if usable and self._watch and self._watch.differs(str(unit)):
            self._add(NEAR_COPY, number, field.column, outcome.raw)
        if not isinstance(unit, str) or flaw is _ONLY_ID:
            self.left_out[flaw.what if flaw else NONE.what] += 1
            return None
        raw[field.key] = outcome.raw
        return unit

    def _add(self, flaw: Flaw, row: int, column: str, value: str) -> None:
        self._problems.add(flaw, sheet=self._place, row=row, column=column, value=value)

    def _remember(
        self,
        number: int,
        values: dict[str, Value],
        raw: dict[str, str],
        flaws: list[tuple[Flaw, str, str]],
    ) -> None:
        """Note the row's flaws, its filled columns, and whether it is unborn."""
        unborn = False
        for flaw, column, text in flaws:
            if flaw is UNBORN:
                unborn = True
            else:
                self._add(flaw, number, column, text)
        if self._sees_birth and "date_of_birth" not in raw and "age" not in raw:
            unborn = True
            self._add(_NO_BIRTH, number, "", "")
        if unborn:
            values["unborn"] = "yes"
        if self._pending:
            self._pending.difference_update(values)

    def sum_up(self) -> None:
        """Report the required columns of which nothing could be used."""
        if self.records:
            for column in columns(self._list_no):
                if column.key in self._pending:
                    self._problems.note(_EMPTY, sheet=self._place, column=column.header)

    def leave_out(self, flaw: Flaw, row: int) -> None:
        """Count a row that is left out, and report it."""
        self.left_out[flaw.what] += 1
        self._add(flaw, row, "", "")
