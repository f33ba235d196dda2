"""A frame as lines: what a draw needs of each unit, and what the digest is over."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from case_audit.core.frame.model import ALL

if TYPE_CHECKING:
    from collections.abc import Iterable

Row = tuple[str, str] | tuple[str, str, str]
"""Unit, stratum and, where the design needs it, the aid; a :class:`FrameLine` is one."""

CERTAIN = "must be included"
"""The stratum of the units that are drawn with certainty."""


class FrameLine(NamedTuple):
    """One unit of a frame as it is drawn from.

    Attributes:
        unit: The identifier.
        stratum: Where it is drawn.
        aid: What the design needs of the unit beside its stratum: its size, its
            cluster, the key it is sorted by or the group that is capped; empty
            where the design needs nothing.
    """

    unit: str
    stratum: str = ALL
    aid: str = ""


def as_line(row: Row) -> FrameLine:
    """Return a row with two or three parts as a line."""
    return FrameLine(*row)


def line_text(row: Row, *, with_aid: bool) -> str:
    """Return a line as it is written: ``unit TAB stratum [TAB aid] LF``."""
    unit, stratum, aid = as_line(row)
    return f"{unit}\t{stratum}\t{aid}\n" if with_aid else f"{unit}\t{stratum}\n"


def lines_digest(rows: Iterable[Row], *, with_aid: bool) -> str:
    """Return the digest that fixes a frame as a design needs it.

    SHA-256 of the lines in UTF-8, sorted as bytes, so that the order of the rows
    never matters. By hand: ``LC_ALL=C sort frame.tsv | sha256sum``.

    Args:
        rows: The lines.
        with_aid: Whether the design needs the third column.
    """
    lines = sorted(line_text(row, with_aid=with_aid).encode() for row in rows)
    return sha256(b"".join(lines)).hexdigest()
