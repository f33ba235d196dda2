"""Single cases in a document: the lowest grades, what limits decided, what is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from case_audit.core.rubric.model import YES_NO_SCALE
from case_audit.reports.document.findings import cited
from case_audit.reports.document.model import Bullets, Paragraph, Section
from case_audit.reports.rules_words import escalation_words
from case_audit.reports.summary_cases import case_sections
from case_audit.reports.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.core.selfassessment.report import Report
    from case_audit.reports.document.audience import Reader
    from case_audit.reports.document.model import Block

MOST_TOLD: Final = 200
"""Cases told one by one; the workbook and ``--json`` have all of them."""


def case_part(
    report: Report, reader: Reader, *, without: frozenset[str] = frozenset()
) -> Iterator[Section]:
    """Yield what is said of single cases, or that it is not said here.

    Args:
        report: What is known.
        reader: Decides whether cases are named.
        without: Criteria that are left out.
    """
    if not reader.names_cases:
        yield from _unnamed(report)
        return
    yield from _escalated(report)
    yield from _lowest(report)
    yield from _lowest_on(report, without)
    for heading, told in case_sections(report.summary):
        items = tuple(
            Paragraph(lead=f"{about[:1].upper()}{about[1:]}:", text=said)
            for about, said in told[:MOST_TOLD]
        )
        blocks: tuple[Block, ...] = (Bullets(items=items),)
        if len(told) > MOST_TOLD:
            blocks = (*blocks, Paragraph(text=f"And {len(told) - MOST_TOLD:,} more."))
        yield Section(heading=heading, level=4, blocks=blocks)


def _escalated(report: Report) -> Iterator[Section]:
    """Yield every escalation that is open, and how many are closed."""
    found = report.escalations
    if not found:
        return
    closed = len(found) - len(report.open_escalations)
    items = tuple(
        Paragraph(
            lead=f"Case {one.number}:",
            text=f"{escalation_words(one.level)}. {one.because}",
        )
        for one in report.open_escalations
    )
    said = f"{plural(len(items), 'escalation is', 'escalations are')} open, {closed} closed."
    blocks: tuple[Block, ...] = (Paragraph(text=said),)
    if items:
        blocks = (*blocks, Bullets(items=items))
    yield Section(heading="Escalations", level=4, blocks=blocks)


def _lowest(report: Report) -> Iterator[Section]:
    if not report.lowest:
        return
    label = report.summary.rubric.overall_scale.grades[-1].label.lower()
    items = tuple(
        Paragraph(
            lead=f"Case {case.number}:",
            text=case.because
            + (f" {escalation_words(case.raises)}." if case.raises else ""),
        )
        for case in report.lowest
    )
    yield Section(
        heading=f"Cases graded {label}",
        level=4,
        blocks=(
            Paragraph(
                text=f"{plural(len(items), 'case')} of "
                f"{report.summary.submitted:,} audited. All of them are listed, whatever "
                "else is left out."
            ),
            Bullets(items=items),
        ),
    )


def _lowest_on(report: Report, without: frozenset[str]) -> Iterator[Section]:
    """Yield every criterion on which a case is at the lowest grade."""
    found = [
        finding
        for area in report.areas
        for finding in area.findings
        if finding.line.level == "criterion"
        and finding.line.scale is not None
        and finding.line.scale.id != YES_NO_SCALE
        and finding.lowest.total
        and finding.line.id not in without
    ]
    if not found:
        return
    label = report.summary.rubric.scale.grades[-1].label.lower()
    yield Section(
        heading=f"Criteria graded {label}",
        level=4,
        blocks=(
            Bullets(
                items=tuple(
                    Paragraph(
                        lead=f"{one.line.id} {one.line.label}:",
                        text=f"{one.lowest.total:,} of {plural(one.line.n, 'case')}: "
                        f"{cited(one.lowest)}.",
                    )
                    for one in found
                )
            ),
        ),
    )


def _unnamed(report: Report) -> Iterator[Section]:
    label = report.summary.rubric.overall_scale.grades[-1].label.lower()
    found = (
        f"There are cases graded {label}."
        if report.lowest
        else f"No audited case was graded {label}."
    )
    raised = (
        " Some are escalated, and that is not closed yet."
        if report.open_escalations
        else ""
    )
    yield Section(
        heading="Single cases",
        level=4,
        blocks=(
            Paragraph(
                text=f"{found}{raised} Single cases are not spoken of here, to protect "
                "children; the council's own report names each of them by number."
            ),
        ),
    )
