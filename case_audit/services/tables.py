"""Help with tables of any kind: a first mapping file, to look over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from case_audit.errors import MappingExistsError
from case_audit.exchange.files import write_whole
from case_audit.exchange.tables.draft import beside, draft_mapping

if TYPE_CHECKING:
    from pathlib import Path

    from case_audit.exchange.tables.draft import Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """A draft and where it is.

    Attributes:
        draft: What it says.
        path: Where it is, or would be.
        kept: Whether it was written; a trial writes nothing.
    """

    draft: Draft
    path: Path
    kept: bool


def write_draft(table: Path, *, keep: bool = True) -> Drafted:
    """Write a first mapping file beside a table.

    Args:
        table: A CSV, Excel or Parquet file.
        keep: ``False`` looks at the table and writes nothing.

    Raises:
        MappingExistsError: If there is one already. It stays as it is.
        CaseAuditError: If the table cannot be read.
    """
    path = beside(table)
    if keep and path.exists():
        raise MappingExistsError(path.name, table=table.name)
    draft = draft_mapping(table)
    if keep:
        write_whole(path, draft.text.encode())
    return Drafted(draft=draft, path=path, kept=keep)
