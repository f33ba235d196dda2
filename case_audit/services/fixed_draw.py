"""Fix a draw, make its seed, draw exactly what was fixed."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from case_audit.core.rubric.canonical import (
    rubric_digest,
    rubric_from_text,
    rubric_text,
)
from case_audit.core.sample.beacon import pulse_value, read_pulse
from case_audit.core.sample.exclusion import Exclusion
from case_audit.core.sample.fixed import Plan, plan_digest, plan_text
from case_audit.core.sample.manifest import Manifest
from case_audit.core.sample.numbers import seed_from
from case_audit.core.sample.seed import (
    Seed,
    machine_seed,
    two_party_seed,
    typed_seed,
)
from case_audit.errors import BeaconError, PartyError, SeedTimeError
from case_audit.services.beside import Beside, refuse_name
from case_audit.services.sample import Request, draw_round
from case_audit.services.times import utc

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from typing import Any

    from case_audit.core.sample.seed import (
        Promise,
    )
    from case_audit.services.database import Database
    from case_audit.services.sample import DrawnRound

ANY_SEED = "0" * 64
"""A plan is made from a trial; what follows from its seed is left out."""


def fix_round(
    database: Database,
    request: Request,
    *,
    beacon: str = "",
    version: str,
    fixed_by: str,
    now: datetime,
    keep: bool = True,
) -> Plan:
    """Fix a draw before its seed exists: list, design, exclusions and rubric.

    The digest of what is fixed goes into the sealed log.

    Args:
        database: Where the frame is.
        request: What to draw; its seed is not used.
        beacon: The pulse whose value is to be the randomness, such as
            ``drand:6000000``; it must lie ahead.
        version: Version of the program.
        fixed_by: Who fixes it.
        now: The time, for the record.
        keep: ``False`` says what would be fixed and fixes nothing.

    Raises:
        BeaconError: If the pulse is not known, or is published already.
        CaseAuditError: Whatever a draw can be refused for.
    """
    if beacon and read_pulse(beacon).at <= now:
        reason = f"{beacon} is published already"
        raise BeaconError(reason, hint="Name a round that is still to come.")
    with database.read() as uow:
        refuse_name(uow, request.name)
    trial = draw_round(
        database,
        replace(request, seed=machine_seed(ANY_SEED)),
        version=version,
        drawn_by=fixed_by,
        now=now,
        keep=False,
    )
    digest = rubric_digest(request.rubric)
    text = plan_text(json.loads(trial.manifest), beacon=beacon, rubric=digest)
    plan = Plan(
        id=0,
        name=request.name,
        frame_id=trial.frame.id,
        rubric_digest=digest,
        text=text,
        digest=plan_digest(text),
        fixed_utc=utc(now),
        fixed_by=fixed_by,
    )
    return _keep(database, request, plan, keep=keep)


def _keep(database: Database, request: Request, plan: Plan, *, keep: bool) -> Plan:
    with database.write() as uow:
        refuse_name(uow, plan.name)
        uow.registry.keep_rubric(
            request.rubric, digest=plan.rubric_digest, text=rubric_text(request.rubric)
        )
        number = uow.plans.add(plan)
        uow.registry.log(
            at_utc=plan.fixed_utc,
            actor=plan.fixed_by,
            action="fix",
            subject=f"plan {number}",
            content=plan.digest,
        )
        if keep:
            uow.commit()
    return replace(plan, id=number)


def list_waiting(database: Database) -> list[Plan]:
    """Return the draws that are fixed and not drawn yet, newest first."""
    with database.read() as uow:
        return [plan for plan in uow.plans.plans() if not plan.round_id]


def fixed_plan(database: Database, name: str) -> Plan:
    """Return what was fixed under a name, drawn since or not.

    Raises:
        UnknownPlanError: If nothing was.
    """
    with database.read() as uow:
        return uow.plans.named(name) or uow.plans.waiting(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Randomness:
    """What a fixed draw is to be drawn with.

    Attributes:
        typed: As typed; empty for the halves of two parties, or the computer's own.
        witnesses: Who saw it being made; empty for nobody.
        made: When it was made.
        entropy: The computer's own, 64 hexadecimal digits, if all else is missing.
    """

    typed: str
    witnesses: str
    made: datetime
    entropy: str


def draw_fixed(
    database: Database,
    name: str,
    randomness: Randomness,
    *,
    reason: str = "",
    version: str,
    drawn_by: str,
    now: datetime,
    keep: bool = True,
) -> DrawnRound:
    """Draw exactly what was fixed.

    Args:
        database: Where the plan is.
        name: Its name.
        randomness: What to draw with; a plan that names a beacon takes its value,
            one with promises the halves of both parties.
        reason: Why the same list is drawn from again, if it is.
        version: Version of the program.
        drawn_by: Who draws.
        now: The time, for the record.
        keep: ``False`` draws the same sample and keeps nothing.

    Raises:
        UnknownPlanError: If no such draw is fixed and waiting.
        SeedTimeError: If the randomness was made before the draw was fixed.
        PlanBrokenError: If what would be drawn is not what was fixed.
        CaseAuditError: Whatever else a draw or a seed can be refused for.
    """
    with database.read() as uow:
        plan = uow.plans.waiting(name)
        promises = uow.plans.promises(plan.id)
        rubric = rubric_from_text(uow.registry.rubric_text(plan.rubric_digest))
    seed, made = _seed(plan, promises, randomness, now=now)
    plain = plan.plain
    request = Request(
        name=name,
        cohort=plain["cohort"],
        rubric=rubric,
        design=Manifest(plain).design,
        seed=seed,
        exclusions=[
            Exclusion(line=0, unit=unit, reason=one["rule"])
            for one in plain["exclusions"]
            for unit in one["units"]
        ],
        beside=Beside(
            plan=plan,
            seed_made=made,
            coordination=plain.get("coordination"),
            reason=reason,
        ),
    )
    return draw_round(
        database, request, version=version, drawn_by=drawn_by, now=now, keep=keep
    )


def _seed(
    plan: Plan,
    promises: tuple[Promise, ...],
    randomness: Randomness,
    *,
    now: datetime,
) -> tuple[Seed, Mapping[str, Any]]:
    if plan.beacon:
        return _beacon_seed(plan, randomness, now=now)
    if promises:
        if randomness.typed:
            reason = "two parties have promised this seed, so none is typed in"
            raise PartyError(reason, hint="Leave --seed out; both halves are known.")
        seed = two_party_seed(promises, round_label=plan.name)
        return seed, {"at": max(p.revealed_utc for p in promises)} | {
            "parties": [
                {
                    "party": p.party,
                    "digest": p.digest,
                    "promised": p.promised_utc,
                    "revealed": p.revealed_utc,
                    "secret": p.secret,
                }
                for p in promises
            ]
        }
    if not randomness.typed:
        return machine_seed(randomness.entropy), {"at": utc(now)}
    made = utc(randomness.made)
    if made < plan.fixed_utc or made > utc(now):
        after = made < plan.fixed_utc
        raise SeedTimeError(made=made, fixed=plan.fixed_utc, after=after)
    seed = typed_seed(
        randomness.typed, witnesses=randomness.witnesses, round_label=plan.name
    )
    return seed, {"at": made}


def _beacon_seed(
    plan: Plan, randomness: Randomness, *, now: datetime
) -> tuple[Seed, Mapping[str, Any]]:
    pulse = read_pulse(plan.beacon)
    if pulse.at > now:
        reason = f"{pulse.name} is published {utc(pulse.at)}, which is not yet"
        raise BeaconError(reason, hint="Wait for it; its number was fixed.")
    if not randomness.typed:
        reason = f"{pulse.name} was fixed, and its value is missing"
        raise BeaconError(reason)
    value = pulse_value(randomness.typed)
    seed = Seed(
        text=seed_from(value, round_label=plan.name),
        mode="public",
        source=f"{pulse.name} (chain {pulse.beacon.chain[:8]})",
        randomness=value,
    )
    made = {"at": utc(pulse.at), "beacon": pulse.name, "chain": pulse.beacon.chain}
    return seed, made
