"""Which ways lead straight into the app, and which are the ordinary ones."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

from case_audit.cli import opening
from case_audit.cli.opening import straight_on

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("arguments", [[], ["audit"], ["audit", "U1"], ["--help"]])
def test_without_a_terminal_the_ordinary_way_is_taken(arguments: list[str]) -> None:
    """A pipe, a scheduled run: it says what to do instead."""
    assert not straight_on(arguments)


def test_what_is_in_the_way_is_told_by_the_ordinary_way(
    db: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A dialogue that was asked for, settings that cannot be read."""
    monkeypatch.setattr(opening, "terminal", lambda: True)
    monkeypatch.setenv("CASE_AUDIT_DB", str(tmp_path / "none.db"))
    assert not straight_on([])

    monkeypatch.setenv("CASE_AUDIT_DB", db)
    monkeypatch.setenv("CASE_AUDIT_PLAIN", "1")
    assert not straight_on(["audit"])

    monkeypatch.delenv("CASE_AUDIT_PLAIN")
    broken = tmp_path / "config" / "case-audit" / "settings.toml"
    broken.parent.mkdir(parents=True)
    broken.write_text("auditor = ")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    before = gc.isenabled()
    assert not straight_on(["audit"])
    (gc.enable if before else gc.disable)()
