"""A rubric as a form on paper, for a room without laptops."""

from __future__ import annotations

from itertools import groupby
from textwrap import wrap
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from case_audit.core.audit.model import closing
from case_audit.core.frame.cohort_words import in_words
from case_audit.core.rubric.applies_words import describe
from case_audit.core.rubric.canonical import rubric_digest
from case_audit.core.rubric.model import FACT
from case_audit.core.rubric.rules import MANUAL
from case_audit.reports.rules_words import flag_words, limit_words, rules_words
from case_audit.security.text_gate import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from case_audit.core.rubric.model import Criterion, Rubric
    from case_audit.core.rubric.rules import Flag
    from case_audit.core.rubric.scale import Scale

WIDTH = 78
"""Columns: a page of A4 in a typewriter's letters, with margins."""
BOX = "[ ] "
CLOSING_LINES = 3
"""Ruled lines for each closing statement."""
NARRATIVE_LINES = 4
FLAG_LINES = 2
NO_LABELS: Final[Mapping[str, str]] = MappingProxyType({})


def rubric_form(rubric: Rubric, *, labels: Mapping[str, str] = NO_LABELS) -> str:
    """Return a form to fill in by hand, at most 78 columns, with a final line feed.

    Every criterion has its question, a box for each descriptor, for not
    applicable and for not evidenced, and lines for why and where in the file.
    What is answered in words has lines instead of descriptors; what is asked of
    several agencies is printed once, with a place for each. What the rules
    compute has no box; what they leave to the auditor has. At the end stands in
    words how grades come about.

    Args:
        rubric: What is graded with; its version and the first 8 digits of its
            digest stand at the top, so that the sheet can be told from others.
        labels: Words for the fields of a case, by name, for conditions on it.
    """
    lines = list(_head(rubric))
    for domain in rubric.domains:
        lines += ["", *_heading(domain.label.upper())]
        for _, together in groupby(domain.criteria, key=lambda c: c.question or c.id):
            lines += ["", *_question(rubric, tuple(together), labels)]
        if rubric.rules.domain_rollup.kind == MANUAL:
            lines += [
                "",
                *_own_grade("Your grade for this domain", rubric.domain_scale),
            ]
    lines += ["", *_heading("AT THE END")]
    for flag in rubric.rules.flags:
        lines += ["", *_flag(flag)]
    if rubric.rules.overall_rollup.kind == MANUAL:
        lines += ["", *_own_grade("Your grade for the case", rubric.overall_scale)]
    for heading in closing(rubric.rules).values():
        lines += ["", heading, *_lines(CLOSING_LINES)]
    lines += ["", *_heading("HOW GRADES COME ABOUT"), ""]
    for sentence in rules_words(rubric):
        lines += wrap(one_line(sentence), WIDTH)
    for limit in rubric.rules.limits:
        lines.append("")
        head = one_line(f"{limit.id}  ")
        lines += _hung(head, limit_words(rubric, limit))
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _head(rubric: Rubric) -> Iterator[str]:
    yield from wrap(one_line(rubric.title), WIDTH)
    yield from wrap(
        one_line(
            f"Rubric {rubric.id} {rubric.version} ({rubric_digest(rubric)[:8]}), "
            f"framework {rubric.framework.name}"
        ),
        WIDTH,
    )
    yield ""
    yield f"{_ruled('Case reference ', 42)}  {_ruled('Date ', 34)}"
    yield ""
    yield _ruled("Auditor ")
    yield ""
    in_words = any(criterion.in_words for criterion in rubric.criteria())
    write = ", or write on its lines" if in_words else ""
    yield from wrap(
        f"Tick one box for each criterion{write}. Write no names: initials and the "
        "case reference are enough.",
        WIDTH,
    )


def _heading(text: str) -> list[str]:
    return ["=" * WIDTH, *wrap(one_line(text), WIDTH), "=" * WIDTH]


