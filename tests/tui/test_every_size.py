"""Every screen at four sizes; the workspace and what else has tests of its looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sizes import at_every_size
from textual.widgets import OptionList

from case_audit.tui.app import CaseAuditApp, Start
from case_audit.tui.screens.audit import AuditScreen
from case_audit.tui.screens.board import BoardScreen
from case_audit.tui.screens.cases import CasesScreen
from case_audit.tui.screens.closing import ClosingScreen
from case_audit.tui.screens.criterion import CriterionScreen
from case_audit.tui.screens.frames import FramesScreen
from case_audit.tui.screens.help import HelpScreen
from case_audit.tui.screens.home import HomeScreen
from case_audit.tui.screens.make_frame import MakeFrameScreen
from case_audit.tui.screens.page import PageScreen
from case_audit.tui.screens.palette import PaletteScreen
from case_audit.tui.screens.plan import PlanScreen
from case_audit.tui.screens.settings import PressKeyScreen, SettingsScreen
from case_audit.tui.screens.what_if import WhatIfScreen
from case_audit.tui.tour import TourScreen
from screens import at, workspace
from waiting import until

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.slow
async def test_the_workspace_and_what_opens_from_it(
    ready: Start, golden: Callable[[str], None]
) -> None:
    """The child's file, what happened when, the list of criteria, and the cards."""
    pages = []
    async with workspace(ready) as pilot:
        for key, name in (
            ("f", "the file"),
            ("t", "dates"),
            ("g", "criteria"),
        ):
            await pilot.press(key)
            pages.append(await at_every_size(pilot, name))
            await pilot.press("escape")
        for key, screen in (
            ("d", CriterionScreen),
            ("question_mark", HelpScreen),
            ("colon", PaletteScreen),
        ):
            await pilot.press(key)
            await until(pilot, at(pilot, screen))
            pages.append(await at_every_size(pilot, screen.__name__))
            await pilot.press("escape")
            await until(pilot, at(pilot, AuditScreen))
        await pilot.press("c")
        await until(pilot, at(pilot, ClosingScreen))
        await pilot.press("w")
        await until(pilot, at(pilot, WhatIfScreen))
        pages.append(await at_every_size(pilot, "other rules"))
    golden("".join(pages))


@pytest.mark.slow
async def test_the_screens_around_it(
    ready: Start, golden: Callable[[str], None]
) -> None:
    """The tour, the board, settings, the editor of keys, frames, a plan."""
    pages = []
    app = CaseAuditApp(Start(url=ready.url, settings=ready.settings))
    async with app.run_test() as pilot:

        async def look(name: str, screen: type) -> None:
            await until(pilot, at(pilot, screen))
            pages.append(await at_every_size(pilot, name))

        await until(pilot, at(pilot, HomeScreen))
        await pilot.press("t")
        await look("the tour", TourScreen)
        await pilot.press("escape")
        await until(pilot, at(pilot, HomeScreen))
        await pilot.press("end", "enter")
        await until(pilot, at(pilot, CasesScreen))
        await pilot.press("b")
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))
        pages.append(await at_every_size(pilot, "the board"))
        await pilot.press("comma")
        await look("settings", SettingsScreen)
        rows = app.screen.query_one(OptionList)
        lines = [str(one.prompt) for one in rows.options]
        rows.highlighted = next(n for n, text in enumerate(lines) if "Next cr" in text)
        pages.append(await at_every_size(pilot, "keys"))
        await pilot.press("enter")
        await look("a key", PressKeyScreen)
        await pilot.press("escape", "escape", "escape", "escape")
        await until(pilot, at(pilot, HomeScreen))
        await pilot.press("f")
        await look("frames", FramesScreen)
        await pilot.press("m")
        await look("make a frame", MakeFrameScreen)
        await pilot.press("escape", "enter")
        await look("a frame", PageScreen)
        await pilot.press("p")
        await until(pilot, at(pilot, PlanScreen))
        await pilot.press("1", "2", "down", "down", "right")
        await look("a plan", PlanScreen)
    golden("".join(pages))
