"""The list of cases: as long as it may be, only what is seen is read."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from threading import Event
from typing import TYPE_CHECKING

import pytest
from textual.geometry import Region
from textual.widget import Widget

from builders import NOW, G
from case_audit.core.allocation.model import Auditor
from case_audit.services import case_list
from case_audit.services.allocation import assign
from case_audit.services.case_list import search_cases
from case_audit.services.home import named_round
from case_audit.tui.app import CaseAuditApp, Start
from case_audit.tui.screens import cases as cases_module
from case_audit.tui.screens.audit import AuditScreen
from case_audit.tui.screens.cases import CasesScreen, case_text
from case_audit.tui.screens.home import HomeScreen
from case_audit.tui.theme import THEMES
from case_audit.tui.widgets.window_list import PAGE, WindowList
from screens import at, shown
from stored import audit_case, case_ids
from waiting import until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.pilot import Pilot

    from case_audit.services.case_lines import Source
    from case_audit.services.case_list import CaseList
    from case_audit.services.database import Database

NAME = "Spring 2026"
SIZE = 1_000


def many_cases(database: Database, size: int = SIZE) -> None:
    """Put further cases into the round, of which some were replaced or put back."""
    rows = [
        (
            1,
            number,
            f"X{number:06}",
            f"Team {number % 3}",
            {0: "replaced", 1: "withdrawn"}.get(number % 50, "drawn"),
        )
        for number in range(6, size + 1)
    ]
    with closing(sqlite3.connect(database.url)) as connection:
        connection.executemany(
            "INSERT INTO round_case (round_id, number, unit, stratum, state) "
            "VALUES (?, ?, ?, ?, ?)",
            rows,
        )
        connection.commit()


def change(database: Database, statement: str) -> None:
    """Change what is in the database behind the app's back."""
    with closing(sqlite3.connect(database.url)) as connection:
        connection.execute(statement)
        connection.commit()


async def list_of_cases(pilot: Pilot[None]) -> CasesScreen:
    """Go from home to the list of cases of the last round."""
    await until(pilot, at(pilot, HomeScreen))
    await pilot.press("end", "enter")
    await until(pilot, at(pilot, CasesScreen))
    screen = pilot.app.screen
    assert isinstance(screen, CasesScreen)
    return screen


def plain(start: Start) -> CaseAuditApp:
    return CaseAuditApp(Start(url=start.url, settings=start.settings))


def lines_of(screen: CasesScreen) -> list[str]:
    """The lines of the list that are on screen, without the frame around them."""
    size = screen.query_one(WindowList).size
    text = shown(screen.app).splitlines()[2 : 2 + size.height]
    return [line[1 : 1 + size.width].rstrip("▁▂▃▄▅▆▇█ ") for line in text]


