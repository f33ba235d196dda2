"""Give every drawn case to one auditor."""

from __future__ import annotations

from dataclasses import dataclass
from math import lcm
from typing import TYPE_CHECKING

from case_audit.core.allocation.conflicts import Conflicts
from case_audit.core.allocation.model import Allocation, Bar, Load, Placed, Stuck
from case_audit.core.allocation.people import person_key
from case_audit.core.allocation.sharing import Sharing, Taker
from case_audit.core.sample.numbers import MODULUS, prn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from case_audit.core.allocation.model import (
        Auditor,
        Barred,
        CaseToGive,
        How,
        Spread,
    )


def lot(seed: str, unit: str, auditor: str) -> int:
    """Return the number that settles who of two equals reads a case: the smaller one.

    By hand, with the words of the auditor's name in small letters and in the
    order of the alphabet: ``printf '%s' "$SEED:$UNIT:$AUDITOR" | sha256sum``, first
    sixteen digits.

    Returns:
        A whole number from 0 to 2**64 - 1.
    """
    return prn(seed, f"{unit}:{person_key(auditor)}")


def allocate(
    cases: Iterable[CaseToGive],
    auditors: Iterable[Auditor],
    *,
    seed: str,
    allow_own_team: bool = False,
) -> Allocation:
    """Give every case to one auditor.

    Of all ways to give every case to somebody who may read it, the one is taken
    that, in this order,

    1. gives fewest cases to their own team (none unless that is allowed);
    2. has the most even loads: the smallest sum of squared loads, or, where
       every auditor has a capacity, of squared loads divided by capacity;
    3. takes fewest cases from the auditor who had them before;
    4. has the smallest sum of :func:`lot`.

    The last settles every tie by the seed, so the order of cases and auditors
    never matters and nobody can steer who reads what. A case whose audit is begun
    stays with whoever began it and counts for that person's load.

    Args:
        cases: The drawn cases, each unit once.
        auditors: Who can read them; no two are one person.
        seed: The round's seed, 64 lower-case hexadecimal digits.
        allow_own_team: Whether a case may be read in its own team where nothing
            else is possible.

    Returns:
        The allocation. If there is none, as many cases as can be given are, and
        ``stuck`` says what is in the way.
    """
    plan = _Plan(
        cases=tuple(cases),
        auditors=tuple(sorted(auditors, key=lambda a: person_key(a.name))),
        seed=seed,
        allow_own_team=allow_own_team,
    )
    return plan.carried_out()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tables:
    """Everything by place: cases and auditors are numbers here.

    Attributes:
        bars: Of each case, the auditors who should not read it, and why.
        prices: Of each case, what each auditor who may read it costs.
    """

    bars: list[dict[int, Barred]]
    prices: list[dict[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """The question; see :func:`allocate`."""

    cases: tuple[CaseToGive, ...]
    auditors: tuple[Auditor, ...]
    seed: str
    allow_own_team: bool

    def carried_out(self) -> Allocation:
        """Return the allocation."""
        takers = self._takers()
        tables = self._tables(takers)
        sharing = Sharing(tables.prices, takers)
        open_cases = [i for i, case in enumerate(self.cases) if not case.begun_by]
        open_cases.sort(key=lambda i: (prn(self.seed, self.cases[i].unit), i))
        left = [i for i in open_cases if not sharing.give(i)]
        reader = {i: a for a, held in enumerate(sharing.held) for i in held}
        return Allocation(
            placed=tuple(self._placed(tables, reader)),
            loads=self._loads(takers),
            spread=self._spread(),
            left=len(left),
            stuck=tuple(self._stuck(left, sharing, tables)),
        )

    def _begun(self) -> Mapping[str, int]:
        """Count the audits that are begun, by person."""
        found: dict[str, int] = {}
        for case in self.cases:
            key = person_key(case.begun_by)
            found[key] = found.get(key, 0) + 1
        return found

    def _spread(self) -> Spread:
        given = all(a.capacity is not None for a in self.auditors)
        return "by capacity" if given and self.auditors else "even"

    def _takers(self) -> list[Taker]:
        begun = self._begun()
        by_capacity = self._spread() == "by capacity"
        common = lcm(*(a.capacity or 1 for a in self.auditors)) if by_capacity else 1
        takers = []
        for auditor in self.auditors:
            load = begun.get(person_key(auditor.name), 0)
            most = len(self.cases) if auditor.capacity is None else auditor.capacity
            step = common // (auditor.capacity or 1) if by_capacity else 1
            takers.append(Taker(load=load, room=max(most - load, 0), step=step))
        return takers

    def _tables(self, takers: Sequence[Taker]) -> _Tables:
        bars = self._bars()
        # Four prices in one whole number: each outweighs all that come after it.
        count = len(self.cases) + 1
        move = count * MODULUS
        load = move * count
        highest = max((t.load + count for t in takers), default=0)
        steps = max((t.step for t in takers), default=1)
        team = load * (2 * highest + 1) * steps * count
        for taker in takers:
            taker.step *= load
        keys = [person_key(a.name) for a in self.auditors]
        prices = []
        for case, barred in zip(self.cases, bars, strict=True):
            before = person_key(case.before)
            prices.append(
                {
                    i: lot(self.seed, case.unit, key)
                    + (move if before and before != key else 0)
                    + (team if i in barred else 0)
                    for i, key in enumerate(keys)
                    if i not in barred
                    or (self.allow_own_team and barred[i] == "own team")
                }
            )
        return _Tables(bars=bars, prices=prices)

    def _bars(self) -> list[dict[int, Barred]]:
        conflicts = Conflicts(self.auditors)
        return [
            {
                i: why
                for i, auditor in enumerate(self.auditors)
                if (why := conflicts.between(auditor, case)) is not None
            }
            for case in self.cases
        ]

    def _placed(self, tables: _Tables, reader: Mapping[int, int]) -> Iterable[Placed]:
        places = {person_key(a.name): i for i, a in enumerate(self.auditors)}
        for i, case in enumerate(self.cases):
            place = reader.get(i, places.get(person_key(case.begun_by), -1))
            if place < 0 and not case.begun_by:
                continue
            name = case.begun_by if place < 0 else self.auditors[place].name
            yield Placed(
                unit=case.unit,
                auditor=name,
                how=_how(case, name),
                before=case.before,
                barred=tables.bars[i].get(place),
            )

    def _loads(self, takers: Sequence[Taker]) -> tuple[Load, ...]:
        begun = self._begun()
        return tuple(
            Load(
                auditor=auditor.name,
                cases=taker.load,
                begun=begun.get(person_key(auditor.name), 0),
                capacity=auditor.capacity,
            )
            for auditor, taker in zip(self.auditors, takers, strict=True)
        )

    def _stuck(
        self, left: Iterable[int], sharing: Sharing, tables: _Tables
    ) -> Iterable[Stuck]:
        """Yield the cases that could not be given, with those in their way."""
        by_readers: dict[tuple[int, ...], set[int]] = {}
        for i in left:
            readers = tuple(sharing.within_reach(i))
            taken = (j for a in readers for j in sharing.held[a])
            by_readers.setdefault(readers, set()).update((i, *taken))
        for readers, cases in sorted(by_readers.items()):
            yield Stuck(
                units=tuple(self.cases[i].unit for i in sorted(cases)),
                readers=tuple(self.auditors[a].name for a in readers),
                room=sum(len(sharing.held[a]) for a in readers),
                bars=tuple(self._in_the_way(readers, sorted(cases), tables)),
            )

    def _in_the_way(
        self, readers: tuple[int, ...], cases: Iterable[int], tables: _Tables
    ) -> Iterable[Bar]:
        """Yield why everyone else reads none of some cases."""
        for a, auditor in enumerate(self.auditors):
            if a in readers:
                continue
            by_reason: dict[Barred, list[str]] = {}
            for i in cases:
                by_reason.setdefault(tables.bars[i][a], []).append(self.cases[i].unit)
            for why, units in by_reason.items():
                yield Bar(auditor=auditor.name, reason=why, units=tuple(units))


def _how(case: CaseToGive, auditor: str) -> How:
    if case.begun_by:
        return "begun"
    if not case.before:
        return "new"
    return "kept" if person_key(case.before) == person_key(auditor) else "moved"
