"""Every key of the screens of frames, from their list to a draw, pressed once."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING, Any

from textual.containers import VerticalScroll
from textual.widgets import Input, OptionList

from case_audit.tui.lead import in_thread
from case_audit.tui.screens.choose import ChooseScreen
from case_audit.tui.screens.condition import ConditionScreen
from case_audit.tui.screens.frames import FramesScreen
from case_audit.tui.screens.help import HelpScreen
from case_audit.tui.screens.home import HomeScreen
from case_audit.tui.screens.loading import ReadingScreen
from case_audit.tui.screens.make_frame import MakeFrameScreen
from case_audit.tui.screens.page import PageScreen
from case_audit.tui.screens.place import PlaceScreen
from case_audit.tui.screens.plan import PlanScreen
from case_audit.tui.screens.plan_draw import PlanDrawScreen, When
from case_audit.tui.screens.strata import StrataScreen
from screens import at
from waiting import until

if TYPE_CHECKING:
    from collections.abc import Callable

    from keyboard import Keyboard
    from textual.pilot import Pilot


def row(pilot: Pilot[Any], number: int) -> Callable[[], bool]:
    """Whether the cursor of the screen's list is on a row."""
    return lambda: pilot.app.screen.query_one(OptionList).highlighted == number


async def frames(keys: Keyboard, pilot: Pilot[Any]) -> None:
    """The list of frames, a page about one, and where it is written."""
    await until(pilot, at(pilot, HomeScreen))
    await pilot.press("f")
    await until(pilot, at(pilot, FramesScreen))
    await keys.does("frames.down", row(pilot, 1))
    await keys.does("frames.up", row(pilot, 0))
    await keys.does("frames.diff", "compare the marked one")
    await pilot.press("escape")
    for name, screen in (
        ("help", HelpScreen),
        ("frames.plan", PlanScreen),
        ("frames.check", PageScreen),
        ("frames.make", MakeFrameScreen),
        ("frames.export", PlaceScreen),
    ):
        await keys.does(name, screen)
        if screen is not PlaceScreen:
            await pilot.press("escape")
            await until(pilot, at(pilot, FramesScreen))
    await keys.does("back", FramesScreen)
    await pilot.press("enter")
    await until(pilot, at(pilot, PageScreen))
    await pilot.resize_terminal(100, 20)
    page = pilot.app.screen.query_one(VerticalScroll)
    await keys.does("page.down", lambda: page.scroll_offset.y > 0)
    await keys.does("page.up", lambda: page.scroll_offset.y == 0)
    await pilot.resize_terminal(100, 30)
    for name, effect in (
        ("help", "Keys"),
        ("frames.plan", "Plan a sample"),
        ("frames.export", "Write the frame"),
        ("frames.check", "How good"),
    ):
        await keys.does(name, effect)
        await pilot.press("escape")
        await until(pilot, at(pilot, PageScreen))

    async def open_page() -> None:
        await pilot.press("enter")
        await until(pilot, at(pilot, PageScreen))

    await keys.does("back", *[FramesScreen] * 2, begin=open_page)
    await reading(keys, pilot)
    await keys.does("back", *[HomeScreen] * 2, again=("f",))


async def reading(keys: Keyboard, pilot: Pilot[Any]) -> None:
    """What takes long to read need not be waited for."""
    go = Event()
    app: Any = pilot.app

    async def begin() -> None:
        in_thread(app, go.wait, lambda _: None, reading=True)
        await until(pilot, at(pilot, ReadingScreen))

    await begin()
    await keys.does("back", FramesScreen, FramesScreen, begin=begin)
    go.set()


