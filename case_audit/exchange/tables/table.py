"""A table of any kind, row by row: what the three readers of tables offer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from case_audit.errors import TableError
from case_audit.exchange.tables.csv_table import CsvTable
from case_audit.exchange.tables.excel_table import ExcelTable
from case_audit.exchange.tables.parquet_table import ParquetTable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from case_audit.exchange.annex_a.child import Cell
    from case_audit.exchange.annex_a.problems import ProblemLog

_ZIPPED: Final = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
_PARQUET: Final = b"PAR1"


class Table(Protocol):
    """One table; a context manager.

    Attributes:
        place: Name of the sheet or file, for problems.
        sha256: Digest of the file.
        of_rows: How many rows there are, about; 0 where nobody knows.
        synthetic: Whether the file says that its data are invented.
        of_sheets: Whether it is one of the sheets of a workbook.
        others: Names of other sheets.
    """

    place: str
    sha256: str
    of_rows: int
    synthetic: bool
    of_sheets: bool
    others: tuple[str, ...]

    def __enter__(self) -> Self:
        """Open the table, and refuse it if it cannot be used."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of everything."""

    def rows(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        """Give each row with its number, headers and titles too; once."""

    def problems(self, log: ProblemLog, headers: tuple[str, ...]) -> None:
        """Report what was wrong with the table as a whole, when all is read."""


def open_table(path: Path, *, sheet: str = "", any_sheet: bool = False) -> Table:
    """Return the reader for a table, by what the file holds.

    Args:
        path: A CSV, Excel or Parquet file.
        sheet: The sheet of a workbook; empty for its only one.
        any_sheet: Whether to take the first one where several could be meant.

    Raises:
        TableError: If it is no plain file.
    """
    if not path.is_file():
        reason = "it is no plain file"
        raise TableError(
            path.name, reason=reason, hint="Name a CSV, Excel or Parquet file."
        )
    try:
        with path.open("rb") as file:
            start = file.read(4)
    except OSError as error:
        reason = "it cannot be opened"
        hint = "Check that you may read it, and that no program has locked it."
        raise TableError(path.name, reason=reason, hint=hint) from error
    if start == _PARQUET:
        return ParquetTable(path)
    if start in _ZIPPED:
        return ExcelTable(path, sheet=sheet, any_sheet=any_sheet)
    return CsvTable(path)
