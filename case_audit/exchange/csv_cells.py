"""Cells of CSV files that no spreadsheet takes for a formula."""

from __future__ import annotations

from typing import Final

_ACTING: Final = ("=", "+", "-", "@", "\t", "\r")
_GUARD: Final = "'"


def guarded(text: str) -> str:
    """Return a cell that a spreadsheet shows as it is and does not work out.

    What begins like a formula, or like a cell that was guarded, gets an apostrophe
    before it.
    """
    begins = text.lstrip(" ")
    bare = begins.lstrip(_GUARD)
    return f"{_GUARD}{text}" if bare.startswith(_ACTING) else text


def unguarded(cell: str) -> str:
    """Return the text of a cell that :func:`guarded` may have changed."""
    if cell.startswith(_GUARD) and guarded(cell[1:]) == cell:
        return cell[1:]
    return cell
