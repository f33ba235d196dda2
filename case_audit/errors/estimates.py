"""What can keep an estimate from being made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.errors.base import CaseAuditError, ExitCode, shown

if TYPE_CHECKING:
    from collections.abc import Sequence


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


class TooFewClustersError(CaseAuditError):
    """How clusters differ cannot be seen in a single one."""

    def __init__(self, *, audited: int) -> None:
        super().__init__(
            f"Cases of {audited} of the clusters were audited; an estimate for the "
            "whole frame needs two at least.",
            hint="Finish the audits of another drawn cluster, or draw more clusters.",
        )
        self.audited = audited


class NothingGradedError(CaseAuditError):
    """An earlier round has no graded cases to expect anything from."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f'No case of the round "{name}" is graded as a whole, so there is no '
            "share to expect.",
            hint="Name another round, or give the share itself with --expect.",
        )


class CalculatorFileError(CaseAuditError):
    """A file given to a calculator is not as it should be."""

    exit_code = ExitCode.USAGE

    def __init__(
        self, file: str, *, line: int, problem: str, columns: Sequence[str]
    ) -> None:
        super().__init__(
            f"{shown(file)}:{line}: {problem}.",
            details=["Nothing was calculated."],
            hint=f"Save it as CSV (UTF-8) with the header `{','.join(columns)}`.",
        )
        self.line = line
