"""The search for what to hide so that no small number can be worked out."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Final

from case_audit.core.selfassessment.movable import ANY, Edge, Network

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from case_audit.core.selfassessment.disclosure import Row, Rule
    from case_audit.core.selfassessment.movable import Way

TOTAL: Final = -1
"""Stands for the sum of a row where a column is named."""

_SOURCE: Final = 0
_SINK: Final = 1

Place = tuple[int, int]
"""Row and column of a number; the row after the last is that of all together."""

Side = frozenset[int]
"""Columns whose share of the row is to be printed."""


@dataclass(frozen=True, slots=True)
class Target:
    """Something that one must not be able to rule out.

    Attributes:
        row: Where it is.
        changes: Numbers and whether they are raised by one; one of these changes has
            to be possible.
    """

    row: int
    changes: tuple[tuple[Place, bool], ...]


@dataclass(slots=True, kw_only=True)
class Hidden:
    """A table and what is hidden of it so far.

    Attributes:
        table: Cases of each row in each column.
        rule: The rule of disclosure control.
        sides: The sides whose shares are wanted.
        whole: How the line of all rows together is printed; ``None`` if it is not.
        alike: Rows withheld because all their cases are at one grade.
        numbers: The cells and sums that are hidden, each known to be at least 1.
        withheld: Rows of which nothing is printed.
        shares: By row, the places of the sides whose shares are printed.
    """

    table: tuple[tuple[int, ...], ...]
    rule: Rule
    sides: tuple[Side, ...]
    whole: Row | None
    alike: frozenset[int]
    numbers: set[Place] = field(default_factory=set)
    withheld: set[int] = field(default_factory=set)
    shares: dict[int, set[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Hide what is small by itself."""
        small = self.rule.is_small
        for r, row in enumerate(self.table):
            self.shares[r] = set()
            self.numbers |= {(r, c) for c, number in enumerate(row) if small(number)}
            if small(sum(row)) or r in self.alike:
                self.withheld.add(r)

    def sums(self) -> list[int]:
        """Return the sum of each column."""
        return [sum(column) for column in zip(*self.table, strict=True)]


def hide(state: Hidden) -> None:
    """Hide more until nothing small can be worked out, then allow shares."""
    targets = tuple(_targets(state))
    while _hide_more(state, targets):
        pass
    told_by_whole = _exposed(state, targets)
    for r in range(len(state.table)):
        for side in range(len(state.sides)):
            if _harmless(state, r, side):
                state.shares[r].add(side)
                if _exposed(state, targets) - told_by_whole:
                    state.shares[r].remove(side)


def _targets(state: Hidden) -> Iterator[Target]:
    last = len(state.table)
    for r, row in enumerate(state.table):
        for c, number in (*enumerate(row), (TOTAL, sum(row))):
            if state.rule.is_small(number):
                yield Target(r, (((r, c), True), ((r, c), False)))
        if r in state.alike:
            others = [c for c, number in enumerate(row) if not number]
            yield Target(r, tuple(((r, c), True) for c in others))
    if state.whole is not None:
        for c, number in enumerate(state.sums()):
            if state.rule.is_small(number):
                yield Target(last, (((last, c), True), ((last, c), False)))


def _hide_more(state: Hidden, targets: Sequence[Target]) -> bool:
    """Hide what it takes for the first exposed number; return whether there was one."""
    built = _Built(state)
    for target in targets:
        if built.is_safe(target):
            continue
        found = built.cheapest(target)
        if found is None:
            if len(state.withheld) < len(state.table):
                _withhold(state, target.row)
                return True
        else:
            state.numbers |= {built.names[edge] for edge in found.hide}
            return True
    return False


def _withhold(state: Hidden, r: int) -> None:
    """Withhold a row, or the smallest of the others if it is withheld already."""
    rest = [i for i in range(len(state.table)) if i not in state.withheld]
    smallest = min(rest, key=lambda i: (sum(state.table[i]), i))
    state.withheld.add(r if r in rest else smallest)


def _exposed(state: Hidden, targets: Sequence[Target]) -> set[Target]:
    built = _Built(state)
    return {target for target in targets if not built.is_safe(target)}


