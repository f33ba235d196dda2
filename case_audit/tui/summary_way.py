"""The way to the summary of a round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.errors import CaseAuditError
from case_audit.services.selfassessment import summarise
from case_audit.services.trend import read_trends
from case_audit.tui.screens.summary import SummaryScreen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from case_audit.tui.app import CaseAuditApp


def show_summary(app: CaseAuditApp, name: str, *, folders: Sequence[Path]) -> None:
    """Show what a round found, or why it cannot be summed up.

    Args:
        app: The application.
        name: The round.
        folders: A person's own folders of rubrics, in which crosswalks may lie.
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
            trends=lambda walks: read_trends(
                app.database, name, crosswalks=walks, folders=folders
            ),
        )
    )
