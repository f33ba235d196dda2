"""Puts a self-assessment together, under the three questions that Ofsted asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from case_audit.core.frame.cohorts import cohort
from case_audit.core.selfassessment.disclosure import DFE
from case_audit.core.selfassessment.omissions import Shown
from case_audit.reports.document.agreement import agreement_sections
from case_audit.reports.document.areas import area_section
from case_audit.reports.document.asked import asked_section
from case_audit.reports.document.audience import Internal
from case_audit.reports.document.cases import case_part
from case_audit.reports.document.change import change_section
from case_audit.reports.document.evidence import (
    BESIDE,
    METHOD,
    WITHHELD,
    for_and_against,
    known_to,
    section_about,
)
from case_audit.reports.document.findings import (
    claim_sentence,
    finding_sections,
    finding_sentence,
)
from case_audit.reports.document.groups import group_sections, heat_map, tag_section
from case_audit.reports.document.method import annex, fault_section, method_bullets
from case_audit.reports.document.model import Bullets, Document, Paragraph, Section
from case_audit.reports.document.own_words import with_own_words
from case_audit.reports.document.plan import plan_section
from case_audit.reports.document.run import run_section
from case_audit.reports.questions import QUESTIONS
from case_audit.reports.statements import stated
from case_audit.reports.summary_cases import OWN_BANDS, OWN_BANDS_MEANT, rated
from case_audit.reports.wording import long_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.core.selfassessment.model import Summary
    from case_audit.core.selfassessment.report import Report
    from case_audit.reports.document.audience import Reader
    from case_audit.reports.document.model import Basis, Block
    from case_audit.reports.statements import Statement

OWN_VIEW: Final = "This is our own view from case audit; it is not an Ofsted judgement."
INTERNAL: Final = Internal()
SMALL_NUMBERS: Final = DFE.said


def document(
    report: Report, reader: Reader = INTERNAL, *, without: frozenset[str] = frozenset()
) -> Document:
    """Return a self-assessment as a document.

    Args:
        report: What it can say.
        reader: Who it is for.
        without: Domains and criteria that are left out; a domain takes its criteria
            along. What must not be left out is looked for in the result, by
            :func:`case_audit.core.selfassessment.omissions.omissions`.
    """
    summary = report.summary
    gone = _with_criteria(summary, without)
    facts = summary.facts
    return Document(
        title=f"Self-assessment: {facts.name}",
        subtitle=(
            f"{cohort(facts.cohort).plural} on {long_date(facts.as_at)}",
            OWN_VIEW,
        ),
        audience=reader.audience,
        practice=facts.kind == "practice",
        sections=tuple(
            with_own_words(_sections(report, reader, gone), report.narrative)
        ),
        shown=_shown(report, gone),
    )


def _sections(
    report: Report, reader: Reader, gone: frozenset[str]
) -> Iterator[Section]:
    yield from _know(report, reader, gone)
    yield from _how(report, reader)
    yield plan_section(QUESTIONS[2], report, reader, without=gone)
    for section in annex(report.summary, reader):
        yield section_about(METHOD, section)


def _with_criteria(summary: Summary, without: frozenset[str]) -> frozenset[str]:
    inside = {
        line.id
        for area in summary.areas
        for domain in area.domains
        if domain.line.id in without
        for line in domain.criteria
    }
    return without | inside


def _shown(report: Report, gone: frozenset[str]) -> Shown:
    lines = {
        line.id
        for area in report.summary.areas
        for domain in area.domains
        for line in (domain.line, *domain.criteria)
    }
    return Shown(
        subjects=frozenset(lines - gone),
        lowest=frozenset(case.number for case in report.lowest),
        escalated=frozenset(one.number for one in report.open_escalations),
        doubted=(report.agreeing.doubted if report.agreeing else frozenset()) - gone,
    )


def _know(report: Report, reader: Reader, gone: frozenset[str]) -> Iterator[Section]:
    summary = report.summary
    said = tuple(_said(report, reader))
    yield Section(
        heading=QUESTIONS[0],
        level=2,
        key="know",
        blocks=(Bullets(items=said),) if said else (),
    )
    findings = {found.area.id: found for found in report.areas}
    for area in summary.areas:
        if area.line is None:
            continue
        yield area_section(report, area, reader, without=gone)
        yield from finding_sections(findings[area.area.id], reader, without=gone)
    yield from _own_bands(report, reader)
    yield from case_part(report, reader, without=gone)
    yield from heat_map(report, reader, without=gone)
    yield from group_sections(report, reader)
    yield from tag_section(report, reader)
    yield change_section(report, reader, without=gone)
    yield from run_section(report, reader)


def _said(report: Report, reader: Reader) -> Iterator[Paragraph]:
    """Yield what can be said of all cases, most important first.

    The claim in words stands with the cases that show it and those against it.
    """
    wholes = [area.whole for area in report.areas if area.whole]
    if reader.names_cases:
        for said in stated(report.summary):
            yield Paragraph(text=said.text, basis=_shown_by(said, report))
    else:
        yield Paragraph(text=SMALL_NUMBERS, basis=METHOD)
        for one in wholes:
            yield Paragraph(text=finding_sentence(one, reader), basis=WITHHELD)
    for one in wholes:
        if text := claim_sentence(one, reader):
            evidence = for_and_against(one.cases.met, one.cases.missed)
            yield Paragraph(text=text, basis=known_to(reader, evidence))


def _shown_by(said: Statement, report: Report) -> Basis:
    """Return the cases that show a sentence, and those with another grade."""
    if said.line is None or said.line.scale is None:
        return BESIDE if said.again else METHOD
    found, others = report.cases(said.line), {*said.line.scale.ids} - {*said.grades}
    return for_and_against(found.at(said.grades), found.at(others))


def _how(report: Report, reader: Reader) -> Iterator[Section]:
    summary = report.summary
    points = Section(
        heading=QUESTIONS[1],
        level=2,
        key="how",
        blocks=(method_bullets(summary, reader),),
    )
    yield section_about(METHOD, points)
    yield from asked_section(report, reader)
    yield from agreement_sections(report, reader)
    for section in fault_section(report, reader):
        yield section_about(METHOD, section)
    limits = (Paragraph(text=text, basis=METHOD) for text in summary.limits)
    yield Section(
        heading="What the numbers cannot say",
        level=3,
        blocks=(Bullets(items=tuple(limits)),),
    )


def _own_bands(report: Report, reader: Reader) -> Iterator[Section]:
    """Yield what the framework's own bands make of the round, where it has some.

    They are of the audited cases as they are, with their counts, and so for the
    council itself.
    """
    if not report.summary.ratings or not reader.names_cases:
        return
    blocks: list[Block] = [Paragraph(text=OWN_BANDS_MEANT, basis=METHOD)]
    for domain, criteria in rated(report.summary):
        items = tuple(
            Paragraph(text=one.text, basis=_shown_by(one, report)) for one in criteria
        )
        blocks += [Paragraph(text=domain, basis=BESIDE), Bullets(items=items)]
    yield Section(heading=OWN_BANDS, level=3, blocks=tuple(blocks))
