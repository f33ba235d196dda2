"""Mapping files: which columns of a table are which of a list's.

::

    kind: table
    list: 7
    unit: Person ID
    columns:
      plan_start: Start date
      gender:
        from: Sex
        codes: {M: male, F: female}
    further:
      ward: Ward

A mapping file holds headers and codes, never a child's data. `draft` writes a
first one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from case_audit.core.frame.cohorts import COHORTS
from case_audit.core.rubric.applies import EXTRA
from case_audit.errors import MappingError, RubricError
from case_audit.exchange.annex_a.cells import read_text
from case_audit.exchange.annex_a.matching import is_personal
from case_audit.exchange.annex_a.row_reader import reader_of
from case_audit.exchange.annex_a.spec import LISTS, OPEN_CODELISTS, code_list, columns
from case_audit.exchange.extras import KNOWN
from case_audit.exchange.files import read_plain
from case_audit.exchange.tables.readers import DAY_FIRST, ORDERS, in_order, translated
from case_audit.exchange.yaml_strict import LARGEST, Listing, Table, Text, read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from case_audit.exchange.annex_a.cells import Outcome
    from case_audit.exchange.annex_a.child import Cell
    from case_audit.exchange.annex_a.spec import Column
    from case_audit.exchange.yaml_strict import Node

KEYS: Final = (
    *("kind", "list", "cohort", "sheet", "unit", "dates", "invented"),
    *("columns", "further"),
)
SETTINGS: Final = ("from", "codes", "dates")
MOST_COLUMNS: Final = 200
DATE_OF_BIRTH: Final = "date_of_birth"

KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_PAGE: Final = "docs/import.md describes the mapping file."


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedColumn:
    """One column of the table that is read.

    Attributes:
        key: What it is read as.
        header: Its header in the table.
        line: The line of the mapping file that says so.
        read: How its cells are read.
    """

    key: str
    header: str
    line: int
    read: Callable[[Cell], Outcome]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableMapping:
    """How a table is read.

    Attributes:
        file: Name of the mapping file, for messages.
        sha256: Fixes its content, 64 lower-case hexadecimal digits.
        list_no: The Annex A list that its rows are read as.
        sheet: The sheet of a workbook; empty for its only one.
        unit: Header of the column with the identifiers.
        unit_line: The line that names it.
        columns: The other columns that are read.
        invented: Whether the mapping says that every child is invented.
    """

    file: str
    sha256: str
    list_no: int
    sheet: str
    unit: str
    unit_line: int
    columns: tuple[MappedColumn, ...]
    invented: bool


def read_mapping(path: Path) -> TableMapping:
    """Read a mapping file.

    Args:
        path: The file.

    Raises:
        MappingError: If it is not as it should be; names the line and says what
            to write instead.
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
    return _Reader(path.name, sha256(data).hexdigest()).mapping(node)


