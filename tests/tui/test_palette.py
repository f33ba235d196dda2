"""The palette offers what can be done now, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.widgets import OptionList

from builders import G
from case_audit.services.settings import change_settings
from case_audit.tui.app import CaseAuditApp, Start
from case_audit.tui.commands import commands
from case_audit.tui.screens.audit import AuditScreen
from case_audit.tui.screens.cases import CasesScreen
from case_audit.tui.screens.closing import ClosingScreen
from case_audit.tui.screens.frames import FramesScreen
from case_audit.tui.screens.home import HomeScreen
from case_audit.tui.screens.palette import PaletteScreen
from case_audit.tui.screens.plan import PlanScreen
from case_audit.tui.screens.strata import StrataScreen
from screens import at, shown, workspace
from stored import audit_case, case_ids
from waiting import until

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from case_audit.services.database import Database


def offered(pilot: Pilot[Any]) -> dict[str, str]:
    return {one.words: one.key for one in commands(pilot.app.screen)}


async def test_what_is_chosen_by_its_words_is_done(ready: Start) -> None:
    async with workspace(ready) as pilot:
        await pilot.press("ctrl+p")
        await until(pilot, at(pilot, PaletteScreen))
        assert "What can be done now" in shown(pilot.app)
        await pilot.press(*"requ impr", "enter")
        await until(pilot, at(pilot, AuditScreen))
        await until(pilot, lambda: "▸ 3 R" in shown(pilot.app))

        await pilot.press("colon")
        await until(pilot, at(pilot, PaletteScreen))
        await pilot.press(*"zzz", "enter")
        assert isinstance(pilot.app.screen, PaletteScreen)
        assert pilot.app.screen.query_one(OptionList).option_count == 0
        await pilot.press("escape")
        await until(pilot, at(pilot, AuditScreen))
        await pilot.press("colon")
        await until(pilot, at(pilot, PaletteScreen))
        await pilot.press("down", "down", "up", *"check", "enter")
        await until(pilot, at(pilot, ClosingScreen))


async def test_only_what_would_do_something_is_offered(ready: Start) -> None:
    """In a field letters are text, so only leaving it is left."""
    async with workspace(ready) as pilot:
        words = offered(pilot)
        assert words["Good"] == "2"
        assert words["Next criterion"] == "n"
        assert not {"Undo", "Redo", "Down", "Find what can be done"} & words.keys()
        assert not {"Clear", "Previous criterion"} & words.keys()
        await pilot.press("2")
        await until(pilot, lambda: {"Undo", "Clear"} <= offered(pilot).keys())
        assert "Redo" not in offered(pilot)
        await pilot.press("u")
        await until(pilot, lambda: "Redo" in offered(pilot))
        await pilot.press("e")
        assert not {"Good", "Undo", "Redo", "Next criterion"} & offered(pilot).keys()
        assert "Back" in offered(pilot)
        await pilot.press("escape", "c")
        await until(pilot, at(pilot, ClosingScreen))
        assert not {"Submit the audit", "Take a tick away"} & offered(pilot).keys()


async def test_lists_know_what_is_under_the_cursor(
    ready: Start, embedded: Database
) -> None:
    first = case_ids(embedded)[0]
    audit_case(embedded, first, {}, rest=G, auditor="Ann Auditor")
    app = CaseAuditApp(Start(url=ready.url, settings=ready.settings))
    async with app.run_test(notifications=True) as pilot:
        await until(pilot, at(pilot, HomeScreen))
        assert {"Summary of the round", "Plan a draw"} <= offered(pilot).keys()
        assert offered(pilot)["Quit"] == "q"
        await pilot.press("end", "enter")
        await until(pilot, at(pilot, CasesScreen))
        assert "Take a submitted audit back" in offered(pilot)
        await pilot.press("down")
        assert "Take a submitted audit back" not in offered(pilot)
        assert offered(pilot)["Leave the app"] == "Ctrl+Q"


async def test_frames_and_plan_offer_what_their_state_allows(ready: Start) -> None:
    """And a card has its own commands, which the palette does too."""
    app = CaseAuditApp(Start(url=ready.url, settings=ready.settings))
    async with app.run_test(notifications=True) as pilot:
        await until(pilot, at(pilot, HomeScreen))
        await pilot.press("f")
        await until(pilot, at(pilot, FramesScreen))
        words = offered(pilot)
        assert {"Plan a draw from this cohort", "Make another frame"} <= words.keys()
        assert "Compare with another frame" not in words  # there is only one
        await pilot.press("p")
        await until(pilot, at(pilot, PlanScreen))
        await until(pilot, lambda: "Draw this sample" in offered(pilot))
        words = offered(pilot)
        assert {"Less by ten", "Inadequate: a rate or a number"} <= words.keys()
        assert "More by ten" not in words  # all cases of the frame are drawn already
        assert "Take a typed digit back" not in words
        assert "Type a condition, or choose from a list" not in words
        assert "To the strata and back" not in words
        await pilot.press("1", "2")
        assert "Take a typed digit back" in offered(pilot)
        await until(pilot, lambda: "Draw this sample" in offered(pilot))
        await pilot.press("down", "down", "right")
        await until(pilot, lambda: "To the strata and back" in offered(pilot))
        assert "Choose strata from a list" in offered(pilot)
        await pilot.press("s")
        await until(pilot, at(pilot, StrataScreen))
        assert {"Choose or let go", "Leave as it was"} <= offered(pilot).keys()
        assert "Settings and keys" not in offered(pilot)
        await pilot.press("ctrl+p", "ctrl+p")
        await until(pilot, at(pilot, PaletteScreen))
        await pilot.press(*"or let", "enter")
        await until(pilot, lambda: "[ ]" in shown(app))
        await pilot.press("colon", *"as it was", "enter")
        await until(pilot, at(pilot, PlanScreen))


async def test_keys_in_force_stand_beside_the_words(ready: Start) -> None:
    """And what has no key is found here all the same."""
    change_settings(
        ready.settings, {("keys", "audit.next"): "F6", ("keys", "audit.check"): []}
    )
    async with workspace(ready) as pilot:
        words = offered(pilot)
        assert (words["Next criterion"], words["Check and submit"]) == ("F6", "")


async def test_there_is_no_command_of_textual_s_own(ready: Start) -> None:
    """Its screenshot would write a case to a file."""
    async with workspace(ready) as pilot:
        assert not pilot.app.ENABLE_COMMAND_PALETTE
        assert not [words for words in offered(pilot) if "creenshot" in words]
