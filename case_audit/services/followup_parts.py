"""The parts of an action: what it is about, whose it is, its texts and days."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from case_audit.core.allocation.people import same_person
from case_audit.core.followup.model import LONGEST
from case_audit.core.rubric.canonical import rubric_from_text
from case_audit.errors import ActionError
from case_audit.security.text_gate import visible

if TYPE_CHECKING:
    from case_audit.core.followup.model import About
    from case_audit.core.rubric.model import Rubric
    from case_audit.core.sample.round import Round
    from case_audit.store.unit_of_work import UnitOfWork


def rubric_of(uow: UnitOfWork, one: Round) -> Rubric:
    """Return the rubric of a round."""
    return rubric_from_text(uow.registry.rubric_text(one.rubric_digest))


def about_of(uow: UnitOfWork, one: Round, text: str) -> tuple[About, str]:
    """Return what an action is about.

    Raises:
        ActionError: If the round has no such thing.
    """
    rubric = rubric_of(uow, one)
    domains = rubric.domains_for(one.cohort)
    known: dict[About, list[str]] = {
        "area": [rubric.area],
        "domain": [domain.id for domain in domains],
        "criterion": [c.id for domain in domains for c in domain.criteria],
        "case": [str(case.number) for case in uow.rounds.cases(one.id) if case.stands],
    }
    kind, _, subject = (part.strip() for part in text.partition(":"))
    subject = subject or (rubric.area if kind == "area" else "")
    for about, subjects in known.items():
        if about == kind and subject in subjects:
            return about, subject
    hint = "Write area, domain:ID, criterion:ID or case:NUMBER."
    part = "subject"
    raise ActionError(part, f'"{text}" is not in this round', hint=hint)


def written(what: str, text: str) -> str:
    """Return a text that was written, nothing in it hidden.

    Raises:
        ActionError: If there is none, or it is too long.
    """
    said = visible(text).strip()
    if not said:
        raise ActionError(what, "is missing", hint="Write it in a few words.")
    if len(said) > LONGEST:
        problem = f"is longer than {LONGEST} characters"
        raise ActionError(what, problem, hint="Say it in fewer words.")
    return said


def role_of(uow: UnitOfWork, one: Round, text: str) -> str:
    """Return the owner.

    Raises:
        ActionError: If it is one of the people who audited the round, not a role.
    """
    owner = " ".join(written("owner", text).split())
    for audit in uow.audits.of_round(one.id):
        if same_person(audit.auditor, owner):
            hint = "Name a role, such as Head of Child Protection."
            part = "owner"
            raise ActionError(part, "is a person who audited", hint=hint)
    return owner


def day_of(what: str, text: str) -> str:
    """Return an ISO date.

    Raises:
        ActionError: If it is none.
    """
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        hint = "Write it as 2026-09-30."
        raise ActionError(what, f'"{text}" is no date', hint=hint) from None
