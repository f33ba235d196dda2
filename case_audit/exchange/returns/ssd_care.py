"""Makes the records of list 8 from the Standard Safeguarding Dataset."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from case_audit.exchange.annex_a.cells import Flaw, Outcome
from case_audit.exchange.annex_a.folding import squash
from case_audit.exchange.returns.care import (
    BREAKS_OFF,
    STARTS_BEFORE,
    Episode,
    of_the_day,
    periods,
)
from case_audit.exchange.returns.readers import coded
from case_audit.exchange.returns.ssd_front import done, listing_of, read_json
from case_audit.exchange.returns.ssd_tables import FAR
from case_audit.exchange.returns.windows import latest, year_before

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from case_audit.core.frame.model import Record
    from case_audit.exchange.returns.care import Period
    from case_audit.exchange.returns.files import ChildFile
    from case_audit.exchange.returns.notes import Cells
    from case_audit.exchange.returns.ssd_tables import Tables
    from case_audit.exchange.returns.tables import Row

JOINED: Final = "another episode of the same period of care"
NO_START: Final = "no date on which the episode began"

_ENDED: Final = ("clae_cla_episode_ceased_date", "clae_cla_episode_ceased")
_ENDED_WHY: Final = "clae_cla_episode_ceased_reason"
_WHY: Final = "clae_cla_episode_start_reason"
_PLACEMENT: Final = {
    "clap_cla_placement_type": "placement_type",
    "clap_cla_placement_provider": "placement_provider",
    "clap_cla_placement_urn": "placement_urn",
}
_TICKED: Final = frozenset({"y", "yes", "1", "true", "t"})
_PLANS: Final = {
    "RETURN1M": "return_to_family",
    "RETURN6M": "return_to_family",
    "RETURNEV": "return_to_family",
    "REMAINSUP": "return_to_family",
    "LTFOST18": "fostering",
    "RESPLMT": "residential",
    "SUPPLIV": "supported_living",
    "ADOPTION": "adoption",
    "OTHERPLN": "other",
    "LTRELFR": "",
}
"""By key of a care plan, the permanence plan of Annex A; empty where none is."""
_HELD: Final = frozenset({"", "completed", "complete", "attended"})
_CANCELLED: Final = frozenset({"y", "yes", "1", "true"})

_NO_START: Final = Flaw(NO_START, "the row was left out")


class _Dated(NamedTuple):
    """Something that began on a day, and what is known of it."""

    start: str
    end: str
    cells: Cells


class _Missing(NamedTuple):
    start: str
    kind: str
    offered: str
    accepted: str


class Care:
    """Makes the records of list 8.

    Args:
        tables: The tables, with people and staff read.
    """

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._day = tables.day
        self._period_of: dict[str, set[str]] = defaultdict(set)
        self._iro: dict[int, str] = {}
        self._entered: dict[int, str] = {}

    def records(self) -> Iterator[Record]:
        """Give the rows: one for each period of care."""
        file = self._tables.opened("ssd_cla_episodes")
        if file is None:
            return
        episodes = self._episodes(file)
        self._read_others()
        listing = listing_of(self._tables, 8, file)
        for unit, found in episodes.items():
            joined = periods(found, day=self._day)
            now = of_the_day(joined, day=self._day)
            for number, period in enumerate(joined):
                before = joined[number - 1] if number else None
                cells = self._stay(unit, period, before)
                if period is now:
                    self._of_now(unit, cells)
                if "care_start" not in cells.values:
                    row = period.episodes[0].row
                    file.place.tell(STARTS_BEFORE, row=row, column=_WHY)
                if period.breaks_off:
                    row = period.episodes[-1].row
                    file.place.tell(BREAKS_OFF, row=row, column=_ENDED_WHY)
                row = period.current.row
                yield listing.record(row=row, unit=unit, cells=cells)
            if len(found) > len(joined):
                listing.left_out[JOINED] += len(found) - len(joined)
        done(self._tables, listing, file, "ssd_cla_episodes")

    def _episodes(self, file: ChildFile) -> dict[str, list[Episode]]:
        found: dict[str, list[Episode]] = defaultdict(list)
        ended_column = next(filter(file.has, _ENDED), _ENDED[0])
        for unit, row in file.rows():
            start = file.day(row, "clae_cla_episode_start_date")
            if not start:
                file.place.tell(_NO_START, row=row.number)
                file.left_out[NO_START] += 1
                continue
            cells = file.cells(row, {"clae_cla_primary_need_code": "need"}, 8)
            ended = file.date(row, ended_column)
            reason = _ENDED_WHY
            cells.put("care_end", ended)
            cells.put("care_end_reason", file.cell(row, reason, coded("reason_ceased")))
            self._take(unit, row, file)
            code = cells.values.get("care_end_reason")
            found[unit].append(
                Episode(
                    row=row.number,
                    start=start,
                    end=str(cells.values.get("care_end") or ""),
                    why=file.text(row, _WHY).upper()[:1],
                    why_ended=str(code or file.text(row, reason)[:3]),
                    cells=cells,
                )
            )
        return found

    def _take(self, unit: str, row: Row, file: ChildFile) -> None:
        if period := file.text(row, "clae_cla_id"):
            self._period_of[period].add(unit)
        self._entered[row.number] = file.day(row, "clae_entered_care_date")
        self._iro[row.number] = file.day(row, "clae_cla_last_iro_contact_date")

    def _read_others(self) -> None:
        tables = self._tables
        self._legal = self._dated(
            "ssd_legal_status",
            ("lega_legal_status_start_date", "lega_legal_status_end_date"),
            {"lega_legal_status": "legal_status"},
        )
        self._placed = self._dated(
            "ssd_cla_placement",
            ("clap_cla_placement_start_date", "clap_cla_placement_end_date"),
            _PLACEMENT,
        )
        self._visited = tables.days("ssd_cla_visits", "clav_cla_visit_date")
        self._reviewed = self._reviews()
        self._assessed, self._checked = self._health()
        self._planned = self._care_plans()
        self._gone = self._missing()
        self._alone = seeking_asylum(tables)

    def _dated(
        self, table: str, span: tuple[str, str], keys: dict[str, str]
    ) -> dict[str, list[_Dated]]:
        found: dict[str, list[_Dated]] = defaultdict(list)
        for unit, row, file in self._tables.rows(table):
            start, end = (file.day(row, column) for column in span)
            if start:
                found[unit].append(_Dated(start, end or FAR, file.cells(row, keys, 8)))
        return found

    def _reviews(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for period, row, file in self._tables.rows("ssd_cla_reviews"):
            day = file.day(row, "clar_cla_review_date")
            cancelled = file.text(row, "clar_cla_review_cancelled").lower()
            if day and cancelled not in _CANCELLED:
                for unit in self._period_of.get(period, ()):
                    found[unit].append(day)
        return found

    def _health(self) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
        assessed: dict[str, list[str]] = defaultdict(list)
        checked: dict[str, list[str]] = defaultdict(list)
        for unit, row, file in self._tables.rows("ssd_cla_health"):
            kind = squash(file.text(row, "clah_health_check_type"))
            day = file.day(row, "clah_health_check_date")
            status = file.text(row, "clah_health_check_status").lower()
            if not day or status not in _HELD:
                continue
            if "dental" in kind:
                checked[unit].append(day)
            elif kind in {"health", "healthassessment"}:
                assessed[unit].append(day)
        return assessed, checked

    def _care_plans(self) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for unit, row, file in self._tables.rows("ssd_cla_care_plan"):
            plan = read_json(file.text(row, "lacp_cla_care_plan_json"))
            if isinstance(plan, dict):
                ticked = [
                    key
                    for key, value in plan.items()
                    if key in _PLANS and str(value).lower() in _TICKED
                ]
                start = file.day(row, "lacp_cla_care_plan_start_date")
                found[unit].append((start, " ".join(ticked)))
        return found

    def _missing(self) -> dict[str, list[_Missing]]:
        found: dict[str, list[_Missing]] = defaultdict(list)
        for unit, row, file in self._tables.rows("ssd_missing"):
            if start := file.day(row, "miss_missing_episode_start_date"):
                kind = file.text(row, "miss_missing_episode_type").upper()[:1]
                offered = file.text(row, "miss_missing_rhi_offered")
                accepted = file.text(row, "miss_missing_rhi_accepted")
                found[unit].append(_Missing(start, kind, offered, accepted))
        return found

    def _stay(self, unit: str, period: Period, before: Period | None) -> Cells:
        cells = self._tables.child(unit)
        current, first, last = period.current, period.episodes[0], period.ended
        cells.add(current.cells)
        for key in ("care_end", "care_end_reason"):
            cells.values.pop(key, None)
            cells.raw.pop(key, None)
            if last is not None and key in last.cells.raw:
                cells.raw[key] = last.cells.raw[key]
                cells.derive(key, last.cells.values.get(key))
        start = self._entered.get(current.row) or period.start
        cells.derive("care_start", start)
        until = min(last.end if last else FAR, self._day or FAR)
        since = start or first.start
        legal = _at(self._legal.get(unit, ()), until)
        if legal is not None:
            cells.add(legal.cells)
            cells.derive("legal_status_start", legal.start)
        placed = _at(self._placed.get(unit, ()), until)
        if placed is not None:
            cells.add(placed.cells)
            cells.derive("placement_start", placed.start)
        else:
            cells.derive("placement_start", period.placement_start)
        cells.derive("placements_12m", period.placements)
        for key, days in (
            ("last_visit", self._visited),
            ("last_review", self._reviewed),
            ("last_health_assessment", self._assessed),
            ("last_dental_check", self._checked),
        ):
            cells.derive(key, latest(days.get(unit, ()), day=until, since=since))
        cells.derive("last_iro_visit", self._iro.get(current.row) or None)
        if self._day:
            ended = before.ended if before else None
            again = ended is not None and ended.end > year_before(self._day)
            cells.derive("second_period", "yes" if again else "no")
        end = last.end if last else ""
        self._tables.involved_staff(cells, unit, start=since, end=end)
        return cells

    def _of_now(self, unit: str, cells: Cells) -> None:
        """Add what is known of the child on the day."""
        plans = [
            one for one in self._planned.get(unit, ()) if one[0] <= (self._day or FAR)
        ]
        ticked = max(plans)[1] if plans else ""
        if ticked:
            meant = {_PLANS[key] for key in ticked.split()}
            plan = meant.pop() if len(meant) == 1 else ""
            cells.put("permanence_plan", Outcome(plan or None, ticked))
        if self._alone is not None:
            cells.derive("uasc", "yes" if unit in self._alone else "no")
        if not self._tables.has("ssd_missing") or not self._day:
            return
        since = year_before(self._day)
        gone = [m for m in self._gone.get(unit, ()) if since < m.start <= self._day]
        kinds = Counter(one.kind for one in gone)
        cells.derive("missing_12m", kinds["M"])
        cells.derive("absent_12m", kinds["A"])
        last = max((one for one in gone if one.kind == "M"), default=None)
        if last is not None:
            for key, text in (
                ("return_interview_offered", last.offered),
                ("return_interview_accepted", last.accepted),
            ):
                if text:
                    cells.put(key, coded("yes_no")(text))


def _at(found: Iterable[_Dated], day: str) -> _Dated | None:
    """Return what had begun last on a day."""
    begun = [one for one in found if one.start <= day]
    return max(begun, key=lambda one: (one.start, one.end), default=None)


def seeking_asylum(tables: Tables) -> set[str] | None:
    """Return who was seeking asylum alone within the year before the day."""
    if not tables.has("ssd_immigration_status"):
        return None
    since = year_before(tables.day) if tables.day else ""
    return {
        unit
        for unit, row, file in tables.rows("ssd_immigration_status")
        if "uasc" in squash(file.text(row, "immi_immigration_status"))
        and (file.day(row, "immi_immigration_status_end_date") or FAR) > since
    }
