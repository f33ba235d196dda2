"""The summary as Markdown, under the three questions of Ofsted's self-evaluation."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from case_audit.reports.markdown import cells, literal
from case_audit.reports.statements import method_of, statements
from case_audit.reports.summary_cases import (
    OVERRULED,
    OWN_BANDS,
    OWN_BANDS_MEANT,
    case_sections,
    rated,
)
from case_audit.reports.summary_rows import (
    at_benchmark,
    blocks,
    in_order,
    level_notes,
)
from case_audit.reports.wording import interval, long_date, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.core.rubric.scale import Scale
    from case_audit.core.selfassessment.model import AreaLines, DrawFacts, Line, Summary
    from case_audit.reports.summary_rows import Row

QUESTIONS = (
    "What do you know about the quality and impact of social work practice?",
    "How do you know it?",
    "What are your plans for the next 12 months to maintain or improve practice?",
)

PLAN = "Write what will be done, by whom, by when, and when it will be audited again."
WEAKEST = 5
"""Criteria proposed for the plan."""


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
        *_rated(summary),
        *_cases(summary),
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


def _area(summary: Summary, area: AreaLines) -> Iterator[str]:
    if area.line is None:
        return
    yield ""
    yield f"### {literal(area.area.label)}"
    for note in level_notes(summary.rubric):
        yield ""
        yield literal(note)
    rows = [row for block in blocks(summary, area) for row in block]
    for scale, together in groupby(_with_scales(rows), key=lambda found: found[0]):
        yield ""
        yield from _table(scale, [row for _, row in together])


def _with_scales(rows: list[Row]) -> Iterator[tuple[Scale | None, Row]]:
    """Yield each row with the scale of its table; a heading has that of the next."""
    scale: Scale | None = None
    found: list[tuple[Scale | None, Row]] = []
    for row in reversed(rows):
        if row.line is not None:
            scale = row.line.scale
        found.append((scale, row))
    yield from reversed(found)


def _table(scale: Scale | None, rows: list[Row]) -> Iterator[str]:
    if scale is None:
        columns = ["", "Written", "Not applicable", "Not evidenced", "Left"]
    else:
        share = at_benchmark(scale)
        columns = [
            "",
            *(literal(grade.label) for grade in in_order(scale)),
            "Not applicable",
            "Not evidenced",
            "n",
            literal(f"{share[:1].upper()}{share[1:]} (95% interval)"),
        ]
    yield cells(columns)
    yield cells(["---", *["---:" for _ in columns[1:]]])
    for row in rows:
        yield _row(row, len(columns))


def _row(row: Row, columns: int) -> str:
    label = _label(row)
    line = row.line
    if line is None:
        return cells([label, *[""] * (columns - 1)])
    apart = [str(line.not_applicable), str(line.not_evidenced)]
    if line.scale is None:
        return cells([label, str(line.written), *apart, str(line.ungraded)])
    share = line.good_or_better
    return cells(
        [
            label,
            *(str(line.counts[grade.id]) for grade in in_order(line.scale)),
            *apart,
            str(line.n),
            interval(share) if share else f"no estimate: {line.why_not}",
        ]
    )


def _label(row: Row) -> str:
    if row.level in ("area", "domain"):
        return f"**{literal(row.label)}**"
    label = literal(row.label)
    return f"– {label}" if row.level == "agency" else label


def _rated(summary: Summary) -> Iterator[str]:
    if not summary.ratings:
        return
    yield ""
    yield f"### {OWN_BANDS}"
    yield ""
    yield OWN_BANDS_MEANT
    yield ""
    for domain, criteria in rated(summary):
        yield f"- {literal(domain)}"
        yield from (f"    - {literal(sentence)}" for sentence in criteria)


def _cases(summary: Summary) -> Iterator[str]:
    for heading, told in case_sections(summary):
        if heading == OVERRULED:
            continue
        yield ""
        yield f"### {heading}"
        yield ""
        for about, said in told:
            head = about.replace("case", "Case", 1) if about[:5] == "case " else about
            yield f"- {literal(head)}: {literal(said)}"


def _how(summary: Summary) -> Iterator[str]:
    facts, rubric = summary.facts, summary.rubric
    yield (
        f"- We audited {summary.submitted} of {plural(summary.drawn, 'drawn case')}, from "
        f"a frame of {plural(summary.population, 'case')} on {long_date(facts.as_at)}, "
        f"{_drawn_how(facts)}."
    )
    yield (
        f"- The draw can be repeated by anyone: algorithm `{facts.algorithm}`, seed "
        f"`{facts.seed}`, frame digest `{facts.frame_digest}`, draw {facts.draw_number} "
        "from this frame."
    )
    if facts.claim:
        yield f"- {literal(facts.claim)}"
        yield (
            "- The certificate of the draw holds the list, the design, the seed and "
            f'what happened since: `case-audit round certificate "{literal(facts.name)}"`.'
        )
    yield (
        f"- Every case was {_used(summary)} {literal(rubric.title)}, version "
        f"{rubric.version}, framework {rubric.framework.name}, text digest "
        f"`{summary.rubric_digest}`, by {plural(facts.auditors, 'auditor')}."
    )
    yield f"- Intervals: {method_of(summary)}."
    if summary.overruled:
        yield (
            f"- Auditors overruled {plural(len(summary.overruled), 'computed grade')}, "
            "each with a reason on file; both grades are kept."
        )


def _drawn_how(facts: DrawFacts) -> str:
    if facts.purpose == "targeted":
        return "picked for a reason and not by chance"
    if facts.design == "simple":
        return "drawn by simple random sampling without replacement"
    if facts.design == "stratified":
        return (
            "drawn by stratified random sampling without replacement, in proportion, "
            f"by {literal(', '.join(facts.strata_by))}"
        )
    return f"drawn by {facts.design} sampling"


def _used(summary: Summary) -> str:
    nothing = all(criterion.in_words for criterion in summary.rubric.criteria())
    return "audited with" if nothing else "graded against"


def _plan(summary: Summary) -> Iterator[str]:
    weakest = _weakest(summary)
    scales = dict.fromkeys(at_benchmark(line.scale) for line in weakest if line.scale)
    share = ", or ".join(scales)
    if share:
        own = at_benchmark(summary.rubric.scale)
        first = (
            f"The criteria where the fewest audited cases are {share} come first."
            if share == own
            else f"The criteria that the fewest audited cases meet ({share}) come first."
        )
        yield f"{literal(first)} {PLAN}"
    else:
        yield PLAN
    yield ""
    head = f"{share[:1].upper()}{share[1:]}" or "What was found"
    yield cells(["Criterion", literal(head), "Action", "Who", "By when", "Re-audit"])
    yield cells(["---"] * 6)
    for line in weakest:
        said = interval(line.good_or_better) if line.good_or_better else ""
        yield cells([f"{line.id} {literal(line.label)}", said, "", "", "", ""])
    if not weakest:
        yield cells([""] * 6)


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
