"""Auditors, the cases to give out, and what an allocation says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Barred = Literal["own case", "not the cohort", "own team"]
"""Why an auditor does not read a case, the strongest reason first."""

How = Literal["begun", "kept", "moved", "new"]
"""How a case came to its auditor: its audit was begun before; it was given so
before; it was given to another before; it was given to nobody before."""

Spread = Literal["even", "by capacity"]
"""How loads are shared: alike, or in proportion to capacities."""

Act = Literal["assign", "clear", "undo"]
"""What made a revision: cases were given out, taken back, or given as before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Auditor:
    """Somebody who can read files.

    Attributes:
        name: As the person is called in the program.
        teams: Teams whose cases are the auditor's own team's.
        capacity: Most cases in the round, at least 0; ``None`` for any number.
        names: Other names by which lists may call the person.
        units: Identifiers of cases the auditor has to do with.
        cohorts: Cohorts the auditor reads; empty for all.
    """

    name: str
    teams: tuple[str, ...] = ()
    capacity: int | None = None
    names: tuple[str, ...] = ()
    units: frozenset[str] = frozenset()
    cohorts: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.capacity is not None and self.capacity < 0:
            msg = f"a capacity is 0 or more: {self.capacity}"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseToGive:
    """A drawn case that needs an auditor.

    Attributes:
        unit: The identifier that was drawn.
        child: Whose file it is; the same as ``unit`` where children are drawn.
        cohort: What kind of case.
        team: Whose case it is, as the list says; empty if it does not.
        named: Everyone whom the list names for the case.
        before: To whom it was given before; empty for nobody.
        begun_by: Who has begun or submitted its audit; empty for nobody.
    """

    unit: str
    child: str
    cohort: str
    team: str = ""
    named: tuple[str, ...] = ()
    before: str = ""
    begun_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """One case with its auditor.

    Attributes:
        unit: The case.
        auditor: Who reads it.
        how: How it came to the auditor.
        before: To whom it was given before; empty for nobody.
        barred: Why the auditor should not read it: own team where that was
            allowed, or anything where the audit was begun before. Mostly ``None``.
    """

    unit: str
    auditor: str
    how: How
    before: str = ""
    barred: Barred | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What one auditor has to read.

    Attributes:
        auditor: Who.
        cases: How many cases in all.
        begun: How many of them are begun or submitted.
        capacity: The most; ``None`` for any number.
    """

    auditor: str
    cases: int
    begun: int
    capacity: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """An auditor who cannot read some of the cases that are in each other's way.

    Attributes:
        auditor: Who.
        reason: Why not.
        units: Which of the cases.
    """

    auditor: str
    reason: Barred
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stuck:
    """Cases that cannot all be given out: more of them than room for them.

    Attributes:
        units: The cases, all those in each other's way among them.
        readers: The only auditors who may read one of them.
        room: How many cases these can still take together.
        bars: Why every other auditor is no help.
    """

    units: tuple[str, ...]
    readers: tuple[str, ...]
    room: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """Who reads which file, or why not everything can be given out.

    Attributes:
        placed: Every case that could be given, in the order they came.
        loads: Every auditor, in the order of the names.
        spread: How loads were shared.
        left: How many cases could not be given; 0 if an allocation exists.
        stuck: The cases that could not be given, by who may read them.
    """

    placed: tuple[Placed, ...]
    loads: tuple[Load, ...]
    spread: Spread
    left: int = 0
    stuck: tuple[Stuck, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """An allocation as it is kept; the newest of a round is in force.

    Attributes:
        number: From 1 in each round; 0 where nothing was ever given out.
        act: What made it.
        restores: Number of the revision that it brought back; 0 for none.
        auditors: The list it was made from; empty where there was none.
        allow_own_team: Whether own teams were allowed as a last resort.
        at_utc: When, ISO time in UTC.
        by: Who did it.
        given: Who reads which case, by the case's number in the database.
    """

    number: int
    act: Act = "clear"
    restores: int = 0
    auditors: tuple[Auditor, ...] = ()
    allow_own_team: bool = False
    at_utc: str = ""
    by: str = ""
    given: Mapping[int, str] = field(default_factory=dict)

    @property
    def origin(self) -> int:
        """The revision whose cases these are; itself if it brought none back."""
        return self.restores if self.act == "undo" else self.number
