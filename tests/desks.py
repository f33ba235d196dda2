"""An auditor at work on a case."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from builders import NOW
from case_audit.services.answers import give_answer
from case_audit.services.audit import open_case
from stored import case_ids

if TYPE_CHECKING:
    from case_audit.core.audit.model import Answer, Part
    from case_audit.services.database import Database
    from case_audit.services.opened import OpenCase


def desk(database: Database, case: int, auditor: str = "Ann") -> OpenCase:
    return open_case(database, case, auditor=auditor, now=NOW)


def answer(
    database: Database,
    audit: int,
    subject: str,
    value: str = "",
    *,
    part: Part = "criterion",
    rationale: str = "",
) -> Answer:
    """Answer on top of whatever is there."""
    with database.read() as uow:
        there = uow.audits.answers(audit).get(part, subject)
    changed = replace(there, value=value, rationale=rationale)
    return give_answer(database, audit, changed, auditor="Ann", now=NOW)


def kept_answer(database: Database, subject: str, part: Part = "criterion") -> Answer:
    """What is in the database, read anew."""
    case_id = case_ids(database)[0]
    return open_case(database, case_id, auditor="Somebody", now=NOW).answers.get(
        part, subject
    )
