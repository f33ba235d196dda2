"""On open-plan floors: the screen can be emptied, and nothing is copied out."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

import pytest
from textual.geometry import Size

from case_audit.services.settings import change_settings
from case_audit.tui.app import CaseAuditApp
from case_audit.tui.curtain import WORDS, curtain
from case_audit.tui.screens.audit import AuditScreen
from case_audit.tui.screens.criterion import CriterionScreen
from screens import at, shown, workspace
from waiting import until

if TYPE_CHECKING:
    from textual.app import App

    from case_audit.tui.app import Start


def hidden(app: App[None]) -> bool:
    assert isinstance(app, CaseAuditApp)
    return app.hidden


async def test_an_empty_screen_takes_a_key_and_keeps_everything(ready: Start) -> None:
    """On the workspace, on a card, in a field; the key that comes back does nothing."""
    async with workspace(ready) as pilot:
        app = pilot.app
        await pilot.press("L")
        assert hidden(app)
        await pilot.press("3")
        assert not hidden(app)
        assert "▸" not in shown(app)

        await pilot.press("d")
        await until(pilot, at(pilot, CriterionScreen))
        await pilot.press("L", "d")
        assert not hidden(app)
        assert isinstance(app.screen, CriterionScreen)
        await pilot.press("escape")
        await until(pilot, at(pilot, AuditScreen))

        await pilot.press("e", "L", "o")
        assert not hidden(app)
        await pilot.press("ctrl+l", "x", "n", "g")
        await until(pilot, lambda: "Because   Long" in shown(app))


async def test_the_screen_empties_when_nobody_types(
    ready: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CaseAuditApp, "MINUTE", 0.3)
    change_settings(ready.settings, {("idle",): 1})
    app = CaseAuditApp(ready)
    async with app.run_test() as pilot:
        await until(pilot, at(pilot, AuditScreen))
        await until(pilot, lambda: app.hidden)
        await pilot.press("2")
        assert not app.hidden
        assert "▸" not in shown(app)
        await until(pilot, lambda: app.hidden)


async def test_who_types_is_left_alone(
    ready: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The minutes are counted from the last key, not from any before."""
    monkeypatch.setattr(CaseAuditApp, "MINUTE", 1.5)
    change_settings(ready.settings, {("idle",): 1})
    app = CaseAuditApp(ready)
    async with app.run_test() as pilot:
        await until(pilot, at(pilot, AuditScreen))
        began = monotonic()
        while monotonic() - began < 2.5:
            await pilot.press("down")
            await pilot.pause(0.1)
            assert not app.hidden
        await until(pilot, lambda: app.hidden)


async def test_never_means_never(ready: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """No timer waits then, so nothing is done while nobody types."""
    monkeypatch.setattr(CaseAuditApp, "MINUTE", 0.1)
    change_settings(ready.settings, {("idle",): 0})
    app = CaseAuditApp(ready)
    async with app.run_test() as pilot:
        await until(pilot, at(pilot, AuditScreen))
        await pilot.press("n")
        await pilot.pause(0.5)

        assert not app.hidden


@pytest.mark.parametrize("size", [(80, 24), (20, 3)])
def test_the_empty_screen_covers_every_cell(size: tuple[int, int]) -> None:
    drawn = [part.text for part in curtain(Size(*size)).segments if not part.control]

    assert [len(line) for line in drawn] == [size[0]] * size[1]
    assert "".join(drawn).strip() in WORDS


@pytest.mark.parametrize("copying", [False, True])
async def test_text_is_copied_out_only_where_it_is_allowed(
    ready: Start, monkeypatch: pytest.MonkeyPatch, *, copying: bool
) -> None:
    """Cutting and pasting inside the app goes on working either way."""
    change_settings(ready.settings, {("copying",): copying})
    async with workspace(ready) as pilot:
        app = pilot.app
        written: list[str] = []
        driver = app._driver  # noqa: SLF001 - what reaches the terminal
        assert driver is not None
        monkeypatch.setattr(driver, "write", written.append)
        await pilot.press("e", *"mum", "f7", "ctrl+x")
        await until(pilot, lambda: "mum" not in shown(app))

        assert any("\x1b]52;" in text for text in written) is copying
        assert app.ALLOW_SELECT is copying
        await pilot.press("ctrl+v")
        await until(pilot, lambda: "mum" in shown(app))