@pytest.mark.parametrize("given", [False, True])
async def test_whatever_is_scrolled_to_is_what_the_store_holds(
    ready: Start,
    embedded: Database,
    given: bool,  # noqa: FBT001
) -> None:
    """In order, by keys and by the wheel, with and without headings."""
    if given:
        people = [Auditor(name="Ann Auditor"), Auditor(name="Bo")]
        assign(embedded, NAME, people, by="Lee", now=NOW)
    many_cases(embedded)
    if given:
        change(
            embedded,
            "INSERT INTO allocated_case SELECT 1, id, CASE number % 3 WHEN 1 "
            "THEN 'Bo' ELSE 'ann auditor' END FROM round_case "
            "WHERE number > 5 AND number % 3 > 0",
        )
    lines = named_round(embedded, NAME)[1]
    if given:
        mine = [line for line in lines if line.is_for("Ann Auditor")]
        gone = [line for line in lines if not line.case.stands]
        free = [line for line in lines if line.is_free]
        others = [x for x in lines if x not in mine and x not in gone and x not in free]
        whole = [f"Yours to audit: {len(mine)}"]
        whole += [case_text(line, yours=True) for line in mine]
        whole += [f"Given to nobody: {len(free)}", *map(case_text, free)]
        whole += [f"Given to others: {len(others)}", *map(case_text, others)]
        whole += [f"Replaced by reserves: {len(gone)}", *map(case_text, gone)]
    else:
        whole = [case_text(line) for line in lines]
    choose = random.Random(7)
    async with plain(ready).run_test(size=(100, 30)) as pilot:
        screen = await list_of_cases(pilot)
        window = screen.query_one(WindowList)
        for _ in range(15):
            key = choose.choice(["pagedown", "pagedown", "pageup", "end", "home", "to"])
            if key == "to":
                window.scroll_to(y=choose.randrange(len(whole)), animate=False)
            else:
                await pilot.press(key, *["down"] * choose.randrange(3))
            await pilot.pause()
            top = window.scroll_offset.y
            wanted = whole[top : top + window.size.height]
            assert lines_of(screen) == [line.rstrip() for line in wanted]
            number = window.number
            assert number is not None
            if key == "end":
                assert f" {number:>3}  " in "\n".join(lines_of(screen))


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
@pytest.mark.parametrize("colourless", [False, True])
async def test_it_is_painted_as_textual_paints_it(
    ready: Start,
    embedded: Database,
    monkeypatch: pytest.MonkeyPatch,
    theme: str,
    colourless: bool,  # noqa: FBT001
) -> None:
    """Without the frame that Textual puts around every line, whatever the colours."""
    many_cases(embedded)
    if colourless:
        monkeypatch.setenv("NO_COLOR", "1")
    async with plain(ready).run_test(size=(60, 20)) as pilot:
        window = (await list_of_cases(pilot)).query_one(WindowList)
        pilot.app.theme = theme
        for keys in ((), ("pagedown",), ("down", "down")):
            await pilot.press(*keys)
            await pilot.pause()
            whole = Region(0, 0, window.size.width, window.size.height)
            for part in (whole, Region(3, 2, 20, 5)):
                ours = window.render_lines(part)
                window._styles_cache.clear()  # noqa: SLF001
                assert ours == Widget.render_lines(window, part)


async def test_a_long_round_is_read_a_page_at_a_time(
    ready: Start, embedded: Database
) -> None:
    """The end is as near as the beginning, and what lies between is not kept."""
    many_cases(embedded, 20_000)
    app = plain(ready)
    async with app.run_test() as pilot:
        screen = await list_of_cases(pilot)
        await pilot.press("end")
        await until(pilot, lambda: "X020000" in shown(app))
        window = screen.query_one(WindowList)
        kept = sum(len(page) for page in window._pages.values())  # noqa: SLF001

    assert 0 < kept <= 3 * PAGE


async def test_words_find_cases_and_esc_shows_all_again(
    ready: Start, embedded: Database
) -> None:
    """By unit, stratum, auditor and state; hostile text is text."""
    many_cases(embedded, 300)
    change(
        embedded,
        "UPDATE round_case SET unit = '[b]X[/b]\x1b]0;x\x07' WHERE number = 17",
    )
    ids = case_ids(embedded)
    audit_case(embedded, ids[1], {"v1": G}, auditor="Bo Baker", then_submit=False)
    app = plain(ready)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await list_of_cases(pilot)
        window = screen.query_one(WindowList)
        await pilot.press("slash", *"baker")
        await until(pilot, lambda: "in progress, 1 of 4 · Bo Baker" in shown(app))
        assert window.virtual_size.height == 1
        assert "enter to the list" in shown(app)
        await pilot.press("enter")
        await until(pilot, lambda: "n next to do" in shown(app))
        await pilot.press("r")
        await until(pilot, lambda: "a submitted case first" in shown(app))
        await pilot.press("slash", *"zzz")
        await until(pilot, lambda: "No case holds these words" in shown(app))
        await pilot.press("enter", "enter", "r", "end", "j")
        await pilot.press("escape")
        await until(pilot, lambda: "X000006" in shown(app))
        assert isinstance(app.screen, CasesScreen)
        await pilot.press("slash", *"[b]")
        await until(pilot, lambda: window.virtual_size.height == 1)
        assert "[b]X[/b]" in shown(app)
        assert "\x1b" not in shown(app)
        await pilot.press("escape", "escape")
        await until(pilot, at(pilot, HomeScreen))


