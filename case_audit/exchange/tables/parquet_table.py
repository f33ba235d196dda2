"""Reads a Parquet table in a separate process; needs DuckDB, the extra `bigframe`."""

from __future__ import annotations

from contextlib import ExitStack
from hashlib import file_digest
from importlib.util import find_spec
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from case_audit.errors import (
    NoParquetError,
    NotAWorkbookError,
    TableError,
    WorkbookReaderError,
)
from case_audit.exchange.annex_a.folding import tidy
from case_audit.exchange.annex_a.pipe import CellReader

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import TracebackType
    from typing import Self

    from case_audit.exchange.annex_a.child import Cell
    from case_audit.exchange.annex_a.problems import ProblemLog

_CHILD: Final = Path(__file__).with_name("parquet_child.py")


class ParquetTable:
    """One Parquet file; its headers are row 0.

    Args:
        path: The file.

    Raises:
        NoParquetError: On entering, if DuckDB is not installed.
        TableError: On entering or while reading, if it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stack = ExitStack()
        self.place = tidy(path.name)
        self.sha256 = ""
        self.of_rows = 0
        self.synthetic = False
        self.of_sheets = False
        self.others: tuple[str, ...] = ()

    def __enter__(self) -> Self:
        if find_spec("duckdb") is None:
            raise NoParquetError(self._path.name)
        with ExitStack() as stack:
            with self._path.open("rb") as file:
                self.sha256 = file_digest(file, "sha256").hexdigest()
            where = BytesIO(str(self._path.resolve()).encode())
            self._cells = stack.enter_context(CellReader(where, child=_CHILD))
            try:
                self._sheets = self._cells.sheets()
            except (NotAWorkbookError, WorkbookReaderError) as error:
                raise self._error() from error
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def _error(self) -> TableError:
        reason = (
            "it is a damaged or incomplete Parquet table, one of no known kind, or one "
            "that takes more memory than it may"
        )
        hint = "Export it again, or save it as CSV."
        return TableError(self._path.name, reason=reason, hint=hint)

    def rows(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        """Give the headers as row 0, then each row."""
        try:
            for _, of_rows, batches in self._cells.rows([(self._sheets[0][0], 0)]):
                self.of_rows = of_rows
                yield from enumerate(chain.from_iterable(batches))
        except (NotAWorkbookError, WorkbookReaderError) as error:
            raise self._error() from error

    def problems(self, log: ProblemLog, headers: tuple[str, ...]) -> None:
        """There is nothing to say of a Parquet table as a whole."""
