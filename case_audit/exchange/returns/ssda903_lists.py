"""Makes the records of lists 8, 9 and 10 from the files of SSDA903, joined."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from case_audit.exchange.returns.care import (
    BREAKS_OFF,
    STARTS_BEFORE,
    of_the_day,
    periods,
)
from case_audit.exchange.returns.notes import Cells
from case_audit.exchange.returns.readers import reader_of
from case_audit.exchange.returns.ssda903_tables import read_leaver
from case_audit.exchange.returns.windows import is_open, latest, year_before

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from case_audit.core.frame.model import Record
    from case_audit.exchange.annex_a.cells import Outcome
    from case_audit.exchange.returns.care import Episode, Period
    from case_audit.exchange.returns.notes import Notes
    from case_audit.exchange.returns.ssda903_tables import File

HOW: Final = "columns"
JOINED: Final = "another episode of the same period of care"
SAME_CHILD: Final = "joined with another row of the same child"

_ADOPTED: Final = frozenset({"E11", "E12"})
_PLACED: Final = frozenset({"A3", "A4", "A5", "A6"})
_FOR_ADOPTION: Final = frozenset({"U2", "U5"})
_ORDER: Final = "E1"
_PLACED_KEYS: Final = {
    "DATE_PLACED": "adoption_decision",
    "DATE_PLACED_CEASED": "decision_reversed",
    "REASON_PLACED_CEASED": "reversal_reason",
}
_AD1_KEYS: Final = {"DATE_INT": "adoption_decision", "DATE_MATCH": "matching"}


@dataclass(slots=True, kw_only=True)
class Joined:
    """What the files tell, by child; ``None`` for files that are not there.

    Attributes:
        day: The day at which children are looked at, ISO; empty if unknown.
        own: From the header file.
        births: Dates of birth from other files, of children not in the header.
        episodes: Episodes of care.
        uasc: Dates on which they ceased to be seeking asylum alone.
        reviews: Dates of reviews.
        missing: Dates, each with ``M`` or ``A``.
        health: Health assessments and dental checks.
        workers: From when, to when, and who.
    """

    day: str
    own: Mapping[str, Cells] = field(default_factory=dict)
    births: dict[str, Cells] = field(default_factory=dict)
    episodes: Mapping[str, list[Episode]] = field(default_factory=dict)
    uasc: Mapping[str, list[str]] | None = None
    reviews: Mapping[str, list[str]] = field(default_factory=dict)
    missing: Mapping[str, list[tuple[str, str]]] | None = None
    health: Mapping[str, Cells] = field(default_factory=dict)
    workers: Mapping[str, list[tuple[str, str, Outcome]]] = field(default_factory=dict)

    def child(self, unit: str) -> Cells:
        """Return what is known of a child whatever the list."""
        cells = Cells()
        for known in (self.births.get(unit), self.own.get(unit)):
            if known is not None:
                cells.add(known)
        return cells


def stays(notes: Notes, joined: Joined, file: File | None) -> Iterator[Record]:
    """Give the rows of list 8: one for each period of care."""
    if file is None:
        return
    listing = notes.listing(8, place=file.name, how=HOW)
    for unit, episodes in joined.episodes.items():
        found = periods(episodes, day=joined.day)
        now = of_the_day(found, day=joined.day)
        for number, period in enumerate(found):
            before = found[number - 1] if number else None
            cells = _stay(joined, unit, period, before)
            if period is now:
                _of_now(joined, unit, cells)
            row = period.current.row
            if period.start is None:
                first = period.episodes[0]
                file.place.tell(
                    STARTS_BEFORE, row=first.row, column="RNE", value=first.why
                )
            if period.breaks_off:
                file.place.tell(BREAKS_OFF, row=period.episodes[-1].row, column="REC")
            yield listing.record(row=row, unit=unit, cells=cells)
        listing.left_out[JOINED] += len(episodes) - len(found)
    listing.left_out.update(file.left_out)
    listing.left_out += Counter()


def _stay(joined: Joined, unit: str, period: Period, before: Period | None) -> Cells:
    cells = joined.child(unit)
    cells.add(period.current.cells)
    for key in ("care_start", "care_end", "care_end_reason"):
        cells.values.pop(key, None)
        cells.raw.pop(key, None)
    if period.start is not None:
        first = period.episodes[0].cells
        cells.derive("care_start", period.start)
        cells.raw["care_start"] = first.raw["care_start"]
    if (last := period.ended) is not None:
        for key in ("care_end", "care_end_reason"):
            cells.derive(key, last.cells.values.get(key))
            if key in last.cells.raw:
                cells.raw[key] = last.cells.raw[key]
    cells.derive("legal_status_start", period.legal_start)
    cells.derive("placement_start", period.placement_start)
    cells.derive("placements_12m", period.placements)
    until = min(filter(None, (joined.day, last.end if last else "")), default="")
    since = period.episodes[0].start
    reviews = joined.reviews.get(unit, ())
    cells.derive("last_review", latest(reviews, day=until, since=since))
    if joined.day:
        ended = before.ended if before else None
        again = ended is not None and ended.end > year_before(joined.day)
        cells.derive("second_period", "yes" if again else "no")
    return cells


def _of_now(joined: Joined, unit: str, cells: Cells) -> None:
    """Add what is known of the child on the day."""
    if unit in joined.health:
        cells.add(joined.health[unit])
    if joined.uasc is not None:
        ceased = joined.uasc.get(unit)
        since = year_before(joined.day) if joined.day else ""
        seeks = ceased is not None and (not ceased or max(ceased) >= since)
        cells.derive("uasc", "yes" if seeks else "no")
    if joined.missing is not None and joined.day:
        since = year_before(joined.day)
        kinds = Counter(
            kind
            for day, kind in joined.missing.get(unit, ())
            if since < day <= joined.day
        )
        cells.derive("missing_12m", kinds["M"])
        cells.derive("absent_12m", kinds["A"])
    day = joined.day or "9999-12-31"
    workers = [
        (start, worker)
        for start, end, worker in joined.workers.get(unit, ())
        if is_open(start, end or None, day=day)
    ]
    if workers:
        cells.put("worker", max(workers, key=lambda found: found[0])[1])


def leavers(notes: Notes, joined: Joined, file: File | None) -> Iterator[Record]:
    """Give the rows of list 9, one for each row of the care leavers' file."""
    if file is None:
        return
    listing = notes.listing(9, place=file.name, how=HOW)
    for unit, row in file.rows():
        cells = joined.child(unit)
        if unit in file.births and "date_of_birth" not in cells.raw:
            cells.add(file.births[unit])
        cells.add(read_leaver(file, row))
        if joined.uasc is not None:
            cells.derive("uasc", "yes" if unit in joined.uasc else "no")
        yield listing.record(row=row.number, unit=unit, cells=cells)
    listing.left_out.update(file.left_out)


