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

    from case_audit.core.audit.gaps import Gap
    from case_audit.core.audit.judge import CaseJudgement, Computed
    from case_audit.core.rubric.rules import Level
    from case_audit.tui.desk import Desk

    Row = tuple[str, Content]
    """The identifier of a row, empty for a heading, and its text."""


HANG = "      "
"""Where a row that is too long for one line goes on."""
GAP = "gap:"
"""How the identifier of a row begins that says what is missing."""


def rows(desk: Desk, judgement: CaseJudgement, *, width: int) -> list[Option]:
    """Return what is missing, statements, flags and the grades, under headings.

    Args:
        desk: The case.
        judgement: Its computed grades.
        width: Columns of a row; what is longer goes on below, indented.
    """
    found = [
        *_missing(desk),
        _heading("Closing statements: Enter writes"),
        *(_statement(desk, key) for key in closing(desk.case.rubric.rules)),
        *_flags(desk),
        *_grades(desk, judgement),
    ]
    return [
        Option(_hanging(text, width), id=name or None, disabled=not name)
        for name, text in found
    ]


def _hanging(text: Content, width: int) -> Content:
    first = text.wrap(max(width, 1))
    if len(first) == 1:
        return text
    rest = text[len(first[0]) :]
    rest = rest[len(rest.plain) - len(rest.plain.lstrip()) :]
    below = rest.wrap(max(width - len(HANG), 1))
    return Content("\n").join([first[0], *(Content(HANG) + row for row in below)])


def grade_text(desk: Desk, level: Level, grade_id: str) -> str:
    """Return a grade's letter and label, or that there is none."""
    if not grade_id:
        return "– no grade"
    rubric = desk.case.rubric
    scale = rubric.domain_scale if level == "domain" else rubric.overall_scale
    grade = scale.grade(grade_id)
    return f"{grade.letter} {grade.label}"


def _heading(text: str) -> Row:
    return "", Content.assemble((text, "bold $secondary"))


def _statement(desk: Desk, key: str) -> Row:
    text = desk.answers.get("closing", key).rationale.strip()
    said = literal_line(text) if text else Content.styled("not written yet", "italic")
    return f"closing:{key}", Content.assemble((f"  {CLOSING[key]}: ", "bold"), said)


def _flags(desk: Desk) -> Iterator[Row]:
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
        label = literal_line(flag.label).plain
        text = Content.assemble((f"  {box} {label}", "bold"), said)
        yield f"closing:{FLAG}{flag.id}", text


def _missing(desk: Desk) -> Iterator[Row]:
    missing = desk.gaps()
    if missing:
        yield _heading(f"Missing, {len(missing)}: Enter goes there")
    for gap in missing:
        line = literal_line(f"  {subject_of(desk, gap)}: {gap.what}")
        yield f"{GAP}{gap.part}:{gap.subject}", line


def subject_of(desk: Desk, gap: Gap) -> str:
    """Return what a gap is about, as the auditor knows it."""
    rubric = desk.case.rubric
    if gap.part == "criterion":
        return f"{gap.subject} {rubric.criterion(gap.subject).label}"
    if gap.part == "closing":
        flags = {FLAG + flag.id: flag.label for flag in rubric.rules.flags}
        return flags.get(gap.subject) or CLOSING[gap.subject]
    labels = {domain.id: domain.label for domain in desk.case.domains}
    return labels.get(gap.subject, "The case")


def _grades(desk: Desk, judgement: CaseJudgement) -> Iterator[Row]:
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


def _computed(desk: Desk, key: str, label: str, found: Computed) -> Row:
    level: Level = "overall" if key == "overall" else "domain"
    own = ""
    if found.standing != found.grade:
        own = f" (yours; computed {grade_text(desk, level, found.grade)})"
    _, _, reason = found.because.partition(": ")
    return key, Content.assemble(
        f"  {grade_text(desk, level, found.standing)}{own}  ",
        (literal_line(label).plain, "bold"),
        "  ",
        (literal_line(reason or found.because).plain, "$text-muted"),
    )