def _question(
    rubric: Rubric, together: tuple[Criterion, ...], labels: Mapping[str, str]
) -> Iterator[str]:
    """Yield one criterion, or one question to several agencies."""
    criterion = together[0]
    yield from _asked(criterion, labels)
    yield ""
    if criterion.agency:
        yield from _side_by_side(rubric, together)
    elif criterion.in_words:
        yield from _apart(criterion)
        yield from _written(criterion)
        yield ""
        yield _ruled("    Evidence ")
    else:
        for grade in rubric.scale_of(criterion).grades:
            text = f"{grade.label}: {criterion.descriptors[grade.id]}"
            yield from _hung(f"    {BOX}", text)
        yield from _apart(criterion)
        yield from _decides(rubric, criterion)
        yield ""
        yield from _why_and_where()


def _asked(criterion: Criterion, labels: Mapping[str, str]) -> Iterator[str]:
    critical = " (critical)" if criterion.critical else ""
    label = criterion.label.removeprefix(f"{criterion.agency}: ")
    name = criterion.question or criterion.id
    yield from _hung(one_line(f"{name}  "), f"{label}{critical}")
    if criterion.cohorts:
        yield from _hung(
            "    ", f"Only for: {' · '.join(map(in_words, criterion.cohorts))}."
        )
    if criterion.applies is not None:
        when = describe(criterion.applies, labels)
        yield from _hung("    ", f"Asked only when {when}.")
    yield from _hung("    ", criterion.asks)
    for prompt in criterion.prompts:
        yield from _hung("    - ", prompt)
    if criterion.in_words:
        yield from _hung("    ", f"A good entry: {criterion.benchmark}")


def _apart(criterion: Criterion) -> Iterator[str]:
    yield from _hung(
        f"    {BOX}", f"Not applicable: {criterion.not_applicable_when.rstrip('.')}."
    )
    yield from _hung(
        f"    {BOX}", "Not evidenced: it applies, but the file does not show it."
    )


def _decides(rubric: Rubric, criterion: Criterion) -> Iterator[str]:
    if criterion.inadequate_if:
        worst = rubric.scale_of(criterion).grades[-1].label
        yield from _hung("    ", f"{worst} if: {criterion.inadequate_if}")


def _written(criterion: Criterion) -> Iterator[str]:
    if criterion.kind == FACT:
        yield ""
        yield _ruled("    Answer   ")
    else:
        yield from _lines(NARRATIVE_LINES, indent=4)


def _why_and_where() -> Iterator[str]:
    yield _ruled("    Because  ")
    yield from _lines(1, indent=13)
    yield ""
    yield _ruled("    Evidence ")


def _side_by_side(rubric: Rubric, together: tuple[Criterion, ...]) -> Iterator[str]:
    """Yield what the answers mean once, then a place for each agency."""
    first = together[0]
    boxes = ["not applicable", "not evidenced"]
    if not first.in_words:
        scale = rubric.scale_of(first)
        boxes = [grade.label for grade in scale.grades] + boxes
        for grade in scale.grades:
            yield from _hung("    ", f"{grade.label}: {first.descriptors[grade.id]}")
    not_applicable = first.not_applicable_when.rstrip(".")
    yield from _hung("    ", f"Not applicable: {not_applicable}.")
    yield from _decides(rubric, first)
    for criterion in together:
        yield ""
        yield from _hung("    ", criterion.agency)
        yield from _boxes(boxes)
        if criterion.in_words:
            yield from _written(criterion)
            yield ""
            yield _ruled("    Evidence ")
        else:
            yield ""
            yield from _why_and_where()


def _own_grade(heading: str, scale: Scale) -> Iterator[str]:
    yield heading
    yield from _boxes([grade.label for grade in scale.grades])
    yield ""
    yield _ruled("    Because  ")


def _flag(flag: Flag) -> Iterator[str]:
    asks, record = flag_words(flag)
    yield from _hung(BOX, flag.label)
    yield from _hung("    ", asks)
    yield from _hung("    ", record)
    yield from _lines(FLAG_LINES, indent=4)


def _boxes(names: list[str]) -> Iterator[str]:
    """Yield boxes with their names, as many on a line as fit."""
    line = "   "
    for name in names:
        box = f" {BOX}{one_line(name)} "
        if len(line) + len(box) > WIDTH + 1 and line.strip():
            yield line.rstrip()
            line = "   "
        line += box
    yield line.rstrip()


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
