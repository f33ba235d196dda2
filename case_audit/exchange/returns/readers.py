"""Which function reads the cells of which column, as returns write them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from case_audit.exchange.annex_a.cells import Outcome, read_count, read_date, read_text
from case_audit.exchange.annex_a.coding import coded_reader
from case_audit.exchange.annex_a.folding import squash, tidy
from case_audit.exchange.annex_a.spec import columns

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Read = Callable[[str], Outcome]

_ZONE: Final = re.compile(r"(\d{4}-\d\d-\d\d)(?:Z|[+-]\d\d:\d\d)")
_SPELLINGS: Final[Mapping[str, Mapping[str, str]]] = {
    # The children in need census until 2024, and SSDA903.
    "gender": {"0": "not_stated", "1": "male", "2": "female", "9": "neither"},
    # SSDA903 from 2026 divides the code for other placements.
    "placement_type": {"z11": "Z1", "z12": "Z1", "z13": "Z1", "z14": "Z1"},
    # A cell of these two says that there is nothing to say.
    "activity": {"0": ""},
    "accommodation": {"0": ""},
}
"""Codes that returns use and Annex A does not, by code list, in lower case."""


def read_return_date(cell: str) -> Outcome:
    """Read a date as returns write it: ISO, with or without a time zone, or UK."""
    zoned = _ZONE.fullmatch(tidy(cell))
    if zoned is None:
        return read_date(cell)
    outcome = read_date(zoned[1])
    return Outcome(outcome.value, cell, outcome.flaw)


@cache
def coded(codelist: str) -> Read:
    """Return the function that reads the cells of a code list.

    It understands what returns write beside what Annex A does.
    """
    read, own = coded_reader(codelist), _SPELLINGS.get(codelist, {})

    def read_own(cell: str) -> Outcome:
        found = own.get(squash(cell))
        return read(cell) if found is None else Outcome(found or None, cell)

    return read_own if own else read


@cache
def reader_of(list_no: int, key: str) -> Read:
    """Return the function that reads the cells of a list's column.

    Raises:
        KeyError: If the list has no such column.
    """
    for column in columns(list_no):
        if column.key == key:
            if column.type == "date":
                return read_return_date
            if column.type == "integer":
                return read_count
            return coded(column.codes) if column.codes else read_text
    raise KeyError(key)
