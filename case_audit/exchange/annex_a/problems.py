"""Collects what was wrong, in a number that a person can read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from case_audit.core.frame.model import Problem

if TYPE_CHECKING:
    from case_audit.exchange.annex_a.cells import Flaw

SHOWN: Final = 20
"""Problems of one kind that are kept one by one unless more are asked for; the
others are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemCount:
    """How often one kind of problem came up in one column.

    Attributes:
        sheet: Name of the sheet.
        column: Header of the column; empty for whole rows and sheets.
        what: What is wrong.
        done: What was done about it.
        serious: Whether a value or a row was left out because of it.
        count: How often, exactly; at least 1.
    """

    sheet: str
    column: str
    what: str
    done: str
    serious: bool
    count: int


class ProblemLog:
    """Takes problems one by one and counts them all.

    Args:
        each: Problems of one kind that are kept one by one; ``None`` for all.
    """

    def __init__(self, *, each: int | None = SHOWN) -> None:
        self._each = each
        self._counts: dict[tuple[str, str, Flaw], int] = {}
        self._shown: list[Problem] = []

    def add(self, flaw: Flaw, *, sheet: str, row: int, column: str, value: str) -> None:
        """Take one problem with a cell or a row."""
        kind = (sheet, column, flaw)
        count = self._counts.get(kind, 0) + 1
        self._counts[kind] = count
        if self._each is None or count <= self._each:
            self._show(flaw, sheet=sheet, row=row, column=column, value=value)

    def note(
        self, flaw: Flaw, *, sheet: str, column: str = "", value: str = ""
    ) -> None:
        """Take a problem with a whole column or sheet.

        Args:
            flaw: What is wrong.
            sheet: Name of the sheet.
            column: Header of the column, if it is about one.
            value: What was found.
        """
        self._counts[sheet, column, flaw] = 1
        self._show(flaw, sheet=sheet, row=0, column=column, value=value)

    def _show(
        self, flaw: Flaw, *, sheet: str, row: int, column: str, value: str
    ) -> None:
        self._shown.append(
            Problem(
                sheet=sheet,
                row=row,
                column=column,
                value=value,
                what=flaw.what,
                done=flaw.done,
                serious=flaw.serious,
            )
        )

    @property
    def shown(self) -> tuple[Problem, ...]:
        """The problems that were kept one by one, in the order they came."""
        return tuple(self._shown)

    @property
    def counts(self) -> tuple[ProblemCount, ...]:
        """Every kind of problem with its exact count, in the order they came."""
        return tuple(
            ProblemCount(
                sheet=sheet,
                column=column,
                what=flaw.what,
                done=flaw.done,
                serious=flaw.serious,
                count=count,
            )
            for (sheet, column, flaw), count in self._counts.items()
        )
