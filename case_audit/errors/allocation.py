"""What can go wrong when cases are given to auditors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.errors.base import CaseAuditError, ExitCode, shown

if TYPE_CHECKING:
    from collections.abc import Sequence


class AuditorsFileError(CaseAuditError):
    """The list of auditors is not as it should be."""

    exit_code = ExitCode.USAGE

    def __init__(self, file: str, *, line: int, problem: str) -> None:
        super().__init__(
            f"{shown(file)}, line {line}: {problem}.",
            details=["Nothing was given out."],
            hint="Save it as CSV (UTF-8) with the header "
            "`auditor,team,capacity,worker,own,cohorts` and one auditor a line; only "
            "the first column is needed.",
        )
        self.line = line


class NoAllocationError(CaseAuditError):
    """Not every case can be given to somebody who may read it."""

    def __init__(
        self, *, left: int, cases: int, reasons: Sequence[str], hint: str
    ) -> None:
        what = "case" if left == 1 else "cases"
        super().__init__(
            f"{left} {what} of {cases} cannot be given to anybody. Nothing was "
            "given out.",
            details=reasons,
            hint=hint,
        )
        self.left = left


class NothingAllocatedError(CaseAuditError):
    """There is no allocation to clear or to undo."""

    def __init__(self, *, round_name: str) -> None:
        super().__init__(
            f"No case of {round_name!r} is given to anybody.",
            hint=f'Give them out: case-audit assign "{round_name}" --auditors FILE',
        )


class GivenToAnotherError(CaseAuditError):
    """A case is given to somebody else, who has not begun it."""

    def __init__(self, *, auditor: str, number: int) -> None:
        super().__init__(
            f"Case {number} is given to {auditor}.",
            hint="Ask before you open it; if you do, that is recorded.",
        )
        self.auditor, self.number = auditor, number
