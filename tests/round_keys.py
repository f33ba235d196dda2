"""Every key of the screens of rounds, pressed once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.widgets import Input, OptionList

from case_audit.tui.screens.audit import AuditScreen
from case_audit.tui.screens.board import BoardScreen
from case_audit.tui.screens.cases import CasesScreen
from case_audit.tui.screens.frames import FramesScreen
from case_audit.tui.screens.help import HelpScreen
from case_audit.tui.screens.home import HomeScreen
from case_audit.tui.screens.palette import PaletteScreen
from case_audit.tui.screens.plan import PlanScreen
from case_audit.tui.screens.settings import PressKeyScreen, SettingsScreen
from case_audit.tui.screens.summary import SummaryScreen
from case_audit.tui.tour import TourScreen
from case_audit.tui.widgets.grid import Grid
from case_audit.tui.widgets.window_list import WindowList
from screens import at
from waiting import until

if TYPE_CHECKING:
    from collections.abc import Callable

    from keyboard import Keyboard
    from textual.pilot import Pilot


def row(pilot: Pilot[Any], number: int) -> Callable[[], bool]:
    """Whether the cursor of the screen's list is on a row."""
    return lambda: pilot.app.screen.query_one(OptionList).highlighted == number


async def home(keys: Keyboard, pilot: Pilot[Any]) -> None:
    """The first screen, and what belongs to the app."""
    await until(pilot, at(pilot, HomeScreen))
    app = pilot.app
    await keys.does("privacy", lambda: getattr(app, "hidden", False))
    await pilot.press("z")
    await keys.does("privacy.letter", lambda: getattr(app, "hidden", False))
    await pilot.press("z")
    await keys.does("palette", PaletteScreen)
    listed = app.screen.query_one(OptionList)
    await keys.does("palette.down", lambda: listed.highlighted == 1)
    await keys.does("palette.up", lambda: listed.highlighted == 0)
    await keys.does("back", HomeScreen)
    await keys.does("palette.sign", PaletteScreen)
    await pilot.press("escape")
    await until(pilot, at(pilot, HomeScreen))
    await keys.does("back", "q leaves case-audit")
    rows = app.screen.query_one(OptionList)
    await pilot.press("home")
    first = rows.highlighted
    await keys.does("home.down", lambda: rows.highlighted != first)
    await keys.does("home.up", lambda: rows.highlighted == first)
    for name, screen in (
        ("help", HelpScreen),
        ("home.plan", PlanScreen),
        ("home.frames", FramesScreen),
        ("home.tour", TourScreen),
        ("home.continue", AuditScreen),
    ):
        await keys.does(name, screen)
        await pilot.press("escape")
        await until(pilot, at(pilot, HomeScreen))
    await pilot.press("home")
    await keys.does("home.summary", SummaryScreen)


async def summary(keys: Keyboard, pilot: Pilot[Any]) -> None:
    """Its views, and the charts that scroll; x is pressed where a rubric changed."""
    await keys.does("summary.next", "[Domains]", "[Criteria]")
    rows = pilot.app.screen.query_one(OptionList)
    first = rows.highlighted
    await keys.does("summary.down", lambda: rows.highlighted != first)
    await keys.does("summary.up", lambda: rows.highlighted == first)
    await keys.does("summary.before", "[Domains]", "[All]")
    await keys.does("summary.words", "charts")
    await pilot.press("tab", "tab", "tab")
    await keys.reaches("the rubric changed from")
    await keys.does("summary.crosswalk", "No crosswalk leads from")
    await keys.does("help", HelpScreen)
    await pilot.press("escape")
    await until(pilot, at(pilot, SummaryScreen))
    await keys.does("back", *[HomeScreen] * 3, again=("s",))


async def settings(keys: Keyboard, pilot: Pilot[Any]) -> None:
    """A setting is turned, and a key is given, doubled, taken away, set back."""
    await keys.does("settings", SettingsScreen)
    rows = pilot.app.screen.query_one(OptionList)
    first = rows.highlighted
    await keys.does("settings.down", lambda: rows.highlighted != first)
    await keys.does("settings.up", lambda: rows.highlighted == first)
    theme = pilot.app.theme
    await keys.does("settings.more", lambda: pilot.app.theme != theme)
    await keys.does("settings.less", lambda: pilot.app.theme == theme)
    await keys.does("settings.undo", lambda: pilot.app.theme != theme)
    await keys.does("settings.reset", lambda: pilot.app.theme == theme)
    await keys.does("help", HelpScreen)
    await pilot.press("escape")
    await until(pilot, at(pilot, SettingsScreen))
    lines = [str(one.prompt) for one in rows.options]
    rows.highlighted = next(n for n, text in enumerate(lines) if "Next crit" in text)
    await keys.does("settings.add", PressKeyScreen)
    await pilot.press("f7")
    await keys.reaches("F7")
    await keys.does("settings.off", "no key")
    await pilot.press("backspace")
    await keys.does("back", *[HomeScreen] * 2, again=("comma",))


async def cases_and_board(keys: Keyboard, pilot: Pilot[Any]) -> None:
    """A round's cases, the first of them submitted, and its board."""
    await pilot.press("end", "enter")
    await until(pilot, at(pilot, CasesScreen))
    cases = pilot.app.screen.query_one(WindowList)
    await keys.does("cases.down", lambda: cases.number == 2)
    await keys.does("cases.up", lambda: cases.number == 1)
    await keys.does("cases.reopen", "1/5 submitted")
    for name, screen in (
        ("cases.next", AuditScreen),
        ("cases.summary", SummaryScreen),
        ("list.open", AuditScreen),
        ("help", HelpScreen),
        ("cases.board", BoardScreen),
    ):
        await keys.does(name, screen)
        if screen is not BoardScreen:
            await pilot.press("escape")
            await until(pilot, at(pilot, CasesScreen))
    grid = pilot.app.screen.query_one(Grid)
    await keys.does("board.down", lambda: grid.line == 1)
    await keys.does("board.up", lambda: grid.line == 0)
    await keys.does("list.open", AuditScreen)
    await pilot.press("escape")
    await until(pilot, at(pilot, BoardScreen))
    await keys.does("help", HelpScreen)
    await pilot.press("escape")
    await until(pilot, at(pilot, BoardScreen))
    await keys.does("back", *[CasesScreen] * 2, again=("b",))
    await keys.does("cases.find", lambda: isinstance(pilot.app.focused, Input))
    await pilot.press("escape")
    await keys.does("back", *[HomeScreen] * 2, again=("end", "enter"))


async def rounds(keys: Keyboard, pilot: Pilot[Any]) -> None:
    """From the first screen to a round, its cases, its board, its summary."""
    await home(keys, pilot)
    await summary(keys, pilot)
    await settings(keys, pilot)
    await cases_and_board(keys, pilot)
