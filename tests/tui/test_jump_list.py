"""The list of all criteria: filters, search, and the way to a criterion."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from desks import kept_answer
from textual.widgets import Input

from builders import G
from case_audit.tui.widgets.grade_list import GradeList
from case_audit.tui.widgets.jump_list import JumpList
from screens import shown, workspace

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from case_audit.services.database import Database
    from case_audit.tui.app import Start

SIZES = [(80, 24), (120, 40)]


async def said(pilot: Pilot[None]) -> str:
    await pilot.pause()
    return shown(pilot.app)


@pytest.mark.parametrize("size", SIZES)
async def test_filters_say_how_many_they_show(
    ready: Start, embedded: Database, size: tuple[int, int]
) -> None:
    """And Enter goes to what is chosen; letters and digits there are words."""
    async with workspace(ready, size) as pilot:
        await pilot.press("2", "v", *"VIS", "escape", "n", "3", "m", "n", "o", "g")
        text = await said(pilot)
        assert "[all 4]  unanswered 2   flagged 1   no evidence 1" in text
        assert " G  v1 Label of v1" in text
        assert " R  v2 Label of v2  (flagged, no evidence)" in text
        assert " ·  s1 Label of s1" in text
        assert "(sure: low)" in text
        assert "tab filter" in text

        await pilot.press("tab")
        text = await said(pilot)
        assert "[unanswered 2]" in text
        assert "v1 Label" not in text
        await pilot.press("tab")
        assert "s1 Label" not in await said(pilot)
        await pilot.press("tab", "shift+tab", "shift+tab", "shift+tab", "shift+tab")
        assert "[no evidence 1]" in await said(pilot)
        await pilot.press("enter")
        text = await said(pilot)
        assert "v2 Label of v2" in text
        assert "[no evidence" not in text
        assert isinstance(pilot.app.focused, GradeList)
        await pilot.press("2")
        assert kept_answer(embedded, "v2").value == G


@pytest.mark.parametrize("size", SIZES)
async def test_words_find_a_criterion(
    ready: Start, embedded: Database, size: tuple[int, int]
) -> None:
    """Any part of any word; what is typed grades nothing."""
    async with workspace(ready, size) as pilot:
        await pilot.press("g", *"S2 LAB")
        text = await said(pilot)
        assert "[all 1]  unanswered 1 " in text
        assert "v1 Label" not in text
        await pilot.press(*"q3")
        assert "Nothing here" in await said(pilot)
        await pilot.press("enter")
        assert isinstance(pilot.app.focused, Input)
        await pilot.press("backspace", "backspace", "enter")
        assert "s2 Label of s2" in await said(pilot)

        assert kept_answer(embedded, "v1").value == ""
        assert kept_answer(embedded, "s2").value == ""


async def test_the_arrows_choose_and_esc_stays(ready: Start) -> None:
    """From the criterion on the desk; opened again, it begins anew."""
    async with workspace(ready) as pilot:
        await pilot.press("g", "down", "down", "up", "enter")
        assert "v2 Label of v2" in await said(pilot)
        await pilot.press("g", *"s2", "escape")
        assert "v2 Label of v2" in await said(pilot)
        assert not pilot.app.screen.query_one(JumpList).display
        await pilot.press("g")
        assert "[all 4]" in await said(pilot)
        await pilot.press("escape", "n")
        assert "s1 Label of s1" in await said(pilot)


async def test_a_half_written_note_is_kept_when_jumping(
    ready: Start, embedded: Database
) -> None:
    async with workspace(ready) as pilot:
        await pilot.press("e", *"half", "escape", "g", "down", "enter", "p")
        assert "v1 Label of v1" in await said(pilot)

        assert kept_answer(embedded, "v1").rationale == "half"
