"""Draws that are fixed before their seed exists, and the halves of seeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col, select

from case_audit.core.sample.fixed import Plan
from case_audit.core.sample.seed import Promise
from case_audit.errors import UnknownPlanError
from case_audit.store.keys import made
from case_audit.store.tables.sample import PlanRow, PromiseRow

if TYPE_CHECKING:
    from sqlmodel import Session


class Plans:
    """What was fixed, and what two parties promised."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, new: Plan) -> int:
        """Keep a plan; returns the number it gets, whatever it says itself."""
        row = PlanRow(
            name=new.name,
            frame_id=new.frame_id,
            rubric_digest=new.rubric_digest,
            plan=new.text,
            digest=new.digest,
            fixed_utc=new.fixed_utc,
            fixed_by=new.fixed_by,
        )
        self._session.add(row)
        self._session.flush()
        return made(row.id)

    def plans(self) -> list[Plan]:
        """All plans, newest first."""
        rows = self._session.exec(select(PlanRow).order_by(col(PlanRow.id).desc()))
        return [_plan(row) for row in rows]

    def named(self, name: str) -> Plan | None:
        """Return the plan with that name, drawn or waiting, if there is one."""
        return next((plan for plan in self.plans() if plan.name == name), None)

    def waiting(self, name: str) -> Plan:
        """Return the plan with that name that is not drawn yet.

        Raises:
            UnknownPlanError: If there is none; names those that wait.
        """
        waiting = [plan for plan in self.plans() if not plan.round_id]
        for plan in waiting:
            if plan.name == name:
                return plan
        raise UnknownPlanError(name, known=[plan.name for plan in waiting])

    def drawn(self, plan_id: int, round_id: int) -> None:
        """Note which round was drawn from a plan."""
        self._row(plan_id).round_id = round_id
        self._session.flush()

    def promises(self, plan_id: int) -> tuple[Promise, ...]:
        """Return the promises of a plan in the order in which they were given."""
        rows = self._session.exec(
            select(PromiseRow)
            .where(col(PromiseRow.plan_id) == plan_id)
            .order_by(col(PromiseRow.place))
        )
        return tuple(
            Promise(
                party=row.party,
                digest=row.digest,
                promised_utc=row.promised_utc,
                promised_by=row.promised_by,
                secret=row.secret or "",
                revealed_utc=row.revealed_utc or "",
            )
            for row in rows
        )

    def promise(self, plan_id: int, place: int, new: Promise) -> None:
        """Keep a promise as the first or second of a plan."""
        self._session.add(
            PromiseRow(
                plan_id=plan_id,
                place=place,
                party=new.party,
                digest=new.digest,
                promised_utc=new.promised_utc,
                promised_by=new.promised_by,
            )
        )
        self._session.flush()

    def reveal(self, plan_id: int, party: str, *, secret: str, at_utc: str) -> None:
        """Keep the secret of a promise."""
        row = self._session.exec(
            select(PromiseRow).where(
                col(PromiseRow.plan_id) == plan_id, col(PromiseRow.party) == party
            )
        ).one()
        row.secret, row.revealed_utc = secret, at_utc
        self._session.flush()

    def _row(self, plan_id: int) -> PlanRow:
        return self._session.exec(
            select(PlanRow).where(col(PlanRow.id) == plan_id)
        ).one()


def _plan(row: PlanRow) -> Plan:
    return Plan(
        id=made(row.id),
        name=row.name,
        frame_id=row.frame_id,
        rubric_digest=row.rubric_digest,
        text=row.plan,
        digest=row.digest,
        fixed_utc=row.fixed_utc,
        fixed_by=row.fixed_by,
        round_id=row.round_id or 0,
    )
