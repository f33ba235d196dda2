"""Every key of the workspace and of what opens from it, pressed once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from textual.widgets import Input, OptionList, TextArea

from builders import a_criterion, a_lettered_scale, a_rubric
from case_audit.tui.screens.audit import AuditScreen
from case_audit.tui.screens.closing import ClosingScreen
from case_audit.tui.screens.confirm import ConfirmScreen
from case_audit.tui.screens.criterion import CriterionScreen
from case_audit.tui.screens.help import HelpScreen
from case_audit.tui.screens.home import HomeScreen
from case_audit.tui.screens.overrule import OverruleScreen
from case_audit.tui.screens.what_if import WhatIfScreen
from case_audit.tui.screens.write import WriteScreen
from case_audit.tui.widgets.chronology import Chronology
from case_audit.tui.widgets.file_pane import FilePane
from case_audit.tui.widgets.grade_list import GradeList
from case_audit.tui.widgets.jump_list import JumpList
from case_audit.tui.widgets.lines_pane import LinesPane
from screens import at
from waiting import until

if TYPE_CHECKING:
    from collections.abc import Callable

    from keyboard import Keyboard
    from textual.pilot import Pilot

    from case_audit.core.rubric.model import Rubric

NINE = "abcdefghi"


def nine_grades() -> Rubric:
    """A rubric with as many grades as there are keys for them."""
    scale = a_lettered_scale("Nine", NINE)
    looks = {name: f"It looks {name}." for name in NINE}
    criteria = tuple(a_criterion(name, descriptors=looks) for name in ("v1", "v2"))
    rubric = a_rubric({"voice": criteria}, limits=(), roles={})
    return replace(rubric, scale=scale)


def focus(pilot: Pilot[Any], kind: type[Any]) -> Callable[[], bool]:
    """Whether a kind of widget has the focus."""
    return lambda: isinstance(pilot.app.focused, kind)


def line(pilot: Pilot[Any], number: int) -> Callable[[], bool]:
    """Whether the cursor of the pane with the focus is on an item."""

    def there() -> bool:
        pane = pilot.app.focused
        return isinstance(pane, LinesPane) and pane.cursor == number

    return there


async def grades_and_remarks(keys: Keyboard, pilot: Pilot[Any]) -> None:
    """On the first criterion, with the grades under the hand."""
    peek = pilot.app.screen.query_one(GradeList)
    await keys.does("audit.down", lambda: peek.peek == "d", lambda: peek.peek == "e")
    await keys.does("audit.up", lambda: peek.peek == "d", lambda: peek.peek == "c")
    await keys.does("audit.take", "▸ 3 C")
    for key, name in enumerate(NINE, start=1):
        await keys.does(f"audit.grade_{key}", f"▸ {key} {name.upper()}")
    await keys.does("audit.flag", "1 flagged *")
    await keys.does("audit.sure", "sure: low")
    await keys.does("audit.undo", lambda: "sure: low" not in keys.text)
    await keys.does("audit.redo", "sure: low")
    await keys.does("audit.clear", lambda: "▸" not in keys.text)
    await keys.does("audit.na", focus(pilot, TextArea))
    await pilot.press("escape")
    await keys.reaches("Not applicable")
    await keys.does("audit.ne", focus(pilot, TextArea))
    await pilot.press("escape")
    await keys.reaches("Not evidenced")


async def moving_and_writing(keys: Keyboard, pilot: Pilot[Any]) -> None:
    """From criterion to criterion, case to case, into fields and cards."""
    await keys.does("audit.next", "v2 Label of v2")
    await keys.does("audit.back", "v1 Label of v1")
    await keys.does("audit.open", "v2 Label of v2")
    await keys.does("audit.why", focus(pilot, TextArea))
    await pilot.press("escape")
    await keys.does("audit.evidence", focus(pilot, Input))
    await pilot.press("escape")
    await keys.does("audit.describe", CriterionScreen)
    await keys.does("back", *[AuditScreen] * 3, again=("d",))
    await keys.does("help", HelpScreen)
    await keys.does("back", *[AuditScreen] * 3, again=("question_mark",))
    await keys.does("audit.goto", lambda: pilot.app.screen.query_one(JumpList).display)
    panel = pilot.app.screen.query_one(JumpList)
    chosen = panel.query_one(OptionList)
    await keys.does("goto.up", lambda: chosen.highlighted == 1)
    await keys.does("goto.down", lambda: chosen.highlighted == 2)
    await keys.does("goto.filter", "[unanswered")
    await keys.does("goto.filter_back", "[all")
    await pilot.press("escape")
    await keys.does("audit.next_case", "case 2 of 5")
    await keys.does("audit.back_case", "case 1 of 5")


async def file_and_dates(keys: Keyboard, pilot: Pilot[Any]) -> None:
    """In the child's file of two documents, each of two lines."""
    await keys.does("audit.file", focus(pilot, FilePane))
    await keys.does("file.next", line(pilot, 4))
    await keys.does("file.back", line(pilot, 1))
    await keys.does("lines.end", line(pilot, 5))
    await keys.does("lines.home", line(pilot, 1))
    await keys.does("lines.down", line(pilot, 2), line(pilot, 4))
    await keys.does("lines.up", line(pilot, 2), line(pilot, 1))
    await keys.does("lines.page_down", line(pilot, 5))
    await keys.does("lines.page_up", line(pilot, 1))
    await keys.does("file.select_down", "2 lines")
    await keys.does("file.select_up", lambda: "2 lines" not in keys.text)
    await pilot.press("escape")
    await keys.does("file.select", "▌")
    await keys.does("file.quote", "quoted under")
    await pilot.press("escape")
    await keys.reaches(focus(pilot, GradeList))
    await keys.does("audit.dates", focus(pilot, Chronology))
    await keys.does("time.open", focus(pilot, FilePane))
    await pilot.press("escape")
    await keys.reaches(focus(pilot, GradeList))


