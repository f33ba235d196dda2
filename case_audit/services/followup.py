"""What follows from a round: actions, escalations, and cases nothing follows from."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from case_audit.core.audit.computed import OVERALL, computed_from_text
from case_audit.core.audit.model import SUBMITTED
from case_audit.core.followup.model import (
    Action,
    count,
    escalation_of,
    without_action,
)
from case_audit.core.sample.round import HISTORY
from case_audit.errors import (
    ActionStateError,
    NoEscalationError,
    UnknownActionError,
)
from case_audit.security.sealed_log import content_digest
from case_audit.services.audit_files import round_of
from case_audit.services.followup_parts import (
    about_of,
    day_of,
    role_of,
    rubric_of,
    written,
)
from case_audit.services.times import utc

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime

    from case_audit.core.audit.judge import Computed
    from case_audit.core.followup.model import Counts, Escalation
    from case_audit.core.sample.round import Case, Round
    from case_audit.services.database import Database
    from case_audit.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A new action as it was asked for.

    Attributes:
        about: ``area``, ``domain:ID``, ``criterion:ID`` or ``case:NUMBER``.
        text: What is to be done.
        owner: Who is to do it, as a role.
        due: By when, ISO date.
        measure: How it will be seen.
        reaudit: ISO date of the re-audit; empty for none.
    """

    about: str
    text: str
    owner: str
    due: str
    measure: str
    reaudit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What follows from a round.

    Attributes:
        round: Name of the round.
        actions: All of them, by number.
        counts: How far they are.
        without: Cases at the lowest grade with no action and no re-audit.
    """

    round: str
    actions: tuple[Action, ...]
    counts: Counts
    without: tuple[int, ...]


def followed(database: Database, name: str | None, *, today: date) -> Followed:
    """Return the actions of a round, and the cases that nothing follows from.

    Args:
        database: Where the round is.
        name: The round; the newest without one.
        today: What overdue is measured by.

    Raises:
        UnknownRoundError: If there is no such round.
        NoRoundsError: If there is none at all.
    """
    with database.read() as uow:
        one = round_of(uow, name)
        actions = tuple(uow.followup.actions(one.id))
        later = uow.followup.in_later_rounds(one.id)
        cases = uow.rounds.cases(one.id)
        lowest = _lowest(uow, one)
    reaudited = [case.number for case in cases if case.unit in later]
    return Followed(
        round=one.name,
        actions=actions,
        counts=count(actions, today=today.isoformat()),
        without=without_action(lowest, actions, reaudited),
    )


def open_actions(database: Database, round_name: str) -> tuple[Action, ...]:
    """Return the actions of a round that are not verified yet, by number.

    Raises:
        UnknownRoundError: If there is no such round.
    """
    with database.read() as uow:
        one = uow.rounds.named(round_name)
        found = uow.followup.actions(one.id)
    return tuple(action for action in found if action.status != "verified")


def add_action(
    database: Database, name: str | None, wanted: Wanted, *, by: str, now: datetime
) -> Action:
    """Add an action to a round.

    Args:
        database: Where the round is.
        name: The round; the newest without one.
        wanted: The action.
        by: Who adds it.
        now: The time, for the record.

    Raises:
        ActionError: If a part of it is missing, too long or not there.
        UnknownRoundError: If there is no such round.
        NoRoundsError: If there is none at all.
    """
    with database.write() as uow:
        one = round_of(uow, name)
        about, subject = about_of(uow, one, wanted.about)
        action = Action(
            number=len(uow.followup.actions(one.id)) + 1,
            about=about,
            subject=subject,
            text=written("text", wanted.text),
            owner=role_of(uow, one, wanted.owner),
            due=day_of("due date", wanted.due),
            measure=written("measure", wanted.measure),
            reaudit=day_of("date of the re-audit", wanted.reaudit)
            if wanted.reaudit
            else "",
        )
        uow.followup.add(one.id, action)
        _log(uow, "add action", one, action, by=by, now=now)
        uow.commit()
    return action


def finish_action(
    database: Database,
    name: str | None,
    number: int,
    *,
    evidence: str,
    day: date,
    by: str,
    now: datetime,
) -> Action:
    """Say that an action is done, and what shows it.

    Args:
        database: Where the round is.
        name: The round; the newest without one.
        number: The action.
        evidence: What shows it.
        day: When it was done.
        by: Who says so.
        now: The time, for the record.

    Raises:
        UnknownActionError: If there is no such action.
        ActionStateError: If it is done already.
        ActionError: If there is no evidence.
    """
    done = {"status": "done", "done_on": day.isoformat()}
    return _step(
        database, name, number, "open", done, evidence=evidence, by=by, now=now
    )


def verify_action(
    database: Database,
    name: str | None,
    number: int,
    *,
    evidence: str,
    day: date,
    by: str,
    now: datetime,
) -> Action:
    """Say that an action was seen to be done, and by what.

    Args:
        database: Where the round is.
        name: The round; the newest without one.
        number: The action.
        evidence: What was seen; added to what was said when it was done.
        day: When it was seen.
        by: Who says so.
        now: The time, for the record.

    Raises:
        UnknownActionError: If there is no such action.
        ActionStateError: If it is not done, or verified already.
        ActionError: If there is no evidence.
    """
    seen = {"status": "verified", "verified_on": day.isoformat()}
    return _step(
        database, name, number, "done", seen, evidence=evidence, by=by, now=now
    )


def escalations(database: Database, round_name: str) -> tuple[Escalation, ...]:
    """Return the escalations of a round, the most urgent first, closed ones too.

    Args:
        database: Where the round is.
        round_name: Its name.

    Raises:
        UnknownRoundError: If there is no such round.
    """
    with database.read() as uow:
        one = uow.rounds.named(round_name)
        found = [escalation for _, escalation in _raised(uow, one)]
    return tuple(sorted(found, key=lambda e: (e.level, e.number)))


def close_escalation(
    database: Database,
    name: str | None,
    number: int,
    *,
    note: str,
    by: str,
    now: datetime,
) -> Escalation:
    """Close the escalation of a case with a note of what was done.

    It is open again if the case is audited anew and its rules ask for it again.

    Args:
        database: Where the round is.
        name: The round; the newest without one.
        number: The case's number.
        note: What was done.
        by: Who closes it.
        now: The time, for the record.

    Raises:
        NoEscalationError: If the case has no open escalation.
        ActionError: If there is no note.
    """
    with database.write() as uow:
        one = round_of(uow, name)
        for case, found in _raised(uow, one):
            if case.number == number and found.open:
                ended = replace(found, closed_utc=utc(now), note=written("note", note))
                uow.followup.close(case.id, ended, by=by)
                uow.registry.log(
                    at_utc=utc(now),
                    actor=by,
                    action="close escalation",
                    subject=f"round {one.id} case {number} {ended.level}",
                    content=content_digest(asdict(ended)),
                )
                uow.commit()
                return ended
    raise NoEscalationError(number)


def round_named(database: Database, name: str | None) -> str:
    """Return the name of a round, of the newest without one.

    Raises:
        UnknownRoundError: If there is no such round.
        NoRoundsError: If there is none at all.
    """
    with database.read() as uow:
        return round_of(uow, name).name


def _step(
    database: Database,
    name: str | None,
    number: int,
    before: str,
    change: Mapping[str, str],
    *,
    evidence: str,
    by: str,
    now: datetime,
) -> Action:
    with database.write() as uow:
        one = round_of(uow, name)
        known = {action.number: action for action in uow.followup.actions(one.id)}
        if number not in known:
            raise UnknownActionError(number, known=list(known))
        action = known[number]
        if action.status != before:
            raise ActionStateError(number, status=action.status)
        said = written("evidence", evidence)
        both = f"{action.evidence}\n{said}" if action.evidence else said
        action = Action(**{**asdict(action), **change, "evidence": both})
        uow.followup.set_status(one.id, action)
        _log(uow, f"action {action.status}", one, action, by=by, now=now)
        uow.commit()
    return action


def _grades(
    uow: UnitOfWork, one: Round
) -> Iterator[tuple[Case, str, Mapping[str, Computed]]]:
    """Yield the standing cases with a submitted first audit: when, and its grades."""
    cases = {case.id: case for case in uow.rounds.cases(one.id) if case.stands}
    for audit in uow.audits.of_round(one.id):
        if audit.state == SUBMITTED and audit.case_id in cases:
            yield (
                cases[audit.case_id],
                audit.submitted_utc,
                computed_from_text(audit.computed),
            )


def _raised(uow: UnitOfWork, one: Round) -> Iterator[tuple[Case, Escalation]]:
    closed = uow.followup.closed(one.id)
    for case, since, computed in _grades(uow, one):
        found = escalation_of(case.number, computed, since=since)
        if found is not None:
            at, note = closed.get((case.id, found.level, since), ("", ""))
            yield case, replace(found, closed_utc=at, note=note)


def _lowest(uow: UnitOfWork, one: Round) -> list[int]:
    """Return the cases at the lowest grade; none of earlier, imported audits."""
    if one.purpose == HISTORY:
        return []
    lowest = rubric_of(uow, one).overall_scale.ids[-1]
    return [
        case.number
        for case, _, computed in _grades(uow, one)
        if computed[OVERALL].standing == lowest
    ]


def _log(
    uow: UnitOfWork, action: str, one: Round, what: Action, *, by: str, now: datetime
) -> None:
    uow.registry.log(
        at_utc=utc(now),
        actor=by,
        action=action,
        subject=f"round {one.id} action {what.number}",
        content=content_digest(asdict(what)),
    )
