"""A round of episodes: two referrals of one child are two cases with one file."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from imported import imported
from recorded import row
from textual.widgets import OptionList

from builders import NOW, a_rubric
from case_audit.core.audit.model import CLOSING
from case_audit.services.frame_make import Wanted, make_frame
from case_audit.services.settings import remember_auditor
from case_audit.tui.app import CaseAuditApp, Start
from case_audit.tui.screens.audit import AuditScreen
from case_audit.tui.screens.closing import ClosingScreen
from case_audit.tui.screens.home import HomeScreen
from screens import at, shown
from stored import a_round, sql
from waiting import until

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from case_audit.services.database import Database

CHILD = "100234"
REFERRALS = [
    row(3, CHILD, 2, referral_date="2026-02-03", team="North"),
    row(3, CHILD, 3, referral_date="2026-03-05", team="South"),
]


def on_screen(app: CaseAuditApp, text: str) -> bool:
    """Whether a text is on screen."""
    return text in shown(app)


async def submit(pilot: Pilot[None]) -> None:
    """Grade every criterion good, write the closing statements, submit."""
    await pilot.press("2", "n", "2", "n", "2", "n", "2", "c")
    await until(pilot, at(pilot, ClosingScreen))
    for key in CLOSING:
        options = pilot.app.screen.query_one(OptionList)
        options.highlighted = options.get_option_index(f"closing:{key}")
        await pilot.press("enter", *"so", "escape")
        await until(pilot, at(pilot, ClosingScreen))
    await pilot.press("s", "y")
    await until(pilot, at(pilot, HomeScreen))


async def test_two_referrals_of_one_child_are_audited_one_after_the_other(
    embedded: Database, tmp_path: Path
) -> None:
    """Each case shows the child's file and the list's facts of its own episode."""
    imported(embedded, REFERRALS)
    wanted = Wanted(cohort="referral", unit="episode")
    make_frame(embedded, wanted, made_by="Lee", now=NOW)
    rubric = replace(a_rubric(), cohorts=("referral",))
    a_round(embedded, rubric=rubric, cohort="referral", size=2)
    settings = tmp_path / "settings"
    remember_auditor(settings, "Ann Auditor")
    start = Start(url=embedded.url, settings=settings, round_name="Spring 2026")
    seen: list[str] = []

    app = CaseAuditApp(start)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        for number in (1, 2):
            await until(pilot, at(pilot, AuditScreen))
            case = f"case {number} of 2"
            await until(pilot, partial(on_screen, app, case))
            seen.append(shown(app))
            await submit(pilot)
            if number == 1:
                await pilot.press("c")

    assert all("Home visit" in text for text in seen)
    for text, day, team in zip(
        sorted(seen, key=lambda text: "5 March" in text),
        ("3 February 2026", "5 March 2026"),
        ("North", "South"),
        strict=True,
    ):
        beside = " ".join(" ".join(line[:31] for line in text.splitlines()).split())
        assert f"Date of referral: {day}" in beside
        assert f"Team: {team}" in beside
    cases = sql(embedded, "SELECT unit FROM round_case ORDER BY unit")
    assert cases == [(f"{CHILD}@2026-02-03",), (f"{CHILD}@2026-03-05",)]
    states = sql(embedded, "SELECT state, count(*) FROM audit GROUP BY state")
    assert states == [("submitted", 2)]
