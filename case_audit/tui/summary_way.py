"""The way to the summary of a round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.errors import CaseAuditError
from case_audit.services.selfassessment import summarise
from case_audit.services.trend import trends_to
from case_audit.tui.screens.summary import SummaryScreen

if TYPE_CHECKING:
    from case_audit.tui.app import CaseAuditApp


def show_summary(app: CaseAuditApp, name: str) -> None:
    """Show what a round found, or why it cannot be summed up.

    Args:
        app: The application.
        name: The round.
    """
    try:
        found = summarise(app.database, name)
    except CaseAuditError as error:
        app.show_error(error)
        return
    app.push_screen(
        SummaryScreen(
            name,
            found,
            kind=app.kind,
            trends=lambda: trends_to(app.database, name),
        )
    )
