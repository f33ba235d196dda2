"""Reads a CSV file of further columns, one row a child.

Annex A says nothing of managers, supervision, siblings or schools. An authority
can add what it wants to stratify by, or see beside the file, as a table keyed
by the child's identifier.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from case_audit.errors import UnusableExtrasError
from case_audit.exchange.annex_a.cells import Flaw, read_date, read_text
from case_audit.exchange.annex_a.coding import coded_reader
from case_audit.exchange.annex_a.folding import squash, tidy
from case_audit.exchange.annex_a.identifiers import NONE, read_identifier
from case_audit.exchange.annex_a.matching import column_of, is_personal
from case_audit.exchange.annex_a.problems import SHOWN, ProblemLog

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from case_audit.core.frame.model import Problem
    from case_audit.exchange.annex_a.cells import Outcome
    from case_audit.exchange.annex_a.problems import ProblemCount

MAX_BYTES: Final = 50 << 20
MAX_COLUMNS: Final = 200

_YES_NO: Final = coded_reader("yes_no")
KNOWN: Final[Mapping[str, Callable[[str], Outcome]]] = {
    "allocated_date": read_date,
    "manager": read_text,
    "last_supervision_date": read_date,
    "worker_is_asye": _YES_NO,
    "qualified_sw": _YES_NO,
    "family_id": read_text,
    "sibling_group": read_text,
    "pre_birth": _YES_NO,
    "young_carer": _YES_NO,
    "privately_fostered": _YES_NO,
    "last_pep_date": read_date,
    "last_core_group_date": read_date,
    "chronology_updated": read_date,
    "plo_start": read_date,
    "dol_order": _YES_NO,
    "referral_decision_date": read_date,
    "transfer_notified_date": read_date,
    "transfer_conference_date": read_date,
    "first_core_group_date": read_date,
    "temporarily_approved_carer": _YES_NO,
    "parent_assessment_date": read_date,
    "initial_health_assessment_date": read_date,
    "emergency_placement": _YES_NO,
    "first_pep_date": read_date,
    "last_return_date": read_date,
    "return_interview_date": read_date,
    "became_relevant_date": read_date,
    "pathway_assessment_date": read_date,
    "la_accommodation_date": read_date,
    "adoption_review_date": read_date,
    "adoption_panel_date": read_date,
    "private_fostering_notified": read_date,
    "private_fostering_start": read_date,
    "private_fostering_visit": read_date,
    "private_fostering_seen_alone": _YES_NO,
    "private_fostering_report": _YES_NO,
    "proceedings_issued_date": read_date,
    "proceedings_ended_date": read_date,
}
"""Columns that are understood, and how their cells are read. Others are kept as
text, under their cleaned header with ``x_`` before it."""

_BY_SPELLING: Final = {squash(key): key for key in KNOWN}


def known_column(header: str) -> str:
    """Return the key of a column that is understood, by its header, or nothing."""
    return _BY_SPELLING.get(squash(header), "")


_NOT_KEY: Final = re.compile(r"[^a-z0-9]+")
_DELIMITERS: Final = ",;\t"
_ENCODING: Final = Flaw(
    "not written in UTF-8", "read as Windows text (cp1252)", serious=False
)
_RAGGED: Final = Flaw("more cells than headers in the row", "the row was left out")
_AGAIN: Final = Flaw("the same child a second time", "the first row is used")
_PERSONAL: Final = Flaw(
    "a column that names or locates people", "it was not read", serious=False
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtrasReading:
    """What a file of extra columns holds.

    Attributes:
        sha256: Digest of the file, 64 lower-case hexadecimal digits.
        columns: Headers as written, by the key they are known under.
        rows: Texts by key, by unit; empty cells are left out.
        problems: As many of each kind as were asked for.
        problem_counts: Every kind of problem with its exact count.
    """

    sha256: str
    columns: Mapping[str, str]
    rows: Mapping[str, Mapping[str, str]]
    problems: tuple[Problem, ...]
    problem_counts: tuple[ProblemCount, ...]


def read_extras(path: Path, *, each: int | None = SHOWN) -> ExtrasReading:
    """Read a CSV file of extra columns.

    Commas, semicolons and tabs are understood as delimiters; UTF-8 and, with a
    word about it, Windows text as encodings.

    Args:
        path: The file.
        each: Problems of one kind that are kept one by one; ``None`` for all.

    Raises:
        UnusableExtrasError: If it is no such table, or has no identifiers.
    """
    name = tidy(path.name)
    log = ProblemLog(each=each)
    content = _content(path)
    lines = _lines(_decoded(content, log=log, name=name))
    header = next(lines, (1, []))[1]
    table = _Table([tidy(text) for text in header], log=log, name=name)
    for number, cells in lines:
        table.add(number, cells)
    return ExtrasReading(
        sha256=sha256(content).hexdigest(),
        columns=table.columns,
        rows=table.rows,
        problems=log.shown,
        problem_counts=log.counts,
    )


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = "the file cannot be opened or read"
        raise UnusableExtrasError(reason) from error
    if not content.strip():
        reason = "the file is empty"
        raise UnusableExtrasError(reason)
    if len(content) > MAX_BYTES:
        reason = f"the file is larger than {MAX_BYTES >> 20} MiB"
        raise UnusableExtrasError(reason)
    return content


def _decoded(content: bytes, *, log: ProblemLog, name: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content:
        reason = "it is not plain text in UTF-8"
        raise UnusableExtrasError(reason)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        log.note(_ENCODING, sheet=name)
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as error:
        reason = "it is not text in any encoding that is understood"
        raise UnusableExtrasError(reason) from error


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row that is not blank, with its line as an editor counts."""
    # Only these end a line in a CSV file; `splitlines` knows six more.
    kept = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)
    delimiter = max(_DELIMITERS, key=kept[0].count)
    if kept[0].lower().startswith("sep=") and len(kept[0].strip()) == len("sep=;"):
        delimiter = kept[0][4]
        kept[0] = "\n"
    rows = csv.reader(kept, delimiter=delimiter, strict=True)
    try:
        for row in rows:
            if any(cell.strip() for cell in row):
                yield rows.line_num, row
    except csv.Error as error:
        reason = "a row is not well formed, perhaps a quotation mark is not closed"
        raise UnusableExtrasError(reason, line=rows.line_num) from error


