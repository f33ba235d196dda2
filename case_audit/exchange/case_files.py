"""Children's documents as JSON Lines: one manifest, then one child a line.

::

    {"synthetic":true,"generator":"1","seed":"7","as_at":"2026-03-31","n":60}
    {"unit":"SYN-00001","cohort":"cp","synthetic":true,"documents":[...]}

What a file shows on purpose is written to a file of its own, so that whoever
reads the documents cannot come upon it.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar

from case_audit.core.frame.case_file import CaseFile, Document
from case_audit.core.frame.model import canonical_unit
from case_audit.errors import CaseFilesError, FileError
from case_audit.exchange.beside import written_beside
from case_audit.security.text_gate import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from io import BufferedReader
    from pathlib import Path
    from types import TracebackType

    from case_audit.core.frame.case_file import Planted

LONGEST_LINE: Final = 4_000_000
"""Bytes; a real child's whole file fits many times over."""

MOST_DOCUMENTS: Final = 5_000
"""Documents of one child."""

_T = TypeVar("_T")
_PROBLEMS: Final[dict[type[Exception], str]] = {
    json.JSONDecodeError: "it is not JSON",
    UnicodeDecodeError: "it is not UTF-8 text",
    RecursionError: "it is nested too deeply",
}
_MANIFEST: Final = ("synthetic", "generator", "seed", "as_at", "n")
_CASE: Final = ("unit", "cohort", "synthetic", "documents")
_DOCUMENT: Final = (
    *("ref", "kind", "date", "recorded_on"),
    *("author", "role", "title", "paragraphs"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilesManifest:
    """What a file of documents says of itself.

    Attributes:
        synthetic: Whether every child in it is invented.
        generator: Version of what made it.
        seed: What it was made from; empty if it was not made from a seed.
        as_at: The day it describes.
        n: How many children have a line.
    """

    synthetic: bool
    generator: str
    seed: str
    as_at: dt.date
    n: int


def write_case_files(
    path: Path, files: Sequence[CaseFile], *, generator: str, seed: str, as_at: dt.date
) -> None:
    """Write invented case files.

    Args:
        path: Where; an existing file is replaced, whole or not at all.
        files: The files, in the order wanted.
        generator: Version of the generator.
        seed: What they were made from.
        as_at: The day they describe.

    Raises:
        FileError: If the file cannot be written.
    """
    head = _head(generator, seed, as_at, len(files))
    _write(path, head, (_case_line(file) for file in files))


def write_planted(
    path: Path,
    planted: Sequence[Planted],
    *,
    generator: str,
    seed: str,
    as_at: dt.date,
) -> None:
    """Write what invented files show on purpose, for those who set exercises.

    Args:
        path: Where; never the folder that is handed to trainees.
        planted: One entry for each place that shows something.
        generator: Version of the generator.
        seed: What the files were made from.
        as_at: The day they describe.

    Raises:
        FileError: If the file cannot be written.
    """
    lines = (
        {"unit": p.unit, "feature": p.feature, "ref": p.ref, "line": p.line}
        for p in planted
    )
    _write(path, _head(generator, seed, as_at, len(planted)), lines)


def _head(generator: str, seed: str, as_at: dt.date, n: int) -> dict[str, object]:
    values = (True, generator, seed, as_at.isoformat(), n)
    return dict(zip(_MANIFEST, values, strict=True))


def _case_line(file: CaseFile) -> dict[str, object]:
    documents = [
        {
            "ref": document.ref,
            "kind": document.kind,
            "date": document.date.isoformat(),
            "recorded_on": document.recorded_on.isoformat(),
            "author": document.author,
            "role": document.role,
            "title": document.title,
            "paragraphs": document.paragraphs,
        }
        for document in file.documents
    ]
    values = (file.unit, file.cohort, True, documents)
    return dict(zip(_CASE, values, strict=True))


def _write(
    path: Path, head: dict[str, object], lines: Iterator[dict[str, object]]
) -> None:
    with written_beside(path) as new, new.open("wb") as out:
        for line in (head, *lines):
            text = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
            out.write(text.encode() + b"\n")


def read_case_files(path: Path) -> CaseFilesReader:
    """Return a reader of a file of documents.

    Use it as a context manager; iterate over it for the children's files.

    Args:
        path: The file.

    Raises:
        CaseFilesError: On entering or while reading, if a line is not as it
            should be; names the line, never what it says.
        FileError: On entering, if the file cannot be opened.
    """
    return CaseFilesReader(path)


class CaseFilesReader:
    """The children's files of one JSON Lines file, read one by one.

    Attributes:
        manifest: What the file says of itself; known once entered.
    """

    manifest: CaseFilesManifest

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BufferedReader | None = None

    @property
    def synthetic(self) -> bool:
        """Whether every child in the file is invented."""
        return self.manifest.synthetic

    def __enter__(self) -> Self:
        try:
            self._file = self._path.open("rb")
        except OSError as error:
            raise FileError(
                str(self._path), action="read", reason=error.strerror
            ) from None
        try:
            self.manifest = self._parse(1, self._line(), _manifest)
        except BaseException:
            self._file.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file is not None:
            self._file.close()

    def __iter__(self) -> Iterator[CaseFile]:
        units: set[str] = set()
        number = 1
        while line := self._line():
            number += 1
            file = self._parse(number, line, self._case)
            if file.unit in units:
                raise self._error(number, "this child has a line already")
            units.add(file.unit)
            yield file
        if len(units) != self.manifest.n:
            problem = f"the file ends after {len(units)} of {self.manifest.n} children"
            raise self._error(number, problem)

    def _line(self) -> bytes:
        if self._file is None:
            msg = "the reader has not been entered"
            raise ValueError(msg)
        return self._file.readline(LONGEST_LINE + 1)

    def _case(self, found: dict[str, Any]) -> CaseFile:
        _expect(found, _CASE)
        if found["synthetic"] is not self.manifest.synthetic:
            msg = "the mark for invented data is not the first line's"
            raise _WrongError(msg)
        documents = found["documents"]
        if not isinstance(documents, list) or len(documents) > MOST_DOCUMENTS:
            msg = f"documents are not a list of at most {MOST_DOCUMENTS}"
            raise _WrongError(msg)
        return CaseFile(
            unit=_unit(found),
            cohort=_text(found, "cohort"),
            documents=tuple(_document(document) for document in documents),
        )

    def _parse(
        self, number: int, line: bytes, to: Callable[[dict[str, Any]], _T]
    ) -> _T:
        """Return what a line says, or an error that names the line alone."""
        if len(line) > LONGEST_LINE:
            raise self._error(number, f"it is longer than {LONGEST_LINE:,} bytes")
        try:
            found = json.loads(line.decode(), object_pairs_hook=_once)
            if isinstance(found, dict):
                return to(found)
            problem = "it is not a JSON object"
        except _WrongError as wrong:
            problem = str(wrong)
        except (ValueError, RecursionError) as wrong:
            problem = _PROBLEMS.get(type(wrong), "a value is impossible")
        raise self._error(number, problem)

    def _error(self, line: int, problem: str) -> CaseFilesError:
        return CaseFilesError(self._path.name, line=line, problem=problem)


class _WrongError(Exception):
    """A value is not what it should be; says which, never what it is."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        msg = "a name stands in it twice"
        raise _WrongError(msg)
    return found


def _expect(found: dict[str, Any], names: tuple[str, ...]) -> None:
    for name in names:
        if name not in found:
            msg = f"{name!r} is missing"
            raise _WrongError(msg)
    if len(found) != len(names):
        msg = f"it has more than {', '.join(names)}"
        raise _WrongError(msg)


def _text(found: dict[str, Any], name: str) -> str:
    value = found[name]
    if not isinstance(value, str) or not value.strip():
        msg = f"{name!r} is not text"
        raise _WrongError(msg)
    return one_line(value)


def _unit(found: dict[str, Any]) -> str:
    """Return the identifier; one that would have to be changed is refused."""
    unit = _text(found, "unit")
    if unit != found["unit"]:
        msg = "'unit' holds a hidden character"
        raise _WrongError(msg)
    return canonical_unit(unit)


def _date(found: dict[str, Any], name: str) -> dt.date:
    try:
        return dt.date.fromisoformat(_text(found, name))
    except ValueError:
        msg = f"{name!r} is not a date as in 2026-03-31"
        raise _WrongError(msg) from None


def _manifest(found: dict[str, Any]) -> CaseFilesManifest:
    _expect(found, _MANIFEST)
    synthetic, n, seed = found["synthetic"], found["n"], found["seed"]
    if not isinstance(synthetic, bool):
        msg = "'synthetic' is not true or false"
        raise _WrongError(msg)
    if not isinstance(n, int) or isinstance(n, bool) or n < 0:
        msg = "'n' is not a whole number"
        raise _WrongError(msg)
    if not isinstance(seed, str):
        msg = "'seed' is not text"
        raise _WrongError(msg)
    return CaseFilesManifest(
        synthetic=synthetic,
        generator=_text(found, "generator"),
        seed=one_line(seed),
        as_at=_date(found, "as_at"),
        n=n,
    )


def _document(found: object) -> Document:
    if not isinstance(found, dict):
        msg = "a document is not a JSON object"
        raise _WrongError(msg)
    _expect(found, _DOCUMENT)
    paragraphs = found["paragraphs"]
    if not isinstance(paragraphs, list) or not all(
        isinstance(text, str) for text in paragraphs
    ):
        msg = "'paragraphs' is not a list of text"
        raise _WrongError(msg)
    texts = {name: _text(found, name) for name in ("ref", "kind", "author", "role")}
    return Document(
        **texts,
        date=_date(found, "date"),
        recorded_on=_date(found, "recorded_on"),
        title=_text(found, "title"),
        paragraphs=tuple(one_line(text) for text in paragraphs),
    )
