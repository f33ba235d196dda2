"""Folds what is printed to the width of a terminal, between words, losing nothing."""

from __future__ import annotations

import shutil
import sys
from itertools import zip_longest
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from case_audit.cli.common import one_cell, say, say_table

if TYPE_CHECKING:
    from collections.abc import Sequence

NARROWEST: Final = 6
"""The least that a column is folded to; a terminal that is narrower cuts it."""
GAP: Final = "  "


def terminal_width() -> int:
    """Return how wide the terminal is; 0 if what is printed goes elsewhere."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 0


def say_folded(text: str, *, width: int | None = None) -> None:
    """Print a line, folded on a terminal and whole for another program."""
    wide = terminal_width() if width is None else width
    for line in _wrapped(one_cell(text), wide) if wide else [text]:
        say(line)


def say_folded_table(
    heads: tuple[str, ...],
    rows: Sequence[tuple[str, ...]],
    *,
    width: int | None = None,
) -> None:
    """Print a table; on a terminal, columns are folded to fit.

    Args:
        heads: The headings.
        rows: The cells.
        width: How wide it may be, 0 for no limit; that of the terminal if ``None``.
    """
    wide = terminal_width() if width is None else width
    if not wide:
        say_table(heads, rows)
        return
    for line in folded(heads, rows, wide):
        say(line)


def folded(
    heads: tuple[str, ...], rows: Sequence[tuple[str, ...]], width: int
) -> list[str]:
    """Return a table's lines, none wider than the width if that can be."""
    shown = [heads, *([one_cell(cell) for cell in row] for row in rows)]
    widths = _fitted(
        [max(len(row[i]) for row in shown) for i in range(len(heads))],
        width - len(GAP) * (len(heads) - 1),
    )
    lines = []
    for row in shown:
        cells = [_wrapped(c, w) for c, w in zip(row, widths, strict=True)]
        for parts in zip_longest(*cells, fillvalue=""):
            line = GAP.join(
                part.rjust(w) if part.isdecimal() and len(cell) == 1 else part.ljust(w)
                for part, w, cell in zip(parts, widths, cells, strict=True)
            )
            lines.append(line.rstrip())
    return lines


def _fitted(widths: list[int], room: int) -> list[int]:
    """Return widths of columns that fit, taken from the widest ones."""
    found = list(widths)
    while sum(found) > room and max(found) > NARROWEST:
        found[found.index(max(found))] -= 1
    return found


def _wrapped(text: str, width: int) -> list[str]:
    return wrap(text, width, break_on_hyphens=False) or [""]
