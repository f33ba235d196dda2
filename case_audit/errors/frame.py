"""What can go wrong with frames."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.errors.base import CaseAuditError, ExitCode, shown

if TYPE_CHECKING:
    from collections.abc import Sequence


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


class UnknownCohortError(CaseAuditError):
    """There is no such kind of unit to draw."""

    def __init__(self, cohort: str, *, known: Sequence[str]) -> None:
        super().__init__(
            f"There is no cohort {shown(repr(cohort))}.",
            details=[f"Cohorts: {', '.join(known)}."],
            hint="docs/glossary.md, 'Who can be drawn', says what each is.",
        )


class UnknownStratumError(CaseAuditError):
    """No unit of the frame has an attribute of that name."""

    def __init__(self, name: str, *, known: Sequence[str]) -> None:
        super().__init__(
            f"The frame cannot be stratified by {name!r}.",
            details=[f"It can by: {', '.join(known)}."],
            hint="Name one or more of these, separated by commas: --strata team",
        )


class NoSuchFrameError(CaseAuditError):
    """No frame has that number, date or place."""

    def __init__(self, asked: str, *, known: Sequence[str]) -> None:
        super().__init__(
            f"There is no frame {shown(repr(asked))}.",
            details=[f"Frames here: {', '.join(known[:12]) or 'none yet'}."],
            hint="Name a frame by its number in `case-audit frame list`, or as cp, "
            "cp@previous or cp@2026-03-31.",
        )


class UnlikeFramesError(CaseAuditError):
    """Two frames hold different kinds of units."""

    def __init__(self, *, old: str, new: str) -> None:
        super().__init__(
            f"The frames cannot be compared: one is {old}, the other {new}.",
            hint="Compare frames of one cohort and one kind of unit; "
            "`case-audit frame list` shows both.",
        )


class NoEpisodesError(CaseAuditError):
    """The units of that cohort cannot be episodes."""

    exit_code = ExitCode.USAGE

    def __init__(self, cohort: str, *, known: Sequence[str]) -> None:
        super().__init__(
            f"A unit of {cohort} is one child: its list has no episodes.",
            details=[f"With episodes: {', '.join(known)}."],
            hint="Leave --unit out.",
        )


class NoWindowError(CaseAuditError):
    """That cohort has no window of time."""

    exit_code = ExitCode.USAGE

    def __init__(self, cohort: str, *, known: Sequence[str]) -> None:
        super().__init__(
            f"{cohort} holds open cases or a whole list: it has no window of months.",
            details=[f"With a window: {', '.join(known)}."],
            hint="Leave --closed-within out.",
        )


class NothingImportedError(CaseAuditError):
    """The newest import, or any, has not the list that a frame is made from."""

    def __init__(self, cohort: str, *, list_no: int) -> None:
        super().__init__(
            f"{cohort} is made from list {list_no}, of which the newest import has "
            "no rows.",
            hint="Import a workbook that has it: case-audit import PATH",
        )


class FrameFileError(CaseAuditError):
    """A list of units to draw from is not as it should be."""

    def __init__(self, file: str, *, line: int, problem: str) -> None:
        super().__init__(
            f"{file}, line {line}: {problem}.",
            hint="The file needs one `unit TAB stratum` a line: what "
            "`case-audit frame export` prints.",
        )
