"""What was chosen before any command: the database, folders, the terminal.

Needs nothing but the standard library, so that the app can open before the library of
the command line is loaded.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(slots=True)
class Common:
    """The options that every command takes, wherever they stand.

    Attributes:
        db: ``--db``, a path or an address.
        rubrics: ``--rubrics``, a folder.
        quiet: ``--quiet``: nothing but the result and errors.
        color: Whether colour may be used at all.
        mouse: Whether the app may listen to the mouse.
        arguments: What else was typed, in order.
    """

    db: str | None = None
    rubrics: Path | None = None
    quiet: bool = False
    color: bool = True
    mouse: bool = True
    arguments: tuple[str, ...] = ()


options = Common()
"""Set once by the command line, read by the commands."""


def folder(kind: str) -> Path:
    """Return the user's own folder for data or settings.

    Args:
        kind: ``"data"`` or ``"config"``.
    """
    import platformdirs

    if kind == "data":
        return platformdirs.user_data_path("case-audit", appauthor=False)
    return platformdirs.user_config_path("case-audit", appauthor=False)


def database_url() -> str:
    """Return the address of the database that was chosen, or the usual one."""
    chosen = options.db or os.environ.get("CASE_AUDIT_DB")
    return chosen or str(folder("data") / "case-audit.db")


def database_there() -> bool:
    """Whether the chosen database exists; a server is taken at its word."""
    url = database_url()
    return "://" in url or Path(url).exists()


def terminal() -> bool:
    """Whether a person sits at a terminal that can show the app."""
    usable = os.environ.get("TERM", "") != "dumb" or sys.platform == "win32"
    return sys.stdin.isatty() and sys.stdout.isatty() and usable
