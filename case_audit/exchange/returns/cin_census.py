"""Reads a children in need census return (XML), layouts 2021 to 2026.

Children are streamed: one child at a time is in memory. Each of a child's
episodes is a row of the referrals (list 3) and, unless nothing came of it, of
the children in need (list 6); its assessments, section 47 enquiries and child
protection plans are rows of lists 4, 5 and 7. Pupil numbers are never read.
"""

from __future__ import annotations

import re
from contextlib import ExitStack
from datetime import date
from typing import TYPE_CHECKING, Final

from case_audit.errors import UnusableReturnError
from case_audit.exchange.annex_a.cells import Flaw
from case_audit.exchange.annex_a.folding import tidy
from case_audit.exchange.annex_a.problems import SHOWN
from case_audit.exchange.annex_a.spec import LISTS
from case_audit.exchange.reading import Progress, Reading
from case_audit.exchange.returns.cin_child import ChildReader
from case_audit.exchange.returns.notes import Notes, Place
from case_audit.exchange.returns.opened import opened
from case_audit.exchange.returns.readers import read_return_date
from case_audit.exchange.returns.xml_stream import XmlStream

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType
    from typing import BinaryIO, Self

    from case_audit.core.frame.model import Record
    from case_audit.exchange.reading import OnProgress
    from case_audit.exchange.returns.xml_stream import Element

FIRST_YEAR: Final = 2021
LAST_YEAR: Final = 2026
"""Layouts that were tried; others are read too, with a word about it."""

_START: Final = 64 * 1024
_ROOT: Final = re.compile(r"<(?:[\w.-]+:)?Message[\s>]", re.IGNORECASE)
_COLLECTION: Final = re.compile(
    r"<(?:[\w.-]+:)?Collection>\s*([^<]*?)\s*<", re.IGNORECASE
)
_OWN: Final = re.compile(r"<(?:[\w.-]+:)?(?:LAchildID|CINdetails)[\s>]", re.IGNORECASE)
_CHILDREN_BETWEEN: Final = 500
_FILE_HINT: Final = (
    "Export the return again from the case system, and import that file."
)

_OTHER_YEAR: Final = Flaw(
    "a return of a year whose layout was not tried", "read all the same", serious=False
)
_NO_DAY: Final = Flaw(
    "no reference date in the header",
    "open and closed cases are told apart by the date given for the import",
    serious=False,
)


def looks_like(path: Path) -> bool:
    """Say whether a file looks like a children in need census return.

    Only its beginning is read, and a pipe or device is not waited for.
    """
    try:
        with opened(path) as file:
            start = _text(file.read(_START))
    except (OSError, UnusableReturnError):
        return False
    if not _ROOT.search(start):
        return False
    collection = _COLLECTION.search(start)
    if collection is not None:
        return collection[1].upper() == "CIN"
    return _OWN.search(start) is not None


def _text(start: bytes) -> str:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return start.decode("utf-16", "replace")
    return start.decode("utf-8", "replace")


def described(path: Path) -> date | None:
    """Return the day that a return says it describes, or ``None``."""
    try:
        with opened(path) as file:
            stream = _stream(file, tidy(path.name))
            first = next(iter(stream), None)
    except UnusableReturnError:
        return None
    day = _day_of(first) if first is not None and first.key == "header" else ""
    return date.fromisoformat(day) if day else None


def open_source(
    path: Path,
    *,
    as_at: date | None = None,
    on_progress: OnProgress | None = None,
    each: int | None = SHOWN,
) -> CensusSource:
    """Return the source that reads a return; see `CensusSource`."""
    return CensusSource(path, as_at=as_at, on_progress=on_progress, each=each)


def _stream(file: BinaryIO, name: str) -> XmlStream:
    return XmlStream(file, name=name, root="message", wanted=("header", "child"))


def _day_of(header: Element) -> str:
    """Return the reference date, or 31 March of the year, ISO; or nothing."""
    for cell in header.within("referencedate"):
        value = read_return_date(cell.text).value if cell.text else None
        if isinstance(value, str):
            return value
    for cell in header.within("year"):
        if re.fullmatch(r"20\d\d", cell.text):
            return f"{cell.text}-03-31"
    return ""


class CensusSource:
    """One reading of a return: a context manager, and its records, child by child.

    Args:
        path: The XML file.
        as_at: The day for which open and closed cases are told apart; the
            return's own if ``None``.
        on_progress: Called after some children.
        each: Problems of one kind that are kept one by one; ``None`` for all.

    Raises:
        UnusableReturnError: On entering or while reading, if it is no such
            return, not well formed, or built to do harm.
    """

    def __init__(
        self,
        path: Path,
        *,
        as_at: date | None = None,
        on_progress: OnProgress | None = None,
        each: int | None = SHOWN,
    ) -> None:
        self._path = path
        self._name = tidy(path.name)
        self._as_at = as_at.isoformat() if as_at else ""
        self._on_progress = on_progress
        self._notes = Notes(each=each)
        self._children = ChildReader(self._notes)
        self._stack = ExitStack()
        self._stream: XmlStream | None = None
        self._finished = False

    def __enter__(self) -> Self:
        file = self._stack.enter_context(opened(self._path))
        self._stream = _stream(file, self._name)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def __iter__(self) -> Iterator[Record]:
        """Read the children in the order of the file, each with all its rows."""
        assert self._stream is not None  # noqa: S101 - a context manager
        children, headed = 0, False
        self._children.day = self._as_at
        for element in self._stream:
            if element.key == "header":
                self._take_header(element)
                headed = True
                continue
            if not children and not headed and not self._as_at:
                Place(self._notes, "Header").note(_NO_DAY)
            children += 1
            yield from self._children.records(element)
            if children % _CHILDREN_BETWEEN == 0:
                self._tell(children)
        if not children:
            reason = "there is no child in it"
            raise UnusableReturnError(self._name, reason, hint=_FILE_HINT)
        self._tell(children)
        self._finished = True

    def _take_header(self, header: Element) -> None:
        place = Place(self._notes, "Header")
        for cell in header.within("collection"):
            if cell.text and cell.text.upper() != "CIN":
                reason = "its header is that of another collection"
                raise UnusableReturnError(self._name, reason, hint=_FILE_HINT)
        day = _day_of(header)
        if not self._as_at:
            self._children.day = day
        if not day:
            place.note(_NO_DAY)
        elif not FIRST_YEAR <= int(day[:4]) <= LAST_YEAR:
            place.note(_OTHER_YEAR, column="ReferenceDate", value=day)

    def _tell(self, children: int) -> None:
        if self._on_progress:
            self._on_progress(
                Progress(
                    list_no=0,
                    title="the children of the census",
                    rows=children,
                    of_rows=0,
                    lists=0,
                    of_lists=1,
                )
            )

    def reading(self) -> Reading:
        """Return what was read, once all records have been taken.

        Raises:
            ValueError: If there are records left to take.
        """
        if not self._finished or self._stream is None:
            msg = "the records have not been read to their end"
            raise ValueError(msg)
        lists = self._notes.readings()
        present = {found.list_no for found in lists}
        return Reading(
            sha256=self._stream.sha256,
            synthetic=self._stream.marked,
            lists=lists,
            missing_lists=tuple(n for n in LISTS if n not in present),
            problems=self._notes.problems.shown,
            problem_counts=self._notes.problems.counts,
        )
