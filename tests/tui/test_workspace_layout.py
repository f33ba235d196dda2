"""The workspace at every size of the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from desks import kept_answer

from builders import G
from screens import shown, workspace
from waiting import until

if TYPE_CHECKING:
    from collections.abc import Callable

    from case_audit.services.database import Database
    from case_audit.tui.app import Start


async def test_the_file_is_a_key_away_and_hides_the_grades_when_narrow(
    ready: Start, embedded: Database
) -> None:
    """A grade that cannot be seen is not given."""
    async with workspace(ready) as pilot:
        await pilot.press("f")
        await pilot.pause()
        assert "VIS-2026-02-02 Home visit" in shown(pilot.app)
        await pilot.press("2")
        assert kept_answer(embedded, "v1").value == ""
        await pilot.press("right_square_bracket", "left_square_bracket", "f")
        assert "v1 Label of v1" in shown(pilot.app)


async def test_the_file_stands_beside_the_criterion_when_wide(
    ready: Start, embedded: Database
) -> None:
    async with workspace(ready, (120, 40)) as pilot:
        text = shown(pilot.app)
        assert "VIS-2026-02-02 Home visit" in text
        assert "v1 Label of v1" in text
        assert "Trap: A long note is not a good one." in text
        await pilot.press("f", "2")
        assert kept_answer(embedded, "v1").value == G


async def test_below_100_columns_one_descriptor_is_open(ready: Start) -> None:
    """The one looked at; the others keep a line, and all are whole where there is room."""
    async with workspace(ready, (80, 24)) as pilot:
        grades = pilot.app.screen.query_one("#grades")
        await pilot.pause()
        one = shown(pilot.app)
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        assert "Trap:" in one
        assert grades.region.width < 60
        await pilot.press("4")
        assert "▸ 4 I Inadequate" in shown(pilot.app)


async def test_three_panes_stand_beside_each_other_from_120_columns(
    ready: Start,
) -> None:
    """File and dates, then the criterion, then the notes; two panes from 100."""
    async with workspace(ready, (120, 40)) as pilot:

        def left(name: str) -> int:
            return int(pilot.app.screen.query_one(name).region.x)

        await pilot.pause()
        assert left("#file") < left("#grades") < left("#rationale")
        assert left("#time") == left("#file")
        assert "2026: Feb 2" in shown(pilot.app)
        await pilot.resize_terminal(100, 30)
        await pilot.pause()
        assert left("#file") < left("#grades") < left("#rationale") < 60
        assert "2026: Feb 2" not in shown(pilot.app)
        await pilot.resize_terminal(99, 30)
        await pilot.pause()
        assert "Home visit" not in shown(pilot.app)


@pytest.mark.parametrize("size", [(59, 24), (80, 19), (30, 8)])
async def test_too_small_a_terminal_says_how_small(
    ready: Start, embedded: Database, size: tuple[int, int]
) -> None:
    """Nothing else is shown and no key grades; what was written is there again."""
    async with workspace(ready) as pilot:
        await pilot.press("2", "e", *"half a no")
        await pilot.resize_terminal(*size)
        await pilot.pause()
        text = " ".join(shown(pilot.app).split())
        assert f"needs 60 by 20; this terminal is {size[0]} by {size[1]}." in text
        assert "Label of v1" not in text
        assert "half a no" not in text
        await pilot.press(*"te", "escape")
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert "half a note" in shown(pilot.app)
        await pilot.press("escape", "n")
        await pilot.resize_terminal(*size)
        await pilot.press("4", "0")
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        assert "v2 Label of v2" in shown(pilot.app)
        assert kept_answer(embedded, "v1").rationale == "half a note"
        assert kept_answer(embedded, "v2").value == ""


async def test_resizing_in_the_middle_of_a_note_loses_nothing(
    ready: Start, embedded: Database
) -> None:
    async with workspace(ready) as pilot:
        await pilot.press("e", *"half a no")
        await pilot.resize_terminal(120, 40)
        await pilot.press(*"te")
        await pilot.resize_terminal(60, 20)
        await pilot.press("escape")
        await until(
            pilot, lambda: kept_answer(embedded, "v1").rationale == "half a note"
        )


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (100, 30), (120, 40)])
async def test_looks(
    ready: Start, size: tuple[int, int], golden: Callable[[str], None]
) -> None:
    """The workspace at four sizes, to be read in the diff."""
    async with workspace(ready, size) as pilot:
        await pilot.press("n", "n")
        await pilot.pause()
        golden(shown(pilot.app))
