"""The cases of a round as a list of any length, of which pages are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from case_audit.core.allocation.people import same_person
from case_audit.services.case_lines import page_of_cases
from case_audit.services.case_numbers import Blocks, Joined, Numbers
from case_audit.store.hands import BLOCK, Asked
from case_audit.store.matching import DONE, GONE, IN_WORDS, NOBODYS, OTHERS, YOURS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from case_audit.core.sample.round import RoundHead
    from case_audit.services.case_lines import CaseLine, Source
    from case_audit.store.hands import Counts
    from case_audit.store.lists import Progress

__all__ = ["IN_WORDS", "CaseList", "Section", "list_cases", "page_of", "search_cases"]

HEADINGS = {
    (YOURS, DONE): "Yours to audit",
    (NOBODYS,): "Given to nobody",
    (OTHERS,): "Given to others",
    (GONE,): "Replaced by reserves",
}
STEP = 16
"""Blocks of cases that a search looks through before it shows what it has."""


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
        whole: Whether all cases were looked through.
    """

    round: RoundHead
    progress: Progress
    sections: tuple[Section, ...]
    words: tuple[str, ...] = ()
    whole: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What is known of a round before its cases are looked at."""

    source: Source
    round: RoundHead
    progress: Progress
    asked: Asked
    last: int
    gone: list[tuple[int, str]]


def list_cases(
    source: Source, round_id: int, *, auditor: str, words: str = ""
) -> CaseList:
    """Return the cases of a round as a list.

    Where nothing is looked for, this takes as long for a million cases as for ten.

    Args:
        source: Where the round is. It has to stay open: the numbers of cases are
            read when they are asked for.
        round_id: The round.
        auditor: Who is at the keyboard.
        words: What to look for in unit, stratum, auditor and state: every word of it.
    """
    found = search_cases(source, round_id, auditor=auditor, words=words, step=0)
    return next(found)


def search_cases(
    source: Source, round_id: int, *, auditor: str, words: str, step: int = STEP
) -> Iterator[CaseList]:
    """Look for cases, some thousands at a time.

    Args:
        source: As for :func:`list_cases`.
        round_id: The round.
        auditor: Who is at the keyboard.
        words: What to look for.
        step: Blocks of cases that are looked through before the next list; 0 for all.

    Yields:
        The list as far as it is found; the last one is whole.
    """
    known = _known(source, round_id, auditor, tuple(words.split()))
    if not known.asked.words:
        yield _list(known, _sections(known))
        return
    blocks = -(-known.last // BLOCK) or 1
    step = step or blocks
    counts: Counts = {}
    for first in range(0, blocks, step):
        some = range(first, min(first + step, blocks))
        with source.read() as read:
            for group, found in read.lists.hands.found(known.asked, some).items():
                counts.setdefault(group, {}).update(found)
        yield _list(known, _by_group(known, counts), whole=some.stop == blocks)


def _known(
    source: Source, round_id: int, auditor: str, words: tuple[str, ...]
) -> _Known:
    with source.read() as read:
        lists = read.lists
        readers = lists.readers(round_id)
        mine = tuple(name for name in readers if same_person(name, auditor))
        return _Known(
            source=source,
            round=lists.round(round_id),
            progress=lists.progress(round_id),
            asked=Asked(
                round_id=round_id,
                auditor=auditor,
                mine=mine,
                words=words,
                grouped=bool(readers),
            ),
            last=lists.last_number(round_id),
            gone=lists.not_standing(round_id),
        )


def _list(
    known: _Known, sections: Iterable[Section], *, whole: bool = True
) -> CaseList:
    return CaseList(
        round=known.round,
        progress=known.progress,
        sections=tuple(section for section in sections if section.numbers),
        words=known.asked.words,
        whole=whole,
    )


def _sections(known: _Known) -> list[Section]:
    """Return all cases."""
    if not known.asked.grouped:
        without = [number for number, state in known.gone if state == "withdrawn"]
        return [Section(heading="", numbers=Numbers(known.last, without))]
    with known.source.read() as read:
        counts = read.lists.hands.counted(known.asked, last=known.last, gone=known.gone)
    return _by_group(known, counts)


def _by_group(known: _Known, counts: Counts) -> list[Section]:
    def numbers(group: int) -> Sequence[int]:
        def read(block: int) -> list[int]:
            with known.source.read() as look:
                return look.lists.hands.block(known.asked, group, block)

        # A copy, for a search goes on counting.
        return Blocks(dict(counts.get(group, {})), read)

    if not known.asked.grouped:
        return [Section(heading="", numbers=numbers(0))]
    return [
        Section(
            heading=heading,
            numbers=Joined([numbers(group) for group in groups]),
            yours=YOURS in groups,
        )
        for groups, heading in HEADINGS.items()
    ]


def page_of(source: Source, one: RoundHead, numbers: Sequence[int]) -> list[CaseLine]:
    """Return some cases of a round in the order of their numbers as given."""
    wanted = list(numbers)  # they may have to be read themselves
    with source.read() as read:
        return page_of_cases(read.lists, one, wanted)
