"""A case is on screen before the libraries are, and nothing that is typed is lost."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from desks import desk
from workbooks import a_workbook, on_plans

from builders import AS_AT, NOW, G, O, a_criterion, a_rubric
from case_audit.services.answers import give_answer, keep_draft, typed
from case_audit.services.import_files import Files, import_files
from case_audit.services.rounds import close_round
from case_audit.tui import opening_app
from case_audit.tui.app import CaseAuditApp, Start
from case_audit.tui.screens.audit import AuditScreen
from case_audit.tui.screens.closing import ClosingScreen
from case_audit.tui.screens.home import HomeScreen
from case_audit.tui.widgets.chronology import Chronology
from screens import at, shown, whole
from stored import a_round, audit_case, case_ids
from waiting import until

if TYPE_CHECKING:
    from case_audit.core.audit.model import Answer
    from case_audit.services.database import Database

ANN = "Ann Auditor"


class Unopened(CaseAuditApp):
    """The app, whose libraries are not loaded before the test wants it."""

    CSS_PATH = str(Path(opening_app.__file__).with_name("app.tcss"))

    def _open(self) -> None:  # type: ignore[override]
        """Wait for the test, or for the first thing that has to be kept."""

    def libraries_are_there(self) -> None:
        """Go on as the app does."""
        super()._open()


@pytest.fixture
def start(ready: Start) -> Start:
    """As ``case-audit audit`` starts."""
    return Start(url=ready.url, settings=ready.settings, newest=True)


def kept(database: Database, subject: str) -> Answer:
    """An answer of the first audit as it is in the database."""
    with database.read() as uow:
        return uow.audits.answers(1).criterion(subject)


async def test_a_grade_a_note_and_undo_are_kept_at_once(
    start: Start, embedded: Database
) -> None:
    """Each is on disk when the screen says so, although nothing was loaded before."""
    app = Unopened(start)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, at(pilot, AuditScreen))
        assert "VIS-2026-02-02" in shown(app)
        with embedded.read() as uow:
            assert uow.audits.of_case(case_ids(embedded)[0]) is None

        await pilot.press("2")
        await until(pilot, lambda: "Saved" in shown(app))
        assert kept(embedded, "v1").value == G
        await pilot.press("4", "u")
        await until(pilot, lambda: kept(embedded, "v1").revision == 3)
        assert kept(embedded, "v1").value == G
        await pilot.press("e", *"seen")
        await until(pilot, lambda: "every letter" in shown(app))
        with embedded.read() as uow:
            assert [d.text for d in uow.audits.drafts(1)] == ["seen"]

        app.libraries_are_there()
        await until(pilot, lambda: app._database is not None)  # noqa: SLF001
        await pilot.press(*" alone", "escape")
        await until(pilot, lambda: "Saved" in shown(app))
    assert kept(embedded, "v1").rationale == "seen alone"


@pytest.mark.parametrize("keys", ["2", "e\x1b", "m", "x\x1b", "c\x1b", "U", "g\x1b"])
async def test_the_first_key_may_be_any(
    start: Start, embedded: Database, keys: str
) -> None:
    """And what follows it at once goes where it is meant."""
    app = Unopened(start)
    async with app.run_test() as pilot:
        await until(pilot, at(pilot, AuditScreen))
        for key in keys:
            await pilot.press("escape" if key == "\x1b" else key)
            if key == "c":
                await until(pilot, at(pilot, ClosingScreen))
        await until(pilot, at(pilot, AuditScreen))
        await pilot.press("n", "1")
        await until(pilot, lambda: kept(embedded, "v2").value == O)
        app.libraries_are_there()
        await until(pilot, lambda: whole(app))
        assert "v2 Label of v2" in shown(app)
    assert kept(embedded, "v1").value == {"2": G, "x": "not_evidenced"}.get(keys[0], "")
    assert kept(embedded, "v1").flagged == (keys == "m")


async def test_moving_does_not_wait_and_its_place_is_kept(
    start: Start, embedded: Database
) -> None:
    app = Unopened(start)
    async with app.run_test() as pilot:
        await until(pilot, at(pilot, AuditScreen))
        await pilot.press("n")
        await until(pilot, lambda: "v2 Label of v2" in shown(app))
        with embedded.read() as uow:
            assert uow.audits.of_case(case_ids(embedded)[0]) is None
        app.libraries_are_there()
        await until(pilot, lambda: whole(app))
        await pilot.press("2")
        await until(pilot, lambda: "Saved" in shown(app))
    with embedded.read() as uow:
        assert uow.audits.get(1).place == "v2"


async def test_what_was_being_typed_comes_back_and_can_be_changed_at_once(
    start: Start, embedded: Database
) -> None:
    audit = desk(embedded, case_ids(embedded)[0], ANN).audit.id
    draft = typed("criterion", "v1", field="rationale", text="half a no")
    keep_draft(embedded, audit, draft, auditor=ANN, now=NOW)
    app = Unopened(start)
    async with app.run_test() as pilot:
        await until(pilot, at(pilot, AuditScreen))
        assert "Recovered 1 unfinished note" in shown(app)
        assert "half a no" in shown(app)
        await pilot.press("e", *"te", "escape")
        await until(pilot, lambda: kept(embedded, "v1").revision == 2)
    assert kept(embedded, "v1").rationale == "half a note"


async def test_what_another_window_changed_meanwhile_is_not_overwritten(
    start: Start, embedded: Database
) -> None:
    """The key is refused, and the case is shown as it is now."""
    case = case_ids(embedded)[0]
    audit = audit_case(embedded, case, {"v1": G}, auditor=ANN, then_submit=False)
    app = Unopened(start)
    async with app.run_test(notifications=True) as pilot:
        await until(pilot, at(pilot, AuditScreen))
        there = kept(embedded, "v1")
        give_answer(embedded, audit, replace(there, value=O), auditor=ANN, now=NOW)
        await pilot.press("4")
        await until(pilot, lambda: "NOT SAVED" in shown(app))
        assert kept(embedded, "v1").value == O
        await pilot.press("u", "right_square_bracket", "question_mark")

        app.libraries_are_there()
        await until(pilot, lambda: whole(app))
        await until(pilot, lambda: "▸ 1" in shown(app))
        await pilot.press("3", "escape")
        await until(pilot, at(pilot, HomeScreen))
    assert kept(embedded, "v1").revision == 3


@pytest.mark.slow
async def test_a_case_that_somebody_began_meanwhile_is_theirs(
    start: Start, embedded: Database
) -> None:
    app = Unopened(start)
    async with app.run_test(notifications=True) as pilot:
        await until(pilot, at(pilot, AuditScreen))
        audit_case(embedded, case_ids(embedded)[0], {"v1": G}, then_submit=False)
        app.libraries_are_there()
        await until(pilot, lambda: "Read only: Ann, open" in shown(app))
        await pilot.press("4")
    assert kept(embedded, "v1").value == G


async def test_a_round_that_was_closed_meanwhile_takes_no_answer(
    start: Start, embedded: Database
) -> None:
    """The first screen is there, and says why."""
    app = Unopened(start)
    async with app.run_test(notifications=True) as pilot:
        await until(pilot, at(pilot, AuditScreen))
        close_round(embedded, "Spring 2026", by="Lee", now=NOW)
        await pilot.press("2")
        await until(pilot, lambda: "NOT SAVED" in shown(app))
        app.libraries_are_there()
        await until(pilot, at(pilot, HomeScreen))
        assert "closed" in shown(app)
    with embedded.read() as uow:
        assert uow.audits.of_case(case_ids(embedded)[0]) is None


async def test_a_case_left_at_once_is_not_taken_and_the_rounds_are_there(
    start: Start, embedded: Database
) -> None:
    app = Unopened(start)
    async with app.run_test() as pilot:
        await until(pilot, at(pilot, AuditScreen))
        await pilot.press("escape")
        await until(pilot, at(pilot, HomeScreen))
        assert "0 of 5 submitted" in shown(app)
        app.libraries_are_there()
        await until(pilot, lambda: app._database is not None)  # noqa: SLF001
        assert isinstance(app.screen, HomeScreen)
    with embedded.read() as uow:
        assert uow.audits.of_case(case_ids(embedded)[0]) is None


async def test_the_next_case_can_be_asked_for_at_once(start: Start) -> None:
    app = Unopened(start)
    async with app.run_test() as pilot:
        await until(pilot, at(pilot, AuditScreen))
        await pilot.press("right_square_bracket")
        await until(pilot, lambda: "case 2 of 5" in shown(app))
        app.libraries_are_there()
        await until(pilot, lambda: app._database is not None)  # noqa: SLF001
        assert "case 2 of 5" in shown(app)
        await pilot.press("escape")
        await until(pilot, at(pilot, HomeScreen))


@pytest.mark.parametrize(
    "other", [{"unit": "C0001"}, {"newest": False, "round_name": "No such round"}]
)
async def test_what_a_glance_does_not_find_takes_the_ordinary_way(
    start: Start, other: dict[str, object]
) -> None:
    app = Unopened(replace(start, **other))  # type: ignore[arg-type]
    async with app.run_test() as pilot:
        await until(pilot, lambda: "opening the database" in shown(app))


async def test_dates_of_the_lists_come_later_and_say_so(
    embedded: Database, start: Start, tmp_path: Path
) -> None:
    """Counting working days needs a library of its own; the cursor keeps its place."""
    plans = on_plans("001", last_visit="09/03/2026", previous_plans="0")
    book = a_workbook(tmp_path / "a.xlsx", plans, synthetic=True)
    import_files(embedded, Files(lists=book), as_at=AS_AT, imported_by="Lee", now=NOW)
    rubric = a_rubric({"voice": (a_criterion("w1", timescales=("T09",)),)})
    a_round(embedded, name="Later", size=1, rubric=rubric)
    app = Unopened(start)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, at(pilot, AuditScreen))
        assert "Dates: being read" in shown(app)
        await pilot.press("t", "end")
        await pilot.pause()
        chronology = app.screen.query_one(Chronology)
        before = chronology.cursor
        app.libraries_are_there()
        await until(
            pilot, lambda: "Dates: Child protection visits: overdue" in shown(app)
        )
        assert chronology.cursor >= before
        assert "Dates: being read" not in shown(app)


PAINTED = """
import asyncio, sys
from pathlib import Path
from case_audit.tui import opening_app
from case_audit.tui.app import CaseAuditApp, Start

