"""A document with all there is in one, some of it hostile."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from case_audit.core.selfassessment.omissions import Shown
from case_audit.reports.document.evidence import for_and_against
from case_audit.reports.document.model import (
    Bar,
    Bullets,
    Cases,
    Cell,
    Distribution,
    Document,
    Evidence,
    Intervals,
    Mark,
    Paragraph,
    Part,
    Section,
    Table,
)

if TYPE_CHECKING:
    from case_audit.reports.document.model import Audience, Block

OFSTED = ("Outstanding", "Good", "Requires improvement to be good", "Inadequate")
MET = ("Met", "Partly met", "Not met")
SCRIPT = "<script>alert(1)</script>"
FORMULA = "=1+1"
CONTROL = "bell\x07 escape\x1b[31m nothing\x00 noncharacter\uffff surrogate\ud800"
TURNED = "left \u202eright\u202c mark\u200f"
LONG = "a" * 300
MATHS = "between $5 and $6^2"
HOSTILE = (SCRIPT, FORMULA, CONTROL, TURNED, LONG, MATHS, "@SUM(A1)", "+1", "-1 | `x`")


def a_bar(
    label: str,
    *cases: int | None,
    grades: tuple[str, ...] = OFSTED,
    strong: bool = False,
) -> Bar:
    """A row of a chart; cases by grade, best first."""
    parts = tuple(
        Part(place=place, of=len(grades), label=grade, cases=number)
        for place, (grade, number) in enumerate(zip(grades, cases, strict=True))
    )
    return Bar(label=label, parts=parts, strong=strong)


def a_mark(
    label: str, hits: int, n: int, *, group: str = "", strong: bool = False
) -> Mark:
    """A share with an interval of 20 points on either side."""
    share, side = Fraction(hits, n), Fraction(1, 5)
    low, high = max(share - side, Fraction(0)), min(share + side, Fraction(1))
    said = f"{float(share):.0%} ({float(low):.0%} to {float(high):.0%}), n = {n}"
    return Mark(
        label=label,
        estimate=share,
        lower=low,
        upper=high,
        said=said,
        group=group,
        strong=strong,
    )


def no_mark(label: str, said: str, *, group: str = "") -> Mark:
    """A share that there is not, and why."""
    return Mark(
        label=label, estimate=None, lower=None, upper=None, said=said, group=group
    )


GRADES = Distribution(
    title="Cases by grade, for the cases as a whole and each domain",
    bars=(
        a_bar("The experiences and progress of children", 2, 16, 9, 3, strong=True),
        a_bar("Assessment and analysis of need", 1, 14, 11, 4),
        a_bar("Plans that change something for the child", 0, 30, 0, 0),
        a_bar("Management oversight, supervision and challenge", 0, 0, 0, 0),
        a_bar("Partnership", None, 14, 11, None),
        a_bar("Right of return interviews", 3, 2, 1, grades=MET),
    ),
    alt="Of 30 cases 2 are outstanding, 16 good, 9 require improvement, 3 inadequate.",
)
SHARES = Intervals(
    title="Share of all cases at good or better, with its 95% interval",
    marks=(
        a_mark("The experiences and progress of children", 18, 30, strong=True),
        a_mark("Assessment and analysis of need", 15, 30),
        a_mark("Plans that change something for the child", 30, 30),
        no_mark("Management oversight", "no estimate: fewer than 2 cases"),
        no_mark("Partnership", ""),
    ),
    alt="The share is 60% (40% to 80%) for the cases as a whole.",
)
TREND = Intervals(
    title="From round to round",
    marks=(
        a_mark("Autumn 2025", 10, 30, group="Visits"),
        a_mark("Spring 2026", 15, 30, group="Visits"),
        a_mark("Autumn 2026", 24, 30, group="Visits"),
        a_mark("Autumn 2025", 20, 30, group="Supervision"),
        a_mark("Autumn 2026", 21, 30, group="Supervision"),
    ),
    alt="Visits rose from 33% to 80%; supervision from 67% to 70%.",
    joined=True,
    centre=Fraction(3, 5),
)
COUNTS = Table(
    name="Domains",
    caption="The four grades by domain, with the share of all cases",
    head=("Domain", *OFSTED, "Not applicable", "n", "Good or better (95% interval)"),
    rows=(
        (
            Cell(text="Experiences and progress", strong=True),
            *(Cell(text=str(n), value=n) for n in (2, 16, 9, 3, 0, 30)),
            Cell(text="60% (42% to 76%)", value=Fraction(3, 5), percent=True),
        ),
        (
            Cell(text="Partnership"),
            Cell(text="c"),
            *(Cell(text=str(n), value=n) for n in (14, 11)),
            Cell(text="c"),
            *(Cell(text=str(n), value=n) for n in (2, 28)),
            Cell(text="67% (40% to 83%)", value=Fraction(2, 3), percent=True),
        ),
    ),
    notes=("Not applicable counts apart.", "c: hidden to protect children."),
)
NASTY = Table(
    name=r"=a[b]:c*d?e/f\g'" + "h" * 40,
    caption=f"Hostile {SCRIPT}",
    head=("=head", TURNED),
    rows=tuple((Cell(text=text), Cell(text=text)) for text in HOSTILE),
)


def a_document(
    *blocks: Block,
    audience: Audience = "internal",
    practice: bool = True,
    title: str = "Self-assessment: children in need, spring 2026",
) -> Document:
    """A document; without blocks, one with all there is and nothing hostile."""
    doc = Document(
        title=title,
        subtitle=(
            "Borrowmere, 31 March 2026",
            "Our own view from case audit; it is not an Ofsted judgement.",
        ),
        audience=audience,
        practice=practice,
        sections=SECTIONS if audience == "internal" else tuple(map(outside, SECTIONS)),
        shown=Shown(),
    )
    if blocks:
        one = Section(heading="What do you know?", level=2, blocks=blocks)
        doc = replace(doc, sections=(one,))
    return doc


def outside(section: Section) -> Section:
    """The same section for readers who may not be told of cases."""

    def without(one: Paragraph) -> Paragraph:
        cites = isinstance(one.basis, Evidence)
        return replace(one, basis="withheld") if cites else one

    return replace(
        section,
        blocks=tuple(
            replace(block, items=tuple(map(without, block.items)))
            if isinstance(block, Bullets)
            else without(block)
            if isinstance(block, Paragraph)
            else block
            for block in section.blocks
        ),
    )


def a_hostile_document() -> Document:
    """A document whose every text tries something."""
    items = tuple(
        Paragraph(
            text=text,
            basis=Evidence(lists=(Cases(what=text, numbers=(1,), of=text),)),
            lead=text,
            changed=True,
        )
        for text in HOSTILE
    )
    blocks: tuple[Block, ...] = (
        *items,
        Bullets(items=items),
        NASTY,
        replace(NASTY, name=NASTY.name.upper()),
        Distribution(
            title=SCRIPT, bars=tuple(a_bar(t, 1, 2, 3, 4) for t in HOSTILE), alt=CONTROL
        ),
        Intervals(
            title=MATHS, marks=tuple(a_mark(t, 1, 2) for t in HOSTILE), alt=SCRIPT
        ),
    )
    doc = a_document(*blocks, title=f"{SCRIPT} {CONTROL}")
    return replace(doc, subtitle=HOSTILE)


SECTIONS = (
    Section(
        heading="What do you know about the quality and impact of practice?",
        level=2,
        blocks=(
            Paragraph(
                text="Between 42% and 76% of the 300 cases are good or better (n = 30).",
                lead="Overall.",
                basis=for_and_against((3, 7, 12), (9,)),
            ),
            GRADES,
            SHARES,
        ),
        key="know",
    ),
    Section(
        heading="Strengths",
        level=3,
        blocks=(
            Bullets(
                items=(
                    Paragraph(
                        text="Children are seen alone.",
                        basis=for_and_against((1, 2), ()),
                    ),
                    Paragraph(
                        text="Plans are clear in 20 of 30 cases.",
                        basis="own words",
                        changed=True,
                    ),
                )
            ),
            COUNTS,
        ),
    ),
    Section(
        heading="How do you know it?",
        level=2,
        blocks=(
            TREND,
            Paragraph(text="30 of 300 cases were drawn at random."),
            Table(
                name="Method",
                caption="How the cases were drawn",
                head=("What", "How"),
                rows=(
                    (Cell(text="Design"), Cell(text="simple random sample")),
                    (Cell(text="Seed"), Cell(text="0123456789abcdef" * 4)),
                ),
            ),
        ),
    ),
    Section(heading="A level too deep", level=4, blocks=()),
    Section(
        heading="What are your plans for the next 12 months?",
        level=2,
        blocks=(Paragraph(text="The plan stands in the actions."),),
        key="plans",
    ),
)
