"""Everything that can go wrong in a way the user can act on."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class ExitCode(IntEnum):
    """What the shell sees. Scripts rely on these numbers: add, never renumber."""

    DONE = 0
    FAILED = 1
    """Refused, or failed for a reason the message gives."""
    USAGE = 2
    """The command line itself is wrong."""
    DIFFERENT = 3
    """A check ran to its end and found something different."""


class CaseAuditError(Exception):
    """Base class. Never raised itself.

    Args:
        message: What happened, with the offending value in it. A sentence.
        details: Further lines, shown indented: where, and what was counted.
        hint: What the user can do next, as one sentence or command.

    Messages never carry a child's name, identifier, date of birth or free
    text, because they end up in terminals, logs and screenshots.
    """

    exit_code: ExitCode = ExitCode.FAILED

    def __init__(
        self, message: str, *, details: Sequence[str] = (), hint: str = ""
    ) -> None:
        super().__init__(message)
        self.details = tuple(details)
        self.hint = hint

    @property
    def lines(self) -> list[str]:
        """The whole message as lines, the way it is printed."""
        shown = [str(self), *(f"  {line}" for line in self.details)]
        return [*shown, f"  {self.hint}"] if self.hint else shown


# The sample


class SampleTooLargeError(CaseAuditError):
    """More cases were asked for than the frame holds."""

    def __init__(
        self, *, asked: int, available: int, excluded: Sequence[str] = ()
    ) -> None:
        super().__init__(
            f"Cannot draw {asked} cases: the frame holds {available}.",
            details=excluded,
            hint=f"Ask for {available} or fewer, or see who was left out: "
            "case-audit frame show COHORT",
        )
        self.asked = asked
        self.available = available


class SampleTooSmallError(CaseAuditError):
    """The strata's minimums need a larger sample."""

    def __init__(self, *, asked: int, needed: int, strata: int, minimum: int) -> None:
        super().__init__(
            f"Cannot draw {asked} cases from {strata} strata with at least "
            f"{minimum} from each.",
            details=[f"The smallest such sample has {needed} cases."],
            hint=f"Ask for {needed} or more, stratify by fewer attributes, or lower "
            "--minimum (below 2 a stratum gives no measure of its own spread).",
        )
        self.needed = needed


class ManifestError(CaseAuditError):
    """A file is not the manifest of a draw."""

    def __init__(self, problem: str) -> None:
        super().__init__(
            f"This is not a manifest that can be checked: {problem}.",
            hint="Use the file that `case-audit draw --out` wrote, unchanged.",
        )


class StratumNotAuditedError(CaseAuditError):
    """Nothing was audited in part of the frame, so nothing can be said of all."""

    def __init__(self, *, strata: Sequence[str]) -> None:
        super().__init__(
            f"No case was audited in {len(strata)} of the strata, so there is no "
            "estimate for the whole frame.",
            details=strata,
            hint="Finish the audits of the drawn cases, or report on the other "
            "strata alone.",
        )
        self.strata = tuple(strata)


class NothingAppliesError(CaseAuditError):
    """A question applied to no audited case."""

    def __init__(self, *, audited: int) -> None:
        super().__init__(
            f"The question applied to none of the {audited} audited cases, so "
            "there is no estimate."
        )
        self.audited = audited


# Rubrics


class RubricError(CaseAuditError):
    """A rubric file is not as it should be.

    Args:
        file: Name of the file.
        line: Line in it, from 1.
        key: The key concerned, as a path such as ``domains[2].criteria[0].asks``.
        expected: What should stand there, as a phrase.
        found: What stands there instead.
    """

    def __init__(
        self, *, file: str, line: int, expected: str, key: str = "", found: str = ""
    ) -> None:
        where = f"{file}:{line}: {key}" if key else f"{file}:{line}"
        instead = f", found {found}" if found else ""
        super().__init__(
            f"{where}: expected {expected}{instead}.",
            hint="See docs/rubric-author.md for the format; "
            "`case-audit rubric check FILE` tries it.",
        )
        self.file, self.line, self.key = file, line, key


