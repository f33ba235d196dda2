"""Give things to people at the least price, with loads that weigh the more they grow.

Source:
    One thing after the other along the cheapest chain of exchanges: R. K. Ahuja,
    T. L. Magnanti and J. B. Orlin, *Network Flows*, Prentice Hall 1993, sections
    9.7 (successive shortest paths) and 14.5 (prices that grow). What is best for
    squares of loads is best for every other measure of evenness: N. J. A. Harvey,
    R. E. Ladner, L. Lovász and T. Tamir, Semi-matchings for bipartite graphs and
    load balancing, *Journal of Algorithms* 59 (2006).
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(slots=True)
class Taker:
    """Somebody who can take things.

    Attributes:
        load: How many are held already, the given ones included.
        room: How many more can be taken.
        step: What weighs the load: its k-th thing costs ``(2k - 1) * step``, so
            that all of them cost ``load**2 * step``.
    """

    load: int
    room: int
    step: int

    @property
    def next_price(self) -> int:
        """What one more thing adds to the price of the load."""
        return (2 * self.load + 1) * self.step


class Sharing:
    """What is given to whom; after every :meth:`give` at the least price there is.

    Args:
        prices: Of each thing, the price for each taker who may be given it.
            Give every total another price where it matters which is taken.
        takers: Who can take.
    """

    def __init__(
        self, prices: Sequence[Mapping[int, int]], takers: Sequence[Taker]
    ) -> None:
        self._prices = prices
        self._takers = list(takers)
        self.held: list[set[int]] = [set() for _ in takers]
        self._exchanges: list[dict[int, tuple[int, int]]] = [{} for _ in takers]

    def give(self, thing: int) -> bool:
        """Give a thing to somebody, exchanging others where that helps.

        Returns:
            Whether it was given. If not, it never can be, and nothing has changed.
        """
        reached, came = self._chains(thing)
        ends = [
            (price + self._takers[taker].next_price, taker)
            for taker, price in reached.items()
            if self._takers[taker].room
        ]
        if ends:
            self._move_along(min(ends)[1], came)
        return bool(ends)

    def within_reach(self, thing: int) -> list[int]:
        """Return everyone who could have a thing if exchanges are made for it."""
        return sorted(self._chains(thing)[0])

    def _chains(
        self, thing: int
    ) -> tuple[dict[int, int], dict[int, tuple[int | None, int]]]:
        """Return the cheapest chain to each taker, and how it came there."""
        reached = dict(self._prices[thing])
        came: dict[int, tuple[int | None, int]] = dict.fromkeys(reached, (None, thing))
        waiting = deque(reached)
        queued = set(reached)
        while waiting:
            here = waiting.popleft()
            queued.discard(here)
            for there, (extra, moved) in self._exchanges[here].items():
                price = reached[here] + extra
                if there not in reached or price < reached[there]:
                    reached[there], came[there] = price, (here, moved)
                    if there not in queued:
                        queued.add(there)
                        waiting.append(there)
        return reached, came

    def _move_along(self, end: int, came: dict[int, tuple[int | None, int]]) -> None:
        self._takers[end].load += 1
        self._takers[end].room -= 1
        here: int | None = end
        lost: int | None = None
        while here is not None:
            before, gained = came[here]
            self._exchange(here, gained=gained, lost=lost)
            here, lost = before, gained

    def _exchange(self, here: int, *, gained: int, lost: int | None) -> None:
        """Hold one thing more, another less, and know what passes on most cheaply."""
        held, found = self.held[here], self._exchanges[here]
        held.add(gained)
        if lost is not None:
            held.remove(lost)
            for there in [t for t, (_, thing) in found.items() if thing == lost]:
                del found[there]
                for thing in held:
                    self._offer(here, there, thing)
        for there in self._prices[gained]:
            self._offer(here, there, gained)

    def _offer(self, here: int, there: int, thing: int) -> None:
        prices, found = self._prices[thing], self._exchanges[here]
        if there == here or there not in prices:
            return
        offer = (prices[there] - prices[here], thing)
        if there not in found or offer < found[there]:
            found[there] = offer
