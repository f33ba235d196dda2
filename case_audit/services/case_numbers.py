"""The numbers of cases as sequences that are as long as may be and hold next to nothing."""

from __future__ import annotations

from abc import abstractmethod
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_KEPT = 4
"""Blocks that are kept as they were read."""


class _Places(Sequence[int]):
    """What is known of a sequence by the place of each number."""

    @overload
    def __getitem__(self, place: int) -> int: ...
    @overload
    def __getitem__(self, place: slice) -> list[int]: ...
    def __getitem__(self, place: int | slice) -> int | list[int]:
        if isinstance(place, slice):
            return [self._at(one) for one in range(*place.indices(len(self)))]
        if not 0 <= place < len(self):
            raise IndexError(place)
        return self._at(place)

    @abstractmethod
    def _at(self, place: int) -> int: ...


class Numbers(_Places):
    """The numbers from 1 on, without some. As small as those some.

    Args:
        last: The last number.
        without: Those that are left out, in order.
    """

    def __init__(self, last: int, without: Sequence[int] = ()) -> None:
        self._length = last - len(without)
        # At which place each of them would stand, were it not left out.
        self._gaps = [number - 1 - before for before, number in enumerate(without)]

    def __len__(self) -> int:
        return self._length

    def _at(self, place: int) -> int:
        return place + 1 + bisect_right(self._gaps, place)


class Blocks(_Places):
    """Numbers of which it is known how many each block has; blocks are read when asked.

    Args:
        counts: How many numbers each block has.
        read: Returns the numbers of a block, in order. Where it has fewer by then,
            because somebody began a case meanwhile, 0 stands for those that are gone.
    """

    def __init__(
        self, counts: Mapping[int, int], read: Callable[[int], Sequence[int]]
    ) -> None:
        self._blocks = sorted(counts)
        self._ends = list(accumulate(counts[block] for block in self._blocks))
        self._read = read
        self._kept: dict[int, Sequence[int]] = {}

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def _at(self, place: int) -> int:
        at = bisect_right(self._ends, place)
        numbers = self._numbers(self._blocks[at])
        place -= self._ends[at - 1] if at else 0
        return numbers[place] if place < len(numbers) else 0

    def _numbers(self, block: int) -> Sequence[int]:
        numbers = self._kept.pop(block, None)
        if numbers is None:
            numbers = self._read(block)
        self._kept[block] = numbers  # now the last one that was asked for
        while len(self._kept) > _KEPT:
            del self._kept[next(iter(self._kept))]
        return numbers


class Joined(_Places):
    """Some sequences, one after the other."""

    def __init__(self, parts: Sequence[Sequence[int]]) -> None:
        self._parts = parts
        self._ends = list(accumulate(len(part) for part in parts))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def _at(self, place: int) -> int:
        at = bisect_right(self._ends, place)
        return self._parts[at][place - (self._ends[at - 1] if at else 0)]