class _Reader:
    def __init__(self, file: str, digest: str) -> None:
        self._file = file
        self._digest = digest

    def error(
        self, node: Node | int, key: str, problem: str, hint: str
    ) -> MappingError:
        line = node if isinstance(node, int) else node.line
        return MappingError(self._file, line=line, key=key, problem=problem, hint=hint)

    def mapping(self, node: Node) -> TableMapping:
        top = self.table(node, "", known=KEYS)
        kind = top.entries.get("kind")
        if kind is None or self.text(kind, "kind") != "table":
            hint = "Begin the file with the line: kind: table"
            raise self.error(kind or top, "kind", "this is no mapping file", hint)
        list_no = self.list_no(top)
        if "unit" not in top.entries:
            hint = "Add a line such as: unit: Person ID"
            problem = "no line names the column with the children's identifiers"
            raise self.error(top, "unit", problem, hint)
        unit_node = top.entries["unit"]
        unit = self.header(unit_node, "unit")
        dates = self.order(top, "dates", default=DAY_FIRST)
        found = [
            *self.columns(top, list_no, dates),
            *self.further(top, dates),
        ]
        self.refuse_twice(found)
        return TableMapping(
            file=self._file,
            sha256=self._digest,
            list_no=list_no,
            sheet=self.text(top.entries["sheet"], "sheet")
            if "sheet" in top.entries
            else "",
            unit=unit,
            unit_line=unit_node.line,
            columns=tuple(found),
            invented=self.yes_no(top, "invented"),
        )

    def table(self, node: Node, key: str, *, known: Iterable[str] = ()) -> Table:
        if not isinstance(node, Table):
            hint = f"Write keys with a colon below it. {_PAGE}"
            raise self.error(node, key, "this is not a group of keys", hint)
        names = list(known)
        for name in node.entries if names else ():
            if name not in names:
                raise self.unknown(node.lines[name], key, name, names)
        return node

    def unknown(
        self, line: int, path: str, name: str, known: Iterable[str]
    ) -> MappingError:
        names = list(known)
        near = get_close_matches(name, names, n=1)
        hint = f"Perhaps {near[0]} is meant." if near else f"Known: {', '.join(names)}."
        return self.error(line, path, f'there is no key "{name}" here', hint)

    def text(self, node: Node, key: str) -> str:
        if not isinstance(node, Text) or not node.value.strip():
            hint = f"Write it behind the colon, as in {key.rsplit('.', maxsplit=1)[-1]}: TEXT"
            raise self.error(node, key, "a text is missing here", hint)
        return node.value.strip()

    def header(self, node: Node, key: str) -> str:
        """Return a header of the table that may be read."""
        header = self.text(node, key)
        if isinstance(node, Text) and node.beside:
            hint = f'If it is part of the header, write: "{header} {node.beside}"'
            if node.beside.startswith("#") and node.beside[1:2].isalnum():
                problem = "what stands behind # is a comment, not part of the header"
                raise self.error(node, key, problem, hint)
        if key != f"columns.{DATE_OF_BIRTH}" and is_personal(header):
            hint = (
                "Take this line away. Names, addresses and numbers of other services "
                "are never read; identify children by the number of the case system."
            )
            problem = f'the column "{header}" names or locates people'
            raise self.error(node, key, problem, hint)
        return header

    def list_no(self, top: Table) -> int:
        given = [key for key in ("list", "cohort") if key in top.entries]
        if len(given) != 1:
            hint = "Write one line: list: 7 - or one line: cohort: cp"
            line = max((top.lines[key] for key in given), default=top.line)
            raise self.error(line, "list", "name a list or a cohort, one of them", hint)
        key = given[0]
        said = self.text(top.entries[key], key)
        if key == "cohort":
            for cohort in COHORTS:
                if cohort.id == said:
                    return cohort.list_no
            hint = f"Known: {', '.join(cohort.id for cohort in COHORTS)}."
        elif said.isascii() and said.isdigit() and int(said) in LISTS:
            return int(said)
        else:
            names = (f"{spec.number} {spec.title}" for spec in LISTS.values())
            hint = f"Known: {', '.join(names)}."
        raise self.error(top.entries[key], key, f'there is no {key} "{said}"', hint)

    def order(self, table: Table, key: str, *, default: str, path: str = "") -> str:
        if key not in table.entries:
            return default
        said = self.text(table.entries[key], path or key)
        if said not in ORDERS:
            hint = f"Write one of: {', '.join(ORDERS)}."
            problem = f'"{said}" is no order of day and month'
            raise self.error(table.entries[key], path or key, problem, hint)
        return said

    def yes_no(self, top: Table, key: str) -> bool:
        if key not in top.entries:
            return False
        said = self.text(top.entries[key], key)
        if said not in ("yes", "no"):
            hint = "Write yes or no."
            raise self.error(top.entries[key], key, f'"{said}" is neither', hint)
        return said == "yes"

    def columns(self, top: Table, list_no: int, dates: str) -> list[MappedColumn]:
        if "columns" not in top.entries:
            hint = "Add a group columns: with a line for each, as in team: Team name"
            raise self.error(top, "columns", "no columns are named", hint)
        known = {c.key: c for c in columns(list_no) if c.key != LISTS[list_no].id_key}
        table = self.table(top.entries["columns"], "columns", known=known)
        return [
            self.column(key, node, partial(self.listed, known[key]), dates, "columns")
            for key, node in table.entries.items()
        ]

    def further(self, top: Table, dates: str) -> list[MappedColumn]:
        if "further" not in top.entries:
            return []
        table = self.table(top.entries["further"], "further")
        for key, line in table.lines.items():
            if not KEY.fullmatch(key):
                hint = "Use up to 40 small letters, digits and _, as in school_name."
                raise self.error(line, "further", f'"{key}" is no name for it', hint)
        return [
            self.column(key, node, partial(self.other, key), dates, "further")
            for key, node in table.entries.items()
        ]

    def column(
        self,
        key: str,
        node: Node,
        reader: Callable[
            [Node, str, Mapping[str, str], str], Callable[[Cell], Outcome]
        ],
        dates: str,
        group: str,
    ) -> MappedColumn:
        path, codes = f"{group}.{key}", {}
        where = node
        if isinstance(node, Table):
            table = self.table(node, path, known=SETTINGS)
            if "from" not in table.entries:
                hint = "Add the line: from: HEADER"
                raise self.error(node, path, "no header is named", hint)
            where = table.entries["from"]
            dates = self.order(table, "dates", default=dates, path=f"{path}.dates")
            if "codes" in table.entries:
                codes = self.codes(table.entries["codes"], f"{path}.codes")
        elif isinstance(node, Listing):
            hint = "One column of the list is fed by one column of the table."
            raise self.error(node, path, "this is a list", hint)
        header = self.header(where, path)
        known = EXTRA if key in KNOWN else "x_"
        return MappedColumn(
            key=key if group == "columns" else f"{known}{key.removeprefix('x_')}",
            header=header,
            line=where.line,
            read=reader(node, path, codes, dates),
        )

    def codes(self, node: Node, path: str) -> dict[str, str]:
        table = self.table(node, path)
        found = {}
        for cell, value in table.entries.items():
            if not isinstance(value, Text):
                hint = f'Write: "{cell}": CODE'
                raise self.error(value, path, "this is not a code", hint)
            found[cell] = value.value.strip()
        return found

    def listed(
        self,
        column: Column,
        node: Node,
        path: str,
        codes: Mapping[str, str],
        dates: str,
    ) -> Callable[[Cell], Outcome]:
        """Return the reader of a list's own column."""
        read = reader_of(column)
        if column.type == "date":
            read = in_order(read, dates)
        if not codes:
            return read
        allowed = list(code_list(column.codes)) if column.codes else []
        is_open = not column.codes or column.codes in OPEN_CODELISTS
        for cell, code in codes.items():
            if code and not is_open and code not in allowed:
                near = get_close_matches(code, allowed, n=1)
                perhaps = f"Perhaps {near[0]} is meant. " if near else ""
                line = self.line_of(node, cell)
                problem = f'"{code}" is no code of {column.key}'
                hint = f'{perhaps}Known: {", ".join(allowed)}; "" leaves it empty.'
                raise self.error(line, f"{path}.codes", problem, hint)
        return translated(read, codes)

    def other(
        self, key: str, _node: Node, _path: str, codes: Mapping[str, str], dates: str
    ) -> Callable[[Cell], Outcome]:
        """Return the reader of a further column."""
        read: Callable[[Cell], Outcome] = read_text
        if key in KNOWN:
            known = KNOWN[key]
            read = in_order(lambda cell: known(str(cell)), dates)
        return translated(read, codes) if codes else read

    def line_of(self, node: Node, cell: str) -> int:
        codes = node.entries["codes"] if isinstance(node, Table) else node
        return codes.lines[cell] if isinstance(codes, Table) else codes.line

    def refuse_twice(self, found: list[MappedColumn]) -> None:
        if len(found) > MOST_COLUMNS:
            hint = "Keep those that cases are drawn or shown by."
            problem = f"more than {MOST_COLUMNS} columns are named"
            raise self.error(found[-1].line, "columns", problem, hint)
        seen: set[str] = set()
        for column in found:
            if column.key in seen:
                hint = "Give one of them another name."
                raise self.error(column.line, "", f"{column.key} is there twice", hint)
            seen.add(column.key)
