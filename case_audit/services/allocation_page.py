"""Who reads which file of a round, as a page to look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from case_audit.core.allocation.conflicts import TEAM
from case_audit.core.audit.model import OPEN, SUBMITTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from case_audit.core.allocation.model import Placed, Revision
    from case_audit.core.audit.model import Audit
    from case_audit.core.sample.round import Case, Round
    from case_audit.store.unit_of_work import UnitOfWork

NOBODY = ""
"""The auditor of a case that is given to nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBy:
    """One case with who reads it.

    Attributes:
        case: The drawn case.
        team: Whose case it is, as the list says; empty if it does not.
        auditor: To whom it is given; empty for nobody.
        audit: Its first audit, if one was begun.
        placed: How it came to the auditor just now; ``None`` when only shown.
    """

    case: Case
    team: str
    auditor: str
    audit: Audit | None
    placed: Placed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """One auditor with what there is to read.

    Attributes:
        auditor: Who.
        teams: The own teams, as they were listed.
        capacity: The most cases; ``None`` for any number.
        cases: How many cases are given to the auditor.
        begun: How many of these are begun.
        submitted: How many of these are submitted.
    """

    auditor: str
    teams: tuple[str, ...]
    capacity: int | None
    cases: int
    begun: int
    submitted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationPage:
    """Who reads which file of a round.

    Attributes:
        round: The round.
        revision: What is in force, or would be after a trial.
        cases: Every case that stands, by number.
        readers: Every auditor of the list and whoever else has a case, by name.
        spread: How loads were shared; empty when only shown.
        unknown_teams: Auditor and team where no case of the frame is of that team.
        frame_teams: The teams of the frame; looked up where one is unknown.
        strangers: Own cases of auditors that are not in the round.
        kept: Whether it is in the database; a trial is not.
        changed: Whether it differs from what was in force before.
    """

    round: Round
    revision: Revision
    cases: tuple[ReadBy, ...]
    readers: tuple[Reader, ...]
    spread: str = ""
    unknown_teams: tuple[tuple[str, str], ...] = ()
    frame_teams: tuple[str, ...] = ()
    strangers: int = 0
    kept: bool = True
    changed: bool = True

    @property
    def nobody(self) -> int:
        """How many cases are given to nobody."""
        return sum(not one.auditor for one in self.cases)


def standing(uow: UnitOfWork, one: Round) -> list[Case]:
    """Return the cases of a round that are to be audited, by number."""
    return [case for case in uow.rounds.cases(one.id) if case.stands]


def allocation_page(
    uow: UnitOfWork,
    one: Round,
    revision: Revision,
    placed: Iterable[Placed] = (),
) -> AllocationPage:
    """Return who reads what by a revision, as part of another act.

    Args:
        uow: The act.
        one: The round.
        revision: Which one.
        placed: How cases came to their auditors just now.
    """
    by_unit = {found.unit: found for found in placed}
    audits = {audit.case_id: audit for audit in uow.audits.of_round(one.id)}
    cases = tuple(
        ReadBy(
            case=case,
            team=uow.frames.unit(one.frame_id, case.unit).attributes.get(TEAM, ""),
            auditor=revision.given.get(case.id, NOBODY),
            audit=audits.get(case.id),
            placed=by_unit.get(case.unit),
        )
        for case in standing(uow, one)
    )
    return AllocationPage(
        round=one,
        revision=revision,
        cases=cases,
        readers=tuple(_readers(revision, cases)),
    )


def _readers(revision: Revision, cases: Sequence[ReadBy]) -> list[Reader]:
    listed = {auditor.name: auditor for auditor in revision.auditors}
    others = {one.auditor for one in cases if one.auditor} - set(listed)
    found = []
    for name in sorted({*listed, *others}):
        own = [one for one in cases if one.auditor == name]
        states = [one.audit.state if one.audit else "" for one in own]
        auditor = listed.get(name)
        found.append(
            Reader(
                auditor=name,
                teams=auditor.teams if auditor else (),
                capacity=auditor.capacity if auditor else None,
                cases=len(own),
                begun=states.count(OPEN),
                submitted=states.count(SUBMITTED),
            )
        )
    return found
