"""Understands identifiers, the cells on which everything hangs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from unicodedata import category, normalize

from case_audit.core.frame.model import canonical_unit
from case_audit.exchange.annex_a.cells import Flaw, Outcome, raw_text
from case_audit.exchange.annex_a.folding import is_missing, tidy

if TYPE_CHECKING:
    from case_audit.exchange.annex_a.child import Cell

MAX_LENGTH: Final = 64
"""Annex A allows 20 characters; longer ones are kept up to this."""
SURE_DIGITS: Final = 15
"""Spreadsheets keep this many digits of a number and make up the rest."""

_ROW_LEFT_OUT: Final = "the row was left out"
_SCIENTIFIC: Final = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_ENDS_IN_ZERO: Final = re.compile(r"\d+\.0+")

NUMBER: Final = Flaw(
    "an identifier stored as a number",
    "its digits were kept; leading zeros, if it had any, were lost in the spreadsheet",
    serious=False,
)
NONE: Final = Flaw("no identifier in a row with other entries", _ROW_LEFT_OUT)
_TOO_LONG_A_NUMBER: Final = Flaw(
    "an identifier of more than 15 digits stored as a number, which spreadsheets round",
    _ROW_LEFT_OUT,
)
_NOT_ONE: Final = Flaw("not an identifier", _ROW_LEFT_OUT)
_ROUNDED: Final = Flaw("an identifier in scientific notation", _ROW_LEFT_OUT)
_HIDDEN: Final = Flaw(
    "an identifier with hidden characters or unusual spaces",
    "they were taken out",
    serious=False,
)
_DECIMAL: Final = Flaw(
    'an identifier that ends in ".0"', "kept as it is", serious=False
)
_LOOKS_ALIKE: Final = Flaw(
    "an identifier with letters that look like others", "kept as it is", serious=False
)


def read_identifier(cell: Cell) -> Outcome:
    """Read an identifier as text, digit for digit.

    Leading zeros of a text stay. A number has lost them already, so its digits
    are kept with a warning; a number that a spreadsheet rounds is refused.

    Args:
        cell: The cell, not empty.

    Returns:
        The identifier as the value; ``None`` with a serious flaw if the row
        cannot be used.
    """
    raw = raw_text(cell)
    if isinstance(cell, int):
        if abs(cell) >= 10**SURE_DIGITS:
            return Outcome(None, raw, _TOO_LONG_A_NUMBER)
        return Outcome(raw, raw, NUMBER) if cell >= 0 else Outcome(None, raw, _NOT_ONE)
    if isinstance(cell, float):
        return Outcome(None, raw, _NOT_ONE)
    return _from_text(cell)


def _from_text(raw: str) -> Outcome:
    if is_missing(tidy(raw)):
        return Outcome(None, raw, NONE)
    plain = raw.isascii()
    composed = normalize("NFC", raw)
    kept = composed if plain else "".join(map(_kept, composed))
    try:
        unit = canonical_unit(kept)
    except ValueError:
        return Outcome(None, raw, _NOT_ONE)
    if len(unit) > MAX_LENGTH:
        return Outcome(None, raw, _NOT_ONE)
    if _SCIENTIFIC.fullmatch(unit):
        return Outcome(None, raw, _ROUNDED)
    flaw = _DECIMAL if _ENDS_IN_ZERO.fullmatch(unit) else None
    if not plain:
        flaw = _HIDDEN if kept != composed else _LOOKS_ALIKE
    return Outcome(unit, raw, flaw)


def _kept(letter: str) -> str:
    kind = category(letter)
    return "" if kind == "Cf" else " " if kind in {"Zs", "Zl", "Zp"} else letter


class IdentifierWatch:
    """Notices identifiers that differ only in case or leading zeros.

    Such pairs are usually one child, written differently on two lists, and the
    lists then no longer fit together.
    """

    def __init__(self) -> None:
        self._first: dict[str, str] = {}
        self._told: set[str] = set()

    def differs(self, unit: str) -> bool:
        """Take note of an identifier; say whether it is a new near-copy."""
        folded = unit.lstrip("0").casefold()
        first = self._first.setdefault(folded, unit)
        if first == unit or unit in self._told:
            return False
        self._told.add(unit)
        return True


NEAR_COPY: Final = Flaw(
    "an identifier that differs from another one only in case or leading zeros",
    "kept as another child",
    serious=False,
)
