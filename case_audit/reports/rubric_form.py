"""A rubric as a form on paper, for a room without laptops."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from case_audit.core.audit.model import CLOSING
from case_audit.core.rubric.canonical import rubric_digest
from case_audit.security.text_gate import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.core.rubric.model import Criterion, Rubric

WIDTH = 78
"""Columns: a page of A4 in a typewriter's letters, with margins."""
BOX = "[ ] "
CLOSING_LINES = 3
"""Ruled lines for each closing statement."""


def rubric_form(rubric: Rubric) -> str:
    """Return a form to fill in by hand, at most 78 columns, with a final line feed.

    Every criterion has its question, a box for each descriptor, for not
    applicable and for not evidenced, and lines for why and where in the file.

    Args:
        rubric: What is graded with; its version and the first 8 digits of its
            digest stand at the top, so that the sheet can be told from others.
    """
    lines = [
        *wrap(one_line(rubric.title), WIDTH),
        *wrap(
            one_line(
                f"Rubric {rubric.id} {rubric.version} ({rubric_digest(rubric)[:8]}), "
                f"framework {rubric.framework.name}"
            ),
            WIDTH,
        ),
        "",
        f"{_ruled('Case reference ', 42)}  {_ruled('Date ', 34)}",
        "",
        _ruled("Auditor "),
        "",
        *wrap(
            "Tick one box for each criterion. Write no names: initials and the "
            "case reference are enough.",
            WIDTH,
        ),
    ]
    for domain in rubric.domains:
        lines += ["", "=" * WIDTH, *wrap(one_line(domain.label).upper(), WIDTH)]
        lines += ["=" * WIDTH]
        for criterion in domain.criteria:
            lines += ["", *_criterion(rubric, criterion)]
    lines += ["", "=" * WIDTH, "AT THE END", "=" * WIDTH]
    for heading in CLOSING.values():
        lines += ["", heading, *_lines(CLOSING_LINES)]
    return "\n".join(lines) + "\n"


def _criterion(rubric: Rubric, criterion: Criterion) -> Iterator[str]:
    critical = " (critical)" if criterion.critical else ""
    yield from _hung(f"{criterion.id}  ", f"{criterion.label}{critical}")
    if criterion.cohorts:
        yield from _hung("    ", f"Only for: {', '.join(criterion.cohorts)}.")
    yield from _hung("    ", criterion.asks)
    yield ""
    for grade in rubric.scale.grades:
        text = f"{grade.label}: {criterion.descriptors[grade.id]}"
        yield from _hung(f"    {BOX}", text)
    yield from _hung(
        f"    {BOX}", f"Not applicable: {criterion.not_applicable_when.rstrip('.')}."
    )
    yield from _hung(
        f"    {BOX}", "Not evidenced: it applies, but the file does not show it."
    )
    if criterion.inadequate_if:
        worst = rubric.scale.grades[-1].label
        yield from _hung("    ", f"{worst} if: {criterion.inadequate_if}")
    yield ""
    yield _ruled("    Because  ")
    yield from _lines(1, indent=13)
    yield ""
    yield _ruled("    Evidence ")


def _hung(head: str, text: str) -> list[str]:
    return wrap(
        one_line(text), WIDTH, initial_indent=head, subsequent_indent=" " * len(head)
    )


def _ruled(head: str, width: int = WIDTH) -> str:
    return head.ljust(width, "_")


def _lines(number: int, *, indent: int = 0) -> Iterator[str]:
    """Yield ruled lines, each with room to write above it."""
    for _ in range(number):
        yield ""
        yield _ruled(" " * indent)
