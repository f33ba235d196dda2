"""What can go wrong while cases are audited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.errors.base import CaseAuditError

if TYPE_CHECKING:
    from collections.abc import Sequence


class NotReadyError(CaseAuditError):
    """An audit cannot be submitted yet."""

    def __init__(self, missing: Sequence[str]) -> None:
        things = "1 thing is" if len(missing) == 1 else f"{len(missing)} things are"
        super().__init__(
            f"This audit cannot be submitted yet: {things} missing.",
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


class NothingAskedError(CaseAuditError):
    """No criterion of the rubric is asked of the case."""

    def __init__(self, *, rubric: str, number: int) -> None:
        super().__init__(
            f"The rubric {rubric} asks nothing of case {number}, so there is nothing "
            "to audit.",
            hint="Its conditions or cohorts leave this case out: `applies_if` and "
            "`cohorts` in the rubric.",
        )


class UnknownCaseError(CaseAuditError):
    """The round has no such case."""

    def __init__(self, round_name: str) -> None:
        super().__init__(
            f"That case is not in the round {round_name!r}.",
            hint=f'`case-audit round show "{round_name}"` lists its cases.',
        )


class ChangedMeanwhileError(CaseAuditError):
    """Somebody else changed the same thing first."""

    def __init__(self) -> None:
        super().__init__(
            "This was changed somewhere else in the meantime; nothing was overwritten.",
            hint="Open the case again to see both versions.",
        )


class NoRoundsError(CaseAuditError):
    """No sample was drawn yet."""

    def __init__(self) -> None:
        super().__init__(
            "No sample is drawn yet, so there is no round.",
            hint="Draw one: case-audit draw --cohort cp --size 30",
        )
