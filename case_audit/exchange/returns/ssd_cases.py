"""Makes the records of lists 3 and 6 from the Standard Safeguarding Dataset."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from case_audit.exchange.annex_a.cells import Flaw
from case_audit.exchange.returns.readers import coded, read_return_date
from case_audit.exchange.returns.ssd_front import count_earlier, done, listing_of
from case_audit.exchange.returns.ssd_tables import FAR
from case_audit.exchange.returns.windows import is_open, latest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.core.frame.model import Record
    from case_audit.exchange.returns.files import ChildFile
    from case_audit.exchange.returns.notes import Cells
    from case_audit.exchange.returns.ssd_tables import Tables
    from case_audit.exchange.returns.tables import Row

NOTHING_CAME: Final = "referral without further action"

_REFERRAL: Final = {
    "cine_referral_date": "referral_date",
    "cine_referral_source_code": "referral_source",
    "cine_referral_nfa": "referral_nfa",
}
_CASE: Final = {
    "cine_cin_primary_need_code": "need",
    "cine_close_date": "cin_end",
    "cine_close_reason": "closure_reason",
}
_SHORT_BREAKS: Final = frozenset({"V1", "V3", "V4"})
_NO_STATUS: Final = Flaw(
    "an open case with no plan and no open assessment",
    "case status left empty",
    serious=False,
)


def referrals_and_cases(tables: Tables) -> Iterator[Record]:
    """Give the rows of lists 3 and 6: both are the same table's."""
    file = tables.opened("ssd_cin_episodes")
    if file is None:
        return
    days = tables.days("ssd_cin_episodes", "cine_referral_date")
    visits = _visits(tables)
    status = _Status(tables)
    referred = listing_of(tables, 3, file)
    in_need = listing_of(tables, 6, file)
    for unit, row in file.rows():
        cells = _referral(tables, file, unit, row)
        count_earlier(cells, "referral_date", "referrals_12m", days[unit])
        yield referred.record(row=row.number, unit=unit, cells=cells)
        case = _case(tables, file, unit, row)
        start = str(case.values.get("cin_start") or "")
        end = str(case.values.get("cin_end") or "")
        nothing = cells.values.get("referral_nfa") == "yes"
        if nothing and not status.more_came(unit, start, end):
            in_need.left_out[NOTHING_CAME] += 1
            continue
        until = min(end or FAR, tables.day or FAR)
        seen = latest(visits.get(unit, ()), day=until, since=start)
        case.derive("last_seen", seen)
        found = status.of(unit, end)
        case.derive("case_status", found)
        if found is None:
            file.place.tell(_NO_STATUS, row=row.number)
        yield in_need.record(row=row.number, unit=unit, cells=case)
    in_need.left_out.update(file.left_out)
    done(tables, referred, file, "ssd_cin_episodes")


def _referral(tables: Tables, file: ChildFile, unit: str, row: Row) -> Cells:
    cells = tables.child(unit, disability=False)
    cells.add(file.cells(row, _REFERRAL, 3))
    if "referral_source" not in cells.raw:
        read = coded("contact_source")
        cells.put("referral_source", file.cell(row, "cine_referral_source_desc", read))
    _staff(tables, file, row, cells)
    return cells


def _staff(tables: Tables, file: ChildFile, row: Row, cells: Cells) -> None:
    tables.staff(
        cells,
        team=file.text(row, "cine_referral_team"),
        worker=file.text(row, "cine_referral_worker_id"),
    )


def _case(tables: Tables, file: ChildFile, unit: str, row: Row) -> Cells:
    cells = tables.child(unit)
    cells.add(file.cells(row, _CASE, 6))
    referred = _referred(file, row)
    if referred:
        cells.raw["cin_start"] = file.text(row, "cine_referral_date")
        cells.derive("cin_start", referred)
    end = str(cells.values.get("cin_end") or "")
    tables.involved_staff(cells, unit, start=referred, end=end)
    if "team" not in cells.raw and "worker" not in cells.raw:
        _staff(tables, file, row, cells)
    return cells


def _referred(file: ChildFile, row: Row) -> str:
    """Return the date of referral; what is wrong with it was told on list 3."""
    found = read_return_date(file.text(row, "cine_referral_date")).value
    return found if isinstance(found, str) else ""


def _visits(tables: Tables) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for table, column in (
        ("ssd_cin_visits", "cinv_cin_visit_date"),
        ("ssd_cp_visits", "cppv_cp_visit_date"),
        ("ssd_cla_visits", "clav_cla_visit_date"),
    ):
        for unit, days in tables.days(table, column).items():
            found[unit] += days
    return found


class _Status:
    """Says in which status a case was on the day.

    Args:
        tables: The tables that are asked.
    """

    def __init__(self, tables: Tables) -> None:
        self._day = tables.day or FAR
        self._care = tables.spans(
            "ssd_cla_episodes",
            "clae_cla_episode_start_date",
            "clae_cla_episode_ceased_date",
            "clae_cla_episode_ceased",
        )
        self._protected = tables.spans(
            "ssd_cp_plans", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"
        )
        self._needing = tables.spans(
            "ssd_cin_plans", "cinp_cin_plan_start_date", "cinp_cin_plan_end_date"
        )
        self._assessed = tables.spans(
            "ssd_cin_assessments",
            "cina_assessment_start_date",
            "cina_assessment_auth_date",
        )
        self._enquired = tables.spans(
            "ssd_s47_enquiry", "s47e_s47_start_date", "s47e_s47_end_date"
        )

        self._on_breaks = self._short_breaks(tables)

    def _short_breaks(self, tables: Tables) -> set[str]:
        """Return who was on the day away for short breaks only."""
        found = set()
        for unit, row, file in tables.rows("ssd_legal_status", silent=True):
            code = coded("legal_status")(file.text(row, "lega_legal_status")).value
            start = file.day(row, "lega_legal_status_start_date")
            end = file.day(row, "lega_legal_status_end_date") or None
            if code in _SHORT_BREAKS and start and is_open(start, end, day=self._day):
                found.add(unit)
        return found

    def of(self, unit: str, end: str) -> str | None:
        """Return the status; ``None`` where nothing tells."""
        if end and end <= self._day:
            return "closed_episode"
        for spans, status in (
            (self._care, "looked_after"),
            (self._protected, "child_protection_plan"),
            (self._needing, "child_in_need_plan"),
            (self._assessed, "open_assessment"),
        ):
            if spans is self._care and unit in self._on_breaks:
                continue
            if any(
                start and is_open(start, until or None, day=self._day)
                for start, until in spans.get(unit, ())
            ):
                return status
        return None

    def more_came(self, unit: str, start: str, end: str) -> bool:
        """Say whether anything began for the child while the episode lasted."""
        return any(
            start <= began <= (end or FAR)
            for spans in (
                *(self._care, self._protected, self._needing),
                *(self._assessed, self._enquired),
            )
            for began, _ in spans.get(unit, ())
            if began
        )
