"""How we know it: the draw, the graders, the limits, and what was left to others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from case_audit.core.selfassessment.claims import WORDS
from case_audit.core.selfassessment.published import FIRST, FRAMEWORK, ILACS, LAST
from case_audit.reports.document.asked import asked_points
from case_audit.reports.document.model import Bullets, Cell, Paragraph, Section, Table
from case_audit.reports.statements import method_of
from case_audit.reports.wording import earlier_audits, long_date, percent, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.core.frame.quality import Finding
    from case_audit.core.rubric.scale import Scale
    from case_audit.core.selfassessment.model import DrawFacts, Summary
    from case_audit.core.selfassessment.published import Published
    from case_audit.core.selfassessment.report import Report
    from case_audit.reports.document.audience import Reader

LONGEST_NAME: Final = 60
"""Characters of a round's name that fit into a command to type."""


def method_bullets(summary: Summary, reader: Reader) -> Bullets:
    """Return how the cases were drawn and graded, point by point."""
    points = _points(summary, reader)
    return Bullets(items=tuple(Paragraph(text=text) for text in points))


def fault_section(report: Report, reader: Reader) -> Iterator[Section]:
    """Yield what is missing, impossible or double in the list that was drawn from."""
    if not report.faults:
        return
    items = tuple(
        Paragraph(
            text=f"{one.what}: {_count(one)}." if reader.names_cases else one.what
        )
        for one in report.faults
    )
    yield Section(
        heading="Faults of the list",
        level=3,
        blocks=(
            Paragraph(
                text="Who is not on the list cannot be drawn, and what is wrong on it is "
                "wrong here too. A look at the list found:"
            ),
            Bullets(items=items),
        ),
    )


def _count(one: Finding) -> str:
    return f"{one.count:,} of {one.of:,}" if one.of else f"{one.count:,}"


def _points(summary: Summary, reader: Reader) -> Iterator[str]:
    facts, rubric = summary.facts, summary.rubric
    yield (
        earlier_audits(summary)
        if facts.imported
        else f"We audited {summary.submitted} of {plural(summary.drawn, 'drawn case')}, "
        f"from a frame of {plural(summary.population, 'case')} on "
        f"{long_date(facts.as_at)}, {drawn_how(facts)}."
    )
    if facts.claim:
        yield facts.claim
    yield (
        f"Every case was {_used(summary)} {rubric.title}, version {rubric.version}, "
        f"framework {rubric.framework.name}, by {plural(facts.auditors, 'auditor')}."
    )
    yield f"Intervals: {method_of(summary)}."
    yield from asked_points(summary, reader)
    if overruled := len(summary.overruled) + summary.overruled_more:
        yield (
            f"Auditors overruled {plural(overruled, 'computed grade')}, "
            "each with a reason on file; both grades are kept."
        )


def drawn_how(facts: DrawFacts) -> str:
    """Return how cases were drawn, as the end of a sentence."""
    if facts.imported:
        return facts.stated
    if facts.purpose == "targeted":
        return "picked for a reason and not by chance"
    if facts.design == "simple":
        return "drawn by simple random sampling without replacement"
    if facts.design == "stratified":
        return (
            "drawn by stratified random sampling without replacement, by "
            f"{', '.join(facts.strata_by)}"
        )
    return f"drawn by {facts.design} sampling"


def _used(summary: Summary) -> str:
    nothing = all(criterion.in_words for criterion in summary.rubric.criteria())
    return "audited with" if nothing else "graded against"


def annex(summary: Summary, reader: Reader) -> Iterator[Section]:
    """Yield the annex: what someone needs who wants to check every number."""
    yield Section(
        heading="Annex: how to check this",
        level=2,
        blocks=(
            Paragraph(
                text="These audits were imported: there is no draw to check, only the "
                "audits on file."
                if summary.facts.imported
                else "Everything here can be derived again from the frame, the seed and "
                "the audits on file."
            ),
            Table(
                name="The draw",
                caption="What is known of the draw."
                if summary.facts.imported
                else "What fixes the draw.",
                head=("", "Value"),
                rows=tuple(
                    (Cell(text=name), Cell(text=value))
                    for name, value in _fixed(summary)
                ),
            ),
            *((_population(summary),) if reader.sees_teams else ()),
        ),
    )
    yield Section(
        heading="Words and what they stand for",
        level=3,
        blocks=(_ladder(), *(_rule(text) for text in RULES)),
    )
    if summary.rubric.framework.id == FRAMEWORK:
        yield _beside(summary)


