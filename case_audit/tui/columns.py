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
    lines = wrap(text, columns, subsequent_indent=margin)
    if any(cell_len(line) > columns for line in lines):
        # The standard library counts characters.
        pieces = [row.plain.rstrip() for row in Content(text).wrap(columns - hang)]
        lines = [margin * (place > 0) + piece for place, piece in enumerate(pieces)]
    if most and len(lines) > most:
        lines = [*lines[: most - 1], shortened(lines[most - 1], columns)]
    return lines


def shortened(line: str, columns: int) -> str:
    """Return a line with the sign that something is left out, within the columns.

    A word that does not fit goes as a whole, unless that were half of the line.
    """
    room = max(columns - len(MORE), 1)
    if cell_len(line) <= room:
        return line.rstrip() + MORE
    kept = set_cell_size(line, room)
    within_a_word = line.startswith(kept) and not line[len(kept)].isspace()
    words = kept.rpartition(" ")[0]
    if within_a_word and 2 * cell_len(words) > room:
        kept = words
    return kept.rstrip() + MORE
