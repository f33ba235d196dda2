"""A guard for text that leaves the council: what in it could tell who a child is.

It finds forms, not people: a name without a title is not found, nor a story that only
one family has. Somebody has to read the text as well.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from case_audit.security import telling

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date

    from case_audit.security.telling import Span

Kind = Literal[
    "known",
    "nhs_number",
    "pupil_number",
    "insurance_number",
    "postcode",
    "date",
    "telephone",
    "mail_address",
    "web_address",
    "titled_name",
]

KINDS: Final[Mapping[Kind, str]] = {
    "known": "a case or an auditor of this round",
    "nhs_number": "an NHS number",
    "pupil_number": "a unique pupil number",
    "insurance_number": "a National Insurance number",
    "postcode": "a postcode",
    "date": "a date that may be somebody's",
    "telephone": "a telephone number",
    "mail_address": "an e-mail address",
    "web_address": "a web address",
    "titled_name": "a title with a name",
}
"""What each finding is, in words."""

SHORTEST_NUMBER: Final = 4
"""Known identifiers that are numbers of fewer digits are not looked for: they are the
numbers of every report."""

_WORD = re.compile(r"[^\W_]+")
_UNSEEN: Final = {"Cf", "Mn"}
"""Categories of signs without a width of their own: joiners, accents."""

_PLAIN_SIGNS: Final = {"Pd": "-", "Pi": "'", "Pf": "'"}
"""Dashes and quotation marks."""

_BREAK = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """Something that could tell who somebody is; never what it says.

    Attributes:
        line: Its line, from 1.
        column: Its first character in the line, from 1.
        kind: What it is.
    """

    line: int
    column: int
    kind: Kind

    def __str__(self) -> str:
        """Return it as a sentence's part, without a word of the text."""
        return f"line {self.line}, column {self.column}: {KINDS[self.kind]}"


def findings(
    text: str, *, known: Collection[str], allowed: Collection[date] = ()
) -> tuple[Found, ...]:
    """Return what in a text could tell who somebody is.

    Letters and digits of other widths count as the usual ones, and signs that cannot
    be seen do not come between them. The time grows with the length of the text.

    Args:
        text: What somebody wrote.
        known: Identifiers and names that must not be in it: units of the frame,
            auditors. Whole words, small or capital letters, whatever stands between
            the words. Numbers of fewer than four digits are left out.
        allowed: Days that may be in it, such as the date of the list.

    Returns:
        In the order of the text. Of findings within each other the longest; of equal
        ones the first in the order of :data:`KINDS`.
    """
    plain, places = _plain(text)
    spans: list[tuple[Span, Kind]] = [(span, "known") for span in _known(plain, known)]
    spans += [(span, "nhs_number") for span in telling.nhs_numbers(plain)]
    spans += [(span, "pupil_number") for span in telling.pupil_numbers(plain)]
    spans += [(span, "insurance_number") for span in telling.insurance_numbers(plain)]
    spans += [(span, "postcode") for span in telling.postcodes(plain)]
    spans += [(span, "date") for span in telling.dates(plain, allowed=allowed)]
    spans += [(span, "telephone") for span in telling.telephones(plain)]
    spans += [(span, "mail_address") for span in telling.mail_addresses(plain)]
    spans += [(span, "web_address") for span in telling.web_addresses(plain)]
    spans += [(span, "titled_name") for span in telling.titled_names(plain)]
    lines = [0, *(match.end() for match in _BREAK.finditer(text))]
    found = []
    for (start, _), kind in _outermost(spans):
        line = bisect_right(lines, places[start])
        column = places[start] - lines[line - 1] + 1
        found.append(Found(line=line, column=column, kind=kind))
    return tuple(found)


def _outermost(spans: list[tuple[Span, Kind]]) -> Iterator[tuple[Span, Kind]]:
    end = 0
    for span, kind in sorted(spans, key=lambda one: (one[0][0], -one[0][1])):
        if span[1] > end:
            yield span, kind
            end = span[1]


def _plain(text: str) -> tuple[str, list[int]]:
    """Return the text in usual letters, and the place that each came from."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        usual = sign if sign.isascii() else _usual(sign)
        signs += " " if sign.isspace() else usual
        places += [place] * len(usual)
    return "".join(signs), places


def _usual(sign: str) -> str:
    """Return a sign of another width, alphabet of digits, or with an accent, plain."""
    category = unicodedata.category(sign)
    if category in _PLAIN_SIGNS:
        return _PLAIN_SIGNS[category]
    return "".join(
        str(unicodedata.digit(one, one))
        for one in unicodedata.normalize("NFKD", sign)
        if unicodedata.category(one) not in _UNSEEN
    )


def _known(plain: str, known: Collection[str]) -> Iterator[Span]:
    """Yield known identifiers, word by word, however many are known."""
    wanted: set[tuple[str, ...]] = set()
    lengths: dict[str, set[int]] = {}
    for one in known:
        words = tuple(_WORD.findall(_plain(one)[0].casefold()))
        number = all(word.isdigit() for word in words)
        if not number or sum(map(len, words)) >= SHORTEST_NUMBER:
            wanted.add(words)
            lengths.setdefault(words[0], set()).add(len(words))
    matches = list(_WORD.finditer(plain))
    here = [match[0].casefold() for match in matches]
    for place, word in enumerate(here):
        for length in sorted(lengths.get(word, ()), reverse=True):
            words = tuple(here[place : place + length])
            if words in wanted:
                yield matches[place].start(), matches[place + len(words) - 1].end()
                break
