"""What can go wrong with frames."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.errors.base import CaseAuditError, shown

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


class FrameFileError(CaseAuditError):
    """A list of units to draw from is not as it should be."""

    def __init__(self, file: str, *, line: int, problem: str) -> None:
        super().__init__(
            f"{file}, line {line}: {problem}.",
            hint="The file needs one `unit TAB stratum` a line: what "
            "`case-audit frame export` prints.",
        )
