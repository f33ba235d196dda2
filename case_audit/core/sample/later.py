"""What was done to a round after a copy of its manifest was made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from case_audit.core.sample.manifest import Manifest

Key = Literal["replacements", "extensions", "reopened"]
KEYS: Final[tuple[Key, ...]] = get_args(Key)
"""The parts of a manifest that grow with the round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """One thing that was done since.

    Attributes:
        key: The part of the manifest that grew.
        at: When, in UTC: ``YYYY-MM-DDTHH:MM:SSZ``.
        added: Cases that an extension added; 0 for anything else.
    """

    key: Key
    at: str
    added: int = 0


def later_changes(manifest: Manifest, kept: Manifest) -> tuple[Later, ...]:
    """Return what the kept manifest has on record beyond an earlier copy of it.

    A copy is an earlier state of the round if each part is the beginning of the
    kept one, and nothing that it lacks is older than what it has. Otherwise something
    was taken out of it, and this returns nothing: every difference then counts.

    Args:
        manifest: The copy.
        kept: The round's own manifest.

    Returns:
        In the order of time.
    """
    has: list[str] = []
    lacks: list[Later] = []
    for key in KEYS:
        before, after = manifest.plain.get(key, []), kept.plain.get(key, [])
        if before != after[: _length(before)]:
            return ()
        has += _times(before)
        lacks += _changes(key, after[_length(before) :])
    lacks.sort(key=lambda one: one.at)
    return tuple(lacks) if lacks and max(has, default="") <= lacks[0].at else ()


def _length(value: object) -> int:
    return len(value) if isinstance(value, list) else 0


def _times(entries: Iterable[dict[str, Any]]) -> Iterator[str]:
    return (str(entry.get("at", "")) for entry in entries)


def _changes(key: Key, entries: list[dict[str, Any]]) -> Iterator[Later]:
    for entry, at in zip(entries, _times(entries), strict=True):
        yield Later(key=key, at=at, added=int(entry.get("added", 0)))
