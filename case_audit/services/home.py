"""What an auditor sees first: rounds, the own queue, progress."""

from __future__ import annotations

import json
from dataclasses import dataclass
from shlex import quote
from typing import TYPE_CHECKING

from case_audit.core.allocation.people import same_person
from case_audit.services.case_lines import CaseLine, page_of_cases

if TYPE_CHECKING:
    from case_audit.core.sample.round import Case, Round, RoundHead
    from case_audit.services.case_lines import Source
    from case_audit.services.database import Database
    from case_audit.store.lists import Lists
    from case_audit.store.unit_of_work import UnitOfWork

__all__ = ["CaseLine", "Home", "RoundLine"]

MOST_GIVEN = 5
"""Cases to audit that are listed one by one; the rounds list all of them."""

_PAGE = 200
"""Cases that are read at once."""


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

    round: RoundHead
    cases: int
    submitted: int
    begun: int
    rubric: str
    given: int = 0


def list_rounds(database: Source) -> list[RoundLine]:
    """Return every round, newest first."""
    with database.read() as read:
        return _rounds(read.lists)


def _rounds(lists: Lists) -> list[RoundLine]:
    found = []
    for one, title in lists.rounds():
        progress = lists.progress(one.id)
        found.append(
            RoundLine(
                round=one,
                cases=progress.cases,
                submitted=progress.submitted,
                begun=progress.begun,
                rubric=title,
                given=lists.given_out(one.id),
            )
        )
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The first screen.

    Attributes:
        kind: ``"live"``, ``"practice"``, or empty before the first import.
        rounds: Every round with its progress, newest first.
        mine: Open audits of the person at the keyboard, the last one first.
        given: The first cases that are given to that person and not begun: the
            newest round first, then by number.
        to_audit: How many such cases there are.
        frames: How many frames there are to draw from.
        waiting: Draws that are fixed and wait for their seed: name, and the command
            that draws.
    """

    kind: str
    rounds: tuple[RoundLine, ...]
    mine: tuple[CaseLine, ...]
    frames: int
    given: tuple[CaseLine, ...] = ()
    to_audit: int = 0
    waiting: tuple[tuple[str, str], ...] = ()


def kind(database: Source) -> str:
    """Return ``"live"``, ``"practice"``, or nothing before the first import."""
    with database.read() as read:
        return read.lists.kind()


def home(database: Source, *, auditor: str) -> Home:
    """Return what the first screen shows. Reads no case that it does not show.

    Args:
        database: Where the rounds are.
        auditor: Who is at the keyboard.
    """
    with database.read() as read:
        lists = read.lists
        rounds = _rounds(lists)
        heads = {line.round.id: line.round for line in rounds}
        waits: list[tuple[RoundHead, int]] = []
        to_audit = 0
        for line in rounds:
            if line.given:
                names = _names(lists, line.round, auditor)
                to_audit += lists.hands.waiting(line.round.id, names)
                most = MOST_GIVEN - len(waits)
                found = lists.hands.first_waiting(line.round.id, names, most)
                waits += [(line.round, number) for number in found]
        return Home(
            kind=lists.kind(),
            rounds=tuple(rounds),
            mine=tuple(
                line
                for round_id, number in lists.open_of(auditor)
                for line in page_of_cases(lists, heads[round_id], [number])
            ),
            given=tuple(
                line
                for one, number in waits
                for line in page_of_cases(lists, one, [number])
            ),
            to_audit=to_audit,
            frames=lists.frames(),
            waiting=tuple(
                (name, _draw_command(name, plan, promises))
                for name, plan, promises in lists.waiting()
            ),
        )


def _names(lists: Lists, one: RoundHead, auditor: str) -> list[str]:
    """Return the names under which cases of a round are given to a person."""
    return [name for name in lists.readers(one.id) if same_person(name, auditor)]


def _draw_command(name: str, plan: str, promises: int) -> str:
    command = f"case-audit draw --fixed {quote(name)}"
    if json.loads(plan).get("beacon"):
        return f"{command} --seed VALUE"
    if promises:
        return command
    return f'{command} --seed DIGITS --witnesses "NAME, NAME"'


def round_cases(database: Database, round_id: int) -> tuple[Round, list[CaseLine]]:
    """Return a round and all its cases by number."""
    with database.read() as uow:
        one = uow.rounds.round(round_id)
        return one, _lines(uow, one)


def next_case(database: Source, round_id: int, *, auditor: str) -> Case | None:
    """Return the case to go on with.

    The auditor's own open one first, then the first that is given to the auditor,
    then the first that is given to nobody and that nobody has begun; ``None`` when
    the auditor has nothing left in the round. Cases given to others are theirs.
    """
    with database.read() as uow:
        lists = uow.lists
        one = lists.round(round_id)
        if one.closed_utc:
            return None
        number = lists.first_open(round_id, auditor)
        if not number:
            names = _names(lists, one, auditor)
            given = lists.hands.first_waiting(round_id, names, 1)
            number = given[0] if given else _first_free(lists, round_id)
        found = lists.cases(round_id, [number])
    return found[0].case if found else None


def _first_free(lists: Lists, round_id: int) -> int:
    return lists.hands.first_free(
        round_id,
        last=lists.last_number(round_id),
        gone=lists.not_standing(round_id),
    )


def named_round(database: Database, name: str) -> tuple[Round, list[CaseLine]]:
    """Return the round with that name, and all its cases by number.

    Raises:
        UnknownRoundError: If there is none.
    """
    with database.read() as uow:
        one = uow.rounds.named(name)
        return one, _lines(uow, one)


def _lines(uow: UnitOfWork, one: Round) -> list[CaseLine]:
    last = uow.lists.last_number(one.id)
    return [
        line
        for first in range(1, last + 1, _PAGE)
        for line in page_of_cases(
            uow.lists, one, range(first, min(first + _PAGE, last + 1)), whole=True
        )
    ]
