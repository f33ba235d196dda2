"""What became of the shares since earlier rounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from case_audit.core.rubric.crosswalk import YES
from case_audit.reports.document.lines import mark_of, share_words
from case_audit.reports.document.model import (
    Bullets,
    Cell,
    Intervals,
    Paragraph,
    Section,
    Table,
)
from case_audit.reports.document.tested import tested_words
from case_audit.reports.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from case_audit.core.selfassessment.changes import CriterionChange
    from case_audit.core.selfassessment.model import Line
    from case_audit.core.selfassessment.report import Report
    from case_audit.core.selfassessment.trend import Trend
    from case_audit.reports.document.audience import Reader
    from case_audit.reports.document.model import Block

HEADING: Final = "Change since earlier rounds"
NOTHING: Final = (
    "There is no earlier round to compare with: that takes another round of the same "
    "cohort, drawn at random, that asks the same questions."
)
READ: Final = (
    "A change is called more than chance would show where its interval leaves out 0 and "
    "its test, with Holm's correction for all that is compared here, is below 0.05. "
    "Elsewhere the share may have risen, fallen or stayed. No number here says why."
)
MOST_CHARTED: Final = 12
"""Criteria in the chart; the table has all of them."""


def change_section(
    report: Report, reader: Reader, *, without: frozenset[str] = frozenset()
) -> Section:
    """Return the shares of the criteria round by round, but those that are left out."""
    series = [one for one in _series(report.earlier) if one[0].id not in without]
    if not series:
        return Section(heading=HEADING, level=3, blocks=(Paragraph(text=NOTHING),))
    return Section(
        heading=HEADING,
        level=3,
        blocks=(
            *_clear(report, reader, {now.id for now, _ in series}),
            Paragraph(text=READ),
            _chart(report, series, reader),
            _table(report, series, reader),
        ),
    )


def _clear(report: Report, reader: Reader, told_of: set[str]) -> Iterator[Block]:
    """Yield what has changed by more than chance would show, or that nothing has."""
    since = report.earlier[-1].old.facts.name
    told = tuple(
        Paragraph(
            lead=f"{one.new.id} {one.new.label}:",
            text=f"{tested_words(one.tested)}.",
        )
        for one in report.changes
        if one.new.id in told_of and one.tested.beyond_chance and _seen(one, reader)
    )
    if told:
        yield Paragraph(text=f"Since {since}:")
        yield Bullets(items=told)
        return
    compared = plural(len(report.changes), "criterion", "criteria")
    yield Paragraph(
        text=f"Of {compared} compared with {since}, none has changed by more than "
        "chance would show."
    )


def _seen(one: CriterionChange, reader: Reader) -> bool:
    return all(reader.numbers(line).share is not None for line in (one.old, one.new))


def _chart(
    report: Report,
    series: Sequence[tuple[Line, tuple[tuple[str, Line], ...]]],
    reader: Reader,
) -> Intervals:
    """Chart the criteria that moved most; more would not be read."""
    moved = {one.new.id: abs(one.tested.change.difference) for one in report.changes}
    ranked = sorted(series, key=lambda one: -moved.get(one[0].id, 0))[:MOST_CHARTED]
    chosen = {now.id for now, _ in ranked}
    shown = [one for one in series if one[0].id in chosen]
    return Intervals(
        title="Share of all cases at the benchmark or better, round by round",
        marks=tuple(
            mark_of(name, reader.numbers(line), group=f"{now.id} {now.label}")
            for now, points in shown
            for name, line in points
        ),
        alt=f"Points with their intervals, one for each round, for the "
        f"{plural(len(shown), 'criterion', 'criteria')} that moved most; the table "
        "below has the numbers of all.",
        joined=True,
    )


def _table(
    report: Report,
    series: Sequence[tuple[Line, tuple[tuple[str, Line], ...]]],
    reader: Reader,
) -> Table:
    names = [t.old.facts.name for t in report.earlier]
    tested = {one.new.id: one for one in report.changes if _seen(one, reader)}
    return Table(
        name="Change",
        caption="Share of all cases at the benchmark or better, with its 95% interval "
        "and n, in each round that can be compared.",
        head=("", *names, report.summary.facts.name, f"Since {names[-1]}"),
        rows=tuple(
            (
                Cell(text=f"{now.id} {now.label}"),
                *(_cell(dict(points).get(name), reader) for name in names),
                _cell(now, reader),
                Cell(
                    text=tested_words(tested[now.id].tested) if now.id in tested else ""
                ),
            )
            for now, points in series
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
