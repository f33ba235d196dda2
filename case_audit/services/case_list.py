"""The cases of a round as a list of any length, of which pages are read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, overload

from case_audit.core.allocation.people import same_person
from case_audit.services.case_lines import page_of_cases
from case_audit.store.matching import GONE, IN_WORDS, NOBODYS, OTHERS, YOURS

if TYPE_CHECKING:
    from case_audit.core.sample.round import RoundHead
    from case_audit.services.case_lines import CaseLine, Source
    from case_audit.store.lists import Lists, Progress

__all__ = ["IN_WORDS", "CaseList", "Section", "list_cases", "page_of"]

HEADINGS = {
    YOURS: "Yours to audit",
    NOBODYS: "Given to nobody",
    OTHERS: "Given to others",
    GONE: "Replaced by reserves",
}


class Numbers(Sequence[int]):
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

    @overload
    def __getitem__(self, place: int) -> int: ...
    @overload
    def __getitem__(self, place: slice) -> list[int]: ...
    def __getitem__(self, place: int | slice) -> int | list[int]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(self._length))]
        if not 0 <= place < self._length:
            raise IndexError(place)
        return place + 1 + bisect_right(self._gaps, place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Cases that stand together in a list.

    Attributes:
        heading: What they are; empty where cases stand by number alone.
        numbers: Their numbers, in the order of the list.
        yours: Whether they are the reader's, so that it need not be said.
    """

    heading: str
    numbers: Sequence[int]
    yours: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseList:
    """The cases of a round, or those of them that hold some words.

    Attributes:
        round: The round.
        progress: How far it is, whatever is looked for.
        sections: The cases by whose they are; one section without a heading where
            no case is given out. Empty sections are left out.
        words: What was looked for.
    """

    round: RoundHead
    progress: Progress
    sections: tuple[Section, ...]
    words: tuple[str, ...] = ()


def list_cases(
    source: Source, round_id: int, *, auditor: str, words: str = ""
) -> CaseList:
    """Return the cases of a round as a list.

    Where no case is given out and nothing is looked for, this takes as long for a
    million cases as for ten.

    Args:
        source: Where the round is.
        round_id: The round.
        auditor: Who is at the keyboard.
        words: What to look for in unit, stratum, auditor and state: every word of it.
    """
    sought = tuple(words.split())
    with source.read() as read:
        lists = read.lists
        readers = lists.readers(round_id)
        if readers:
            sections = _by_reader(lists, round_id, auditor, readers, sought)
        elif sought:
            sections = [Section(heading="", numbers=lists.numbered(round_id, sought))]
        else:
            sections = [Section(heading="", numbers=_all(lists, round_id))]
        return CaseList(
            round=lists.round(round_id),
            progress=lists.progress(round_id),
            sections=tuple(section for section in sections if section.numbers),
            words=sought,
        )


def _all(lists: Lists, round_id: int) -> Numbers:
    gone = lists.not_standing(round_id)
    without = [number for number, state in gone if state == "withdrawn"]
    return Numbers(lists.last_number(round_id), without)


def _by_reader(
    lists: Lists,
    round_id: int,
    auditor: str,
    readers: Sequence[str],
    words: Sequence[str],
) -> list[Section]:
    mine = [name for name in readers if same_person(name, auditor)]
    rows = lists.matching(round_id, auditor=auditor, mine=mine, words=words)
    return [
        Section(
            heading=HEADINGS[whose],
            numbers=[number for _, number in group],
            yours=whose == YOURS,
        )
        for whose, group in groupby(rows, key=itemgetter(0))
    ]


def page_of(source: Source, one: RoundHead, numbers: Sequence[int]) -> list[CaseLine]:
    """Return some cases of a round in the order of their numbers as given."""
    with source.read() as read:
        return page_of_cases(read.lists, one, numbers)
