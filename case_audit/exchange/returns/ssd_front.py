"""Makes the records of lists 1, 2, 4 and 5 from the Standard Safeguarding Dataset."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from case_audit.exchange.annex_a.cells import Outcome
from case_audit.exchange.returns.readers import coded
from case_audit.exchange.returns.windows import earlier_in_year

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from case_audit.core.frame.model import Record
    from case_audit.exchange.returns.files import ChildFile
    from case_audit.exchange.returns.notes import Cells, Listing
    from case_audit.exchange.returns.ssd_tables import Tables

HOW: Final = "columns"

_CONTACT: Final = {
    "cont_contact_date": "contact_date",
    "cont_contact_source_code": "contact_source",
}
_EARLY_HELP: Final = {
    "earl_episode_start_date": "assessment_start",
    "earl_episode_end_date": "assessment_end",
    "earl_episode_organisation": "organisation",
}
_ASSESSMENT: Final = {
    "cina_assessment_start_date": "assessment_start",
    "cina_assessment_child_seen": "child_seen",
    "cina_assessment_auth_date": "assessment_authorised",
}
_ENQUIRY: Final = {"s47e_s47_start_date": "strategy_date"}
_CONFERENCE: Final = {
    "icpc_icpc_date": "icpc_date",
    "icpc_icpc_outcome_cp_flag": "icpc_plan",
}
_FACTOR: Final = re.compile(r"[0-9]{1,2}[A-Z]?|[A-Z]{2}")
_LONGEST_JSON: Final = 20_000


def listing_of(tables: Tables, list_no: int, file: ChildFile) -> Listing:
    """Return a list in the making that is read from a file."""
    return tables.notes.listing(list_no, place=file.name, how=HOW)


def done(tables: Tables, listing: Listing, file: ChildFile, table: str) -> None:
    """Take note that a table's rows have become records."""
    listing.left_out.update(file.left_out)
    tables.tell(table, file.read)


def contacts(tables: Tables) -> Iterator[Record]:
    """Give the rows of list 1."""
    yield from _plain(
        tables, 1, "ssd_contacts", _CONTACT, other="cont_contact_source_desc"
    )


def early_help(tables: Tables) -> Iterator[Record]:
    """Give the rows of list 2."""
    yield from _plain(tables, 2, "ssd_early_help_episodes", _EARLY_HELP)


def _plain(
    tables: Tables,
    list_no: int,
    table: str,
    keys: Mapping[str, str],
    *,
    other: str = "",
) -> Iterator[Record]:
    """Read a list whose rows are the rows of one table."""
    file = tables.opened(table)
    if file is None:
        return
    listing = listing_of(tables, list_no, file)
    for unit, row in file.rows():
        cells = tables.child(unit, disability=False)
        cells.add(file.cells(row, keys, list_no))
        if other and "contact_source" not in cells.raw:
            outcome = file.cell(row, other, coded("contact_source"))
            cells.put("contact_source", outcome)
        yield listing.record(row=row.number, unit=unit, cells=cells)
    done(tables, listing, file, table)


def assessments(tables: Tables) -> Iterator[Record]:
    """Give the rows of list 4."""
    table = "ssd_cin_assessments"
    file = tables.opened(table)
    if file is None:
        return
    factors = {
        key: found
        for key, row, of in tables.rows("ssd_assessment_factors")
        if (found := _factors(of.text(row, "cinf_assessment_factors_json")))
    }
    listing = listing_of(tables, 4, file)
    for unit, row in file.rows():
        cells = tables.child(unit)
        cells.add(file.cells(row, _ASSESSMENT, 4))
        nfa = file.cell(row, "cina_assessment_outcome_nfa", coded("yes_no"))
        if nfa and "assessment_authorised" in cells.values:
            support = {"yes": "no", "no": "yes"}.get(str(nfa.value))
            cells.put("support_required", Outcome(support, nfa.raw))
        if codes := factors.get(file.text(row, "cina_assessment_id")):
            cells.put("x_factors", Outcome(codes, codes))
        tables.staff(
            cells,
            team=file.text(row, "cina_assessment_team"),
            worker=file.text(row, "cina_assessment_worker_id"),
        )
        yield listing.record(row=row.number, unit=unit, cells=cells)
    done(tables, listing, file, table)


def enquiries(tables: Tables) -> Iterator[Record]:
    """Give the rows of list 5."""
    table = "ssd_s47_enquiry"
    file = tables.opened(table)
    if file is None:
        return
    days = tables.days(table, "s47e_s47_start_date")
    conferences, met = _conferences(tables)
    listing = listing_of(tables, 5, file)
    for unit, row in file.rows():
        cells = tables.child(unit)
        cells.add(file.cells(row, _ENQUIRY, 5))
        enquiry = file.text(row, "s47e_s47_enquiry_id")
        if enquiry and (unit, enquiry) in conferences:
            cells.add(conferences[unit, enquiry])
        nfa = file.cell(row, "s47e_s47_nfa", coded("yes_no"))
        if nfa and file.day(row, "s47e_s47_end_date"):
            cells.put("icpc_unnecessary", nfa)
        count_earlier(cells, "strategy_date", "s47_12m", days[unit])
        if tables.has("ssd_initial_cp_conference"):
            count_earlier(cells, "strategy_date", "icpc_12m", met[unit])
        tables.staff(
            cells,
            team=file.text(row, "s47e_s47_completed_by_team"),
            worker=file.text(row, "s47e_s47_completed_by_worker_id"),
        )
        yield listing.record(row=row.number, unit=unit, cells=cells)
    done(tables, listing, file, table)


def _conferences(
    tables: Tables,
) -> tuple[dict[tuple[str, str], Cells], dict[str, list[str]]]:
    """Return conferences by child and enquiry, and their days by child."""
    found: dict[tuple[str, str], Cells] = {}
    met: dict[str, list[str]] = defaultdict(list)
    for unit, row, file in tables.rows("ssd_initial_cp_conference"):
        cells = file.cells(row, _CONFERENCE, 5)
        found[unit, file.text(row, "icpc_s47_enquiry_id")] = cells
        if isinstance(day := cells.values.get("icpc_date"), str):
            met[unit].append(day)
    return found, met


def count_earlier(cells: Cells, key: str, count: str, days: Iterable[str]) -> None:
    """Count the days in the year before the day of a record."""
    day = cells.values.get(key)
    if isinstance(day, str):
        cells.derive(count, earlier_in_year(days, day))


def _factors(text: str) -> str:
    """Return the codes of factors out of a cell of JSON, in a row.

    Tables hold them as a list of codes, or as codes with yes or no.
    """
    found = read_json(text)
    codes: list[str] = []
    if isinstance(found, dict):
        no = {"", "no", "n", "0", "false", "none", "null"}
        codes = [key for key, value in found.items() if str(value).lower() not in no]
    elif isinstance(found, list):
        codes = [code for code in found if isinstance(code, str)]
    short = (code.strip().upper() for code in codes)
    return " ".join(dict.fromkeys(c for c in short if _FACTOR.fullmatch(c)))


def read_json(text: str) -> object:
    """Return what a cell of JSON holds; ``None`` if it is none, or too long."""
    if not text or len(text) > _LONGEST_JSON:
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
