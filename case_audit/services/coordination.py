"""Draws that take notice of earlier rounds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from case_audit.core.sample.coordination import (
    audited_since,
    behind,
    months_before,
    outside,
)
from case_audit.core.sample.manifest import read_manifest
from case_audit.core.sample.replacement import in_order, taken
from case_audit.core.sample.seed import Seed
from case_audit.errors import WrongRoundError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from case_audit.core.sample.exclusion import Exclusion
    from case_audit.core.sample.model import Design
    from case_audit.services.database import Database
    from case_audit.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What a draw leaves out because of earlier rounds.

    Attributes:
        exclusions: The units that are left out, each with its rule.
        coordination: The same for the manifest.
    """

    exclusions: tuple[Exclusion, ...]
    coordination: Mapping[str, object]


def not_audited_within(
    database: Database, cohort: str, *, months: int, today: date
) -> Left:
    """Leave out whose child was audited in any round of the database lately.

    Raises:
        UnknownFrameError: If nothing of that cohort was imported.
    """
    since = months_before(today, months)
    with database.read() as uow:
        audited: dict[str, str] = {}
        children: dict[int, dict[str, str]] = {}
        for frame_id, unit, day in uow.audits.submitted_of_units():
            if frame_id not in children:
                children[frame_id] = _children(uow, frame_id)
            child = children[frame_id].get(unit, unit)
            audited[child] = max(day, audited.get(child, ""))
        units = _children(uow, uow.frames.newest(cohort).id).items()
    left = audited_since(units, audited, since=since, months=months)
    record = {
        "kind": "not audited within",
        "months": months,
        "since": since.isoformat(),
        "left_out": len(left),
    }
    return Left(exclusions=left, coordination=record)


def among_cases_of(database: Database, cohort: str, *, name: str) -> Left:
    """Leave out everybody who was not a case of an earlier round.

    Raises:
        UnknownRoundError: If there is no such round.
        UnknownFrameError: If nothing of that cohort was imported.
        WrongRoundError: If none of its cases is on the list any more.
    """
    with database.read() as uow:
        one = uow.rounds.named(name)
        known = _children(uow, one.frame_id)
        cases = [c.unit for c in uow.rounds.cases(one.id) if c.stands]
        then = {known.get(unit, unit) for unit in cases}
        units = _children(uow, uow.frames.newest(cohort).id)
    left = outside(units.items(), then, name=name)
    if len(left) == len(units):
        reason = (
            f"none of the {len(cases)} cases of {name!r} is on the list of {cohort}"
        )
        raise WrongRoundError(reason)
    record = {
        "kind": "re-audit",
        "round": name,
        "cases_then": len(cases),
        "on_the_list_now": len(units) - len(left),
    }
    return Left(exclusions=left, coordination=record)


def rotated_from(
    database: Database, design: Design, *, name: str
) -> tuple[Design, Seed, Mapping[str, object]]:
    """Take the seed of an earlier round, and enter its numbers further on.

    Returns:
        The design with its starting point, the seed, and the record.

    Raises:
        UnknownRoundError: If there is no such round.
        WrongRoundError: If the numbers of one of the designs are not entered at a
            starting point.
    """
    with database.read() as uow:
        one = uow.rounds.named(name)
    before = read_manifest(one.manifest)
    for kind, whose in ((before.design.kind, repr(name)), (design.kind, "this draw")):
        if kind not in ("simple", "stratified"):
            reason = f"{whose} is {kind}; only simple and stratified draws rotate"
            raise WrongRoundError(reason)
    numbers = {e["unit"]: e["prn"] for e in before.plain["drawn"]}
    for line in in_order(before.plain).values():
        used = taken(before.plain)
        numbers |= {e["unit"]: e["prn"] for e in line if e["unit"] in used}
    start = behind(numbers.values(), start=before.design.start)
    origin = before.plain.get("coordination", {}).get("origin", before.design.start)
    record = {"kind": "rotation", "round": name, "origin": origin}
    seed = Seed(
        text=before.seed,
        mode="given",
        source=f"the seed of {name!r}, entered behind its last number",
    )
    return replace(design, start=start), seed, record


def _children(uow: UnitOfWork, frame_id: int) -> dict[str, str]:
    """Return the child of each unit of a frame."""
    return {u.unit: u.child for u in uow.frames.units(frame_id)}
