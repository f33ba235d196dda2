"""Reads XML from outside as a stream of small trees, with nothing trusted.

There is no document type, so there are no entities but the five of XML itself,
and nothing outside of the file is ever fetched. Depth, text, tags and the size
of one tree are bounded; only one tree is in memory at a time. What is not
wanted is passed over without being kept.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from case_audit.errors import UnusableReturnError
from case_audit.exchange.returns.opened import is_marked

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from typing import BinaryIO, NoReturn

    OnBytes = Callable[[int], None]

MAX_DEPTH: Final = 32
"""Elements within elements. The census has six."""
MAX_TEXT: Final = 4_096
"""Characters of text in one wanted element. The longest value has 20."""
MAX_ELEMENTS: Final = 20_000
"""Elements in one wanted tree. A child with 50 episodes has 1,000."""
MAX_GAP: Final = 1 << 20
"""Bytes from one ``>`` to the next. The longest tag or text has 100."""
MAX_NAME: Final = 200

_CHUNK: Final = 64 * 1024
_EXPORT_AGAIN: Final = "Export the return again, and import that file as it is."
_UNKNOWN_ENCODING: Final = (
    expat.errors.codes[expat.errors.XML_ERROR_UNKNOWN_ENCODING],
    expat.errors.codes[expat.errors.XML_ERROR_INCORRECT_ENCODING],
)


class Element:
    """One element with its children, without attributes.

    Attributes:
        name: Its name as written, without a prefix.
        key: The same in lower case.
        line: The line it begins on, counted from 1.
        text: Its own text, trimmed.
        children: The elements directly within it, in order.
    """

    __slots__ = ("children", "key", "line", "name", "text")

    def __init__(self, name: str, line: int) -> None:
        self.name = name
        self.key = name.lower()
        self.line = line
        self.text = ""
        self.children: list[Element] = []

    def each(self, key: str) -> list[Element]:
        """Return the elements of a name directly within, whatever its case."""
        return [child for child in self.children if child.key == key]

    def first(self, key: str) -> Element | None:
        """Return the first element of a name directly within, or ``None``."""
        return next((child for child in self.children if child.key == key), None)

    def within(self, key: str) -> Iterator[Element]:
        """Give the elements of a name at any depth, in order."""
        for child in self.children:
            if child.key == key:
                yield child
            yield from child.within(key)


class XmlStream:
    """Gives the wanted elements of a file, one after the other.

    Args:
        file: The file, open for reading.
        name: Its name, for messages.
        root: Name of the outermost element, in lower case.
        wanted: Names of the elements to give as trees, in lower case.
        on_bytes: Called with the number of bytes read so far.

    Raises:
        UnusableReturnError: From the iteration, if the file is not well formed,
            has another root, or goes beyond the limits.
    """

    def __init__(
        self,
        file: BinaryIO,
        *,
        name: str,
        root: str,
        wanted: Collection[str],
        on_bytes: OnBytes | None = None,
    ) -> None:
        self._file = file
        self._name = name
        self._root = root
        self._wanted = frozenset(wanted)
        self._on_bytes = on_bytes
        self._digest = sha256()
        self._depth = 0
        self._open: list[Element] = []
        self._count = 0
        self._text: list[str] = []
        self._held = 0
        self._done: list[Element] = []
        self._parser = self._new_parser()
        self.marked = False
        """Whether a comment says that the data are invented."""

    @property
    def sha256(self) -> str:
        """Digest of what was read so far."""
        return self._digest.hexdigest()

    def _new_parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.buffer_size = MAX_TEXT * 4
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._doctype
        parser.ExternalEntityRefHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.CommentHandler = self._comment
        return parser

    def __iter__(self) -> Iterator[Element]:
        """Read the file to its end; once."""
        read, gap = 0, 0
        while chunk := self._file.read(_CHUNK):
            read += len(chunk)
            self._digest.update(chunk)
            last = chunk.rfind(b">")
            gap = gap + len(chunk) if last < 0 else len(chunk) - last
            if gap > MAX_GAP:
                self._refuse("a single tag or text is longer than 1 MiB")
            self._feed(chunk, final=False)
            yield from self._taken()
            if self._on_bytes:
                self._on_bytes(read)
        self._feed(b"", final=True)
        yield from self._taken()

    def _taken(self) -> Iterator[Element]:
        done, self._done = self._done, []
        yield from done

    def _feed(self, chunk: bytes, *, final: bool) -> None:
        try:
            self._parser.Parse(chunk, final)
        except expat.ExpatError as error:
            what = "it is not well-formed XML"
            hint = _EXPORT_AGAIN
            if error.code in _UNKNOWN_ENCODING:
                what = "it is written in an encoding that is not understood"
                hint = "Save it as UTF-8, and import that file."
            raise UnusableReturnError(
                self._name, what, line=error.lineno, hint=hint
            ) from None
        except (ValueError, LookupError):
            # A declared encoding of which Python knows nothing, or too much.
            what = "it is written in an encoding that is not understood"
            hint = "Save it as UTF-8, and import that file."
            raise UnusableReturnError(self._name, what, hint=hint) from None

    def _refuse(self, what: str) -> NoReturn:
        line = self._parser.CurrentLineNumber
        raise UnusableReturnError(self._name, what, line=line, hint=_EXPORT_AGAIN)

    def _doctype(self, *_args: object) -> NoReturn:
        self._refuse("it has a document type of its own, which a return never has")

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            self._refuse(f"elements lie within each other more than {MAX_DEPTH} deep")
        if len(name) > MAX_NAME:
            self._refuse("the name of an element is longer than any of a return")
        local = name.rpartition(":")[2]
        if self._depth == 1 and local.lower() != self._root:
            self._refuse("its outermost element is not that of this return")
        if not self._open and local.lower() not in self._wanted:
            return
        self._close_text()
        self._count += 1
        if self._count > MAX_ELEMENTS:
            self._refuse(f"one record has more than {MAX_ELEMENTS} elements")
        element = Element(local, self._parser.CurrentLineNumber)
        if self._open:
            self._open[-1].children.append(element)
        self._open.append(element)

    def _end(self, _name: str) -> None:
        self._depth -= 1
        if not self._open:
            return
        self._close_text()
        element = self._open.pop()
        if not self._open:
            self._count = 0
            self._done.append(element)

    def _close_text(self) -> None:
        """Give the text that was gathered to the element that it stands in."""
        if self._open and self._text:
            self._open[-1].text += "".join(self._text).strip()
        self._text.clear()
        self._held = 0

    def _characters(self, text: str) -> None:
        if not self._open or not text.strip():
            return
        self._text.append(text)
        self._held += len(text)
        if self._held + len(self._open[-1].text) > MAX_TEXT:
            self._refuse(f"an element holds more than {MAX_TEXT} characters of text")

    def _comment(self, text: str) -> None:
        self.marked |= self._depth <= 1 and is_marked(text)
