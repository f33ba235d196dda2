"""Reads an Annex A workbook: the one door for files from outside.

The workbook is looked over (`precheck`), its cells are read by a separate,
limited process (`pipe`, `child`), and understood here, row by row, so a large
workbook is never in memory as a whole:

    with WorkbookStream(path) as stream:
        for record in stream:
            ...
        reading = stream.reading()

Raw cells cross the process boundary and are understood on this side: both
processes then work at the same time, and only plain text and numbers cross.
"""

from __future__ import annotations

from contextlib import ExitStack
from hashlib import file_digest
from typing import TYPE_CHECKING, Final

from case_audit.errors import NoListsError, NotAWorkbookError
from case_audit.exchange.annex_a.cells import ERROR_VALUE, Flaw, raw_text
from case_audit.exchange.annex_a.folding import squash, tidy
from case_audit.exchange.annex_a.identifiers import IdentifierWatch
from case_audit.exchange.annex_a.matching import choose_sheets
from case_audit.exchange.annex_a.pipe import SILENCE, CellReader
from case_audit.exchange.annex_a.precheck import check_workbook
from case_audit.exchange.annex_a.problems import SHOWN, ProblemLog
from case_audit.exchange.annex_a.rows import SheetRows
from case_audit.exchange.annex_a.sheet_scan import column_name
from case_audit.exchange.annex_a.spec import LISTS
from case_audit.exchange.reading import Progress, Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from case_audit.core.frame.model import Record
    from case_audit.exchange.annex_a.child import Cell
    from case_audit.exchange.annex_a.matching import SheetChoice
    from case_audit.exchange.annex_a.rows import Memory
    from case_audit.exchange.reading import ListReading, OnProgress

SYNTHETIC_MARK: Final = "SYNTHETIC DATA"
"""How a cell of the cover sheet of an invented workbook begins."""
COVER_SHEET: Final = "readme"
"""The cover sheet's name, squashed."""

_COVER_ROWS: Final = 50
_ALL_ROWS: Final = 1 << 20
_SECOND: Final = Flaw("another sheet for the same list", "the sheet was not read")
_HIDDEN_SHEET: Final = Flaw(
    "a hidden sheet", "it was read like the others", serious=False
)
HIDDEN_ROWS: Final = Flaw(
    "hidden rows, perhaps by a filter", "they were read like the others", serious=False
)


