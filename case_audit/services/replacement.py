"""Reserves in the place of drawn cases."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from case_audit.core.frame.model import canonical_unit
from case_audit.core.sample.fixed import amended
from case_audit.core.sample.replacement import next_reserve
from case_audit.core.sample.replacement import reason as reason_of
from case_audit.errors import NotReplaceableError, UnknownUnitError
from case_audit.security.sealed_log import content_digest
from case_audit.security.text_gate import one_line
from case_audit.services.standing import refuse_closed
from case_audit.services.times import utc

if TYPE_CHECKING:
    from datetime import datetime

    from case_audit.core.sample.replacement import Reason
    from case_audit.core.sample.round import Case, Round
    from case_audit.services.database import Database
    from case_audit.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """A reserve in the place of a case.

    Attributes:
        out: The number of the case that was replaced.
        unit: The reserve.
        number: Its number as a case.
        stratum: Where both were drawn.
        reason: Why.
        audit: How far the audit of the replaced case was, empty for not begun; it
            is kept, and does not count.
        left: Reserves of the stratum that are left.
    """

    out: int
    unit: str
    number: int
    stratum: str
    reason: Reason
    audit: str
    left: int


def replace_case(
    database: Database,
    name: str,
    unit: str,
    *,
    reason: str,
    note: str = "",
    by: str,
    now: datetime,
    keep: bool = True,
) -> Replaced:
    """Put the next reserve of its stratum in the place of a case.

    Args:
        database: Where the round is.
        name: The round.
        unit: The case's identifier.
        reason: The key of one of the listed reasons.
        note: What is to be remembered besides.
        by: Who replaces.
        now: The time, for the record.
        keep: ``False`` says what would happen and changes nothing.

    Raises:
        UnknownReasonError: If the reason is not on the list.
        UnknownRoundError: If there is no such round.
        ClosedRoundError: If it is closed.
        NotReplaceableError: If the case is not in the round or does not stand, or
            no reserve of its stratum is left.
    """
    why = reason_of(reason)
    with database.write() as uow:
        one = uow.rounds.named(name)
        refuse_closed(one)
        case = _standing(uow, one, unit)
        plain = json.loads(one.manifest)
        spare = _next(plain, case.stratum)
        audit = uow.audits.of_case(case.id)
        entry: dict[str, Any] = {
            "out": case.unit,
            "in": spare["unit"],
            "stratum": case.stratum,
            "reason": why.key,
            "at": utc(now),
            "by": by,
        } | ({"note": one_line(note)} if note else {})
        number = _put_in(uow, one, case, entry)
        plain["replacements"].append(entry)
        if keep:
            uow.commit()
    return Replaced(
        out=case.number,
        unit=spare["unit"],
        number=number,
        stratum=case.stratum,
        reason=why,
        audit=audit.state if audit else "",
        left=_left(plain, case.stratum),
    )


def _put_in(uow: UnitOfWork, one: Round, case: Case, entry: dict[str, Any]) -> int:
    """Keep a replacement; returns the number of the reserve as a case."""
    uow.rounds.set_state(case.id, "replaced")
    number = uow.rounds.add_case(
        one.id, entry["in"], stratum=case.stratum, state="reserve used"
    )
    replacements = [*json.loads(one.manifest)["replacements"], entry]
    manifest = amended(one.manifest, replacements=replacements)
    uow.rounds.set_manifest(one.id, manifest)
    subject = f"round {one.id} case {case.number} by case {number}"
    _log(uow, "replace", subject, entry, by=entry["by"], at=entry["at"])
    return number


def _standing(uow: UnitOfWork, one: Round, unit: str) -> Case:
    try:
        wanted = canonical_unit(unit)
    except ValueError:
        raise UnknownUnitError from None
    for case in uow.rounds.cases(one.id):
        if case.unit == wanted:
            if case.stands:
                return case
            reason = f"case {case.number} was replaced already"
            raise NotReplaceableError(
                reason, hint='`case-audit round show "NAME"` shows who took its place.'
            )
    reason = "that is not a case of this round"
    raise NotReplaceableError(
        reason, hint="Check the identifier: `case-audit round show ROUND` lists them."
    )


def _next(plain: dict[str, Any], stratum: str) -> dict[str, Any]:
    kind = plain["design"]["kind"]
    if kind in ("cluster", "systematic"):
        reason = f"a {kind} sample has no reserve for a single case"
        raise NotReplaceableError(
            reason, hint="Leave it in: a case that is not audited is counted as such."
        )
    spare = next_reserve(plain, stratum)
    if spare is None:
        reason = f"stratum {stratum!r} has no reserve left"
        raise NotReplaceableError(
            reason,
            hint="Extend the round (case-audit round extend), or leave the case in: "
            "one that is not audited is counted as such.",
        )
    return spare


def _left(plain: dict[str, Any], stratum: str) -> int:
    left, then = 0, {**plain, "replacements": [*plain["replacements"]]}
    while spare := next_reserve(then, stratum):
        then["replacements"].append({"in": spare["unit"]})
        left += 1
    return left


def undo_replacement(
    database: Database,
    name: str,
    unit: str,
    *,
    by: str,
    now: datetime,
    keep: bool = True,
) -> Replaced:
    """Take a replacement back: the case stands again, the reserve waits.

    Args:
        database: Where the round is.
        name: The round.
        unit: The case that was replaced.
        by: Who takes it back.
        now: The time, for the record.
        keep: ``False`` says what would happen and changes nothing.

    Raises:
        UnknownRoundError: If there is no such round.
        ClosedRoundError: If it is closed.
        NotReplaceableError: If it was not replaced, the reserve's audit has begun,
            or a later reserve of the stratum is in use: the order must hold.
    """
    with database.write() as uow:
        one = uow.rounds.named(name)
        refuse_closed(one)
        plain = json.loads(one.manifest)
        entry = _last_in_stratum(plain, unit)
        cases = {case.unit: case for case in uow.rounds.cases(one.id)}
        back, spare = cases[entry["out"]], cases[entry["in"]]
        if uow.audits.of_case(spare.id):
            reason = f"the audit of case {spare.number}, the reserve, has begun"
            raise NotReplaceableError(reason, hint="Both are in the round; go on.")
        left = [r for r in plain["replacements"] if r != entry]
        came_in = back.unit in {r["in"] for r in left}
        uow.rounds.set_state(back.id, "reserve used" if came_in else "drawn")
        uow.rounds.set_state(spare.id, "withdrawn")
        uow.rounds.set_manifest(one.id, amended(one.manifest, replacements=left))
        subject = f"round {one.id} case {back.number} by case {spare.number}"
        _log(uow, "undo replace", subject, entry, by=by, at=utc(now))
        if keep:
            uow.commit()
    return Replaced(
        out=back.number,
        unit=spare.unit,
        number=spare.number,
        stratum=back.stratum,
        reason=reason_of(entry["reason"]),
        audit="",
        left=_left(plain | {"replacements": left}, back.stratum),
    )


def _last_in_stratum(plain: dict[str, Any], unit: str) -> dict[str, Any]:
    found: dict[str, Any] | None = None
    for entry in plain["replacements"]:
        if entry["out"] == unit.strip():
            found = entry
    if found is None:
        reason = "that case was not replaced"
        raise NotReplaceableError(
            reason, hint="Name the case that was replaced, not the reserve."
        )
    later = [r for r in plain["replacements"] if r["stratum"] == found["stratum"]]
    grown = [x for x in plain.get("extensions", ()) if x["at"] >= found["at"]]
    if later[-1] != found or grown:
        reason = "a later reserve of the same stratum is in use"
        raise NotReplaceableError(
            reason, hint="Take the later one back first; reserves go in order."
        )
    return found


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
