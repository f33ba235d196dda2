"""Mapping files for audits: a council's own columns, grades and criteria.

::

    kind: audits
    columns:
      unit: Case ref
      auditor: Auditor
      criterion: Question
      grade: Judgement
    fixed: {role: first}
    grades: {"RI": requires_improvement, "n/a": not_applicable}
    criteria: {"Child's voice": voice}

Without the columns ``criterion`` and ``grade``, the keys of ``criteria`` are headers:
the table then has a row for each case and a column for each criterion.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from case_audit.core.audit.imported import ROLES
from case_audit.errors import MappingError, RubricError
from case_audit.exchange.annex_a.folding import tidy
from case_audit.exchange.annex_a.matching import is_personal
from case_audit.exchange.files import read_plain
from case_audit.exchange.yaml_strict import LARGEST, Table, Text, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from case_audit.core.audit.imported import Subject
    from case_audit.exchange.yaml_strict import Node

NEEDED: Final = ("unit", "auditor", "role", "criterion", "grade")
"""The columns that every file has, or its mapping gives."""
COLUMNS: Final = (*NEEDED, "rationale", "evidence", "submitted_at")
FIXED: Final = ("auditor", "role", "submitted_at")
"""What may be the same in every row, and then needs no column."""
WORDS: Final = ("roles", "criteria", "grades")
KEYS: Final = ("kind", "sheet", "invented", "columns", "fixed", *WORDS)

_PAGE: Final = "docs/history.md describes the mapping file."


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditMapping:
    """How a table of audits is read.

    Attributes:
        file: Name of the mapping file, for messages; empty where there is none.
        sha256: Fixes its content; empty where there is none.
        sheet: The sheet of a workbook; empty for its only one.
        invented: Whether it says that every case is invented.
        columns: The header of each column that is read.
        fixed: What is the same in every row.
        roles: What words for roles mean, by :func:`word`.
        criteria: What names of criteria mean.
        grades: What words for grades mean; empty for a row that is left out.
        across: The headers of columns that are a criterion each.
        lines: The line of the mapping file of each key, by group and key.
    """

    file: str = ""
    sha256: str = ""
    sheet: str = ""
    invented: bool = False
    columns: Mapping[str, str]
    fixed: Mapping[str, str]
    roles: Mapping[str, str]
    criteria: Mapping[str, str]
    grades: Mapping[str, str]
    across: tuple[str, ...] = ()
    lines: Mapping[tuple[str, str], int]

    def refuse_unknown(self, subjects: Mapping[str, Subject]) -> None:
        """Refuse criteria and grades that the rubric does not have.

        Raises:
            MappingError: Names the line.
        """
        values = {value for one in subjects.values() for value in one.values}
        known = {"criteria": list(subjects), "grades": sorted(values)}
        for (group, key), line in self.lines.items():
            if group not in known:
                continue
            meant = getattr(self, group)[word(key)]
            if meant and meant not in known[group]:
                what = "criterion" if group == "criteria" else "grade"
                raise self.error(
                    line,
                    f"{group}.{key}",
                    f'"{meant}" is no {what} of the rubric',
                    _perhaps(meant, known[group]),
                )

    def error(self, line: int, key: str, problem: str, hint: str) -> MappingError:
        """Return an error about a line of the mapping file."""
        return MappingError(self.file, line=line, key=key, problem=problem, hint=hint)


PLAIN: Final = AuditMapping(
    columns={key: key for key in COLUMNS},
    fixed={},
    roles={},
    criteria={},
    grades={},
    lines={},
)
"""Our own columns and words."""


def word(text: str) -> str:
    """Return what two spellings of a word have in common: capitals and blanks go."""
    return tidy(text).casefold()


def read_audit_mapping(path: Path) -> AuditMapping:
    """Read a mapping file for audits.

    Raises:
        MappingError: If it is not as it should be; names the line.
        FileError: If it cannot be read.
    """
    data = read_plain(path, largest=LARGEST)
    try:
        node = read_yaml(data, file=path.name)
    except RubricError as error:
        text = str(error).removesuffix(".")
        problem = text.removeprefix(f"{path.name}:{error.line}: ")
        raise MappingError(
            path.name, line=error.line, problem=problem, hint=_PAGE
        ) from None
    return _Reader(path.name).mapping(node, sha256(data).hexdigest())


class _Reader:
    def __init__(self, file: str) -> None:
        self._file = file
        self._lines: dict[tuple[str, str], int] = {}

    def error(self, line: int, key: str, problem: str, hint: str) -> MappingError:
        return MappingError(self._file, line=line, key=key, problem=problem, hint=hint)

    def mapping(self, node: Node, digest: str) -> AuditMapping:
        top = self.group(node, "", known=KEYS)
        kind = top.entries.get("kind")
        if kind is None or self.text(kind, "kind") != "audits":
            hint = "Begin the file with the line: kind: audits"
            line = (kind or top).line
            raise self.error(line, "kind", "this maps no audits", hint)
        columns = self.texts(top, "columns", known=COLUMNS)
        fixed = self.texts(top, "fixed", known=FIXED)
        words = {name: self.texts(top, name) for name in WORDS}
        across = self.across(top, columns, words["criteria"])
        self.refuse_missing(top, columns, fixed, across=bool(across))
        self.refuse_people(columns)
        for said, meant in (*words["roles"].items(), ("role", fixed.get("role", ""))):
            if meant and meant not in ROLES:
                place = ("roles", said) if said in words["roles"] else ("fixed", said)
                problem = f'"{meant}" is no role'
                hint = f"Known: {', '.join(ROLES)}."
                raise self.error(self._lines[place], ".".join(place), problem, hint)
        return AuditMapping(
            file=self._file,
            sha256=digest,
            sheet=self.text(top.entries["sheet"], "sheet")
            if "sheet" in top.entries
            else "",
            invented=self.yes(top),
            columns=columns,
            fixed=fixed,
            **{
                name: {word(said): meant for said, meant in found.items()}
                for name, found in words.items()
            },
            across=across,
            lines=self._lines,
        )

    def group(self, node: Node, key: str, *, known: Iterable[str] = ()) -> Table:
        if not isinstance(node, Table):
            hint = f"Write keys with a colon below it. {_PAGE}"
            raise self.error(node.line, key, "this is not a group of keys", hint)
        names = list(known)
        for name in node.entries if names else ():
            if name not in names:
                problem = f'there is no key "{name}" here'
                hint = _perhaps(name, names)
                raise self.error(node.lines[name], key, problem, hint)
        return node

    def text(self, node: Node, key: str, *, empty: bool = False) -> str:
        if not isinstance(node, Text) or not (node.value.strip() or empty):
            hint = "Write it behind the colon."
            raise self.error(node.line, key, "a text is missing here", hint)
        return node.value.strip()

    def texts(
        self, top: Table, key: str, *, known: Iterable[str] = ()
    ) -> dict[str, str]:
        if key not in top.entries:
            return {}
        table = self.group(top.entries[key], key, known=known)
        for name, line in table.lines.items():
            self._lines[key, name] = line
        return {
            name: self.text(node, f"{key}.{name}", empty=key in WORDS)
            for name, node in table.entries.items()
        }

    def across(
        self, top: Table, columns: Mapping[str, str], criteria: Mapping[str, str]
    ) -> tuple[str, ...]:
        if "criterion" in columns or "grade" in columns:
            return ()
        if not criteria:
            hint = "Add the columns criterion and grade, or a group criteria: with a "
            hint += "header of the table on each line."
            raise self.error(top.line, "columns", "no column has the grades", hint)
        return tuple(header for header, meant in criteria.items() if meant)

    def refuse_missing(
        self,
        top: Table,
        columns: Mapping[str, str],
        fixed: Mapping[str, str],
        *,
        across: bool,
    ) -> None:
        line = top.lines.get("columns", top.line)
        for key in NEEDED:
            if key in columns or key in fixed or (across and key in NEEDED[3:]):
                continue
            hint = f"Add a line below columns, as in {key}: HEADER"
            if key in FIXED:
                hint += f" - or below fixed, the same for every row: {key}: TEXT"
            raise self.error(line, "columns", f"no column is the {key}", hint)

    def refuse_people(self, columns: Mapping[str, str]) -> None:
        if is_personal(columns["unit"]):
            problem = f'the column "{columns["unit"]}" names or locates people'
            hint = "Name the column with the number of the case system."
            line = self._lines["columns", "unit"]
            raise self.error(line, "columns.unit", problem, hint)

    def yes(self, top: Table) -> bool:
        if "invented" not in top.entries:
            return False
        said = self.text(top.entries["invented"], "invented")
        if said not in ("yes", "no"):
            line, problem = top.lines["invented"], f'"{said}" is neither yes nor no'
            raise self.error(line, "invented", problem, "Write yes or no.")
        return said == "yes"


def _perhaps(text: str, known: Iterable[str]) -> str:
    names = list(known)
    near = get_close_matches(text, names, n=1)
    return f"Perhaps {near[0]} is meant." if near else f"Known: {', '.join(names)}."
