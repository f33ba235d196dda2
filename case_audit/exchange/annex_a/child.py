"""The separate process that reads a workbook's cells, within limits.

Run by its path with ``python -I`` by `pipe`; it imports nothing of case-audit.
The library that reads cells can be made to end its process, so it works in one
that may end. Everything goes over the two pipes, and the workbook's name over
neither:

* in: eight bytes with the workbook's size, big-endian, then the workbook, then
  one line of JSON: ``[[sheet, most rows], ...]`` to be read, in this order;
* out: one line of JSON each: the sheets as ``[[name, visible], ...]``; then for
  each sheet asked for a line ``{"sheet": name, "rows": n}``, lines with some rows
  each, as a list of columns, and ``null``.

Numbers that are whole come as JSON integers, others as floats; dates and
truth values come as text. A workbook that cannot be read comes as
``{"error": kind}``, with no word of what it holds.
"""

from __future__ import annotations

import gc
import json
import sys
from datetime import date, datetime, time
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import BinaryIO

MEMORY: Final = 2 << 30
"""Bytes of address space. 220,000 rows need a tenth of it."""
PROCESSOR: Final = 300
"""Seconds of processor time. 220,000 rows need three to ten."""
ROWS_A_LINE: Final = 250

_REMEMBERED: Final = 20_000

Cell = str | int | float


def main() -> int:
    """Answer one reader over standard input and output."""
    return serve(_messages)


def serve(messages: Callable[[bytes, BinaryIO], Iterator[object]]) -> int:
    """Answer one reader by a reader of files of some kind.

    Args:
        messages: Given what came in, and where more comes from: all messages.
    """
    _limit()
    gc.disable()  # rows are lists of plain values: there are no cycles to find
    source, out = sys.stdin.buffer, sys.stdout.buffer
    content = source.read(int.from_bytes(source.read(8), "big"))
    try:
        for message in messages(content, source):
            out.write(json.dumps(message, separators=(",", ":")).encode() + b"\n")
            if not isinstance(message, list) or not message:
                out.flush()
    except BrokenPipeError:
        return 1
    except Exception as error:  # noqa: BLE001 - whatever the library raises
        out.write(json.dumps({"error": _kind(error)}).encode() + b"\n")
    out.flush()
    return 0


def _messages(content: bytes, source: BinaryIO) -> Iterator[object]:
    from python_calamine import (  # noqa: PLC0415 - after the limits are set
        CalamineWorkbook,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    workbook: Any = CalamineWorkbook.from_filelike(BytesIO(content))
    yield {
        "sheets": [
            [sheet.name, sheet.visible == SheetVisibleEnum.Visible]
            for sheet in workbook.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet
        ]
    }
    known: Mapping[type, _Plain] = {float: _Plain(), date: _Plain()}
    for name, most in json.loads(source.readline() or b"[]"):
        sheet = workbook.get_sheet_by_name(name)
        yield {"sheet": name, "rows": min(sheet.total_height + 1, most)}
        rows = islice(sheet.iter_rows(), most)
        while lines := list(islice(rows, ROWS_A_LINE)):
            yield [_column(cells, known) for cells in zip(*lines, strict=True)]
        yield None


def _column(cells: tuple[object, ...], known: Mapping[type, _Plain]) -> list[Cell]:
    """Return a column in a form that JSON keeps apart; most hold texts alone."""
    if set(map(type, cells)) == {str}:
        return cast("list[Cell]", list(cells))
    return [
        cell
        if isinstance(cell, str)
        else known[cell.__class__][cell]
        if cell.__class__ in known
        else plain(cell)
        for cell in cells
    ]


class _Plain(dict[Any, Cell]):
    """Cells in their plain form; lists repeat themselves. One type of cell each."""

    def __missing__(self, cell: object) -> Cell:
        if len(self) >= _REMEMBERED:
            self.clear()
        found = self[cell] = plain(cell)
        return found


def plain(cell: object) -> Cell:
    """Return a cell in a form that JSON keeps apart.

    Text stays, whole numbers become ``int``, a date at midnight becomes
    ``2026-03-31``, another ``2026-03-31T14:05:00``, a truth value ``TRUE``.
    """
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() else cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        midnight = cell.time() == time.min
        return cell.date().isoformat() if midnight else cell.isoformat()
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    return cell if isinstance(cell, (int, str)) else str(cell)


def _kind(error: Exception) -> str:
    """Name the failure in one word; its own message may quote the workbook."""
    if isinstance(error, MemoryError):
        return "memory"
    if type(error).__name__ == "PasswordError":
        return "password"
    known = "cell error" in str(error).lower()
    return "error value" if known else type(error).__name__


def _limit() -> None:
    """Limit memory and processor time, where the system can."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    limits: Iterable[tuple[int, int]] = (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, PROCESSOR),
        (resource.RLIMIT_CORE, 0),
    )
    for which, wanted in limits:
        try:
            hard = resource.getrlimit(which)[1]
            if hard == resource.RLIM_INFINITY or wanted <= hard:
                resource.setrlimit(which, (wanted, wanted))
        except (OSError, ValueError):
            # macOS refuses to limit address space; the other limits still hold.
            continue


if __name__ == "__main__":
    sys.exit(main())
