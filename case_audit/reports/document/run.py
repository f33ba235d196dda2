"""The run chart in a document: rounds in order, centre line and control limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from case_audit.reports.document.evidence import BESIDE, METHOD, at_and_below
from case_audit.reports.document.model import (
    Cell,
    Evidence,
    Intervals,
    Mark,
    Paragraph,
    Section,
    Table,
)
from case_audit.reports.wording import percent, plural

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from case_audit.core.estimates.run_chart import Line, Point, Signal
    from case_audit.core.selfassessment.model import Summary
    from case_audit.core.selfassessment.report import Report
    from case_audit.reports.document.audience import Reader
    from case_audit.reports.document.model import Cases

SIGNALS: Final[dict[Signal, str]] = {
    "outside": "beyond a limit",
    "shift": "7 or more in a row on one side of the centre",
    "trend": "7 or more in a row, each further than the last",
    "two_of_three": "2 of 3 near a limit",
}
READ: Final = (
    "The bars are control limits, three standard errors on either side of the centre: "
    "points between them, without a pattern, are one and the same practice, and a "
    "single one higher than the last needs no explanation."
)
PROVISIONAL: Final = "With fewer than 12 rounds the limits are a first guess."


def run_section(report: Report, reader: Reader) -> Iterator[Section]:
    """Yield the cases as a whole over the rounds, where there are enough.

    The shares of single rounds give away small numbers, so it is for the council
    itself.
    """
    if not report.run or not reader.names_cases:
        return
    signals = [one for line in report.run for one in line.points if one.signals]
    found = (
        f"{plural(len(signals), 'round stands', 'rounds stand')} out: "
        f"{', '.join(one.name for one in signals)}."
        if signals
        else "No round stands out."
    )
    lists = [case for one in signals for case in _behind(report, one)]
    provisional = any(line.provisional for line in report.run)
    yield Section(
        heading="Over the rounds",
        level=3,
        blocks=(
            Paragraph(
                text=found, basis=Evidence(lists=tuple(lists)) if lists else BESIDE
            ),
            Paragraph(
                text=f"{READ}{f' {PROVISIONAL}' if provisional else ''}", basis=METHOD
            ),
            *(_chart(line) for line in report.run if len(line.points) > 1),
            _table(report),
        ),
    )


def _behind(report: Report, point: Point) -> tuple[Cases, ...]:
    """Return the cases of a round at the benchmark as a whole, and those below."""
    earlier = {one.old.facts.name: one.old for one in report.earlier}
    before = earlier.get(point.name)
    summary: Summary = before or report.summary
    whole = next(area.line for area in summary.areas if area.line)
    found = report.cases(whole, of=point.name if before else "")
    return at_and_below(found, of=f"In {point.name}")


def _chart(line: Line) -> Intervals:
    return Intervals(
        title="All audited cases at the benchmark or better, with control limits",
        marks=tuple(_mark(point) for point in line.points),
        alt="A point for each round between its control limits, joined; the table "
        "below has the same numbers.",
        joined=True,
        centre=line.centre,
    )


def _mark(point: Point) -> Mark:
    return Mark(
        label=point.name,
        estimate=point.share,
        lower=point.lower,
        upper=point.upper,
        said=f"{percent(point.share)}, limits {percent(point.lower)} to "
        f"{percent(point.upper)}, n = {point.n}",
    )


def _table(report: Report) -> Table:
    return Table(
        name="Over the rounds",
        caption="Share of all cases at the benchmark or better, round by round, with "
        "centre line and control limits.",
        head=("Round", "Share", "n", "Centre", "From", "To", "Signal"),
        rows=tuple(
            (
                Cell(text=point.name, evidence=Evidence(lists=_behind(report, point))),
                _share(point.share),
                Cell(text=f"{point.n:,}", value=point.n),
                _share(line.centre),
                _share(point.lower),
                _share(point.upper),
                Cell(text="; ".join(SIGNALS[signal] for signal in point.signals)),
            )
            for line in report.run
            for point in line.points
        ),
        notes=_breaks(report),
    )


def _breaks(report: Report) -> tuple[str, ...]:
    if len(report.run) < 2:  # noqa: PLR2004
        return ()
    return (
        (
            "The rubric changed in between, so the rounds before and after it have a "
            "centre of their own."
        ),
    )


def _share(value: Fraction) -> Cell:
    return Cell(text=percent(value), value=value, percent=True)
