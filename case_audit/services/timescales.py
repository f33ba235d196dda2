"""What the dates on the lists say of a case."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from case_audit.core.frame.cohorts import cohort
from case_audit.core.frame.episode import row_of
from case_audit.core.timescales.case import CaseDates, ListColumns
from case_audit.core.timescales.days import WorkingDays
from case_audit.core.timescales.find import find_all
from case_audit.exchange.annex_a.spec import LISTS, columns
from case_audit.exchange.extras import KNOWN
from case_audit.services.working_days import bank_holidays

if TYPE_CHECKING:
    from case_audit.core.frame.model import FrameUnit, StoredFrame
    from case_audit.core.timescales.limits import Limits
    from case_audit.core.timescales.model import Finding
    from case_audit.store.unit_of_work import UnitOfWork


def findings_of(
    uow: UnitOfWork, frame: StoredFrame, unit: FrameUnit, *, limits: Limits
) -> tuple[Finding, ...]:
    """Return what every timescale says of a unit on the date of its frame.

    All rows of the unit's child count, on whichever lists of the same import.

    Args:
        uow: Open unit of work; only read from.
        frame: The frame the unit is in.
        unit: The unit.
        limits: How long things may take.

    Returns:
        Nothing for a frame whose import kept no rows.
    """
    records = uow.frames.records_of(frame.import_id, unit.child)
    if not records:
        return ()
    filled = {n: uow.frames.filled_columns(frame.import_id, n) for n in LISTS}
    return find_all(
        CaseDates(
            as_at=date.fromisoformat(frame.as_at),
            records=records,
            lists={n: list_columns(n, filled=filled[n]) for n in LISTS},
            days=WorkingDays(bank_holidays),
            extras={k: v for k, v in unit.attributes.items() if k in KNOWN},
            extra_columns=uow.frames.attribute_keys(frame.id) & KNOWN.keys(),
            limits=limits,
            about=row_of(cohort(frame.cohort), unit, records),
        )
    )


def list_columns(list_no: int, *, filled: frozenset[str]) -> ListColumns:
    """Return what a list has.

    Args:
        list_no: The list, 1 to 11.
        filled: Keys of its columns with at least one entry.
    """
    known = columns(list_no)
    return ListColumns(
        title=LISTS[list_no].title,
        headers={column.key: column.header for column in known},
        required=frozenset(column.key for column in known if column.required),
        dates=frozenset(column.key for column in known if column.type == "date"),
        filled=filled,
    )
