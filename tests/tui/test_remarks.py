"""What is said of an answer besides itself: a flag, how sure, why it does not apply."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from desks import kept_answer
from textual.widgets import TextArea

from builders import G
from case_audit.core.audit.model import NOT_APPLICABLE, NOT_EVIDENCED
from case_audit.tui.widgets.grade_list import GradeList
from screens import shown, workspace
from waiting import until

if TYPE_CHECKING:
    from case_audit.services.database import Database
    from case_audit.tui.app import Start

SIZES = [(80, 24), (120, 40)]


@pytest.mark.parametrize("size", SIZES)
async def test_a_flag_is_set_and_taken_away(
    ready: Start, embedded: Database, size: tuple[int, int]
) -> None:
    """In words beside the criterion, with a mark and a count in the strip; undoable."""
    async with workspace(ready, size) as pilot:
        await pilot.press("2", "m")
        assert kept_answer(embedded, "v1").flagged
        assert kept_answer(embedded, "v1").value == G
        text = shown(pilot.app)
        assert "v1 Label of v1" in text
        assert "  flagged\n" in text or "  flagged " in text
        assert "[G*·]  1 left, 1 flagged *" in text

        await pilot.press("n")
        await pilot.pause()
        assert "  flagged\n" not in shown(pilot.app)
        assert "[G*·]  1 left, 1 flagged *" in shown(pilot.app)

        await pilot.press("p", "m")
        assert not kept_answer(embedded, "v1").flagged
        await pilot.press("u")
        assert kept_answer(embedded, "v1").flagged
        await pilot.press("u", "u")
        assert kept_answer(embedded, "v1").value == ""


@pytest.mark.parametrize("size", SIZES)
async def test_how_sure_goes_round(
    ready: Start, embedded: Database, size: tuple[int, int]
) -> None:
    """Low, medium, high, nothing; each is a step that can be taken back."""
    async with workspace(ready, size) as pilot:
        await pilot.press("2")
        for sure in ("low", "medium", "high", ""):
            await pilot.press("o")
            assert kept_answer(embedded, "v1").confidence == sure
            await pilot.pause()
            assert ("sure: " + sure in shown(pilot.app)) == bool(sure)
            assert ("1 not sure" in shown(pilot.app)) == (sure == "low")
        await pilot.press("u", "u", "u")
        assert kept_answer(embedded, "v1").confidence == "low"
        await pilot.press("U")
        assert kept_answer(embedded, "v1").confidence == "medium"


async def test_a_criterion_can_be_flagged_before_it_is_answered(
    ready: Start, embedded: Database
) -> None:
    """It counts as not answered still."""
    async with workspace(ready) as pilot:
        await pilot.press("m", "o")

        assert "[·*·]  2 left, 1 flagged *, 1 not sure" in shown(pilot.app)
        assert "0/4" in shown(pilot.app)
        assert kept_answer(embedded, "v1").value == ""


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("key", "value", "question"),
    [
        ("0", NOT_APPLICABLE, "Why does it not apply?"),
        ("x", NOT_EVIDENCED, "What did you look for?"),
    ],
)
async def test_a_reason_is_asked_for_at_once(
    ready: Start,
    embedded: Database,
    size: tuple[int, int],
    key: str,
    value: str,
    question: str,
) -> None:
    """The answer is saved before the first letter; what is typed is the reason."""
    async with workspace(ready, size) as pilot:
        await pilot.press(key)
        await pilot.pause()
        assert kept_answer(embedded, "v1").value == value
        assert question in shown(pilot.app)
        assert isinstance(pilot.app.focused, TextArea)

        await pilot.press(*"no 3", "escape")
        await until(pilot, lambda: kept_answer(embedded, "v1").rationale == "no 3")
        await pilot.press(key)
        assert isinstance(pilot.app.focused, GradeList), "it has its reason"
        assert kept_answer(embedded, "v1").value == value


async def test_esc_leaves_the_reason_for_later(
    ready: Start, embedded: Database
) -> None:
    """The gap stays and is named beside what was saved."""
    async with workspace(ready) as pilot:
        await pilot.press("0", "escape", "n", "x", "escape", "n", "p", "p")
        await pilot.pause()

        assert kept_answer(embedded, "v1").value == NOT_APPLICABLE
        assert kept_answer(embedded, "v2").value == NOT_EVIDENCED
        assert "not applicable, but no reason is given" in shown(pilot.app)
