"""What a round found, in sentences that name their cases and those against them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from case_audit.core.selfassessment.claims import (
    BETWEEN,
    COUNTS,
    INDICATIVE,
    KNOWN,
    NOTHING,
    PLAIN,
)
from case_audit.core.selfassessment.findings import IMPROVE, STRENGTH, UNCLEAR
from case_audit.reports.document.evidence import (
    BESIDE,
    cell_of,
    for_and_against,
    known_in,
    known_to,
    rows_of,
)
from case_audit.reports.document.lines import share_words
from case_audit.reports.document.model import (
    Bullets,
    Cell,
    Paragraph,
    Section,
    Table,
)
from case_audit.reports.summary_rows import at_benchmark
from case_audit.reports.wording import interval, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from case_audit.core.selfassessment.findings import (
        AreaFindings,
        Finding,
        Kind,
    )
    from case_audit.core.selfassessment.model import Line
    from case_audit.reports.document.audience import Reader
    from case_audit.reports.document.model import Block

HEADINGS: Final[dict[Kind, str]] = {
    STRENGTH: "Strengths",
    IMPROVE: "What needs to improve",
    UNCLEAR: "What this sample leaves open",
}
INTRODUCED: Final[dict[Kind, str]] = {
    STRENGTH: "Even at the lower end of the interval, at least 60% of all cases are at "
    "the benchmark or better.",
    IMPROVE: "Even at the upper end of the interval, fewer than 60% of all cases are at "
    "the benchmark or better.",
    UNCLEAR: "The interval reaches to both sides of 60%, or there are fewer than ten "
    "graded cases. Neither a strength nor a weakness may be claimed.",
}
SIDES: Final = ("Shown by cases", "Cases against it")
NOTHING_FOUND: Final[dict[Kind, str]] = {
    STRENGTH: "No domain or criterion is surely at the benchmark in at least 60% of all cases. That "
    "is not to say that nothing is good: this sample cannot show it.",
    IMPROVE: "No domain or criterion surely falls short of the benchmark in more than 40% of all "
    "cases. That is not to say that all is well: this sample cannot show it.",
    UNCLEAR: "",
}


def finding_sections(
    area: AreaFindings, reader: Reader, *, without: frozenset[str] = frozenset()
) -> Iterator[Section]:
    """Yield strengths, what needs to improve, and what is left open.

    Args:
        area: The judgement area.
        reader: Decides which numbers and cases are named.
        without: Criteria that are left out.
    """
    kinds: tuple[tuple[Kind, str], ...] = (
        (STRENGTH, "strengths"),
        (IMPROVE, "improve"),
        (UNCLEAR, ""),
    )
    for kind, key in kinds:
        found = [f for f in area.of_kind(kind) if f.line.id not in without]
        if not found and not NOTHING_FOUND[kind]:
            continue
        words = INTRODUCED if found else NOTHING_FOUND
        blocks: list[Block] = [Paragraph(text=words[kind], basis=BESIDE)]
        if found and kind == UNCLEAR:
            blocks.append(_listed(found, reader, area))
        elif found:
            told = tuple(_paragraph(one, reader) for one in found)
            blocks.append(Bullets(items=told))
        yield Section(heading=HEADINGS[kind], level=4, key=key, blocks=tuple(blocks))


def _listed(findings: Sequence[Finding], reader: Reader, area: AreaFindings) -> Table:
    """Return criteria with what was found, those with the least upper bound first."""
    return Table(
        name=f"{area.area.short}, open",
        caption="Neither strengths nor weaknesses, by this sample: the share of all "
        "cases at the benchmark or better"
        + (
            ", the cases that show it and those against it"
            if reader.names_cases
            else ""
        )
        + "; those that may be weakest first.",
        head=("", "Share, 95% interval and n", *(SIDES if reader.names_cases else ())),
        rows=tuple(_open_row(one, reader) for one in findings),
        ground=rows_of(reader),
    )


def _open_row(one: Finding, reader: Reader) -> tuple[Cell, ...]:
    """Return a criterion that may be good: the cases that show it, and those against."""
    met, missed = one.cases.met, one.cases.missed
    return (
        Cell(
            text=named(one.line),
            strong=one.line.level == "domain",
            evidence=known_in(reader, for_and_against(met, missed)),
        ),
        Cell(text=share_words(reader.numbers(one.line))),
        *(map(cell_of, (met, missed)) if reader.names_cases else ()),
    )


def _paragraph(finding: Finding, reader: Reader) -> Paragraph:
    return Paragraph(
        lead=f"{named(finding.line)}:",
        text=finding_sentence(finding, reader),
        basis=known_to(reader, for_and_against(finding.support, finding.against)),
    )


def named(line: Line) -> str:
    """Return the name of a domain, or a criterion with its identifier."""
    return line.label if line.level == "domain" else f"{line.id} {line.label}"


def finding_sentence(finding: Finding, reader: Reader) -> str:
    """Return what was found for a criterion or domain: counts, share, claim."""
    found = reader.numbers(finding.line)
    better = at_benchmark(found.scale)
    share = found.share
    if share is None:
        if found.why_not:
            return f"{_counted(finding, reader)} No estimate for all cases: {found.why_not}."
        return "The numbers are too small to be shown without risk to a child."
    counted = (
        f"{share.hits} of {plural(share.n, 'audited case')} {_are(share.n)} {better}."
    )
    claim = finding.claim
    of_all = f"an estimated {interval(share)} of all cases"
    if claim.rung == KNOWN:
        return f"{counted} Every case was audited: {claim.words}."
    if claim.rung in (COUNTS, NOTHING):
        return f"{counted} That is too few to speak of all cases."
    if claim.rung == INDICATIVE:
        return (
            f"{counted} Indicative only: {of_all}, anything from {claim.least} to "
            f"{claim.most}."
        )
    word = {PLAIN: claim.words, BETWEEN: f"from {claim.least} to {claim.most}"}
    return f"{counted} That is {of_all}: {word[claim.rung]}."


def _counted(finding: Finding, reader: Reader) -> str:
    found = reader.numbers(finding.line)
    return reader.counted(found)


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def claim_sentence(finding: Finding, reader: Reader) -> str:
    """Return the cases as a whole in the words of inspection reports, or nothing."""
    found, claim = reader.numbers(finding.line), finding.claim
    if found.share is None or claim.rung in (COUNTS, NOTHING):
        return ""
    better = at_benchmark(found.scale)
    if claim.rung == INDICATIVE:
        return (
            f"In the words of inspection reports, anything from {claim.least} to "
            f"{claim.most} of all cases may be {better}: indicative only."
        )
    return (
        f"In the words of inspection reports, {claim.words} of all cases are {better}."
    )
