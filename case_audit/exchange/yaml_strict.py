"""YAML, read strictly: plain mappings, lists and texts, each with its line.

Every scalar is text (no surprise numbers, dates or booleans), and what YAML
could hide is refused: anchors, aliases, tags, directives, merge keys, doubled
keys, several documents, control characters, deep nesting, and files that are
unreasonably large or have unreasonably many entries.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import yaml

from case_audit.errors import RubricError

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 1_000_000
"""Bytes of the largest file that is read."""
DEEPEST = 20
"""Levels of the deepest nesting that is read."""
MOST_NODES = 50_000
"""Texts, lists and mappings of the fullest file that is read."""

# The C parser is some ten times quicker; wheels without it exist.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_BREAK: Final = re.compile(r"\r\n|\r|\n")
_REFUSED: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls but tab and line breaks
    "\u2028\u2029"  # line breaks that editors do not count
    "\ufeff\ufffe\uffff]"  # a byte order mark in the text, and no characters at all
)
_DIRECTIVE: Final = re.compile(r"(?:\A|(?<=[\r\n]))%")
_TAB: Final = "a tab where only spaces may stand"
_NO_KEY: Final = "a line that is neither a key with a colon nor an entry"
_UNEVEN: Final = (
    "a line that stands too far left or right; keys of one entry begin below each other"
)
_AFTER_QUOTE: Final = (
    "text after the closing quotation mark; put the whole of it in double ones"
)
_IN_OTHER_WORDS: Final = (
    ("tab character", _TAB),
    ("mapping values", "a second colon; put the text in quotation marks"),
    ("mapping keys", "a text that begins with ?; put it in quotation marks"),
    ("sequence entries", "a text that begins with -; put it in quotation marks"),
    ("expected key", _UNEVEN),
    ("'-' indicator", _UNEVEN),
    ("<block end>", _UNEVEN),
    ("expected ':'", _NO_KEY),
    ("document start", _NO_KEY),
    ("end of stream", "a quotation mark that is never closed"),
    ("start any token", "a text that must stand in quotation marks"),
    ("escape char", "a \\ within double quotation marks; use single ones"),
    ("',' or ']'", "a list bracket that is never closed"),
    ("',' or '}'", "a curly bracket that is never closed"),
    ("line break", "text beside > or |; begin it on the next line"),
)
"""What the parser's phrases mean to somebody who writes YAML once a year."""
_SEEN_LATE: Final = ("end of stream", "expected ':'", "',' or ']'", "',' or '}'")
"""Where the parser stops behind the mistake, which is where it began."""
_QUOTED: Final = re.compile(r"""(?:^|[:\-] )\s*["'][^"']*["']""")
_SAVE_AS: Final = (
    "Save it again in a text editor, with the encoding UTF-8; a word processor's own "
    "file cannot be read."
)
_SIGNS: Final = "A text that begins with *, & or ! needs quotation marks around it."
_BESIDE: Final = re.compile(r"[ \t]+(#[^\r\n]*)")


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar.

    Attributes:
        line: The line it begins on, from 1.
        value: What it says.
        beside: The comment behind it on its last line, from the ``#``. In a text
            without quotation marks ``Child #1`` ends before the ``#``.
    """

    line: int
    value: str
    beside: str = ""


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
    text = _decoded(data, file=file)
    try:
        return _Events(text, file).document()
    except yaml.MarkedYAMLError as error:
        raise _not_yaml(error, text, file=file) from None
    except yaml.YAMLError:
        raise RubricError(file=file, line=1, expected="valid YAML") from None


def _decoded(data: bytes, *, file: str) -> str:
    """Return the text, in which only letters and line breaks are left."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:4]:
        raise RubricError(
            file=file,
            line=1,
            expected="UTF-8 text",
            found="UTF-16 or UTF-32",
            hint=_SAVE_AS,
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", errors="replace")
        line = _line_after(before)
        raise RubricError(
            file=file, line=line, expected="UTF-8 text", hint=_SAVE_AS
        ) from None
    if (strange := _REFUSED.search(text)) is not None:
        raise RubricError(
            file=file,
            line=_line_after(text[: strange.start()]),
            expected="plain text",
            found=f"the hidden character U+{ord(strange[0]):04X}",
        )
    if (directive := _DIRECTIVE.search(text)) is not None:
        raise RubricError(
            file=file,
            line=_line_after(text[: directive.start()]),
            expected="plain YAML",
            found="a line that begins with %",
        )
    return text


def _line_after(text: str) -> int:
    return len(_BREAK.findall(text)) + 1


def _not_yaml(error: yaml.MarkedYAMLError, text: str, *, file: str) -> RubricError:
    problem = str(error.problem or error.context or "")
    mark = error.problem_mark or error.context_mark
    if any(phrase in problem for phrase in _SEEN_LATE):
        mark = error.context_mark or mark  # where it was opened
    at = mark.line if mark else 0
    words = [said for phrase, said in _IN_OTHER_WORDS if phrase in problem]
    # The parser may stop behind the last line.
    here = "".join(_BREAK.split(text)[at : at + 1])
    if words and re.match(r" *\t", here):
        words = [_TAB]
    elif words[:1] == [_UNEVEN] and mark and here[: mark.column].strip():
        quoted = _QUOTED.search(here[: mark.column])
        words = [
            _AFTER_QUOTE if quoted else "a text that must stand in quotation marks"
        ]
    return RubricError(
        file=file,
        line=at + 1,
        expected="valid YAML",
        found=words[0] if words else problem.removeprefix("found "),
    )


class _Events:
    """Builds nodes from the parser's events."""

    def __init__(self, text: str, file: str) -> None:
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=_LOADER)
        self._text = text
        self._file = file
        self._nodes = 0

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

    def _refuse(
        self, event: yaml.Event, expected: str, found: str, *, hint: str = ""
    ) -> RubricError:
        return RubricError(
            file=self._file,
            line=_line(event),
            expected=expected,
            found=found,
            hint=hint,
        )

    def _node(self, event: yaml.Event, *, depth: int) -> Node:
        line = _line(event)
        if isinstance(event, yaml.AliasEvent):
            raise self._refuse(event, "the text itself", "an alias", hint=_SIGNS)
        if getattr(event, "anchor", None):
            raise self._refuse(event, "plain YAML", "an anchor", hint=_SIGNS)
        if getattr(event, "tag", None):
            raise self._refuse(event, "plain YAML", "a tag", hint=_SIGNS)
        if depth > DEEPEST:
            raise self._refuse(event, f"at most {DEEPEST} levels", "more")
        self._nodes += 1
        if self._nodes > MOST_NODES:
            raise self._refuse(event, f"at most {MOST_NODES} entries", "more")
        if isinstance(event, yaml.ScalarEvent):
            return Text(line, event.value, self._beside(event))
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not isinstance(inner := next(self._events), yaml.SequenceEndEvent):
                items.append(self._node(inner, depth=depth + 1))
            return Listing(line, tuple(items))
        return self._table(line, depth)

    def _beside(self, event: yaml.ScalarEvent) -> str:
        """Return the comment that ends a text without quotation marks."""
        mark = event.end_mark
        if event.style or mark is None:
            return ""
        found = _BESIDE.match(self._text, mark.index)
        return found[1] if found else ""

    def _table(self, line: int, depth: int) -> Table:
        entries: dict[str, Node] = {}
        lines: dict[str, int] = {}
        while not isinstance(inner := next(self._events), yaml.MappingEndEvent):
            key = self._node(inner, depth=depth + 1)
            if not isinstance(key, Text) or key.value == "<<":
                raise self._refuse(inner, "a plain key", "something else")
            if key.value in entries:
                hint = "The next entry of a list begins with a dash."
                found = f"{key.value} again"
                raise self._refuse(inner, "each key once", found, hint=hint)
            lines[key.value] = key.line
            entries[key.value] = self._node(next(self._events), depth=depth + 1)
        return Table(line, entries, lines)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
