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