class _Table:
    """Takes the rows one by one."""

    def __init__(self, header: Sequence[str], *, log: ProblemLog, name: str) -> None:
        self._log = log
        self._name = name
        self._header = header
        self._readers: list[tuple[int, str, Callable[[str], Outcome]]] = []
        self._id = -1
        self.columns: dict[str, str] = {}
        self.rows: dict[str, dict[str, str]] = {}
        if len(header) > MAX_COLUMNS:
            reason = f"it has more than {MAX_COLUMNS} columns"
            raise UnusableExtrasError(reason, line=1)
        for index, text in enumerate(header):
            self._add_column(index, text)
        if self._id < 0:
            reason = 'no column is called "Child Unique ID"'
            raise UnusableExtrasError(reason, line=1)

    def _add_column(self, index: int, text: str) -> None:
        column = column_of(1, text)
        if column is not None and column.key == "child_id" and self._id < 0:
            self._id = index
        elif is_personal(text):
            self._log.note(_PERSONAL, sheet=self._name, column=text)
        elif text:
            key = self._key(text)
            self.columns[key] = text
            self._readers.append((index, key, KNOWN.get(key, read_text)))

    def _key(self, text: str) -> str:
        """Return the key for a header: a known one, or ``x_`` and its letters."""
        known = _BY_SPELLING.get(squash(text))
        if known is not None and known not in self.columns:
            return known
        letters = normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
        base = key = "x_" + (_NOT_KEY.sub("_", letters).strip("_")[:40] or "column")
        number = 2
        while key in self.columns:
            key, number = f"{base}_{number}", number + 1
        return key

    def add(self, number: int, cells: Sequence[str]) -> None:
        """Take one row."""
        if any(cell.strip() for cell in cells[len(self._header) :]):
            self._flaw(_RAGGED, number, "", "")
            return
        identifier = cells[self._id] if self._id < len(cells) else ""
        outcome = read_identifier(identifier)
        flaw = outcome.flaw if identifier.strip() else NONE
        if flaw is not None:
            self._flaw(flaw, number, self._header[self._id], identifier)
        unit = outcome.value
        if not isinstance(unit, str) or (flaw is not None and flaw.serious):
            return
        if unit in self.rows:
            self._flaw(_AGAIN, number, self._header[self._id], identifier)
            return
        self.rows[unit] = self._row(number, cells)

    def _row(self, number: int, cells: Sequence[str]) -> dict[str, str]:
        row: dict[str, str] = {}
        for index, key, read in self._readers:
            cell = cells[index] if index < len(cells) else ""
            if not cell.strip():
                continue
            outcome = read(cell)
            if outcome.value is not None:
                row[key] = str(outcome.value)
            if outcome.flaw is not None:
                self._flaw(outcome.flaw, number, self._header[index], cell)
        return row

    def _flaw(self, flaw: Flaw, row: int, column: str, value: str) -> None:
        self._log.add(flaw, sheet=self._name, row=row, column=column, value=value)
