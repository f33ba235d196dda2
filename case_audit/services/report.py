"""The self-assessment of a round with all that stands beside its numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from case_audit.core.audit.model import SUBMITTED
from case_audit.core.rubric.canonical import rubric_from_text
from case_audit.core.selfassessment.agreeing import SECOND
from case_audit.core.selfassessment.disclosure import DFE
from case_audit.core.selfassessment.narrative import numbers
from case_audit.core.selfassessment.omissions import omissions
from case_audit.core.selfassessment.report import PEOPLE, TEAM, report_of
from case_audit.errors import (
    LeadsNowhereError,
    LeftOutError,
    NotShareableError,
    UnknownSubjectError,
)
from case_audit.reports.document.build import document
from case_audit.reports.document.parts import texts
from case_audit.reports.omission_words import omission_words
from case_audit.security.free_text import findings
from case_audit.services.crosswalk import open_crosswalk
from case_audit.services.followup import escalations, followed
from case_audit.services.frame_check import check_frame
from case_audit.services.groups import groups_of
from case_audit.services.narrative import passages
from case_audit.services.selfassessment import (
    submitted_audits,
    summarise,
)
from case_audit.services.trend import trend_of, trends_to

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from case_audit.core.audit.model import Answers
    from case_audit.core.frame.quality import Finding
    from case_audit.core.sample.round import Round
    from case_audit.core.selfassessment.model import Summary
    from case_audit.core.selfassessment.narrative import Piece
    from case_audit.core.selfassessment.report import Report
    from case_audit.core.selfassessment.tally import ByCase
    from case_audit.core.selfassessment.trend import Trend
    from case_audit.reports.document.audience import Reader
    from case_audit.reports.document.model import Document
    from case_audit.services.database import Database
    from case_audit.store.unit_of_work import UnitOfWork

MOST_LOOKED_AT = 50_000
"""Cases up to which the list is looked at for faults: it is read row by row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Which earlier rounds a round is set beside.

    Attributes:
        against: The name of one of them; all of its cohort if empty.
        crosswalk: The file that leads from an earlier rubric to this one's.
    """

    against: str = ""
    crosswalk: Path | None = None


ALL_EARLIER = Beside()


def report(
    database: Database,
    name: str | None = None,
    *,
    today: date,
    beside: Beside = ALL_EARLIER,
) -> Report:
    """Return everything a self-assessment can say of a round.

    Args:
        database: Where the round is.
        name: Its name; the newest round without one.
        today: What overdue is measured by.
        beside: Which earlier rounds it is set beside.

    Raises:
        UnknownRoundError: If there is no such round.
        NoRoundsError: If none was drawn yet.
        NotComparableError: If the rounds that are named cannot be compared.
        LeadsNowhereError: If the crosswalk leads from the rubric of no earlier round.
        FileError: If the crosswalk cannot be read.
        RubricError: If it is not as it should be.
        CrosswalkError: If it does not fit the rubrics that it names.
    """
    summary = summarise(database, name)
    with database.read() as uow:
        one = uow.rounds.named(summary.facts.name)
        rubric = rubric_from_text(uow.registry.rubric_text(one.rubric_digest))
        audits = submitted_audits(uow, one, rubric)
        groups = groups_of(uow, one, (TEAM, *summary.facts.strata_by, *PEOPLE))
        second = _second(uow, one)
    earlier = _earlier(database, summary.facts.name, beside)
    found = report_of(
        summary,
        audits,
        groups=groups,
        earlier=earlier,
        second=second,
        before=_before(database, earlier),
    )
    own = passages(database, summary.facts.name)
    after = followed(database, summary.facts.name, today=today)
    return replace(
        found,
        narrative={one.passage.section: one.pieces for one in own},
        actions=tuple(one for one in after.actions if one.status != "verified"),
        escalations=escalations(database, summary.facts.name),
        unanswered=after.without,
        today=today.isoformat(),
        faults=_faults(database, summary),
    )


def _earlier(database: Database, name: str, beside: Beside) -> tuple[Trend, ...]:
    walk = beside.crosswalk
    if beside.against:
        return (trend_of(database, name, against=beside.against, crosswalk=walk),)
    found = trends_to(database, name, crosswalks=[walk] if walk else ())
    if walk and not any(one.crosswalk for one in found):
        one = open_crosswalk(walk).walk
        raise LeadsNowhereError(one.id, old=one.old, new=one.new)
    return found


def _before(database: Database, earlier: Sequence[Trend]) -> dict[str, ByCase]:
    """Return what was found in each case of earlier rounds, by name."""
    names = [one.old.facts.name for one in earlier]
    with database.read() as uow:
        return {name: uow.counts.values(uow.rounds.named(name).id) for name in names}


def _faults(database: Database, summary: Summary) -> tuple[Finding, ...]:
    """Look at the list a round was drawn from, where there is one of a usual size."""
    if summary.facts.imported or summary.population > MOST_LOOKED_AT:
        return ()
    with database.read() as uow:
        frame_id = uow.rounds.named(summary.facts.name).frame_id
    return check_frame(database, str(frame_id)).findings


def _second(uow: UnitOfWork, one: Round) -> dict[int, Answers]:
    """Return the answers of submitted second audits, by number of the case."""
    audits = {
        audit.id: audit.case_id
        for audit in uow.audits.of_round(one.id, role=SECOND)
        if audit.state == SUBMITTED
    }
    numbers = {case.id: case.number for case in uow.rounds.cases(one.id)}
    answers = uow.audits.answers_of(list(audits)) if audits else {}
    return {numbers[case]: answers[audit] for audit, case in audits.items()}


def self_assessment(
    database: Database,
    name: str | None,
    reader: Reader,
    *,
    today: date,
    without: Collection[str] = (),
    beside: Beside = ALL_EARLIER,
) -> Document:
    """Return the self-assessment of a round as a document for a reader.

    Args:
        database: Where the round is.
        name: Its name; the newest round without one.
        reader: Who it is for.
        today: What overdue is measured by.
        without: Domains and criteria that are left out.
        beside: Which earlier rounds it is set beside.

    Raises:
        CaseAuditError: As :func:`report`.
        UnknownRoundError: If there is no such round.
        NoRoundsError: If none was drawn yet.
        UnknownSubjectError: If the rubric has no such domain or criterion.
        LeftOutError: If something is left out that must not be.
        NotShareableError: If the lead's own words could tell of a child, and it is
            for readers outside.
    """
    found = report(database, name, today=today, beside=beside)
    made = written(found, reader, without=without)
    if reader.audience == "shareable":
        bare = written(replace(found, narrative={}), reader, without=without)
        if problems := list(_telling(database, found, bare)):
            raise NotShareableError(problems)
    return made


def _telling(database: Database, found: Report, bare: Document) -> Iterator[str]:
    """Yield what in the lead's own words could tell of a child, by its place alone.

    A number that the document hides must not stand in the text beside it.
    """
    facts = found.summary.facts
    with database.read() as uow:
        one = uow.rounds.named(facts.name)
        known = {unit.unit for unit in uow.frames.units(one.frame_id)}
        known |= {audit.auditor for audit in uow.audits.of_round(one.id)}
    for action in found.actions:
        for text in (action.text, action.owner, action.measure):
            for place in findings(text, known=known):
                yield f"action {action.number}, {place}"
    shown = set(numbers(" ".join(texts(bare))))
    for section, pieces in found.narrative.items():
        text = "".join(piece.text for piece in pieces)
        for place in findings(
            text, known=known, allowed=[date.fromisoformat(facts.as_at)]
        ):
            yield f"{section}, {place}"
        for piece in pieces:
            for number in numbers(piece.text):
                if number not in shown and _tells(piece, number):
                    yield f"{section}: {number} is not shown in this report"


def _tells(piece: Piece, number: str) -> bool:
    """Whether a number that the document hides would tell of children.

    A figure of the round does, and so does any count of a few; a target or a share of
    something else does not.
    """
    if piece.kind != "foreign":
        return True
    hits, of, _ = number.partition(" of ")
    return bool(of) and DFE.is_small(int(hits))


def written(
    found: Report, reader: Reader, *, without: Collection[str] = ()
) -> Document:
    """Return a self-assessment as a document, if it leaves nothing out that must be in.

    Args:
        found: What it can say.
        reader: Who it is for.
        without: Domains and criteria that are left out.

    Raises:
        UnknownSubjectError: If the rubric has no such domain or criterion.
        LeftOutError: If something is left out that must not be: it has a case at the
            lowest grade or an open escalation, or graders disagree about it.
    """
    summary = found.summary
    _refuse_unknown(summary, without)
    made = document(found, reader, without=frozenset(without))
    missing = omissions(
        summary,
        made.shown,
        lowest=frozenset(case.number for case in found.lowest),
        escalated=frozenset(one.number for one in found.open_escalations),
        doubted=found.agreeing.doubted if found.agreeing else frozenset(),
    )
    if missing:
        raise LeftOutError([omission_words(one, summary) for one in missing])
    return made


def _refuse_unknown(summary: Summary, without: Collection[str]) -> None:
    rubric = summary.rubric
    known = {c.id for c in rubric.criteria()} | {d.id for d in rubric.domains}
    for name in without:
        if name not in known:
            raise UnknownSubjectError(name, rubric=rubric.id)
