"""Every design is planned and drawn in the app, now or fixed before its seed."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from builders import AS_AT, NOW, units
from case_audit.core.frame.model import Frame
from case_audit.services.fixed_draw import Randomness, draw_fixed, list_waiting
from case_audit.services.home import named_round
from case_audit.services.settings import remember_auditor
from case_audit.tui.app import CaseAuditApp, Start
from case_audit.tui.screens.cases import CasesScreen
from case_audit.tui.screens.choose import ChooseScreen
from case_audit.tui.screens.condition import ConditionScreen
from case_audit.tui.screens.confirm import ConfirmScreen
from case_audit.tui.screens.home import HomeScreen
from case_audit.tui.screens.page import PageScreen
from case_audit.tui.screens.plan import PlanScreen
from case_audit.tui.screens.plan_draw import PlanDrawScreen
from screens import at, shown
from stored import keep_frame
from waiting import until

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from case_audit.services.database import Database

DICE = "31415926535897932384"


@pytest.fixture
def app(embedded: Database, tmp_path: Path) -> CaseAuditApp:
    """The app on a frame of forty, of whom every third has a sign of risk."""
    found = tuple(
        replace(one, attributes={**one.attributes, "risks": str(n % 3)})
        for n, one in enumerate(units(40))
    )
    frame = Frame(cohort="cp", as_at=AS_AT, units=found)
    keep_frame(embedded, frame)
    settings = tmp_path / "settings"
    remember_auditor(settings, "Lee Lead")
    return CaseAuditApp(Start(url=embedded.url, settings=settings))


async def planning(pilot: Pilot[None]) -> None:
    """From the first screen to a plan that is worked out, on the line of the design."""
    await until(pilot, at(pilot, HomeScreen))
    await pilot.press("p")
    await until(pilot, at(pilot, PlanScreen))
    await pilot.press("up")
    await worked_out(pilot)


async def worked_out(pilot: Pilot[None]) -> None:
    await until(pilot, lambda: not {"Working", "being"} & set(shown(pilot.app).split()))


async def draw(pilot: Pilot[None], name: str, *, reason: str = "") -> None:
    """Draw the plan with dice, as far as the cases of the round."""
    await pilot.press("d")
    await until(pilot, at(pilot, PlanDrawScreen))
    await pilot.press("ctrl+u", *name, "enter", *DICE, "enter", *"A, B", "enter")
    if reason:
        await pilot.press("enter")
        await until(pilot, lambda: "Say why the same list" in shown(pilot.app))
        await pilot.press(*reason, "enter")
    await until(pilot, at(pilot, ConfirmScreen))
    await pilot.press("y")
    await until(pilot, at(pilot, CasesScreen))
    await pilot.press("escape")
    await until(pilot, at(pilot, PlanScreen))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_looks(
    app: CaseAuditApp, size: tuple[int, int], golden: Callable[[str], None]
) -> None:
    """Each kind with its lines, what it is good for, and what planning cannot say."""
    pages = []
    async with app.run_test(size=size) as pilot:
        await planning(pilot)
        for _ in range(6):
            pages.append(shown(app))
            await pilot.press("right")
            await worked_out(pilot)
    golden(("─" * size[0] + "\n").join(pages))


async def test_designs_are_drawn_one_after_the_other(
    app: CaseAuditApp, embedded: Database
) -> None:
    """By size, then clusters: a second draw from one list asks for its reason."""
    async with app.run_test(size=(80, 24)) as pilot:
        await planning(pilot)
        await pilot.press("left", "left", "left", "down", "8")
        await worked_out(pilot)
        assert "the sizes are not looked at" in shown(app)
        await draw(pilot, "Sizes")
        await pilot.press("up", "right", *["down"] * 3, "4", "down", "2")
        await until(pilot, lambda: "about 8 cases" in shown(app))
        await draw(pilot, "Groups", reason="to learn")

    sizes, _ = named_round(embedded, "Sizes")
    groups, lines = named_round(embedded, "Groups")
    first, second = json.loads(sizes.manifest), json.loads(groups.manifest)
    assert first["design"]["kind"] == "pps"
    assert first["design"]["measure"] == "risks+1"
    assert second["design"]["kind"] == "cluster"
    assert (second["draw_number"], second["redraw_reason"]) == (2, "to learn")
    assert len(lines) == 8


async def test_a_condition_is_typed_and_a_cap_chosen_from_a_list(
    app: CaseAuditApp,
) -> None:
    """A slip is said in place; the words are literal; Esc leaves all as it was."""
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await planning(pilot)
        await pilot.press("left", "down", "5", "down", "down", "enter")
        await until(pilot, at(pilot, ConditionScreen))
        await pilot.press("ctrl+u", *"[b]rsks[/b]", "enter")
        await until(pilot, lambda: "column 1" in shown(app))
        assert "[b]rsks[/b]" in shown(app)
        await pilot.press("down", "up", "ctrl+u", *"risks>=2", "enter")
        await until(pilot, at(pilot, PlanScreen))
        await until(pilot, lambda: "Picked among          risks >= 2" in shown(app))
        await worked_out(pilot)
        assert "picked cases say nothing of the others" in shown(app)
        await pilot.press("s")
        await until(pilot, lambda: "This design has no strata" in shown(app))
        assert "5 of 40" in shown(app)
        await pilot.press("up", "up", "up", "right", *["down"] * 12, "enter")
        await until(pilot, at(pilot, ChooseScreen))
        await pilot.press("down", "enter")
        await until(pilot, at(pilot, PlanScreen))
        await until(pilot, lambda: "Cannot draw 5 cases: at most" in shown(app))
        await pilot.press("down", "4")
        await until(pilot, lambda: "The cap on groups decides how many" in shown(app))
        assert "Cap on                Team" in shown(app)


async def test_a_draw_is_fixed_before_its_seed(
    app: CaseAuditApp, embedded: Database
) -> None:
    """What was fixed is what is drawn later, with the command that was shown."""
    async with app.run_test(size=(80, 24)) as pilot:
        await planning(pilot)
        await pilot.press("down", "9")
        await worked_out(pilot)
        await pilot.press("d")
        await until(pilot, at(pilot, PlanDrawScreen))
        await pilot.press("up", "right", "enter", "ctrl+u", *"Spring one", "enter")
        await until(pilot, at(pilot, ConfirmScreen))
        assert "made later" in shown(app)
        await pilot.press("y")
        await until(pilot, at(pilot, PageScreen))
        assert "case-audit draw --fixed 'Spring one' --seed DIGITS" in shown(app)
        await pilot.press("escape")
        await until(pilot, at(pilot, PlanScreen))
        await pilot.press("d")
        await until(pilot, at(pilot, PlanDrawScreen))
        await pilot.press("ctrl+u", *"Spring one", "up", "right", "enter", "enter")
        await until(pilot, lambda: "fixed under that name already" in shown(app))

    (plan,) = list_waiting(embedded)
    randomness = Randomness(typed="", witnesses="", made=NOW, entropy="0" * 64)
    drawn = draw_fixed(
        embedded, "Spring one", randomness, version="0", drawn_by="Lee", now=NOW
    )
    assert (plan.fixed_by, len(drawn.sample.drawn)) == ("Lee Lead", 9)