class UnknownRubricError(CaseAuditError):
    """No rubric, module, scale, framework or rule set has that name."""

    def __init__(self, kind: str, name: str, *, known: Sequence[str]) -> None:
        super().__init__(
            f"There is no {kind} called {name!r}.",
            details=[f"Known: {', '.join(known) or 'none'}."],
            hint="`case-audit rubric list` shows the rubrics.",
        )


# The database


class DatabaseError(CaseAuditError):
    """The database cannot be opened or written."""

    def __init__(self, where: str, *, reason: str) -> None:
        super().__init__(
            f"The database {where} cannot be used: {reason}.",
            hint="Check the path or address, and that you may write there; "
            "--db or CASE_AUDIT_DB chooses another.",
        )


class ForeignDatabaseError(CaseAuditError):
    """The database holds tables of something else."""

    def __init__(self, tables: int) -> None:
        super().__init__(
            "This database belongs to another program.",
            details=[f"It holds {tables} tables, none of them case-audit's."],
            hint="Choose an empty one, or a new file: --db PATH.",
        )


class NewerDatabaseError(CaseAuditError):
    """A newer version of the program wrote the database."""

    def __init__(self, version: str) -> None:
        super().__init__(
            f"A newer version of case-audit wrote this database (schema {version}).",
            details=["Nothing was read or changed."],
            hint="Install the newer version here as well.",
        )


# Reading workbooks and extra files


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


class ChangedMeanwhileError(CaseAuditError):
    """Somebody else changed the same thing first."""

    def __init__(self) -> None:
        super().__init__(
            "This was changed somewhere else in the meantime; nothing was overwritten.",
            hint="Open the case again to see both versions.",
        )


class UnknownFrameError(CaseAuditError):
    """There is no frame of that cohort."""

    def __init__(self, cohort: str, *, known: Sequence[str]) -> None:
        super().__init__(
            f"There is no frame for {cohort!r}.",
            details=[f"Frames here: {', '.join(known) or 'none yet'}."],
            hint="Import a workbook first: case-audit import PATH"
            if not known
            else "`case-audit frame list` shows them.",
        )


class UnknownRoundError(CaseAuditError):
    """There is no round of that name."""

    def __init__(self, name: str, *, known: Sequence[str]) -> None:
        super().__init__(
            f"There is no round called {name!r}.",
            details=[f"Rounds here: {', '.join(known) or 'none yet'}."],
            hint="`case-audit round list` shows them; `case-audit draw` makes one.",
        )


class MixedDataError(CaseAuditError):
    """Invented and real data would be mixed."""

    def __init__(self, *, database: str) -> None:
        incoming = "real" if database == "practice" else "invented practice"
        super().__init__(
            f"This is a {database} database; {incoming} data cannot go into it.",
            details=["Nothing was imported. The two kinds are never mixed."],
            hint="Choose another database: --db PATH.",
        )


class RoundExistsError(CaseAuditError):
    """A round of that name was drawn before."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"There is a round called {name!r} already.",
            details=["A sample that was drawn is never drawn over."],
            hint="Give this one another name: --name NAME.",
        )


class WrongCohortError(CaseAuditError):
    """A rubric is not meant for that cohort."""

    def __init__(self, rubric: str, *, cohort: str, meant_for: Sequence[str]) -> None:
        super().__init__(
            f"The rubric {rubric!r} is not meant for the cohort {cohort!r}.",
            details=[f"It is meant for: {', '.join(meant_for)}."],
            hint="`case-audit rubric list` shows which rubric suits which cohort.",
        )


class UnknownStratumError(CaseAuditError):
    """No unit of the frame has an attribute of that name."""

    def __init__(self, name: str, *, known: Sequence[str]) -> None:
        super().__init__(
            f"The frame cannot be stratified by {name!r}.",
            details=[f"It can by: {', '.join(known)}."],
            hint="Name one or more of these, separated by commas: --strata team",
        )


class UnknownUnitsError(CaseAuditError):
    """Units named in a file are not in the frame."""

    def __init__(self, file: str, *, lines: Sequence[int], frame: str) -> None:
        shown = ", ".join(str(line) for line in lines[:10])
        more = f" and {len(lines) - 10} more" if len(lines) > 10 else ""  # noqa: PLR2004
        super().__init__(
            f"{file} names cases that are not in the frame {frame!r}.",
            details=[f"Lines {shown}{more}. Nothing was drawn."],
            hint="Correct the identifiers, or take the lines out.",
        )


class NotReadyError(CaseAuditError):
    """An audit cannot be submitted yet."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(
            f"This audit cannot be submitted yet: {len(missing)} things are missing.",
            details=missing,
            hint="Fill them in; everything else is kept.",
        )


