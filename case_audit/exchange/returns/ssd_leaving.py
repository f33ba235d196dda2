"""Makes the records of lists 9 and 10 from the Standard Safeguarding Dataset."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from case_audit.exchange.annex_a.cells import Outcome
from case_audit.exchange.annex_a.folding import squash
from case_audit.exchange.returns.ssd_care import seeking_asylum
from case_audit.exchange.returns.ssd_front import done, listing_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.core.frame.model import Record
    from case_audit.exchange.returns.ssd_tables import Tables

NO_ADOPTION: Final = "nothing about adoption in the row"

_LEAVER: Final = {
    "clea_care_leaver_eligibility": "eligibility",
    "clea_care_leaver_in_touch": "in_touch",
    "clea_care_leaver_accommodation": "accommodation",
    "clea_care_leaver_accom_suitable": "suitability",
    "clea_care_leaver_activity": "activity",
    "clea_care_leaver_personal_advisor": "personal_adviser",
    "clea_pathway_plan_review_date": "last_pathway_plan",
    "clea_care_leaver_latest_contact": "last_contact",
}
_ADOPTION: Final = {
    "perm_adm_decision_date": "adoption_decision",
    "perm_placement_order_date": "placement_order",
    "perm_matched_date": "matching",
    "perm_placed_for_adoption_date": "placed",
    "perm_decision_reversed_date": "decision_reversed",
    "perm_decision_reversed_reason": "reversal_reason",
    "perm_placed_ffa_cp_date": "fostering_for_adoption",
}


def leavers(tables: Tables) -> Iterator[Record]:
    """Give the rows of list 9."""
    table = "ssd_care_leavers"
    file = tables.opened(table)
    if file is None:
        return
    alone = seeking_asylum(tables)
    listing = listing_of(tables, 9, file)
    for unit, row in file.rows():
        cells = tables.child(unit)
        cells.add(file.cells(row, _LEAVER, 9))
        adviser = cells.raw.get("personal_adviser", "")
        if adviser in tables.workers:
            cells.put("personal_adviser", Outcome(tables.workers[adviser], adviser))
        if alone is not None:
            cells.derive("uasc", "yes" if unit in alone else "no")
        tables.staff(
            cells,
            team=file.text(row, "clea_care_leaver_allocated_team"),
            worker=file.text(row, "clea_care_leaver_worker_id"),
        )
        yield listing.record(row=row.number, unit=unit, cells=cells)
    done(tables, listing, file, table)


def adoptions(tables: Tables) -> Iterator[Record]:
    """Give the rows of list 10; orders other than adoption are left out."""
    table = "ssd_permanence"
    file = tables.opened(table)
    if file is None:
        return
    families = {
        unit: of.text(row, "fami_family_id")
        for unit, row, of in tables.rows("ssd_family")
    }
    entered = tables.days("ssd_cla_episodes", "clae_entered_care_date")
    listing = listing_of(tables, 10, file)
    for unit, row in file.rows():
        cells = file.cells(row, _ADOPTION, 10)
        order = squash(file.text(row, "perm_permanence_order_type"))
        if order.startswith("adopt"):
            cells.put("adoption_order", file.date(row, "perm_permanence_order_date"))
        if not cells.values:
            listing.left_out[NO_ADOPTION] += 1
            continue
        cells.derive("care_start", max(entered.get(unit, ()), default=None))
        if family := families.get(unit):
            cells.put("family_id", Outcome(family, family))
        child = tables.child(unit)
        child.add(cells)
        yield listing.record(row=row.number, unit=unit, cells=child)
    done(tables, listing, file, table)
