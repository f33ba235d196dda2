"""How a mapping changes the reading of a cell: codes, and the order of dates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from case_audit.exchange.annex_a.cells import LEFT_OUT, Flaw, Outcome, raw_text
from case_audit.exchange.annex_a.folding import tidy

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from case_audit.exchange.annex_a.child import Cell

    Read = Callable[[Cell], Outcome]

DAY_FIRST: Final = "day first"
MONTH_FIRST: Final = "month first"
ORDERS: Final = (DAY_FIRST, MONTH_FIRST)
"""Whether 03/04/2026 is in April or in March. Where the year comes first, or the
month is a word, there is nothing to say."""

_MONTH_FIRST: Final = re.compile(
    r"\s*(\d{1,2})([-/. ])(\d{1,2})(\2(?:\d{4}|\d{2})\b.*)"
)

_FORMULA: Final = Flaw("a formula in place of its result", LEFT_OUT)


def without_formulas(read: Read) -> Read:
    """Return a reader that takes a text such as ``=A1&B1`` for what it is."""

    def checked(cell: Cell) -> Outcome:
        if isinstance(cell, str) and cell.lstrip().startswith("="):
            return Outcome(None, cell, _FORMULA)
        return read(cell)

    return checked


def in_order(read: Read, order: str) -> Read:
    """Return a reader of dates for tables that write them in an order.

    Args:
        read: A reader that takes the day before the month.
        order: One of `ORDERS`.
    """
    if order == DAY_FIRST:
        return read

    def turned(cell: Cell) -> Outcome:
        raw = raw_text(cell)
        match = _MONTH_FIRST.fullmatch(raw)
        if match is None:
            return read(cell)
        outcome = read(f"{match[3]}{match[2]}{match[1]}{match[4]}")
        return outcome._replace(raw=raw)

    return turned


def translated(read: Read, codes: Mapping[str, str]) -> Read:
    """Return a reader that knows some cells by a mapping's own words.

    Args:
        read: How the others are read.
        codes: What cells mean, by their text in any case; empty for nothing.
    """
    known = {tidy(cell).casefold(): code for cell, code in codes.items()}

    def look_up(cell: Cell) -> Outcome:
        raw = raw_text(cell)
        code = known.get(tidy(raw).casefold())
        return read(cell) if code is None else Outcome(code or None, raw)

    return look_up
