"""The separate process that reads a Parquet table, within limits.

Run by its path with ``python -I``; it speaks as the process that reads workbooks
does (``annex_a/child.py``), but for what it is given: not the file's content but
its path. A Parquet file that lies about itself can take a program down, so it
is read in one that may go down.
"""

from __future__ import annotations

import glob
import math
import runpy
import sys
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

ROWS_A_LINE: Final = 250
MEMORY: Final = "512MB"
"""What the database engine may use; the process has a limit of its own."""
NAME: Final = "table"


def main() -> int:
    """Answer one reader over standard input and output."""
    workbooks: dict[str, Any] = runpy.run_path(
        str(Path(__file__).parents[1] / "annex_a" / "child.py")
    )
    code: int = workbooks["serve"](messages)
    return code


def messages(content: bytes, source: BinaryIO) -> Iterator[object]:
    """Say what the table is, and then its rows."""
    import duckdb  # noqa: PLC0415 - after the limits are set

    connection: Any = duckdb.connect(":memory:")
    for setting, value in (
        ("memory_limit", MEMORY),
        ("threads", "1"),
        ("autoinstall_known_extensions", "false"),
        ("autoload_known_extensions", "false"),
        ("enable_progress_bar", "false"),
        ("preserve_insertion_order", "true"),
    ):
        connection.execute(f"SET {setting} = '{value}'")
    path = glob.escape(content.decode())
    found = connection.execute("SELECT * FROM read_parquet([?])", [path])
    yield {"sheets": [[NAME, True]]}
    source.readline()
    count = connection.cursor().execute(
        "SELECT sum(num_rows) FROM parquet_file_metadata([?])", [path]
    )
    left = int(count.fetchone()[0] or 0)
    yield {"sheet": NAME, "rows": left + 1}
    yield [[column[0]] for column in found.description]
    while rows := found.fetchmany(ROWS_A_LINE):
        left -= len(rows)
        yield [[plain(cell) for cell in cells] for cells in zip(*rows, strict=True)]
    if left:
        raise ValueError  # rows were added or lost since the table was written
    yield None


def plain(cell: object) -> str | int | float:
    """Return a cell as text or number; lists and structures are left empty."""
    if cell is None or isinstance(cell, (list, dict, tuple, bytes)):
        return ""
    if isinstance(cell, float):
        if not math.isfinite(cell):
            return ""
        return int(cell) if cell.is_integer() else cell
    if isinstance(cell, (date, time)):
        midnight = isinstance(cell, datetime) and cell.time() == time.min
        return cell.isoformat()[: len("2026-03-31") if midnight else None]
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    return cell if isinstance(cell, (int, str)) else str(cell)


if __name__ == "__main__":
    sys.exit(main())
