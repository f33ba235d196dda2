"""Find, read and check rubrics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from case_audit.core.rubric.canonical import rubric_digest
from case_audit.exchange.rubric_file import open_file
from case_audit.exchange.rubric_library import Library
from case_audit.resources import shipped

if TYPE_CHECKING:
    from pathlib import Path

    from case_audit.core.rubric.model import Rubric


def library(folder: Path | None = None) -> Library:
    """Return the rubrics that can be used.

    Args:
        folder: The user's own rubrics, searched first; laid out like the
            shipped ``rubrics/``.
    """
    ours = shipped("rubrics")
    return Library((folder, ours) if folder else (ours,))


@dataclass(frozen=True, slots=True, kw_only=True)
class RubricLine:
    """A rubric in one line of a list.

    Attributes:
        rubric: The whole of it.
        digest: Fixes its text.
        criteria: How many it asks.
        critical: How many of them are critical.
    """

    rubric: Rubric
    digest: str
    criteria: int
    critical: int


def describe(rubric: Rubric) -> RubricLine:
    """Return a rubric with what a list shows of it."""
    criteria = list(rubric.criteria())
    return RubricLine(
        rubric=rubric,
        digest=rubric_digest(rubric),
        criteria=len(criteria),
        critical=sum(c.critical for c in criteria),
    )


def list_rubrics(shelf: Library) -> list[RubricLine]:
    """Return every rubric, by identifier.

    Raises:
        RubricError: If one of them is not as it should be.
    """
    return [describe(shelf.rubric(name)) for name in shelf.names()]


def check_file(shelf: Library, path: Path) -> RubricLine:
    """Read a rubric from a file and return what it is.

    Raises:
        RubricError: If it is not as it should be; names file, line and key.
        UnknownRubricError: If it refers to something that is not there.
    """
    reader = open_file(path.read_bytes(), file=path.name, kind="rubric")
    return describe(shelf.read_rubric(reader))
