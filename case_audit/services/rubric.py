"""Find, read and check rubrics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from case_audit.core.rubric.canonical import rubric_digest
from case_audit.errors import FileError, NoRubricError, RubricError, UnknownRubricError
from case_audit.exchange.rubric_library import Library
from case_audit.resources import shipped

if TYPE_CHECKING:
    from pathlib import Path

    from case_audit.core.rubric.model import Rubric
    from case_audit.errors import CaseAuditError


LARGEST = 10_000_000
"""Bytes of a rubric file that are read before it is looked at."""


def library(*folders: Path | None) -> Library:
    """Return the rubrics that can be used.

    Args:
        folders: The user's own rubrics, searched in this order before the
            shipped ones; each laid out like ``rubrics/``. ``None`` is left out.
    """
    return Library((*filter(None, folders), shipped("rubrics")))


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


def list_rubrics(shelf: Library) -> tuple[list[RubricLine], list[CaseAuditError]]:
    """Return every sound rubric, by identifier, and what is wrong with the others."""
    lines: list[RubricLine] = []
    errors: list[CaseAuditError] = []
    for name in shelf.names():
        try:
            lines.append(describe(shelf.rubric(name)))
        except (FileError, RubricError, UnknownRubricError) as error:
            errors.append(error)
    return lines, errors


def fitting_rubrics(shelf: Library, cohort: str) -> list[Rubric]:
    """Return what a cohort can be graded with: its usual rubric alone, if it has one.

    Raises:
        RubricError: If the usual one is not sound, or none fits and a file is not.
        NoRubricError: If none fits.
    """
    usual = shelf.usual(cohort)
    if usual:
        return [shelf.rubric(usual)]
    lines, errors = list_rubrics(shelf)
    fitting = [line.rubric for line in lines if cohort in line.rubric.cohorts]
    if not fitting:
        raise errors[0] if errors else NoRubricError(cohort, found=[])
    return fitting
