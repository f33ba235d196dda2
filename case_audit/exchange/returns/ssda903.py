"""Reads a children looked after return (SSDA903): its CSV files, joined by child.

Each period of care is a row of list 8, each row of the care leavers' file one of
list 9, and each child in the adoption files one of list 10. Postcodes, pupil
numbers and the mother's and children's dates are never read.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from case_audit.errors import UnusableReturnError
from case_audit.exchange.annex_a.problems import SHOWN
from case_audit.exchange.annex_a.spec import LISTS
from case_audit.exchange.reading import Progress, Reading
from case_audit.exchange.returns.notes import Notes
from case_audit.exchange.returns.opened import digest_of, folder_is_marked
from case_audit.exchange.returns.ssda903_lists import Joined, adoptions, leavers, stays
from case_audit.exchange.returns.ssda903_set import CHILD, kind_of, return_set
from case_audit.exchange.returns.ssda903_tables import (
    NO_ROW,
    File,
    read_days,
    read_episodes,
    read_header,
    read_health,
    read_missing,
    read_workers,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from case_audit.core.frame.model import Record
    from case_audit.exchange.reading import OnProgress
    from case_audit.exchange.returns.notes import Cells

_FEEDS: Final = {
    "episodes": 8,
    "header": 8,
    "uasc": 8,
    "reviews": 8,
    "missing": 8,
    "oc2": 8,
    "social_worker": 8,
    "oc3": 9,
    "ad1": 10,
    "placed_adoption": 10,
}
"""By kind of file, the list that it feeds."""


def looks_like(path: Path) -> bool:
    """Say whether a file, or a file of a folder, looks like one of SSDA903."""
    if path.is_dir():
        return any(kind_of(file) for file in sorted(path.iterdir()) if file.is_file())
    return bool(kind_of(path))


def described(path: Path) -> date | None:
    """Return the day that a return says it describes, by its names; or ``None``."""
    try:
        return return_set(path).day
    except UnusableReturnError:
        return None


def open_source(
    path: Path,
    *,
    as_at: date | None = None,
    on_progress: OnProgress | None = None,
    each: int | None = SHOWN,
) -> LookedAfterSource:
    """Return the source that reads a return; see `LookedAfterSource`."""
    return LookedAfterSource(path, as_at=as_at, on_progress=on_progress, each=each)


class LookedAfterSource:
    """One reading of a return: a context manager, and its records, list by list.

    Args:
        path: The folder with its files, or one of them.
        as_at: The day at which children are looked at; 31 March of the return's
            year if ``None``.
        on_progress: Called after every file.
        each: Problems of one kind that are kept one by one; ``None`` for all.

    Raises:
        UnusableReturnError: On entering or while reading, if there is no such
            return, there are several, or a file cannot be used.
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
        self._as_at = as_at
        self._on_progress = on_progress
        self._notes = Notes(each=each)
        self._files: dict[str, File] = {}
        self._own: dict[str, Cells] = {}
        self._rows: dict[str, int] = {}
        self._synthetic = False
        self._finished = False

    def __enter__(self) -> Self:
        self._set = return_set(self._path)
        day = self._as_at or self._set.day
        self._day = day.isoformat() if day else ""
        folder = self._path if self._path.is_dir() else self._path.parent
        self._synthetic = folder_is_marked(folder)
        for kind in _FEEDS:
            if kind in self._set.files:
                self._open(kind)
        return self

    def _open(self, kind: str) -> None:
        heads = kind == "header"
        own = self._own if "header" in self._set.files and not heads else None
        path = self._set.files[kind]
        self._files[kind] = File(path, self._notes, own, heads=heads)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        return None

    def __iter__(self) -> Iterator[Record]:
        """Read the lists in the order of their numbers, each to its end."""
        joined, files = self._joined(), self._files
        listed: set[str] = set()
        for record in chain(
            stays(self._notes, joined, files.get("episodes")),
            leavers(self._notes, joined, files.get("oc3")),
            adoptions(
                self._notes,
                joined,
                ad1=files.get("ad1"),
                placed=files.get("placed_adoption"),
            ),
        ):
            listed.add(record.unit)
            yield record
        for unit, row in self._rows.items():
            if unit not in listed:
                files["header"].place.tell(NO_ROW, row=row, column=CHILD, value=unit)
        self._finished = True

    def _joined(self) -> Joined:
        """Read all files but those whose rows become records one by one."""
        files, joined = self._files, Joined(day=self._day)
        if "header" in files:
            own, self._rows = read_header(files["header"])
            self._own.update(own)
            self._tell("header")
        joined.own = self._own
        if "uasc" in files:
            joined.uasc = read_days(files["uasc"], "duc")
        if "reviews" in files:
            joined.reviews = read_days(files["reviews"], "review")
        if "missing" in files:
            joined.missing = read_missing(files["missing"])
        if "oc2" in files:
            joined.health = read_health(files["oc2"])
        if "social_worker" in files:
            joined.workers = read_workers(files["social_worker"])
        if "episodes" in files:
            joined.episodes = read_episodes(files["episodes"])
            self._tell("episodes")
        for file in files.values():
            for unit, cells in file.births.items():
                joined.births.setdefault(unit, cells)
        return joined

    def _tell(self, kind: str) -> None:
        if self._on_progress:
            list_no = _FEEDS[kind]
            self._on_progress(
                Progress(
                    list_no=list_no,
                    title=self._files[kind].name,
                    rows=self._files[kind].read,
                    of_rows=0,
                    lists=0,
                    of_lists=len({_FEEDS[kind] for kind in self._files}),
                )
            )

    def reading(self) -> Reading:
        """Return what was read, once all records have been taken.

        Raises:
            ValueError: If there are records left to take.
        """
        if not self._finished:
            msg = "the records have not been read to their end"
            raise ValueError(msg)
        files = tuple((file.name, file.table.sha256) for file in self._files.values())
        lists = self._notes.readings()
        present = {found.list_no for found in lists}
        unread = (
            self._set.files[kind] for kind in self._set.files if kind not in _FEEDS
        )
        return Reading(
            sha256=digest_of(files),
            files=tuple(sorted(files)),
            synthetic=self._synthetic,
            lists=lists,
            missing_lists=tuple(n for n in LISTS if n not in present),
            unread=(*self._set.unread, *(file.name for file in unread)),
            problems=self._notes.problems.shown,
            problem_counts=self._notes.problems.counts,
        )
