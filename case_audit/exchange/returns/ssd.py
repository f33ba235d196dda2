"""Reads tables of the Standard Safeguarding Dataset: CSV files in a folder.

Every table that is there feeds the lists it can: contacts, early help, referrals,
assessments, enquiries, cases, plans, periods of care, care leavers, adoptions.
Names, addresses, pupil and health numbers and free text are never read.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from case_audit.exchange.annex_a.problems import SHOWN
from case_audit.exchange.annex_a.spec import LISTS
from case_audit.exchange.reading import Progress, Reading
from case_audit.exchange.returns.notes import Notes
from case_audit.exchange.returns.opened import digest_of, folder_is_marked
from case_audit.exchange.returns.ssd_care import Care
from case_audit.exchange.returns.ssd_cases import referrals_and_cases
from case_audit.exchange.returns.ssd_front import (
    assessments,
    contacts,
    early_help,
    enquiries,
)
from case_audit.exchange.returns.ssd_leaving import adoptions, leavers
from case_audit.exchange.returns.ssd_protection import plans
from case_audit.exchange.returns.ssd_set import table_of, table_set
from case_audit.exchange.returns.ssd_tables import Tables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from case_audit.core.frame.model import Record
    from case_audit.exchange.reading import OnProgress

_FEEDS: Final = {
    "ssd_contacts": 1,
    "ssd_early_help_episodes": 2,
    "ssd_cin_episodes": 3,
    "ssd_cin_assessments": 4,
    "ssd_s47_enquiry": 5,
    "ssd_cp_plans": 7,
    "ssd_cla_episodes": 8,
    "ssd_care_leavers": 9,
    "ssd_permanence": 10,
}
"""By table whose rows become records, the first list that it feeds."""


def looks_like(path: Path) -> bool:
    """Say whether a file, or a file of a folder, looks like one of the tables."""
    if path.is_dir():
        return any(table_of(file) for file in sorted(path.iterdir()) if file.is_file())
    return bool(table_of(path))


def described(path: Path) -> date | None:  # noqa: ARG001 - the tables do not tell
    """Return ``None``: the tables do not say which day they describe."""
    return None


def open_source(
    path: Path,
    *,
    as_at: date | None = None,
    on_progress: OnProgress | None = None,
    each: int | None = SHOWN,
) -> TablesSource:
    """Return the source that reads the tables; see `TablesSource`."""
    return TablesSource(path, as_at=as_at, on_progress=on_progress, each=each)


class TablesSource:
    """One reading of the tables: a context manager, and its records.

    Args:
        path: The folder with the tables, or one of them.
        as_at: The day at which children are looked at. Without it, nothing is
            counted over twelve months.
        on_progress: Called after every table.
        each: Problems of one kind that are kept one by one; ``None`` for all.

    Raises:
        UnusableReturnError: On entering or while reading, if there is no such
            table, one is there twice, or a file cannot be used.
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
        self._day = as_at.isoformat() if as_at else ""
        self._on_progress = on_progress
        self._notes = Notes(each=each)
        self._finished = False

    def __enter__(self) -> Self:
        self._set = table_set(self._path)
        folder = self._path if self._path.is_dir() else self._path.parent
        self._synthetic = folder_is_marked(folder)
        self._tables = Tables(
            self._set.files, self._notes, day=self._day, on_table=self._tell
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        return None

    def __iter__(self) -> Iterator[Record]:
        """Read the lists, each to its end; lists 3 and 6 together."""
        tables = self._tables
        tables.read_people()
        yield from chain(
            contacts(tables),
            early_help(tables),
            referrals_and_cases(tables),
            assessments(tables),
            enquiries(tables),
            plans(tables),
            Care(tables).records(),
            leavers(tables),
            adoptions(tables),
        )
        self._finished = True

    def _tell(self, table: str, rows: int) -> None:
        if self._on_progress and table in _FEEDS:
            self._on_progress(
                Progress(
                    list_no=_FEEDS[table],
                    title=table,
                    rows=rows,
                    of_rows=rows,
                    lists=sum(n < _FEEDS[table] for n in _FEEDS.values()),
                    of_lists=len(_FEEDS),
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
        lists = self._notes.readings()
        present = {found.list_no for found in lists}
        files = self._tables.digests
        return Reading(
            sha256=digest_of(files),
            files=files,
            synthetic=self._synthetic,
            lists=lists,
            missing_lists=tuple(n for n in LISTS if n not in present),
            unread=(*self._set.unread, *self._unused()),
            problems=self._notes.problems.shown,
            problem_counts=self._notes.problems.counts,
        )

    def _unused(self) -> Iterator[str]:
        """Give the names of tables that no list asked for."""
        read = {name for name, _ in self._tables.digests}
        for file in self._set.files.values():
            if file.name not in read:
                yield file.name
