"""The summary of a round as charts: the pages of the app's summary screen."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from case_audit.core.rubric.crosswalk import YES
from case_audit.reports import charts
from case_audit.reports.carried import carried
from case_audit.reports.feedback_words import HEADING, asked_lines
from case_audit.reports.statements import method_of, statements
from case_audit.reports.summary_cases import (
    OWN_BANDS,
    OWN_BANDS_MEANT,
    case_sections,
    rated,
)
from case_audit.reports.summary_rows import blocks, level_notes
from case_audit.reports.wording import earlier_audits, long_date, plural, taken
from case_audit.security.text_gate import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from case_audit.core.rubric.scale import Scale
    from case_audit.core.selfassessment.model import Line, Summary
    from case_audit.core.selfassessment.trend import Trend
    from case_audit.reports.summary_rows import Block, Row

NARROWEST, WIDEST = 14, 56
"""Columns of a chart, at least and at most."""
INDENT: Final = "  "
NOTHING_YET: Final = (
    "No audit is submitted yet, so there is nothing to count. Esc goes back to open a "
    "case; there press c to check it and s to submit it. Each counts here from then on."
)
APART: Final = "n/a not applicable, n/e not evidenced, not yet: not submitted"
NO_TREND: Final = (
    "There is no earlier round to compare with. A trend needs another round of the same "
    "cohort, drawn at random, that asks at least one question in the same words."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something on a page of the summary: lines that stand together.

    Attributes:
        lines: The lines; none is empty.
        part: Which part of the rubric it belongs to, from 0; -1 for the cases as a
            whole and for none.
        heading: Whether it only stands above others.
    """

    lines: tuple[str, ...]
    part: int = -1
    heading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How charts are laid out.

    Attributes:
        width: Columns there are, from 40.
        words: Whether sentences stand in place of charts.
    """

    width: int
    words: bool = False

    @property
    def chart(self) -> int:
        """Columns of a chart."""
        return max(NARROWEST, min(WIDEST, self.width * 2 // 5))


def whole_page(summary: Summary, look: Look) -> tuple[str, ...]:
    """Return the lines of the first page: the round, its cases, what can be said."""
    lines = [*_head(summary, look)]
    if not summary.submitted:
        lines += ["", *wrap(NOTHING_YET, look.width)]
        return tuple(map(one_line, lines))
    for note in level_notes(summary.rubric):
        lines += ["", *wrap(note, look.width)]
    wholes = [block for block in _blocks(summary) if block[0].level == "area"]
    if wholes:
        meant = () if look.words else (*_meant(wholes, look), axis_line(look))
        lines += ["", *meant]
    for block in wholes:
        lines += _chart(summary, block[0], look)
    lines += ["", "What this sample can say", *_bullets(statements(summary), look)]
    if summary.ratings:
        lines += ["", OWN_BANDS, *_bullets((OWN_BANDS_MEANT,), look)]
        for domain, criteria in rated(summary):
            lines += _bullets((domain, *(one.text for one in criteria)), look)
    for heading, told in case_sections(summary):
        said = tuple(f"{about}: {what}" for about, what, _ in told)
        lines += ["", *wrap(heading, look.width), *_bullets(said, look)]
    return tuple(map(one_line, lines))


def _head(summary: Summary, look: Look) -> Iterator[str]:
    facts, rubric = summary.facts, summary.rubric
    if facts.imported:
        yield from wrap(earlier_audits(summary), look.width)
        return
    how = taken(facts)
    begun = f", {facts.begun} begun" if facts.begun else ""
    people = f", by {plural(facts.auditors, 'person', 'people')}"
    yield from wrap(
        f"Audited {summary.submitted} of {summary.drawn} drawn {how}{begun}"
        f"{people if facts.auditors else ''}; frame of "
        f"{plural(summary.population, 'case')} on {long_date(facts.as_at)}; rubric "
        f"{rubric.id} {rubric.version}, framework {rubric.framework.name}.",
        look.width,
    )


def domain_page(summary: Summary, look: Look) -> tuple[Entry, ...]:
    """Return the cases as a whole and every domain, each with its chart."""
    return tuple(
        _entry(summary, block[0], look, part=part)
        for part, block in enumerate(_blocks(summary))
    )


def criterion_page(
    summary: Summary, look: Look, *, part: int = -1
) -> tuple[Entry, ...]:
    """Return every criterion under its domain, or those of one part alone.

    Args:
        summary: The round.
        look: How it is laid out.
        part: Of an entry of :func:`domain_page`; -1 for all.
    """
    found: list[Entry] = []
    for number, block in enumerate(_blocks(summary)):
        if block[0].level == "area" or part not in (-1, number):
            continue
        head = tuple(map(one_line, wrap(block[0].label, look.width)))
        found.append(Entry(lines=head, part=number, heading=True))
        found += [_entry(summary, row, look, part=number) for row in block[1:]]
    return tuple(found)


def limits_page(summary: Summary, look: Look) -> tuple[str, ...]:
    """Return what the numbers cannot say, and how the intervals were made."""
    told = tuple(asked_lines(summary))
    lines = [
        *((HEADING, *_bullets(told, look), "") if told else ()),
        "What this round cannot say",
        *_bullets(summary.limits, look),
        "",
        *wrap(f"Intervals: {method_of(summary)}.", look.width),
        "",
        *wrap(
            "This belongs to the numbers: copy it with them. The summary is internal, "
            "it speaks of single cases by number. As a text, a document or for a "
            "program: case-audit summary. Check the draw: case-audit round show "
            "--manifest, then case-audit verify.",
            look.width,
        ),
    ]
    return tuple(map(one_line, lines))


def legend(summary: Summary, look: Look) -> tuple[str, ...]:
    """Return what letters and short words mean, for every scale that is graded on."""
    return () if look.words else tuple(_meant(_blocks(summary), look))


def _meant(shown: Sequence[Block], look: Look) -> Iterator[str]:
    scales: dict[str, Scale] = {}
    for block in shown:
        for row in block:
            if row.line is not None and row.line.scale is not None:
                scales.setdefault(row.line.scale.id, row.line.scale)
    for scale in scales.values():
        yield from wrap(one_line(charts.key(scale)), look.width)
    yield from wrap(APART, look.width)


def axis_line(look: Look) -> str:
    """Return the line above charts that numbers their axis."""
    numbers = f"{INDENT}{charts.axis(look.chart)}"
    meant = f"  {charts.LOW}{charts.POINT}{charts.HIGH} all cases, with interval"
    return numbers + meant if len(numbers + meant) <= look.width else numbers


# Trends


def trend_page(trends: Sequence[Trend], look: Look) -> tuple[Entry, ...]:
    """Return the criteria that can be compared, each with a chart for each round.

    Args:
        trends: This round against each earlier one, the earliest first.
        look: How it is laid out.
    """
    found = [
        entry
        for line in _compared(trends)
        if (entry := _by_round(trends, line, look)) is not None
    ]
    changes = [line for said in carried(trends) for line in wrap(said, look.width)]
    head = _care(look) if found else wrap(NO_TREND, look.width)
    return (Entry(lines=tuple(map(one_line, [*head, *changes])), heading=True), *found)


def _compared(trends: Sequence[Trend]) -> list[Line]:
    """Return the later round's criteria that some earlier round can be held against."""
    lines: dict[str, Line] = {}
    for trend in trends:
        for line in trend.with_ease(YES):
            lines.setdefault(line.new[0].id, line.new[0])
    every = trends[-1].new.rubric.criteria() if trends else ()
    return [lines[c.id] for c in every if c.id in lines]


