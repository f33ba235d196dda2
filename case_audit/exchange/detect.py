"""Says what a file or folder from outside is, and how that was seen.

What a file holds goes before what it is called: a workbook is a workbook under
any name, and a file called ``list.csv`` may be a return. Only the beginnings of
files are read here; each reader looks closely at its own.

A reader of returns lives in `case_audit.exchange.returns`, in a module named
after its kind, and offers one function, imported when it is wanted::

    open_source(path, *, on_progress, each) -> RecordSource
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final, Literal, cast

from case_audit.errors import NotUnderstoodError, WrongKindError
from case_audit.exchange.annex_a.folding import squash
from case_audit.exchange.annex_a.read import WorkbookStream

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

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

AUTO: Final = "auto"
WORKBOOK: Final = "annex_a.xlsx"
"""How the workbook is called in a folder of synthetic files."""

_START: Final = 64 * 1024
_MOST_FILES: Final = 500
_ZIP: Final = b"PK\x03\x04"
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARQUET: Final = b"PAR1"
_CIN_WORDS: Final = (b"<CINDetails", b"<CINdetails", b"Children in Need Census")
_CIN_HEADER: Final = re.compile(rb"<Collection>\s*CIN\s*</Collection>", re.IGNORECASE)
_XML: Final = re.compile(rb"\s*<(?:\?xml|[A-Za-z_])")
_903_NAMES: Final = re.compile(
    r"(?:^|[^a-z])(?:header|episodes|reviews|uasc|oc2|oc3|ad1|adoption|sbpfa"
    r"|should.?be.?placed.?for.?adoption|prev(?:ious)?.?perm(?:anence)?|missing)"
    r"(?:[^a-z]|$)",
    re.IGNORECASE,
)
_903_COLUMNS: Final = (
    frozenset({"child", "decom", "rne"}),
    frozenset({"child", "review", "reviewcode"}),
    frozenset({"child", "sex", "dob", "ethnic"}),
    frozenset({"child", "misstart", "misend"}),
)
_SSD_COLUMN: Final = re.compile(r"[a-z0-9]{4}_[a-z0-9_]+")
_TABLES: Final = (".csv", ".tsv", ".txt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """What was found out about a path.

    Attributes:
        kind: Which reader is for it.
        path: What is to be read: the workbook, file or folder.
        why: How that was seen, to finish "This is ... because ...".
        extras: A file of further columns that lies beside it.
        cases: A file of children's documents that lies beside it.
    """

    kind: Kind
    path: Path
    why: str
    extras: Path | None = None
    cases: Path | None = None


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
        return Recognised(kind="table", path=path, why="a mapping file is given")
    if (path / WORKBOOK).is_file() and kind in (AUTO, "annex_a"):
        return _synthetic(path)
    if kind != AUTO:
        return Recognised(kind=cast("Kind", kind), path=path, why="you said so")
    return _folder(path) if path.is_dir() else _file(path)


def open_source(
    found: Recognised, *, on_progress: OnProgress | None = None, each: int | None = None
) -> RecordSource:
    """Return the source that reads what was recognised.

    Args:
        found: What it is.
        on_progress: Called after every batch of rows.
        each: Problems of one kind that are kept one by one; ``None`` for all.

    Raises:
        NotUnderstoodError: If there is no reader for it.
    """
    if found.kind == "annex_a":
        return WorkbookStream(found.path, on_progress=on_progress, each=each)
    name = f"case_audit.exchange.returns.{found.kind}"
    if not _there(name):
        seen = f"it is {KINDS[found.kind]}, which this version cannot read yet"
        raise NotUnderstoodError(found.path.name, seen=seen, kinds=KINDS.values())
    opener = cast("Callable[..., RecordSource]", import_module(name).open_source)
    return opener(found.path, on_progress=on_progress, each=each)


def _there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


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
    if why := _census(start):
        return Recognised(kind="cin_census", path=path, why=why)
    header = _header(start)
    if header and (found := _return_of(header, path.name)):
        kind, why = found
        return Recognised(kind=kind, path=path, why=why)
    if not start.strip() and path.suffix.lower() in (".xlsx", ".xlsm"):
        return Recognised(kind="annex_a", path=path, why="of its name")
    raise NotUnderstoodError(path.name, seen=_seen(start, header), kinds=KINDS.values())


def _folder(path: Path) -> Recognised:
    files = list(_files(path))
    for file in files:
        start = _start(file)
        if file.suffix.lower() == ".xml" and _census(start):
            why = "it holds a census return"
            return Recognised(kind="cin_census", path=file, why=why)
        if file.suffix.lower() in _TABLES and (
            found := _return_of(_header(start), file.name)
        ):
            kind, why = found
            return Recognised(kind=kind, path=path, why=f"in {file.name}, {why}")
    names = ", ".join(file.name for file in files[:3])
    seen = f"it is a folder with {names}" if names else "it is an empty folder"
    raise NotUnderstoodError(path.name, seen=seen, kinds=KINDS.values())


def _files(path: Path) -> Iterator[Path]:
    found = (file for file in sorted(path.iterdir()) if file.is_file())
    yield from list(found)[:_MOST_FILES]


def _census(start: bytes) -> str:
    if not _XML.match(start.removeprefix(b"\xef\xbb\xbf")):
        return ""
    if _CIN_HEADER.search(start) or any(word in start for word in _CIN_WORDS):
        return "it is XML of the children in need census"
    return ""


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


def _return_of(header: tuple[str, ...], name: str) -> tuple[Kind, str] | None:
    """Say which return a table's header is of, and why; the name settles it last."""
    known = {squash(cell) for cell in header}
    if any(columns <= known for columns in _903_COLUMNS):
        return "ssda903", "the columns are those of the SSDA903 return"
    prefixed = sum(_SSD_COLUMN.fullmatch(cell) is not None for cell in header)
    if header and prefixed * 2 > len(header):
        return "ssd", "the columns are those of the Standard Safeguarding Dataset"
    if "child" in known and _903_NAMES.search(name.rpartition(".")[0]):
        return (
            "ssda903",
            "the name and the column CHILD are those of the SSDA903 return",
        )
    return None


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
