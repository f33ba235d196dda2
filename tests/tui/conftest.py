"""Fixtures of the app."""

from __future__ import annotations

import gc
import shutil
from typing import TYPE_CHECKING

import pytest

from case_audit.services.database import Database
from case_audit.services.settings import remember_auditor
from case_audit.tui.app import Start

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True, scope="module")
def _apps_are_let_go() -> Iterator[None]:
    """Finished apps do not pile up: Python would wait for a quarter more objects."""
    yield
    gc.collect()


@pytest.fixture
def embedded(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An embedded database: with a round if the test wants it ready, else empty."""
    wanted = "round_file" if "ready" in request.fixturenames else "_blank_file"
    path = shutil.copy(request.getfixturevalue(wanted), tmp_path / "audit.db")
    opened = Database(str(path))
    yield opened
    opened.close()


@pytest.fixture
def ready(embedded: Database, tmp_path: Path) -> Start:
    """A practice round of five cases, and an auditor who gave her name."""
    settings = tmp_path / "settings"
    remember_auditor(settings, "Ann Auditor")
    return Start(url=embedded.url, settings=settings, round_name="Spring 2026")
