"""What will be done: the open actions, and the weakest criteria that have none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from case_audit.reports.document.lines import share_words
from case_audit.reports.document.model import Cell, Paragraph, Section, Table
from case_audit.reports.summary_rows import at_benchmark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.core.selfassessment.model import Line, Summary
    from case_audit.reports.document.audience import Reader
    from case_audit.reports.document.model import Block

PLAN: Final = (
    "Write what will be done, by whom, by when, and when it will be audited again."
)
WEAKEST: Final = 5
"""Criteria proposed for the plan."""


def plan_blocks(
    summary: Summary, reader: Reader, *, without: frozenset[str] = frozenset()
) -> tuple[Block, ...]:
    """Return the plan: the weakest criteria with room for what will be done.

    Args:
        summary: The round.
        reader: Decides which shares are shown.
        without: Criteria that are left out.
    """
    weakest = _weakest(summary, without)
    scales = dict.fromkeys(at_benchmark(line.scale) for line in weakest if line.scale)
    share = ", or ".join(scales)
    if not share:
        return (Paragraph(text=PLAN),)
    own = at_benchmark(summary.rubric.scale)
    first = (
        f"The criteria where the fewest audited cases are {share} come first."
        if share == own
        else f"The criteria that the fewest audited cases meet ({share}) come first."
    )
    return (
        Paragraph(text=f"{first} {PLAN}"),
        Table(
            name="Plan",
            caption="Where to begin.",
            head=(
                "Criterion",
                f"{share[:1].upper()}{share[1:]}",
                *("Action", "Who", "By when", "Re-audit"),
            ),
            rows=tuple(_row(line, reader) for line in weakest),
        ),
    )


def _row(line: Line, reader: Reader) -> tuple[Cell, ...]:
    blank = (Cell(text=""),) * 4
    return (
        Cell(text=f"{line.id} {line.label}"),
        Cell(text=share_words(reader.numbers(line))),
        *blank,
    )


def _weakest(summary: Summary, without: frozenset[str]) -> list[Line]:
    lines = [line for line in _criteria(summary) if line.id not in without]
    return sorted(
        lines, key=lambda line: line.good_or_better.raw if line.good_or_better else 0
    )[:WEAKEST]


def _criteria(summary: Summary) -> Iterator[Line]:
    for area in summary.areas:
        for domain in area.domains:
            for line in domain.criteria:
                if line.good_or_better is not None:
                    yield line


def plan_section(
    heading: str,
    summary: Summary,
    reader: Reader,
    *,
    without: frozenset[str] = frozenset(),
) -> Section:
    """Return the answer to the third question."""
    blocks = plan_blocks(summary, reader, without=without)
    return Section(heading=heading, level=2, key="plan", blocks=blocks)