class WorkbookStream:
    """One reading of a workbook: a context manager, and its records in order.

    Whoever stores the records must do so in one transaction: an error may come
    with the last sheet, and then nothing of the workbook counts.

    Args:
        path: The workbook.
        on_progress: Called after every batch of rows.
        each: Problems of one kind that are kept one by one; ``None`` for all.
        silence: Seconds without a sign of life after which reading is given up.

    Raises:
        NotAWorkbookError: On entering, if it is no workbook, or damaged.
        UnusableWorkbookError: On entering, if the pre-check refuses it.
        NoListsError: If no sheet is an Annex A list.
        MissingIdColumnError: If a list for frames has no identifiers.
        WorkbookReaderError: If the cells cannot be read to their end.
    """

    def __init__(
        self,
        path: Path,
        *,
        on_progress: OnProgress | None = None,
        each: int | None = SHOWN,
        silence: float = SILENCE,
    ) -> None:
        self._path = path
        self._on_progress = on_progress
        self._silence = silence
        self._stack = ExitStack()
        self._problems = ProblemLog(each=each)
        self._watch = IdentifierWatch()
        self._memory: Memory = {}
        self._lists: list[ListReading] = []
        self._finished = False

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            try:
                file = stack.enter_context(self._path.open("rb"))
            except OSError as error:
                reason = "it cannot be opened"
                hint = "Check the path, and that no other program has locked the file."
                raise NotAWorkbookError(reason, hint=hint) from error
            checked = check_workbook(file)
            file.seek(0)
            self._sha256 = file_digest(file, "sha256").hexdigest()
            self._synthetic = checked.marked_synthetic
            self._facts = checked.sheets
            self._cells = stack.enter_context(CellReader(file, silence=self._silence))
            self._choose(self._cells.sheets())
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def _choose(self, sheets: Sequence[tuple[str, bool]]) -> None:
        self._chosen, others = choose_sheets(sheets)
        if not self._chosen:
            raise NoListsError(len(sheets))
        chosen = {choice.sheet for choice in self._chosen}
        self._covers = [name for name, _ in sheets if squash(name) == COVER_SHEET]
        self._unread = tuple(
            tidy(name)
            for name, _ in sheets
            if name not in chosen and name not in self._covers
        )
        for choice in others:
            self._problems.note(_SECOND, sheet=tidy(choice.sheet))
        for choice in self._chosen:
            self._look_at(choice)

    def _look_at(self, choice: SheetChoice) -> None:
        sheet = tidy(choice.sheet)
        if not choice.visible:
            self._problems.note(_HIDDEN_SHEET, sheet=sheet)
        facts = self._facts.get(choice.sheet)
        if facts and facts.hidden_rows:
            value = str(facts.hidden_rows)
            self._problems.note(HIDDEN_ROWS, sheet=sheet, value=value)

    def _tell_error_cells(self, choice: SheetChoice, headers: Sequence[str]) -> None:
        """Report the cells that the reader of cells shows as empty."""
        facts, sheet = self._facts.get(choice.sheet), tidy(choice.sheet)
        for index, cells in facts.error_cells.columns() if facts else ():
            within = 0 <= index < len(headers)
            column = (headers[index] if within else "") or column_name(index)
            for row, value in cells:
                self._problems.add(
                    ERROR_VALUE, sheet=sheet, row=row, column=column, value=value
                )

    def __iter__(self) -> Iterator[Record]:
        """Read the lists in the order of their numbers, each to its end."""
        by_sheet = {choice.sheet: choice for choice in self._chosen}
        wanted = [
            *((name, _COVER_ROWS) for name in self._covers),
            *((name, _ALL_ROWS) for name in by_sheet),
        ]
        for name, of_rows, batches in self._cells.rows(wanted):
            if name in self._covers:
                self._synthetic |= is_marked(batches)
                continue
            choice = by_sheet[name]
            sheet = SheetRows(
                choice,
                problems=self._problems,
                watch=self._watch,
                memory=self._memory,
            )
            yield from sheet.records(self._watched(choice, of_rows, batches))
            self._tell_error_cells(choice, sheet.headers)
            self._lists.append(sheet.reading())
        if not any(reading.header_row for reading in self._lists):
            raise NoListsError(len(self._unread) + len(wanted))
        self._finished = True

    def _watched(
        self,
        choice: SheetChoice,
        of_rows: int,
        batches: Iterable[list[tuple[Cell, ...]]],
    ) -> Iterator[list[tuple[Cell, ...]]]:
        rows = 0
        for batch in batches:
            yield batch
            rows += len(batch)
            if self._on_progress:
                self._on_progress(
                    Progress(
                        list_no=choice.list_no,
                        title=LISTS[choice.list_no].title,
                        rows=rows,
                        of_rows=of_rows,
                        lists=len(self._lists),
                        of_lists=len(self._chosen),
                    )
                )

    def reading(self) -> Reading:
        """Return what was read, once all records have been taken.

        Raises:
            ValueError: If there are records left to take.
        """
        if not self._finished:
            msg = "the records have not been read to their end"
            raise ValueError(msg)
        present = {reading.list_no for reading in self._lists}
        return Reading(
            sha256=self._sha256,
            synthetic=self._synthetic,
            lists=tuple(self._lists),
            missing_lists=tuple(n for n in LISTS if n not in present),
            unread=self._unread,
            problems=self._problems.shown,
            problem_counts=self._problems.counts,
        )


def read_workbook(
    path: Path, *, on_progress: OnProgress | None = None
) -> tuple[Reading, Mapping[int, tuple[Record, ...]]]:
    """Read a workbook as a whole; for large ones, use `WorkbookStream`.

    Args:
        path: The workbook.
        on_progress: Called after every batch of rows.

    Returns:
        How it was read, and the records of every list that has a sheet.

    Raises:
        CaseAuditError: As `WorkbookStream`. Nothing is returned then.
    """
    records: dict[int, list[Record]] = {}
    with WorkbookStream(path, on_progress=on_progress) as stream:
        for record in stream:
            records.setdefault(record.list_no, []).append(record)
        reading = stream.reading()
    return reading, {
        listed.list_no: tuple(records.get(listed.list_no, ()))
        for listed in reading.lists
    }


def is_marked(batches: Iterable[Sequence[Sequence[Cell]]]) -> bool:
    """Say whether a cell of the cover sheet says that the data are invented."""
    cells = [cell for batch in batches for row in batch for cell in row]
    return any(tidy(raw_text(cell)).startswith(SYNTHETIC_MARK) for cell in cells)
