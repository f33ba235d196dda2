"""What can go wrong with files that are read or written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.errors.base import CaseAuditError, ExitCode, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LONGEST = 1000
"""Characters after which the path of a file is cut off."""


class NotUnderstoodError(CaseAuditError):
    """A path is none of the kinds of source that can be imported."""

    def __init__(
        self, name: str, *, seen: str, kinds: Iterable[str], table: bool = False
    ) -> None:
        super().__init__(
            f"{shown(name)} is nothing that can be imported: {shown(seen, longest=LONGEST)}.",
            details=["What is understood:", *(f"- {kind}" for kind in kinds)],
            hint=f"Let a mapping file be written for it: case-audit import {shown(name)} "
            "--map"
            if table
            else "Name one of these, or say what it is with --kind.",
        )


class SeveralSourcesError(CaseAuditError):
    """A folder holds more than can be imported at once."""

    def __init__(self, folder: str, *, files: Sequence[str]) -> None:
        some = ", ".join(shown(file) for file in files[:5])
        super().__init__(
            f"{shown(folder)} holds several returns: {some}.",
            hint="Import one at a time: name the file, or move the others away.",
        )


class WrongKindError(CaseAuditError):
    """There is no such kind of source."""

    exit_code = ExitCode.USAGE

    def __init__(self, kind: str, *, known: Sequence[str]) -> None:
        super().__init__(
            f'There is no kind of file called "{shown(kind)}".',
            hint=f"Use one of: {', '.join(known)}.",
        )


class TableError(CaseAuditError):
    """A file is not a table that can be read."""

    def __init__(self, name: str, *, reason: str, hint: str, line: int = 0) -> None:
        where = f", line {line}" if line else ""
        super().__init__(
            f"{shown(name)}{where}: {reason}.",
            details=["Nothing was imported."],
            hint=hint,
        )
        self.line = line


class NoParquetError(CaseAuditError):
    """What reads Parquet tables is not installed."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{shown(name)} is a Parquet table, and what reads those is not installed.",
            details=["Nothing was imported."],
            hint="Install it: pip install 'case-audit[bigframe]' - or save the table "
            "as CSV.",
        )


class MappingError(CaseAuditError):
    """A mapping file is not as it should be, or does not fit its table.

    Args:
        file: Name of the mapping file.
        line: Line in it, from 1.
        key: The key concerned, as a path such as ``columns.gender.codes``.
        problem: What is wrong, as a sentence without its full stop.
        hint: What to write instead.
    """

    def __init__(
        self, file: str, *, line: int, problem: str, hint: str, key: str = ""
    ) -> None:
        where = f"{shown(file)}:{line}: " + (f"{shown(key)}: " if key else "")
        super().__init__(
            f"{where}{shown(problem, longest=LONGEST)}.",
            details=["Nothing was imported."],
            hint=shown(hint, longest=LONGEST),
        )
        self.file, self.line, self.key = file, line, key


class NoMappingError(CaseAuditError):
    """A table is to be read and no mapping file says how."""

    exit_code = ExitCode.USAGE

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{shown(name)} is to be read as a table, and no mapping file is named.",
            details=["Nothing was imported."],
            hint=f"Let a draft be written: case-audit import {shown(name)} --map",
        )


class MappingExistsError(CaseAuditError):
    """A draft would be written over a mapping file."""

    def __init__(self, name: str, *, table: str, command: str = "import") -> None:
        super().__init__(
            f"{shown(name)} is there already.",
            details=["Nothing was written."],
            hint=f"Use it: case-audit {command} {shown(table)} --map {shown(name)} - or "
            "move it away to get a new draft.",
        )


class NotAWorkbookError(CaseAuditError):
    """The file is not an .xlsx workbook that can be opened."""

    def __init__(self, reason: str, *, hint: str) -> None:
        super().__init__(
            f"This is not a readable .xlsx workbook: {reason}.",
            details=["Nothing was imported."],
            hint=hint,
        )


class UnusableWorkbookError(CaseAuditError):
    """The workbook is built in a way that is refused before it is read."""

    def __init__(self, what: str, *, where: str, hint: str) -> None:
        super().__init__(
            f"The workbook is refused: {what}.",
            details=[f"Where: {where}.", "Nothing was imported."],
            hint=hint,
        )
        self.where = where


