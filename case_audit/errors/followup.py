"""What can go wrong with actions and escalations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.errors.base import CaseAuditError, ExitCode, shown

if TYPE_CHECKING:
    from collections.abc import Sequence


class ActionError(CaseAuditError):
    """An action is not as it should be.

    Args:
        what: The part of it, for example ``owner``.
        problem: What is wrong with it, as the rest of a sentence.
        hint: What to write instead.
    """

    exit_code = ExitCode.USAGE

    def __init__(self, what: str, problem: str, *, hint: str) -> None:
        super().__init__(f"The {what} {shown(problem, longest=300)}.", hint=hint)


class UnknownActionError(CaseAuditError):
    """The round has no such action."""

    def __init__(self, number: int, *, known: Sequence[int]) -> None:
        there = ", ".join(map(str, known)) or "none"
        super().__init__(
            f"There is no action {number} in this round.",
            hint=f"There are: {there}. `case-audit actions list` shows them.",
        )


class ActionStateError(CaseAuditError):
    """An action is not in the state that its next step needs."""

    def __init__(self, number: int, *, status: str) -> None:
        super().__init__(
            f"Action {number} is {status}.",
            hint="An action is done first, and verified then. Nothing was changed.",
        )


class NoEscalationError(CaseAuditError):
    """A case has no open escalation."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"Case {number} has no open escalation.",
            hint="`case-audit escalations list` shows those that are open.",
        )
