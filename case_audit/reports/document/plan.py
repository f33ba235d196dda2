"""What will be done: the open actions, and the weakest criteria that have none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from case_audit.reports.document.evidence import (
    ACTIONS,
    METHOD,
    for_and_against,
    known_in,
    known_to,
    rows_of,
)
from case_audit.reports.document.lines import share_words
from case_audit.reports.document.model import Cell, Paragraph, Section, Table
from case_audit.reports.summary_cases import numbered
from case_audit.reports.summary_rows import at_benchmark
from case_audit.reports.wording import long_date, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.core.followup.model import Action
    from case_audit.core.selfassessment.model import Line, Summary
    from case_audit.core.selfassessment.report import Report
    from case_audit.reports.document.audience import Reader
    from case_audit.reports.document.model import Block

PLAN: Final = (
    "Write what will be done, by whom, by when, and when it will be audited again: "
    "case-audit actions add."
)
WEAKEST: Final = 5
"""Criteria proposed for the plan."""


def plan_section(
    heading: str,
    report: Report,
    reader: Reader,
    *,
    without: frozenset[str] = frozenset(),
) -> Section:
    """Return the answer to the third question.

    Args:
        heading: The question.
        report: What is known, with the actions that are not verified yet.
        reader: Decides which shares and actions are shown; those about single cases
            are for the council itself.
        without: Criteria that are left out.
    """
    actions = [a for a in report.actions if reader.names_cases or a.about != "case"]
    blocks = (
        *_actions(report, actions),
        *_unanswered(report, reader),
        *_weakest(report, actions, reader, without),
    )
    return Section(heading=heading, level=2, key="plan", blocks=blocks)


def _actions(report: Report, actions: list[Action]) -> Iterator[Block]:
    if not actions:
        yield Paragraph(text="No action is open.", basis=ACTIONS)
        return
    late = sum(action.overdue(report.today) for action in actions)
    overdue = f", {late} of them overdue" if late else ""
    yield Paragraph(
        text=f"{plural(len(actions), 'action is', 'actions are')} not seen to be done "
        f"yet{overdue}.",
        basis=ACTIONS,
    )
    labels = _labels(report.summary)
    yield Table(
        name="Actions",
        caption="What will be done, by whom and by when.",
        head=(
            *("What will be done", "About", "Who", "By when", "How it will be seen"),
            *("Standing", "Re-audit"),
        ),
        rows=tuple(_action(one, labels, report.today) for one in actions),
        ground=ACTIONS,
    )


def _action(one: Action, labels: dict[str, str], today: str) -> tuple[Cell, ...]:
    standing = "overdue" if one.overdue(today) else one.status
    about = f"case {one.subject}" if one.about == "case" else labels[one.subject]
    return tuple(
        Cell(text=text)
        for text in (
            one.text,
            about,
            one.owner,
            long_date(one.due),
            one.measure,
            standing,
            long_date(one.reaudit) if one.reaudit else "",
        )
    )


def _labels(summary: Summary) -> dict[str, str]:
    """Return what actions can be about, by identifier."""
    rubric = summary.rubric
    return (
        {area.id: area.short for area in rubric.framework.areas}
        | {domain.id: domain.label for domain in rubric.domains}
        | {c.id: f"{c.id} {c.label}" for c in rubric.criteria()}
    )


def _unanswered(report: Report, reader: Reader) -> Iterator[Block]:
    """Yield the cases at the lowest grade that nothing follows from."""
    if not report.unanswered:
        return
    label = report.summary.rubric.overall_scale.grades[-1].label.lower()
    cases = numbered(report.unanswered) if reader.names_cases else "some cases"
    yield Paragraph(
        text=f"Graded {label}, and neither an action nor a re-audit follows yet: {cases}.",
        basis=known_to(reader, for_and_against(report.unanswered, (), said=True)),
    )


def _weakest(
    report: Report,
    actions: list[Action],
    reader: Reader,
    without: frozenset[str],
) -> Iterator[Block]:
    """Yield the weakest criteria that no action is about, with room for one."""
    summary = report.summary
    done = {action.subject for action in actions} | without
    weakest = sorted(
        (line for line in _criteria(summary) if line.id not in done),
        key=lambda line: line.good_or_better.raw if line.good_or_better else 0,
    )[:WEAKEST]
    scales = dict.fromkeys(at_benchmark(line.scale) for line in weakest if line.scale)
    share = ", or ".join(scales)
    if not share:
        yield Paragraph(text=PLAN, basis=METHOD)
        return
    own = at_benchmark(summary.rubric.scale)
    first = (
        f"The criteria where the fewest audited cases are {share} come first."
        if share == own
        else f"The criteria that the fewest audited cases meet ({share}) come first."
    )
    yield Paragraph(text=f"{first} {PLAN}", basis=METHOD)
    yield Table(
        name="Plan",
        caption="Where to begin: criteria that no action is about yet.",
        head=(
            "Criterion",
            f"{share[:1].upper()}{share[1:]}",
            *("Action", "Who", "By when", "Re-audit"),
        ),
        rows=tuple(_row(line, report, reader) for line in weakest),
        ground=rows_of(reader),
    )


def _row(line: Line, report: Report, reader: Reader) -> tuple[Cell, ...]:
    blank = (Cell(text=""),) * 4
    found = report.cases(line)
    return (
        Cell(
            text=f"{line.id} {line.label}",
            evidence=known_in(reader, for_and_against(found.missed, found.met)),
        ),
        Cell(text=share_words(reader.numbers(line))),
        *blank,
    )


def _criteria(summary: Summary) -> Iterator[Line]:
    for area in summary.areas:
        for domain in area.domains:
            for line in domain.criteria:
                if line.good_or_better is not None:
                    yield line
