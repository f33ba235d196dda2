"""Rows of cases and audits, as the method knows them.

Aliases: ``c`` the case, ``a`` its audit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from case_audit.core.audit.model import Audit
from case_audit.core.sample.round import Case

if TYPE_CHECKING:
    from collections.abc import Sequence

    from case_audit.core.sample.round import CaseState

CASE: Final = "c.id, c.round_id, c.number, c.unit, c.stratum, c.state"
"""The columns of a case."""

CASE_WIDTH: Final = 6

AUDIT: Final = (
    "a.id, a.case_id, a.state, a.auditor, a.started_utc, a.submitted_utc, a.place, "
    "a.computed_json"
)
"""The columns of an audit."""

AUDIT_WIDTH: Final = 8


def case_of(row: Sequence[Any]) -> Case:
    """Return the case whose columns these are."""
    return Case(
        id=row[0],
        round_id=row[1],
        number=row[2],
        unit=row[3],
        stratum=row[4],
        state=cast("CaseState", row[5]),
    )


def audit_of(row: Sequence[Any]) -> Audit:
    """Return the audit whose columns these are."""
    return Audit(
        id=row[0],
        case_id=row[1],
        state=row[2],
        auditor=row[3],
        started_utc=row[4],
        submitted_utc=row[5] or "",
        place=row[6],
        computed=row[7] or "",
    )
