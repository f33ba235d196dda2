"""Who is at the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.exchange.settings_file import Settings, read_settings, write_settings
from case_audit.security.text_gate import one_line

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Settings", "read_settings", "remember_auditor"]

LONGEST_NAME = 60


def remember_auditor(folder: Path, name: str) -> str:
    """Keep the name that stands beside every answer.

    Args:
        folder: The user's folder for settings.
        name: As typed.

    Returns:
        The name as it is kept: one line, at most 60 characters; empty if
        nothing was left, and then nothing is kept.
    """
    cleaned = " ".join(one_line(name).split())[:LONGEST_NAME]
    if cleaned:
        write_settings(folder, Settings(auditor=cleaned))
    return cleaned
