"""A frame as lines of ``unit TAB stratum``, what its digest is taken over.

Designs that need more of a unit have a third column.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.core.frame.model import ALL, canonical_unit
from case_audit.core.sample.rows import line_text
from case_audit.errors import FrameFileError
from case_audit.exchange.files import read_whole

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from case_audit.core.sample.rows import Row

LARGEST = 1_000_000_000


WITH_AID = 3
"""Columns of a line with an aid."""


def frame_lines(rows: Iterable[Row]) -> bytes:
    """Return the lines in the order of their bytes; their SHA-256 is the digest."""
    return b"".join(
        sorted(line_text(r, with_aid=len(r) == WITH_AID).encode() for r in rows)
    )


def read_frame_rows(path: Path) -> list[Row]:
    """Read units, strata and what else a design needs.

    Args:
        path: A file of lines ``unit TAB stratum``, or with a third column; a line
            without a tab is of the one stratum ``all``.

    Raises:
        FileError: If it cannot be read.
        FrameFileError: If a line is not of that form, or a unit comes twice.
    """
    try:
        text = read_whole(path, largest=LARGEST).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FrameFileError(path.name, line=1, problem="it is not UTF-8") from None
    rows: dict[str, Row] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        content = line.removesuffix("\r")
        if not content:
            continue
        name, *columns = content.split("\t", 2)
        try:
            unit = canonical_unit(name)
        except ValueError as error:
            raise FrameFileError(path.name, line=number, problem=str(error)) from None
        if unit in rows:
            raise FrameFileError(
                path.name, line=number, problem="it repeats a unit of an earlier line"
            )
        stratum, *aid = columns or [ALL]
        rows[unit] = (unit, stratum, aid[0]) if aid else (unit, stratum)
    return list(rows.values())
