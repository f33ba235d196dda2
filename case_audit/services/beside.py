"""What is on record of a draw beside the draw itself: the order of things."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from case_audit.core.sample.coordination import refuse_round
from case_audit.core.sample.fixed import amended, departures, plan_digest
from case_audit.core.sample.verify import Difference
from case_audit.errors import PlanBrokenError, RedrawError, RoundExistsError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from case_audit.core.frame.model import StoredFrame
    from case_audit.core.sample.fixed import Plan
    from case_audit.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What goes with a request for a draw.

    Attributes:
        plan: What was fixed before; ``None`` if nothing was.
        seed_made: When and by whom the randomness was made, for the manifest.
        coordination: How the draw takes notice of another round.
        reason: Why the same list is drawn from again.
    """

    plan: Plan | None = None
    seed_made: Mapping[str, Any] | None = None
    coordination: Mapping[str, Any] | None = None
    reason: str = ""


NOTHING = Beside()
"""An ordinary draw: nothing was fixed, and no other round minds."""


def refuse_name(uow: UnitOfWork, name: str, plan: Plan | None = None) -> None:
    """Refuse a name that a round has, or another plan.

    Raises:
        RoundExistsError: If it has.
    """
    taken = {one.name for one in uow.rounds.rounds()}
    taken |= {one.name for one in uow.plans.plans() if plan is None or one != plan}
    if name in taken:
        raise RoundExistsError(name)


def frame_of(uow: UnitOfWork, beside: Beside, cohort: str) -> StoredFrame:
    """Return the frame to draw from: the one that was fixed, or the newest.

    Raises:
        UnknownFrameError: If nothing of that cohort was imported.
    """
    if beside.plan:
        return uow.frames.frame(beside.plan.frame_id)
    return uow.frames.newest(cohort)


def with_record(
    uow: UnitOfWork,
    beside: Beside,
    manifest: str,
    *,
    same: Sequence[str],
    keep: bool,
) -> str:
    """Return a manifest with what else is on record.

    Args:
        uow: Where the log is.
        beside: What goes with the draw.
        manifest: As the draw gave it.
        same: Rounds drawn from the same list before.
        keep: Whether the draw is kept; a trial needs no reason.

    Raises:
        RedrawError: If the list was drawn from before and no reason is given.
        PlanBrokenError: If a plan was fixed and this is not what it fixed.
        RotationError: If the numbers of a rotated seed have come round.
    """
    if same and keep and not beside.reason:
        raise RedrawError(number=len(same) + 1, earlier=same)
    record = {
        "seed_made": beside.seed_made,
        "coordination": beside.coordination,
        "redraw_reason": beside.reason if same else "",
    }
    more: dict[str, object] = {key: value for key, value in record.items() if value}
    _refuse_round(json.loads(manifest), beside.coordination or {})
    if plan := beside.plan:
        refuse_departure(plan, json.loads(manifest) | more)
        more["fixed"] = {
            "at": plan.fixed_utc,
            "by": plan.fixed_by,
            "digest": plan.digest,
            "seal": seal_of(uow, plan),
        }
    return amended(manifest, **more) if more else manifest


def _refuse_round(manifest: Mapping[str, Any], coordination: Mapping[str, Any]) -> None:
    if coordination.get("kind") == "rotation":
        refuse_round(
            [entry["prn"] for entry in manifest["drawn"]],
            start=manifest["design"]["start"],
            origin=coordination["origin"],
            name=coordination["round"],
        )


def refuse_departure(plan: Plan, manifest: Mapping[str, Any]) -> None:
    """Refuse a draw that is not what was fixed.

    Raises:
        PlanBrokenError: Names what differs.
    """
    keys = [key for key, _, _ in departures(manifest, plan.plain)]
    if plan_digest(plan.text) != plan.digest:
        keys.append("the plan's own digest")
    if keys:
        raise PlanBrokenError(plan.name, keys=keys)


def plan_differences(uow: UnitOfWork, manifest: Mapping[str, Any]) -> list[Difference]:
    """Compare a manifest with what was fixed before, in the database and its log.

    Args:
        uow: Where both are.
        manifest: What is claimed.
    """
    fixed = manifest.get("fixed")
    plan = uow.plans.named(str(manifest.get("round_label", "")))
    if not fixed or plan is None:
        missing = "no plan of that name is kept here"
        return [_differs("", plan_digest_of(fixed), missing)] if fixed else []
    found = [_differs(*one) for one in departures(manifest, plan.plain)]
    if fixed.get("digest") != plan_digest(plan.text):
        digest = plan_digest(plan.text)
        found.append(_differs("digest", plan_digest_of(fixed), digest))
    try:
        seal = seal_of(uow, plan)
    except PlanBrokenError:
        seal = "no line of the log fixes this plan"
    if fixed.get("seal") != seal:
        found.append(_differs("seal", str(fixed.get("seal")), seal))
    return found


def plan_digest_of(fixed: Mapping[str, Any]) -> str:
    """Return the plan's digest that a manifest claims."""
    return str(fixed.get("digest", "none"))


def _differs(where: str, claimed: str, derived: str) -> Difference:
    place = f"fixed, {where}" if where else "fixed"
    return Difference(where=place, manifest=claimed, derived=derived)


def seal_of(uow: UnitOfWork, plan: Plan) -> str:
    """Return the seal of the line of the log that fixed a plan.

    Raises:
        PlanBrokenError: If the log has no such line.
    """
    for event, seal in uow.registry.events():
        if event.action == "fix" and event.content == plan.digest:
            return seal
    raise PlanBrokenError(plan.name, keys=["the line of the sealed log"])
