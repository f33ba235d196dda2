"""A frame is made in the app: counted first, then made, and nothing typed is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from imported import imported
from recorded import row

from builders import NOW
from case_audit.errors import UnknownCohortError
from case_audit.services.frame import list_frames
from case_audit.services.frame_make import EVERY, Wanted, make_frame
from case_audit.services.plan_ahead import frames_to_plan
from case_audit.services.settings import remember_auditor
from case_audit.tui.app import CaseAuditApp, Start
from case_audit.tui.frame_wish import FrameWish
from case_audit.tui.screens.confirm import ConfirmScreen
from case_audit.tui.screens.frames import FramesScreen
from case_audit.tui.screens.home import HomeScreen
from case_audit.tui.screens.make_frame import MakeFrameScreen
from case_audit.tui.screens.plan import PlanScreen
from screens import at, shown
from waiting import until

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from case_audit.services.database import Database

HOSTILE = "[b]T[/b] [@click=app.quit]x[/] \x1b]0;t\x07\u202eend"
ROWS = [
    row(3, "A1", 2, referral_date="2026-01-10", team=HOSTILE, referral_nfa="yes"),
    row(3, "A1", 3, referral_date="2026-03-02", team="South", referral_nfa="no"),
    row(3, "B2", 4, referral_date="2026-02-01", team="North"),
    row(8, "1", 5, care_start="2025-01-01", date_of_birth="2009-01-01"),
    row(8, "2", 6, care_start="2025-01-01", date_of_birth="2015-01-01"),
]


@pytest.fixture
def app(embedded: Database, tmp_path: Path) -> CaseAuditApp:
    """The app on an import of referrals and children in care."""
    imported(embedded, ROWS)
    return start(embedded, tmp_path)


def start(database: Database, folder: Path) -> CaseAuditApp:
    settings = folder / "settings"
    remember_auditor(settings, "Lee Lead")
    return CaseAuditApp(Start(url=database.url, settings=settings))


async def making(pilot: Pilot[None]) -> None:
    """From the first screen to the form, for the frame at the top."""
    await until(pilot, at(pilot, HomeScreen))
    await pilot.press("f")
    await until(pilot, at(pilot, FramesScreen))
    await pilot.press("m")
    await until(pilot, at(pilot, MakeFrameScreen))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_looks(
    app: CaseAuditApp, size: tuple[int, int], golden: Callable[[str], None]
) -> None:
    """The form, who would be in, the last question, the list with the new frame."""
    pages = []
    async with app.run_test(size=size) as pilot:
        await making(pilot)
        pages.append(shown(app))
        await pilot.press("down", "right", "enter")
        await until(pilot, lambda: "rows on the list" in shown(app))
        pages.append(shown(app))
        await pilot.press("enter")
        await until(pilot, at(pilot, ConfirmScreen))
        pages.append(shown(app))
        await pilot.press("y")
        await until(pilot, at(pilot, FramesScreen))
        pages.append(shown(app))
    golden(("─" * size[0] + "\n").join(pages))


async def test_a_frame_is_counted_then_made_then_planned(
    app: CaseAuditApp, embedded: Database
) -> None:
    """What is wrong says so and stays; nothing is made before the last yes."""
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await making(pilot)
        await pilot.press("right", *["down"] * 2, "x", "enter")
        await until(pilot, lambda: "x is not a number of months" in shown(app))
        await pilot.press("ctrl+u", "down", "down", *"aeg >= 16", "enter")
        await until(pilot, lambda: "Did you mean age" in shown(app))
        assert "Only where      aeg >= 16" in shown(app)
        await pilot.press("escape")
        await until(pilot, at(pilot, FramesScreen))
        await pilot.press("down", "m")
        await until(pilot, at(pilot, MakeFrameScreen))
        assert "Children in care (cic)" in shown(app)
        assert "Only where      aeg >= 16" in shown(app)
        await pilot.press("up", "home", *["delete"] * 3, *"age", "enter")
        await until(
            pilot, lambda: "Children in care, 31 March 2026: 1 child" in shown(app)
        )
        assert "1  does not meet the filter" in shown(app)
        assert len(list_frames(embedded)) == 3
        await pilot.press("enter")
        await until(pilot, at(pilot, ConfirmScreen))
        await pilot.press("n")
        await until(pilot, at(pilot, MakeFrameScreen))
        assert len(list_frames(embedded)) == 3
        await pilot.press("enter")
        await until(pilot, at(pilot, ConfirmScreen))
        await pilot.press("y")
        await until(pilot, lambda: "Frame 4 is made" in shown(app))
        await pilot.press("p")
        await until(pilot, at(pilot, PlanScreen))
        assert "1 of 1" in shown(app)

    made = list_frames(embedded)[-1]
    assert (made.cohort, made.units, made.definition.only) == ("cic", 1, "age >= 16")
    assert [f.id for f in frames_to_plan(embedded)] == [1, 4]


async def test_a_change_after_counting_asks_to_count_again(app: CaseAuditApp) -> None:
    """Also hostile text is only shown; a refusal of the service is told."""
    async with app.run_test(size=(120, 40)) as pilot:
        await making(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "Enter makes this frame" in shown(app))
        await pilot.press("end", *["down"] * 4)
        await pilot.press(*"team == '[b]T[/b]'", "enter")
        await until(pilot, lambda: "Nobody is left" in shown(app))
        assert "frame make referral --only" in shown(app)
        assert "Only where      team == '[b]T[/b]'" in shown(app)
        await pilot.press("ctrl+u")
        await until(pilot, lambda: "A condition can speak of" in shown(app))
        await pilot.press("up", "up", "3", "enter")
        await until(pilot, lambda: "it has no window of months" in shown(app))
        await pilot.press("pagedown", "pageup", "escape")
        await until(pilot, at(pilot, FramesScreen))


async def test_without_an_import_there_is_nothing_to_make(
    embedded: Database, tmp_path: Path
) -> None:
    app = start(embedded, tmp_path)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until(pilot, at(pilot, HomeScreen))
        await pilot.press("f")
        await until(pilot, at(pilot, FramesScreen))
        await pilot.press("m")
        await until(pilot, lambda: "nothing to make a frame from" in shown(app))


def test_it_is_told_how_far_it_is_and_can_be_given_up(embedded: Database) -> None:
    """Given up, nothing is kept."""
    cause = UnknownCohortError("given up", known=[])
    days = [row(3, f"C{n}", n, referral_date="2026-01-10") for n in range(EVERY + 1)]
    imported(embedded, days)
    seen: list[int] = []

    def told(rows: int) -> None:
        seen.append(rows)
        if rows:
            raise cause

    with pytest.raises(UnknownCohortError):
        make_frame(
            embedded, Wanted(cohort="referral"), made_by="Lee", now=NOW, told=told
        )

    assert seen == [0, EVERY]
    assert len(list_frames(embedded)) == 1


@pytest.mark.parametrize(
    ("wish", "command"),
    [
        (FrameWish(), "case-audit frame make contact"),
        (
            FrameWish(episodes=True, months=" 3 ", overlap=True, only="age >= 2"),
            (
                "case-audit frame make contact --unit episode --only 'age >= 2' "
                "--closed-within 3 --no-precedence"
            ),
        ),
    ],
)
def test_the_command_makes_the_same(wish: FrameWish, command: str) -> None:
    assert wish.command == command


@pytest.mark.parametrize("months", ["121", "-1", "1.5", "²", "x", "9" * 300])
def test_months_that_cannot_be_are_refused(months: str) -> None:
    assert "0 to 120" in FrameWish(months=months).wrong