def adoptions(
    notes: Notes, joined: Joined, *, ad1: File | None, placed: File | None
) -> Iterator[Record]:
    """Give the rows of list 10: one for each child in the adoption files."""
    files = [
        (file, keys)
        for file, keys in ((placed, _PLACED_KEYS), (ad1, _AD1_KEYS))
        if file is not None
    ]
    if not files:
        return
    place = ", ".join(file.name for file, _ in files)
    listing = notes.listing(10, place=place, how=HOW)
    found: dict[str, Cells] = {}
    rows = 0
    for file, keys in files:
        for unit, row in file.rows():
            rows += 1
            cells = found.get(unit)
            if cells is None:
                cells = found[unit] = joined.child(unit)
                if unit in file.births and "date_of_birth" not in cells.raw:
                    cells.add(file.births[unit])
            for column, key in keys.items():
                cells.put(key, file.cell(row, column, reader_of(10, key)))
        listing.left_out.update(file.left_out)
    for number, (unit, cells) in enumerate(found.items(), start=1):
        _journey(joined.episodes.get(unit, ()), cells)
        yield listing.record(row=number, unit=unit, cells=cells)
    if rows > len(found):
        listing.left_out[SAME_CHILD] += rows - len(found)


def _journey(episodes: list[Episode] | tuple[()], cells: Cells) -> None:
    """Add what the episodes tell of a child's way to adoption."""
    if not episodes:
        return
    last = periods(episodes, day="")[-1]
    cells.derive("care_start", last.start)
    for episode in last.episodes:
        kind = str(episode.cells.values.get("placement_type") or "")
        for here, key in (
            (episode.legal == _ORDER, "placement_order"),
            (kind in _PLACED, "placed"),
            (kind in _FOR_ADOPTION, "fostering_for_adoption"),
        ):
            if here and key not in cells.values:
                cells.derive(key, episode.start)
        if episode.why_ended in _ADOPTED:
            cells.derive("adoption_order", episode.end)
