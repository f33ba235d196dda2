"""The summary for a terminal of 80 columns; it needs no colour."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from case_audit.reports.statements import method_of, statements
from case_audit.reports.wording import interval, long_date, plural
from case_audit.security.text_gate import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.core.rubric.scale import Grade
    from case_audit.core.selfassessment.model import AreaLines, Line, Summary

WIDTH = 78
"""Columns, so that a scroll bar still fits beside it."""
LABEL = 23
LONGEST_NAME = 35
"""Characters of a round's name that fit into a command on one line."""
BAR = 50
"""Columns of the longest bar."""


def summary_text(summary: Summary) -> str:
    """Return the summary as text of at most 80 columns, with a final line feed."""
    lines = [
        *_head(summary),
        *_areas(summary),
        "",
        "What this sample can say",
        *_bullets(statements(summary)),
        *_limited(summary),
        *_overruled(summary),
        "",
        "What it cannot say",
        *_bullets(summary.limits),
        "",
        *_paragraph(f"Intervals: {method_of(summary)}."),
        "Check the draw:",
        f"  case-audit round show {_argument(summary.facts.name)} --manifest > draw.json",
        "  case-audit verify draw.json",
    ]
    return "\n".join(one_line(line).rstrip() for line in lines) + "\n"


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
    how = (
        "at random" if facts.design == "simple" else f"by {', '.join(facts.strata_by)}"
    )
    yield from wrap(
        f"Frame of {plural(summary.population, 'case')} on {long_date(facts.as_at)}, "
        f"{summary.drawn} drawn {how}, {facts.seed_mode} seed",
        WIDTH,
    )
    begun = f", {facts.begun} begun" if facts.begun else ""
    left = summary.drawn - summary.submitted - facts.begun
    missing = f", {left} not started" if left else ""
    people = f", by {plural(facts.auditors, 'person', 'people')}"
    yield (
        f"Audited {summary.submitted} of {summary.drawn}{begun}{missing}"
        f"{people if facts.auditors else ''}"
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
    yield _columns(summary)
    yield from _row(summary, area.line, "All audited cases", indent=0)
    yield from _bar(summary, area.line)
    for domain in area.domains:
        yield ""
        yield from _row(summary, domain.line, domain.line.label, indent=0)
        for line in domain.criteria:
            yield from _row(summary, line, f"{line.id} {line.label}", indent=2)


def _columns(summary: Summary) -> str:
    heads = "".join(f"{g.short:>{_wide(g)}}" for g in _worst_first(summary))
    return f"{'':{LABEL}}{heads} n/a n/e   n  good or better"


def _worst_first(summary: Summary) -> tuple[Grade, ...]:
    return summary.rubric.scale.grades[::-1]


def _wide(grade: Grade) -> int:
    return max(len(grade.short) + 1, 5)


def _row(summary: Summary, line: Line, label: str, *, indent: int) -> Iterator[str]:
    first, *rest = wrap(
        label, LABEL - 1, initial_indent=" " * indent, subsequent_indent=" " * 4
    )
    counts = "".join(
        f" {line.counts[g.id]:>{_wide(g) - 1}}" for g in _worst_first(summary)
    )
    share = line.good_or_better
    said = _short_interval(line) if share else "no estimate"
    yield (
        f"{first:{LABEL}}{counts} {line.not_applicable:>3} {line.not_evidenced:>3}"
        f" {line.n:>3}  {said}"
    )
    yield from rest


def _short_interval(line: Line) -> str:
    return interval(line.good_or_better) if line.good_or_better else ""


def _bar(summary: Summary, line: Line) -> Iterator[str]:
    if not line.n:
        return
    grades = [g for g in _worst_first(summary) if line.counts[g.id]]
    size = min(1.0, BAR / line.n)
    blocks = (g.glyph * max(1, round(line.counts[g.id] * size)) for g in grades)
    yield f"{'':{LABEL}}  {' '.join(blocks)}"


def _limited(summary: Summary) -> Iterator[str]:
    if not summary.limited:
        return
    yield ""
    yield "Cases decided by a limiting rule"
    yield from _bullets(
        f"case {case.number}: {case.because}" for case in summary.limited
    )


def _overruled(summary: Summary) -> Iterator[str]:
    if not summary.overruled:
        return
    labels = {g.id: g.label.lower() for g in summary.rubric.scale.grades} | {
        "": "no grade"
    }
    yield ""
    yield "Grades that an auditor overruled, with a reason on file"
    yield from _bullets(
        f"case {found.number}, {found.subject}: computed {labels[found.computed]}, "
        f"stands as {labels[found.standing]}"
        for found in summary.overruled
    )


def _bullets(sentences: Iterator[str] | tuple[str, ...]) -> Iterator[str]:
    for sentence in sentences:
        yield from wrap(
            sentence, WIDTH, initial_indent="  - ", subsequent_indent="    "
        )


def _paragraph(text: str) -> list[str]:
    return wrap(text, WIDTH)
