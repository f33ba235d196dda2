"""The forms of what tells who somebody is: numbers, addresses, dates, titles.

Every pattern is bounded: no part of it can repeat without end, and no two parts of it
can take the same characters, so that hostile text cannot make it search for long.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

Span = tuple[int, int]
"""Where it begins and the place after its end."""

_NHS_SEPARATORS: Final = 4
_UPN_LETTERS: Final = "ABCDEFGHJKLMNPQRTUVWXYZ"
_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_MONTH: Final = "|".join(rf"{name[:3]}(?:{name[3:]})?" for name in _MONTHS) + "|sept"
_ABROAD: Final = 10
"""Digits of the shortest number that is written with its country's code."""

_CENTURY: Final = 100
_SHORT_YEARS: Final = 2000
_YEARS: Final = range(1900, 2100)

_NHS = re.compile(r"(?<!\d)(?=(\d(?:[ .-]{0,2}\d){9})(?!\d))")
_UPN = re.compile(r"(?<![a-z\d])[a-z](?: ?\d){11} ?[\da-z](?![a-z\d])", re.IGNORECASE)
_INSURANCE = re.compile(
    r"(?<![a-z\d])[a-z]{2}(?:[ -]?\d\d){3}[ -]?[a-d](?![a-z\d])", re.IGNORECASE
)
_POSTCODE = re.compile(
    r"(?<![a-z\d])"
    r"(?:gir {0,2}0aa"
    r"|[a-pr-uwyz](?:\d[\da-hjkpstuw]?|[a-hk-z]\d[\dabehmnprv-y]?)"
    r" {0,2}\d[abd-hjlnp-uw-z]{2})"
    r"(?![a-z\d])",
    re.IGNORECASE,
)
_ORDINALS: Final = ("st", "nd", "rd", "th")
_PHONE = re.compile(r"(?<![\d.])(?:\+\(?\d|\(?0(?=\d\d))(?=((?:[ ().-]{0,3}\d){8,14}))")
_HOME = re.compile(r"0[1-35789]\d{8,9}|0044\d{9,11}")
_MAIL = re.compile(r"(?<=[\w.+%-])@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
_LINK = re.compile(r"\b(?:https?://|www\.)[^\s]{1,200}", re.IGNORECASE)
_HOST = re.compile(
    r"(?<=\w)\.(?:com|org|net|info|eu|(?:co|org|gov|ac|sch|nhs|police)\.uk)\b",
    re.IGNORECASE,
)
_WORD: Final = 64
_TITLE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Rev|MR|MRS|MISS|DR)\b\.?"
    r" {1,3}([^\W\d_])"
)
_DATES = (
    re.compile(
        r"(?<!\d)(?P<day>\d{1,2})(?P<sign> ?[/-] ?)(?P<month>\d{1,2})(?P=sign)"
        r"(?P<year>\d{4}|\d\d)(?!\d)"
    ),
    re.compile(r"(?<!\d)(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})(?!\d)"),
    re.compile(
        r"(?<!\d)(?P<year>\d{4})(?P<sign>[/.-]?)(?P<month>\d\d)(?P=sign)"
        r"(?P<day>\d\d)(?!\d)"
    ),
    re.compile(r"(?<!\d)(?P<day>\d\d)(?P<month>\d\d)(?P<year>\d{4})(?!\d)"),
    re.compile(
        r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)? ?"
        rf"(?P<month>{_MONTH})\b\.?,? ?(?P<year>\d{{4}}|'?\d\d)(?!\d)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?P<month>{_MONTH})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? "
        r"(?P<year>\d{4})(?!\d)",
        re.IGNORECASE,
    ),
)
_BORN = re.compile(
    r"\b(?:born(?: on| in)?|d\.?o\.?b\.?|date of birth|birthday)[ :]{1,3}"
    rf"(?:the )?(?:\d|(?:{_MONTH})\b)",
    re.IGNORECASE,
)


def nhs_numbers(text: str) -> Iterator[Span]:
    """Yield NHS numbers: ten digits, the last of which fits the others (modulo 11)."""
    for match in _NHS.finditer(text):
        found = match[1]
        digits = [int(one) for one in found if one.isdigit()]
        if len(re.findall(r"[ .-]+", found)) > _NHS_SEPARATORS:
            continue
        weighted = sum(d * w for d, w in zip(digits, range(10, 1, -1), strict=False))
        if (11 - weighted % 11) % 11 == digits[-1]:
            yield match.span(1)


