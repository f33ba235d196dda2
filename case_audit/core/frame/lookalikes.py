"""Identifiers that look alike: often one child, written in two ways."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Final
from unicodedata import normalize

_LETTERS: Final = str.maketrans(
    {
        **dict(zip("авекмнорстухіјѕ", "abekmhopctyxijs", strict=True)),
        **dict(zip("αβεικμνορτυχ", "abeikmvoptux", strict=True)),
    }
)
"""Small letters of other alphabets, as the Latin ones they look like."""
_DIGITS: Final = str.maketrans("oil|", "0111")
"""Letters that look like digits."""
_ZEROS: Final = re.compile(r"(?<![0-9])0+(?=[0-9])")
_BLANKS: Final = re.compile(r"\s+")
_DASHES: Final = re.compile("[\u2010-\u2015\u2212]")


def skeleton(unit: str) -> str:
    """Return an identifier without what is easily mistaken.

    Without regard to capitals, blanks, kinds of dash, leading zeros and letters that look
    like others: two identifiers with one skeleton are hardly told apart by eye.
    """
    plain = _BLANKS.sub("", normalize("NFKC", unit).casefold())
    latin = _DASHES.sub("-", plain).translate(_LETTERS).translate(_DIGITS)
    return _ZEROS.sub("", latin)


class LookAlikes:
    """Finds look-alikes among identifiers, holding a few bytes of each.

    Identifiers are taken twice: once to learn which skeletons come with more than
    one identifier, and once more to name them.
    """

    def __init__(self) -> None:
        self._first: dict[int, int] = {}
        self._several: set[int] = set()

    def learn(self, unit: str) -> None:
        """Take note of an identifier; it may come several times."""
        key, own = _short(skeleton(unit)), _short(unit)
        if self._first.setdefault(key, own) != own:
            self._several.add(key)

    @property
    def any(self) -> bool:
        """Whether there are any."""
        return bool(self._several)

    def has_double(self, unit: str) -> bool:
        """Whether another identifier looks like this one."""
        return _short(skeleton(unit)) in self._several


def _short(text: str) -> int:
    return int.from_bytes(sha256(text.encode(errors="surrogatepass")).digest()[:8])
