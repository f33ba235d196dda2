"""Cases with a few dates, and what a timescale finds in them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from builders import AS_AT
from case_audit.core.frame.model import Record
from case_audit.core.timescales.case import CaseDates
from case_audit.core.timescales.days import WorkingDays
from case_audit.core.timescales.find import find
from case_audit.core.timescales.limits import Limits
from case_audit.exchange.annex_a.spec import LISTS, columns
from case_audit.services.timescales import list_columns

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from case_audit.core.frame.model import Value
    from case_audit.core.timescales.model import Finding

BANK_HOLIDAYS = frozenset(
    map(
        date.fromisoformat,
        [
            *("2025-01-01", "2025-04-18", "2025-04-21", "2025-05-05", "2025-05-26"),
            *("2025-08-25", "2025-12-25", "2025-12-26"),
            *("2026-01-01", "2026-04-03", "2026-04-06", "2026-05-04", "2026-05-25"),
            *("2026-08-31", "2026-12-25", "2026-12-28"),
        ],
    )
)
"""Those of England and Wales in 2025 and 2026, as GOV.UK lists them."""

WORKING_DAYS = WorkingDays(lambda _: BANK_HOLIDAYS)


def on_list(list_no: int, *, row: int = 2, **values: Value) -> Record:
    """A row with these entries and no other."""
    return a_row(list_no, values, row=row)


def a_row(list_no: int, values: Mapping[str, Value], *, row: int = 2) -> Record:
    """A row with these entries and no other."""
    known = {key: value for key, value in values.items() if value is not None}
    return Record(
        list_no=list_no,
        row=row,
        unit="C0001",
        values=known,
        raw={"child_id": "C0001", **{key: str(value) for key, value in known.items()}},
    )


def a_case(
    *records: Record,
    as_at: str = AS_AT.isoformat(),
    added: Mapping[str, str] | None = None,
    gone: Collection[tuple[int, str]] = (),
    not_imported: Collection[int] = (),
    limits: Mapping[str, int] | None = None,
) -> CaseDates:
    """A case.

    Args:
        records: Its rows.
        as_at: The date of the lists.
        added: Its values in the extra file. An empty text means that only
            other children have an entry in that column.
        gone: Columns that the lists do not have.
        not_imported: Lists without a row.
        limits: Other limits than the defaults.
    """
    extras = added or {}
    return CaseDates(
        as_at=date.fromisoformat(as_at),
        records=records,
        lists={
            n: list_columns(
                n,
                filled=frozenset()
                if n in not_imported
                else frozenset(c.key for c in columns(n) if (n, c.key) not in gone),
            )
            for n in LISTS
        },
        days=WORKING_DAYS,
        extras={key: value for key, value in extras.items() if value},
        extra_columns=frozenset(extras),
        limits=Limits(limits),
    )


def result(finding: Finding) -> str:
    """How it stands in a word or two, such as ``late 3 working days``."""
    amount = f" {finding.amount} {finding.unit}" if finding.amount else ""
    return f"{finding.status}{amount}"


def found(timescale: str, *records: Record, **more: object) -> str:
    """What a timescale finds in a case, see `a_case`."""
    return result(find(a_case(*records, **more), timescale))  # type: ignore[arg-type]