async def overruling(keys: Keyboard, pilot: Pilot[Any]) -> None:
    """Every grade may stand in place of the computed one."""
    await pilot.press("3", "n", "3")
    await keys.does("audit.check", ClosingScreen)
    await choose(pilot, "domain:voice")
    await until(pilot, at(pilot, OverruleScreen))
    options = pilot.app.screen.query_one(OptionList)
    for key in range(1, 10):
        await keys.does(f"audit.grade_{key}", focus(pilot, TextArea))
        await pilot.press("shift+tab")
        await until(pilot, lambda: pilot.app.focused is options)
    await keys.does("back", ClosingScreen)
    await pilot.press("enter")
    await until(pilot, at(pilot, OverruleScreen))
    await keys.does("overrule.computed", ClosingScreen)
    await pilot.press("escape")
    await until(pilot, at(pilot, AuditScreen))
    await keys.does("back", HomeScreen)


async def choose(pilot: Pilot[Any], option: str) -> None:
    """Open a row of the closing page."""
    options = pilot.app.screen.query_one(OptionList)
    options.highlighted = options.get_option_index(option)
    await pilot.press("enter")


async def the_whole_desk(keys: Keyboard, pilot: Pilot[Any]) -> None:
    """The workspace with nine grades, and its cards."""
    await until(pilot, at(pilot, AuditScreen))
    await grades_and_remarks(keys, pilot)
    await moving_and_writing(keys, pilot)
    await file_and_dates(keys, pilot)
    await overruling(keys, pilot)


async def closing(keys: Keyboard, pilot: Pilot[Any], risk: str) -> None:
    """The last page of a case in which all is answered, down to its submission."""
    await until(pilot, at(pilot, AuditScreen))
    await pilot.press("c")
    await until(pilot, at(pilot, ClosingScreen))
    options = pilot.app.screen.query_one(OptionList)
    options.highlighted = options.get_option_index(f"closing:{risk}")
    here = options.highlighted
    assert here is not None
    await keys.does("closing.up", lambda: (options.highlighted or 0) < here)
    await keys.does("closing.down", lambda: options.highlighted == here)
    await pilot.press("enter")
    await until(pilot, at(pilot, WriteScreen))
    await keys.does("back", ClosingScreen)
    await keys.reaches("LIM7")
    await keys.does("closing.untick", lambda: "LIM7" not in keys.text)
    await keys.does("closing.what_if", WhatIfScreen)
    await keys.does("back", *[ClosingScreen] * 3, again=("w",))
    await keys.does("help", HelpScreen)
    await pilot.press("escape")
    await until(pilot, at(pilot, ClosingScreen))
    await keys.does("back", AuditScreen)
    await pilot.press("c")
    await until(pilot, at(pilot, ClosingScreen))
    await keys.does("closing.submit", ConfirmScreen)
    await pilot.press("y")
    await until(pilot, at(pilot, HomeScreen))
    await confirming(keys, pilot)


async def confirming(keys: Keyboard, pilot: Pilot[Any]) -> None:
    """A question has two keys for yes and two for no."""
    said: list[bool | None] = []

    async def ask() -> None:
        pilot.app.push_screen(ConfirmScreen("Shall it?", "Only asked."), said.append)
        await until(pilot, at(pilot, ConfirmScreen))

    for name, answer in (("confirm.yes", True), ("confirm.no", False)):
        said.clear()
        await ask()
        await keys.does(
            name,
            lambda answer=answer: said == [answer],  # type: ignore[misc]
            lambda answer=answer: said == [answer] * 2,  # type: ignore[misc]
            begin=ask,
        )
