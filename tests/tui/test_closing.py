"""Check and submit: what is missing comes first, and Enter goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from desks import kept_answer
from textual.widgets import OptionList

from case_audit.tui.screens.audit import AuditScreen
from case_audit.tui.screens.closing import ClosingScreen
from case_audit.tui.screens.write import WriteScreen
from screens import at, shown, workspace
from waiting import until

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from case_audit.services.database import Database
    from case_audit.tui.app import Start

SIZES = [(80, 24), (120, 40)]


def chosen(pilot: Pilot[None]) -> str:
    """The row under the cursor."""
    options = pilot.app.screen.query_one(OptionList)
    assert options.highlighted is not None
    return str(options.get_option_at_index(options.highlighted).id)


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_missing_comes_first_and_enter_goes_there(
    ready: Start, embedded: Database, size: tuple[int, int]
) -> None:
    """A statement is written at once, and the next gap is under the cursor then."""
    async with workspace(ready, size) as pilot:
        await pilot.press("2", "n", "4", "n", "2", "n", "2", "c")
        await until(pilot, at(pilot, ClosingScreen))
        await pilot.pause()
        text = shown(pilot.app)
        assert "Missing, 5: Enter goes there" in text
        assert "v2 Label of v2: inadequate, but no rationale is given" in text
        assert chosen(pilot) == "gap:criterion:v2"
        await pilot.press("down", "enter")
        await until(pilot, at(pilot, WriteScreen))
        await pilot.press(*"better", "escape")
        await until(pilot, at(pilot, ClosingScreen))
        assert kept_answer(embedded, "difference", "closing").rationale == "better"
        assert "Missing, 4" in shown(pilot.app)

        await pilot.press("home", "s")
        await pilot.pause()
        assert chosen(pilot) == "gap:criterion:v2"
        assert "first v2 Label of v2: inadequate" in " ".join(shown(pilot.app).split())
        await pilot.press("enter")
        await until(pilot, at(pilot, AuditScreen))
        assert "v2 Label of v2" in shown(pilot.app)


async def test_a_row_that_is_too_long_goes_on_indented(ready: Start) -> None:
    """At every width, also after the window was made narrower."""
    async with workspace(ready, (80, 24)) as pilot:
        await pilot.press("c")
        await until(pilot, at(pilot, ClosingScreen))
        options = pilot.app.screen.query_one(OptionList)
        options.highlighted = options.get_option_index("closing:strengths")
        await pilot.press("enter")
        await until(pilot, at(pilot, WriteScreen))
        await pilot.press(*("every week " * 12).strip(), "escape")
        await until(pilot, at(pilot, ClosingScreen))
        for size in ((80, 24), (60, 30)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            lines = shown(pilot.app).splitlines()
            first = next(
                i for i, line in enumerate(lines) if "Strengths: every" in line
            )
            assert lines[first].startswith("   Strengths")
            assert lines[first + 1].startswith("       every") or lines[
                first + 1
            ].startswith("       week")
            assert " ".join(lines[first : first + 5]).count("week") == 12


async def test_too_small_a_window_says_so_here_too(ready: Start) -> None:
    async with workspace(ready) as pilot:
        await pilot.press("c")
        await until(pilot, at(pilot, ClosingScreen))
        await pilot.resize_terminal(70, 12)
        await pilot.pause()
        assert "needs 60 by 20; this terminal is 70 by 12." in shown(pilot.app)
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert "Missing" in shown(pilot.app)
