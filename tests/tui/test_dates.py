"""What the dates on the lists say, on screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from workbooks import a_workbook, on_plans

from builders import AS_AT, NOW, a_criterion, a_rubric
from case_audit.services.import_files import Files, import_files
from case_audit.services.settings import remember_auditor
from case_audit.tui.app import Start
from screens import shown, workspace
from stored import a_round

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from case_audit.services.database import Database

SIZES = [(80, 24), (120, 40)]


@pytest.fixture
def dated(embedded: Database, tmp_path: Path) -> Start:
    """A child on a plan, last visited 16 working days before the lists."""
    book = a_workbook(
        tmp_path / "a.xlsx",
        on_plans(
            "001", last_visit="09/03/2026", seen_alone="a) Yes", previous_plans="0"
        ),
        synthetic=True,
    )
    import_files(embedded, Files(lists=book), as_at=AS_AT, imported_by="Lee", now=NOW)
    rubric = a_rubric(
        {
            "voice": (
                a_criterion("v1", timescales=("T10", "T09", "T07", "T24")),
                a_criterion("v2"),
            )
        }
    )
    a_round(embedded, size=1, rubric=rubric)
    settings = tmp_path / "settings"
    remember_auditor(settings, "Ann Auditor")
    return Start(url=embedded.url, settings=settings, round_name="Spring 2026")


def of_the_criterion(text: str) -> str:
    """What stands in the pane of the criterion, as running text."""
    panes = [line.split("│") for line in text.splitlines()]
    return " ".join(" ".join(p[1] if len(p) == 3 else p[0] for p in panes).split())


@pytest.mark.parametrize("size", SIZES)
async def test_the_weightiest_finding_stands_under_the_question(
    dated: Start, size: tuple[int, int]
) -> None:
    """In words, at every size; a criterion without timescales has no such line."""
    async with workspace(dated, size) as pilot:
        said = "Dates: Child protection visits: overdue by 6 working days"
        assert said in of_the_criterion(shown(pilot.app))
        await pilot.press("n")
        await pilot.pause()
        assert "Dates:" not in shown(pilot.app)


@pytest.mark.parametrize("size", SIZES)
async def test_looks(
    dated: Start, size: tuple[int, int], golden: Callable[[str], None]
) -> None:
    """The line, and the card with rule, source, dates and result."""
    async with workspace(dated, size) as pilot:
        line = shown(pilot.app)
        await pilot.press("d")
        await pilot.pause()
        golden(line + shown(pilot.app))


async def test_the_card_has_rule_source_dates_and_what_is_missing(
    dated: Start,
) -> None:
    async with workspace(dated, (120, 60)) as pilot:
        await pilot.press("d")
        await pilot.pause()
        text = " ".join(shown(pilot.app).replace("│", " ").split())

    for said in (
        "What the dates say on 31 March 2026. No grade depends on it.",
        "T09 Child protection visits: overdue by 6 working days",
        "the next was due by 23 March 2026",
        "Rule: A child on a plan is visited every 10 working days (local)",
        (
            "Dates used: Child Protection Plan Start Date, 1 December 2025; Date of the "
            "Last Statutory Visit, 9 March 2026"
        ),
        "T07 First core group: not computable",
        "(to be confirmed against the source: the limit)",
        "Missing: first_core_group_date",
        "T24 Pathway plan: not computable",
    ):
        assert said in text


async def test_the_dates_on_the_lists_stand_among_what_happened_when(
    dated: Start,
) -> None:
    """Also where no document came with the import."""
    async with workspace(dated) as pilot:
        await pilot.press("t")
        await pilot.pause()
        text = shown(pilot.app)

        assert "1 Dec 25  Child Protection Plan Start Date (list)" in text
        assert "9 Mar 26  Date of the Last Statutory Visit (list)" in text


async def test_ones_own_limits_are_used(dated: Start) -> None:
    """As written in the settings file."""
    path = dated.settings / "settings.toml"
    path.write_text(path.read_text() + "\n[timescales]\nprotection_visit = 20\n")

    async with workspace(dated) as pilot:
        assert "Child protection visits: met" in shown(pilot.app)
