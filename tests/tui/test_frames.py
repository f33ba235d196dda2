"""Frames in the app: listed, looked at, checked, compared, written."""

from __future__ import annotations

from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING

import pytest

from builders import AS_AT, units
from case_audit.core.frame.model import Excluded, Frame, frame_digest
from case_audit.services.settings import remember_auditor
from case_audit.tui.app import CaseAuditApp, Start
from case_audit.tui.lead import in_thread
from case_audit.tui.screens.confirm import ConfirmScreen
from case_audit.tui.screens.frames import FramesScreen
from case_audit.tui.screens.help import HelpScreen
from case_audit.tui.screens.home import HomeScreen
from case_audit.tui.screens.loading import ReadingScreen
from case_audit.tui.screens.page import PageScreen
from case_audit.tui.screens.place import PlaceScreen
from case_audit.tui.screens.plan import PlanScreen
from screens import at, shown
from stored import keep_frame
from waiting import until

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from case_audit.services.database import Database

HOSTILE = "[b]T[/b] [/nope] [@click=app.quit]x[/] \x1b]0;t\x07\u202eend"


def a_frame(database: Database, size: int, *, cohort: str = "cp") -> None:
    """A frame with a hostile team, signs of risk, and somebody left out."""
    found = list(units(size))
    risks = {"team": HOSTILE, "risk_no_visit": "yes", "risks": "1"}
    found[0] = replace(found[0], attributes=risks)
    frame = Frame(
        cohort=cohort,
        as_at=AS_AT,
        units=tuple(found),
        excluded=(Excluded(rule="plan ended", count=3),),
    )
    keep_frame(database, frame)


@pytest.fixture
def app(embedded: Database, tmp_path: Path) -> CaseAuditApp:
    """The app on two frames of one cohort and one of another."""
    a_frame(embedded, 12)
    a_frame(embedded, 15)
    a_frame(embedded, 5, cohort="cin")
    settings = tmp_path / "settings"
    remember_auditor(settings, "Lee Lead")
    return CaseAuditApp(Start(url=embedded.url, settings=settings))


async def listed(pilot: Pilot[None]) -> None:
    await until(pilot, at(pilot, HomeScreen))
    await pilot.press("f")
    await until(pilot, at(pilot, FramesScreen))


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 20)])
async def test_looks(
    app: CaseAuditApp, size: tuple[int, int], golden: Callable[[str], None]
) -> None:
    """The list, one frame, how good it is, two beside each other, the place."""
    pages = []
    async with app.run_test(size=size) as pilot:
        await listed(pilot)
        pages.append(shown(app))
        await pilot.press("down", "enter")
        await until(pilot, at(pilot, PageScreen))
        pages.append(shown(app))
        await pilot.press("c")
        await until(pilot, lambda: "How good" in shown(app))
        pages.append(shown(app))
        await pilot.press("escape", "escape")
        await until(pilot, at(pilot, FramesScreen))
        await pilot.press("d", "down")
        pages.append(shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: "In both" in shown(app))
        pages.append(shown(app))
        await pilot.press("escape", "x")
        await until(pilot, at(pilot, PlaceScreen))
        pages.append(shown(app))
    text = ("─" * size[0] + "\n").join(pages)
    assert not {"\x1b", "\x07", "\u202e"} & set(text)
    golden(text)


@pytest.mark.slow
async def test_a_frame_is_written_and_never_over_a_file_unasked(
    app: CaseAuditApp, embedded: Database, tmp_path: Path
) -> None:
    """The digest of the frame is that of the file."""
    path = tmp_path / "out.tsv"
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await listed(pilot)
        await pilot.press("down", "x")
        await until(pilot, at(pilot, PlaceScreen))
        await pilot.press("ctrl+u", "enter")
        await until(pilot, lambda: "Type where" in shown(app))
        await pilot.press(*str(tmp_path / "no" / "x"), "enter")
        await until(pilot, lambda: "is not there" in shown(app))
        await pilot.press("ctrl+u", *str(tmp_path), "enter")
        await until(pilot, lambda: "That is a folder" in shown(app))
        await pilot.press("ctrl+u", *str(path), "enter")
        await until(pilot, path.exists)
        first = path.read_text("utf-8")
        path.write_text("mine", "utf-8")
        await until(pilot, at(pilot, FramesScreen))
        await pilot.press("x")
        await until(pilot, at(pilot, PlaceScreen))
        await pilot.press("ctrl+u", *str(path), "enter")
        await until(pilot, at(pilot, ConfirmScreen))
        await pilot.press("n")
        await until(pilot, at(pilot, PlaceScreen))
        assert path.read_text("utf-8") == "mine"
        await pilot.press("enter")
        await until(pilot, at(pilot, ConfirmScreen))
        await pilot.press("y")
        await until(pilot, lambda: path.read_text("utf-8") == first)

    rows = [line.split("\t") for line in first.splitlines()]
    with embedded.read() as uow:
        digest = uow.frames.newest("cp").digest
    assert frame_digest((unit, stratum) for unit, stratum in rows) == digest


async def test_frames_lead_on_and_back(app: CaseAuditApp) -> None:
    """To a plan of that cohort, to help; a frame is not compared with itself."""
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await listed(pilot)
        await pilot.press("question_mark")
        await until(pilot, at(pilot, HelpScreen))
        assert "Compare with another frame" in shown(app)
        await pilot.press("escape")
        await until(pilot, at(pilot, FramesScreen))
        await pilot.press("d", "d")
        await until(pilot, lambda: "Choose another frame" in shown(app))
        await pilot.press("d", "escape")
        assert isinstance(app.screen, FramesScreen)
        await pilot.press("down", "p")
        await until(pilot, at(pilot, PlanScreen))
        assert "Children on child protection plans" in shown(app)
        await pilot.press("escape")
        await until(pilot, at(pilot, FramesScreen))
        await pilot.press("c")
        await until(pilot, at(pilot, PageScreen))
        await pilot.press("question_mark")
        await until(pilot, at(pilot, HelpScreen))
        await pilot.press("escape")
        await until(pilot, at(pilot, PageScreen))
        await pilot.press("escape")
        await until(pilot, at(pilot, FramesScreen))
        await pilot.press("up", "enter")
        await until(pilot, at(pilot, PageScreen))
        await pilot.press("p")
        await until(pilot, at(pilot, PlanScreen))
        assert "Children in need" in shown(app)


async def test_without_frames_the_screen_says_what_to_do(
    embedded: Database, tmp_path: Path
) -> None:
    settings = tmp_path / "settings"
    remember_auditor(settings, "Lee Lead")
    app = CaseAuditApp(Start(url=embedded.url, settings=settings))
    async with app.run_test(size=(80, 24)) as pilot:
        await listed(pilot)
        assert "case-audit import annex_a.xlsx" in shown(app)
        await pilot.press("p", "c", "x", "d", "escape")
        await until(pilot, at(pilot, HomeScreen))


async def test_reading_says_so_and_can_be_left(app: CaseAuditApp) -> None:
    """What is read later is not shown any more."""
    go = Event()
    seen: list[bool] = []
    async with app.run_test() as pilot:
        await until(pilot, at(pilot, HomeScreen))
        in_thread(app, go.wait, seen.append, reading=True)
        await until(pilot, at(pilot, ReadingScreen))
        assert "Reading the frame" in shown(app)
        await pilot.press("escape")
        await until(pilot, at(pilot, HomeScreen))
        go.set()
        await app.workers.wait_for_complete()
        assert not seen
