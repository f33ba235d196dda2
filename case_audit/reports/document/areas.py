"""The numbers of a judgement area: charts to look at, tables to look things up in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from case_audit.reports.document.evidence import METHOD, by_grade, known_in, rows_of
from case_audit.reports.document.lines import (
    bar_of,
    count_cells,
    count_heads,
    mark_of,
    share_cells,
)
from case_audit.reports.document.model import (
    Cell,
    Distribution,
    Intervals,
    Paragraph,
    Section,
    Table,
)
from case_audit.reports.summary_rows import at_benchmark, blocks, level_notes
from case_audit.reports.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from case_audit.core.rubric.scale import Scale
    from case_audit.core.selfassessment.model import AreaLines, Line
    from case_audit.core.selfassessment.report import Report
    from case_audit.reports.document.audience import Reader
    from case_audit.reports.document.lines import Numbers
    from case_audit.reports.document.model import Block
    from case_audit.reports.summary_rows import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A row of an area's tables.

    Attributes:
        label: What stands before the numbers; an agency with its question.
        line: Its numbers; ``None`` for the name of a domain that has none.
        scale: The scale of the table it is in; ``None`` for answers in words.
        domain: The domain it is in; empty for domains and the cases as a whole.
    """

    label: str
    line: Line | None
    scale: Scale | None
    domain: str

    @property
    def strong(self) -> bool:
        return not self.domain


def area_section(
    report: Report,
    area: AreaLines,
    reader: Reader,
    *,
    without: frozenset[str] = frozenset(),
) -> Section:
    """Return the charts and tables of a judgement area.

    Args:
        report: The round.
        area: One that it speaks to.
        reader: Decides which numbers are shown.
        without: Domains and criteria that are left out.
    """
    summary = report.summary
    rows = [row for block in blocks(summary, area) for row in block]
    every = [
        one for one in _told(rows) if one.line is None or one.line.id not in without
    ]
    told: list[Block] = [
        Paragraph(text=note, basis=METHOD) for note in level_notes(summary.rubric)
    ]
    for scale in dict.fromkeys(one.scale for one in every):
        same = [one for one in every if one.scale == scale]
        if not any(one.line for one in same):
            continue
        if scale is None:
            told.append(_in_words(area, same, report, reader))
            continue
        told += _charts(area, scale, same, reader)
        told.append(_table(area, scale, same, report, reader))
    return Section(heading=area.area.label, level=3, blocks=tuple(told))


def _told(rows: Sequence[Row]) -> Iterator[_Told]:
    question = domain = ""
    for place, row in enumerate(rows):
        inside = row.level in ("criterion", "agency")
        if row.level == "domain":
            domain = row.label
        if row.line is None and inside:
            question = row.label
            continue
        label = f"{question}, {row.label}" if row.level == "agency" else row.label
        yield _Told(
            label=label,
            line=row.line,
            scale=_scale(rows[place:]),
            domain=domain if inside else "",
        )


def _scale(rows: Sequence[Row]) -> Scale | None:
    """Return the scale of a row; a heading has that of the next row."""
    return next((row.line.scale for row in rows if row.line is not None), None)


def _charts(
    area: AreaLines, scale: Scale, rows: Sequence[_Told], reader: Reader
) -> Iterator[Block]:
    numbers = [(one, reader.numbers(one.line)) for one in rows if one.line]
    heads = [(one, n) for one, n in numbers if one.strong]
    below = [(one, n) for one, n in numbers if not one.strong]
    bars = heads or below
    yield Distribution(
        title=f"{area.area.short}: audited cases by grade",
        bars=tuple(bar_of(one.label, n, strong=one.strong) for one, n in bars),
        alt=f"A bar for each of {plural(len(bars), 'row')} of the table below, with "
        "the same numbers: how many audited cases are at each grade.",
    )
    for what, some in (("", heads), (", by criterion", below)):
        if some:
            yield _intervals(area, scale, some, what)


def _intervals(
    area: AreaLines, scale: Scale, some: Sequence[tuple[_Told, Numbers]], what: str
) -> Intervals:
    return Intervals(
        title=f"{area.area.short}: share of all cases {at_benchmark(scale)}, with 95% "
        f"interval{what}",
        marks=tuple(
            mark_of(one.label, n, group=one.domain, strong=one.strong)
            for one, n in some
        ),
        alt=f"A point with its interval for each of {plural(len(some), 'row')} of the "
        "table below, with the same numbers.",
    )


def _table(
    area: AreaLines,
    scale: Scale,
    rows: Sequence[_Told],
    report: Report,
    reader: Reader,
) -> Table:
    heads = count_heads(scale)
    return Table(
        name=_name(area.area.short, scale, rows),
        caption=f"{area.area.label}: audited cases at each grade, each apart, and the "
        f"share of all cases {at_benchmark(scale)} with its 95% interval.",
        head=("", *heads),
        rows=tuple(_row(one, report, reader, width=len(heads)) for one in rows),
        ground=rows_of(reader),
    )


def _label(one: _Told, report: Report, reader: Reader) -> Cell:
    """Return the name of a row, with the cases at each grade behind it."""
    evidence = by_grade(report.cases(one.line)) if one.line else None
    return Cell(
        text=one.label,
        strong=one.strong,
        evidence=known_in(reader, evidence) if evidence else None,
    )


def _row(one: _Told, report: Report, reader: Reader, *, width: int) -> tuple[Cell, ...]:
    label = _label(one, report, reader)
    if one.line is None:
        return (label, *[Cell(text="")] * width)
    found = reader.numbers(one.line)
    return (label, *count_cells(found), *share_cells(found))


def _name(short: str, scale: Scale, rows: Sequence[_Told]) -> str:
    graded = any(one.strong and one.line for one in rows)
    return short if graded else f"{short}, {scale.id}"


def _in_words(
    area: AreaLines, rows: Sequence[_Told], report: Report, reader: Reader
) -> Table:
    return Table(
        name=f"{area.area.short}, in words",
        caption="Questions answered in words: in how many cases something is written.",
        head=("", "Written", "Not applicable", "Not evidenced", "Left out"),
        rows=tuple(_words_row(one, report, reader) for one in rows),
        ground=rows_of(reader),
    )


def _words_row(one: _Told, report: Report, reader: Reader) -> tuple[Cell, ...]:
    label, line = _label(one, report, reader), one.line
    if line is None:
        return (label, *[Cell(text="")] * 4)
    numbers = (line.written, line.not_applicable, line.not_evidenced, line.ungraded)
    return (label, *(Cell(text=f"{n:,}", value=n) for n in numbers))
