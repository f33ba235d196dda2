"""Says what a file or folder from outside is, and how that was seen.

What a file holds goes before what it is called: a workbook is a workbook under
any name, and a file called ``list.csv`` may be a return. Only the beginnings of
files are read here; each reader looks closely at its own.

A reader of returns lives in `case_audit.exchange.returns`, in a module named
after its kind, and offers three functions, imported when they are wanted::

    looks_like(path) -> bool
    described(path) -> date | None
    open_source(path, *, as_at, on_progress, each) -> RecordSource
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING, Final, Literal, cast

from case_audit.errors import (
    NoMappingError,
    NotUnderstoodError,
    SeveralSourcesError,
    WrongKindError,
)
from case_audit.exchange.annex_a.read import WorkbookStream

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date
    from pathlib import Path
    from types import ModuleType

    from case_audit.exchange.reading import OnProgress, RecordSource

Kind = Literal["annex_a", "cin_census", "ssda903", "ssd", "table"]

KINDS: Final[Mapping[Kind, str]] = {
    "annex_a": "an Annex A workbook (.xlsx), or a folder that `synth make` wrote",
    "cin_census": "a children in need census return (.xml)",
    "ssda903": "a children looked after return: its CSV files, or their folder",
    "ssd": "tables of the Standard Safeguarding Dataset: CSV files in a folder",
    "table": "any CSV, Excel or Parquet table with a mapping file (--map)",
}
"""Every kind, with the words for it."""

_WORDS: Final[Mapping[Kind, str]] = {
    "cin_census": "it is XML of the children in need census",
    "ssda903": "the columns are those of the SSDA903 return",
    "ssd": "the columns are those of the Standard Safeguarding Dataset",
}
"""By kind of return, how it was seen, to finish "because ..."."""
NAMES: Final[Mapping[Kind, str]] = {
    "annex_a": "an Annex A workbook",
    "cin_census": "a children in need census return",
    "ssda903": "a children looked after return (SSDA903)",
    "ssd": "tables of the Standard Safeguarding Dataset",
    "table": "a table with a mapping",
}
"""Every kind in fewer words, for what was recognised."""

_RETURNS: Final = "case_audit.exchange.returns"

AUTO: Final = "auto"
WORKBOOK: Final = "annex_a.xlsx"
"""How the workbook is called in a folder of synthetic files."""

_START: Final = 64 * 1024
_MOST_FILES: Final = 500
_ZIP: Final = b"PK\x03\x04"
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARQUET: Final = b"PAR1"
_XML: Final = re.compile(rb"\s*<(?:\?xml|[A-Za-z_])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """What was found out about a path.

    Attributes:
        kind: Which reader is for it.
        path: What is to be read: the workbook, file or folder.
        why: How that was seen, to finish "This is ... because ...".
        extras: A file of further columns that lies beside it.
        cases: A file of children's documents that lies beside it.
        mapping: The mapping file of a table.
    """

    kind: Kind
    path: Path
    why: str
    extras: Path | None = None
    cases: Path | None = None
    mapping: Path | None = None


def recognise(
    path: Path, *, kind: str = AUTO, mapping: Path | None = None
) -> Recognised:
    """Find out what a path is.

    Args:
        path: A file or folder.
        kind: A kind, to overrule what would be found; ``auto`` for neither.
        mapping: A mapping file, if there is one: then it is a table.

    Raises:
        NotUnderstoodError: If it is none of what is understood; says what was
            seen instead.
        WrongKindError: If there is no such kind.
    """
    if kind not in (AUTO, *KINDS):
        raise WrongKindError(kind, known=(AUTO, *KINDS))
    if not (path.is_file() or path.is_dir()):
        seen = "it is a pipe, a device or a link to nothing"
        raise NotUnderstoodError(path.name, seen=seen, kinds=KINDS.values())
    if mapping is not None and kind in (AUTO, "table"):
        why = f"{mapping.name} says which column is which"
        return Recognised(kind="table", path=path, why=why, mapping=mapping)
    if (path / WORKBOOK).is_file() and kind in (AUTO, "annex_a"):
        return _synthetic(path)
    if kind != AUTO:
        return Recognised(kind=cast("Kind", kind), path=path, why="you said so")
    return _folder(path) if path.is_dir() else _file(path)


def described(found: Recognised) -> date | None:
    """Return the date that a source says it describes, if it does."""
    reader = _reader_of_returns(found.kind)
    return cast("date | None", reader.described(found.path)) if reader else None


def open_source(
    found: Recognised,
    *,
    as_at: date | None = None,
    on_progress: OnProgress | None = None,
    each: int | None = None,
) -> RecordSource:
    """Return the source that reads what was recognised.

    Args:
        found: What it is.
        as_at: The date it is read for; its own where it says one, if ``None``.
        on_progress: Called after every batch of rows.
        each: Problems of one kind that are kept one by one; ``None`` for all.

    Raises:
        NoMappingError: If it is a table without a mapping file.
    """
    if found.kind == "annex_a":
        return WorkbookStream(found.path, on_progress=on_progress, each=each)
    if found.kind == "table":
        return _table(found, on_progress=on_progress, each=each)
    reader = import_module(f"{_RETURNS}.{found.kind}")
    opener = cast("Callable[..., RecordSource]", reader.open_source)
    return opener(found.path, as_at=as_at, on_progress=on_progress, each=each)


def _reader_of_returns(kind: Kind) -> ModuleType | None:
    if kind not in _WORDS:
        return None
    return import_module(f"{_RETURNS}.{kind}")


def _table(
    found: Recognised, *, on_progress: OnProgress | None, each: int | None
) -> RecordSource:
    from case_audit.exchange.tables.source import (  # noqa: PLC0415 - rarely wanted
        TableSource,
    )

    if found.mapping is None:
        raise NoMappingError(found.path.name)
    return TableSource(found.path, found.mapping, on_progress=on_progress, each=each)


def _synthetic(path: Path) -> Recognised:
    extras, cases = path / "extras.csv", path / "cases.jsonl"
    return Recognised(
        kind="annex_a",
        path=path / WORKBOOK,
        why=f"the folder holds {WORKBOOK}",
        extras=extras if extras.is_file() else None,
        cases=cases if cases.is_file() else None,
    )


def _start(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_START)
    except OSError:
        return b""


def _file(path: Path) -> Recognised:
    start = _start(path)
    if start.startswith((_ZIP, _OLD_OFFICE)):
        # What is wrong with a workbook is for its own reader to say.
        return Recognised(kind="annex_a", path=path, why="it is an Excel workbook")
    for kind, words in _WORDS.items():
        if _looks_like(kind, path):
            return Recognised(kind=kind, path=path, why=words)
    if not start.strip() and path.suffix.lower() in (".xlsx", ".xlsm"):
        return Recognised(kind="annex_a", path=path, why="of its name")
    header = _header(start)
    table = start.startswith(_PARQUET) or len(header) > 1
    seen = _seen(start, header)
    raise NotUnderstoodError(path.name, seen=seen, kinds=KINDS.values(), table=table)


def _looks_like(kind: Kind, path: Path) -> bool:
    reader = _reader_of_returns(kind)
    return reader is not None and bool(reader.looks_like(path))


def _folder(path: Path) -> Recognised:
    files = list(_files(path))
    found = [
        Recognised(kind=kind, path=file, why=f"in {file.name}, {words}")
        for file in files
        for kind, words in _WORDS.items()
        if _looks_like(kind, file)
    ]
    kinds = {one.kind for one in found}
    if len(kinds) > 1 or (kinds == {"cin_census"} and len(found) > 1):
        raise SeveralSourcesError(path.name, files=[one.path.name for one in found])
    if found:
        first = found[0]
        return first if first.kind == "cin_census" else replace(first, path=path)
    names = ", ".join(file.name for file in files[:3])
    seen = f"it is a folder with {names}" if names else "it is an empty folder"
    raise NotUnderstoodError(path.name, seen=seen, kinds=KINDS.values())


def _files(path: Path) -> Iterator[Path]:
    found = (file for file in sorted(path.iterdir()) if file.is_file())
    yield from list(found)[:_MOST_FILES]


def _header(start: bytes) -> tuple[str, ...]:
    """Return the first line's cells, squashed, if it is text."""
    wide = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\0" in start and not wide:
        return ()
    whole = start.decode("utf-16" if wide else "utf-8-sig", "replace")
    text = (whole.splitlines() or [""])[0]
    delimiter = max(",;\t|", key=text.count)
    try:
        cells = next(csv.reader([text], delimiter=delimiter), [])
    except csv.Error:
        return ()
    return tuple(cell.strip().lower() for cell in cells)


def _seen(start: bytes, header: tuple[str, ...]) -> str:
    if not start.strip():
        return "it is empty"
    if start.startswith(_PARQUET):
        return "it is a Parquet table, and there is no mapping file"
    if _XML.match(start):
        return "it is XML, or a web page, of another kind"
    if len(header) > 1:
        return f"it is a table of {len(header)} columns, and there is no mapping file"
    return "it is a text file" if b"\0" not in start else "its contents are binary"
