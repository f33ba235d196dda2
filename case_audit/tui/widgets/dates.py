"""What the dates on the lists say of a criterion: in a line, and in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from case_audit.core.timescales.days import in_words
from case_audit.reports.wording import long_date, standing
from case_audit.tui.literal import literal_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from case_audit.core.timescales.model import Finding

_LOUD = ("overdue", "late", "flag")


def compact(findings: Iterable[Finding]) -> Content:
    """Return findings as one line, the weightiest first; nothing if none applies."""
    applying = [f for f in findings if f.status != "not_applicable"]
    if not applying:
        return Content("")
    from case_audit.core.timescales.find import TIMESCALES
    from case_audit.core.timescales.model import WEIGHTS

    applying.sort(key=lambda finding: WEIGHTS.index(finding.status))
    said = Content(" · ").join(
        Content.assemble(
            f"{TIMESCALES[f.timescale].title}: ",
            (standing(f), "bold" if f.status in _LOUD else ""),
        )
        for f in applying
    )
    return Content.assemble(("Dates: ", "$text-muted"), said)


def in_full(findings: Iterable[Finding], *, as_at: str) -> list[Content]:
    """Return findings as lines: rule, source, dates used, result.

    Args:
        findings: What was found.
        as_at: The date the lists describe, ISO.

    Returns:
        Nothing if there are none.
    """
    lines = [line for finding in findings for line in _one(finding)]
    if not lines:
        return []
    heading = f"What the dates say on {long_date(as_at)}. No grade depends on it."
    return [literal_line(heading).stylize("bold"), *lines]


def _one(finding: Finding) -> list[Content]:
    from case_audit.core.timescales.find import TIMESCALES

    timescale = TIMESCALES[finding.timescale]
    source = timescale.source
    if not timescale.confirmed:
        source += f" (to be confirmed against the source: {timescale.unconfirmed})"
    lines = [
        entry(f"{timescale.id} {timescale.title}", standing(finding)),
        literal_line(finding.sentence),
        entry("Rule", finding.rule),
        entry("Source", source),
    ]
    if finding.dates:
        used = (f"{dated.label}, {in_words(dated.day)}" for dated in finding.dates)
        lines.append(entry("Dates used", "; ".join(used)))
    if finding.missing:
        lines.append(entry("Missing", "; ".join(finding.missing)))
    return [*lines, Content("")]


def entry(label: str, text: str) -> Content:
    """Return a line of label and text."""
    return Content.assemble((f"{label}: ", "bold $accent"), literal_line(text))
