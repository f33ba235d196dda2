"""Fixtures of the app."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from case_audit.services.settings import remember_auditor
from case_audit.tui.app import Start
from stored import a_round, with_frame

if TYPE_CHECKING:
    from pathlib import Path

    from case_audit.services.database import Database


@pytest.fixture
def ready(embedded: Database, tmp_path: Path) -> Start:
    """A practice round of five cases, and an auditor who gave her name."""
    with_frame(embedded)
    a_round(embedded)
    settings = tmp_path / "settings"
    remember_auditor(settings, "Ann Auditor")
    return Start(url=embedded.url, settings=settings, round_name="Spring 2026")