async def making(keys: Keyboard, pilot: Pilot[Any]) -> None:
    """A frame to be made: lines, choices, and what comes of it."""
    await pilot.press("f")
    await until(pilot, at(pilot, FramesScreen))
    await pilot.press("m")
    await until(pilot, at(pilot, MakeFrameScreen))
    app = pilot.app

    def line(name: str) -> Callable[[], bool]:
        return lambda: app.focused is not None and app.focused.id == name

    names = [one.id or "" for one in app.screen.focus_chain]
    await keys.does("make.down", line(names[1]))
    await keys.does("make.up", line(names[0]))
    said = keys.text
    await keys.does("make.next", *[lambda: keys.text != said] * 2)
    await keys.does("make.before", lambda: keys.text != said)
    await pilot.press("left")
    await keys.does("make.go", "rows on the list")
    await pilot.resize_terminal(60, 20)
    card = app.screen.query_one(VerticalScroll)
    await keys.does("make.scroll_down", lambda: card.scroll_offset.y > 0)
    await keys.does("make.scroll_up", lambda: card.scroll_offset.y == 0)
    await pilot.resize_terminal(100, 30)
    await keys.does("back", FramesScreen)
    await pilot.press("escape")
    await until(pilot, at(pilot, HomeScreen))


async def planning(keys: Keyboard, pilot: Pilot[Any]) -> None:
    """A plan of a frame of 60: numbers, lines, strata, and down to the draw."""
    await pilot.press("p")
    await until(pilot, at(pilot, PlanScreen))
    await keys.does("plan.less", "29 of 60", "28 of 60")
    await keys.does("plan.more", "29 of 60", "30 of 60", "31 of 60")
    await keys.does("plan.ten_less", "21 of 60", "11 of 60")
    await keys.does("plan.ten_more", "21 of 60", "31 of 60")
    for digit in "123456789":
        await pilot.press("backspace")
        await keys.does(f"plan.digit_{digit}", f"{digit} of 60")
        await pilot.press("down", "up")
    await pilot.press("4")
    await keys.does("plan.digit_0", "40 of 60")
    await keys.does("plan.erase", "4 of 60")
    await pilot.press("0")
    said = keys.text
    await keys.does("plan.switch", lambda: keys.text != said)
    await keys.does("plan.down", "▸ Cohort", "▸ Strata")
    await keys.does("plan.up", "▸ Cohort", "▸ Cases to draw")
    await keys.does("plan.strata", StrataScreen)
    await strata(keys, pilot)
    await keys.does("plan.tab", "back to the plan")
    await pilot.press("tab")
    await keys.does("help", HelpScreen)
    await pilot.press("escape")
    await until(pilot, at(pilot, PlanScreen))
    await typing(keys, pilot)
    await keys.does("back", *[HomeScreen] * 2, again=("p",))


async def strata(keys: Keyboard, pilot: Pilot[Any]) -> None:
    """Strata are chosen from a list."""
    await keys.does("strata.toggle", "[x]")
    await keys.does("strata.down", row(pilot, 1))
    await keys.does("strata.up", row(pilot, 0))
    await keys.does("back", PlanScreen)
    await pilot.press("s")
    await until(pilot, at(pilot, StrataScreen))
    await pilot.press("space", "enter")
    await until(pilot, at(pilot, PlanScreen))


async def typing(keys: Keyboard, pilot: Pilot[Any]) -> None:
    """A condition is typed, an attribute chosen, and the plan drawn."""
    await pilot.press(*["up"] * 20, *["down"] * 30, *["up"] * 4)
    await keys.reaches("▸ Only where")
    await keys.does("plan.write", ConditionScreen)
    pane = pilot.app.screen.query_one(VerticalScroll)
    await keys.does("condition.down", lambda: pane.scroll_offset.y > 0)
    await keys.does("condition.up", lambda: pane.scroll_offset.y == 0)
    await keys.does("back", PlanScreen)
    await pilot.press("down", "down", "enter")
    await until(pilot, at(pilot, ChooseScreen))
    await keys.does("choose.down", row(pilot, 1))
    await keys.does("choose.up", row(pilot, 0))
    await keys.does("back", PlanScreen)
    await keys.does("plan.draw", PlanDrawScreen)
    app = pilot.app
    await keys.does("field.up", lambda: isinstance(app.focused, When))
    await keys.does("draw.turn", "later", "now", "later")
    await keys.does("draw.next", lambda: isinstance(app.focused, Input))
    first = app.focused
    await keys.does("field.down", lambda: app.focused is not first)
    await keys.does("back", PlanScreen)


async def leading(keys: Keyboard, pilot: Pilot[Any]) -> None:
    """What a lead does, from the list of frames to the last question of a draw."""
    await frames(keys, pilot)
    await making(keys, pilot)
    await planning(keys, pilot)
