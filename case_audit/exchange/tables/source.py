"""Reads the records of a table by a mapping."""

from __future__ import annotations

from contextlib import ExitStack
from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING, Final

from case_audit.errors import MappingError, TableError
from case_audit.exchange.annex_a.cells import Flaw, raw_text
from case_audit.exchange.annex_a.folding import squash, tidy
from case_audit.exchange.annex_a.identifiers import IdentifierWatch, read_identifier
from case_audit.exchange.annex_a.matching import HEADER_WITHIN
from case_audit.exchange.annex_a.problems import SHOWN, ProblemLog
from case_audit.exchange.annex_a.row_reader import Field, RowReader
from case_audit.exchange.annex_a.spec import LISTS, columns
from case_audit.exchange.reading import ListReading, Progress, Reading
from case_audit.exchange.tables.mapping import read_mapping
from case_audit.exchange.tables.readers import without_formulas
from case_audit.exchange.tables.table import open_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from case_audit.core.frame.model import Record
    from case_audit.exchange.annex_a.child import Cell
    from case_audit.exchange.reading import OnProgress

ROWS_BETWEEN_WORDS: Final = 5_000
MAX_COLUMNS: Final = 1_000

_RAGGED: Final = Flaw("more cells than headers in the row", "the row was left out")
_SHORT: Final = Flaw(
    "fewer cells than headers in the row", "read as empty at its end", serious=False
)


