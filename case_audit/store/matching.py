"""Conditions on the cases of a list: whose they are, and which words they hold.

Aliases: ``c`` the case, ``a`` its first audit, ``g`` whom it is given to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

YOURS: Final = 0
DONE: Final = 1
NOBODYS: Final = 2
OTHERS: Final = 3
GONE: Final = 4
"""Groups in the order of the list: yours to do, submitted by you, and so on."""

GROUP: Final = (
    f"CASE WHEN c.state = 'replaced' THEN {GONE} "
    f"WHEN a.auditor = :auditor AND a.state = 'submitted' THEN {DONE} "
    f"WHEN a.auditor = :auditor THEN {YOURS} "
    f"WHEN a.id IS NOT NULL THEN {OTHERS} "
    f"WHEN coalesce(g.auditor, '') = '' THEN {NOBODYS} "
    f"WHEN g.auditor IN ({{mine}}) THEN {YOURS} ELSE {OTHERS} END"
)
"""The group of a case; ``mine`` is to be filled with placeholders for one's names."""

IN_WORDS: Final = {
    "not started": "not started",
    "open": "in progress",
    "submitted": "submitted",
    "replaced": "replaced by a reserve",
}
"""The states of a case as they are shown, and looked for."""

_STATE = (
    f"CASE WHEN c.state = 'replaced' THEN '{IN_WORDS['replaced']}' "
    f"WHEN a.state IS NULL THEN '{IN_WORDS['not started']}' "
    f"WHEN a.state = 'open' THEN '{IN_WORDS['open']}' "
    f"ELSE '{IN_WORDS['submitted']}' END"
)
_TEXT = (
    "lower(c.unit || ' ' || CASE WHEN c.stratum = 'all' THEN '' ELSE c.stratum END "
    f"|| ' ' || coalesce(a.auditor, g.auditor, '') || ' ' || {_STATE})"
)


def matching(words: Iterable[str]) -> tuple[str, dict[str, object]]:
    """Return what has to hold for a case to hold every word, whatever its capitals.

    Returns:
        A condition that begins with ``AND``, empty for no word; and its values.
    """
    parts: list[str] = []
    values: dict[str, object] = {}
    for place, word in enumerate(words):
        # The embedded database knows the capitals of ASCII alone.
        some = "".join(s.lower() if s.isascii() else s for s in word)
        low, asis = f"low{place}", f"asis{place}"
        parts.append(
            f"AND ({_TEXT} LIKE :{low} ESCAPE '!' OR {_TEXT} LIKE :{asis} ESCAPE '!')"
        )
        values |= {low: _anywhere(word.lower()), asis: _anywhere(some)}
    return " ".join(parts), values


def _anywhere(word: str) -> str:
    for sign in "!%_":
        word = word.replace(sign, f"!{sign}")
    return f"%{word}%"


def placeholders(
    prefix: str, values: Sequence[object]
) -> tuple[str, dict[str, object]]:
    """Return a list of placeholders, and what stands for each."""
    named = {f"{prefix}{place}": value for place, value in enumerate(values)}
    return ", ".join(f":{name}" for name in named), named