class WorkbookReaderError(CaseAuditError):
    """The separate process that reads workbooks ended before it was done."""

    def __init__(self, reason: str, *, where: str = "") -> None:
        super().__init__(
            f"The workbook could not be read to its end: {reason}.",
            details=[*([f"Where: {where}."] if where else []), "Nothing was imported."],
            hint="Open it in a spreadsheet program, copy the lists as values into "
            "a new workbook, and import that.",
        )


class NoListsError(CaseAuditError):
    """No sheet of the workbook is one of the Annex A lists."""

    def __init__(self, sheets: int) -> None:
        super().__init__(
            "None of the workbook's sheets is an Annex A list.",
            details=[f"It has {sheets} sheets.", "Nothing was imported."],
            hint='Name the sheets "List 1" to "List 11", or after what they hold, '
            'for example "Child protection".',
        )


class MissingIdColumnError(CaseAuditError):
    """A list has no column with the children's identifiers."""

    def __init__(self, sheet: str, *, column: str) -> None:
        super().__init__(
            f'The sheet "{sheet}" has no column "{column}".',
            details=["Nothing was imported."],
            hint="Put the column's header into the header row, within the first "
            "15 rows of the sheet.",
        )
        self.sheet, self.column = sheet, column


class UnusableReturnError(CaseAuditError):
    """A statutory return, or a file of one, cannot be used."""

    def __init__(
        self, file: str, reason: str, *, line: int = 0, hint: str = ""
    ) -> None:
        super().__init__(
            f"{shown(file)} cannot be read as a return: {reason}.",
            details=[*([f"Line {line}."] if line else []), "Nothing was imported."],
            hint=hint or "Export the return again, and import that file as it is.",
        )
        self.line = line


class UnusableExtrasError(CaseAuditError):
    """A file of extra columns cannot be used."""

    def __init__(self, reason: str, *, line: int = 0) -> None:
        super().__init__(
            f"The extra columns cannot be read: {reason}.",
            details=[f"Line {line}."] if line else [],
            hint="Save it as CSV (UTF-8) with a header row, one child a row, and "
            'the column "Child Unique ID".',
        )
        self.line = line


class CaseFilesError(CaseAuditError):
    """A file of children's documents is not as it should be."""

    def __init__(self, file: str, *, line: int, problem: str) -> None:
        super().__init__(
            f"{file}, line {line}: {problem}.",
            details=["Nothing was read from it."],
            hint="The first line says what the file is; after it there is one child "
            "a line, as JSON. `case-audit synth make` writes such a file.",
        )


class MixedFilesError(CaseAuditError):
    """One of two files is invented data, the other is not."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(
            f"Of {one} and {other}, one is marked as invented data and one is not.",
            details=["Nothing was imported."],
            hint="Import files that belong together.",
        )


class FolderNotEmptyError(CaseAuditError):
    """Files would be written over."""

    def __init__(self, folder: str, *, files: Sequence[str]) -> None:
        super().__init__(
            f"{folder} holds {', '.join(files)} already.",
            details=["Nothing was written."],
            hint="Choose another folder, or replace them: --replace",
        )


class FileError(CaseAuditError):
    """A file cannot be read or written."""

    def __init__(self, path: str, *, action: str, reason: str | None) -> None:
        super().__init__(
            f"{shown(path, longest=LONGEST)} cannot be {action}: {reason or 'the system gives no reason'}.",
            hint="Check the path, and that you may use it.",
        )


class GradesFileError(CaseAuditError):
    """A file of published grades is not as it should be."""

    def __init__(self, file: str, *, row: int, problem: str, column: str = "") -> None:
        where = f", column {column}" if column else ""
        super().__init__(
            f"{file}, row {row}{where}: {problem}.",
            hint="Save it as CSV (UTF-8): a header, then one report a row, with the "
            "grades in words.",
        )
        self.row, self.column = row, column


class SettingsError(CaseAuditError):
    """The settings file cannot be understood."""

    def __init__(self, path: str, *, problem: str, hint: str = "") -> None:
        super().__init__(
            f"The settings in {path} cannot be read: {problem}.",
            hint=hint
            or "Mend the file or delete it; the app asks for your name again.",
        )
