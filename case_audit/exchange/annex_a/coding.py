"""Understands cells of coded columns: by code, by label, by "a) Yes" forms."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from case_audit.exchange.annex_a.cells import (
    LEFT_OUT,
    Flaw,
    Outcome,
    raw_text,
    read_text,
)
from case_audit.exchange.annex_a.folding import is_missing, squash, tidy
from case_audit.exchange.annex_a.spec import OPEN_CODELISTS, code_list

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from case_audit.exchange.annex_a.child import Cell
    from case_audit.exchange.annex_a.spec import Code

_LETTER: Final = re.compile(r"\s*([a-z]{1,2}\d?)\s*\)\s*", re.IGNORECASE)
_LEADING_CODE: Final = re.compile(r"\s*([A-Za-z0-9]+)(\s*[-:=.)\u2010-\u2015]|\s)")
_REMARK: Final = re.compile(r"\s+[-\u2010-\u2015]\s+|\s*[(;:]")
_UNKNOWN: Final = Flaw("not one of the values of this column", LEFT_OUT)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spellings:
    """The ways in which the codes of one list are written.

    Attributes:
        whole: Ids by whole cells, squashed.
        letters: Ids by the letter before the bracket, as ``b``.
        codes: Ids by the code at the beginning of a cell, in lower case.
    """

    whole: Mapping[str, str]
    letters: Mapping[str, str]
    codes: Mapping[str, str]


@cache
def coded_reader(codelist: str) -> Callable[[Cell], Outcome]:
    """Return the function that reads cells of a coded column.

    A cell is understood as a code if, whatever its case, spaces, dashes and
    quotes, it is the code ("N1"), its label ("Abuse or neglect"), both
    ("N1 - Abuse or neglect", "U6: Foster"), any of these behind a letter
    ("b) Female"), the letter with its bracket alone, or a spelling seen in real
    workbooks. Anything else is left out, but for lists that take other text.

    Args:
        codelist: Name of the code list.
    """
    spellings = _spellings(codelist)
    takes_text = codelist in OPEN_CODELISTS
    remarks = codelist == "yes_no"

    def read(cell: Cell) -> Outcome:
        raw = raw_text(cell)
        found = _find(spellings, raw, remarks=remarks)
        if found is not None:
            return Outcome(found, raw)
        if takes_text or is_missing(tidy(raw)):
            return read_text(cell)
        return Outcome(None, raw, _UNKNOWN)

    return read


def _find(spellings: _Spellings, raw: str, *, remarks: bool) -> str | None:
    text = normalize("NFKC", raw)
    letter = _LETTER.match(text)
    rest = text[letter.end() :] if letter else text
    if letter and not rest:
        return spellings.letters.get(letter[1].lower())
    found = spellings.whole.get(squash(text)) or spellings.whole.get(squash(rest))
    if found is not None:
        return found
    leading = _LEADING_CODE.match(rest)
    if leading:
        code = leading[1].lower()
        # A lone letter and a space may be a word: "B and B" is not code B.
        if leading[2].strip() or len(code) > 1 or code.isdigit():
            found = spellings.codes.get(code)
    if found is None and remarks:
        found = spellings.whole.get(squash(_REMARK.split(rest, 1)[0]))
    return found


@cache
def _spellings(codelist: str) -> _Spellings:
    entries = code_list(codelist).values()
    letters: dict[str, str] = {}
    codes: dict[str, str] = {}
    for code in entries:
        letter = _LETTER.match(code.written)
        if letter:
            letters[letter[1].lower()] = code.id
        if code.code:
            codes[code.code.lower()] = code.id
    return _Spellings(whole=_whole(entries), letters=letters, codes=codes)


def _tail(code: Code) -> str:
    """Return what stands behind letter and code: ``FCO`` of ``C2: FCO``."""
    rest = _LETTER.sub("", code.written, count=1)
    return rest.removeprefix(code.code) if code.code else ""


def _whole(entries: Collection[Code]) -> Mapping[str, str]:
    """Return ids by whole spellings; the surer spelling has the word."""
    table: dict[str, str] = {}
    tails = Counter(squash(_tail(code)) for code in entries)
    for spelled in (
        lambda code: [code.code],
        lambda code: [code.written, _LETTER.sub("", code.written, count=1)],
        lambda code: [code.label, f"{code.code} {code.label}"],
        lambda code: [code.id],
        lambda code: code.aliases,
        lambda code: [_tail(code)] if tails[squash(_tail(code))] == 1 else [],
    ):
        for code in entries:
            for spelling in spelled(code):
                if squash(spelling):
                    table.setdefault(squash(spelling), code.id)
    return table
