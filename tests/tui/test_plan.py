"""Planning a draw in the app: what each key shows, and the draw itself."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from builders import AS_AT, units
from case_audit.core.frame.model import Frame
from case_audit.services.home import named_round
from case_audit.services.settings import remember_auditor
from case_audit.services.verify import read_manifest_file, verify_against_database
from case_audit.tui.app import CaseAuditApp, Start
from case_audit.tui.screens.cases import CasesScreen
from case_audit.tui.screens.confirm import ConfirmScreen
from case_audit.tui.screens.help import HelpScreen
from case_audit.tui.screens.home import HomeScreen
from case_audit.tui.screens.plan import PlanScreen
from case_audit.tui.screens.plan_draw import PlanDrawScreen
from case_audit.tui.screens.strata import StrataScreen
from screens import at, shown
from stored import keep_frame
from waiting import until

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from case_audit.services.database import Database

DICE = "31415926535897932384"


def a_frame(
    database: Database, size: int, *, teams: int = 3, hostile: str = ""
) -> None:
    """A frame of child protection cases; a hostile text may be a team."""
    found = units(size, teams=teams)
    if hostile:
        first = replace(found[0], attributes={"team": hostile, "worker": hostile})
        found = (first, *found[1:])
    frame = Frame(cohort="cp", as_at=AS_AT, units=found)
    keep_frame(database, frame)


def start(database: Database, folder: Path) -> CaseAuditApp:
    settings = folder / "settings"
    remember_auditor(settings, "Lee Lead")
    return CaseAuditApp(Start(url=database.url, settings=settings))


async def planning(pilot: Pilot[None]) -> None:
    """Go from the first screen to a plan that is worked out."""
    await until(pilot, at(pilot, HomeScreen))
    await pilot.press("p")
    await until(pilot, at(pilot, PlanScreen))
    await worked_out(pilot)


async def worked_out(pilot: Pilot[None]) -> None:
    await until(
        pilot,
        lambda: not {"Working", "being"} & set(shown(pilot.app).split()),
    )


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 20)])
async def test_looks(
    embedded: Database,
    tmp_path: Path,
    size: tuple[int, int],
    golden: Callable[[str], None],
) -> None:
    """A plan without strata, with strata, the list of strata, the draw, the end."""
    a_frame(embedded, 240, teams=4)
    app = start(embedded, tmp_path)
    pages = []
    async with app.run_test(size=size) as pilot:
        await planning(pilot)
        pages.append(shown(app))
        await pilot.press("down", "down", "right")
        await worked_out(pilot)
        pages.append(shown(app))
        await pilot.press("s")
        await until(pilot, at(pilot, StrataScreen))
        pages.append(shown(app))
        await pilot.press("escape")
        await until(pilot, at(pilot, PlanScreen))
        await pilot.press("d")
        await until(pilot, at(pilot, PlanDrawScreen))
        pages.append(shown(app))
        await pilot.press("enter", *DICE, "enter", *"Ann, Bo", "enter")
        await until(pilot, at(pilot, ConfirmScreen))
        pages.append(shown(app))
    golden(("─" * size[0] + "\n").join(pages))


async def test_every_move_shows_what_it_would_give(
    embedded: Database, tmp_path: Path
) -> None:
    """A census is certain, one case shows nothing; hours follow."""
    a_frame(embedded, 40)
    app = start(embedded, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await planning(pilot)
        assert "30 of 40" in shown(app)
        await pilot.press("right", "pageup", "pageup")
        await until(pilot, lambda: "all cases are drawn" in shown(app))
        assert "40 of 40" in shown(app)
        assert "100% to meet one" in shown(app)
        assert "120 of all auditors" in shown(app)
        await pilot.press("1", "2")
        await until(pilot, lambda: "36 of all auditors" in shown(app))
        assert "12 of 40" in shown(app)
        await pilot.press("backspace", "left", *["down"] * 8, "4")
        await until(pilot, lambda: "3 of all auditors together, 0.8 each" in shown(app))
        await pilot.press("up", "up", "up", "t")
        await until(pilot, lambda: "if 2 of 40 are" in shown(app))
        await pilot.press("question_mark")
        await until(pilot, at(pilot, HelpScreen))
        assert "More by ten" in shown(app)
        await pilot.press("escape")
        await until(pilot, at(pilot, PlanScreen))
        await pilot.press("escape")
        await until(pilot, at(pilot, HomeScreen))


async def test_what_cannot_be_drawn_says_why_and_is_not_drawn(
    embedded: Database, tmp_path: Path
) -> None:
    """Three teams with two cases each need six."""
    a_frame(embedded, 40)
    app = start(embedded, tmp_path)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await planning(pilot)
        await pilot.press("down", "down", "right", "up", "up", "5")
        await until(pilot, lambda: "Cannot draw 5 cases from 3 strata" in shown(app))
        assert "The smallest such sample has 6 cases" in shown(app)
        await pilot.press("d")
        await until(pilot, lambda: "cannot be drawn" in shown(app))
        assert isinstance(app.screen, PlanScreen)
        await pilot.press("6")
        await until(pilot, lambda: "Cannot draw 40" not in shown(app))


async def test_strata_are_chosen_from_a_list_and_scrolled(
    embedded: Database, tmp_path: Path
) -> None:
    """Two attributes at once; tab goes to the strata, and back."""
    a_frame(embedded, 120, teams=5)
    app = start(embedded, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await planning(pilot)
        await pilot.press("9", "0", "s")
        await until(pilot, at(pilot, StrataScreen))
        await pilot.press("space", "down", "space", "enter")
        await until(pilot, at(pilot, PlanScreen))
        await until(pilot, lambda: "Team 0 / Worker 0" in shown(app))
        assert "Team and Worker" in shown(app)
        await pilot.press("tab", *["down"] * 30)
        await until(pilot, lambda: "Team 4 / Worker 6" in shown(app))
        assert "back to the plan" in shown(app)
        await pilot.press("escape")
        await until(pilot, lambda: "d draw" in shown(app))
        await pilot.press("s")
        await until(pilot, at(pilot, StrataScreen))
        await pilot.press("space", "down", "space", "enter")
        await until(pilot, lambda: "Strata                none" in shown(app))


async def draw(
    pilot: Pilot[None], *, name: str = "", dice: str = "", witnesses: str = ""
) -> None:
    """Fill the card in and go as far as it lets us."""
    await pilot.press("d")
    await until(pilot, at(pilot, PlanDrawScreen))
    if name:
        await pilot.press("ctrl+u", *name)
    await pilot.press("enter", *dice, "enter", *witnesses, "enter")


async def test_a_draw_with_witnesses_is_kept_and_verified(
    embedded: Database, tmp_path: Path
) -> None:
    """As the command would do it: public seed, and the manifest is true."""
    a_frame(embedded, 40)
    app = start(embedded, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await planning(pilot)
        await pilot.press("8")
        await worked_out(pilot)
        await draw(pilot, name="Spring", dice=DICE, witnesses="Ann, Bo")
        await until(pilot, at(pilot, ConfirmScreen))
        assert "from what was typed; seen by Ann, Bo" in shown(app)
        await pilot.press("y")
        await until(pilot, at(pilot, CasesScreen))
        assert "0/8 submitted" in shown(app)

    one, lines = named_round(embedded, "Spring")
    plain = json.loads(one.manifest)
    manifest = tmp_path / "manifest.json"
    manifest.write_text(one.manifest, "utf-8")
    checked = verify_against_database(embedded, read_manifest_file(manifest, None))
    assert (len(lines), one.drawn_by) == (8, "Lee Lead")
    assert (plain["seed_mode"], plain["seed_source"]) == ("public", "Ann, Bo")
    assert plain["seed_randomness"] == DICE
    assert checked.differences == ()


async def test_a_draw_can_be_thought_better_of(
    embedded: Database, tmp_path: Path
) -> None:
    """What is wrong is said on the card; no, and Esc, draw nothing."""
    a_frame(embedded, 40)
    app = start(embedded, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await planning(pilot)
        await draw(pilot, dice="12", witnesses="Ann, Bo")
        await until(pilot, lambda: "at least 20 are needed" in shown(app))
        await pilot.press("up", "ctrl+u", "down", "enter")
        await until(pilot, lambda: "type what they showed" in shown(app))
        await pilot.press("up", "up", "ctrl+u", "enter", "enter", "ctrl+u", "enter")
        await until(pilot, lambda: "needs a name" in shown(app))
        await pilot.press("up", "up", *"One", "enter", "enter", "enter")
        await until(pilot, at(pilot, ConfirmScreen))
        assert "the computer's own" in shown(app)
        await pilot.press("n")
        await until(pilot, at(pilot, PlanDrawScreen))
        await pilot.press("escape")
        await until(pilot, at(pilot, PlanScreen))

    with embedded.read() as uow:
        assert uow.rounds.rounds() == []


HOSTILE = "[b]T[/b] [/nope] [@click=app.quit]x[/] \x1b]0;t\x07\u202eend"


async def test_hostile_strata_are_shown_and_not_obeyed(
    embedded: Database, tmp_path: Path
) -> None:
    a_frame(embedded, 20, hostile=HOSTILE)
    app = start(embedded, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await planning(pilot)
        await pilot.press("down", "down", "right")
        await worked_out(pilot)

        text = shown(app)

    assert "[b]T[/b] [/nope] [@click=app.quit]x[/]" in text
    assert not {"\x1b", "\x07", "\u202e"} & set(text)


async def test_without_a_frame_there_is_nothing_to_plan(
    embedded: Database, tmp_path: Path
) -> None:
    app = start(embedded, tmp_path)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until(pilot, at(pilot, HomeScreen))
        await pilot.press("p")
        await until(pilot, lambda: "no frame to draw from yet" in shown(app))
        assert isinstance(app.screen, HomeScreen)
