"""What a document is made of, without a word on how it looks.

The self-assessment is put together once, from these parts; Markdown, HTML, Word and a
workbook each write the same parts. All text is plain: whoever writes a part escapes it
for the page it goes to.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from fractions import Fraction

    from case_audit.core.selfassessment.omissions import Shown

Audience = Literal["internal", "shareable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A sentence or several, and the cases they rest on.

    Attributes:
        text: The sentences.
        support: The cases that show it, in words: ``cases 3, 7 and 12``; empty where
            it rests on all cases or on none.
        against: The cases that speak against it, likewise.
        lead: A few words that stand out before the text; may be empty.
        changed: Whether a number in it has changed since the text was written.
    """

    text: str
    support: str = ""
    against: str = ""
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
    """

    text: str
    value: int | Fraction | None = None
    percent: bool = False
    strong: bool = False
    heat: Literal[0, 1, 2, 3, 4] = 0


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
    """

    name: str
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()


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
class Document:
    """A self-assessment, ready to be written.

    Attributes:
        title: Its title.
        subtitle: Whose it is, of when, and what it is not, in a line each.
        audience: ``internal``, or ``shareable`` once small numbers are hidden.
        practice: Whether everything in it is invented.
        sections: From the first question to the annex.
        shown: What it shows of what must not be left out.
    """

    title: str
    subtitle: tuple[str, ...]
    audience: Audience
    practice: bool
    sections: tuple[Section, ...]
    shown: Shown = field(compare=False)

    @property
    def tables(self) -> tuple[Table, ...]:
        """Its tables, in order."""
        return tuple(
            block
            for section in self.sections
            for block in section.blocks
            if isinstance(block, Table)
        )
