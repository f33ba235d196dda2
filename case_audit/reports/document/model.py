"""What a document is made of, without a word on how it looks.

The self-assessment is put together once, from these parts; Markdown, HTML, Word and a
workbook each write the same parts. All text is plain: whoever writes a part escapes it
for the page it goes to.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from case_audit.core.selfassessment.omissions import Shown

Audience = Literal["internal", "shareable"]
Ground = Literal["method", "beside", "actions", "own words", "withheld"]
"""What a statement rests on that cites no case. ``method``: the draw, the population, the
statistics or how to read; the record of the draw shows it. ``beside``: what stands next
to it with its own cases. ``actions``: the actions on file. ``own words``: whoever wrote
it. ``withheld``: cases that the reader may not be told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases:
    """Cases that have one thing to do with a statement.

    Attributes:
        what: What that is, in words that their numbers can follow: ``shown by``,
            ``against it:``.
        numbers: Their numbers in the round, rising, all of them; there may be none.
        of: The round or group that they are of, where a statement is about two.
    """

    what: str
    numbers: tuple[int, ...]
    of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The cases behind a statement about practice, and those against it.

    Attributes:
        lists: The cases, list by list; those of one round or group stand together.
        said: Whether the statement names its cases itself, so that they are not
            printed once more.
    """

    lists: tuple[Cases, ...]
    said: bool = False

    @property
    def empty(self) -> bool:
        """Whether there is no case at all."""
        return not any(one.numbers for one in self.lists)


Basis = Evidence | Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A sentence or several, and what they rest on.

    Attributes:
        text: The sentences.
        basis: The cases, or what else it rests on; ``None`` is a statement that nobody
            can check, and no document may hold one.
        lead: A few words that stand out before the text; may be empty.
        changed: Whether a number in it has changed since the text was written.
    """

    text: str
    basis: Basis | None = None
    lead: str = ""
    changed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    """Paragraphs as a list; at least one."""

    items: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a table.

    Attributes:
        text: What is read.
        value: The number behind it, for a workbook; ``None`` for words, and for a
            number that is hidden to protect children.
        percent: Whether the value is a share from 0 to 1.
        strong: Whether it stands out, as the name of a domain does.
        heat: How dark it is shaded, 1 to 4; 0 for not at all. The text says the same.
        evidence: The cases behind it, or in a first cell behind its row.
    """

    text: str
    value: int | Fraction | None = None
    percent: bool = False
    strong: bool = False
    heat: Literal[0, 1, 2, 3, 4] = 0
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    r"""A table with one row of headings.

    Attributes:
        name: Short and unique in the document, for a sheet's name: at most 31
            characters, none of ``[]:*?/\\``.
        caption: What it shows, in a sentence.
        head: Headings of the columns; the first column names the rows.
        rows: Each with as many cells as there are headings.
        notes: Sentences that belong below it.
        ground: What it rests on where its rows cite no cases; ``None`` where they do.
    """

    name: str
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    ground: Ground | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a bar: the cases at a grade.

    Attributes:
        place: Place of the grade on its scale, 0 for the best; decides pattern and
            shade, the same in every chart.
        of: Grades on the scale.
        label: The grade's name.
        cases: Cases at it; ``None`` where hidden.
    """

    place: int
    of: int
    label: str
    cases: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """The cases of one row by grade, best first.

    Attributes:
        label: What the row is about.
        parts: Every grade of the scale.
        strong: Whether it stands out, as a domain does.
    """

    label: str
    parts: tuple[Part, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A share with its interval.

    Attributes:
        label: What it is about.
        estimate: From 0 to 1; ``None`` where there is none.
        lower: Lower bound, 0 to 1.
        upper: Upper bound, 0 to 1.
        said: The figures in words: ``60% (42% to 76%), n = 30``.
        group: Marks of one group stand in one small chart; empty where all stand in
            one.
        strong: Whether it stands out.
    """

    label: str
    estimate: Fraction | None
    lower: Fraction | None
    upper: Fraction | None
    said: str
    group: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """A chart of bars: how many cases are at each grade.

    Attributes:
        title: What it shows.
        bars: From top to bottom.
        alt: All that it shows, in sentences.
    """

    title: str
    bars: tuple[Bar, ...]
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervals:
    """A chart of shares with their intervals, on an axis from 0 to 100%.

    Attributes:
        title: What it shows.
        marks: From top to bottom; those of a group stand together.
        alt: All that it shows, in sentences.
        joined: Whether the marks of a group are points of time, joined by a line.
        centre: A line across, from 0 to 1; ``None`` for none.
    """

    title: str
    marks: tuple[Mark, ...]
    alt: str
    joined: bool = False
    centre: Fraction | None = None


Block = Paragraph | Bullets | Table | Distribution | Intervals


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with what stands below it.

    Attributes:
        heading: The heading.
        level: 2 for one of the three questions, 3 and 4 below.
        blocks: What stands below it.
        key: Names the section for the lead's own text, for example ``know``; empty
            where none can be added.
    """

    heading: str
    level: Literal[2, 3, 4]
    blocks: tuple[Block, ...]
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A statement of a document.

    Attributes:
        section: The heading it stands under.
        text: The statement; of a row or cell, what names it.
        basis: What it rests on; ``None`` for nothing.
    """

    section: str
    text: str
    basis: Basis | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A self-assessment, ready to be written.

    Attributes:
        title: Its title.
        subtitle: Whose it is, of when, and what it is not, in a line each.
        audience: ``internal``, or ``shareable`` once small numbers are hidden.
        practice: Whether everything in it is invented.
        sections: From the first question to the annex.
        shown: What it shows of what must not be left out.

    Raises:
        ValueError: If it is shareable and cites a case.
    """

    title: str
    subtitle: tuple[str, ...]
    audience: Audience
    practice: bool
    sections: tuple[Section, ...]
    shown: Shown = field(compare=False)

    def __post_init__(self) -> None:
        cites = [o.section for o in self.stated() if isinstance(o.basis, Evidence)]
        if cites and self.audience == "shareable":
            msg = f"a shareable document cites cases under {cites[0]!r}"
            raise ValueError(msg)

    def stated(self) -> Iterator[Stated]:
        """Yield every statement with what it rests on; charts show what tables say."""
        for section in self.sections:
            for block in section.blocks:
                match block:
                    case Paragraph():
                        yield _stated(section, block)
                    case Bullets(items=items):
                        yield from (_stated(section, item) for item in items)
                    case Table():
                        yield from _rows(section, block)
                    case Distribution() | Intervals():
                        continue

    @property
    def tables(self) -> tuple[Table, ...]:
        """Its tables, in order."""
        return tuple(
            block
            for section in self.sections
            for block in section.blocks
            if isinstance(block, Table)
        )


def _stated(section: Section, one: Paragraph) -> Stated:
    text = f"{one.lead} {one.text}" if one.lead else one.text
    return Stated(section=section.heading, text=text, basis=one.basis)


def _rows(section: Section, table: Table) -> Iterator[Stated]:
    """Yield the rows of a table that say something, or cells with cases of their own."""
    if table.ground is not None:
        yield Stated(section=section.heading, text=table.caption, basis=table.ground)
    for name, *cells in table.rows:
        cited: list[tuple[str, Basis | None]] = [
            (f"{name.text}, {head}" if head else name.text, cell.evidence)
            for head, cell in zip(("", *table.head[1:]), (name, *cells), strict=True)
            if cell.evidence is not None
        ]
        if not cited and table.ground is None and any(cell.text for cell in cells):
            cited = [(name.text, None)]
        for text, evidence in cited:
            yield Stated(section=section.heading, text=text, basis=evidence)
