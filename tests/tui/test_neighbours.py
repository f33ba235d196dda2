"""From case to case of a round without leaving the workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from desks import kept_answer

from builders import G
from case_audit.tui.screens.audit import AuditScreen
from screens import at, shown, workspace
from waiting import until

if TYPE_CHECKING:
    from case_audit.services.database import Database
    from case_audit.tui.app import Start

NEXT, BACK = "right_square_bracket", "left_square_bracket"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_next_case_and_back(
    ready: Start, embedded: Database, size: tuple[int, int]
) -> None:
    """What was written is kept first; never beyond the first or the last case."""
    async with workspace(ready, size) as pilot:

        async def arrive(number: int) -> None:
            await until(pilot, lambda: f"case {number} of 5" in shown(pilot.app))
            await until(pilot, at(pilot, AuditScreen))

        await pilot.press(BACK)
        await pilot.pause()
        assert "This is the first case of the round" in shown(pilot.app)
        await pilot.press("2", "e", *"as seen", "escape", NEXT)
        await arrive(2)
        await pilot.press("n", BACK)
        await arrive(1)
        assert kept_answer(embedded, "v1").value == G
        assert kept_answer(embedded, "v1").rationale == "as seen"
        for number in (2, 3, 4, 5):
            await pilot.press(NEXT)
            await arrive(number)
        await pilot.press(NEXT)
        await pilot.pause()
        assert "This is the last case of the round" in shown(pilot.app)
    with embedded.read() as uow:
        assert len(uow.audits.of_round(1)) == 2, "cases only looked at are free again"


async def test_in_a_field_a_bracket_is_a_letter(
    ready: Start, embedded: Database
) -> None:
    async with workspace(ready) as pilot:
        await pilot.press("e", "left_square_bracket", "right_square_bracket", "escape")
        await until(pilot, lambda: kept_answer(embedded, "v1").rationale == "[]")

        assert "case 1 of 5" in shown(pilot.app)