RULES: Final = (
    (
        "A word is said only where it holds for the whole interval; where the interval spans "
        "several words, the first and the last are said. An interval 30 points wide or more "
        "is called indicative only, and fewer than ten graded cases are counted and not "
        "spoken of further."
    ),
    (
        "A criterion is called a strength where the whole interval lies at 60% or above, and "
        "something to improve where it lies below 60%; where it reaches to both sides, "
        "neither is said. The limit is our own choice."
    ),
    (
        "Not applicable, not evidenced and not yet assessed are no grades. They enter no "
        "share and stand apart."
    ),
)


def _rule(text: str) -> Paragraph:
    return Paragraph(text=text)


def _fixed(summary: Summary) -> Iterator[tuple[str, str]]:
    facts = summary.facts
    yield "Round", facts.name
    if facts.imported:
        yield "Cases there were", f"{summary.population:,}, as far as known"
        yield "Design", drawn_how(facts)
        yield (
            "Rubric",
            (
                f"{summary.rubric.id} {summary.rubric.version}, text "
                f"{summary.rubric_digest}"
            ),
        )
        return
    yield "Frame", f"{summary.population:,} cases on {long_date(facts.as_at)}"
    yield "Digest of the frame (SHA-256)", facts.frame_digest
    yield "Design", drawn_how(facts)
    yield "Algorithm", facts.algorithm
    yield "Seed", facts.seed
    yield "How the seed was made", facts.seed_mode
    yield "Draw from this frame", str(facts.draw_number)
    yield (
        "Rubric",
        f"{summary.rubric.id} {summary.rubric.version}, text {summary.rubric_digest}",
    )
    name = facts.name if len(facts.name) <= LONGEST_NAME else "ROUND"
    yield "To draw again, write the record to a file", _command(name)
    yield "and verify it", "case-audit verify draw.json"


def _command(name: str) -> str:
    return f'case-audit round show "{name}" --manifest > draw.json'


def _population(summary: Summary) -> Table:
    facts = summary.facts
    numbers = [
        (name, population, facts.drawn.get(name, 0))
        for name, population in facts.populations.items()
    ]
    return Table(
        name="Strata",
        caption="Cases of the frame, and cases drawn.",
        head=("Stratum", "In the frame", "Drawn"),
        rows=tuple(
            (
                Cell(text="All cases" if len(numbers) == 1 else name),
                Cell(text=f"{population:,}", value=population),
                Cell(text=f"{drawn:,}", value=drawn),
            )
            for name, population, drawn in numbers
        ),
    )


def _ladder() -> Table:
    return Table(
        name="Words",
        caption="The words for shares, after those that inspection reports use. Ofsted "
        "publishes no table of them: the limits are our own.",
        head=("Word", "From"),
        rows=tuple(
            (
                Cell(text=word),
                Cell(text=percent(least), value=least, percent=True),
            )
            for word, least in WORDS
        ),
    )


def _beside(summary: Summary) -> Section:
    scale = summary.rubric.overall_scale
    areas = {area.id: area for area in summary.rubric.framework.areas}
    rows = tuple(
        _published(areas[one.area].short, one, scale)
        for one in ILACS
        if one.area in areas and set(one.counts) == set(scale.ids)
    )
    return Section(
        heading="What Ofsted has published of other authorities",
        level=3,
        blocks=(
            Paragraph(
                text="As context and not as a yardstick: a judgement on an authority is "
                "not a grade of a case, and no share of cases makes a judgement. How "
                "case grades go with judgements has never been published."
            ),
            Table(
                name="Published judgements",
                caption=f"Judgements of 259 ILACS inspections reported between "
                f"{long_date(FIRST)} and {long_date(LAST)}, counted from Ofsted's "
                "reports (Open Government Licence v3.0).",
                head=("", *(g.label for g in scale.grades[::-1]), "Inspections"),
                rows=rows,
                notes=tuple(
                    f"{areas[one.area].short}: {one.note}."
                    for one in ILACS
                    if one.note and one.area in areas
                ),
            ),
        ),
    )


def _published(label: str, one: Published, scale: Scale) -> tuple[Cell, ...]:
    return (
        Cell(text=label),
        *(
            Cell(text=str(one.counts[g]), value=one.counts[g])
            for g in reversed(scale.ids)
        ),
        Cell(text=str(one.inspections), value=one.inspections),
    )
