"""Crosswalks between rubrics: read, held against both, and used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from case_audit.core.rubric.canonical import rubric_from_text
from case_audit.core.rubric.compare import compare
from case_audit.core.rubric.compare_across import compare_across
from case_audit.core.rubric.crosswalk import version_of
from case_audit.errors import RubricError, UnknownRubricError, UnknownVersionError
from case_audit.exchange.crosswalk_file import read_crosswalk
from case_audit.exchange.files import read_plain
from case_audit.exchange.rubric_library import Library
from case_audit.services.rubric import LARGEST
from case_audit.services.rubric_tools import named_or_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from case_audit.core.rubric.compare import Change
    from case_audit.core.rubric.crosswalk import Crosswalk
    from case_audit.core.rubric.model import Rubric
    from case_audit.exchange.crosswalk_file import CrosswalkFile
    from case_audit.services.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """A crosswalk that fits, with the rubrics it joins."""

    walk: Crosswalk
    old: Rubric
    new: Rubric


def open_crosswalk(path: Path) -> CrosswalkFile:
    """Read a crosswalk file.

    Raises:
        FileError: If it cannot be read.
        RubricError: If it is not as it should be.
    """
    return read_crosswalk(read_plain(path, largest=LARGEST), file=path.name)


def compared(
    old: Rubric, new: Rubric, *, crosswalk: Path | None = None
) -> tuple[Change, ...]:
    """Return every difference between two rubrics.

    Args:
        old: The rubric to start from.
        new: The rubric to arrive at.
        crosswalk: A file that says which criterion became which.

    Raises:
        FileError: If the crosswalk cannot be read.
        RubricError: If it is not as it should be.
        CrosswalkError: If it does not fit the rubrics.
    """
    if crosswalk is None:
        return compare(old, new)
    file = open_crosswalk(crosswalk)
    return compare_across(old, new, file.hold_against(old, new))


def check_crosswalk(
    shelf: Library,
    path: Path,
    *,
    old: str = "",
    new: str = "",
    database: Database | None = None,
) -> Walked:
    """Read a crosswalk and hold it against its two rubrics.

    A rubric that is not named is looked for by identifier and version: beside
    the crosswalk, on each shelf, and among the rubrics that rounds are pinned to.

    Args:
        shelf: Where rubrics are.
        path: The crosswalk's file.
        old: Name or file of the old rubric.
        new: Name or file of the new one.
        database: Where rounds are, if there is one.

    Raises:
        FileError: If a file cannot be read.
        RubricError: If a file is not as it should be.
        UnknownRubricError: If a named rubric is not there.
        UnknownVersionError: If one that is not named cannot be found.
        CrosswalkError: If the crosswalk does not fit the rubrics.
    """
    file = open_crosswalk(path)
    beside = Library((path.parent, *shelf.shelves))
    before, after = (
        named_or_file(shelf, named)
        if named
        else _of_version(beside, version, option=option, database=database)
        for named, version, option in (
            (old, file.walk.old, "--old"),
            (new, file.walk.new, "--new"),
        )
    )
    return Walked(walk=file.hold_against(before, after), old=before, new=after)


def _of_version(
    shelf: Library, version: str, *, option: str, database: Database | None
) -> Rubric:
    for rubric in _on_shelves(shelf, version.partition("@")[0]):
        if version_of(rubric) == version:
            return rubric
    pinned = _pinned(database, version) if database else []
    if len(pinned) == 1:
        return rubric_from_text(pinned[0])
    raise UnknownVersionError(version, found=len(pinned), option=option)


def _on_shelves(shelf: Library, name: str) -> Iterator[Rubric]:
    """Yield the rubric of that name on each shelf, with what lies behind it."""
    for number in range(len(shelf.shelves)):
        behind = Library(shelf.shelves[number:])
        if name in behind.names():
            try:
                yield behind.rubric(name)
            except (RubricError, UnknownRubricError):
                continue


def _pinned(database: Database, version: str) -> list[str]:
    name, _, number = version.partition("@")
    with database.read() as uow:
        return uow.registry.rubric_texts(name, number)
