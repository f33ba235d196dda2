"""A whole rubric to read, for a terminal of 80 columns."""

from __future__ import annotations

from itertools import groupby
from textwrap import wrap
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from case_audit.core.frame.cohort_words import with_id
from case_audit.core.rubric.applies_words import describe
from case_audit.core.rubric.model import FACT, YES_NO
from case_audit.reports.rules_words import (
    condition_words,
    flag_words,
    limit_words,
    rules_words,
)
from case_audit.security.text_gate import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from case_audit.core.rubric.model import Criterion, Rubric

WIDTH = 80
INDENT = 6
HANG = 9
"""Columns before the second line of a descriptor."""
NO_LABELS: Final[Mapping[str, str]] = MappingProxyType({})


def rubric_text(rubric: Rubric, *, labels: Mapping[str, str] = NO_LABELS) -> str:
    """Return a rubric with all it says, at most 80 columns, with a final line feed.

    Args:
        rubric: What to print.
        labels: Words for the fields of a case, by name, for conditions on it.
    """
    title = f"{rubric.title} ({rubric.id} {rubric.version}, {rubric.framework.name})"
    lines = wrap(one_line(title), WIDTH)
    for domain in rubric.domains:
        lines += ["", *wrap(one_line(domain.label).upper(), WIDTH)]
        for _, together in groupby(domain.criteria, key=lambda c: c.question or c.id):
            lines += ["", *_question(rubric, tuple(together), labels)]
    lines += ["", "HOW GRADES COME ABOUT", "", *_rules(rubric)]
    return "\n".join(lines) + "\n"


def _question(
    rubric: Rubric, together: tuple[Criterion, ...], labels: Mapping[str, str]
) -> Iterator[str]:
    """Yield one criterion, or one question to several agencies."""
    criterion = together[0]
    name = criterion.question or criterion.id
    label = criterion.label.removeprefix(f"{criterion.agency}: ")
    critical = "  critical" if criterion.critical else ""
    head = one_line(f"{name}  ")
    yield from wrap(
        one_line(f"{label}{critical}"),
        WIDTH,
        initial_indent=head,
        subsequent_indent=" " * len(head),
    )
    yield from _indented(criterion.asks)
    for prompt in criterion.prompts:
        yield from _indented(f"- {prompt}", hang=INDENT + 2)
    yield from _when(criterion, labels)
    yield from _answers(rubric, criterion)
    if criterion.agency:
        agencies = ", ".join(one.agency for one in together)
        yield from _indented(f"Answered for each agency: {agencies}.")
    yield from _indented(f"Look in: {'; '.join(criterion.look_in)}.")
    yield from _indented(f"Trap: {criterion.trap}")
    yield from _indented(f"Not applicable: {criterion.not_applicable_when}")
    if criterion.inadequate_if and not criterion.in_words:
        worst = rubric.scale_of(criterion).grades[-1].label
        yield from _indented(f"{worst} if: {criterion.inadequate_if}")
    tags = f" ({', '.join(criterion.tags)})" if criterion.tags else ""
    yield from _indented(f"{'; '.join(criterion.source)}{tags}")


def _answers(rubric: Rubric, criterion: Criterion) -> Iterator[str]:
    if criterion.in_words:
        kind = "Noted down" if criterion.kind == FACT else "Answered in words"
        yield from _indented(f"{kind}, not graded. {criterion.benchmark}")
        return
    if criterion.kind == YES_NO:
        yield from _indented(f"Yes or no. {criterion.benchmark}")
    for grade in rubric.scale_of(criterion).grades:
        text = f"{grade.letter}  {criterion.descriptors[grade.id]}"
        yield from _indented(text, hang=HANG)


def _when(criterion: Criterion, labels: Mapping[str, str]) -> Iterator[str]:
    if criterion.cohorts:
        yield from _indented(
            f"Only for: {' · '.join(map(with_id, criterion.cohorts))}."
        )
    if criterion.applies is not None:
        yield from _indented(
            f"Asked only when {describe(criterion.applies, labels)}, or when that is "
            "not known."
        )


def _rules(rubric: Rubric) -> Iterator[str]:
    for sentence in rules_words(rubric):
        yield from wrap(one_line(sentence), WIDTH)
    for limit in rubric.rules.limits:
        yield ""
        yield from _named(limit.id, limit_words(rubric, limit))
        condition = condition_words(rubric, limit.when)
        yield from _indented(f"It holds when {condition}.")
    for flag in rubric.rules.flags:
        asks, record = flag_words(flag)
        yield ""
        yield from wrap(one_line(f"To tick at the end: {flag.label}"), WIDTH)
        yield from _indented(f"{asks} {record}")


def _named(name: str, text: str) -> list[str]:
    head = one_line(f"{name}  ")
    return wrap(
        one_line(text), WIDTH, initial_indent=head, subsequent_indent=" " * INDENT
    )


def _indented(text: str, *, hang: int = INDENT) -> list[str]:
    return wrap(
        one_line(text),
        WIDTH,
        initial_indent=" " * INDENT,
        subsequent_indent=" " * hang,
    )
