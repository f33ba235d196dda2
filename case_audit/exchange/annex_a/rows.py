"""Turns the rows of one sheet into records."""

from __future__ import annotations

from collections import Counter
from itertools import chain, islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from case_audit.core.frame.model import Record
from case_audit.errors import MissingIdColumnError
from case_audit.exchange.annex_a.cells import (
    UNBORN,
    Flaw,
    Outcome,
    raw_text,
    read_age,
    read_birth_date,
    read_count,
    read_date,
    read_extra,
    read_text,
)
from case_audit.exchange.annex_a.coding import coded_reader
from case_audit.exchange.annex_a.folding import tidy
from case_audit.exchange.annex_a.identifiers import (
    NEAR_COPY,
    NONE,
    NUMBER,
    read_identifier,
)
from case_audit.exchange.annex_a.matching import HEADER_WITHIN, find_header, is_personal
from case_audit.exchange.annex_a.spec import LISTS, columns
from case_audit.exchange.reading import ListReading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from case_audit.core.frame.model import Value
    from case_audit.exchange.annex_a.child import Cell
    from case_audit.exchange.annex_a.identifiers import IdentifierWatch
    from case_audit.exchange.annex_a.matching import Header, SheetChoice
    from case_audit.exchange.annex_a.problems import ProblemLog
    from case_audit.exchange.annex_a.spec import Column

FRAME_LISTS: Final = range(1, 10)
"""Lists from which frames are made; they cannot do without identifiers."""
UNBORN_LISTS: Final = range(1, 8)
"""Lists that may hold children who are not yet born."""

_REMEMBERED: Final = 20_000
_NO_HEADER: Final = Flaw(
    "no header row within the first 15 rows", "the sheet was left out"
)
_NO_ID_COLUMN: Final = Flaw("no column with identifiers", "the sheet was left out")
_REPEATED: Final = Flaw("a column that is there twice", "the first one is used")
_UNKNOWN: Final = Flaw(
    "a column that the list does not have", "kept, but not used", serious=False
)
_PERSONAL: Final = Flaw(
    "a column that names or locates people", "it was not read", serious=False
)
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


class _Field:
    """One column of the sheet: its key, and how its cells are read.

    Lists repeat themselves, so each column remembers what it has read.
    """

    __slots__ = ("column", "index", "key", "read", "seen")

    def __init__(
        self, index: int, key: str, column: str, read: Callable[[Cell], Outcome]
    ) -> None:
        self.index = index
        self.key = key
        self.column = column
        self.read = read
        self.seen: dict[Cell, Outcome] = {}

    def outcome(self, cell: Cell) -> Outcome:
        """Read a cell that is not remembered."""
        if len(self.seen) >= _REMEMBERED:
            self.seen.clear()
        outcome = self.seen[cell] = self.read(cell)
        return outcome


def _reader(column: Column) -> Callable[[Cell], Outcome]:
    if column.key == "date_of_birth":
        return read_birth_date
    if column.key == "age":
        return read_age
    if column.type == "date":
        return read_date
    if column.type == "integer":
        return read_count
    return coded_reader(column.codes) if column.codes else read_text


