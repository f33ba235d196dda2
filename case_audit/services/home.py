"""What an auditor sees first: rounds, the own queue, progress."""

from __future__ import annotations

from dataclasses import dataclass
from shlex import quote
from typing import TYPE_CHECKING

from case_audit.core.allocation.people import same_person
from case_audit.core.audit.model import OPEN, SUBMITTED, is_answered
from case_audit.core.rubric.canonical import rubric_from_text

if TYPE_CHECKING:
    from case_audit.core.audit.model import Audit
    from case_audit.core.sample.fixed import Plan
    from case_audit.core.sample.round import Case, Round
    from case_audit.services.database import Database
    from case_audit.store.unit_of_work import UnitOfWork

NOT_STARTED = "not started"
REPLACED = "replaced"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundLine:
    """A round in one line of a list.

    Attributes:
        round: The round.
        cases: How many are to be audited.
        submitted: How many audits are submitted.
        begun: How many are begun and not submitted.
        rubric: Title of the rubric.
        given: How many of those to be audited are given to somebody.
    """

    round: Round
    cases: int
    submitted: int
    begun: int
    rubric: str
    given: int = 0


def list_rounds(database: Database) -> list[RoundLine]:
    """Return every round, newest first."""
    with database.read() as uow:
        return round_lines(uow)


def round_lines(uow: UnitOfWork) -> list[RoundLine]:
    """Return every round, newest first, as part of another act."""
    return [_line(uow, one) for one in uow.rounds.rounds()]


def _line(uow: UnitOfWork, one: Round) -> RoundLine:
    standing = {case.id for case in uow.rounds.cases(one.id) if case.stands}
    audits = uow.audits.of_round(one.id)
    states = [audit.state for audit in audits if audit.case_id in standing]
    return RoundLine(
        round=one,
        cases=len(standing),
        submitted=states.count("submitted"),
        begun=states.count("open"),
        rubric=uow.registry.rubric_title(one.rubric_digest),
        given=len(standing & set(uow.allocations.newest(one.id).given)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """A case in one line of a list.

    Attributes:
        case: The case.
        round_name: Name of its round.
        audit: Its first audit, if one was begun.
        answered: Criteria answered so far.
        asked: Criteria asked of it.
        given_to: Who is to read it; empty where it is given to nobody.
    """

    case: Case
    round_name: str
    audit: Audit | None
    answered: int
    asked: int
    given_to: str = ""

    @property
    def state(self) -> str:
        """``"not started"``, ``"open"``, ``"submitted"`` or ``"replaced"``."""
        if not self.case.stands:
            return REPLACED
        return self.audit.state if self.audit else NOT_STARTED

    def is_for(self, auditor: str) -> bool:
        """Whether it waits for this person: given to them and not begun."""
        return self._waits and same_person(self.given_to, auditor)

    @property
    def is_free(self) -> bool:
        """Whether it waits for anybody: given to nobody and not begun."""
        return self._waits and not self.given_to

    @property
    def _waits(self) -> bool:
        return self.state == NOT_STARTED and self.case.stands


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The first screen.

    Attributes:
        kind: ``"live"``, ``"practice"``, or empty before the first import.
        rounds: Every round with its progress, newest first.
        mine: Open audits of the person at the keyboard, the last one first.
        given: Cases that are given to that person and not begun: the newest round
            first, then by number.
        frames: How many frames there are to draw from.
        waiting: Draws that are fixed and wait for their seed: name, and the command
            that draws.
    """

    kind: str
    rounds: tuple[RoundLine, ...]
    mine: tuple[CaseLine, ...]
    frames: int
    given: tuple[CaseLine, ...] = ()
    waiting: tuple[tuple[str, str], ...] = ()


def home(database: Database, *, auditor: str) -> Home:
    """Return what the first screen shows.

    Args:
        database: Where the rounds are.
        auditor: Who is at the keyboard.
    """
    with database.read() as uow:
        lines = [line for one in uow.rounds.rounds() for line in _lines(uow, one)]
        mine = [line for line in lines if _is_open_of(line, auditor)]
        return Home(
            kind=uow.registry.kind(),
            rounds=tuple(round_lines(uow)),
            mine=tuple(sorted(mine, key=_last_first)),
            given=tuple(line for line in lines if line.is_for(auditor)),
            frames=len(uow.frames.frames()),
            waiting=tuple(
                (plan.name, _draw_command(uow, plan))
                for plan in uow.plans.plans()
                if not plan.round_id
            ),
        )


def _draw_command(uow: UnitOfWork, plan: Plan) -> str:
    command = f"case-audit draw --fixed {quote(plan.name)}"
    if plan.beacon:
        return f"{command} --seed VALUE"
    if uow.plans.promises(plan.id):
        return command
    return f'{command} --seed DIGITS --witnesses "NAME, NAME"'


def _is_open_of(line: CaseLine, auditor: str) -> bool:
    audit = line.audit
    return audit is not None and audit.state == OPEN and audit.auditor == auditor


def _last_first(line: CaseLine) -> int:
    return -line.audit.id if line.audit else 0


def round_cases(database: Database, round_id: int) -> tuple[Round, list[CaseLine]]:
    """Return a round and its cases by number."""
    with database.read() as uow:
        one = uow.rounds.round(round_id)
        return one, _lines(uow, one)


def next_case(database: Database, round_id: int, *, auditor: str) -> Case | None:
    """Return the case to go on with.

    The auditor's own open one first, then the first that is given to the auditor,
    then the first that is given to nobody and that nobody has begun; ``None`` when
    the auditor has nothing left in the round. Cases given to others are theirs.
    """
    with database.read() as uow:
        one = uow.rounds.round(round_id)
        lines = [] if one.closed_utc else _lines(uow, one)
    own = [line for line in lines if _is_open_of(line, auditor)]
    given = [line for line in lines if line.is_for(auditor)]
    free = [line for line in lines if line.is_free]
    return next((line.case for line in (*own, *given, *free)), None)


def _lines(uow: UnitOfWork, one: Round) -> list[CaseLine]:
    rubric = rubric_from_text(uow.registry.rubric_text(one.rubric_digest))
    conditional = any(criterion.applies for criterion in rubric.criteria())
    audits = {audit.case_id: audit for audit in uow.audits.of_round(one.id)}
    answers = uow.audits.answers_of([audit.id for audit in audits.values()])
    given_to = uow.allocations.newest(one.id).given
    lines = []
    for case in uow.rounds.cases(one.id):
        audit = audits.get(case.id)
        given = answers[audit.id] if audit else None
        known = None
        if conditional:
            from case_audit.exchange.case_fields import (  # noqa: PLC0415 - few need it
                case_values,
            )

            unit = uow.frames.unit(one.frame_id, case.unit)
            known = case_values(one.cohort, unit.attributes)
        domains = rubric.domains_for(one.cohort, known)
        asked = [criterion for domain in domains for criterion in domain.criteria]
        answered = (
            sum(is_answered(c, given.criterion(c.id)) for c in asked) if given else 0
        )
        lines.append(
            CaseLine(
                case=case,
                round_name=one.name,
                audit=audit,
                answered=len(asked) if _done(audit) else answered,
                asked=len(asked),
                given_to=given_to.get(case.id, ""),
            )
        )
    return lines


def _done(audit: Audit | None) -> bool:
    return audit is not None and audit.state == SUBMITTED


def named_round(database: Database, name: str) -> tuple[Round, list[CaseLine]]:
    """Return the round with that name, and its cases by number.

    Raises:
        UnknownRoundError: If there is none.
    """
    with database.read() as uow:
        one = uow.rounds.named(name)
        return one, _lines(uow, one)
