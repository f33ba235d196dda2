"""The screens around the workspace: name, home, cases, help, and the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders import G
from case_audit.services.settings import remember_auditor
from case_audit.tui.app import CaseAuditApp, Start
from case_audit.tui.screens.audit import AuditScreen
from case_audit.tui.screens.audit_keys import KEYS
from case_audit.tui.screens.cases import CasesScreen
from case_audit.tui.screens.closing import ClosingScreen
from case_audit.tui.screens.criterion import CriterionScreen
from case_audit.tui.screens.help import HelpScreen
from case_audit.tui.screens.home import HomeScreen
from case_audit.tui.screens.name import NameScreen
from case_audit.tui.screens.summary import SummaryScreen
from screens import at, shown, workspace
from stored import a_round, audit_case, case_ids
from waiting import until

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from case_audit.services.database import Database


async def test_every_other_screen_opens_and_goes_back(ready: Start) -> None:
    async with workspace(ready) as pilot:
        for key, screen in (
            ("question_mark", HelpScreen),
            ("d", CriterionScreen),
            ("c", ClosingScreen),
        ):
            await pilot.press(key)
            await until(pilot, at(pilot, screen))
            await pilot.press("escape")
            await until(pilot, at(pilot, AuditScreen))


async def test_help_lists_every_key(ready: Start) -> None:
    """It is made from the bindings, so a new key is in it."""
    async with workspace(ready, (80, 60)) as pilot:
        await pilot.press("question_mark")
        await until(pilot, at(pilot, HelpScreen))
        text = shown(pilot.app)

        assert all(b.description in text for b in KEYS)
        assert "Requires improvement to be good" in text


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 20), (100, 30)])
async def test_other_screens_look(
    ready: Start, size: tuple[int, int], golden: Callable[[str], None]
) -> None:
    """Home, cases, check and submit, summary."""
    pages = []
    async with workspace(ready, size) as pilot:
        await pilot.press("3", "c")
        await until(pilot, at(pilot, ClosingScreen))
        pages.append(shown(pilot.app))
        await pilot.press("escape")
        await until(pilot, at(pilot, AuditScreen))
        await pilot.press("escape")
        await until(pilot, at(pilot, HomeScreen))
        pages.append(shown(pilot.app))
        await pilot.press("end", "enter")
        await until(pilot, at(pilot, CasesScreen))
        pages.append(shown(pilot.app))
        await pilot.press("s")
        await until(pilot, at(pilot, SummaryScreen))
        pages.append(shown(pilot.app))
    golden(("─" * size[0] + "\n").join(pages))


async def test_the_first_start_asks_for_a_name(
    embedded: Database, tmp_path: Path
) -> None:
    app = CaseAuditApp(Start(url=embedded.url, settings=tmp_path))
    async with app.run_test() as pilot:
        await until(pilot, at(pilot, NameScreen))
        await pilot.press("enter", *"Ann", "enter")
        await until(pilot, at(pilot, HomeScreen))

        assert "Nothing here yet" in shown(app)
        assert "case-audit demo" in shown(app)
    again = CaseAuditApp(Start(url=embedded.url, settings=tmp_path))
    async with again.run_test() as pilot:
        await until(pilot, at(pilot, HomeScreen))
        assert "Ann" in shown(again)


async def test_one_esc_too_many_leaves_nothing(ready: Start) -> None:
    """After hours of going back, the first screen says what would end the app."""
    async with workspace(ready) as pilot:
        await pilot.press("escape")
        await until(pilot, at(pilot, HomeScreen))
        await pilot.press("escape")
        await until(pilot, lambda: "q leaves case-audit" in shown(pilot.app))
        assert at(pilot, HomeScreen)()
        await pilot.press("q")
    assert pilot.app.return_code == 0


async def test_what_to_press_is_said_with_the_keys_in_force(
    embedded: Database, tmp_path: Path
) -> None:
    remember_auditor(tmp_path, "Ann")
    settings = tmp_path / "settings.toml"
    settings.write_text(f'{settings.read_text()}preset = "modifier-only"\n')
    app = CaseAuditApp(Start(url=embedded.url, settings=tmp_path))
    async with app.run_test(notifications=True) as pilot:
        await until(pilot, lambda: "F1 help" in shown(app))
        assert "Ctrl+T   shows the way of a case" in shown(app)
        assert "Press F10 to leave" in shown(app)
        assert shown(app).splitlines()[-1].split("  ") == [
            *(" Ctrl+T tour", "F10 quit", "F1 help")
        ]
        await pilot.press("escape")
        await until(pilot, lambda: "F10 leaves case-audit" in shown(app))
        await pilot.press("f10")
    assert app.return_code == 0


async def test_the_newest_round_is_found_by_the_app_itself(
    ready: Start, embedded: Database
) -> None:
    """And without one the first screen says what to do."""
    a_round(embedded, name="Summer 2026")
    start = Start(url=ready.url, settings=ready.settings, newest=True)
    async with workspace(start) as pilot:
        assert "Summer 2026 · case 1 of 5" in shown(pilot.app)


async def test_leaving_without_a_name_leaves_the_app(
    embedded: Database, tmp_path: Path
) -> None:
    app = CaseAuditApp(Start(url=embedded.url, settings=tmp_path))
    async with app.run_test() as pilot:
        await until(pilot, at(pilot, NameScreen))
        await pilot.press("escape")
        await pilot.pause()

    assert app.return_code == 0


async def test_home_goes_on_and_a_submitted_case_can_be_taken_back(
    ready: Start, embedded: Database
) -> None:
    first, second = case_ids(embedded)[:2]
    audit_case(embedded, first, {}, rest=G, auditor="Ann Auditor")
    audit_case(embedded, second, {"v1": G}, auditor="Ann Auditor", then_submit=False)
    app = CaseAuditApp(Start(url=ready.url, settings=ready.settings))
    async with app.run_test() as pilot:
        await until(pilot, at(pilot, HomeScreen))
        assert "case 2 · 1 of 4 criteria answered" in shown(app)
        await pilot.press("c")
        await until(pilot, at(pilot, AuditScreen))
        assert "case 2 of 5" in shown(app)
        await pilot.press("escape")
        await until(pilot, at(pilot, HomeScreen))
        await pilot.press("j", "s")
        await until(pilot, at(pilot, SummaryScreen))
        await pilot.press("escape")
        await until(pilot, at(pilot, HomeScreen))
        await pilot.press("enter")
        await until(pilot, at(pilot, CasesScreen))
        assert "1/5 submitted" in shown(app)
        await pilot.press("j", "r", "k", "r")
        await until(pilot, lambda: "0/5 submitted" in shown(app))
        await pilot.press("question_mark")
        await until(pilot, at(pilot, HelpScreen))
        await pilot.press("escape")
        await until(pilot, at(pilot, CasesScreen))
        await pilot.press("escape", "q")

    with embedded.read() as uow:
        assert uow.audits.get(1).state == "open"
