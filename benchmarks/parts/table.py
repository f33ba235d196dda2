"""What a list of cases is measured against: Textual's own table, all rows in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App
from textual.widgets import DataTable

if TYPE_CHECKING:
    from textual.app import ComposeResult

ROWS = 10_000


class Table(App[None]):
    """Shows rows like those of a list of cases."""

    def compose(self) -> ComposeResult:
        """Show the table."""
        table: DataTable[str] = DataTable(cursor_type="row")
        table.add_columns("case", "unit", "state", "stratum")
        table.add_rows(
            (str(row), f"U{row:07}", "not started", f"Team {row % 9}")
            for row in range(1, ROWS + 1)
        )
        yield table


if __name__ == "__main__":
    Table().run()
