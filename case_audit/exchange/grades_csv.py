"""Published grades of inspections as CSV, one report a row."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import TYPE_CHECKING, Final

from case_audit.core.rubric.overall import Report
from case_audit.errors import GradesFileError
from case_audit.exchange.files import read_whole
from case_audit.security.text_gate import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from case_audit.core.rubric.overall import OverallRules
    from case_audit.core.rubric.scale import Scale

LARGEST: Final = 10_000_000
"""Bytes of the largest file that is read."""
LONGEST: Final = 40
"""Characters of a wrong value that a message shows."""

_ABOUT: Final = ("urn", "local_authority", "published", "framework", "overall")
_TOGETHER: Final = "care_and_care_leavers_combined"
_EMPTY: Final = ("", "na", "none")
_YES_NO: Final = {"y": True, "yes": True, "true": True, "1": True} | dict.fromkeys(
    ("n", "no", "false", "0"), False
)
_WRITTEN: Final = ("%Y-%m-%d", "%d/%m/%Y")


def read_grades(path: Path, rules: OverallRules) -> list[Report]:
    """Read the grades of published reports.

    Headers may be spelt in any case and spacing and stand in any order; other
    columns are ignored. Commas, semicolons and tabs are understood.

    Args:
        path: A CSV file with a header, UTF-8.
        rules: Name the columns and the grades.

    Returns:
        One report for every row that is not blank, in the order of the file.

    Raises:
        FileError: If it cannot be read.
        GradesFileError: If a column is missing, or a cell cannot be understood;
            names row and column.
    """
    try:
        text = read_whole(path, largest=LARGEST).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise GradesFileError(path.name, row=1, problem="it is not UTF-8") from None
    rows = _rows(path.name, text)
    _, header = next(rows, (1, []))
    columns = _columns(path.name, header, rules)
    table = _Table(path.name, columns, header, rules)
    return [table.report(number, cells) for number, cells in rows]


def column_name(header: str) -> str:
    """Return a header as columns are named: ``help_and_protection``."""
    plain = header.casefold().replace("&", " and ")
    return "_".join("".join(c if c.isalnum() else " " for c in plain).split())


def grade_words(scale: Scale) -> dict[str, str]:
    """Return the grades by every way they may be written, squashed.

    Identifier, label and letter, and the initials where it has several words.
    """
    words: dict[str, str] = {}
    for grade in scale.grades:
        parts = grade.id.split("_")
        initials = "".join(part[0] for part in parts)
        for text in (grade.id, grade.label, grade.short, grade.letter, initials):
            words.setdefault(_squash(text), grade.id)
    return words


def read_grade(text: str, words: Mapping[str, str]) -> str | None:
    """Return the grade a text names: empty for none, ``None`` if it is not known."""
    squashed = _squash(text)
    return "" if squashed in _EMPTY else words.get(squashed)


def _squash(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _rows(file: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not blank, numbered as a spreadsheet does."""
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    number = 1
    try:
        reader = csv.reader(
            io.StringIO(text, newline=""), delimiter=delimiter, strict=True
        )
        for number, cells in enumerate(reader, start=1):
            if cells:
                yield number, cells
    except csv.Error:
        problem = "it is not sound CSV from here on"
        raise GradesFileError(file, row=number + 1, problem=problem) from None


def _columns(file: str, header: Sequence[str], rules: OverallRules) -> dict[str, int]:
    """Return where each column that is read stands."""
    names = {name: name for name in (*_ABOUT, _TOGETHER)}
    for judgement in rules.judgements:
        for name in (judgement.column, *judgement.also):
            names[name] = judgement.column
    found: dict[str, int] = {}
    for index, text in enumerate(header):
        column = names.get(column_name(text))
        if column in found:
            raise GradesFileError(file, row=1, column=column, problem="it stands twice")
        if column:
            found[column] = index
    if missing := [
        judgement.column
        for judgement in rules.judgements
        if judgement.needed and judgement.column not in found
    ]:
        problem = f"the header lacks {', '.join(missing)}"
        raise GradesFileError(file, row=1, problem=problem)
    return found


class _Table:
    """Reads rows, given where the columns stand."""

    def __init__(
        self,
        file: str,
        columns: Mapping[str, int],
        header: Sequence[str],
        rules: OverallRules,
    ) -> None:
        self._file = file
        self._columns = columns
        self._width = len(header)
        self._judged = [judgement.column for judgement in rules.judgements]
        self._words = grade_words(rules.scale)

    def report(self, row: int, cells: Sequence[str]) -> Report:
        """Return the report in a row."""
        if any(cell.strip() for cell in cells[self._width :]):
            problem = "it has more cells than the header"
            raise GradesFileError(self._file, row=row, problem=problem)
        texts = {
            column: one_line(cells[index]).strip() if index < len(cells) else ""
            for column, index in self._columns.items()
        }
        grades = {
            column: self._grade(row, column, texts[column])
            for column in (*self._judged, "overall")
            if column in texts
        }
        overall = grades.pop("overall", "")
        return Report(
            row=row,
            urn=texts.get("urn", ""),
            authority=texts.get("local_authority", ""),
            framework=texts.get("framework", ""),
            published=self._day(row, texts.get("published", "")),
            together=self._together(row, texts.get(_TOGETHER, "")),
            judgements={column: grade for column, grade in grades.items() if grade},
            overall=overall,
        )

    def _grade(self, row: int, column: str, text: str) -> str:
        grade = read_grade(text, self._words)
        if grade is None:
            raise self._wrong(row, column, text, "a grade")
        return grade

    def _day(self, row: int, text: str) -> dt.date | None:
        if not text:
            return None
        for form in _WRITTEN:
            try:
                return dt.datetime.strptime(text, form).date()  # noqa: DTZ007 - a day
            except ValueError:
                continue
        raise self._wrong(row, "published", text, "a date such as 2018-03-12")

    def _together(self, row: int, text: str) -> bool | None:
        if not text:
            return None
        if text.casefold() not in _YES_NO:
            raise self._wrong(row, _TOGETHER, text, "y or n")
        return _YES_NO[text.casefold()]

    def _wrong(self, row: int, column: str, text: str, wanted: str) -> GradesFileError:
        problem = f"{text[:LONGEST]!r} is not {wanted}"
        return GradesFileError(self._file, row=row, column=column, problem=problem)
