"""Turns one child of a children in need census into records of lists 3 to 7."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from case_audit.exchange.annex_a.cells import Flaw
from case_audit.exchange.returns.cin_cells import (
    ASSESSMENT,
    CASE,
    ENQUIRY,
    PLAN,
    REFERRAL,
    CensusCells,
)
from case_audit.exchange.returns.notes import Cells
from case_audit.exchange.returns.windows import earlier_in_year, is_open

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from case_audit.core.frame.model import Record
    from case_audit.exchange.returns.notes import Listing, Notes
    from case_audit.exchange.returns.xml_stream import Element

HOW: Final = "element"

_KNOWN_PARTS: Final = frozenset(
    {"childidentifiers", "childcharacteristics", "cindetails"}
)
_KNOWN_DETAILS: Final = frozenset(
    {*REFERRAL, *CASE, "dateofinitialcpc", "assessments", "cinplandates"}
    | {"section47", "childprotectionplans"}
)
_NO_EPISODE: Final = Flaw("a child without an episode", "the child is on no list")
_AGAIN: Final = Flaw(
    "a child who is there a second time", "read like the others", serious=False
)
_NO_STATUS: Final = Flaw(
    "an open case with no plan and no open assessment",
    "case status left empty: a child in care or a care leaver, perhaps",
    serious=False,
)


class _Lists(NamedTuple):
    referrals: Listing
    assessments: Listing
    enquiries: Listing
    cases: Listing
    plans: Listing


class _Episode:
    """One CINdetails element: the records that come from it, not yet complete."""

    def __init__(self, element: Element) -> None:
        self.element = element
        self.referral = Cells()
        self.case = Cells()
        self.assessments: list[tuple[Element, Cells]] = []
        self.enquiries: list[tuple[Element, Cells]] = []
        self.plans: list[tuple[Element, Cells]] = []
        self.cin_plans: list[Cells] = []
        self.conference = Cells()


class ChildReader:
    """Reads the children of one return.

    Args:
        notes: Where problems and counts go.
    """

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._cells = CensusCells(notes)
        self._rows: dict[str, int] = {}
        self._seen: set[str] = set()
        self.lists = _Lists(
            self._list(3, "CINdetails"),
            self._list(4, "Assessments"),
            self._list(5, "Section47"),
            self._list(6, "CINdetails"),
            self._list(7, "ChildProtectionPlans"),
        )

    def _list(self, number: int, place: str) -> Listing:
        return self._notes.listing(number, place=place, how=HOW)

    @property
    def day(self) -> str:
        """The day the return describes, ISO; empty if nobody knows."""
        return self._cells.day

    @day.setter
    def day(self, day: str) -> None:
        self._cells.day = day

    def records(self, child: Element) -> Iterator[Record]:
        """Give the records of one child, list by list."""
        self._cells.look_for_unknown(child, _KNOWN_PARTS)
        details = child.each("cindetails")
        unit, reason = self._unit(child)
        if unit is None:
            for element in details:
                self._leave_out(element, reason)
            return
        if not details:
            self._cells.place("Child").tell(_NO_EPISODE, row=self._row("Child", child))
        own = self._cells.own(child)
        episodes = [self._episode(element) for element in details]
        self._count_earlier(episodes)
        for episode in episodes:
            yield from self._of_episode(episode, unit, own)

    def _row(self, place: str, element: Element) -> int:
        """Number an element: its line, if the elements before it lie above it."""
        last = self._rows.get(place, 0)
        self._rows[place] = row = max(element.line, last + 1)
        return row

    def _unit(self, child: Element) -> tuple[str | None, str]:
        identifiers = child.first("childidentifiers")
        cell = identifiers.first("lachildid") if identifiers else None
        row = cell.line if cell else child.line
        text = cell.text if cell else ""
        place = self._cells.place("ChildIdentifiers")
        unit, reason = place.unit(text, row=row, column="LAchildID")
        if unit is not None:
            if unit in self._seen:
                place.tell(_AGAIN, row=row, column="LAchildID", value=text)
            self._seen.add(unit)
        return unit, reason

    def _leave_out(self, details: Element, reason: str) -> None:
        self.lists.referrals.left_out[reason] += 1
        self.lists.cases.left_out[reason] += 1
        for listing, key in (
            (self.lists.assessments, "assessments"),
            (self.lists.enquiries, "section47"),
            (self.lists.plans, "childprotectionplans"),
        ):
            for _ in details.each(key):
                listing.left_out[reason] += 1

    def _episode(self, element: Element) -> _Episode:
        self._cells.look_for_unknown(element, _KNOWN_DETAILS)
        episode = _Episode(element)
        episode.referral = self._cells.of(element, REFERRAL, 3)
        episode.case = self._cells.case(element, episode.referral)
        episode.conference.put(
            "icpc_date", self._cells.date(element, "dateofinitialcpc")
        )
        for one in element.each("assessments"):
            cells = self._cells.of(one, ASSESSMENT, 4)
            self._cells.factors(one, cells)
            episode.assessments.append((one, cells))
        for one in element.each("section47"):
            episode.enquiries.append((one, self._cells.of(one, ENQUIRY, 5)))
        for one in element.each("childprotectionplans"):
            cells = self._cells.of(one, PLAN, 7)
            self._cells.reviews(one, cells)
            episode.plans.append((one, cells))
        for one in element.each("cinplandates"):
            cells = Cells()
            cells.put("start", self._cells.date(one, "cinplanstartdate"))
            cells.put("end", self._cells.date(one, "cinplanenddate"))
            episode.cin_plans.append(cells)
        return episode

    def _count_earlier(self, episodes: Sequence[_Episode]) -> None:
        """Count what the return shows in the twelve months before.

        The return holds one year, so more may have been before; where it shows
        none, nothing is said.
        """
        enquiries = [cells for e in episodes for _, cells in e.enquiries]
        referred = list(_days((e.referral for e in episodes), "referral_date"))
        enquired = list(_days(enquiries, "strategy_date"))
        conferred = [
            *_days(enquiries, "icpc_date"),
            *_days((e.conference for e in episodes), "icpc_date"),
        ]
        for episode in episodes:
            _earlier(episode.referral, "referral_date", "referrals_12m", referred)
            for _, cells in episode.enquiries:
                _earlier(cells, "strategy_date", "s47_12m", enquired)
                _earlier(cells, "strategy_date", "icpc_12m", set(conferred))

    def _of_episode(self, episode: _Episode, unit: str, own: Cells) -> Iterator[Record]:
        without = Cells()
        without.add(own)
        without.values.pop("disability", None)
        without.raw.pop("disability", None)
        started = set(_days((cells for _, cells in episode.plans), "plan_start"))
        yield self._made(
            self.lists.referrals, episode.element, unit, (episode.referral, without)
        )
        for element, cells in episode.assessments:
            yield self._made(self.lists.assessments, element, unit, (cells, own))
        for element, cells in episode.enquiries:
            if cells.values.get("icpc_date") in started:
                cells.derive("icpc_plan", "yes")
            yield self._made(self.lists.enquiries, element, unit, (cells, own))
        if self._is_case(episode):
            status = self._status(episode)
            episode.case.derive("case_status", status)
            yield self._made(
                self.lists.cases, episode.element, unit, (episode.case, own)
            )
        for element, cells in episode.plans:
            yield self._made(self.lists.plans, element, unit, (cells, own))

    def _made(
        self,
        listing: Listing,
        element: Element,
        unit: str,
        parts: tuple[Cells, Cells],
    ) -> Record:
        cells = Cells()
        for part in parts:
            cells.add(part)
        row = self._row(f"list {listing.list_no}", element)
        return listing.record(row=row, unit=unit, cells=cells)

    def _is_case(self, episode: _Episode) -> bool:
        """Say whether more came of it than a referral; count it if not."""
        more = (
            episode.assessments
            or episode.enquiries
            or episode.plans
            or episode.cin_plans
        )
        if more or episode.referral.values.get("referral_nfa") != "yes":
            return True
        self.lists.cases.left_out["referral without further action"] += 1
        return False

    def _status(self, episode: _Episode) -> str | None:
        """Return the case status on the day of the return."""
        day = self._cells.day or "9999-12-31"
        if not is_open(None, episode.case.values.get("cin_end"), day=day):
            return "closed_episode"
        if any(_open(c, "plan_start", "plan_end", day) for _, c in episode.plans):
            return "child_protection_plan"
        if any(_open(c, "start", "end", day) for c in episode.cin_plans):
            return "child_in_need_plan"
        if any(
            _open(c, "assessment_start", "assessment_authorised", day)
            for _, c in episode.assessments
        ):
            return "open_assessment"
        self._cells.place("CINdetails").tell(_NO_STATUS, row=episode.element.line)
        return None


def _open(cells: Cells, start: str, end: str, day: str) -> bool:
    return is_open(cells.values.get(start), cells.values.get(end), day=day)


def _days(cells: Iterable[Cells], key: str) -> Iterator[str]:
    for one in cells:
        day = one.values.get(key)
        if isinstance(day, str):
            yield day


def _earlier(cells: Cells, key: str, count: str, days: Iterable[str]) -> None:
    day = cells.values.get(key)
    if isinstance(day, str):
        cells.derive(count, earlier_in_year(days, day) or None)