def _harmless(state: Hidden, r: int, side: int) -> bool:
    """Whether a share tells no small number by itself."""
    row = state.table[r]
    secret = r in state.withheld or (r, TOTAL) in state.numbers
    if secret or sum(row) < state.rule.share_from:
        return False
    family = {state.sides[i] for i in (*state.shares[r], side)}
    if any(one & two and not (one <= two or two <= one) for one, two in _pairs(family)):
        return False
    everything = frozenset(range(len(row)))
    for outer in {*family, everything}:
        inside = frozenset().union(*(one for one in family if one < outer))
        if state.rule.is_small(sum(row[c] for c in outer - inside)):
            return False
    return True


def _pairs(family: set[Side]) -> Iterator[tuple[Side, Side]]:
    return combinations(sorted(family, key=sorted), 2)


class _Built:
    """The network of what is published of a table."""

    def __init__(self, state: Hidden) -> None:
        self._state = state
        self._network = Network()
        self._nodes = 2
        self._edges: dict[Place, int] = {}
        self.names: dict[int, Place] = {}
        columns = [self._node() for _ in state.table[0]] if state.table else []
        self._add_whole(columns)
        for r in range(len(state.table)):
            self._add_row(r, columns)

    def is_safe(self, target: Target) -> bool:
        """Whether one of the changes is possible with what is hidden now."""
        return any(
            self._network.is_free(self._edges[place], up=up)
            for place, up in target.changes
        )

    def cheapest(self, target: Target) -> Way | None:
        """Return the cheapest way to one of the changes; the first of equal ones."""
        found = [
            way
            for place, up in target.changes
            if (way := self._network.way(self._edges[place], up=up)) is not None
        ]
        return min(found, key=lambda way: way.cost, default=None)

    def _node(self) -> int:
        self._nodes += 1
        return self._nodes - 1

    def _add(self, place: Place, edge: Edge) -> None:
        self._edges[place] = self._network.add(edge)
        self.names[self._edges[place]] = place

    def _add_row(self, r: int, columns: Sequence[int]) -> None:
        state, row, node = self._state, self._state.table[r], self._node()
        everything = sum(map(sum, state.table))
        total = self._edge(r, TOTAL, (_SOURCE, node), sum(row), extra=everything)
        self._add((r, TOTAL), total)
        family = {state.sides[i] for i in state.shares[r]}
        home = self._tree(row, family, root=node, down=True)
        for c, number in enumerate(row):
            self._add((r, c), self._edge(r, c, (home[c], columns[c]), number))

    def _edge(
        self, r: int, c: int, ends: tuple[int, int], value: int, *, extra: int = 0
    ) -> Edge:
        state = self._state
        cost = None
        if r in state.withheld:
            # That the group has cases is seen from its being withheld.
            low, high = (min(value, 1) if c == TOTAL else 0), ANY
        elif (r, c) in state.numbers:
            low, high = 1, ANY
        else:
            low, high = state.rule.known(value)
            cost = value + extra if value else None
        tail, head = ends
        return Edge(tail=tail, head=head, value=value, low=low, high=high, cost=cost)

    def _add_whole(self, columns: Sequence[int]) -> None:
        state, whole, last = self._state, self._state.whole, len(self._state.table)
        sums = state.sums()
        family: set[Side] = set()
        if whole is not None:
            allowed = zip(state.sides, whole.sides, strict=True)
            family = {side for side, printed in allowed if printed}
        home = self._tree(sums, family, root=_SINK, down=False)
        places = [(c, columns[c], home[c], number) for c, number in enumerate(sums)]
        for c, tail, head, number in (*places, (TOTAL, _SINK, _SOURCE, sum(sums))):
            low, high = self._known_of_whole(c, number)
            edge = Edge(tail=tail, head=head, value=number, low=low, high=high)
            self._add((last, c), edge)

    def _known_of_whole(self, c: int, number: int) -> tuple[int, int]:
        whole = self._state.whole
        if whole is None or whole.withheld:
            return 0, ANY
        printed = whole.total if c == TOTAL else whole.cells[c]
        return (1, ANY) if printed is None else self._state.rule.known(number)

    def _tree(
        self, row: Sequence[int], family: set[Side], *, root: int, down: bool
    ) -> list[int]:
        """Add a node for each printed share; return the node that each column is at.

        Of two sides that share a column one holds the other, so they make a tree.
        """
        home = [root] * len(row)
        for side in sorted(family, key=lambda one: (-len(one), sorted(one))):
            if not side:
                continue
            node, value = self._node(), sum(row[c] for c in side)
            parent = home[min(side)]
            tail, head = (parent, node) if down else (node, parent)
            self._network.add(
                Edge(tail=tail, head=head, value=value, low=value, high=value)
            )
            for c in side:
                home[c] = node
        return home
