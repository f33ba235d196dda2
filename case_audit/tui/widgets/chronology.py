"""What happened when: documents and the lists' dates in one column, and by month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.message import Message

from case_audit.core.frame.chronology import by_month, chronology
from case_audit.core.timescales.days import SHORT_MONTHS
from case_audit.reports.wording import plural
from case_audit.tui.literal import literal_line
from case_audit.tui.widgets.lines_pane import LinesPane

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from textual.binding import BindingType

    from case_audit.core.frame.chronology import Entry
    from case_audit.services.opened import OpenCase

HANG = 11
"""Columns of a date and the blank behind it, where what follows hangs."""


class Chronology(LinesPane):
    """One column by date; Enter opens a document."""

    DEFAULT_CSS = """
    Chronology { padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open the document", id="time.open"),
    ]

    @dataclass
    class Opened(Message):
        """A document was asked for, by its reference."""

        ref: str

    def __init__(self, case: OpenCase, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._read(case)

    def read_again(self, case: OpenCase) -> None:
        """Show a case of which more is known; the cursor stays at its entry."""
        before = self._entries[self._items[self.cursor][0]] if self.cursor else None
        self._read(case)
        there = (
            index
            for index, (place, silent) in enumerate(self._items)
            if not silent and self._entries[place] == before
        )
        self.lay_again(next(there, 0))

    def _read(self, case: OpenCase) -> None:
        self._entries = chronology(case.file, _listed(case))
        begun = min((d.date for d in case.file.documents), default=date.min)
        self._days = [entry.day for entry in self._entries if entry.day >= begun]
        # A silence is a row of its own before the entry that ends it.
        self._items = [
            (place, silent)
            for place, entry in enumerate(self._entries)
            for silent in ((True, False) if entry.silence else (False,))
        ]

    @property
    def items(self) -> int:
        """Entries and silences; one where there are none."""
        return len(self._items) or 1

    def stops(self, index: int) -> bool:
        """Whether an item is an entry."""
        return bool(self._items) and not self._items[index][1]

    def lay(self, index: int, width: int) -> list[Content]:
        """Return an entry with its date, or how long nothing was entered."""
        if not self._items:
            return Content("Neither the file nor the lists have a date.").wrap(width)
        place, silent = self._items[index]
        entry = self._entries[place]
        if silent:
            said = f"{plural(entry.silence, 'day')} without an entry"
            return Content.styled(f"┄ {said}", "bold").wrap(width)
        day = f"{entry.day.day:>2} {SHORT_MONTHS[entry.day.month - 1]} {entry.day:%y}"
        what = _what(entry).wrap(max(width - HANG, 1))
        first = Content.styled(f"{day:<{HANG}}", "$text-muted") + what[0]
        return [first, *(Content(" " * HANG) + row for row in what[1:])]

    def head(self) -> list[Content]:
        """Return the months since the first document, with how many entries each has."""
        width = max(self.content_size.width, 1)
        text = axis(self._days, width)
        return [Content.styled(text, "bold")] if text else []

    def action_open(self) -> None:
        """Open the document under the cursor."""
        if not self.stops(self.cursor):
            return
        entry = self._entries[self._items[self.cursor][0]]
        if entry.ref:
            self.post_message(self.Opened(entry.ref))


def axis(days: Sequence[date], width: int) -> str:
    """Return one line of time: ``2026: Jan 3 Feb 1 Mar – Apr 2``.

    Args:
        days: The dates, in any order.
        width: Columns it may take.

    Returns:
        The fullest that fits: months by name, by first letter, years, first and
        last year; a dash where there is no entry. Nothing if there is no date.
    """
    counts = by_month(days)
    if not counts:
        return ""
    years: dict[int, int] = {}
    for (year, _), count in counts.items():
        years[year] = years.get(year, 0) + count
    forms = (
        " ".join(_by_name(counts.items(), letters=3)),
        " ".join(_by_name(counts.items(), letters=1)),
        " ".join(f"{year}: {count or '–'}" for year, count in years.items()),
    )
    whole = f"{min(years)} to {max(years)}: {len(days)}"
    return next((form for form in forms if len(form) <= width), whole)[:width]


def _by_name(
    counts: Iterable[tuple[tuple[int, int], int]], *, letters: int
) -> Iterator[str]:
    before = 0
    for (year, month), count in counts:
        if year != before:
            yield f"{year}:"
            before = year
        yield f"{SHORT_MONTHS[month - 1][:letters]}{' ' if letters > 1 else ''}{count or '–'}"


def _what(entry: Entry) -> Content:
    if entry.ref:
        ref = literal_line(entry.ref).plain
        return Content.assemble((f"{ref} ", "bold"), literal_line(entry.what))
    return Content.assemble(literal_line(entry.what), " (list)")


def _listed(case: OpenCase) -> Iterator[tuple[str, date]]:
    """Give the dates on the lists, as the facts and the timescales name them."""
    for label, value in case.facts:
        try:
            yield label, date.fromisoformat(value)
        except ValueError:
            continue
    for finding in case.findings:
        for dated in finding.dates:
            yield dated.label, dated.day
