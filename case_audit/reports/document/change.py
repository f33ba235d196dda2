"""What became of the shares since earlier rounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from case_audit.core.rubric.crosswalk import YES
from case_audit.core.selfassessment.graded import Graded
from case_audit.reports.carried import carried
from case_audit.reports.document.evidence import (
    BESIDE,
    FEWER_CITED,
    METHOD,
    at_and_below,
    cell_of,
    known_in,
    known_to,
    rows_of,
)
from case_audit.reports.document.lines import mark_of, share_words
from case_audit.reports.document.model import (
    Bullets,
    Cell,
    Evidence,
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

    Series = tuple[Line, tuple[tuple[str, Line], ...]]
    """A criterion, and its line in each round that can be compared, by name."""

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
        nothing = Paragraph(text=NOTHING, basis=METHOD)
        return Section(heading=HEADING, level=3, blocks=(nothing,))
    shown = _moved_most(report, series)
    return Section(
        heading=HEADING,
        level=3,
        blocks=(
            *_clear(report, reader, {now.id for now, _ in series}),
            Paragraph(text=READ, basis=METHOD),
            *(Paragraph(text=text, basis=METHOD) for text in carried(report.earlier)),
            _chart(shown, reader),
            _table(report, series, reader),
            *_cases(report, shown, reader),
        ),
    )


def _clear(report: Report, reader: Reader, told_of: set[str]) -> Iterator[Block]:
    """Yield what has changed by more than chance would show, or that nothing has."""
    since = report.earlier[-1].old.facts.name
    told = tuple(
        Paragraph(
            lead=f"{one.new.id} {one.new.label}:",
            text=f"{tested_words(one.tested)}.",
            basis=known_to(reader, _behind(report, one.new, ((since, one.old),))),
        )
        for one in report.changes
        if one.new.id in told_of and one.tested.beyond_chance and _seen(one, reader)
    )
    if told:
        yield Paragraph(text=f"Since {since}:", basis=BESIDE)
        yield Bullets(items=told)
        return
    compared = plural(len(report.changes), "criterion", "criteria")
    yield Paragraph(
        text=f"Of {compared} compared with {since}, none has changed by more than "
        "chance would show.",
        basis=BESIDE,
    )


def _behind(report: Report, now: Line, before: Sequence[tuple[str, Line]]) -> Evidence:
    """Return the cases behind the share of this round and of earlier ones.

    Args:
        report: The round.
        now: Its line.
        before: The name of each earlier round and its line.
    """
    cases = [
        case
        for name, line in before
        for case in at_and_below(report.cases(line, of=name), of=f"In {name}")
    ]
    here = at_and_below(report.cases(now), of=f"In {report.summary.facts.name}")
    return Evidence(lists=(*cases, *here))


def _seen(one: CriterionChange, reader: Reader) -> bool:
    return all(reader.numbers(line).share is not None for line in (one.old, one.new))


def _moved_most(report: Report, series: Sequence[Series]) -> list[Series]:
    """Return the criteria that moved most; more would not be read."""
    moved = {one.new.id: abs(one.tested.change.difference) for one in report.changes}
    ranked = sorted(series, key=lambda one: -moved.get(one[0].id, 0))[:MOST_CHARTED]
    chosen = {now.id for now, _ in ranked}
    return [one for one in series if one[0].id in chosen]


def _chart(shown: Sequence[Series], reader: Reader) -> Intervals:
    return Intervals(
        title="Share of all cases at the benchmark or better, round by round",
        marks=tuple(
            mark_of(name, reader.numbers(line), group=_named(now, points))
            for now, points in shown
            for name, line in points
        ),
        alt=f"Points with their intervals, one for each round, for the "
        f"{plural(len(shown), 'criterion', 'criteria')} that moved most; the table "
        "below has the numbers of all.",
        joined=True,
    )


def _table(report: Report, series: Sequence[Series], reader: Reader) -> Table:
    names = [t.old.facts.name for t in report.earlier]
    tested = {one.new.id: one for one in report.changes if _seen(one, reader)}
    return Table(
        name="Change",
        caption="Share of all cases at the benchmark or better, with its 95% interval "
        "and n, in each round that can be compared.",
        head=("", *names, report.summary.facts.name, f"Since {names[-1]}"),
        rows=tuple(
            (
                Cell(
                    text=_named(now, points),
                    evidence=known_in(reader, _behind(report, now, points[:-1])),
                ),
                *(_cell(dict(points).get(name), reader) for name in names),
                _cell(now, reader),
                Cell(
                    text=tested_words(tested[now.id].tested) if now.id in tested else ""
                ),
            )
            for now, points in series
        ),
        ground=rows_of(reader),
    )


def _cases(report: Report, shown: Sequence[Series], reader: Reader) -> Iterator[Table]:
    """Yield the cases of the last two rounds behind the shares that moved most."""
    if not reader.names_cases:
        return
    since, now = report.earlier[-1].old.facts.name, report.summary.facts.name
    yield Table(
        name="Change, cases",
        caption=f"The cases of {since} and {now} behind these shares, each by its "
        "number in its own round; the workbook has those of all criteria and rounds.",
        head=(
            "",
            *(
                f"{name}, {side}"
                for name in (since, now)
                for side in ("at it", "below")
            ),
        ),
        rows=tuple(
            (
                Cell(text=_named(line, points)),
                *(
                    cell_of(numbers, FEWER_CITED)
                    for found in (_of(report, since, points), report.cases(line))
                    for numbers in (found.met, found.missed)
                ),
            )
            for line, points in shown
        ),
        ground=BESIDE,
    )


def _of(report: Report, name: str, points: Sequence[tuple[str, Line]]) -> Graded:
    """Return the cases of an earlier round; none where it cannot be compared."""
    line = dict(points).get(name)
    return report.cases(line, of=name) if line else Graded(scale=None, cases={})


def _named(now: Line, points: Sequence[tuple[str, Line]]) -> str:
    """Return a criterion with the names it had before: ``b2 Plan helps (before: a2)``."""
    before = dict.fromkeys(line.id for _, line in points if line.id != now.id)
    others = ", ".join(before)
    return f"{now.id} {now.label}" + (f" (before: {others})" if others else "")


def _cell(line: Line | None, reader: Reader) -> Cell:
    return Cell(text=share_words(reader.numbers(line)) if line else "not comparable")


def _series(trends: Sequence[Trend]) -> Iterator[Series]:
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
