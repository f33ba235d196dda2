"""Opens the app, without the library of the command line where it is not needed."""

from __future__ import annotations

import os
import sys
from typing import Final, Literal

from case_audit.cli.choices import (
    database_there,
    database_url,
    folder,
    options,
    terminal,
)
from case_audit.cli.collecting import settle, wait
from case_audit.errors import CaseAuditError, NoTerminalError

STRAIGHT: Final[tuple[list[str], ...]] = ([], ["audit"])
"""What can be typed after the program's name to open the app straight away."""


def straight_on(arguments: list[str]) -> bool:
    """Open the app, if that is all that was asked for and nothing is in the way.

    The library of the command line takes a third of the time to the first screen.

    Args:
        arguments: What was typed after the program's name.

    Returns:
        Whether the app was open. Where it was not, the ordinary way has to be
        taken, which also tells what is wrong.

    Raises:
        SystemExit: If the app ended with a code of its own.
    """
    if arguments not in STRAIGHT or not (terminal() and database_there()):
        return False
    newest = bool(arguments)
    if newest and plain_because(None):
        return False
    os.umask(0o077)  # whatever is written is for its owner alone
    try:
        open_app(newest=newest)
    except CaseAuditError:
        return False
    return True


def open_app(
    *,
    round_name: str = "",
    unit: str = "",
    url: str = "",
    newest: bool = False,
    tour: Literal["", "offer", "alone"] = "",
) -> None:
    """Open the app, if there is a terminal to open it in.

    Raises:
        NoTerminalError: If there is none.
        SystemExit: If the app ended with a code of its own.
    """
    if not terminal():
        raise NoTerminalError
    wait()
    from case_audit.services.settings import read_settings
    from case_audit.tui.app import CaseAuditApp, Start

    mouse = options.mouse and read_settings(folder("config")).mouse
    app = CaseAuditApp(
        Start(
            url=url or database_url(),
            settings=folder("config"),
            round_name=round_name,
            unit=unit,
            newest=newest,
            rubrics=options.rubrics,
            tour=tour,
        ),
        settled=settle,
    )
    app.run(mouse=mouse)
    if app.return_code:
        raise SystemExit(app.return_code)


def plain_because(asked: bool | None) -> str:  # noqa: FBT001 - Typer gives it
    """Return why the dialogue is to be used instead of the app; empty if not.

    What was typed comes before the environment, that before the terminal.
    """
    if asked is not None:
        return "--plain" if asked else ""
    if os.environ.get("CASE_AUDIT_PLAIN", "0") not in ("", "0"):
        return "CASE_AUDIT_PLAIN"
    dumb = os.environ.get("TERM") == "dumb" and sys.stdin.isatty()
    return "TERM=dumb" if dumb else ""