HEAVY = {"sqlalchemy", "sqlmodel", "pydantic", "alembic", "yaml", "faker", "holidays",
         "typer", "case_audit.store.tables"}
seen = []

class Watched(CaseAuditApp):
    CSS_PATH = str(Path(opening_app.__file__).with_name("app.tcss"))
    def _open(self):
        lines = self.screen._compositor.render_strips()
        seen.append(("\\n".join(strip.text for strip in lines), HEAVY & set(sys.modules)))
        super()._open()

async def main():
    app = Watched(Start(url=sys.argv[1], settings=Path(sys.argv[2]), newest=True))
    async with app.run_test(size=(120, 40)) as pilot:
        while not seen:
            await pilot.pause(0.01)
        await pilot.press("2")
        await pilot.pause()
    (text, loaded), = seen
    assert "v1 Label of v1" in text and "VIS-2026-02-02" in text, text
    assert not loaded, loaded
    assert "sqlmodel" in sys.modules

asyncio.run(main())
"""


def test_the_case_is_painted_before_the_libraries_are_loaded(
    start: Start, embedded: Database
) -> None:
    """As a new process starts; and its first key is kept."""
    done = subprocess.run(
        [sys.executable, "-c", PAINTED, start.url, str(start.settings)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert kept(embedded, "v1").value == G
