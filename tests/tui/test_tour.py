"""The guided tour: each step waits to be done, and nothing of it is kept."""

from __future__ import annotations

from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING, Any

from builders import NOW
from case_audit.services.tour import prepare_tour
from case_audit.tui.app import CaseAuditApp, Start
from case_audit.tui.screens.audit import AuditScreen
from case_audit.tui.screens.confirm import ConfirmScreen
from case_audit.tui.screens.home import HomeScreen
from case_audit.tui.tour import CLOSING, Strip, TourClosing, TourScreen
from screens import at, shown
from waiting import until

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from case_audit.services.database import Database

KEYS: tuple[tuple[str, ...], ...] = (
    ("down",),
    ("2",),
    ("e", *"Seen", "escape"),
    ("f",),
    ("down", "q"),
    ("escape", "N"),
    ("m",),
    ("u",),
    ("3",),
)
"""What does each step, in order."""


def folders() -> set[Path]:
    return set(Path(gettempdir()).glob("case-audit-tour-*"))


def step(pilot: Pilot[Any]) -> int:
    """Which step the tour is at; 0 outside."""
    screen = pilot.app.screen
    return int(screen.place.split()[0]) if isinstance(screen, TourScreen) else 0


async def test_a_tour_waits_for_each_step_and_keeps_nothing(
    ready: Start, embedded: Database
) -> None:
    """From the first screen, at 80x24; Esc leaves it, and it begins anew."""
    before = folders()
    app = CaseAuditApp(Start(url=ready.url, settings=ready.settings))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until(pilot, at(pilot, HomeScreen))
        await pilot.press("t")
        await until(pilot, at(pilot, TourScreen))
        assert "PRACTICE" in shown(app)
        assert "TOUR 1 of 10" in shown(app)
        assert len(folders() - before) == 1
        await pilot.press("n", "p")  # not what it waits for, and not forbidden
        for number, keys in enumerate(KEYS, start=1):
            await until(pilot, lambda number=number: step(pilot) == number)  # type: ignore[misc]
            assert app.screen.query_one(Strip).size.height <= 3
            assert "? help" in shown(app)
            await pilot.press(*keys)
        await until(pilot, lambda: step(pilot) == len(KEYS) + 1)
        await pilot.press("c")
        await until(pilot, at(pilot, TourClosing))
        assert CLOSING.split(".", maxsplit=1)[0] in shown(app)
        assert app.screen.query_one(Strip).size.height <= 3
        await pilot.press("s")
        await until(pilot, at(pilot, ConfirmScreen))
        await pilot.press("y")
        await until(pilot, at(pilot, HomeScreen))
        await until(pilot, lambda: "whole way of a case" in shown(app))
        assert folders() == before

        await pilot.press("t")
        await until(pilot, at(pilot, TourScreen))
        assert step(pilot) == 1
        assert "Answered before" not in shown(app)
        await pilot.press("escape")
        await until(pilot, at(pilot, HomeScreen))

    assert folders() == before
    with embedded.read() as uow:
        assert [one.name for one in uow.rounds.rounds()] == ["Spring 2026"]
        assert uow.audits.of_round(1) == []


async def test_the_first_time_a_tour_is_offered(ready: Start) -> None:
    """Yes leads to the case after it, no leads there at once."""
    start = Start(
        url=ready.url,
        settings=ready.settings,
        round_name=ready.round_name,
        tour="offer",
    )
    app = CaseAuditApp(start)
    async with app.run_test() as pilot:
        await until(pilot, at(pilot, ConfirmScreen))
        assert "show you round" in shown(app)
        await pilot.press("y")
        await until(pilot, at(pilot, TourScreen))
        await pilot.press("escape")
        await until(pilot, lambda: type(app.screen) is AuditScreen)
        assert "Spring 2026" in shown(app)
    app = CaseAuditApp(start)
    async with app.run_test() as pilot:
        await until(pilot, at(pilot, ConfirmScreen))
        await pilot.press("n")
        await until(pilot, lambda: type(app.screen) is AuditScreen)


async def test_a_tour_by_itself_ends_the_app(ready: Start, tmp_path: Path) -> None:
    start = Start(url=str(tmp_path / "none.db"), settings=ready.settings, tour="alone")
    app = CaseAuditApp(start)
    async with app.run_test() as pilot:
        await until(pilot, at(pilot, TourScreen))
        await pilot.press("escape")
        await until(pilot, lambda: app.return_code is not None)

    assert app.return_code == 0


def test_the_case_is_practice_and_all_but_ready(tmp_path: Path) -> None:
    tour = prepare_tour(tmp_path, auditor="Ann", version="0", now=NOW)

    assert tour.database.kind() == "practice"
    assert tour.case.unit.unit == "TOUR-1"
    assert [gap.what for gap in tour.case.gaps(tour.case.answers)] == [
        "not yet assessed",
        "not yet assessed",
    ]
    assert "invented" in tour.case.file.documents[0].paragraphs[0]
    tour.database.close()
