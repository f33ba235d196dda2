"""The self-assessment of a round with all that stands beside its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.core.rubric.canonical import rubric_from_text
from case_audit.core.selfassessment.omissions import omissions
from case_audit.core.selfassessment.report import PEOPLE, TEAM, report_of
from case_audit.errors import LeftOutError, UnknownSubjectError
from case_audit.reports.document.build import document
from case_audit.reports.omission_words import omission_words
from case_audit.services.groups import groups_of
from case_audit.services.selfassessment import submitted_audits, summarise
from case_audit.services.trend import trends_to

if TYPE_CHECKING:
    from collections.abc import Collection

    from case_audit.core.selfassessment.model import Summary
    from case_audit.core.selfassessment.report import Report
    from case_audit.reports.document.audience import Reader
    from case_audit.reports.document.model import Document
    from case_audit.services.database import Database


def report(database: Database, name: str | None = None) -> Report:
    """Return everything a self-assessment can say of a round.

    Args:
        database: Where the round is.
        name: Its name; the newest round without one.

    Raises:
        UnknownRoundError: If there is no such round.
        NoRoundsError: If none was drawn yet.
    """
    summary = summarise(database, name)
    with database.read() as uow:
        one = uow.rounds.named(summary.facts.name)
        rubric = rubric_from_text(uow.registry.rubric_text(one.rubric_digest))
        audits = submitted_audits(uow, one, rubric)
        groups = groups_of(uow, one, (TEAM, *summary.facts.strata_by, *PEOPLE))
    return report_of(
        summary,
        audits,
        groups=groups,
        earlier=trends_to(database, summary.facts.name),
    )


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
        escalated=frozenset(),
        doubted=frozenset(),
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
