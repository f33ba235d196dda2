"""YAML, read strictly: plain mappings, lists and texts, each with its line.

Every scalar is text (no surprise numbers, dates or booleans), and what YAML
could hide is refused: anchors, aliases, tags, merge keys, doubled keys, several
documents, deep nesting and files of unreasonable size.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from case_audit.errors import RubricError

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 1_000_000
"""Bytes of the largest file that is read."""
DEEPEST = 20
"""Levels of the deepest nesting that is read."""

# The C parser is some ten times quicker; wheels without it exist.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar."""

    line: int
    value: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A list."""

    line: int
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping; ``lines`` has the line of each key."""

    line: int
    entries: dict[str, Node]
    lines: dict[str, int]


Node = Text | Listing | Table


def read_yaml(data: bytes, *, file: str) -> Node:
    """Read one document.

    Args:
        data: The file's content, UTF-8.
        file: Its name, for messages.

    Raises:
        RubricError: If it is not YAML or holds anything refused; names the line.
    """
    if len(data) > LARGEST:
        raise RubricError(file=file, line=1, expected="a file of at most 1 MB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise RubricError(file=file, line=line, expected="UTF-8 text") from None
    try:
        events = _Events(yaml.parse(text, Loader=_LOADER), file)
        node = events.document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise RubricError(
            file=file,
            line=mark.line + 1 if mark else 1,
            expected="valid YAML",
            found=str(error.problem or error.context),
        ) from None
    except yaml.YAMLError:
        raise RubricError(file=file, line=1, expected="valid YAML") from None
    return node


class _Events:
    """Builds nodes from the parser's events."""

    def __init__(self, events: Iterator[yaml.Event], file: str) -> None:
        self._events = events
        self._file = file

    def document(self) -> Node:
        """Return the one document's node."""
        next(self._events)  # stream start
        start = next(self._events)
        if not isinstance(start, yaml.DocumentStartEvent):
            raise self._refuse(start, "a document", "an empty file")
        node = self._node(next(self._events), depth=0)
        next(self._events)  # document end
        after = next(self._events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise self._refuse(after, "one document", "a second one")
        return node

    def _refuse(self, event: yaml.Event, expected: str, found: str) -> RubricError:
        return RubricError(
            file=self._file, line=_line(event), expected=expected, found=found
        )

    def _node(self, event: yaml.Event, *, depth: int) -> Node:
        line = _line(event)
        if isinstance(event, yaml.AliasEvent):
            raise self._refuse(event, "the text itself", "an alias")
        if getattr(event, "anchor", None):
            raise self._refuse(event, "plain YAML", "an anchor")
        if getattr(event, "tag", None):
            raise self._refuse(event, "plain YAML", "a tag")
        if depth > DEEPEST:
            raise self._refuse(event, f"at most {DEEPEST} levels", "more")
        if isinstance(event, yaml.ScalarEvent):
            return Text(line, event.value)
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not isinstance(inner := next(self._events), yaml.SequenceEndEvent):
                items.append(self._node(inner, depth=depth + 1))
            return Listing(line, tuple(items))
        return self._table(line, depth)

    def _table(self, line: int, depth: int) -> Table:
        entries: dict[str, Node] = {}
        lines: dict[str, int] = {}
        while not isinstance(inner := next(self._events), yaml.MappingEndEvent):
            key = self._node(inner, depth=depth + 1)
            if not isinstance(key, Text) or key.value == "<<":
                raise self._refuse(inner, "a plain key", "something else")
            if key.value in entries:
                raise self._refuse(inner, "each key once", f"{key.value} again")
            lines[key.value] = key.line
            entries[key.value] = self._node(next(self._events), depth=depth + 1)
        return Table(line, entries, lines)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
