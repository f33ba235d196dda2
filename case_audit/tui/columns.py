"""Text as lines that fit into columns, of which some characters take two."""

from __future__ import annotations

from textwrap import wrap

from rich.cells import cell_len, set_cell_size
from textual.content import Content

MORE = " …"
"""What stands where something is left out."""


def in_columns(text: str, columns: int, *, hang: int = 0, most: int = 0) -> list[str]:
    """Return a text as lines, broken between words.

    Args:
        text: Without line breaks.
        columns: How wide a line may be.
        hang: How far lines after the first are indented.
        most: How many lines there may be; 0 for any number.
    """
    margin = " " * hang
    lines = wrap(
        text,
        columns,
        subsequent_indent=margin,
        max_lines=most or None,
        placeholder=MORE,
    )
    if all(cell_len(line) <= columns for line in lines):
        return lines
    # The standard library counts characters.
    pieces = [row.plain.rstrip() for row in Content(text).wrap(columns - hang)]
    lines = [margin * (place > 0) + piece for place, piece in enumerate(pieces)]
    if most and len(lines) > most:
        lines = [*lines[: most - 1], shortened(lines[most - 1], columns)]
    return lines


def shortened(line: str, columns: int) -> str:
    """Return a line with the sign that something is left out, within the columns."""
    room = max(columns - len(MORE), 1)
    kept = set_cell_size(line, room) if cell_len(line) > room else line
    return kept.rstrip() + MORE
