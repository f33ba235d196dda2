"""The summary for a terminal of 80 columns; it needs no colour."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from case_audit.reports.feedback_words import HEADING, asked_lines
from case_audit.reports.questions import QUESTIONS
from case_audit.reports.statements import method_of, statements
from case_audit.reports.summary_cases import (
    OWN_BANDS,
    OWN_BANDS_MEANT,
    case_sections,
    rated,
)
from case_audit.reports.summary_rows import blocks, level_notes
from case_audit.reports.summary_table import WIDTH, block_lines
from case_audit.reports.wording import earlier_audits, long_date, plural, taken
from case_audit.security.text_gate import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.core.selfassessment.model import AreaLines, Summary

LONGEST_NAME = 35
"""Characters of a round's name that fit into a command on one line."""


def summary_text(summary: Summary) -> str:
    """Return the summary as text of at most 80 columns, with a final line feed."""
    lines = [
        *_head(summary),
        "",
        *_question(0),
        *_areas(summary),
        "",
        "What this sample can say",
        *_bullets(statements(summary)),
        *_rated(summary),
        *_cases(summary),
        "",
        *_question(1),
        "",
        *_asked(summary),
        "What it cannot say",
        *_bullets(summary.limits),
        "",
        *_paragraph(f"Intervals: {method_of(summary)}."),
        *_check(summary),
        "",
        *_question(2),
        *_next(summary),
    ]
    return "\n".join(one_line(line).rstrip() for line in lines) + "\n"


def _question(number: int) -> list[str]:
    return wrap(f"{number + 1}. {QUESTIONS[number]}", WIDTH, subsequent_indent="   ")


def _asked(summary: Summary) -> Iterator[str]:
    """Yield whom the audits asked, where the rubric asks that, and an empty line."""
    if told := tuple(asked_lines(summary)):
        yield HEADING
        yield from _bullets(told)
        yield ""


def _next(summary: Summary) -> Iterator[str]:
    """Yield where the plan stands, and where all of it is put together."""
    name = _argument(summary.facts.name)
    yield "What is to be done and what is to be raised, and how far it is:"
    yield f"  case-audit actions list --round {name}"
    yield f"  case-audit escalations list --round {name}"
    yield "All of it as a document, with strengths, weaknesses, teams and change:"
    yield f"  case-audit summary {name} --format docx"


def _check(summary: Summary) -> Iterator[str]:
    if summary.facts.imported:
        yield "These audits were imported: there is no draw to check."
        return
    yield "Check the draw:"
    name = _argument(summary.facts.name)
    yield f"  case-audit round show {name} --manifest > draw.json"
    yield "  case-audit verify draw.json"


def _argument(name: str) -> str:
    """Return a round's name to type; its place where it is no simple name."""
    simple = all(c.isalnum() or c in " .,-_/" for c in name)
    return f'"{name}"' if simple and len(name) <= LONGEST_NAME else "ROUND"


def _head(summary: Summary) -> Iterator[str]:
    facts, rubric = summary.facts, summary.rubric
    kind = f"{facts.kind} data, internal"
    name = one_line(facts.name)
    if len(name) + len(kind) + 2 <= WIDTH:
        yield f"{name}{kind:>{WIDTH - len(name)}}"
    else:
        yield from wrap(name, WIDTH)
        yield kind
    yield from wrap(
        f"Framework {rubric.framework.name}, rubric {rubric.id} {rubric.version} "
        f"({summary.rubric_digest[:8]})",
        WIDTH,
    )
    if facts.imported:
        yield from wrap(earlier_audits(summary), WIDTH)
        return
    how = f"by {', '.join(facts.strata_by)}" if facts.strata_by else taken(facts)
    yield from wrap(
        f"Frame of {plural(summary.population, 'case')} on {long_date(facts.as_at)}, "
        f"{summary.drawn} drawn {how}, {facts.seed_mode} seed",
        WIDTH,
    )
    begun = f", {facts.begun} begun" if facts.begun else ""
    left = summary.drawn - summary.submitted - facts.begun
    missing = f", {left} not started" if left else ""
    people = f", by {plural(facts.auditors, 'person', 'people')}"
    twice = f", {facts.read_twice} read twice" if facts.read_twice else ""
    yield from wrap(
        f"Audited {summary.submitted} of {summary.drawn}{begun}{missing}"
        f"{people if facts.auditors else ''}{twice}",
        WIDTH,
    )


def _areas(summary: Summary) -> Iterator[str]:
    if not summary.submitted:
        yield ""
        yield from wrap(
            "No audit is submitted yet, so there is nothing to count. Audit cases with "
            "`case-audit audit`; each counts here once it is submitted.",
            WIDTH,
        )
        return
    for area in summary.areas:
        yield from _area(summary, area)


def _area(summary: Summary, area: AreaLines) -> Iterator[str]:
    if area.line is None:
        return
    yield ""
    yield from wrap(area.area.label, WIDTH)
    for note in level_notes(summary.rubric):
        yield from (*wrap(note, WIDTH), "")
    columns = None
    for number, block in enumerate(blocks(summary, area)):
        if number:
            yield ""
        lines, columns = block_lines(block, columns)
        yield from lines


def _rated(summary: Summary) -> Iterator[str]:
    if not summary.ratings:
        return
    yield ""
    yield OWN_BANDS
    yield from wrap(OWN_BANDS_MEANT, WIDTH, initial_indent="  ", subsequent_indent="  ")
    for domain, criteria in rated(summary):
        yield from _bullets((domain,))
        for sentence in criteria:
            yield from wrap(
                sentence.text,
                WIDTH,
                initial_indent="    - ",
                subsequent_indent="      ",
            )


def _cases(summary: Summary) -> Iterator[str]:
    for heading, told in case_sections(summary):
        yield ""
        yield from wrap(heading, WIDTH)
        yield from _bullets(tuple(f"{about}: {said}" for about, said, _ in told))


def _bullets(sentences: Iterator[str] | tuple[str, ...]) -> Iterator[str]:
    for sentence in sentences:
        yield from wrap(
            sentence, WIDTH, initial_indent="  - ", subsequent_indent="    "
        )


def _paragraph(text: str) -> list[str]:
    return wrap(text, WIDTH)
