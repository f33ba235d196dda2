"""Two people make a seed: each commits to a half first, then both reveal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.core.sample.seed import PARTIES, Promise, promise_digest
from case_audit.errors import PartyError
from case_audit.security.sealed_log import content_digest
from case_audit.services.times import utc

if TYPE_CHECKING:
    from datetime import datetime

    from case_audit.core.sample.fixed import Plan
    from case_audit.services.database import Database
    from case_audit.store.unit_of_work import UnitOfWork


def promise(
    database: Database,
    name: str,
    *,
    party: str,
    digest: str,
    promised_by: str,
    now: datetime,
) -> int:
    """Bind a party to a secret by its digest; the secret stays with the party.

    Returns:
        Which of the two it is, 1 or 2.

    Raises:
        UnknownPlanError: If no such draw is fixed and waiting.
        PartyError: If the plan takes no promises, both are there, or the party or
            the digest is there already.
    """
    with database.write() as uow:
        plan = uow.plans.waiting(name)
        there = uow.plans.promises(plan.id)
        _refuse_promise(plan, there, party=party, digest=digest)
        place = len(there) + 1
        new = Promise(
            party=party, digest=digest, promised_utc=utc(now), promised_by=promised_by
        )
        uow.plans.promise(plan.id, place, new)
        _log(uow, plan, "commit", promised_by, utc(now), [place, party, digest])
        uow.commit()
    return place


def _refuse_promise(
    plan: Plan, there: tuple[Promise, ...], *, party: str, digest: str
) -> None:
    if plan.beacon:
        reason = f"the randomness of this draw is to come from {plan.beacon}"
        raise PartyError(reason, hint="Wait for the beacon, and draw with its value.")
    if len(there) == PARTIES:
        both = " and ".join(p.party for p in there)
        reason = f"{both} have committed already"
        raise PartyError(reason, hint="Reveal both secrets, then draw.")
    for one in there:
        if one.party.casefold() == party.casefold():
            reason = f"{party} has committed already"
            raise PartyError(reason, hint="Somebody else has to be the second party.")
        if one.digest == digest:
            reason = "this is the digest that the first party gave"
            raise PartyError(reason, hint="Take a secret of your own.")


def reveal(
    database: Database,
    name: str,
    *,
    party: str,
    secret: str,
    revealed_by: str,
    now: datetime,
) -> int:
    """Reveal a secret that was promised.

    Returns:
        How many secrets are still to be revealed, 0 or 1.

    Raises:
        UnknownPlanError: If no such draw is fixed and waiting.
        PartyError: If the party promised nothing, not both have, it is revealed
            already, or it is not the secret that was promised. Nothing is kept.
    """
    with database.write() as uow:
        plan = uow.plans.waiting(name)
        there = uow.plans.promises(plan.id)
        _refuse_reveal(there, party=party, digest=promise_digest(secret))
        found = next(p for p in there if p.party.casefold() == party.casefold())
        canonical = "".join(secret.split())
        uow.plans.reveal(plan.id, found.party, secret=canonical, at_utc=utc(now))
        _log(uow, plan, "reveal", revealed_by, utc(now), [found.party, canonical])
        left = sum(not p.secret for p in uow.plans.promises(plan.id))
        uow.commit()
    return left


def _refuse_reveal(there: tuple[Promise, ...], *, party: str, digest: str) -> None:
    found = [p for p in there if p.party.casefold() == party.casefold()]
    if not found:
        reason = f"{party} has committed to nothing"
        known = ", ".join(p.party for p in there) or "nobody yet"
        raise PartyError(reason, hint=f"Committed: {known}.")
    if len(there) < PARTIES:
        reason = "only one party has committed"
        raise PartyError(
            reason,
            hint="Whoever reveals first lets the other choose. Wait until both have.",
        )
    if found[0].secret:
        reason = f"{found[0].party} has revealed already"
        raise PartyError(reason, hint="Nothing was changed.")
    if found[0].digest != digest:
        reason = "this is not the secret that was promised"
        raise PartyError(
            reason,
            hint=f"Its SHA-256 begins {digest[:12]}; {found[0].digest[:12]} was "
            "promised. Look for a slip of the pen.",
        )


def _log(
    uow: UnitOfWork, plan: Plan, action: str, actor: str, at: str, content: object
) -> None:
    uow.registry.log(
        at_utc=at,
        actor=actor,
        action=action,
        subject=f"plan {plan.id}",
        content=content_digest(content),
    )
