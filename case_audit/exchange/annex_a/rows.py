"""Turns the rows of one sheet into records."""

from __future__ import annotations

from collections import Counter
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from case_audit.errors import MissingIdColumnError
from case_audit.exchange.annex_a.cells import Flaw, raw_text, read_extra
from case_audit.exchange.annex_a.folding import tidy
from case_audit.exchange.annex_a.identifiers import read_identifier
from case_audit.exchange.annex_a.matching import HEADER_WITHIN, find_header, is_personal
from case_audit.exchange.annex_a.row_reader import (
    FRAME_LISTS,
    Field,
    RowReader,
    reader_of,
)
from case_audit.exchange.annex_a.spec import LISTS, columns
from case_audit.exchange.reading import ListReading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from case_audit.core.frame.model import Record
    from case_audit.exchange.annex_a.cells import Outcome
    from case_audit.exchange.annex_a.child import Cell
    from case_audit.exchange.annex_a.identifiers import IdentifierWatch
    from case_audit.exchange.annex_a.matching import Header, SheetChoice
    from case_audit.exchange.annex_a.problems import ProblemLog

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

Memory = dict["Callable[[Cell], Outcome]", "dict[Cell, Outcome]"]
"""What cells were read as, by the function that reads them."""


class SheetRows:
    """Reads one sheet for one list, row by row.

    Args:
        choice: The sheet and its list.
        problems: Where problems go.
        watch: Identifiers seen so far in the workbook.
        memory: What cells were read as so far in the workbook, by reader.
    """

    def __init__(
        self,
        choice: SheetChoice,
        *,
        problems: ProblemLog,
        watch: IdentifierWatch,
        memory: Memory,
    ) -> None:
        self._choice = choice
        self._list_no = choice.list_no
        self._sheet = tidy(choice.sheet)
        self._problems = problems
        self._watch = watch
        self._memory = memory
        self._header: Header | None = None
        self._reader: RowReader | None = None
        self._unknown: tuple[str, ...] = ()
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
        self._header = header = find_header(self._list_no, shown)
        below = chain(top[header.row :] if header else top, rows)
        if header is None:
            if any(any(row) for row in shown):
                self._leave_out(_NO_HEADER, below)
        elif (reader := self._prepare(header)) is None:
            self._leave_out(_NO_ID_COLUMN, below)
        else:
            for number, cells in enumerate(below, start=header.row + 1):
                record = reader.record(number, cells)
                if record is not None:
                    yield record
            reader.sum_up()
        for _ in rows:
            pass  # the pipe must be empty before the next sheet

    @property
    def headers(self) -> tuple[str, ...]:
        """The header row's texts from the left; none before it is found."""
        return self._header.texts if self._header else ()

    def reading(self) -> ListReading:
        """Return how the sheet was read, once all its records are taken."""
        header, reader = self._header, self._reader
        matched = tuple(c.key for c in header.columns if c) if header else ()
        return ListReading(
            list_no=self._list_no,
            place=self._sheet,
            how=self._choice.how,
            header_row=header.row if header and reader else 0,
            matched=matched,
            absent=tuple(
                column.header
                for column in columns(self._list_no)
                if column.key not in matched
            ),
            unknown=self._unknown,
            records=reader.records if reader else 0,
            left_out=dict(reader.left_out if reader else self._left_out),
        )

    def _leave_out(self, flaw: Flaw, rows: Iterable[Sequence[Cell]]) -> None:
        self._note(flaw)
        filled = sum(any(cell != "" for cell in row) for row in rows)
        if filled:
            self._left_out[flaw.what] = filled

    def _note(self, flaw: Flaw, *, column: str = "") -> None:
        self._problems.note(flaw, sheet=self._sheet, column=column)

    def _prepare(self, header: Header) -> RowReader | None:
        """Set the reader up; ``None`` if the sheet has no identifiers."""
        id_key, texts = LISTS[self._list_no].id_key, header.texts
        identifier: Field | None = None
        fields: list[Field] = []
        for index, (column, text) in enumerate(zip(header.columns, texts, strict=True)):
            if column is None:
                if is_personal(text):
                    self._note(_PERSONAL, column=text)
                elif text:
                    key = text if texts.count(text) == 1 else f"{text} ({index + 1})"
                    fields.append(Field(index, key, text, read_extra))
            elif column.key == id_key:
                identifier = self._field(index, id_key, text, read_identifier)
            else:
                fields.append(self._field(index, column.key, text, reader_of(column)))
        self._unknown = tuple(f.key for f in fields if f.read is read_extra)
        if identifier is None:
            self._refuse_without(id_key)
            return None
        self._reader = RowReader(
            self._list_no,
            self._sheet,
            identifier=identifier,
            fields=fields,
            problems=self._problems,
            watch=self._watch,
        )
        for text in header.repeated:
            self._note(_REPEATED, column=text)
        for field in fields:
            if field.read is read_extra and field.column not in header.repeated:
                self._note(_UNKNOWN, column=field.column)
        self._reader.note_absent()
        return self._reader

    def _field(
        self, index: int, key: str, text: str, read: Callable[[Cell], Outcome]
    ) -> Field:
        return Field(index, key, text, read, self._memory.setdefault(read, {}))

    def _refuse_without(self, id_key: str) -> None:
        """Refuse a list that frames need and that has no identifiers."""
        if self._list_no in FRAME_LISTS:
            wanted = next(c for c in columns(self._list_no) if c.key == id_key)
            raise MissingIdColumnError(self._sheet, column=wanted.header)
