"""What the dialogue says: one thing a line, no colour, no drawing, nothing moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.core.audit.model import (
    CLOSING,
    FLAG,
    NOT_APPLICABLE,
    NOT_EVIDENCED,
    closing,
    is_flagged,
)
from case_audit.core.rubric.rules import NONE
from case_audit.core.timescales.find import TIMESCALES
from case_audit.reports.rules_words import WHOM_TO_TELL
from case_audit.reports.wording import fact_value, long_date, plural, standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.core.frame.case_file import Document
    from case_audit.core.rubric.model import Criterion
    from case_audit.core.rubric.scale import Scale
    from case_audit.tui.desk import Desk

OTHERS = {NOT_APPLICABLE: "not applicable", NOT_EVIDENCED: "not evidenced"}


def opening(desk: Desk, *, kind: str) -> Iterator[str]:
    """Say which case it is and where it stands."""
    case = desk.case
    data = "Practice data." if kind == "practice" else "Live data."
    yield (
        f"{case.round.name}, case {case.case.number} of {case.cases}, "
        f"{case.unit.unit}. {data}"
    )
    if said := desk.opening():
        yield f"{said}."
    yield f"{desk.answered} of {plural(len(desk.asked), 'criterion is', 'criteria are')} answered."


def criterion(desk: Desk) -> Iterator[str]:
    """Say the criterion on the desk, the answers it can have, and the one it has."""
    asked = desk.criterion
    yield (
        f"Criterion {desk.index + 1} of {len(desk.asked)}: {asked.id} {asked.label}."
        + (" Critical." if asked.critical else "")
    )
    yield f"Domain: {desk.domain.label}."
    yield asked.asks
    for finding in desk.case.findings_for(asked):
        if finding.status != "not_applicable":
            yield f"Dates: {TIMESCALES[finding.timescale].title}: {standing(finding)}."
    for grade in desk.grades():
        yield f"{grade.key} {grade.label}. {asked.descriptors.get(grade.id, '')}"
    yield from _answer(desk, asked)


def _answer(desk: Desk, asked: Criterion) -> Iterator[str]:
    answer = desk.answers.criterion(asked.id)
    if not asked.in_words:
        yield f"Answer now: {value_in_words(desk, asked)}."
    if answer.rationale:
        yield f"{'Answer' if asked.in_words else 'Because'}: {answer.rationale}"
    if answer.evidence:
        yield f"Evidence: {answer.evidence}"
    if answer.flagged:
        yield "Flagged."
    if answer.confidence:
        yield f"How sure: {answer.confidence}."


def value_in_words(desk: Desk, asked: Criterion) -> str:
    """Return the value of an answer in words; ``"none"`` for none."""
    answer = desk.answers.criterion(asked.id)
    if answer.graded:
        return desk.case.rubric.scale_of(asked).grade(answer.value).label
    if asked.in_words and desk.is_answered(asked):
        return "written"
    return OTHERS.get(answer.value, "none")


def about(desk: Desk) -> Iterator[str]:
    """Say all about the criterion: benchmark, where to look, the usual trap."""
    asked = desk.criterion
    for label, text in (
        ("Benchmark", asked.benchmark),
        *(("Ask", prompt) for prompt in asked.prompts),
        ("Look in", "; ".join(asked.look_in)),
        ("Trap", asked.trap),
        ("Not applicable", asked.not_applicable_when),
        ("Source", "; ".join((*asked.source, *asked.tags))),
    ):
        if text:
            yield f"{label}: {text}"
    for finding in desk.case.findings_for(asked):
        yield finding.sentence


CHOICES = ("all", "open", "flagged", "no evidence")
"""What can be listed."""


def listed(desk: Desk, which: str) -> Iterator[str]:
    """List criteria with their answers: one of :data:`CHOICES`."""
    found = [c for _, c in desk.asked if _is_listed(desk, c, which)]
    for asked in found:
        flag = ", flagged" if desk.answers.criterion(asked.id).flagged else ""
        yield f"{asked.id} {asked.label}: {value_in_words(desk, asked)}{flag}"
    yield f"{plural(len(found), 'criterion', 'criteria')} listed."


def _is_listed(desk: Desk, asked: Criterion, which: str) -> bool:
    answer = desk.answers.criterion(asked.id)
    if which == "open":
        return not desk.is_answered(asked)
    if which == "flagged":
        return answer.flagged
    return which == "all" or (answer.graded and not answer.evidence.strip())


def facts(desk: Desk) -> Iterator[str]:
    """Say what the import says of the case."""
    yield f"Case: {desk.case.unit.unit}"
    for label, value in desk.case.facts:
        yield f"{label}: {fact_value(value)}"


def documents(desk: Desk) -> Iterator[str]:
    """List the documents of the child's file by number."""
    found = desk.case.file.documents
    for number, document in enumerate(found, 1):
        yield (
            f"{number} {document.ref}, {long_date(document.date.isoformat())}: "
            f"{document.title}"
        )
    if found:
        yield f"{plural(len(found), 'document')}. Type file and a number to read one."
    else:
        yield "No documents came with the import. Read the file in your own system."


def document(found: Document) -> Iterator[str]:
    """Say one document, its paragraphs numbered as evidence counts them."""
    yield f"{found.ref} {found.title}"
    yield f"{long_date(found.date.isoformat())}, {found.author}, {found.role}"
    for number, text in enumerate(found.paragraphs, 1):
        yield f"Line {number}: {text}"


def check(desk: Desk) -> Iterator[str]:
    """Say the grades as they stand and what is missing before the end."""
    judgement = desk.judgement()
    rules = desk.case.rubric.rules
    if rules.overall_rollup.kind != NONE:
        scale = desk.case.rubric.overall_scale
        yield f"The case: {_grade(scale, judgement.overall.standing)}."
        yield judgement.overall.because
        if urgent := WHOM_TO_TELL.get(judgement.overall.raises, ""):
            yield urgent
    for domain in desk.case.domains if rules.domain_rollup.kind != NONE else ():
        found = judgement.domains[domain.id]
        label = _grade(desk.case.rubric.domain_scale, found.standing)
        yield f"Domain {domain.id}, {domain.label}: {label}. {found.because}"
    for key in closing(rules):
        text = desk.answers.get("closing", key).rationale.strip()
        yield f"Statement {key}, {CLOSING[key]}: {text or 'not written yet'}"
    for flag in rules.flags:
        ticked = "yes" if is_flagged(desk.answers, flag.id) else "no"
        record = desk.answers.get("closing", FLAG + flag.id).rationale.strip()
        yield f"Tick {flag.id}, {flag.label}: {ticked}{', ' + record if record else ''}"
    yield from _missing(desk)


def _missing(desk: Desk) -> Iterator[str]:
    """Say what is missing; criteria without any answer as one line, for brevity."""
    gaps = desk.gaps()
    blank = {c.id for _, c in desk.asked if not desk.is_answered(c)}
    unanswered = [gap for gap in gaps if gap.subject in blank]
    if unanswered:
        count = plural(len(unanswered), "criterion has", "criteria have")
        first = unanswered[0].subject
        yield f"Missing: {count} no answer, first {first}. list open lists them."
    for gap in gaps:
        if gap not in unanswered:
            yield f"Missing, {gap.subject.removeprefix(FLAG)}: {gap.what}."
    yield (
        f"{plural(len(gaps), 'thing is', 'things are')} missing."
        if gaps
        else "Nothing is missing. Type submit to submit."
    )


def _grade(scale: Scale, grade_id: str) -> str:
    return scale.grade(grade_id).label if grade_id else "no grade"