class SheetRows:
    """Reads one sheet for one list, row by row.

    Args:
        choice: The sheet and its list.
        problems: Where problems go.
        watch: Identifiers seen so far in the workbook.
    """

    def __init__(
        self, choice: SheetChoice, *, problems: ProblemLog, watch: IdentifierWatch
    ) -> None:
        self._choice = choice
        self._list_no = choice.list_no
        self._sheet = tidy(choice.sheet)
        self._problems = problems
        self._watch = watch if choice.list_no in FRAME_LISTS else None
        self._header: Header | None = None
        self._fields: list[_Field] = []
        self._id: _Field | None = None
        self._pending: set[str] = set()
        self._sees_birth = False
        self._records = 0
        self._left_out: Counter[str] = Counter()

    def records(self, batches: Iterable[Sequence[Sequence[Cell]]]) -> Iterator[Record]:
        """Read the sheet.

        Args:
            batches: Its rows from the first one on, in batches.

        Raises:
            MissingIdColumnError: If a list that frames need has no identifiers.
        """
        rows = chain.from_iterable(batches)
        top = list(islice(rows, HEADER_WITHIN))
        shown = [[tidy(raw_text(cell)) for cell in row] for row in top]
        self._header = find_header(self._list_no, shown)
        if self._header is None:
            if any(any(row) for row in shown):
                self._note(_NO_HEADER)
                self._count_out(_NO_HEADER, chain(top, rows))
        elif not self._prepare(self._header):
            self._count_out(_NO_ID_COLUMN, chain(top[self._header.row :], rows))
        else:
            start = self._header.row
            numbered = enumerate(chain(top[start:], rows), start=start + 1)
            for number, cells in numbered:
                record = self._record(number, cells)
                if record is not None:
                    self._records += 1
                    yield record
            self._sum_up()
        for _ in rows:
            pass  # the pipe must be empty before the next sheet

    @property
    def headers(self) -> tuple[str, ...]:
        """The header row's texts from the left; none before it is found."""
        return self._header.texts if self._header else ()

    def reading(self) -> ListReading:
        """Return how the sheet was read, once all its records are taken."""
        header = self._header
        found = header.columns if header else ()
        matched = tuple(column.key for column in found if column)
        return ListReading(
            list_no=self._list_no,
            place=self._sheet,
            how=self._choice.how,
            header_row=header.row if header and self._id else 0,
            matched=matched,
            absent=tuple(
                column.header
                for column in columns(self._list_no)
                if column.key not in matched
            ),
            unknown=tuple(f.key for f in self._fields if f.read is read_extra),
            records=self._records,
            left_out=MappingProxyType(dict(self._left_out)),
        )

    def _count_out(self, flaw: Flaw, rows: Iterable[Sequence[Cell]]) -> None:
        self._left_out[flaw.what] += sum(
            any(cell != "" for cell in row) for row in rows
        )

    def _note(self, flaw: Flaw, *, column: str = "") -> None:
        self._problems.note(flaw, sheet=self._sheet, column=column)

    def _prepare(self, header: Header) -> bool:
        """Set the fields up; say whether the sheet can be read."""
        id_key, texts = LISTS[self._list_no].id_key, header.texts
        for index, (column, text) in enumerate(zip(header.columns, texts, strict=True)):
            if column is None:
                if is_personal(text):
                    self._note(_PERSONAL, column=text)
                elif text:
                    key = text if texts.count(text) == 1 else f"{text} ({index + 1})"
                    self._fields.append(_Field(index, key, text, read_extra))
            elif column.key == id_key:
                self._id = _Field(index, id_key, text, read_identifier)
            else:
                self._fields.append(_Field(index, column.key, text, _reader(column)))
        if self._id is None:
            if self._list_no in FRAME_LISTS:
                wanted = next(c for c in columns(self._list_no) if c.key == id_key)
                raise MissingIdColumnError(self._sheet, column=wanted.header)
            self._note(_NO_ID_COLUMN)
            return False
        self._look_at_header(header)
        return True

    def _look_at_header(self, header: Header) -> None:
        for text in header.repeated:
            self._note(_REPEATED, column=text)
        for field in self._fields:
            if field.read is read_extra and field.column not in header.repeated:
                self._note(_UNKNOWN, column=field.column)
        keys = {column.key for column in header.columns if column}
        for column in columns(self._list_no):
            if column.required and column.key not in keys:
                self._note(_ABSENT, column=column.header)
            elif column.required:
                self._pending.add(column.key)
        self._pending.discard(LISTS[self._list_no].id_key)
        self._sees_birth = (
            self._list_no in UNBORN_LISTS and {"date_of_birth", "age"} <= keys
        )

    def _record(self, number: int, cells: Sequence[Cell]) -> Record | None:
        values: dict[str, Value] = {}
        raw: dict[str, str] = {}
        flaws: list[tuple[Flaw, str, str]] = []
        for field in self._fields:
            cell = cells[field.index]
            if cell == "":
                continue
            outcome = field.seen.get(cell) or field.outcome(cell)
            value, text, flaw = outcome
            raw[field.key] = text
            if value is not None:
                values[field.key] = value
            if flaw is not None:
                flaws.append((flaw, field.column, text))
        unit = self._unit(number, cells, raw)
        if unit is None:
            return None
        self._remember(number, values, raw, flaws)
        return Record(
            list_no=self._list_no, row=number, unit=unit, values=values, raw=raw
        )

    def _unit(
        self, number: int, cells: Sequence[Cell], raw: dict[str, str]
    ) -> str | None:
        """Return the row's identifier, or ``None`` if the row is left out."""
        field = self._id
        cell = cells[field.index] if field else ""
        if field is None or (cell == "" and not raw):
            return None
        outcome = Outcome(None, "", NONE) if cell == "" else field.outcome(cell)
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
            self._left_out[flaw.what if flaw else NONE.what] += 1
            return None
        raw[field.key] = outcome.raw
        return unit

    def _add(self, flaw: Flaw, row: int, column: str, value: str) -> None:
        self._problems.add(flaw, sheet=self._sheet, row=row, column=column, value=value)

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

    def _sum_up(self) -> None:
        if self._records:
            for column in columns(self._list_no):
                if column.key in self._pending:
                    self._note(_EMPTY, column=column.header)