class NotYoursError(CaseAuditError):
    """Somebody else audits the case, or it was submitted."""

    def __init__(self, *, auditor: str, state: str) -> None:
        what = "has submitted" if state == "submitted" else "is auditing"
        super().__init__(
            f"{auditor} {what} this case; it can be read, but not changed.",
        )


# Files


class FileError(CaseAuditError):
    """A file cannot be read or written."""

    def __init__(self, path: str, *, action: str, reason: str | None) -> None:
        super().__init__(
            f"{path} cannot be {action}: {reason or 'the system gives no reason'}.",
            hint="Check the path, and that you may use it.",
        )


class SettingsError(CaseAuditError):
    """The settings file cannot be understood."""

    def __init__(self, path: str, *, problem: str) -> None:
        super().__init__(
            f"The settings in {path} cannot be read: {problem}.",
            hint="Mend the file or delete it; the app asks for your name again.",
        )


class ExclusionsError(CaseAuditError):
    """The list of cases to leave out is not as it should be."""

    def __init__(self, file: str, *, line: int, problem: str) -> None:
        super().__init__(
            f"{file}, line {line}: {problem}.",
            details=["Nothing was drawn."],
            hint="The file needs a header `unit,reason` and one case a line.",
        )


class FrameFileError(CaseAuditError):
    """A list of units to draw from is not as it should be."""

    def __init__(self, file: str, *, line: int, problem: str) -> None:
        super().__init__(
            f"{file}, line {line}: {problem}.",
            hint="The file needs one `unit TAB stratum` a line: what "
            "`case-audit frame export` prints.",
        )


class NoRubricError(CaseAuditError):
    """No rubric, or more than one, is meant for a cohort."""

    def __init__(self, cohort: str, *, found: Sequence[str]) -> None:
        what = f"{len(found)} rubrics are" if found else "no rubric is"
        super().__init__(
            f"For the cohort {cohort!r} {what} at hand.",
            details=[f"They are: {', '.join(found)}."] if found else [],
            hint="Name one: --rubric NAME, as in `case-audit rubric list`.",
        )


class UnknownUnitError(CaseAuditError):
    """A unit is not on a manifest."""

    def __init__(self) -> None:
        super().__init__(
            "That unit is neither drawn nor a reserve on this manifest.",
            hint="Its number can still be computed: it was not small enough.",
        )


class SeedError(CaseAuditError):
    """Randomness is too short to be a seed."""

    exit_code = ExitCode.USAGE

    def __init__(self, *, characters: int, needed: int) -> None:
        super().__init__(
            f"The seed has {characters} characters; at least {needed} are needed.",
            hint="Throw ten-sided dice before two witnesses until there are twenty "
            "digits, or leave --seed out and use the computer's own randomness.",
        )


# The app


class NoTerminalError(CaseAuditError):
    """There is no terminal to open the app in."""

    def __init__(self) -> None:
        super().__init__(
            "The app needs a terminal that can draw screens, and there is none here.",
            hint="Run it in a terminal window. Everything else works without one: "
            "case-audit --help",
        )


class UnknownCaseError(CaseAuditError):
    """The round has no such case."""

    def __init__(self, round_name: str) -> None:
        super().__init__(
            f"That case is not in the round {round_name!r}.",
            hint=f'`case-audit round show "{round_name}"` lists its cases.',
        )


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
