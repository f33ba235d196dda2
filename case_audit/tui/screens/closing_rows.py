"""The rows of the page before an audit is submitted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets.option_list import Option

from case_audit.core.audit.model import CLOSING, FLAG, closing, is_flagged
from case_audit.core.rubric.rules import NONE
from case_audit.tui.literal import literal_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.core.audit.judge import CaseJudgement, Computed
    from case_audit.core.rubric.rules import Level
    from case_audit.tui.desk import Desk


def rows(desk: Desk, judgement: CaseJudgement) -> list[Option]:
    """Return headings, statements, flags, what is missing, and the grades."""
    return [
        _heading("Closing statements: Enter writes"),
        *(_statement(desk, key) for key in closing(desk.case.rubric.rules)),
        *_flags(desk),
        *_missing(desk),
        *_grades(desk, judgement),
    ]


def grade_text(desk: Desk, level: Level, grade_id: str) -> str:
    """Return a grade's letter and label, or that there is none."""
    if not grade_id:
        return "– no grade"
    rubric = desk.case.rubric
    scale = rubric.domain_scale if level == "domain" else rubric.overall_scale
    grade = scale.grade(grade_id)
    return f"{grade.letter} {grade.label}"


def _heading(text: str) -> Option:
    return Option(Content.assemble((text, "bold $secondary")), disabled=True)


def _statement(desk: Desk, key: str) -> Option:
    text = desk.answers.get("closing", key).rationale.strip()
    said = literal_line(text) if text else Content.styled("not written yet", "italic")
    return Option(
        Content.assemble((f"  {CLOSING[key]}: ", "bold"), said), id=f"closing:{key}"
    )


def _flags(desk: Desk) -> Iterator[Option]:
    flags = desk.case.rubric.rules.flags
    if flags:
        yield _heading("Only if it is so: Enter ticks and writes, x takes it away")
    for flag in flags:
        ticked = is_flagged(desk.answers, flag.id)
        record = desk.answers.get("closing", FLAG + flag.id).rationale.strip()
        box = "[x]" if ticked else "[ ]"
        said = Content("")
        if ticked:
            said = literal_line(f": {record or flag.record + ', not written yet'}")
        yield Option(
            Content.assemble(
                (f"  {box} {literal_line(flag.label).plain}", "bold"), said
            ),
            id=f"closing:{FLAG}{flag.id}",
        )


def _missing(desk: Desk) -> Iterator[Option]:
    missing = [gap for gap in desk.gaps() if gap.part == "criterion"]
    if missing:
        yield _heading(f"Missing, {len(missing)}: Enter goes there")
    for gap in missing:
        label = desk.case.rubric.criterion(gap.subject).label
        line = literal_line(f"  {gap.subject} {label}: {gap.what}")
        yield Option(line, id=f"criterion:{gap.subject}")


def _grades(desk: Desk, judgement: CaseJudgement) -> Iterator[Option]:
    rules = desk.case.rubric.rules
    graded = [r.kind != NONE for r in (rules.overall_rollup, rules.domain_rollup)]
    if any(graded):
        yield _heading("Grades: Enter puts your own where you see it differently")
    else:
        yield _heading("Nothing is graded with this rubric: the answers stand")
    if graded[0]:
        yield _computed(desk, "overall", "The case", judgement.overall)
    for domain in desk.case.domains if graded[1] else ():
        found = judgement.domains[domain.id]
        yield _computed(desk, f"domain:{domain.id}", domain.label, found)


def _computed(desk: Desk, key: str, label: str, found: Computed) -> Option:
    level: Level = "overall" if key == "overall" else "domain"
    own = ""
    if found.standing != found.grade:
        own = f" (yours; computed {grade_text(desk, level, found.grade)})"
    _, _, reason = found.because.partition(": ")
    return Option(
        Content.assemble(
            f"  {grade_text(desk, level, found.standing)}{own}  ",
            (literal_line(label).plain, "bold"),
            "  ",
            (literal_line(reason or found.because).plain, "$text-muted"),
        ),
        id=key,
    )
