"""Makes the records of list 7 from the Standard Safeguarding Dataset."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from case_audit.exchange.returns.readers import coded
from case_audit.exchange.returns.ssd_front import done, listing_of
from case_audit.exchange.returns.ssd_tables import FAR
from case_audit.exchange.returns.windows import latest, months_before

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from case_audit.core.frame.model import Record
    from case_audit.exchange.returns.notes import Cells
    from case_audit.exchange.returns.ssd_tables import Tables

    Plan = tuple[str, str]

ELSEWHERE: Final = "plan of another local authority"

_PLAN: Final = {
    "cppl_cp_plan_start_date": "plan_start",
    "cppl_cp_plan_end_date": "plan_end",
    "cppl_cp_plan_initial_category": "initial_category",
    "cppl_cp_plan_latest_category": "latest_category",
}
_EMERGENCY: Final = frozenset({"L1", "L2"})


def plans(tables: Tables) -> Iterator[Record]:
    """Give the rows of list 7."""
    table = "ssd_cp_plans"
    file = tables.opened(table)
    if file is None:
        return
    starts = tables.days(table, "cppl_cp_plan_start_date")
    visits, reviews = _visits(tables), _reviews(tables)
    emergencies = _emergencies(tables)
    listing = listing_of(tables, 7, file)
    for unit, row in file.rows():
        if coded("yes_no")(file.text(row, "cppl_cp_plan_ola")).value == "yes":
            listing.left_out[ELSEWHERE] += 1
            continue
        cells = tables.child(unit)
        cells.add(file.cells(row, _PLAN, 7))
        start = str(cells.values.get("plan_start") or "")
        end = str(cells.values.get("plan_end") or "")
        until = min(end or FAR, tables.day or FAR)
        plan = unit, file.text(row, "cppl_cp_plan_id")
        _last_visit(cells, visits.get(plan, ()), until=until, since=start)
        held = latest(reviews.get(plan, ()), day=until, since=start)
        cells.derive("last_review", held)
        if start:
            earlier = sum(other < start for other in starts[unit])
            cells.derive("previous_plans", earlier)
        if emergencies is not None:
            there = "yes" if unit in emergencies else "no"
            cells.derive("emergency_protection", there)
        tables.involved_staff(cells, unit, start=start, end=end)
        yield listing.record(row=row.number, unit=unit, cells=cells)
    done(tables, listing, file, table)


def _visits(tables: Tables) -> dict[Plan, list[tuple[str, str]]]:
    """Return the visits under each plan: day, and whether seen alone."""
    found: dict[Plan, list[tuple[str, str]]] = defaultdict(list)
    for unit, row, file in tables.rows("ssd_cp_visits"):
        if day := file.day(row, "cppv_cp_visit_date"):
            plan = unit, file.text(row, "cppv_cp_plan_id")
            found[plan].append((day, file.text(row, "cppv_cp_visit_seen_alone")))
    return found


def _reviews(tables: Tables) -> dict[Plan, list[str]]:
    found: dict[Plan, list[str]] = defaultdict(list)
    for unit, row, file in tables.rows("ssd_cp_reviews"):
        if day := file.day(row, "cppr_cp_review_date"):
            found[unit, file.text(row, "cppr_cp_plan_id")].append(day)
    return found


def _last_visit(
    cells: Cells, visits: Iterable[tuple[str, str]], *, until: str, since: str
) -> None:
    found = [one for one in visits if since <= one[0] <= until]
    if found:
        day, alone = max(found)
        cells.derive("last_visit", day)
        if alone:
            cells.put("seen_alone", coded("yes_no")(alone))


def _emergencies(tables: Tables) -> set[str] | None:
    """Return who was under emergency protection in the six months before the day."""
    if not tables.has("ssd_legal_status") or not tables.day:
        return None
    since, found = months_before(tables.day, 6), set()
    for unit, row, file in tables.rows("ssd_legal_status", silent=True):
        code = coded("legal_status")(file.text(row, "lega_legal_status")).value
        if code in _EMERGENCY:
            start = file.day(row, "lega_legal_status_start_date")
            end = file.day(row, "lega_legal_status_end_date") or FAR
            if start <= tables.day and end >= since:
                found.add(unit)
    return found
