"""Criteria and their texts in an opened rubric or module, each with its line.

Nothing is refused here: what is not as it should be is passed over, so that a
file can be spoken of before it is sound, whatever keys it has.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from case_audit.exchange.yaml_strict import Listing, Table, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.exchange.yaml_strict import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A text and where it stands.

    Attributes:
        key: Path of keys, for example ``domains[2].criteria[0].asks``.
        line: Line in the file, from 1.
        text: The text on one line; empty where there is none.
        beside: The comment behind it on its last line.
    """

    key: str
    line: int
    text: str = ""
    beside: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A domain: one of a rubric, or a module as a whole.

    Attributes:
        at: The domain's label, or the key that stands for it.
        include: The module it comes from; empty for its own criteria.
        criteria: The criteria that the file itself has.
    """

    at: Place
    include: str
    criteria: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One criterion as it stands in a file."""

    key: str
    table: Table

    @property
    def id(self) -> str:
        """Its identifier, or its place where it has none."""
        return self.place("id").text or self.key

    @property
    def kind(self) -> str:
        """Its kind; graded where the file says nothing."""
        return self.place("kind").text or "graded"

    @property
    def critical(self) -> bool:
        """Whether the file calls it critical."""
        return self.place("critical").text.lower() in {"yes", "true"}

    def place(self, key: str) -> Place:
        """Return the text under a key."""
        return place(self.table, key, under=self.key)

    def items(self, key: str) -> tuple[Place, ...]:
        """Return the texts of the list under a key."""
        node = self.table.entries.get(key)
        if not isinstance(node, Listing):
            return ()
        return tuple(
            _at(item, key=f"{self.key}.{key}[{i}]", line=item.line)
            for i, item in enumerate(node.items)
        )

    def descriptors(self) -> dict[str, Place]:
        """Return the descriptors by grade, in the order of the file."""
        node = self.table.entries.get("descriptors")
        if not isinstance(node, Table):
            return {}
        under = f"{self.key}.descriptors"
        return {grade: place(node, grade, under=under) for grade in node.entries}


def place(table: Table, key: str, *, under: str = "") -> Place:
    """Return the text under a key of a mapping; empty where there is none."""
    path = f"{under}.{key}" if under else key
    line = table.lines.get(key, table.line)
    return _at(table.entries.get(key), key=path, line=line)


def _at(node: Node | None, *, key: str, line: int) -> Place:
    beside = node.beside if isinstance(node, Text) else ""
    return Place(key=key, line=line, text=_plain(node), beside=beside)


def texts(table: Table, key: str) -> tuple[str, ...]:
    """Return the texts of the list under a key."""
    node = table.entries.get(key)
    items = node.items if isinstance(node, Listing) else ()
    return tuple(_plain(item) for item in items)


def groups(node: Node) -> Iterator[Group]:
    """Yield the domains of an opened rubric, or the one of an opened module."""
    if not isinstance(node, Table):
        return
    if "domains" not in node.entries:
        if "criteria" in node.entries:
            yield _group(node, "")
        return
    domains = node.entries["domains"]
    for i, domain in enumerate(domains.items if isinstance(domains, Listing) else ()):
        if isinstance(domain, Table):
            yield _group(domain, f"domains[{i}]")


def _group(table: Table, key: str) -> Group:
    include = place(table, "include", under=key)
    label = place(table, "label", under=key)
    return Group(
        at=include if include.text else label,
        include=include.text,
        criteria=(*_entries(table, key, "criteria"), *_entries(table, key, "add")),
    )


def _entries(table: Table, under: str, key: str) -> Iterator[Entry]:
    node = table.entries.get(key)
    path = f"{under}.{key}" if under else key
    for i, item in enumerate(node.items if isinstance(node, Listing) else ()):
        if isinstance(item, Table):
            yield Entry(key=f"{path}[{i}]", table=item)


def _plain(node: Node | None) -> str:
    return " ".join(node.value.split()) if isinstance(node, Text) else ""
