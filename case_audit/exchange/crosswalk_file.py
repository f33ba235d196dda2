"""Crosswalk files: which criterion of an old rubric became which of a new one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from case_audit.core.rubric.crosswalk import HOWS, Alone, Crosswalk, Pair, problems
from case_audit.errors import CrosswalkError
from case_audit.exchange.rubric_file import open_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from case_audit.core.rubric.model import Rubric
    from case_audit.exchange.rubric_nodes import Reader

KEYS: Final = ("kind", "id", "from", "to", "map", "dropped", "new", "grades")


@dataclass(frozen=True, slots=True, kw_only=True)
class CrosswalkFile:
    """A crosswalk as read, before it is held against its rubrics.

    Attributes:
        file: The file's name, for messages.
        walk: What it says.
        lines: The line of each key, by its path.
    """

    file: str
    walk: Crosswalk
    lines: Mapping[str, int]

    def hold_against(self, old: Rubric, new: Rubric) -> Crosswalk:
        """Return the crosswalk if it fits the two rubrics.

        Raises:
            CrosswalkError: If it does not; names every place where.
        """
        found = [
            f"{self.file}:{self.lines.get(problem.key, 1)}: {problem.key}: expected "
            f"{problem.expected}, found {problem.found}."
            for problem in problems(self.walk, old, new)
        ]
        if found:
            raise CrosswalkError(self.file, found)
        return self.walk


def read_crosswalk(data: bytes, *, file: str) -> CrosswalkFile:
    """Read a crosswalk file.

    Args:
        data: Its content.
        file: Its name, for messages.

    Raises:
        RubricError: If it is not as it should be; names file, line and key.
    """
    reader = open_file(data, file=file, kind="crosswalk")
    reader.only(*KEYS)
    lines: dict[str, int] = {}
    _keep_lines(reader, lines)
    walk = Crosswalk(
        id=reader.text("id"),
        old=_version(reader, "from"),
        new=_version(reader, "to"),
        pairs=tuple(_pair(r, lines) for r in reader.tables("map", required=False)),
        dropped=tuple(
            _alone(r, lines) for r in reader.tables("dropped", required=False)
        ),
        added=tuple(_alone(r, lines) for r in reader.tables("new", required=False)),
        grades=_grades(reader, lines),
    )
    return CrosswalkFile(file=file, walk=walk, lines=lines)


def _line(reader: Reader, key: str) -> int:
    return reader.error(key, "").line


def _version(reader: Reader, key: str) -> str:
    name, at, version = reader.text(key).partition("@")
    if not (name and at and version):
        raise reader.error(key, "a rubric and its version, such as child-in-need@1.0")
    return f"{name}@{version}"


def _pair(reader: Reader, lines: dict[str, int]) -> Pair:
    reader.only("from", "to", "how", "note")
    _keep_lines(reader, lines)
    said = reader.one_of("how", HOWS)
    return Pair(
        old=reader.texts("from", required=True),
        new=reader.texts("to", required=True),
        how=next(how for how in HOWS if how == said),
        note=reader.text("note", default=""),
    )


def _alone(reader: Reader, lines: dict[str, int]) -> Alone:
    reader.only("id", "note")
    _keep_lines(reader, lines)
    return Alone(id=reader.text("id"), note=reader.text("note", default=""))


def _grades(reader: Reader, lines: dict[str, int]) -> tuple[tuple[str, str], ...]:
    if not reader.has("grades"):
        return ()
    table = reader.table("grades")
    _keep_lines(table, lines)
    grades = table.keys()
    return tuple((grade, table.text(grade)) for grade in grades)


def _keep_lines(reader: Reader, lines: dict[str, int]) -> None:
    keys = reader.keys()
    lines[reader.path] = reader.line
    for key in keys:
        path = f"{reader.path}.{key}" if reader.path else key
        lines[path] = _line(reader, key)
