"""The first screens are there before the libraries are, and lose no key."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from builders import NOW
from case_audit.services.audit import open_case
from case_audit.services.settings import remember_auditor
from case_audit.tui import first_look as first_look_module
from case_audit.tui import reading_app
from case_audit.tui.app import CaseAuditApp, Start
from case_audit.tui.first_look import WaitingScreen, first_look
from case_audit.tui.screens.audit import AuditScreen
from case_audit.tui.screens.cases import CasesScreen
from case_audit.tui.screens.home import HomeScreen
from screens import at, shown
from stored import case_ids
from waiting import until

if TYPE_CHECKING:
    from case_audit.services.database import Database


class Unopened(CaseAuditApp):
    """The app, whose libraries take as long as the test wants."""

    CSS_PATH = str(Path(first_look_module.__file__).with_name("app.tcss"))

    def _open(self) -> None:  # type: ignore[override]
        """Wait for the test."""

    def libraries_are_there(self) -> None:
        """Go on as the app does."""
        super()._open()


async def test_what_is_pressed_too_early_waits_and_is_done(
    ready: Start, embedded: Database
) -> None:
    """Home and cases can be looked at; the case, and its grade, come when they can."""
    app = Unopened(Start(url=embedded.url, settings=ready.settings))
    async with app.run_test(notifications=True) as pilot:
        await until(pilot, at(pilot, HomeScreen))
        assert "0 of 5 submitted" in shown(app)
        assert "PRACTICE" in shown(app)
        await pilot.press("end", "enter")
        await until(pilot, at(pilot, CasesScreen))
        await pilot.press("n", "2", "n", "3")
        await until(pilot, lambda: isinstance(app.screen, WaitingScreen))
        assert "opening the database" in shown(app)

        app.libraries_are_there()

        await until(pilot, at(pilot, AuditScreen))
        await until(pilot, lambda: "2/4" in shown(app))
        await pilot.press("escape")
        await until(pilot, at(pilot, CasesScreen))
        assert "in progress, 2 of 4" in shown(app)
    case = open_case(embedded, case_ids(embedded)[0], auditor="Ann Auditor", now=NOW)
    assert case.answers.criterion("v1").value == "good"
    assert case.answers.criterion("v2").value == "requires_improvement"


class Counted(Unopened):
    """Says how often its libraries were asked for."""

    def __init__(self, start: Start) -> None:
        super().__init__(start)
        self.asked = 0

    def _open(self) -> None:  # type: ignore[override]
        self.asked += 1


async def test_libraries_are_loaded_when_nobody_presses_a_key(
    ready: Start, embedded: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever goes straight on to a list has the processor for the list."""
    monkeypatch.setattr(reading_app, "QUIET", 1.0)
    app = Counted(Start(url=embedded.url, settings=ready.settings))
    async with app.run_test() as pilot:
        await until(pilot, at(pilot, HomeScreen))
        for _ in range(8):
            await pilot.press("down")
            await pilot.pause(0.2)
            assert app.asked == 0
        await until(pilot, lambda: app.asked > 0)
        await pilot.press("end", "enter", "n")
        await until(pilot, lambda: isinstance(app.screen, WaitingScreen))
        assert app.asked == 1


async def test_libraries_are_loaded_at_once_for_what_needs_them(
    ready: Start, embedded: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for a wait."""
    monkeypatch.setattr(reading_app, "QUIET", 60.0)
    app = Counted(Start(url=embedded.url, settings=ready.settings))
    async with app.run_test() as pilot:
        await until(pilot, at(pilot, HomeScreen))
        assert app.asked == 0
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, WaitingScreen))
        assert app.asked == 1


async def test_without_a_key_the_screen_stays_as_it_is(
    ready: Start, embedded: Database
) -> None:
    app = Unopened(Start(url=embedded.url, settings=ready.settings))
    async with app.run_test() as pilot:
        await until(pilot, at(pilot, HomeScreen))
        before = app.screen
        app.libraries_are_there()
        await until(pilot, lambda: app._database is not None)  # noqa: SLF001
        assert app.screen is before
        await pilot.press("c")
        await until(pilot, at(pilot, AuditScreen))


@pytest.mark.parametrize(
    "more", ['preset = "vim"\n', "[keys]\n", "x = [", "keys = 1\n"]
)
def test_keys_of_ones_own_and_mistakes_take_the_ordinary_way(
    ready: Start, embedded: Database, more: str
) -> None:
    """It checks them and says what is wrong."""
    del embedded
    look = first_look(ready.url, ready.settings)
    assert look is not None
    look.glance.close()
    path = ready.settings / "settings.toml"
    path.write_text(f"{path.read_text()}{more}")

    found = first_look(ready.url, ready.settings)

    assert (found is None) == (more != "[keys]\n")
    if found is not None:
        found.glance.close()


def test_who_has_no_name_yet_is_asked_first(ready: Start) -> None:
    other = ready.settings / "other"

    assert first_look(ready.url, other) is None
    remember_auditor(other, "Bo")
    look = first_look(ready.url, other)
    assert look is not None
    look.glance.close()
