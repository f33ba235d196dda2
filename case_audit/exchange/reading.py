"""What every reader of lists gives back, whatever kind of file it reads.

A source is a context manager: its records come one by one, in the numbers and
keys of the Annex A lists, and then it tells how it went:

    with source:
        for record in source:
            ...
        reading = source.reading()

Whoever stores the records must do so in one transaction: an error may come with
the last of them, and then nothing of the source counts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import TracebackType
    from typing import Self

    from case_audit.core.frame.model import Problem, Record
    from case_audit.exchange.annex_a.problems import ProblemCount


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the reading is, for a progress bar.

    Attributes:
        list_no: The list being read; 0 for several at once.
        title: What it is about.
        rows: Rows of it read so far.
        of_rows: Rows it has; 0 where nobody knows before the end.
        lists: Lists read to their end.
        of_lists: Lists to be read.
    """

    list_no: int
    title: str
    rows: int
    of_rows: int
    lists: int
    of_lists: int


OnProgress = Callable[[Progress], None]
"""Called after every batch of rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListReading:
    """How one list was read.

    Attributes:
        list_no: Number of the Annex A list that its rows were read as.
        place: What it was read from: name of the sheet, file or element.
        how: How that was known, in a word or two: ``number``, ``keyword``,
            ``headers``, ``file name``, ``mapping`` and the like.
        header_row: Row of the headers, counted from 1; 0 if there is none.
        matched: Keys of the columns that were found.
        absent: Headers of the list's columns that are not there.
        unknown: Headers that the list does not have.
        records: Rows that became records.
        left_out: Rows with entries that did not, by reason.
    """

    list_no: int
    place: str
    how: str
    header_row: int = 0
    matched: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    records: int
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """Rows with entries: those that became records and those left out."""
        return self.records + sum(self.left_out.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read, how, and what was wrong with it.

    Attributes:
        sha256: Digest of the file, 64 lower-case hexadecimal digits; of several
            files, the digest of the sorted lines ``sha256 SPACE SPACE name LF``.
        files: Name and digest of each file, where there are several.
        mapping: Name and digest of the mapping file of a table.
        synthetic: Whether the source says that its data are invented.
        lists: The lists that were found, by number.
        missing_lists: Numbers of the lists that were not.
        unread: Names of the sheets or files that were not read.
        problems: As many of each kind as were asked for, in the order they came.
        problem_counts: Every kind of problem with its exact count.
    """

    sha256: str
    files: tuple[tuple[str, str], ...] = ()
    mapping: tuple[str, str] | None = None
    synthetic: bool
    lists: tuple[ListReading, ...]
    missing_lists: tuple[int, ...] = ()
    unread: tuple[str, ...] = ()
    problems: tuple[Problem, ...]
    problem_counts: tuple[ProblemCount, ...]


class RecordSource(Protocol):
    """One reading of one source.

    A value under a key that begins with ``x_`` or ``extra.`` is a further column
    that the council wants to keep; it becomes an attribute of the unit as it
    stands, ``extra.manager`` as ``manager``. No two records of a list have the
    same row number.
    """

    def __enter__(self) -> Self:
        """Open the source, and refuse it if it cannot be used."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of everything."""

    def __iter__(self) -> Iterator[Record]:
        """Read the records, list by list where the source has them so; once."""

    def reading(self) -> Reading:
        """Return how it went, once all records have been taken.

        Raises:
            ValueError: If there are records left to take.
        """
