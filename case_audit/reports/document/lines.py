"""The numbers of a line as an audience may see them, in tables, charts and sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from case_audit.core.rubric.model import YES_NO_SCALE
from case_audit.reports.document.model import Bar, Cell, Mark, Part
from case_audit.reports.summary_rows import at_benchmark, in_order
from case_audit.reports.wording import interval, percent, plural

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from case_audit.core.estimates.share import Share
    from case_audit.core.rubric.scale import Scale
    from case_audit.core.selfassessment.model import Line

HIDDEN: Final = "c"
"""What stands for a number that is hidden to protect children."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """What may be seen of a line.

    Attributes:
        line: The line.
        scale: Its scale.
        counts: Cases by grade, best first; ``None`` where hidden.
        not_applicable: Cases it does not apply to, likewise.
        not_evidenced: Cases whose file does not show it, likewise.
        n: Cases with a grade, likewise.
        share: The share at the benchmark or better; ``None`` where there is none.
        why_not: Why there is none; empty with a share.
        worst: Whether the share at the lowest grade may be shown.
    """

    line: Line
    scale: Scale
    counts: Mapping[str, int | None]
    not_applicable: int | None
    not_evidenced: int | None
    n: int | None
    share: Share | None
    why_not: str
    worst: bool = True


def all_numbers(line: Line) -> Numbers:
    """Return a line's numbers as the council itself sees them: all of them.

    Raises:
        ValueError: If nothing is graded.
    """
    if line.scale is None:
        msg = f"nothing is graded: {line.id}"
        raise ValueError(msg)
    return Numbers(
        line=line,
        scale=line.scale,
        counts=line.counts,
        not_applicable=line.not_applicable,
        not_evidenced=line.not_evidenced,
        n=line.n,
        share=line.good_or_better,
        why_not=line.why_not,
    )


def count(number: int | None) -> Cell:
    """Return a cell with a number of cases."""
    return Cell(text=HIDDEN if number is None else f"{number:,}", value=number)


def share_cells(found: Numbers) -> tuple[Cell, Cell, Cell]:
    """Return the share and both bounds; words where there is no share."""
    share = found.share
    if share is None:
        return Cell(text=found.why_not or HIDDEN), Cell(text=""), Cell(text="")
    return _share(share.estimate), _share(share.lower), _share(share.upper)


def _share(value: Fraction) -> Cell:
    return Cell(text=percent(value), value=value, percent=True)


def count_heads(scale: Scale) -> tuple[str, ...]:
    """Return the headings of :func:`count_cells` and :func:`share_cells`."""
    better = at_benchmark(scale)
    return (
        *(grade.label for grade in in_order(scale)),
        "Not applicable",
        "Not evidenced",
        "n",
        f"{better[:1].upper()}{better[1:]}",
        "from",
        "to",
    )


def count_cells(found: Numbers) -> tuple[Cell, ...]:
    """Return every count apart, in the order of the headings, then n."""
    return (
        *(count(found.counts[grade.id]) for grade in in_order(found.scale)),
        count(found.not_applicable),
        count(found.not_evidenced),
        count(found.n),
    )


def bar_of(label: str, found: Numbers, *, strong: bool = False) -> Bar:
    """Return the bar of a line, best grade first."""
    grades = found.scale.grades
    return Bar(
        label=label,
        strong=strong,
        parts=tuple(
            Part(
                place=place,
                of=len(grades),
                label=grade.label,
                cases=found.counts[grade.id],
            )
            for place, grade in enumerate(grades)
        ),
    )


def mark_of(
    label: str, found: Numbers, *, group: str = "", strong: bool = False
) -> Mark:
    """Return the share of a line with its interval."""
    share = found.share
    return Mark(
        label=label,
        estimate=share.estimate if share else None,
        lower=share.lower if share else None,
        upper=share.upper if share else None,
        said=share_words(found),
        group=group,
        strong=strong,
    )


def share_words(found: Numbers) -> str:
    """Return a share with interval and n: ``60% (42% to 76%), n = 30``."""
    if found.share is None:
        return f"no estimate: {found.why_not}" if found.why_not else HIDDEN
    return f"{interval(found.share)}, n = {found.share.n:,}"


def count_words(found: Numbers) -> str:
    """Return the counts as a sentence."""
    if found.n is None:
        return "Not shown, to protect children."
    if not found.n:
        return "No case has a grade."
    each = ", ".join(
        f"{HIDDEN if found.counts[g.id] is None else f'{found.counts[g.id]:,}'} "
        f"{g.label.lower()}"
        for g in found.scale.grades
    )
    said = "answered" if found.scale.id == YES_NO_SCALE else "graded"
    return f"{plural(found.n, 'case')} {said}: {each}."
