"""The summary on screen: five views, by keyboard, in charts or in words."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
from walks import put_walk, two_versions

from builders import G, I, O, R
from case_audit.tui.app import CaseAuditApp, Start
from case_audit.tui.screens.cases import CasesScreen
from case_audit.tui.screens.choose import ChooseScreen
from case_audit.tui.screens.help import HelpScreen
from case_audit.tui.screens.home import HomeScreen
from case_audit.tui.screens.summary import VIEWS, SummaryScreen
from screens import at, shown
from stored import a_round, audit_case, case_ids
from waiting import until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from textual.pilot import Pilot

    from case_audit.services.database import Database


@asynccontextmanager
async def on_summary(
    start: Start, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Pilot[None]]:
    """The app, on the summary of the newest round."""
    app = CaseAuditApp(Start(url=start.url, settings=start.settings))
    async with app.run_test(size=size, notifications=True) as pilot:
        await until(pilot, at(pilot, HomeScreen))
        await pilot.press("s")
        await until(pilot, at(pilot, SummaryScreen))
        yield pilot


@pytest.fixture
def two_rounds(ready: Start, embedded: Database) -> Start:
    """Spring and summer, with two and three of five cases submitted."""
    a_round(embedded, name="Summer 2026")
    for name, grades in (("Spring 2026", (R, O)), ("Summer 2026", (G, I, G))):
        cases = case_ids(embedded, name)
        for case, grade in zip(cases, grades, strict=False):
            audit_case(embedded, case, {"v1": grade}, rest=G)
    return ready


def heading(pilot: Pilot[Any]) -> str:
    """Which view is open, by the brackets around its name."""
    line = shown(pilot.app).splitlines()[1]
    return line[line.index("[") + 1 : line.index("]")]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 20), (100, 30)])
async def test_views_look(
    two_rounds: Start, size: tuple[int, int], golden: Callable[[str], None]
) -> None:
    pages = []
    async with on_summary(two_rounds, size) as pilot:
        for view in VIEWS:
            await until(pilot, lambda view=view: heading(pilot) == view)  # type: ignore[misc]
            await until(pilot, lambda: "Reading the earlier" not in shown(pilot.app))
            pages.append(shown(pilot.app))
            await pilot.press("tab")
        await until(pilot, lambda: heading(pilot) == "All")
    golden(("─" * size[0] + "\n").join(pages))


async def test_every_key(two_rounds: Start) -> None:
    async with on_summary(two_rounds) as pilot:

        async def after(*keys: str, view: str) -> str:
            await pilot.press(*keys)
            await until(pilot, lambda: heading(pilot) == view)
            return shown(pilot.app)

        await after("left", view="What it cannot say")
        await after("shift+tab", view="Trend")
        await after("right", "tab", view="All")
        text = await after("right", view="Domains")
        assert "enter criteria" in text
        text = await after("down", "j", "k", "enter", view="Criteria")
        assert "v1 Label of v1" in text
        assert "s1 Label of s1" not in text
        text = await after("w", view="Criteria")
        assert "▓" not in text
        assert "3 cases were graded: 0 outstanding, 2 good" in text
        text = await after("escape", view="Domains")
        assert "3 cases were graded" in text
        text = await after("w", view="Domains")
        assert "▓" in text
        # Back at the domain that was opened, so that Enter opens it again.
        text = await after("enter", view="Criteria")
        assert "v1 Label of v1" in text
        await after("escape", "up", "enter", view="Domains")  # the whole has none
        await pilot.press("question_mark")
        await until(pilot, at(pilot, HelpScreen))
        assert "Sentences in place of charts" in shown(pilot.app)
        await pilot.press("escape")
        await until(pilot, at(pilot, SummaryScreen))
        await pilot.resize_terminal(120, 40)
        await until(pilot, lambda: len(shown(pilot.app).splitlines()) == 40)
        assert max(len(x) for x in shown(pilot.app).splitlines()) > 100
        await pilot.press("s")
        await until(pilot, at(pilot, HomeScreen))


async def test_the_trend_goes_on_across_a_crosswalk(
    embedded: Database, ready: Start
) -> None:
    """Where the rubric changed, x offers what fits, and says where to put it."""
    two_versions(embedded, first="Autumn 2026", second="Winter 2026")
    async with on_summary(ready, (100, 40)) as pilot:
        await pilot.press("x")  # no trend is open: nothing happens
        await pilot.press("left", "left")
        await until(pilot, lambda: "the rubric changed from" in shown(pilot.app))
        assert "w2 Label of w2" not in shown(pilot.app)
        assert "x crosswalk" in shown(pilot.app)
        await pilot.press("x")
        await until(pilot, lambda: "No crosswalk leads from" in shown(pilot.app))
        put_walk(ready.settings / "rubrics")
        await pilot.press("escape", "s", "left", "left")
        await until(pilot, lambda: "the rubric changed from" in shown(pilot.app))
        await pilot.press("x")
        await until(pilot, at(pilot, ChooseScreen))
        assert "small-1.1: Autumn 2026, small@1.0 to small@1.1" in shown(pilot.app)
        await pilot.press("enter")
        await until(pilot, lambda: "w2 Label of w2" in shown(pilot.app))
        text = " ".join(shown(pilot.app).split())
        assert "carried across the crosswalk small-1.1." in text
        assert "1 pair to read with care only" in text
        await pilot.press("x", "end", "enter")
        await until(pilot, lambda: "w2 Label of w2" not in shown(pilot.app))
        await pilot.press("x", "escape")
        await until(pilot, at(pilot, SummaryScreen))


async def test_a_round_without_audits(ready: Start) -> None:
    """Every view says something, and what to do next."""
    async with on_summary(ready) as pilot:
        for view in VIEWS[:3]:
            await until(pilot, lambda view=view: heading(pilot) == view)  # type: ignore[misc]
            assert "No audit is submitted yet" in shown(pilot.app)
            await pilot.press("tab")
        await until(pilot, lambda: "no earlier round to compare" in shown(pilot.app))
        await pilot.press("tab")
        await until(pilot, lambda: "not an Ofsted judgement" in shown(pilot.app))
        await pilot.press("escape", "end", "enter")
        await until(pilot, at(pilot, CasesScreen))


async def test_nothing_depends_on_colour(
    two_rounds: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without colour the same characters are there."""
    async with on_summary(two_rounds) as pilot:
        await pilot.press("tab")
        await until(pilot, lambda: heading(pilot) == "Domains")
        coloured = shown(pilot.app)
    monkeypatch.setenv("NO_COLOR", "1")
    async with on_summary(two_rounds) as pilot:
        await pilot.press("tab")
        await until(pilot, lambda: heading(pilot) == "Domains")
        assert shown(pilot.app) == coloured
