"""Rows in a real database, with the frames an import makes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builders import AS_AT, NOW, a_case_file
from case_audit.core.frame.build import FrameBuilder
from case_audit.core.frame.model import Source
from case_audit.services.database import decide_kind
from case_audit.services.times import utc
from case_audit.services.working_days import working_days_between

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from case_audit.core.frame.model import Record
    from case_audit.services.database import Database


def imported(
    database: Database,
    records: Sequence[Record],
    *,
    as_at: date = AS_AT,
    extras: Mapping[str, Mapping[str, str]] | None = None,
) -> None:
    """Keep rows, extra columns, frames and a file of every child."""
    builder = FrameBuilder(as_at=as_at, working_days=working_days_between)
    for record in records:
        builder.add(record)
    with database.write() as uow:
        decide_kind(uow, synthetic=True)
        import_id = uow.frames.add_import(
            Source(
                kind="annex_a",
                name="annex_a.xlsx",
                sha256="0" * 64,
                as_at=as_at.isoformat(),
                imported_utc=utc(NOW),
                imported_by="Lee",
                synthetic=True,
            )
        )
        uow.frames.add_records(import_id, records)
        uow.frames.add_extras(import_id, extras or {})
        for frame in builder.frames(extras or {}):
            uow.frames.add_frame(import_id, frame)
        children = sorted({record.unit for record in records})
        uow.frames.add_documents(import_id, [a_case_file(c) for c in children])
        uow.commit()