def _by_round(trends: Sequence[Trend], now: Line, look: Look) -> Entry | None:
    rows: list[tuple[str, Line, str]] = []
    for trend in trends:
        for line in trend.with_ease(YES):
            if line.new[0].id == now.id:
                word = trend.seen(line)
                seen = f", now {word}" if word in ("higher", "lower") else ""
                rows.append((trend.old.facts.name, line.old[0], seen))
    rows.append((trends[-1].new.facts.name, now, ""))
    if now.scale is None or all(line.good_or_better is None for _, line, _ in rows):
        return None
    lines = [*wrap(f"{now.id} {now.label}", look.width)]
    for name, one, seen in rows:
        lines += _in_round(one_line(name), one, seen, look)
    return Entry(lines=tuple(map(one_line, lines)))


def _in_round(name: str, line: Line, seen: str, look: Look) -> Iterator[str]:
    share = line.good_or_better
    if look.words or share is None:
        said = f"{name}: {charts.interval_words(line).removesuffix('.')}{seen}."
        yield from wrap(
            said, look.width, initial_indent=INDENT, subsequent_indent=INDENT * 2
        )
        return
    yield from _beside(
        charts.interval_bar(share, width=look.chart),
        f"{name}: {charts.short_share(share)}{seen}",
        look,
    )


