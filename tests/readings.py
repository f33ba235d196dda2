"""A row of a contact, and what a reading of a workbook told."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from case_audit.exchange.reading import Reading

BORN = date(2018, 5, 4)
SEEN = date(2026, 3, 1)
CONTACT = ["SYN-1", "b) Female", "a) WBRI", BORN, 7, SEEN, "q) 6: Police"]


def told(reading: Reading) -> dict[tuple[str, str, str], int]:
    """Return the counts of problems by sheet, column and the first words."""
    return {(c.sheet, c.column, c.what): c.count for c in reading.problem_counts}
