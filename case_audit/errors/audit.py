"""What can go wrong while cases are audited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.errors.base import CaseAuditError

if TYPE_CHECKING:
    from collections.abc import Sequence


class NotReadyError(CaseAuditError):
    """An audit cannot be submitted yet."""

    def __init__(self, missing: Sequence[str]) -> None:
        number = len(missing)
        count = "1 thing is" if number == 1 else f"{number} things are"
        super().__init__(
            f"This audit cannot be submitted yet: {count} missing.",
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
