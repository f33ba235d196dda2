"""How far graders agree, in a document."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from case_audit.reports.document.evidence import (
    BESIDE,
    METHOD,
    cell_of,
    for_and_against,
    known_to,
)
from case_audit.reports.document.model import (
    Bullets,
    Cases,
    Cell,
    Evidence,
    Paragraph,
    Section,
    Table,
)
from case_audit.reports.wording import percent, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.core.moderation.agreement import Agreement, Coefficient
    from case_audit.core.selfassessment.agreeing import Agreeing
    from case_audit.core.selfassessment.report import Report
    from case_audit.reports.document.audience import Reader
    from case_audit.reports.document.model import Block

HEADING: Final = "Do graders agree?"
NOT_ESTIMABLE: Final = "not estimable"
DOUBTED: Final = "Criteria on which graders disagree"
NEVER: Final = (
    "No case was read by a second auditor, so nothing is known of how well graders "
    "agree. Grades that nobody moderates are often too generous."
)
_HUNDRED: Final = 100
_HALF: Final = Fraction(1, 2)


def agreement_sections(report: Report, reader: Reader) -> Iterator[Section]:
    """Yield how far second auditors agree, and about what they do not."""
    found = report.agreeing
    if found is None:
        yield Section(heading=HEADING, level=3, blocks=(_never(),))
        return
    blocks: list[Block] = [Bullets(items=tuple(_told(found, reader)))]
    if reader.names_cases:
        blocks.append(_table(found))
    yield Section(heading=HEADING, level=3, blocks=tuple(blocks))
    if found.doubted:
        yield Section(
            heading=DOUBTED,
            level=3,
            blocks=(
                Paragraph(
                    text="Two auditors gave these the same grade in fewer than 80% of "
                    "the cases that both graded. Read what is said of them with care.",
                    basis=BESIDE,
                ),
                Bullets(
                    items=tuple(
                        Paragraph(
                            lead=f"{one.criterion} {one.label}:",
                            text=f"the same grade in {one.same} of {one.n} cases."
                            if reader.names_cases
                            else "graders disagree about it.",
                            basis=known_to(
                                reader, for_and_against(one.apart, one.alike)
                            ),
                        )
                        for one in found.criteria
                        if one.low
                    )
                ),
            ),
        )


def _never() -> Paragraph:
    return Paragraph(text=NEVER, basis=METHOD)


def _told(found: Agreeing, reader: Reader) -> Iterator[Paragraph]:
    one = found.overall
    if not one.n:
        yield Paragraph(
            text=f"Two auditors read {plural(found.cases, 'case')}, and graded no "
            "criterion both.",
            basis=known_to(reader, for_and_against(found.numbers, ())),
        )
        return
    lists = (
        Cases(what="the same grade throughout:", numbers=found.alike),
        Cases(what="not throughout:", numbers=found.apart),
    )
    yield Paragraph(
        text=f"Two auditors read {plural(found.cases, 'case')}. Where both gave a grade, "
        f"{plural(one.n, 'time')} in all, it was the same in {_share(one.exact)}, and at "
        f"most one grade apart in {_share(one.adjacent)}.",
        basis=known_to(reader, Evidence(lists=lists)),
    )
    yield Paragraph(
        text=f"Krippendorff's alpha (ordinal) is {_number(one.alpha_ordinal)}, Gwet's "
        f"AC2 (quadratic) {_number(one.ac2)}{_band(one)}. Alpha falls where nearly all "
        "grades are alike, and AC2 flatters: read them together.",
        basis=BESIDE,
    )
    if one.shift.value is not None:
        yield Paragraph(
            text=_shift(one.shift), basis=known_to(reader, _more_generous(found))
        )


def _more_generous(found: Agreeing) -> Evidence:
    """Return the cases in which one auditor's grade was somewhere the better one."""
    return Evidence(
        lists=(
            Cases(what="the first more generous in", numbers=found.better),
            Cases(what="the second in", numbers=found.worse),
        )
    )


def _band(one: Agreement) -> str:
    return f"; at least {one.band} agreement" if one.band else ""


def _share(one: Coefficient) -> str:
    if one.value is None:
        return NOT_ESTIMABLE
    if one.lower is None or one.upper is None:
        return percent(one.value)
    return f"{percent(one.value)} ({percent(one.lower)} to {percent(one.upper)})"


def _number(one: Coefficient) -> str:
    if one.value is None:
        return NOT_ESTIMABLE
    said = hundredths(one.value)
    if one.lower is None or one.upper is None:
        return said
    return f"{said} ({hundredths(one.lower)} to {hundredths(one.upper)})"


def hundredths(value: Fraction) -> str:
    """Return a number with two digits after the point, halves away from nought."""
    size = int(abs(value) * _HUNDRED + _HALF)
    sign = "-" if value < 0 and size else ""
    return f"{sign}{size // _HUNDRED}.{size % _HUNDRED:02}"


def _shift(one: Coefficient) -> str:
    value = one.value or Fraction(0)
    how = "more generous" if value > 0 else "stricter"
    if not int(abs(value) * _HUNDRED + _HALF):
        return (
            "First auditors were neither more generous nor stricter than second ones."
        )
    between = (
        f" ({hundredths(one.lower)} to {hundredths(one.upper)})"
        if one.lower is not None and one.upper is not None
        else ""
    )
    return (
        f"First auditors were {hundredths(abs(value))} of a grade {how} than second "
        f"ones{between}."
    )


def _table(found: Agreeing) -> Table:
    return Table(
        name="Agreement",
        caption="Cases in which two auditors gave a criterion the same grade, and "
        "those in which they did not.",
        head=(
            "",
            "Same grade",
            "Both graded",
            "First more generous",
            "Cases not the same",
        ),
        rows=tuple(
            (
                Cell(
                    text=f"{one.criterion} {one.label}",
                    evidence=for_and_against(one.alike, one.apart),
                ),
                *(
                    Cell(text=f"{number:,}", value=number)
                    for number in (one.same, one.n, one.higher)
                ),
                cell_of(one.apart),
            )
            for one in found.criteria
        ),
    )
