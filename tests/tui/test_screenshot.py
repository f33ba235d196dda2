"""The four pictures in the README are made by the app itself."""

from __future__ import annotations

import re
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING

import pytest

from builders import NOW
from case_audit.core.rubric.model import YES_NO
from case_audit.services.audit import open_case
from case_audit.services.database import Database
from case_audit.services.demo import Practice, prepare_demo
from case_audit.services.settings import remember_auditor
from case_audit.tui.app import CaseAuditApp, Start
from case_audit.tui.screens.audit import AuditScreen
from case_audit.tui.screens.home import HomeScreen
from case_audit.tui.screens.plan import PlanScreen
from case_audit.tui.screens.summary import SummaryScreen
from screens import shown
from stored import audit_case, case_ids
from waiting import until

if TYPE_CHECKING:
    from textual.pilot import Pilot

DOCS = Path(__file__).parents[2] / "docs"
SIZES = {
    "home": (80, 20),
    "workspace": (132, 36),
    "plan": (80, 24),
    "summary": (80, 30),
}
GRADES = ("good", "good", "requires_improvement", "outstanding", "good", "inadequate")
WHO = "Ann Auditor"


def grade(place: int, number: int, *, critical: bool) -> str:
    """Cases differ, and so do their domains."""
    if number % 4 == 1 and not critical:
        return "requires_improvement"
    return GRADES[place]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A practice round of eight, six of them audited by now, and its name."""
    folder = tmp_path_factory.mktemp("pictures")
    url = str(folder / "practice.db")
    round_name = prepare_demo(
        url,
        Practice(children=60, size=8, version="0.1.0"),
        now=NOW,
        tell=lambda _: None,
    )
    database = Database(url)
    for place, case_id in enumerate(case_ids(database, round_name)[:6]):
        asked = open_case(database, case_id, auditor=WHO, now=NOW).domains
        values = {
            criterion.id: "yes"
            if criterion.kind == YES_NO
            else grade(place, number, critical=criterion.critical)
            for number, domain in enumerate(asked)
            for criterion in domain.criteria
        }
        audit_case(database, case_id, values, auditor=WHO)
    database.close()
    remember_auditor(folder, WHO)
    return folder, round_name


@pytest.fixture
def practice(prepared: tuple[Path, str], tmp_path: Path) -> Start:
    """A copy of it: one picture must not show what another did."""
    folder = Path(copytree(prepared[0], tmp_path / "copy"))
    url = str(folder / "practice.db")
    return Start(url=url, settings=folder, round_name=prepared[1])


async def to_home(pilot: Pilot[None]) -> None:
    await pilot.press("2", "escape")
    await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))


async def to_workspace(pilot: Pilot[None]) -> None:
    await pilot.press("2", "n", "3", "n", "2", "e")
    await pilot.press(*"Her words are in the plan of March.", "escape")
    pilot.app.screen.query_one("#status").update("Saved 14:02:11")  # type: ignore[attr-defined]
    await pilot.pause()


async def to_plan(pilot: Pilot[None]) -> None:
    await to_home(pilot)
    await pilot.press("p")
    await until(pilot, lambda: isinstance(pilot.app.screen, PlanScreen))
    await until(pilot, lambda: "Interval to expect" in shown(pilot.app))


async def to_summary(pilot: Pilot[None]) -> None:
    await to_home(pilot)
    await pilot.press("end", "s")
    await until(pilot, lambda: isinstance(pilot.app.screen, SummaryScreen))
    await pilot.pause()


WAYS = {
    "home": to_home,
    "workspace": to_workspace,
    "plan": to_plan,
    "summary": to_summary,
}


@pytest.mark.parametrize("name", WAYS)
async def test_a_picture_in_the_readme_is_what_the_app_shows_today(
    practice: Start, name: str, request: pytest.FixtureRequest
) -> None:
    """`pytest --golden-update` draws it anew."""
    app = CaseAuditApp(practice)
    async with app.run_test(size=SIZES[name]) as pilot:
        await until(pilot, lambda: isinstance(app.screen, AuditScreen))
        await WAYS[name](pilot)
        drawn = app.export_screenshot(title="case-audit")
    # No font is fetched from anywhere: the reader's own fixed-width font will do.
    unwanted = r"@font-face \{.*?\}\s*|<!--.*?-->\s*"
    drawn = re.sub(unwanted, "", drawn, flags=re.DOTALL)
    drawn = drawn.replace("Fira Code", "DejaVu Sans Mono")
    picture = DOCS / f"{name}.svg"

    if request.config.getoption("--golden-update"):
        picture.write_text(drawn, "utf-8")

    assert words(picture.read_text("utf-8")) == words(drawn)
    assert "http" not in drawn.replace("http://www.w3.org", "")


def words(svg: str) -> list[str]:
    """What a picture says, without where and how."""
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)
