"""A first mapping for a file of audits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.core.rubric.canonical import rubric_from_text
from case_audit.errors import MappingExistsError
from case_audit.exchange.audits.draft import draft_audit_mapping
from case_audit.exchange.files import write_whole
from case_audit.exchange.tables.draft import beside
from case_audit.services.audit_files import round_of

if TYPE_CHECKING:
    from pathlib import Path

    from case_audit.core.rubric.model import Rubric
    from case_audit.exchange.audits.draft import AuditDraft
    from case_audit.services.database import Database


def round_rubric(database: Database, name: str | None) -> tuple[str, Rubric]:
    """Return the cohort and rubric of a round, or of the newest.

    Raises:
        UnknownRoundError: If there is no such round.
        NoRoundsError: If there is none at all.
    """
    with database.read() as uow:
        one = round_of(uow, name)
        text = uow.registry.rubric_text(one.rubric_digest)
    return one.cohort, rubric_from_text(text)


def write_audit_draft(
    path: Path, rubric: Rubric, cohort: str, *, keep: bool = True
) -> tuple[AuditDraft, Path]:
    """Write a first mapping beside a file of audits.

    Args:
        path: A CSV, Excel or Parquet file.
        rubric: What its criteria and grades are to become.
        cohort: Whose cases.
        keep: ``False`` looks at the file and writes nothing.

    Returns:
        The draft, and where it is or would be.

    Raises:
        MappingExistsError: If there is one already. It stays as it is.
        CaseAuditError: If the file cannot be read.
    """
    file = beside(path)
    if keep and file.exists():
        raise MappingExistsError(file.name, table=path.name, command="audits import")
    found = draft_audit_mapping(path, rubric, cohort)
    if keep:
        write_whole(file, found.text.encode())
    return found, file
