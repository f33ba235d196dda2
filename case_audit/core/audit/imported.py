"""Audits that come from a file: every line is checked, and all that is wrong is said."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from case_audit.core.allocation.people import person_key, same_person
from case_audit.core.audit.model import (
    CLOSING,
    FLAG,
    NOT_APPLICABLE,
    NOT_EVIDENCED,
    NOT_YET,
    TICKED,
    Answer,
)
from case_audit.core.frame.model import canonical_unit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from case_audit.core.audit.model import Part
    from case_audit.core.rubric.model import Rubric

ROLES: Final = ("first", "second", "agreed")
"""Whose audit it is: the first auditor's, the second's, or what both agreed."""
APART: Final = (NOT_APPLICABLE, NOT_EVIDENCED)
LONGEST_NAME: Final = 60
"""Characters of the longest auditor's name, as the app asks for it."""
LONGEST_SHOWN: Final = 40
"""Characters of a wrong grade or criterion that a message shows."""
OWN: Final = "domain."
"""How the auditor's own grade of a domain is named in a file, with its identifier."""
SAID: Final = "closing."
"""How a closing statement is named in a file, with its key."""

_CASE: Final = re.compile(r"case ([1-9][0-9]{0,8})", re.IGNORECASE)
_TIME: Final = re.compile(
    r"(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))"
    r"(?:[T ]((?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?)Z?)?"
)
_DAY_FIRST: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    """One answer as a file gives it: texts, not looked at yet.

    Attributes:
        line: Its line or row in the file, from 1.
        unit: The case: its identifier, or ``case 7`` for its number in the round.
        auditor: Who audited.
        role: One of :data:`ROLES`.
        criterion: What the answer is about.
        grade: The answer.
        rationale: Why.
        evidence: Where in the file.
        submitted_at: When, as a date or time; may be empty.
    """

    line: int
    unit: str
    auditor: str
    role: str
    criterion: str
    grade: str
    rationale: str = ""
    evidence: str = ""
    submitted_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineProblem:
    """What is wrong with a line.

    Attributes:
        line: The line, from 1.
        column: The column concerned.
        problem: What is wrong, in words; never whose case it is.
    """

    line: int
    column: str
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a line may be about.

    Attributes:
        part: The kind of answer.
        subject: Which one.
        values: What may be answered.
        words: Whether it is answered in words, so that there need be no grade.
    """

    part: Part
    subject: str
    values: tuple[str, ...]
    words: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedAudit:
    """One audit of a file, checked.

    Attributes:
        number: The case's number in the round.
        line: The first line it is from.
        role: One of :data:`ROLES`.
        auditor: Who audited.
        submitted_utc: When it was submitted, ISO time in UTC; empty if not said.
        answers: What was answered, in the order of the file.
    """

    number: int
    line: int
    role: str
    auditor: str
    submitted_utc: str
    answers: tuple[Answer, ...]


def subjects_of(rubric: Rubric, cohort: str) -> dict[str, Subject]:
    """Return what lines may be about, by its name in a file.

    Criteria have their identifier; the auditor's own grade of a domain has
    :data:`OWN` before it, of the case ``overall``; a flag of the rules ``flag.``; a
    closing statement :data:`SAID`.
    """
    found: dict[str, Subject] = {}
    domains = rubric.domains_for(cohort)
    for criterion in (c for domain in domains for c in domain.criteria):
        scale = () if criterion.in_words else rubric.scale_of(criterion).ids
        found[criterion.id] = Subject(
            part="criterion",
            subject=criterion.id,
            values=(*scale, *APART),
            words=criterion.in_words,
        )
    for domain in domains:
        found[OWN + domain.id] = Subject(
            part="domain", subject=domain.id, values=rubric.domain_scale.ids
        )
    found["overall"] = Subject(
        part="overall", subject="overall", values=rubric.overall_scale.ids
    )
    for flag in rubric.rules.flags:
        key = FLAG + flag.id
        found[key] = Subject(part="closing", subject=key, values=(TICKED,))
    for key in CLOSING:
        found[SAID + key] = Subject(part="closing", subject=key, values=(), words=True)
    return found


def name_of(answer: Answer) -> str:
    """Return what an answer is about, as a file names it."""
    if answer.part == "domain":
        return OWN + answer.subject
    if answer.part == "closing" and not answer.subject.startswith(FLAG):
        return SAID + answer.subject
    return answer.subject


def checked_audits(
    lines: Iterable[AuditLine],
    *,
    subjects: Mapping[str, Subject],
    cases: Mapping[str, int],
    unasked: Mapping[int, Collection[str]],
    now_utc: str,
) -> tuple[list[ImportedAudit], list[LineProblem]]:
    """Put lines together to audits, and say everything that is wrong with them.

    Args:
        lines: In the order of the file.
        subjects: What they may be about, from :func:`subjects_of`.
        cases: The number in the round of each unit that may be audited.
        unasked: The criteria that are not asked of a case, by its number; cases
            without any may be left out.
        now_utc: The time, ISO in UTC: nothing was submitted later.

    Returns:
        The audits by number and role, and the problems by line. Where there are
        problems, the audits are not whole.
    """
    gate = _Gate(subjects, cases, unasked, now_utc)
    for line in lines:
        gate.take(line)
    return gate.audits(), gate.problems


class _Gate:
    """Takes lines, keeps what is sound, and notes what is not."""

    def __init__(
        self,
        subjects: Mapping[str, Subject],
        cases: Mapping[str, int],
        unasked: Mapping[int, Collection[str]],
        now_utc: str,
    ) -> None:
        self._subjects = subjects
        self._cases = cases
        self._numbers = frozenset(cases.values())
        self._unasked = unasked
        self._now = now_utc
        self._audits: dict[tuple[int, str], ImportedAudit] = {}
        self._answers: dict[tuple[int, str], dict[str, tuple[int, Answer]]] = {}
        self.problems: list[LineProblem] = []

    def take(self, line: AuditLine) -> None:
        """Keep a line, or note what is wrong with it."""
        before = len(self.problems)
        number = self._number(line)
        if line.role not in ROLES:
            self._wrong(line, "role", f"{_shown(line.role)}; {_any_of(ROLES)}")
        at = self._time(line)
        subject = self._subjects.get(line.criterion)
        if subject is None:
            what = "is nothing that this rubric asks in this cohort"
            shown = _shown(line.criterion)
            self._wrong(
                line, "criterion", f"{shown} {what}" if line.criterion else shown
            )
        else:
            self._grade(line, subject, number)
        name = " ".join(line.auditor.split())
        if not person_key(name) or len(name) > LONGEST_NAME:
            what = f"a name of 1 to {LONGEST_NAME} characters is needed"
            self._wrong(line, "auditor", what)
        if len(self.problems) == before and subject is not None:
            self._keep(line, (number, line.role), name, subject, at)

    def audits(self) -> list[ImportedAudit]:
        """Return what was kept, by number and role."""
        return [
            replace(
                self._audits[key],
                answers=tuple(answer for _, answer in self._answers[key].values()),
            )
            for key in sorted(self._audits, key=lambda k: (k[0], ROLES.index(k[1])))
        ]

    def _keep(
        self,
        line: AuditLine,
        key: tuple[int, str],
        name: str,
        subject: Subject,
        at: str,
    ) -> None:
        audit = self._audits.setdefault(
            key,
            ImportedAudit(
                number=key[0],
                line=line.line,
                role=line.role,
                auditor=name,
                submitted_utc="",
                answers=(),
            ),
        )
        if not same_person(audit.auditor, name):
            what = f"line {audit.line} names another auditor for the same audit"
            self._wrong(line, "auditor", what)
        answers = self._answers.setdefault(key, {})
        if line.criterion in answers:
            first, _ = answers[line.criterion]
            self._wrong(line, "criterion", f"line {first} answers the same already")
        answer = Answer(
            part=subject.part,
            subject=subject.subject,
            value=line.grade,
            rationale=line.rationale,
            evidence=line.evidence,
        )
        answers[line.criterion] = (line.line, answer)
        self._audits[key] = replace(audit, submitted_utc=max(audit.submitted_utc, at))

    def _number(self, line: AuditLine) -> int:
        """Return the number of the case, 0 where there is none."""
        try:
            unit = canonical_unit(line.unit)
        except ValueError:
            self._wrong(line, "unit", "there is none, or it cannot be read")
            return 0
        number = self._cases.get(unit, 0)
        said = _CASE.fullmatch(unit)
        if not number and said and int(said[1]) in self._numbers:
            number = int(said[1])
        if not number:
            self._wrong(line, "unit", "no case of this round that is to be audited")
        return number

    def _grade(self, line: AuditLine, subject: Subject, number: int) -> None:
        value = line.grade
        if value == NOT_YET and subject.words:
            if not line.rationale.strip():
                self._wrong(line, "rationale", "nothing is written, and no grade given")
        elif value not in subject.values:
            known = _any_of(subject.values) if subject.values else "it has no grade"
            self._wrong(line, "grade", f"{_shown(value)}; {known}")
        elif (
            value != NOT_APPLICABLE
            and subject.part == "criterion"
            and subject.subject in self._unasked.get(number, ())
        ):
            self._wrong(line, "criterion", "it is not asked of this case")

    def _time(self, line: AuditLine) -> str:
        text = line.submitted_at.strip()
        if day := _DAY_FIRST.fullmatch(text):
            text = f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}"
        found = _TIME.fullmatch(text)
        if not text:
            return ""
        if found is None or not _exists(found[1]):
            what = f"{_shown(text)}; a date such as 2026-03-31 is needed"
            self._wrong(line, "submitted_at", what)
            return ""
        clock = found[2] or "00:00:00"
        at = f"{found[1]}T{clock if len(clock) > len('00:00') else clock + ':00'}Z"
        if at > self._now:
            self._wrong(line, "submitted_at", "this time is still to come")
        return at

    def _wrong(self, line: AuditLine, column: str, problem: str) -> None:
        self.problems.append(
            LineProblem(line=line.line, column=column, problem=problem)
        )


def _exists(day: str) -> bool:
    """Whether there is such a day, of an ISO date whose parts are in range."""
    year, month, number = (int(part) for part in day.split("-"))
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    long = {2: 29 if leap else 28, **dict.fromkeys((4, 6, 9, 11), 30)}
    return year > 0 and number <= long.get(month, 31)


def _shown(text: str) -> str:
    cut = text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
    return f'"{cut}"' if cut else "there is none"


def _any_of(values: Iterable[str]) -> str:
    return f"known: {', '.join(values)}"
