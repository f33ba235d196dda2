"""Who is at the keyboard, and how that person likes the app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.exchange.settings_file import (
    FILE,
    PRESETS,
    THEMES,
    Settings,
    change_settings,
    read_settings,
    written,
)
from case_audit.security.text_gate import one_line

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "PRESETS",
    "THEMES",
    "Settings",
    "change_settings",
    "read_settings",
    "remember_auditor",
    "settings_file",
    "written",
]

LONGEST_NAME = 60


def settings_file(folder: Path) -> Path:
    """Return where the settings are kept."""
    return folder / FILE


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
        change_settings(folder, {("auditor",): cleaned})
    return cleaned