def pupil_numbers(text: str) -> Iterator[Span]:
    """Yield unique pupil numbers: thirteen signs, the first fits the others.

    The check letter is that of the sum of the twelve others times 2 to 13, modulo 23,
    in an alphabet without I, O and S; a temporary number ends with a letter.
    """
    for match in _UPN.finditer(text):
        first, *rest = list(match[0].upper().replace(" ", ""))
        values = [int(one) if one.isdigit() else _UPN_LETTERS.find(one) for one in rest]
        weighted = sum(v * w for v, w in zip(values, range(2, 14), strict=True))
        if -1 not in values and _UPN_LETTERS[weighted % 23] == first:
            yield match.span()


def insurance_numbers(text: str) -> Iterator[Span]:
    """Yield what has the form of a National Insurance number."""
    return (match.span() for match in _INSURANCE.finditer(text))


def postcodes(text: str) -> Iterator[Span]:
    """Yield full postcodes; ``E1 2nd`` is a level and an ordinal."""
    for match in _POSTCODE.finditer(text):
        outward, inward = match[0][:-3], match[0][-2:]
        if inward not in _ORDINALS or outward == outward.lower():
            yield match.span()


def telephones(text: str) -> Iterator[Span]:
    """Yield telephone numbers with an area code, or with a country's."""
    for match in _PHONE.finditer(text):
        whole = match[0] + match[1]
        digits = ""
        for place, sign in enumerate(whole):
            if not sign.isdigit():
                continue
            digits += sign
            if not whole[place + 1 : place + 2].isdigit() and _is_phone(whole, digits):
                yield match.start(), match.start() + place + 1
                break


def _is_phone(written: str, digits: str) -> bool:
    if written[0] == "+":
        return len(digits) >= _ABROAD
    return _HOME.fullmatch(digits) is not None


def mail_addresses(text: str) -> Iterator[Span]:
    """Yield e-mail addresses."""
    for match in _MAIL.finditer(text):
        yield _back(text, match.start(), "._+%-"), match.end()


def web_addresses(text: str) -> Iterator[Span]:
    """Yield web addresses, and names of hosts under the usual endings."""
    yield from (match.span() for match in _LINK.finditer(text))
    for match in _HOST.finditer(text):
        yield _back(text, match.start(), "._-"), match.end()


def _back(text: str, place: int, signs: str) -> int:
    """Return where a word with such signs in it begins, not far before a place."""
    start, first = place, max(0, place - _WORD)
    while start > first and (text[start - 1].isalnum() or text[start - 1] in signs):
        start -= 1
    return start


def titled_names(text: str) -> Iterator[Span]:
    """Yield a title before a word with a capital, such as that of a family."""
    for match in _TITLE.finditer(text):
        if match[1].isupper():
            yield match.span()


def dates(text: str, *, allowed: Collection[date]) -> Iterator[Span]:
    """Yield whole dates, and what follows ``born``.

    Any day of a child's life can tell who it is, so a date need not be one of birth.
    A month and a year, or a day and a month, are none.

    Args:
        text: Where to look.
        allowed: Days that tell of nobody, such as that of the list.
    """
    for pattern in _DATES:
        for match in pattern.finditer(text):
            day = _day(match)
            if day is not None and day not in allowed:
                yield match.span()
    yield from (match.span() for match in _BORN.finditer(text))


def _day(match: re.Match[str]) -> date | None:
    """Return the day that is written, the British way or else the American."""
    year, month = int(match["year"].lstrip("'")), match["month"].lower()
    if year < _CENTURY:
        year += _SHORT_YEARS
    if month.isdigit():
        parts = int(month), int(match["day"])
    else:
        starts = [name[:3] for name in _MONTHS]
        parts = starts.index(month[:3]) + 1, int(match["day"])
    for one, other in (parts, parts[::-1]):
        if year in _YEARS:
            with suppress(ValueError):
                return date(year, one, other)
    return None
