"""The list of people who can read files, one a line."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final

from case_audit.core.allocation.model import Auditor
from case_audit.core.allocation.people import person_key
from case_audit.core.frame.model import canonical_unit
from case_audit.errors import AuditorsFileError
from case_audit.errors.base import shown
from case_audit.exchange.annex_a.folding import squash, tidy
from case_audit.exchange.files import read_plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

LARGEST: Final = 1_000_000
"""Bytes of the largest file that is read."""
MOST: Final = 9_999
"""The largest capacity."""
LONGEST: Final = 60
"""Characters of the longest name, as the app asks for it."""

_COLUMNS: Final = {
    **dict.fromkeys(("auditor", "name"), "auditor"),
    **dict.fromkeys(("team", "teams", "ownteam"), "team"),
    **dict.fromkeys(("capacity", "mostcases"), "capacity"),
    **dict.fromkeys(("worker", "workers", "workername", "workernames"), "worker"),
    **dict.fromkeys(("own", "owncase", "owncases", "cases", "case"), "own"),
    **dict.fromkeys(("cohort", "cohorts"), "cohorts"),
}
_SEVERAL: Final = re.compile(r"[;|\n]")


def read_auditors(path: Path, *, cohorts: Sequence[str]) -> tuple[Auditor, ...]:
    """Read who can read files.

    Headers may be spelt in any case and spacing and stand in any order; other
    columns are not read. Where a cell names several, they stand between
    semicolons.

    Args:
        path: A CSV file with a header, UTF-8: ``auditor``, and as needed ``team``,
            ``capacity``, ``worker`` (names by which lists may call the person),
            ``own`` (cases the person has to do with) and ``cohorts``.
        cohorts: The cohorts there are.

    Raises:
        FileError: If it cannot be read.
        AuditorsFileError: If it is no such list; names the line.
    """
    try:
        text = read_plain(path, largest=LARGEST).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise AuditorsFileError(path.name, line=1, problem="it is not UTF-8") from None
    rows = _rows(path.name, text)
    _, header = next(rows, (1, []))
    columns = _columns(path.name, header)
    found: dict[str, Auditor] = {}
    for line, cells in rows:
        values = {
            name: cells[place] if place < len(cells) else ""
            for name, place in columns.items()
        }
        try:
            auditor = _auditor(values, cohorts)
            key = person_key(auditor.name)
            _refuse(key in found, "an earlier line names the same auditor")
        except ValueError as error:
            raise AuditorsFileError(path.name, line=line, problem=str(error)) from None
        found[key] = auditor
    if not found:
        raise AuditorsFileError(path.name, line=1, problem="it names nobody")
    return tuple(found.values())


def _rows(file: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not blank, with their line as an editor counts."""
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    read = 0
    try:
        for row in rows:
            read = rows.line_num
            if any(cell.strip() for cell in row):
                yield read, row
    except csv.Error:
        problem = "it is not sound CSV from here on"
        raise AuditorsFileError(file, line=read + 1, problem=problem) from None


def _columns(file: str, header: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, text in enumerate(header):
        name = _COLUMNS.get(squash(text))
        if name in found:
            problem = f"two columns are the column {name}"
            raise AuditorsFileError(file, line=1, problem=problem)
        if name:
            found[name] = place
    if "auditor" not in found:
        problem = "there is no column auditor"
        raise AuditorsFileError(file, line=1, problem=problem)
    return found


def _auditor(values: Mapping[str, str], cohorts: Sequence[str]) -> Auditor:
    """Return the auditor of a row, or raise ``ValueError`` with what is wrong."""
    name = tidy(values["auditor"])
    _refuse(not person_key(name), "it names no auditor")
    _refuse(len(name) > LONGEST, f"a name is longer than {LONGEST} characters")
    read = {c.casefold() for c in _several(values.get("cohorts", ""))}
    unknown = sorted(read - set(cohorts))
    if unknown:
        problem = (
            f"there is no cohort {shown(unknown[0])!r}; there are {', '.join(cohorts)}"
        )
        raise ValueError(problem)
    return Auditor(
        name=name,
        teams=_several(values.get("team", "")),
        capacity=_capacity(tidy(values.get("capacity", ""))),
        names=_several(values.get("worker", "")),
        units=frozenset(map(canonical_unit, _several(values.get("own", "")))),
        cohorts=frozenset(read),
    )


def _several(cell: str) -> tuple[str, ...]:
    parts = (tidy(part) for part in _SEVERAL.split(cell))
    return tuple(dict.fromkeys(part for part in parts if part))


def _capacity(text: str) -> int | None:
    if not text:
        return None
    whole = text.removesuffix(".0")
    sound = re.fullmatch(r"[0-9]{1,4}", whole) is not None
    _refuse(not sound, f"the capacity is no whole number from 0 to {MOST}")
    return int(whole)


def _refuse(wrong: bool, problem: str) -> None:  # noqa: FBT001
    if wrong:
        raise ValueError(problem)
