"""Allocations: who reads which file, revision by revision."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from case_audit.core.allocation.model import Auditor, Revision
from case_audit.errors import ChangedMeanwhileError
from case_audit.store.keys import made
from case_audit.store.tables.allocation import AllocatedCaseRow, AllocationRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlmodel import Session

    from case_audit.core.allocation.model import Act


class Allocations:
    """Who reads which file."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def newest(self, round_id: int) -> Revision:
        """Return what is in force; number 0 where nothing was ever given out."""
        row = self._session.exec(
            select(AllocationRow)
            .where(col(AllocationRow.round_id) == round_id)
            .order_by(col(AllocationRow.number).desc())
            .limit(1)
        ).first()
        return self._revision(row) if row else Revision(number=0)

    def numbered(self, round_id: int, number: int) -> Revision:
        """Return one revision of a round; number 0 is the one before the first."""
        row = self._session.exec(
            select(AllocationRow).where(
                col(AllocationRow.round_id) == round_id,
                col(AllocationRow.number) == number,
            )
        ).first()
        return self._revision(row) if row else Revision(number=0)

    def add(self, round_id: int, new: Revision) -> None:
        """Keep a revision.

        Raises:
            ChangedMeanwhileError: If somebody else kept that number first.
        """
        row = AllocationRow(
            round_id=round_id,
            number=new.number,
            act=new.act,
            restores=new.restores,
            auditors=auditors_text(new.auditors),
            allow_own_team=new.allow_own_team,
            at_utc=new.at_utc,
            done_by=new.by,
        )
        self._session.add(row)
        try:
            self._session.flush()
        except IntegrityError:
            raise ChangedMeanwhileError from None
        for case_id, auditor in sorted(new.given.items()):
            self._session.add(
                AllocatedCaseRow(
                    allocation_id=made(row.id), case_id=case_id, auditor=auditor
                )
            )
        self._session.flush()

    def _revision(self, row: AllocationRow) -> Revision:
        cases = self._session.exec(
            select(AllocatedCaseRow.case_id, AllocatedCaseRow.auditor).where(
                col(AllocatedCaseRow.allocation_id) == made(row.id)
            )
        )
        return Revision(
            number=row.number,
            act=cast("Act", row.act),
            restores=row.restores,
            auditors=_auditors(row.auditors),
            allow_own_team=row.allow_own_team,
            at_utc=row.at_utc,
            by=row.done_by,
            given=dict(cases.all()),
        )


def auditors_text(auditors: Iterable[Auditor]) -> str:
    """Return a list of auditors as JSON, as it is kept and sealed."""
    plain = [
        {
            "name": a.name,
            "teams": list(a.teams),
            "capacity": a.capacity,
            "names": list(a.names),
            "units": sorted(a.units),
            "cohorts": sorted(a.cohorts),
        }
        for a in auditors
    ]
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def _auditors(text: str) -> tuple[Auditor, ...]:
    return tuple(
        Auditor(
            name=plain["name"],
            teams=tuple(plain["teams"]),
            capacity=plain["capacity"],
            names=tuple(plain["names"]),
            units=frozenset(plain["units"]),
            cohorts=frozenset(plain["cohorts"]),
        )
        for plain in json.loads(text)
    )