async def test_a_click_opens_and_the_wheel_scrolls(
    ready: Start, embedded: Database
) -> None:
    """The cursor is on the case that was left."""
    many_cases(embedded, 300)
    change(
        embedded,
        "INSERT INTO frame_unit SELECT 1, unit, '{}', NULL FROM round_case "
        "WHERE number > 5",
    )
    app = plain(ready)
    async with app.run_test() as pilot:
        screen = await list_of_cases(pilot)
        window = screen.query_one(WindowList)
        window.scroll_to(y=40, animate=False)
        await pilot.pause()
        await pilot.click(WindowList, offset=(10, 3))
        await until(pilot, at(pilot, AuditScreen))
        assert "case 44 of" in shown(app)
        await pilot.press("escape")
        await until(pilot, at(pilot, CasesScreen))
        assert window.number == 44
        await pilot.press("up", "k")
        assert window.number == 42


@pytest.fixture
def go_on(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Searches take small steps and wait after each, as on disks that are slow."""
    allowed = Event()

    def slowly(
        source: Source, round_id: int, *, auditor: str, words: str, step: int = 1
    ) -> Iterator[CaseList]:
        for found in search_cases(
            source, round_id, auditor=auditor, words=words, step=step
        ):
            while not (found.whole or allowed.is_set()):
                yield found
            yield found

    monkeypatch.setattr(case_list, "search_cases", slowly)
    monkeypatch.setattr(cases_module, "LARGE", 5)
    monkeypatch.setattr(cases_module, "PAUSE", 0.1)
    return allowed


async def test_a_long_round_is_searched_in_steps_and_the_cursor_stays_on_its_case(
    ready: Start, embedded: Database, go_on: Event
) -> None:
    """What is found is there at once, and keys go on while the rest is looked for."""
    assign(embedded, NAME, [Auditor(name="Ann Auditor")], by="Lee", now=NOW)
    many_cases(embedded, 3_000)
    change(
        embedded,
        "INSERT INTO allocated_case SELECT 1, id, 'Ann Auditor' "
        "FROM round_case WHERE number > 5 AND number % 3 = 1",
    )
    app = plain(ready)
    async with app.run_test() as pilot:
        screen = await list_of_cases(pilot)
        window = screen.query_one(WindowList)
        await pilot.press("slash", *"x00", "enter")
        await until(pilot, lambda: "looking" in shown(app))
        await pilot.press("end", "up")
        number, few = window.number, window.virtual_size.height
        go_on.set()
        await until(pilot, lambda: "looking" not in shown(app))

        assert window.number == number
        assert window.virtual_size.height > few
        assert f" {number}  X000{number}" in shown(app)
        await pilot.press("escape")
        await until(pilot, lambda: window.virtual_size.height > 2_900)


async def test_a_search_that_is_given_up_shows_nothing_more(
    ready: Start, embedded: Database, go_on: Event
) -> None:
    """Neither when all cases are wanted again, nor behind another screen."""
    many_cases(embedded, 9_000)
    app = plain(ready)
    async with app.run_test() as pilot:
        screen = await list_of_cases(pilot)
        window = screen.query_one(WindowList)
        whole = window.virtual_size.height
        await pilot.press("slash", *"x00", "enter")
        await until(pilot, lambda: "looking" in shown(app))
        await pilot.press("escape")
        await pilot.pause(0.5)
        assert window.virtual_size.height == whole
        await pilot.press("slash", *"x00", "enter")
        await until(pilot, lambda: "looking" in shown(app))
        await pilot.press("b")
        await until(pilot, lambda: app.screen is not screen)
        go_on.set()
        await pilot.pause(0.5)
        assert window.virtual_size.height < 2_000
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, CasesScreen))
        await until(pilot, lambda: "looking" not in shown(app))
        assert 8_000 < window.virtual_size.height < whole
