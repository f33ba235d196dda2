"""What happens to a round after its draw: further cases, and its end."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from case_audit.core.sample.extension import extended
from case_audit.core.sample.fixed import amended
from case_audit.core.sample.manifest import plain_drawn, read_manifest
from case_audit.core.sample.round import HISTORY
from case_audit.errors import RoundStateError
from case_audit.security.sealed_log import content_digest
from case_audit.security.text_gate import one_line
from case_audit.services.standing import refuse_closed
from case_audit.services.times import utc
from case_audit.services.verify import round_rows

if TYPE_CHECKING:
    from datetime import datetime

    from case_audit.core.sample.model import Drawn
    from case_audit.services.database import Database
    from case_audit.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Extended:
    """Further cases of a round.

    Attributes:
        new: The cases, in order.
        planned: Cases the round was planned with.
        now: Cases it has now.
        after_results: Audits submitted before it was extended.
    """

    new: tuple[Drawn, ...]
    planned: int
    now: int
    after_results: int


def extend_round(
    database: Database,
    name: str,
    *,
    added: int,
    by: str,
    now: datetime,
    keep: bool = True,
) -> Extended:
    """Add the next cases in order to a round; what was drawn stays.

    Args:
        database: Where the round is.
        name: The round.
        added: How many cases, at least 1.
        by: Who extends.
        now: The time, for the record.
        keep: ``False`` says what would happen and changes nothing.

    Raises:
        UnknownRoundError: If there is no such round.
        ClosedRoundError: If it is closed.
        NotExtendableError: If its design cannot grow.
        SampleTooLargeError: If the frame has not that many cases left.
    """
    with database.read() as uow:
        cohort = uow.rounds.named(name).cohort
    rows = round_rows(database, name, cohort=cohort)
    with database.write() as uow:
        one = uow.rounds.named(name)
        refuse_closed(one)
        manifest = read_manifest(one.manifest)
        new, spare = extended(manifest, rows, added=added)
        submitted = sum(a.state == "submitted" for a in uow.audits.of_round(one.id))
        entry = {
            "at": utc(now),
            "by": by,
            "added": added,
            "after_results": submitted,
            "drawn": [plain_drawn(unit, manifest.design) for unit in new],
            "reserves": [plain_drawn(unit, manifest.design) for unit in spare],
        }
        extensions = [*manifest.plain.get("extensions", ()), entry]
        for unit in new:
            uow.rounds.add_case(one.id, unit.unit, stratum=unit.stratum, state="drawn")
        uow.rounds.set_manifest(one.id, amended(one.manifest, extensions=extensions))
        _log(uow, "extend", f"round {one.id} by {added}", entry, by=by, at=utc(now))
        standing = sum(case.stands for case in uow.rounds.cases(one.id))
        if keep:
            uow.commit()
    return Extended(
        new=new,
        planned=manifest.design.size,
        now=standing,
        after_results=submitted,
    )


def close_round(
    database: Database,
    name: str,
    *,
    by: str,
    now: datetime,
    keep: bool = True,
) -> tuple[int, int]:
    """Close a round: nothing of it can be audited or changed any more.

    Returns:
        Cases that are audited, and cases that are not.

    Raises:
        UnknownRoundError: If there is no such round.
        RoundStateError: If it is closed.
    """
    with database.write() as uow:
        one = uow.rounds.named(name)
        if one.closed_utc:
            raise RoundStateError(name, state=f"closed since {one.closed_utc}")
        uow.rounds.set_closed(one.id, utc(now))
        _log(uow, "close", f"round {one.id}", one.manifest, by=by, at=utc(now))
        standing = {case.id for case in uow.rounds.cases(one.id) if case.stands}
        done = {
            a.case_id for a in uow.audits.of_round(one.id) if a.state == "submitted"
        }
        if keep:
            uow.commit()
    return len(standing & done), len(standing - done)


def reopen_round(
    database: Database,
    name: str,
    *,
    reason: str,
    by: str,
    now: datetime,
    keep: bool = True,
) -> None:
    """Open a closed round again; the reason goes into its record.

    Raises:
        UnknownRoundError: If there is no such round.
        RoundStateError: If it is open, or was imported.
    """
    with database.write() as uow:
        one = uow.rounds.named(name)
        if one.purpose == HISTORY:
            state = "imported from earlier audits, and stays as it is"
            raise RoundStateError(name, state=state)
        if not one.closed_utc:
            raise RoundStateError(name, state="open")
        plain = json.loads(one.manifest)
        entry = {"at": utc(now), "by": by, "reason": one_line(reason)}
        reopened = [*plain.get("reopened", ()), {"closed": one.closed_utc, **entry}]
        uow.rounds.set_manifest(one.id, amended(one.manifest, reopened=reopened))
        uow.rounds.set_closed(one.id, "")
        _log(uow, "reopen round", f"round {one.id}", entry, by=by, at=utc(now))
        if keep:
            uow.commit()


def _log(
    uow: UnitOfWork, action: str, subject: str, content: object, *, by: str, at: str
) -> None:
    uow.registry.log(
        at_utc=at,
        actor=by,
        action=action,
        subject=subject,
        content=content_digest(content),
    )
