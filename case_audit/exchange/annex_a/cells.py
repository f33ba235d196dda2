"""Understands single cells: dates, whole numbers, ages and free text.

Each function takes a cell that is not empty and gives back an `Outcome`. Codes
and identifiers have modules of their own.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from case_audit.exchange.annex_a.folding import is_error_value, is_missing, tidy

if TYPE_CHECKING:
    from case_audit.core.frame.model import Value
    from case_audit.exchange.annex_a.child import Cell

PIVOT: Final = 50
"""Two-digit years below it are of this century: 49 is 2049, 50 is 1950."""
EARLIEST: Final = date(1920, 1, 1)
LATEST: Final = date(2100, 12, 31)
MAX_COUNT: Final = 9_999
MAX_AGE: Final = 120

_DAY_ZERO: Final = date(1899, 12, 30)
_ISO: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME: Final = r"(?:[T ,]+\d{1,2}[:.]\d{2}[\d:.]*\s*(?:[ap]m)?(?:Z|[+-]\d\d:?\d\d)?)?"
_YEAR_FIRST: Final = re.compile(
    rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}", re.IGNORECASE
)
_DAY_FIRST: Final = re.compile(
    rf"(\d{{1,2}})[-/. ](\d{{1,2}})[-/. ](\d{{4}}|\d{{2}}){_TIME}", re.IGNORECASE
)
_NAMED: Final = re.compile(
    rf"(?:[a-z]{{3,9}},? )?(\d{{1,2}})(?:st|nd|rd|th)?[-/. ]?(?:of )?([a-z]{{3,9}})"
    rf"[-/., ]{{0,2}}(\d{{4}}|\d{{2}}){_TIME}",
    re.IGNORECASE,
)
_DIGITS: Final = re.compile(r"(\d{5}|\d{8})(?:\.\d+)?")
_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_UNBORN: Final = re.compile(r"un-?\s?born|ubb?|expected\b.*|edd\b.*", re.IGNORECASE)
_NUMBER: Final = re.compile(r"(-?\d{1,6})(?:\.\d+)?")
_AGE: Final = re.compile(
    r"(\d{1,3})(?:\.\d+)?\s*(?:y|yr|yrs|year|years)?(?:\s*old)?(?:[\s,]+\d{1,2}\s*m\w*)?",
    re.IGNORECASE,
)
_UNDER_ONE: Final = re.compile(
    r"(?:<\s*1|under\s+(?:1|one))(?:\s*y\w*)?|\d{1,2}\s*(?:w|wk|wks|weeks?|d|days?)",
    re.IGNORECASE,
)
_IN_MONTHS: Final = re.compile(r"(\d{1,2})\s*(?:m|mth|mths|months?)", re.IGNORECASE)


class Flaw(NamedTuple):
    """What is wrong with a cell, and what was done about it.

    ``serious`` means that the cell or the row was left out.
    """

    what: str
    done: str
    serious: bool = True


class Outcome(NamedTuple):
    """A cell as it was understood, its text as it was read, and its flaw."""

    value: Value
    raw: str
    flaw: Flaw | None = None


LEFT_OUT: Final = "the cell was left out"
UNBORN: Final = Flaw("not yet born", "the child is shown as unborn", serious=False)
"""Not reported: it tells the row that the child is not yet born."""

ERROR_VALUE: Final = Flaw("an error value", "read as empty", serious=False)
_NOT_A_DATE: Final = Flaw("not a date", LEFT_OUT)
_FAR_DATE: Final = Flaw("a date before 1920 or after 2100", LEFT_OUT)
_DAY_COUNT: Final = Flaw("a number, not a date", "read as a day count", serious=False)
_SHORT_YEAR: Final = Flaw(
    "a year of two digits", "00 to 49 read as 2000 to 2049", serious=False
)
_NOT_A_COUNT: Final = Flaw("not a whole number from 0 to 9999", LEFT_OUT)
_NOT_AN_AGE: Final = Flaw("not an age in years", LEFT_OUT)


def raw_text(cell: Cell) -> str:
    """Return a cell as text: the text itself, or the number without ``.0``."""
    return cell if isinstance(cell, str) else repr(cell)


def _nothing(text: str, raw: str) -> Outcome | None:
    """Return the outcome of a cell that says that there is nothing."""
    if not is_missing(text):
        return None
    return Outcome(None, raw, ERROR_VALUE if is_error_value(text) else None)


def read_text(cell: Cell) -> Outcome:
    """Read free text: one line, nothing hidden, ``None`` for "n/a" and such."""
    raw = raw_text(cell)
    text = tidy(raw)
    return _nothing(text, raw) or Outcome(text, raw)


def read_extra(cell: Cell) -> Outcome:
    """Read a cell of a column that Annex A does not have: keep its text only."""
    return Outcome(None, raw_text(cell))


def read_date(cell: Cell) -> Outcome:
    """Read a date as ISO text.

    Understood are real dates (they come as ISO text), ``31/03/2026``,
    ``31-3-26``, ``2026-03-31``, ``20260331``, ``31 March 2026``, each with or
    without a time of day, and a spreadsheet's day count (46112). The day comes
    before the month, always: ``03/31/2026`` is refused, not guessed at.
    """
    raw = raw_text(cell)
    if _ISO.fullmatch(raw):  # as real dates come, and so nearly all
        return _dated(raw[:4], int(raw[5:7]), int(raw[8:]), raw)
    text = tidy(raw)
    nothing = _nothing(text, raw)
    if nothing:
        return nothing
    digits = _DIGITS.fullmatch(text)
    if digits:
        return _from_digits(digits[1], raw)
    for pattern, order in ((_YEAR_FIRST, (1, 2, 3)), (_DAY_FIRST, (3, 2, 1))):
        match = pattern.fullmatch(text)
        if match:
            year, month, day = (match[group] for group in order)
            return _dated(year, int(month), int(day), raw)
    match = _NAMED.fullmatch(text)
    if match:
        return _dated(match[3], _month(match[2].lower()), int(match[1]), raw)
    return Outcome(None, raw, _NOT_A_DATE)


def _month(name: str) -> int:
    """Return a month's number by its name or the name's beginning, or 0."""
    found = [n for n, month in enumerate(_MONTHS, 1) if month.startswith(name)]
    return found[0] if len(found) == 1 else 9 * (name == "sept")


def _from_digits(text: str, raw: str) -> Outcome:
    if len(text) == len("20260331"):
        return _dated(text[:4], int(text[4:6]), int(text[6:]), raw)
    found = _DAY_ZERO + timedelta(days=int(text))
    if EARLIEST <= found <= LATEST:
        return Outcome(found.isoformat(), raw, _DAY_COUNT)
    return Outcome(None, raw, _NOT_A_DATE)


def _dated(year: str, month: int, day: int, raw: str) -> Outcome:
    short = len(year) == len("26")
    century = (2000 if int(year) < PIVOT else 1900) if short else 0
    try:
        found = date(century + int(year), month, day)
    except ValueError:
        return Outcome(None, raw, _NOT_A_DATE)
    if not EARLIEST <= found <= LATEST:
        return Outcome(None, raw, _FAR_DATE)
    return Outcome(found.isoformat(), raw, _SHORT_YEAR if short else None)


def read_birth_date(cell: Cell) -> Outcome:
    """Read a date of birth; "unborn" and "expected ..." are understood too."""
    raw = raw_text(cell)
    if _UNBORN.fullmatch(tidy(raw)):
        return Outcome(None, raw, UNBORN)
    return read_date(cell)


def read_count(cell: Cell) -> Outcome:
    """Read a whole number from 0 to 9999."""
    raw = raw_text(cell)
    text = tidy(raw)
    nothing = _nothing(text, raw)
    if nothing:
        return nothing
    match = _NUMBER.fullmatch(text)
    if match and float(text) == int(match[1]) and 0 <= int(match[1]) <= MAX_COUNT:
        return Outcome(int(match[1]), raw)
    return Outcome(None, raw, _NOT_A_COUNT)


def read_age(cell: Cell) -> Outcome:
    """Read an age in whole years; 7.4 is 7, "6 months" is 0, -1 is unborn."""
    raw = raw_text(cell)
    text = tidy(raw)
    nothing = _nothing(text, raw)
    if nothing:
        return nothing
    if _UNBORN.fullmatch(text) or (_NUMBER.fullmatch(text) and float(text) < 0):
        return Outcome(None, raw, UNBORN)
    if _UNDER_ONE.fullmatch(text):
        return Outcome(0, raw)
    months = _IN_MONTHS.fullmatch(text)
    years = _AGE.fullmatch(text)
    age = int(months[1]) // 12 if months else int(years[1]) if years else MAX_AGE + 1
    return Outcome(age, raw) if age <= MAX_AGE else Outcome(None, raw, _NOT_AN_AGE)
