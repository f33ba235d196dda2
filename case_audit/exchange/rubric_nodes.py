"""Typed reading of YAML nodes, with errors that name file, line and key."""

from __future__ import annotations

import re
from difflib import get_close_matches
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from case_audit.errors import RubricError
from case_audit.exchange.yaml_strict import Listing, Table, Text
from case_audit.security.text_gate import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from case_audit.exchange.yaml_strict import Node

LONGEST: Final = 2_000
"""Characters of a text that has no shorter limit."""
MOST: Final = 500
"""Entries of the longest list."""

_YES = {"yes": True, "true": True, "no": False, "false": False}
_WHOLE: Final = re.compile(r"[0-9]{1,9}")
_SHARE: Final = re.compile(r"[0-9]{1,4}(/[0-9]{1,4}|\.[0-9]{1,4})?")


class Reader:
    """Reads one mapping key by key.

    Args:
        node: The mapping.
        file: Name of the file, for messages.
        path: Where in the file the mapping is, for messages.
    """

    def __init__(self, node: Node, *, file: str, path: str = "") -> None:
        self.file = file
        self.path = path
        if not isinstance(node, Table):
            raise RubricError(
                file=file, line=node.line, key=path, expected="keys with values"
            )
        self._table = node

    @property
    def line(self) -> int:
        """The line the mapping starts on."""
        return self._table.line

    def only(self, *keys: str) -> None:
        """Refuse every key that is not named.

        Raises:
            RubricError: Names the first such key and the known ones.
        """
        for key in self._table.entries:
            if key not in keys:
                near = get_close_matches(key.lower().replace(" ", "_"), keys, n=1)
                raise self.error(
                    key,
                    f"one of {', '.join(keys)}",
                    found=repr(key),
                    hint=f"Did you mean {near[0]}?" if near else "",
                )

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self._table.entries

    def is_text(self, key: str) -> bool:
        """Whether a text stands under the key, and not a list or more keys."""
        return isinstance(self._table.entries.get(key), Text)

    def error(
        self, key: str, expected: str, *, found: str = "", hint: str = ""
    ) -> RubricError:
        """Return the error to raise about a key."""
        path = f"{self.path}.{key}" if self.path else key
        line = self._table.lines.get(key, self._table.line)
        return RubricError(
            file=self.file,
            line=line,
            key=path,
            expected=expected,
            found=found,
            hint=hint,
        )

    def text(
        self, key: str, *, default: str | None = None, longest: int = LONGEST
    ) -> str:
        """Return a text.

        Args:
            key: The key.
            default: What a missing key means; without it the key is required.
            longest: Most characters allowed.
        """
        if default is not None and not self.has(key):
            return default
        return self._said(key, self._node(key, "a text"), "a text", longest=longest)

    def _said(self, key: str, node: Node, expected: str, *, longest: int) -> str:
        value = " ".join(node.value.split()) if isinstance(node, Text) else ""
        if not value:
            raise self._no_text(key, node, expected)
        if len(value) > longest:
            raise self.error(
                key, f"at most {longest} characters", found=f"{len(value)}"
            )
        if visible(value) != value:
            raise self.error(key, "a text without hidden characters", found=repr(value))
        return value

    def _no_text(self, key: str, node: Node, expected: str) -> RubricError:
        """Return the error about what should be a text, or an entry of a list."""
        if isinstance(node, Text):
            return self.error(key, expected, found="nothing")
        if isinstance(node, Listing):
            return self.error(key, expected, found="a list")
        return RubricError(
            file=self.file,
            line=node.line,
            key=f"{self.path}.{key}" if self.path else key,
            expected=expected,
            found="a colon after a word",
            hint="Put the text in quotation marks.",
        )

    def yes_no(self, key: str, *, default: bool | None = None) -> bool:
        """Return a truth value, written yes or no."""
        if default is not None and not self.has(key):
            return default
        value = self.text(key)
        if value.lower() not in _YES:
            raise self.error(key, "yes or no", found=repr(value))
        return _YES[value.lower()]

    def whole(self, key: str, *, default: int, least: int) -> int:
        """Return a whole number."""
        value = self.text(key, default=str(default))
        if not _WHOLE.fullmatch(value) or int(value) < least:
            raise self.error(key, f"a whole number from {least}", found=repr(value))
        return int(value)

    def share(self, key: str) -> Fraction | None:
        """Return a share such as 1/2, between 0 and 1; ``None`` if missing."""
        if not self.has(key):
            return None
        value = self.text(key)
        try:
            share = Fraction(value) if _SHARE.fullmatch(value) else Fraction(-1)
        except ZeroDivisionError:
            share = Fraction(-1)
        if not 0 <= share <= 1:
            raise self.error(key, "a share such as 1/2", found=repr(value))
        return share

    def one_of(self, key: str, allowed: Iterable[str], *, default: str = "") -> str:
        """Return one of the allowed texts; the default where the key is missing."""
        if default and not self.has(key):
            return default
        value, known = self.text(key), tuple(allowed)
        if value not in known:
            raise self.error(key, f"one of {', '.join(known)}", found=repr(value))
        return value

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """Return a list of texts; empty where the key is missing."""
        if not required and not self.has(key):
            return ()
        items = self._items(key, "a list of texts", required=required)
        return tuple(
            self._said(key, item, "a list of texts", longest=LONGEST) for item in items
        )

    def _items(self, key: str, expected: str, *, required: bool) -> tuple[Node, ...]:
        node = self._node(key, expected)
        if isinstance(node, Text) and node.value:
            hint = "Write each entry on a line of its own, after a dash and a space."
            raise self.error(key, expected, found="one text", hint=hint)
        if not isinstance(node, Listing) or (required and not node.items):
            raise self.error(key, expected)
        if len(node.items) > MOST:
            raise self.error(key, f"at most {MOST} entries", found=f"{len(node.items)}")
        return node.items

    def some_of(self, key: str, allowed: Iterable[str]) -> tuple[str, ...]:
        """Return a list of allowed texts; empty where the key is missing."""
        values, known = self.texts(key), tuple(allowed)
        for value in values:
            if value not in known:
                raise self.error(key, f"one of {', '.join(known)}", found=repr(value))
        return values

    def table(self, key: str) -> Reader:
        """Return a reader of the mapping under a key."""
        node = self._node(key, "keys with values")
        path = f"{self.path}.{key}" if self.path else key
        return Reader(node, file=self.file, path=path)

    def tables(self, key: str, *, required: bool = True) -> Iterator[Reader]:
        """Yield a reader of each mapping in the list under a key."""
        if not required and not self.has(key):
            return
        items = self._items(key, "a list with at least one entry", required=True)
        path = f"{self.path}.{key}" if self.path else key
        for number, item in enumerate(items):
            yield Reader(item, file=self.file, path=f"{path}[{number}]")

    def keys(self) -> tuple[str, ...]:
        """The keys in the order of the file."""
        return tuple(self._table.entries)

    def _node(self, key: str, expected: str) -> Node:
        if key not in self._table.entries:
            raise self.error(key, expected, found="nothing (the key is missing)")
        return self._table.entries[key]
