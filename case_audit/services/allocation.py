"""Give the drawn cases of a round to auditors, and show who reads what."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from case_audit.core.allocation.assign import allocate
from case_audit.core.allocation.conflicts import TEAM, named_for, unknown_teams
from case_audit.core.allocation.explain import reasons, remedy
from case_audit.core.allocation.model import CaseToGive, Revision
from case_audit.core.allocation.people import same_person
from case_audit.errors import (
    GivenToAnotherError,
    NoAllocationError,
    NothingAllocatedError,
)
from case_audit.security.sealed_log import content_digest
from case_audit.services.allocation_page import NOBODY, allocation_page, standing
from case_audit.services.standing import refuse_closed
from case_audit.services.times import utc
from case_audit.store.allocations import auditors_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from case_audit.core.allocation.model import Allocation, Auditor
    from case_audit.core.sample.round import Case, Round
    from case_audit.services.allocation_page import AllocationPage
    from case_audit.services.database import Database
    from case_audit.store.unit_of_work import UnitOfWork


def show_allocation(database: Database, round_name: str) -> AllocationPage:
    """Return who reads which file.

    Raises:
        UnknownRoundError: If there is no such round.
    """
    with database.read() as uow:
        one = uow.rounds.named(round_name)
        return allocation_page(uow, one, uow.allocations.newest(one.id))


def assign(
    database: Database,
    round_name: str,
    auditors: Sequence[Auditor],
    *,
    allow_own_team: bool = False,
    by: str,
    now: datetime,
    keep: bool = True,
) -> AllocationPage:
    """Give every case of a round to one auditor.

    What is begun or submitted stays with whoever began it. Other cases move only
    where the rules ask for it.

    Args:
        database: Where the round is.
        round_name: Name of the round.
        auditors: Who can read files.
        allow_own_team: Whether a case may be read in its own team where nothing
            else is possible.
        by: Who gives them out.
        now: The time, for the record.
        keep: ``False`` works out the same and keeps nothing.

    Raises:
        UnknownRoundError: If there is no such round.
        ClosedRoundError: If it is closed.
        NoAllocationError: If not every case can be given to somebody; says which,
            why, and what can be done. Nothing is changed.
    """
    with database.write() as uow:
        one = uow.rounds.named(round_name)
        refuse_closed(one)
        cases = standing(uow, one)
        before = uow.allocations.newest(one.id)
        to_give = _to_give(uow, one, cases, before)
        seed = str(json.loads(one.manifest)["seed"])
        found = allocate(to_give, auditors, seed=seed, allow_own_team=allow_own_team)
        if found.left:
            raise _no_allocation(cases, to_give, auditors, found, seed=seed)
        numbers = {case.unit: case.id for case in cases}
        new = Revision(
            number=before.number + 1,
            act="assign",
            auditors=tuple(auditors),
            allow_own_team=allow_own_team,
            at_utc=utc(now),
            by=by,
            given={numbers[p.unit]: p.auditor for p in found.placed},
        )
        changed = not _says_the_same(before, new)
        if changed and keep:
            _keep(uow, one, new)
        page = allocation_page(uow, one, new if changed else before, found.placed)
        page = _checked(uow, page, to_give)
        uow.commit()
    return replace(page, spread=found.spread, kept=keep, changed=changed)


def _says_the_same(one: Revision, other: Revision) -> bool:
    return (one.given, set(one.auditors), one.allow_own_team) == (
        other.given,
        set(other.auditors),
        other.allow_own_team,
    )


def clear_allocation(
    database: Database, round_name: str, *, by: str, now: datetime, keep: bool = True
) -> AllocationPage:
    """Take every case back; audits that are begun stay as they are.

    Raises:
        UnknownRoundError: If there is no such round.
        ClosedRoundError: If it is closed.
        NothingAllocatedError: If no case is given to anybody.
    """
    with database.write() as uow:
        one = uow.rounds.named(round_name)
        refuse_closed(one)
        before = uow.allocations.newest(one.id)
        if not before.given:
            raise NothingAllocatedError(round_name=one.name)
        new = Revision(number=before.number + 1, act="clear", at_utc=utc(now), by=by)
        return _replaced(uow, one, new, keep=keep)


def undo_allocation(
    database: Database, round_name: str, *, by: str, now: datetime, keep: bool = True
) -> AllocationPage:
    """Give the cases out as before the last change; again for the one before.

    Cases that were drawn since are given to nobody.

    Raises:
        UnknownRoundError: If there is no such round.
        ClosedRoundError: If it is closed.
        NothingAllocatedError: If nothing was ever given out, or all is undone.
    """
    with database.write() as uow:
        one = uow.rounds.named(round_name)
        refuse_closed(one)
        now_is = uow.allocations.newest(one.id)
        if now_is.origin == 0:
            raise NothingAllocatedError(round_name=one.name)
        earlier = uow.allocations.numbered(one.id, now_is.origin - 1)
        origin = uow.allocations.numbered(one.id, earlier.origin)
        new = replace(
            origin,
            number=now_is.number + 1,
            act="undo",
            restores=origin.number,
            at_utc=utc(now),
            by=by,
        )
        return _replaced(uow, one, new, keep=keep)


def refuse_of_others(
    uow: UnitOfWork, case_id: int, auditor: str, *, anyway: bool, at_utc: str
) -> None:
    """Refuse to begin a case that is given to somebody else, as part of another act.

    Args:
        uow: The act.
        case_id: The case.
        auditor: Who wants to begin it.
        anyway: Whether to let it pass; then a line is written into the log.
        at_utc: When, ISO time in UTC.

    Raises:
        GivenToAnotherError: If somebody else is to begin it.
    """
    case = uow.rounds.case(case_id)
    reader = uow.allocations.newest(case.round_id).given.get(case_id, NOBODY)
    if not reader or same_person(reader, auditor):
        return
    if not anyway:
        raise GivenToAnotherError(auditor=reader, number=case.number)
    uow.registry.log(
        at_utc=at_utc,
        actor=auditor,
        action="take over",
        subject=f"case {case_id}",
        content=content_digest([reader, auditor]),
    )


def _replaced(
    uow: UnitOfWork, one: Round, new: Revision, *, keep: bool
) -> AllocationPage:
    page = allocation_page(uow, one, new)
    if keep:
        _keep(uow, one, new)
        uow.commit()
    return replace(page, kept=keep)


def _keep(uow: UnitOfWork, one: Round, new: Revision) -> None:
    uow.allocations.add(one.id, new)
    uow.registry.log(
        at_utc=new.at_utc,
        actor=new.by,
        action=new.act if new.act == "assign" else f"{new.act} assign",
        subject=f"round {one.id} allocation {new.number}",
        content=content_digest(
            [
                sorted(new.given.items()),
                auditors_text(new.auditors),
                new.allow_own_team,
                new.restores,
            ]
        ),
    )


def _to_give(
    uow: UnitOfWork, one: Round, cases: Iterable[Case], before: Revision
) -> list[CaseToGive]:
    audits = {audit.case_id: audit for audit in uow.audits.of_round(one.id)}
    found = []
    for case in cases:
        unit = uow.frames.unit(one.frame_id, case.unit)
        audit = audits.get(case.id)
        found.append(
            CaseToGive(
                unit=case.unit,
                child=unit.child,
                cohort=one.cohort,
                team=unit.attributes.get(TEAM, ""),
                named=named_for(unit.attributes),
                before=before.given.get(case.id, NOBODY),
                begun_by=audit.auditor if audit else NOBODY,
            )
        )
    return found


def _no_allocation(
    cases: Sequence[Case],
    to_give: Sequence[CaseToGive],
    auditors: Sequence[Auditor],
    found: Allocation,
    *,
    seed: str,
) -> NoAllocationError:
    numbers = {case.unit: case.number for case in cases}
    with_own_team = allocate(to_give, auditors, seed=seed, allow_own_team=True)
    return NoAllocationError(
        left=found.left,
        cases=len(cases),
        reasons=reasons(found, numbers),
        hint=remedy(found, own_team_helps=with_own_team.left < found.left),
    )


def _checked(
    uow: UnitOfWork, page: AllocationPage, to_give: Sequence[CaseToGive]
) -> AllocationPage:
    """Add what the list of auditors names that is not there."""
    auditors = page.revision.auditors
    own = {unit for auditor in auditors for unit in auditor.units}
    strangers = own - {u for case in to_give for u in (case.unit, case.child)}
    page = replace(page, strangers=len(strangers))
    # The cases at hand mostly have all teams; the whole frame may be long.
    if not unknown_teams(auditors, {case.team for case in to_give}):
        return page
    units = uow.frames.units(page.round.frame_id)
    teams = {unit.attributes.get(TEAM, "") for unit in units} - {""}
    return replace(
        page,
        unknown_teams=unknown_teams(auditors, teams),
        frame_teams=tuple(sorted(teams)),
    )
