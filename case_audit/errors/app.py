"""What can keep the app from opening."""

from __future__ import annotations

from case_audit.errors.base import CaseAuditError


class NoTerminalError(CaseAuditError):
    """There is no terminal to open the app in."""

    def __init__(self) -> None:
        super().__init__(
            "The app needs a terminal that can draw screens, and there is none here.",
            hint="Run it in a terminal window. Everything else works without one: "
            "`case-audit round list`, `case-audit summary`, `case-audit --help`.",
        )
