"""Which numbers of a table can be worked out from those around them.

A table with published sums is a network: each cell leads from its row to its column,
each sum from the source to its row or from its column to the sink. The true numbers
are one flow through it. A number can be something else exactly if it lies on a cycle
along which the flow can be changed by one without leaving what is publicly known.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

ANY: Final = 10**12
"""An upper bound that no count of cases reaches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A number of the table.

    Attributes:
        tail: The node that the flow comes from.
        head: The node that it goes to.
        value: The true number.
        low: The least, and
        high: the most, that it can be from what is published of it alone.
        cost: What hiding it costs; ``None`` for what is hidden already or cannot be
            hidden. A number that is hidden is known to be at least 1.
    """

    tail: int
    head: int
    value: int
    low: int
    high: int
    cost: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A cycle along which a number can change by one.

    Attributes:
        cost: What has to be paid for hiding the numbers that are in its way.
        hide: Places of those numbers, in the order of the cycle.
    """

    cost: int
    hide: tuple[int, ...]


class Network:
    """Numbers and the sums that bind them."""

    def __init__(self) -> None:
        self._edges: list[Edge] = []
        self._at: dict[int, list[int]] = {}

    def add(self, edge: Edge) -> int:
        """Add a number and return its place."""
        place = len(self._edges)
        self._edges.append(edge)
        self._at.setdefault(edge.tail, []).append(place)
        self._at.setdefault(edge.head, []).append(place)
        return place

    def way(self, place: int, *, up: bool) -> Way | None:
        """Return the cheapest cycle that raises a number by one, or lowers it.

        Dijkstra's algorithm from one end of the number to the other in the residual
        network; what is free to change costs nothing. Among ways of equal cost the
        one with fewer steps is taken, then the one found first, so that the same
        table always gives the same answer.

        Args:
            place: Which number, as :meth:`add` returned it.
            up: Whether it is to be raised.

        Returns:
            ``None`` if it cannot change so, whatever is hidden besides.
        """
        edge = self._edges[place]
        if edge.value >= edge.high if up else edge.value <= edge.low:
            return None
        start, goal = (edge.head, edge.tail) if up else (edge.tail, edge.head)
        order = count()
        heap: list[tuple[int, int, int, int, tuple[int, ...]]] = [
            (0, 0, next(order), start, ())
        ]
        done = set()
        while heap:
            cost, steps, _, node, hide = heappop(heap)
            if node == goal:
                return Way(cost=cost, hide=hide)
            if node in done:
                continue
            done.add(node)
            for other, step, price in self._arcs(node, apart_from=place):
                if other not in done:
                    more = (*hide, step) if price else hide
                    entry = (cost + price, steps + 1, next(order), other, more)
                    heappush(heap, entry)
        return None

    def is_free(self, place: int, *, up: bool) -> bool:
        """Whether a number can be raised by one, or lowered, hiding nothing more."""
        edge = self._edges[place]
        if edge.value >= edge.high if up else edge.value <= edge.low:
            return False
        start, goal = (edge.head, edge.tail) if up else (edge.tail, edge.head)
        seen, waiting = {start}, [start]
        while waiting:
            node = waiting.pop()
            if node == goal:
                return True
            for other, _, price in self._arcs(node, apart_from=place):
                if not price and other not in seen:
                    seen.add(other)
                    waiting.append(other)
        return False

    def _arcs(self, node: int, *, apart_from: int) -> Iterator[tuple[int, int, int]]:
        """Yield where one can go, along which number and at what price."""
        for place in self._at[node]:
            edge = self._edges[place]
            if place == apart_from:
                continue
            forward = node == edge.tail
            other = edge.head if forward else edge.tail
            if edge.value < edge.high if forward else edge.value > edge.low:
                yield other, place, 0
            elif edge.cost is not None and (forward or edge.value > 1):
                yield other, place, edge.cost
