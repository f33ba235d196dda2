"""Whom the audits asked beside reading the file, as an audience may see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.core.selfassessment.feedback import asked
from case_audit.reports.document.evidence import by_grade, known_in, rows_of
from case_audit.reports.document.lines import count
from case_audit.reports.document.model import Cell, Section, Table
from case_audit.reports.feedback_words import (
    HEADING,
    NO_FEEDBACK,
    NOT_ANSWERED,
    NOT_HEARD,
    WHOM,
    coverage,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.core.selfassessment.feedback import Asked
    from case_audit.core.selfassessment.model import Summary
    from case_audit.core.selfassessment.report import Report
    from case_audit.reports.document.audience import Reader
    from case_audit.reports.feedback_words import Counts


def asked_points(summary: Summary, reader: Reader) -> Iterator[str]:
    """Yield in how many audited cases they were asked, or that nothing is known."""
    found = asked(summary)
    if not found:
        able = any(c.about_audit for c in summary.rubric.criteria())
        if summary.submitted or not able:
            yield NOT_ANSWERED if able else NO_FEEDBACK
        return
    counts = [_seen(one, reader) for one in found]
    yield from map(coverage, found, counts)
    # Where a count is hidden this stands too, or its absence would tell of a nought.
    if any(yes != 0 for yes, *_ in counts):
        yield NOT_HEARD


def asked_section(report: Report, reader: Reader) -> Iterator[Section]:
    """Yield the same as a table, with the cases of each row."""
    found = asked(report.summary)
    if not found:
        return
    head = ("Asked", "Not asked", "Not applicable", "Not evidenced")
    yield Section(
        heading=HEADING,
        level=3,
        blocks=(
            Table(
                name=HEADING,
                caption="Audited cases in which they were asked what they think, by "
                "question.",
                head=("", *head, "Audited"),
                rows=tuple(
                    (
                        Cell(
                            text=f"{WHOM[one.whom]} ({one.line.id})",
                            evidence=known_in(reader, by_grade(report.cases(one.line))),
                        ),
                        *map(count, (*_seen(one, reader)[: len(head)], one.n)),
                    )
                    for one in found
                ),
                ground=rows_of(reader),
            ),
        ),
    )


def _seen(one: Asked, reader: Reader) -> Counts:
    """Return what the reader's table of all questions shows too, and no more."""
    seen = reader.numbers(one.line)
    left = one.line.ungraded if reader.names_cases else None
    return *seen.counts.values(), seen.not_applicable, seen.not_evidenced, left
