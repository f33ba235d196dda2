"""What became of the shares since earlier rounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from case_audit.core.rubric.crosswalk import YES
from case_audit.reports.document.lines import mark_of, share_words
from case_audit.reports.document.model import (
    Cell,
    Intervals,
    Paragraph,
    Section,
    Table,
)
from case_audit.reports.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from case_audit.core.selfassessment.model import Line
    from case_audit.core.selfassessment.report import Report
    from case_audit.core.selfassessment.trend import Trend
    from case_audit.reports.document.audience import Reader

HEADING: Final = "Change since earlier rounds"
NOTHING: Final = (
    "There is no earlier round to compare with: that takes another round of the same "
    "cohort, drawn at random, that asks the same questions."
)
READ: Final = (
    "Higher or lower is said only where the two intervals do not touch. Elsewhere the "
    "share may have risen, fallen or stayed. No number here says why."
)


def change_section(report: Report, reader: Reader) -> Section:
    """Return the shares of the criteria round by round."""
    series = list(_series(report.earlier))
    if not series:
        return Section(heading=HEADING, level=3, blocks=(Paragraph(text=NOTHING),))
    names = [t.old.facts.name for t in report.earlier]
    names.append(report.summary.facts.name)
    return Section(
        heading=HEADING,
        level=3,
        blocks=(
            Paragraph(text=READ),
            Intervals(
                title="Share of all cases at the benchmark or better, round by round",
                marks=tuple(
                    mark_of(name, reader.numbers(line), group=f"{now.id} {now.label}")
                    for now, points in series
                    for name, line in points
                ),
                alt="Points with their intervals, one for each round, for each of "
                f"{plural(len(series), 'criterion', 'criteria')} of the table below, "
                "with the same numbers.",
                joined=True,
            ),
            Table(
                name="Change",
                caption="Share of all cases at the benchmark or better, with its 95% "
                "interval and n, in each round that can be compared.",
                head=("", *names),
                rows=tuple(
                    (
                        Cell(text=f"{now.id} {now.label}"),
                        *(_cell(dict(points).get(name), reader) for name in names),
                    )
                    for now, points in series
                ),
            ),
        ),
    )


def _cell(line: Line | None, reader: Reader) -> Cell:
    return Cell(text=share_words(reader.numbers(line)) if line else "not comparable")


def _series(
    trends: Sequence[Trend],
) -> Iterator[tuple[Line, tuple[tuple[str, Line], ...]]]:
    """Yield each criterion that can be compared, with its line in every round."""
    if not trends:
        return
    new = trends[-1].new
    for criterion in new.rubric.criteria():
        points: list[tuple[str, Line]] = []
        now: Line | None = None
        for trend in trends:
            for line in trend.with_ease(YES):
                if line.new[0].id == criterion.id and line.old[0].scale is not None:
                    now = line.new[0]
                    points.append((trend.old.facts.name, line.old[0]))
        if now is not None and any(p.good_or_better for _, p in points):
            points.append((new.facts.name, now))
            yield now, tuple(points)
