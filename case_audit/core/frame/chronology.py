"""What happened when: the dates of a case in one order, with the silences between."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from case_audit.core.frame.case_file import CaseFile

SILENCE: Final = 28
"""Days without an entry after which it is said. Four weeks: long enough that visits
and supervision of most cohorts would have left something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One date of a case.

    Attributes:
        day: The date.
        what: What it is: a document's title, or what the lists call the date.
        ref: The document's reference; empty for a date on the lists.
        silence: Days since the entry before, where they are more than
            :data:`SILENCE` and the file had begun; else 0.
    """

    day: date
    what: str
    ref: str = ""
    silence: int = 0


def chronology(file: CaseFile, listed: Iterable[tuple[str, date]]) -> tuple[Entry, ...]:
    """Return the documents of a file and the dates on the lists, oldest first.

    Before the first document nothing is called a silence: a date of birth is no
    entry of anybody's work.

    Args:
        file: The documents.
        listed: What the lists say: label and date; said twice, it stands once.
    """
    found = [(d.date, d.title, d.ref) for d in file.documents]
    found += [(day, label, "") for label, day in dict.fromkeys(listed)]
    found.sort(key=lambda one: one[0])
    begun = min((document.date for document in file.documents), default=None)
    entries = []
    before = None
    for day, what, ref in found:
        silence = 0
        if before is not None and begun is not None and before >= begun:
            silence = (day - before).days
        entries.append(
            Entry(
                day=day,
                what=what,
                ref=ref,
                silence=silence if silence > SILENCE else 0,
            )
        )
        before = day
    return tuple(entries)


def by_month(days: Iterable[date]) -> Mapping[tuple[int, int], int]:
    """Return how many dates each month has, from the first to the last month.

    Returns:
        Counts by year and month in order; months between without a date have 0.
    """
    months = [(day.year, day.month) for day in days]
    if not months:
        return {}
    numbers = range(_number(min(months)), _number(max(months)) + 1)
    found = {(number // 12, number % 12 + 1): 0 for number in numbers}
    for month in months:
        found[month] += 1
    return found


def _number(month: tuple[int, int]) -> int:
    return month[0] * 12 + month[1] - 1
