"""The summary as Markdown, under the three questions of Ofsted's self-evaluation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from case_audit.reports.statements import method_of, statements
from case_audit.reports.wording import interval, long_date, plural
from case_audit.security.text_gate import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.core.selfassessment.model import AreaLines, Line, Summary

QUESTIONS = (
    "What do you know about the quality and impact of social work practice?",
    "How do you know it?",
    "What are your plans for the next 12 months to maintain or improve practice?",
)

WEAKEST = 5
"""Criteria proposed for the plan."""

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|!~&:@]|(?<=www)\.)", re.IGNORECASE)


def summary_markdown(summary: Summary) -> str:
    """Return the summary as Markdown, with a final line feed."""
    lines = [
        f"# Self-assessment: {literal(summary.facts.name)}",
        "",
        (
            f"*{summary.facts.kind.capitalize()} data, internal. This is our own view from "
            "case audit; it is not an Ofsted judgement.*"
        ),
        "",
        f"## {QUESTIONS[0]}",
        "",
        *(f"- {literal(sentence)}" for sentence in statements(summary)),
        *(line for area in summary.areas for line in _area(summary, area)),
        *_limited(summary),
        "",
        f"## {QUESTIONS[1]}",
        "",
        *_how(summary),
        "",
        "### What the numbers cannot say",
        "",
        *(f"- {literal(sentence)}" for sentence in summary.limits),
        "",
        f"## {QUESTIONS[2]}",
        "",
        *_plan(summary),
    ]
    return "\n".join(lines) + "\n"


def literal(text: str) -> str:
    """Return text that Markdown shows as it is, visibly and on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(one_line(text).split()))


def _area(summary: Summary, area: AreaLines) -> Iterator[str]:
    if area.line is None:
        return
    yield ""
    yield f"### {literal(area.area.label)}"
    yield ""
    heads = [g.label for g in reversed(summary.rubric.scale.grades)]
    columns = [
        "",
        *heads,
        "Not applicable",
        "Not evidenced",
        "n",
        "Good or better (95% interval)",
    ]
    yield _cells(columns)
    yield _cells(["---", *["---:" for _ in columns[1:]]])
    yield _row(summary, area.line, "**All audited cases**")
    for domain in area.domains:
        yield _row(summary, domain.line, f"**{literal(domain.line.label)}**")
        for line in domain.criteria:
            yield _row(summary, line, f"{line.id} {literal(line.label)}")


def _row(summary: Summary, line: Line, label: str) -> str:
    share = line.good_or_better
    return _cells(
        [
            label,
            *(str(line.counts[g.id]) for g in reversed(summary.rubric.scale.grades)),
            str(line.not_applicable),
            str(line.not_evidenced),
            str(line.n),
            interval(share) if share else f"no estimate: {line.why_not}",
        ]
    )


def _cells(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _limited(summary: Summary) -> Iterator[str]:
    if not summary.limited:
        return
    yield ""
    yield "### Cases decided by a limiting rule"
    yield ""
    for case in summary.limited:
        yield f"- Case {case.number}: {literal(case.because)}"


def _how(summary: Summary) -> Iterator[str]:
    facts, rubric = summary.facts, summary.rubric
    how = (
        "simple random sampling without replacement"
        if facts.design == "simple"
        else "stratified random sampling without replacement, in proportion, by "
        + literal(", ".join(facts.strata_by))
    )
    yield (
        f"- We audited {summary.submitted} of {plural(summary.drawn, 'drawn case')}, from "
        f"a frame of {plural(summary.population, 'case')} on {long_date(facts.as_at)}, "
        f"drawn by {how}."
    )
    yield (
        f"- The draw can be repeated by anyone: algorithm `{facts.algorithm}`, seed "
        f"`{facts.seed}`, frame digest `{facts.frame_digest}`, draw {facts.draw_number} "
        "from this frame."
    )
    yield (
        f"- Every case was graded against {literal(rubric.title)}, version "
        f"{rubric.version}, framework {rubric.framework.name}, text digest "
        f"`{summary.rubric_digest}`, by {plural(facts.auditors, 'auditor')}."
    )
    yield f"- Intervals: {method_of(summary)}."
    if summary.overruled:
        yield (
            f"- Auditors overruled {plural(len(summary.overruled), 'computed grade')}, "
            "each with a reason on file; both grades are kept."
        )


def _plan(summary: Summary) -> Iterator[str]:
    yield (
        "The criteria where the fewest audited cases are good or better come first. "
        "Write what will be done, by whom, by when, and when it will be audited again."
    )
    yield ""
    yield _cells(
        ["Criterion", "Good or better", "Action", "Who", "By when", "Re-audit"]
    )
    yield _cells(["---"] * 6)
    for line in _weakest(summary):
        share = line.good_or_better
        said = interval(share) if share else ""
        yield _cells([f"{line.id} {literal(line.label)}", said, "", "", "", ""])


def _weakest(summary: Summary) -> list[Line]:
    lines = [
        line
        for area in summary.areas
        for domain in area.domains
        for line in domain.criteria
        if line.good_or_better is not None
    ]
    return sorted(
        lines, key=lambda line: line.good_or_better.raw if line.good_or_better else 0
    )[:WEAKEST]
