"""What can go wrong with a lead's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.errors.base import CaseAuditError, ExitCode, shown

if TYPE_CHECKING:
    from collections.abc import Sequence


class UnknownSectionError(CaseAuditError):
    """The self-assessment has no such section to write."""

    exit_code = ExitCode.USAGE

    def __init__(self, section: str, *, known: Sequence[str]) -> None:
        super().__init__(
            f"{shown(section)!r} is no section of the self-assessment.",
            hint=f"Choose one of: {', '.join(known)}.",
        )


class PassageError(CaseAuditError):
    """A text cannot be kept."""

    exit_code = ExitCode.USAGE

    def __init__(self, reason: str, *, hint: str) -> None:
        super().__init__(f"Nothing was kept: {reason}.", hint=hint)