def _care(look: Look) -> list[str]:
    return wrap(
        "Share of all cases at the benchmark or better, by round. Now higher or now lower "
        "is said only of more than chance would show; elsewhere it may have risen, "
        "fallen or stayed. No number here says why.",
        look.width,
    )


# Rows


def _blocks(summary: Summary) -> list[Block]:
    if not summary.submitted:
        return []
    return [block for area in summary.areas for block in blocks(summary, area)]


def _entry(summary: Summary, row: Row, look: Look, *, part: int) -> Entry:
    return Entry(
        lines=tuple(map(one_line, _chart(summary, row, look))),
        part=part,
        heading=row.line is None and row.level != "domain",
    )


def _chart(summary: Summary, row: Row, look: Look) -> Iterator[str]:
    line, not_yet = row.line, summary.drawn - summary.submitted
    if line is None:
        yield from wrap(row.label, look.width)
        return
    if look.words:
        yield from wrap(row.label, look.width)
        for said in (
            charts.distribution_words(line, not_yet=not_yet),
            charts.interval_words(line),
        ):
            yield from wrap(
                said, look.width, initial_indent=INDENT, subsequent_indent=INDENT
            )
        return
    yield from _labelled(row.label, charts.apart(line, not_yet=not_yet), look)
    bar = charts.bar(line, width=look.chart)
    yield from _beside(bar, charts.counts(line), look)
    if line.scale is not None:
        share = line.good_or_better
        mark = charts.interval_bar(share, width=look.chart) if share else ""
        yield from _beside(mark, charts.share_said(line), look)


def _labelled(label: str, beside: str, look: Look) -> Iterator[str]:
    """Yield a label with something at the right edge, or below it."""
    label = one_line(label)
    gap = look.width - len(label) - len(beside)
    if gap > 1:
        yield f"{label}{' ' * gap}{beside}"
        return
    yield from wrap(label, look.width)
    yield f"{beside:>{look.width}}"


def _beside(chart: str, said: str, look: Look) -> Iterator[str]:
    """Yield a chart with its figures beside it, or below where there is no room."""
    room = look.width - len(INDENT) - look.chart - 2
    first, *rest = wrap(said, room) or [""]
    if rest and (not chart or len(chart) > look.chart or len(rest) > 1):
        if chart:
            yield f"{INDENT}{chart}"
        yield from wrap(
            said, look.width, initial_indent=INDENT, subsequent_indent=INDENT
        )
        return
    if not chart and said:
        yield f"{INDENT}{said}"
        return
    yield f"{INDENT}{chart:<{look.chart}}  {first}"
    for more in rest:
        yield f"{INDENT}{'':{look.chart}}  {more}"


def _bullets(sentences: Sequence[str], look: Look) -> Iterator[str]:
    for sentence in sentences:
        yield from wrap(
            sentence, look.width, initial_indent="  - ", subsequent_indent="    "
        )
