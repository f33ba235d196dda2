"""What a summary prints of an area, row by row, for whatever page."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final, Literal

from case_audit.core.rubric.model import YES_NO, YES_NO_SCALE
from case_audit.core.rubric.rules import MANUAL, NONE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.core.rubric.model import Rubric
    from case_audit.core.rubric.scale import Grade, Scale
    from case_audit.core.selfassessment.model import (
        AreaLines,
        DomainLines,
        Line,
        Summary,
    )

ALL: Final = "All audited cases"
NOT_GRADED: Final = "not graded"
"""Stands beside the heading of a domain in which nothing can be graded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table, or a heading above some.

    Attributes:
        level: What it is about; an agency stands below the question it shares
            with other agencies.
        label: What it is called.
        line: Its numbers; ``None`` for a heading.
    """

    level: Literal["area", "domain", "criterion", "agency"]
    label: str
    line: Line | None


Block = tuple[Row, ...]
"""Rows that stand together: the cases as a whole, or a domain."""


def blocks(summary: Summary, area: AreaLines) -> tuple[Block, ...]:
    """Return the rows of an area, none for one that the round did not look at.

    The cases as a whole come first; where yes-or-no questions are counted and
    enter no grade, as in a dip sample, they come last. Where cases are not
    graded, they are left out.
    """
    if area.line is None:
        return ()
    rubric = summary.rubric
    whole: tuple[Block, ...] = ()
    if area.line.scale is not None:
        whole = ((Row(level="area", label=ALL, line=area.line),),)
    domains = tuple(tuple(_domain(rubric, domain)) for domain in area.domains)
    return (*domains, *whole) if counts_apart(rubric) else (*whole, *domains)


def counts_apart(rubric: Rubric) -> bool:
    """Whether questions of practice are asked beside the grades and enter none."""
    rules = rubric.rules
    into = rubric.scale_named(rules.domain_rollup.of or rules.domain_rollup.scale)
    graded = rules.domain_rollup.kind != NONE and into.id != YES_NO_SCALE
    return graded and any(
        c.kind == YES_NO and not c.about_audit for c in rubric.criteria()
    )


def level_notes(rubric: Rubric) -> tuple[str, ...]:
    """Return a sentence where the rules leave a level without grades."""
    domains = rubric.rules.domain_rollup.kind == NONE
    whole = rubric.rules.overall_rollup.kind == NONE
    if domains and whole:
        return ("Neither cases nor domains are graded; each question stands alone.",)
    if whole:
        return ("Cases are not graded as a whole.",)
    return ("Domains are not graded.",) if domains else ()


def in_order(scale: Scale) -> tuple[Grade, ...]:
    """Return the grades as columns: worst first, but yes before no."""
    return scale.grades if scale.id == YES_NO_SCALE else scale.grades[::-1]


def at_benchmark(scale: Scale, *, longest: int = 1000) -> str:
    """Return what is at the benchmark: ``good or better``, ``answered yes``.

    Args:
        scale: What is graded on.
        longest: Characters there is room for; where the grade's label is too
            long, its heading stands for it.
    """
    grade = scale.grade(scale.benchmark)
    if scale.id == YES_NO_SCALE:
        return f"answered {grade.label.lower()}"
    more = "" if scale.benchmark == scale.ids[0] else " or better"
    words = f"{grade.label.lower()}{more}"
    return words if len(words) <= longest else f"{grade.short}{more}"


def _domain(rubric: Rubric, domain: DomainLines) -> Iterator[Row]:
    line = domain.line
    graded = line.scale is not None and (line.n or _can_be_graded(rubric, domain))
    beside = "" if graded or line.scale is None else f" ({NOT_GRADED})"
    yield Row(
        level="domain", label=f"{line.label}{beside}", line=line if graded else None
    )
    for question, lines in groupby(
        domain.criteria, key=lambda found: rubric.criterion(found.id).question
    ):
        if question:
            yield from _agencies(rubric, question, list(lines))
            continue
        for found in lines:
            yield Row(level="criterion", label=_label(rubric, found), line=found)


def _agencies(rubric: Rubric, question: str, lines: list[Line]) -> Iterator[Row]:
    first = rubric.criterion(lines[0].id)
    label = first.label.removeprefix(f"{first.agency}: ")
    critical = " (critical)" if _marked(rubric, lines[0]) else ""
    yield Row(level="criterion", label=f"{question} {label}{critical}", line=None)
    for line in lines:
        agency = rubric.criterion(line.id).agency
        yield Row(level="agency", label=agency, line=line)


def _label(rubric: Rubric, line: Line) -> str:
    critical = " (critical)" if _marked(rubric, line) else ""
    return f"{line.id} {line.label}{critical}"


def _marked(rubric: Rubric, line: Line) -> bool:
    """Whether a no here limits the case, which a row of counts would not tell."""
    criterion = rubric.criterion(line.id)
    return criterion.critical and criterion.kind == YES_NO


def _can_be_graded(rubric: Rubric, domain: DomainLines) -> bool:
    """Whether anything in a domain enters its grade."""
    rollup = rubric.rules.domain_rollup
    if rollup.kind == MANUAL:
        return True
    into = rubric.scale_named(rollup.of or rollup.scale)
    return any(line.scale == into for line in domain.criteria)
