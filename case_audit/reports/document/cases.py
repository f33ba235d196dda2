"""Single cases in a document: the lowest grades, what limits decided, what is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from case_audit.core.rubric.model import YES_NO_SCALE
from case_audit.reports.document.evidence import (
    BESIDE,
    SHOWN,
    WITHHELD,
    cited,
    for_and_against,
)
from case_audit.reports.document.model import (
    Bullets,
    Cases,
    Evidence,
    Paragraph,
    Section,
)
from case_audit.reports.rules_words import escalation_words
from case_audit.reports.summary_cases import case_sections
from case_audit.reports.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.core.selfassessment.findings import Finding
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
            Paragraph(
                lead=f"{about[:1].upper()}{about[1:]}:",
                text=said,
                basis=_named(*numbers) if numbers else BESIDE,
            )
            for about, said, numbers in told[:MOST_TOLD]
        )
        blocks: tuple[Block, ...] = (Bullets(items=items),)
        if len(told) > MOST_TOLD:
            more = f"And {len(told) - MOST_TOLD:,} more."
            blocks = (*blocks, Paragraph(text=more, basis=BESIDE))
        yield Section(heading=heading, level=4, blocks=blocks)


def _named(*numbers: int) -> Evidence:
    """Return cases that a sentence names itself."""
    return Evidence(lists=(Cases(what=SHOWN, numbers=numbers),), said=True)


def _escalated(report: Report) -> Iterator[Section]:
    """Yield every escalation that is open, and how many are closed."""
    found = report.escalations
    if not found:
        return
    closed = [one.number for one in found if not one.open]
    items = tuple(
        Paragraph(
            lead=f"Case {one.number}:",
            text=f"{escalation_words(one.level)}. {one.because}",
            basis=_named(one.number),
        )
        for one in report.open_escalations
    )
    said = (
        f"{plural(len(items), 'escalation is', 'escalations are')} open, "
        f"{len(closed)} closed."
    )
    lists = (
        Cases(what="open:", numbers=tuple(o.number for o in report.open_escalations)),
        Cases(what="closed:", numbers=tuple(closed)),
    )
    blocks: tuple[Block, ...] = (Paragraph(text=said, basis=Evidence(lists=lists)),)
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
            basis=_named(case.number),
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
                "else is left out.",
                basis=BESIDE,
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
        and finding.cases.lowest
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
                        text=f"{len(one.cases.lowest):,} of "
                        f"{plural(one.line.n, 'case')}: {cited(one.cases.lowest)}.",
                        basis=_lowest_among(one),
                    )
                    for one in found
                )
            ),
        ),
    )


def _lowest_among(one: Finding) -> Evidence:
    """Return the cases at the lowest grade, which are named, and the others."""
    lowest = one.cases.lowest
    graded = (*one.cases.met, *one.cases.missed)
    return for_and_against(lowest, sorted({*graded} - {*lowest}), said=True)


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
                "children; the council's own report names each of them by number.",
                basis=WITHHELD,
            ),
        ),
    )