class TableSource:
    """One reading of one table by one mapping; see `reading`.

    Args:
        path: The table.
        mapping: The mapping file.
        on_progress: Called after every batch of rows.
        each: Problems of one kind that are kept one by one; ``None`` for all.

    Raises:
        MappingError: On entering, if the mapping is not as it should be; while
            reading, if it does not fit the table.
        TableError: If the table cannot be read.
    """

    def __init__(
        self,
        path: Path,
        mapping: Path,
        *,
        on_progress: OnProgress | None = None,
        each: int | None = SHOWN,
    ) -> None:
        self._path = path
        self._mapping_file = mapping
        self._on_progress = on_progress
        self._problems = ProblemLog(each=each)
        self._stack = ExitStack()
        self._headers: tuple[str, ...] = ()
        self._reading: Reading | None = None

    def __enter__(self) -> Self:
        self._mapping = read_mapping(self._mapping_file)
        with ExitStack() as stack:
            table = open_table(self._path, sheet=self._mapping.sheet)
            self._table = stack.enter_context(table)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def __iter__(self) -> Iterator[Record]:
        """Read the rows, from the one below the headers on."""
        rows = self._table.rows()
        header_row = self._find_header(rows)
        reader = self._prepare()
        self._tell(0)
        for count, (number, cells) in enumerate(rows, start=1):
            if (fitted := self._fitted(reader, number, cells)) is not None:
                record = reader.record(number, fitted)
                if record is not None:
                    yield record
            if count % ROWS_BETWEEN_WORDS == 0:
                self._tell(count)
        reader.sum_up()
        self._table.problems(self._problems, self._headers)
        self._reading = self._summed_up(reader, header_row)

    def _find_header(self, rows: Iterator[tuple[int, Sequence[Cell]]]) -> int:
        """Find the row of the headers: the first that names the unit's column."""
        wanted = {squash(self._mapping.unit)}
        fullest: tuple[str, ...] = ()
        for number, cells in islice(rows, HEADER_WITHIN):
            texts = tuple(tidy(raw_text(cell)) for cell in cells)
            if len(texts) > MAX_COLUMNS:
                raise TableError(
                    self._path.name,
                    reason=f"it has more than {MAX_COLUMNS:,} columns",
                    hint="Delete the columns that are not needed, and save it again.",
                    line=number,
                )
            if wanted & {squash(text) for text in texts if text}:
                self._headers = texts
                return number
            if sum(map(bool, texts)) > sum(map(bool, fullest)):
                fullest = texts
        self._headers = fullest
        raise self._no_column(self._mapping.unit, self._mapping.unit_line)

    def _no_column(self, header: str, line: int) -> MappingError:
        near = get_close_matches(header, [h for h in self._headers if h], n=1)
        hint = "Write the header as it stands in the table, within its first 15 rows."
        return MappingError(
            self._mapping.file,
            line=line,
            problem=f'the table has no column "{header}"',
            hint=f'Perhaps "{near[0]}" is meant. {hint}' if near else hint,
        )

    def _index(self, header: str, line: int) -> int:
        exact = [i for i, text in enumerate(self._headers) if text == tidy(header)]
        loose = squash(header)
        found = exact or [
            i for i, text in enumerate(self._headers) if text and squash(text) == loose
        ]
        if not found:
            raise self._no_column(header, line)
        if len(found) > 1:
            raise MappingError(
                self._mapping.file,
                line=line,
                problem=f'the table has {len(found)} columns "{header}"',
                hint="Give them different headers in the table.",
            )
        return found[0]

    def _prepare(self) -> RowReader:
        mapping = self._mapping
        identifier = Field(
            self._index(mapping.unit, mapping.unit_line),
            LISTS[mapping.list_no].id_key,
            mapping.unit,
            without_formulas(read_identifier),
        )
        reader = RowReader(
            mapping.list_no,
            self._table.place,
            identifier=identifier,
            fields=[
                Field(
                    self._index(column.header, column.line),
                    column.key,
                    column.header,
                    without_formulas(column.read),
                )
                for column in mapping.columns
            ],
            problems=self._problems,
            watch=IdentifierWatch(),
        )
        reader.note_absent()
        return reader

    def _fitted(
        self, reader: RowReader, number: int, cells: Sequence[Cell]
    ) -> Sequence[Cell] | None:
        """Return a row as wide as the headers; ``None`` if it cannot be read."""
        missing = len(self._headers) - len(cells)
        if missing == 0:
            return cells
        if missing < 0:
            if any(cell != "" for cell in cells[len(self._headers) :]):
                reader.leave_out(_RAGGED, number)
                return None
            return cells
        self._problems.add(
            _SHORT, sheet=self._table.place, row=number, column="", value=""
        )
        return [*cells, *[""] * missing]

    def _tell(self, rows: int) -> None:
        if self._on_progress:
            list_no = self._mapping.list_no
            self._on_progress(
                Progress(
                    list_no=list_no,
                    title=LISTS[list_no].title,
                    rows=rows,
                    of_rows=self._table.of_rows,
                    lists=0,
                    of_lists=1,
                )
            )

    def _summed_up(self, reader: RowReader, header_row: int) -> Reading:
        mapping = self._mapping
        mapped = {squash(c.header) for c in mapping.columns} | {squash(mapping.unit)}
        keys = {column.key for column in mapping.columns}
        keys.add(LISTS[mapping.list_no].id_key)
        return Reading(
            sha256=self._table.sha256,
            mapping=(mapping.file, mapping.sha256),
            synthetic=self._table.synthetic or mapping.invented,
            lists=(
                ListReading(
                    list_no=mapping.list_no,
                    place=self._table.place,
                    how="mapping",
                    header_row=header_row,
                    matched=tuple(column.key for column in mapping.columns),
                    absent=tuple(
                        column.header
                        for column in columns(mapping.list_no)
                        if column.key not in keys
                    ),
                    unknown=tuple(
                        text
                        for text in self._headers
                        if text and squash(text) not in mapped
                    ),
                    records=reader.records,
                    left_out=dict(reader.left_out),
                ),
            ),
            unread=self._table.others,
            problems=self._problems.shown,
            problem_counts=self._problems.counts,
        )

    def reading(self) -> Reading:
        """Return how the table was read, once all records have been taken.

        Raises:
            ValueError: If there are records left to take.
        """
        if self._reading is None:
            msg = "the records have not been read to their end"
            raise ValueError(msg)
        return self._reading
