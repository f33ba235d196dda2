"""The tables of a summary for a terminal: columns for whatever scale is graded on."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING

from case_audit.reports.summary_rows import at_benchmark, in_order
from case_audit.reports.wording import interval

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.core.rubric.scale import Grade, Scale
    from case_audit.core.selfassessment.model import Line
    from case_audit.reports.summary_rows import Block, Row

WIDTH = 78
"""Columns, so that a scroll bar still fits beside it."""
WIDEST = 80
LABEL = 23
"""Columns for the label of a row, at least."""
TO_N = 46
"""Columns before those for not applicable, not evidenced and how many; of wide
scales they stand further to the right."""
TAIL = 12
SHARE = 21
"""Columns of the longest share with its interval, and of the gap before it."""
NARROW = 5
"""Columns of a count, at least."""
WRITTEN = 8
BAR = 50
"""Columns of the longest bar."""
INDENTS = {"area": 0, "domain": 0, "criterion": 2, "agency": 4}


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table: for grades, or for answers in words.

    Attributes:
        scale: The scale of the grades; ``None`` for answers in words.
    """

    scale: Scale | None

    def heads(self) -> Iterator[str]:
        """The lines above the first row."""
        if self.scale is None:
            yield f"{'':{self.label}}{'written':>{WRITTEN}} n/a n/e left"
            return
        heads = "".join(f"{self._head(g):>{self._wide(g)}}" for g in self._grades)
        tail = f"  {self._share_head(self.scale)}" if self._beside else ""
        yield f"{'':{self.label}}{heads} n/a n/e   n{tail}"
        if self._short:
            key = ", ".join(f"{g.letter} {g.label.lower()}" for g in self._grades)
            yield from wrap(key, WIDTH, initial_indent="  ", subsequent_indent="  ")

    def row(self, row: Row, line: Line) -> Iterator[str]:
        """The lines of one row."""
        first, *rest = _wrapped(row, self.label)
        yield f"{first:{self.label}}{self._numbers(line)}"
        if self.scale is not None and not self._beside:
            said = f"{self._share_head(self.scale)}: {_share(line)}"
            yield f"{(rest.pop(0) if rest else ''):{self.label}}  {said}"
        yield from rest

    def bar(self, line: Line) -> Iterator[str]:
        """A bar of glyphs, each grade apart."""
        if not line.n:
            return
        grades = [g for g in self._grades if line.counts[g.id]]
        size = min(1.0, BAR / line.n)
        bars = (g.glyph * max(1, round(line.counts[g.id] * size)) for g in grades)
        yield f"{'':{self.label}}  {' '.join(bars)}"

    @property
    def label(self) -> int:
        """Columns of the label."""
        return max(LABEL, TO_N - self._counts)

    @property
    def _grades(self) -> tuple[Grade, ...]:
        return in_order(self.scale) if self.scale else ()

    @property
    def _counts(self) -> int:
        """Columns of all counts."""
        return sum(map(self._wide, self._grades)) if self.scale else WRITTEN

    @property
    def _short(self) -> bool:
        """Whether only letters fit above the counts."""
        whole = sum(max(len(g.short) + 1, NARROW) for g in self._grades)
        return LABEL + whole + TAIL > WIDTH

    @property
    def _beside(self) -> bool:
        """Whether the share fits into the row; otherwise it stands below."""
        return LABEL + self._counts + TAIL + SHARE <= WIDEST

    def _head(self, grade: Grade) -> str:
        return grade.letter if self._short else grade.short

    def _wide(self, grade: Grade) -> int:
        return max(len(self._head(grade)) + 1, NARROW)

    def _share_head(self, scale: Scale) -> str:
        """The words for the share, above it or, where it stands below, before it."""
        before = self.label + self._counts + TAIL if self._beside else self.label
        below = 0 if self._beside else SHARE
        return at_benchmark(scale, longest=WIDEST - before - below - 2)

    def _numbers(self, line: Line) -> str:
        apart = f" {line.not_applicable:>3} {line.not_evidenced:>3}"
        if self.scale is None:
            return f" {line.written:>{WRITTEN - 1}}{apart} {line.ungraded:>4}"
        counts = "".join(
            f" {line.counts[g.id]:>{self._wide(g) - 1}}" for g in self._grades
        )
        said = f"  {_share(line)}" if self._beside else ""
        return f"{counts}{apart} {line.n:>3}{said}"


def block_lines(
    block: Block, before: Columns | None
) -> tuple[list[str], Columns | None]:
    """Return the lines of a block, with heads wherever the columns change.

    Args:
        block: At least one row.
        before: The columns that were printed last, if any were.

    Returns:
        The lines, and the columns that were printed last.
    """
    found: list[str] = []
    question: list[str] = []
    columns = before
    for row in block:
        if row.line is None:
            lines = _wrapped(row, WIDTH)
            question = lines if row.level == "criterion" else []
            found += lines if row.level != "criterion" else []
            continue
        mine = Columns(row.line.scale)
        if mine != columns:
            found += mine.heads()
            columns = mine
        found += [*question, *mine.row(row, row.line)]
        question = []
        if row.level == "area":
            found += mine.bar(row.line)
    return found, columns


def _wrapped(row: Row, width: int) -> list[str]:
    indent = INDENTS[row.level]
    return wrap(
        row.label,
        width - 1,
        initial_indent=" " * indent,
        subsequent_indent=" " * max(4, indent + 2),
    )


def _share(line: Line) -> str:
    return interval(line.good_or_better) if line.good_or_better else "no estimate"
