"""Names of people and teams, compared as people compare them."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import combining, normalize

_WORD = re.compile(r"[^\W_]+")


def _words(text: str) -> list[str]:
    plain = normalize("NFKD", text.replace("&", " and ")).casefold()
    return _WORD.findall("".join(sign for sign in plain if not combining(sign)))


@lru_cache(maxsize=10_000)
def person_key(name: str) -> str:
    """Return what two spellings of one person's name have in common.

    Capitals, accents, spaces, commas and the order of the words do not matter:
    ``"Quillmere, Rosa"`` and ``"rosa  quillmere"`` are one person.

    Returns:
        The words in order, with one space between; empty if there are none.
    """
    return " ".join(sorted(_words(name)))


@lru_cache(maxsize=10_000)
def team_key(name: str) -> str:
    """Return what two spellings of one team's name have in common.

    Capitals, accents, spaces, dashes and full stops do not matter.

    Returns:
        Letters and digits alone; empty if there are none.
    """
    return "".join(_words(name))


def same_person(one: str, other: str) -> bool:
    """Whether two names are one person's; nobody has an empty name."""
    key = person_key(one)
    return bool(key) and key == person_key(other)
