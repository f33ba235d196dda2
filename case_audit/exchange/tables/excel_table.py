"""Reads one sheet of a workbook, with all the care that Annex A workbooks get."""

from __future__ import annotations

from contextlib import ExitStack
from hashlib import file_digest
from itertools import chain
from typing import TYPE_CHECKING, Final

from case_audit.errors import NotAWorkbookError, TableError
from case_audit.exchange.annex_a.cells import ERROR_VALUE
from case_audit.exchange.annex_a.folding import squash, tidy
from case_audit.exchange.annex_a.pipe import CellReader
from case_audit.exchange.annex_a.precheck import check_workbook
from case_audit.exchange.annex_a.read import COVER_SHEET, HIDDEN_ROWS, is_marked
from case_audit.exchange.annex_a.sheet_scan import column_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from case_audit.exchange.annex_a.child import Cell
    from case_audit.exchange.annex_a.problems import ProblemLog

_ALL_ROWS: Final = 1 << 20
_COVER_ROWS: Final = 50
_NAMED: Final = 8


class ExcelTable:
    """One sheet of one workbook.

    Args:
        path: The workbook.
        sheet: Name of the sheet; empty for its only one.
        any_sheet: Whether to take the first one where several could be meant.

    Raises:
        CaseAuditError: On entering or while reading, as for Annex A workbooks,
            or TableError if it is not clear which sheet is meant.
    """

    def __init__(self, path: Path, *, sheet: str = "", any_sheet: bool = False) -> None:
        self._path = path
        self._wanted = sheet
        self._any = any_sheet
        self._stack = ExitStack()
        self.place = ""
        self.sha256 = ""
        self.of_rows = 0
        self.synthetic = False
        self.of_sheets = True
        self.others: tuple[str, ...] = ()

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
            self.sha256 = file_digest(file, "sha256").hexdigest()
            self.synthetic = checked.marked_synthetic
            self._facts = checked.sheets
            self._cells = stack.enter_context(CellReader(file))
            sheets = self._cells.sheets()
            self._covers = [name for name, _ in sheets if squash(name) == COVER_SHEET]
            self._name = self._choose(sheets)
            self.place = tidy(self._name)
            self.others = tuple(
                tidy(name)
                for name, _ in sheets
                if name != self._name and name not in self._covers
            )
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def _choose(self, sheets: Sequence[tuple[str, bool]]) -> str:
        names = [name for name, _ in sheets if name not in self._covers]
        seen = [n for n, visible in sheets if visible and n not in self._covers]
        if self._wanted:
            wanted = squash(self._wanted)
            found = [n for n in names if n == self._wanted or squash(n) == wanted]
            reason = f'it has no sheet "{self._wanted}"'
        else:
            found = seen if len(seen) == 1 or self._any else names[: len(names) == 1]
            reason = "it has several sheets, and the mapping does not say which"
        if not found:
            listed = ", ".join(tidy(name) for name in names[:_NAMED])
            hint = f"Write one of them in the mapping, as in sheet: NAME. There are: {listed}."
            raise TableError(self._path.name, reason=reason, hint=hint)
        return found[0]

    def rows(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        """Give each row of the sheet, blank ones too, from the first one on."""
        wanted = [*((name, _COVER_ROWS) for name in self._covers)]
        for name, of_rows, batches in self._cells.rows(
            [*wanted, (self._name, _ALL_ROWS)]
        ):
            if name in self._covers:
                self.synthetic |= is_marked(batches)
                continue
            self.of_rows = of_rows
            yield from enumerate(chain.from_iterable(batches), start=1)

    def problems(self, log: ProblemLog, headers: tuple[str, ...]) -> None:
        """Report hidden rows, and error values that are read as empty."""
        facts = self._facts.get(self._name)
        if facts and facts.hidden_rows:
            log.note(HIDDEN_ROWS, sheet=self.place, value=str(facts.hidden_rows))
        for index, cells in facts.error_cells.columns() if facts else ():
            within = 0 <= index < len(headers)
            column = (headers[index] if within else "") or column_name(index)
            for row, value in cells:
                log.add(
                    ERROR_VALUE, sheet=self.place, row=row, column=column, value=value
                )
