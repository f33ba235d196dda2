"""How far graders agree, in a document."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from case_audit.reports.document.model import Bullets, Cell, Paragraph, Section, Table
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
        yield Section(heading=HEADING, level=3, blocks=(Paragraph(text=NEVER),))
        return
    blocks: list[Block] = [Bullets(items=tuple(_told(found)))]
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
                    "the cases that both graded. Read what is said of them with care."
                ),
                Bullets(
                    items=tuple(
                        Paragraph(
                            lead=f"{one.criterion} {one.label}:",
                            text=f"the same grade in {one.same} of {one.n} cases."
                            if reader.names_cases
                            else "graders disagree about it.",
                        )
                        for one in found.criteria
                        if one.low
                    )
                ),
            ),
        )


def _told(found: Agreeing) -> Iterator[Paragraph]:
    one = found.overall
    if not one.n:
        yield Paragraph(
            text=f"Two auditors read {plural(found.cases, 'case')}, and graded no "
            "criterion both."
        )
        return
    yield Paragraph(
        text=f"Two auditors read {plural(found.cases, 'case')}. Where both gave a grade, "
        f"{plural(one.n, 'time')} in all, it was the same in {_share(one.exact)}, and at "
        f"most one grade apart in {_share(one.adjacent)}."
    )
    yield Paragraph(
        text=f"Krippendorff's alpha (ordinal) is {_number(one.alpha_ordinal)}, Gwet's "
        f"AC2 (quadratic) {_number(one.ac2)}{_band(one)}. Alpha falls where nearly all "
        "grades are alike, and AC2 flatters: read them together."
    )
    if one.shift.value is not None:
        yield Paragraph(text=_shift(one.shift))


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
        caption="Cases in which two auditors gave a criterion the same grade.",
        head=("", "Same grade", "Both graded", "First more generous"),
        rows=tuple(
            (
                Cell(text=f"{one.criterion} {one.label}"),
                *(
                    Cell(text=f"{number:,}", value=number)
                    for number in (one.same, one.n, one.higher)
                ),
            )
            for one in found.criteria
        ),
    )
