"""Reads audits from a table or from JSON Lines, one answer after the other."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING, Final

from case_audit.core.audit.imported import AuditLine, LineProblem
from case_audit.errors import TableError
from case_audit.exchange.annex_a.cells import raw_text
from case_audit.exchange.annex_a.folding import squash, tidy
from case_audit.exchange.annex_a.problems import ProblemLog
from case_audit.exchange.audits.mapping import COLUMNS, NEEDED, PLAIN, word
from case_audit.exchange.csv_cells import unguarded
from case_audit.exchange.tables.table import open_table
from case_audit.security.text_gate import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import NoReturn

    from case_audit.exchange.annex_a.child import Cell
    from case_audit.exchange.audits.mapping import AuditMapping

MIB: Final = 1 << 20
MOST_ROWS: Final = 1_000_000
"""Rows of the longest file that is read."""
HEADER_WITHIN: Final = 15
TEXTS: Final = ("rationale", "evidence")

_SAVE_AS: Final = "Save it as CSV (UTF-8) or JSON Lines, one answer a line."
_OWN_COLUMNS: Final = (
    f"The columns are {', '.join(NEEDED)}. For others, let a mapping be written: "
    "case-audit audits import FILE --map"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFile:
    """What a file of audits holds.

    Attributes:
        sha256: Digest of the file.
        mapping: Name and digest of the mapping file, if there is one.
        invented: Whether file or mapping say that the cases are invented.
        lines: The answers.
        problems: Lines that could not be read.
        left_out: Answers that the mapping leaves out.
        unread: Headers of columns that are not read.
        notes: What was unusual about the file as a whole.
    """

    sha256: str
    mapping: tuple[str, str] | None
    invented: bool
    lines: tuple[AuditLine, ...]
    problems: tuple[LineProblem, ...]
    left_out: int
    unread: tuple[str, ...]
    notes: tuple[str, ...] = ()


def is_json_lines(path: Path) -> bool:
    """Whether a plain file begins as JSON Lines do; a pipe is not waited for."""
    if not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            start = file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()
    except OSError:
        return False
    return start.startswith(b"{")


def read_audit_file(path: Path, mapping: AuditMapping | None = None) -> AuditFile:
    """Read a file of audits.

    Args:
        path: CSV, Excel, Parquet, or JSON Lines.
        mapping: Its columns and words; ours if left out.

    Raises:
        TableError: If it is no such file, or a column is missing.
        CaseAuditError: For workbooks, as when an Annex A workbook is read.
    """
    reader = _Reader(path, mapping or PLAIN)
    return reader.json_lines() if is_json_lines(path) else reader.table()


class _Reader:
    def __init__(self, path: Path, mapping: AuditMapping) -> None:
        self._name = path.name
        self._path = path
        self._map = mapping
        self._lines: list[AuditLine] = []
        self._problems: list[LineProblem] = []
        self._left_out = 0

    def table(self) -> AuditFile:
        """Read rows below a row of headers."""
        problems = ProblemLog()
        with open_table(self._path, sheet=self._map.sheet) as table:
            rows = table.rows()
            top = list(islice(rows, HEADER_WITHIN))
            place, headers = self._header(top)
            columns, across = self._columns(headers, place)
            for number, cells in (*top[place + 1 :], *rows):
                self._row(number, cells, headers, columns, across)
                if len(self._lines) > MOST_ROWS:
                    self._refuse(f"it has more than {MOST_ROWS} answers")
            table.problems(problems, headers)
            digest, synthetic = table.sha256, table.synthetic
        notes = (f"{one.what}; {one.done}" for one in problems.counts)
        used = {*columns.values(), *across.values()}
        unread = [h for i, h in enumerate(headers) if h and i not in used]
        return self._file(digest, unread, synthetic=synthetic, notes=tuple(notes))

    def json_lines(self) -> AuditFile:
        """Read one object a line."""
        digest, unread = sha256(), dict[str, None]()
        number = 0
        try:
            with self._path.open("rb") as file:
                while data := file.readline(MIB + 1):
                    number += 1
                    digest.update(data)
                    if len(data) > MIB:
                        self._refuse("a line is longer than 1 MiB", line=number)
                    if number > MOST_ROWS:
                        self._refuse(f"it has more than {MOST_ROWS} lines")
                    if number == 1:
                        data = data.removeprefix(b"\xef\xbb\xbf")
                    if data.strip():
                        self._object(number, data, unread)
        except OSError:
            self._refuse("it cannot be opened or read")
        return self._file(digest.hexdigest(), list(unread), synthetic=False)

    def _object(self, number: int, data: bytes, unread: dict[str, None]) -> None:
        try:
            plain = json.loads(data.decode("utf-8"))
        except UnicodeDecodeError:
            self._wrong(number, "it is not UTF-8")
            return
        except (ValueError, RecursionError):
            self._wrong(number, "it is not JSON")
            return
        if not isinstance(plain, dict) or any(
            isinstance(value, dict | list) for value in plain.values()
        ):
            self._wrong(number, "it is no object of texts")
            return
        found = {
            str(key): "" if value is None else str(value)
            for key, value in plain.items()
        }
        headers = {header: key for key, header in self._map.columns.items()}
        known = {headers[key]: text for key, text in found.items() if key in headers}
        across = {key: found[key] for key in self._map.across if key in found}
        unread.update(
            dict.fromkeys(key for key in found if key not in {*headers, *across})
        )
        self._take(number, known, across)

    def _header(
        self, top: Sequence[tuple[int, Sequence[Cell]]]
    ) -> tuple[int, tuple[str, ...]]:
        """Return the place of the row of headers among the first, and the headers."""
        rows = [tuple(tidy(raw_text(cell)) for cell in cells) for _, cells in top]
        wanted = [h for key, h in self._map.columns.items() if key in NEEDED]
        wanted += self._map.across
        found = [len([h for h in wanted if _places(h, row)]) for row in rows]
        if not rows or not max(found):
            self._refuse("none of its first rows holds the headers of its columns")
        place = found.index(max(found))
        return place, rows[place]

    def _columns(
        self, headers: tuple[str, ...], place: int
    ) -> tuple[dict[str, int], dict[str, int]]:
        columns: dict[str, int] = {}
        for key, header in self._map.columns.items():
            optional = not self._map.file and key not in NEEDED
            if (index := self._index(header, headers, place)) is not None:
                columns[key] = index
            elif not optional:
                self._refuse(f'it has no column "{header}"')
        across = {}
        for header in self._map.across:
            index = self._index(header, headers, place)
            if index is None:
                self._refuse(f'it has no column "{header}"')
            across[header] = index
        return columns, across

    def _index(self, header: str, headers: tuple[str, ...], place: int) -> int | None:
        found = _places(header, headers)
        if len(found) > 1:
            self._refuse(f'it has {len(found)} columns "{header}"', line=place + 1)
        return found[0] if found else None

    def _row(
        self,
        number: int,
        cells: Sequence[Cell],
        headers: tuple[str, ...],
        columns: Mapping[str, int],
        across: Mapping[str, int],
    ) -> None:
        if any(cell != "" for cell in cells[len(headers) :]):
            self._wrong(number, "it has more cells than there are headers")
            return
        texts = [unguarded(raw_text(cell)) for cell in cells]
        texts += [""] * (len(headers) - len(texts))
        self._take(
            number,
            {key: texts[index] for key, index in columns.items()},
            {header: texts[index] for header, index in across.items()},
        )

    def _take(
        self, number: int, found: Mapping[str, str], across: Mapping[str, str]
    ) -> None:
        known = {**self._map.fixed, **found}
        if not self._map.across:
            self._line(number, known)
        for header, cell in across.items():
            if cell.strip():
                self._line(number, known | {"criterion": header, "grade": cell})

    def _line(self, number: int, known: Mapping[str, str]) -> None:
        texts = {
            key: visible(text) if key in TEXTS else tidy(text)
            for key, text in known.items()
        }
        for key, words in (
            ("role", self._map.roles),
            ("criterion", self._map.criteria),
            ("grade", self._map.grades),
        ):
            said = texts.get(key, "")
            texts[key] = words.get(word(said), said)
            if said and not texts[key]:
                self._left_out += 1
                return
        self._lines.append(
            AuditLine(line=number, **{key: texts.get(key, "") for key in COLUMNS})
        )

    def _wrong(self, line: int, problem: str) -> None:
        self._problems.append(LineProblem(line=line, column="", problem=problem))

    def _refuse(self, reason: str, *, line: int = 0) -> NoReturn:
        raise TableError(self._name, reason=reason, hint=_hint(self._map), line=line)

    def _file(
        self,
        digest: str,
        unread: Sequence[str],
        *,
        synthetic: bool,
        notes: tuple[str, ...] = (),
    ) -> AuditFile:
        if not self._lines and not self._problems and not self._left_out:
            self._refuse("it holds no answers")
        mapped = (self._map.file, self._map.sha256) if self._map.file else None
        return AuditFile(
            sha256=digest,
            mapping=mapped,
            invented=self._map.invented or synthetic,
            lines=tuple(self._lines),
            problems=tuple(self._problems),
            left_out=self._left_out,
            unread=tuple(unread),
            notes=notes,
        )


def _hint(mapping: AuditMapping) -> str:
    return _SAVE_AS if mapping.file else f"{_SAVE_AS} {_OWN_COLUMNS}"


def _places(header: str, headers: Sequence[str]) -> list[int]:
    """Return where a header stands: as it is written, or else in another spelling."""
    exact = [i for i, text in enumerate(headers) if text == tidy(header)]
    loose = squash(header)
    return exact or [
        i for i, text in enumerate(headers) if text and squash(text) == loose
    ]


def rows_of(path: Path, *, sheet: str = "") -> Iterator[tuple[int, Sequence[str]]]:
    """Give the rows of a table as texts, headers too.

    Raises:
        TableError: If it is no table.
    """
    with open_table(path, sheet=sheet, any_sheet=True) as table:
        for number, cells in table.rows():
            yield number, [tidy(unguarded(raw_text(cell))) for cell in cells]
