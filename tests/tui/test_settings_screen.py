"""Settings are changed in the app, kept in the file, and in force at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from case_audit.errors import SettingsError
from case_audit.services.settings import read_settings
from case_audit.tui.app import CaseAuditApp
from case_audit.tui.screens.audit import AuditScreen
from case_audit.tui.screens.settings import PressKeyScreen, SettingsScreen
from case_audit.tui.settings_editor import SettingsEditor
from screens import at, shown, workspace
from waiting import until

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from case_audit.services.settings import Settings
    from case_audit.tui.app import Start


async def to(pilot: Pilot[Any], label: str) -> None:
    """Put the cursor on a line."""
    from textual.widgets import OptionList  # noqa: PLC0415

    screen = pilot.app.screen
    assert isinstance(screen, SettingsScreen)
    labels = [line.label for line in screen._lines]  # noqa: SLF001
    screen.query_one(OptionList).highlighted = labels.index(label)
    await pilot.pause()


async def ask(pilot: Pilot[Any], key: str, press: str, then: str) -> None:
    """Ask for a key, press it, and wait for what is said."""
    await pilot.press(key)
    await until(pilot, at(pilot, PressKeyScreen))
    await pilot.press(press)
    await until(pilot, lambda: then in shown(pilot.app))


async def test_settings_and_keys_are_changed_and_act_at_once(ready: Start) -> None:
    path = ready.settings / "settings.toml"
    path.write_text("# mine\n" + path.read_text() + "idle = 5 # is enough\n")
    async with workspace(ready, (120, 40)) as pilot:
        app = pilot.app
        await pilot.press("comma")
        await until(pilot, at(pilot, SettingsScreen))
        await pilot.press("comma")
        await to(pilot, "Colours")
        await pilot.press("right", "right")
        await until(pilot, lambda: app.theme == "contrast-light")
        await pilot.press("left", "u")
        await until(pilot, lambda: "Undone" in shown(app))
        assert app.theme == "contrast-light"

        await to(pilot, "Empty the screen")
        await pilot.press("enter")
        await until(pilot, lambda: "after 10 minutes" in shown(app))

        await to(pilot, "Next criterion")
        await ask(pilot, "enter", "f6", "F6")
        await ask(pilot, "a", "z", "F6, z")
        await ask(pilot, "enter", "u", "NOT CHANGED")
        assert '"audit.next" and "audit.undo"' in " ".join(shown(app).split())
        assert "[keys]" in shown(app)
        await ask(pilot, "enter", "escape", "Settings and keys")

        await to(pilot, "Grade 2")
        await pilot.press("delete")
        await until(pilot, lambda: "no key" in shown(app))
        await pilot.press("backspace")
        await until(pilot, lambda: "no key" not in shown(app))
        await to(pilot, "supervision")
        await pilot.press("right")
        await until(pilot, lambda: "Saved" in shown(app))

        await pilot.press("escape")
        await until(pilot, at(pilot, AuditScreen))
        assert "F6 p next, back" in shown(app)
        await pilot.press("n", "z")
        await until(pilot, lambda: "v2 Label of v2" in shown(app))

    found = read_settings(ready.settings)
    assert found.theme == "contrast-light"
    assert found.idle == 10
    assert found.keys == {"audit.next": ("f6", "z")}
    assert found.timescales["supervision"] == 32
    assert path.read_text().startswith("# mine\n")
    assert "# is enough" in path.read_text()


@pytest.fixture
def used() -> list[Settings]:
    return []


@pytest.fixture
def editor(tmp_path: Path, used: list[Settings]) -> SettingsEditor:
    return SettingsEditor(tmp_path, lambda settings, _: used.append(settings))


def test_every_change_can_be_undone(
    editor: SettingsEditor, tmp_path: Path, used: list[Settings]
) -> None:
    """One after the other, to the file as it was."""
    for way in (
        *(("theme",), ("preset",), ("mouse",), ("copying",), ("idle",)),
        ("timescales", "supervision"),
    ):
        editor.turn(way, 1)
    editor.give(("keys", "home.plan"), "ctrl+b")
    now = read_settings(tmp_path)
    assert (now.theme, now.preset, now.mouse) == ("contrast-dark", "vim", False)
    assert (now.copying, now.idle) == (True, 10)
    assert editor.keys_of("audit.back") == ("p", "h")

    while editor.can_undo:
        assert editor.undo()

    assert not editor.undo()
    before = read_settings(tmp_path / "nowhere")
    assert (read_settings(tmp_path), used[-1]) == (before, before)
    assert len(used) == 14


def test_what_cannot_work_changes_nothing(
    editor: SettingsEditor, tmp_path: Path, used: list[Settings]
) -> None:
    for key in ("u", "alt+1", "ctrl+q"):
        with pytest.raises(SettingsError):
            editor.give(("keys", "audit.next"), key)

    assert not (tmp_path / "settings.toml").exists()
    assert used == []
    assert not editor.can_undo


def test_limits_stay_within_bounds(editor: SettingsEditor, tmp_path: Path) -> None:
    editor.turn(("timescales", "referral_decision"), -1)

    assert read_settings(tmp_path).timescales == {"referral_decision": 1}


async def test_without_an_open_database_there_is_nothing_to_set(
    ready: Start,
) -> None:
    app = CaseAuditApp(ready)
    async with app.run_test() as pilot:
        app.action_settings()
        await until(pilot, at(pilot, AuditScreen))
