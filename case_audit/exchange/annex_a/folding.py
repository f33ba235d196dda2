"""Brings text from outside to a form in which it can be compared."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from unicodedata import category, normalize

from case_audit.security.text_gate import one_line

MISSING: Final = frozenset(
    {"", "-", "--", ".", "n/a", "na", "null", "none", "nan", "nil", "(blank)", "blank"}
)
"""Words for "nothing here", in lower case."""

_ERROR_VALUE: Final = re.compile(r"#(?:[A-Z][A-Z0-9_/]*[!?]?|DIV/0!)", re.IGNORECASE)
_SPACES: Final = re.compile(r"\s+")


@lru_cache(maxsize=20_000)
def squash(text: str) -> str:
    """Return the letters and digits of a text, in lower case and one width.

    Spaces, dashes, quotes and brackets fall away, of whatever kind they are, so
    ``"Childs\N{RIGHT SINGLE QUOTATION MARK} ID "`` equals ``"childs id"``.
    """
    folded = normalize("NFKC", text).casefold()
    return "".join(letter for letter in folded if letter.isalnum())


def tidy(text: str) -> str:
    """Return a text for showing: one line, single spaces, nothing hidden.

    Characters that steer a terminal become one visible sign; soft hyphens and
    joiners of no width, which only make equal texts differ, fall away.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    shown = one_line(normalize("NFC", text))
    kept = "".join(letter for letter in shown if category(letter) != "Cf")
    return _SPACES.sub(" ", kept).strip()


def is_missing(text: str) -> bool:
    """Say whether a tidied text stands for an empty cell."""
    return text.lower() in MISSING or is_error_value(text)


def is_error_value(text: str) -> bool:
    """Say whether a tidied text is a spreadsheet's error value, as ``#N/A``."""
    return text.startswith("#") and _ERROR_VALUE.fullmatch(text) is not None
