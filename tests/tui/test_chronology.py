"""What happened when, on screen."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from desks import desk
from textual.app import App

from case_audit.core.frame.case_file import CaseFile, Document
from case_audit.tui.widgets.chronology import Chronology, axis
from case_audit.tui.widgets.file_pane import FilePane
from case_audit.tui.widgets.grade_list import GradeList
from screens import shown, workspace
from stored import a_round, case_ids, with_frame

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from case_audit.services.database import Database
    from case_audit.services.opened import OpenCase
    from case_audit.tui.app import Start

DAYS = [dt.date(2025, 11, 3), dt.date(2025, 11, 9), dt.date(2026, 1, 1)]


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (80, "2025: Nov 2 Dec – 2026: Jan 1"),
        (29, "2025: Nov 2 Dec – 2026: Jan 1"),
        (28, "2025: N2 D– 2026: J1"),
        (19, "2025: 2 2026: 1"),
        (14, "2025 to 2026: "),
    ],
)
def test_the_axis_is_the_fullest_that_fits(width: int, line: str) -> None:
    assert axis(DAYS, width) == line


def test_without_a_date_there_is_no_axis() -> None:
    assert axis([], 40) == ""


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40)])
async def test_enter_opens_the_document(ready: Start, size: tuple[int, int]) -> None:
    """`t` goes there and back; `f` goes on to the file."""
    async with workspace(ready, size) as pilot:
        await pilot.press("t")
        await pilot.pause()
        text = shown(pilot.app)
        assert "2 Feb 26" in text
        assert "2026: " in text
        assert "enter open the document" in text
        assert isinstance(pilot.app.focused, Chronology)
        await pilot.press("t")
        assert isinstance(pilot.app.focused, GradeList)
        await pilot.press("t", "home")
        for _ in range(30):
            await pilot.press("enter")
            if isinstance(pilot.app.focused, FilePane):
                break
            await pilot.press("down")
        await pilot.pause()
        assert isinstance(pilot.app.focused, FilePane)
        assert "VIS-2026-02-02 Home visit" in shown(pilot.app)
        await pilot.press("t", "f", "escape")
        assert isinstance(pilot.app.focused, GradeList)


def a_note(ref: str, day: dt.date) -> Document:
    return Document(
        ref=ref,
        kind="visit",
        date=day,
        recorded_on=day,
        author="A",
        role="social worker",
        title="Visit",
        paragraphs=("Text.",),
    )


class Shows(App[None]):
    """The dates of a case alone on the screen."""

    def __init__(self, case: OpenCase) -> None:
        super().__init__()
        self._case = case

    def compose(self) -> ComposeResult:
        yield Chronology(self._case, id="time")

    def on_mount(self) -> None:
        self.query_one(Chronology).focus()


async def test_silences_and_dates_of_the_lists_stand_in_the_same_column(
    embedded: Database,
) -> None:
    """The cursor passes a silence over; a date of the lists opens nothing."""
    with_frame(embedded)
    a_round(embedded)
    case = desk(embedded, case_ids(embedded)[0])
    notes = (a_note("A-1", dt.date(2026, 1, 5)), a_note("A-2", dt.date(2026, 2, 15)))
    file = CaseFile(unit="K-1", cohort="cp", documents=notes)
    listed = (("Born", "2015-03-01"), ("Plan began", "2026-01-05"), ("Age", "11"))
    app = Shows(replace(case, file=file, facts=listed, findings=()))
    async with app.run_test(size=(44, 12)) as pilot:
        await pilot.press("down", "down", "down", "enter", "up", "enter")
        await pilot.pause()

        assert shown(app).splitlines()[:6] == [
            " 2026: Jan 2 Feb 1",
            "    1 Mar 15  Born (list)",
            "    5 Jan 26  A-1 Visit",
            " ›  5 Jan 26  Plan began (list)",
            "   ┄ 41 days without an entry",
            "   15 Feb 26  A-2 Visit",
        ]


async def test_a_case_without_dates_says_so(embedded: Database) -> None:
    with_frame(embedded)
    a_round(embedded)
    case = desk(embedded, case_ids(embedded)[0])
    none = CaseFile(unit="K-1", cohort="cp", documents=())
    app = Shows(replace(case, file=none, facts=(), findings=()))
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.press("down", "enter", "up", "end")
        await pilot.pause()

        assert "Neither the file nor the lists have a date." in shown(app)
