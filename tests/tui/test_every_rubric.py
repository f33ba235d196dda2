"""Every shipped rubric is graded from the first key to the last, and summed up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from shipped_rubrics import RUBRICS
from textual.widgets import OptionList

from case_audit.core.audit.model import closing
from case_audit.services.selfassessment import summarise
from case_audit.services.settings import remember_auditor
from case_audit.tui.app import Start
from case_audit.tui.screens.audit import AuditScreen
from case_audit.tui.screens.closing import ClosingScreen
from screens import shown, workspace
from stored import a_round, with_frame
from waiting import until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.pilot import Pilot

    from case_audit.core.rubric.model import Rubric
    from case_audit.services.database import Database


def ways() -> Iterator[tuple[str, str]]:
    """Each rubric with as few of its cohorts as ask all of its criteria."""
    for name, rubric in RUBRICS.items():
        asked = {cohort: asked_of(rubric, cohort) for cohort in rubric.cohorts}
        left = set().union(*asked.values())
        while left:
            cohort = max(asked, key=lambda one: len(asked[one] & left))
            left -= asked[cohort]
            yield name, cohort


def asked_of(rubric: Rubric, cohort: str) -> set[str]:
    return {c.id for d in rubric.domains_for(cohort) for c in d.criteria}


@pytest.mark.slow
@pytest.mark.parametrize(("name", "cohort"), list(ways()))
async def test_it_can_be_graded_from_first_to_last_key(
    embedded: Database, tmp_path: Path, name: str, cohort: str
) -> None:
    """At the smallest size: every answer by its key, then closed and submitted."""
    rubric = RUBRICS[name]
    with_frame(embedded, cohort=cohort)
    a_round(embedded, rubric=rubric, cohort=cohort, size=1)
    settings = tmp_path / "settings"
    remember_auditor(settings, "Ann")
    start = Start(url=embedded.url, settings=settings, round_name="Spring 2026")

    async with workspace(start) as pilot:
        await answer_all(pilot, rubric, cohort)
        await close(pilot, rubric)

    summary = summarise(embedded)
    assert summary.submitted == 1
    lines = [
        line for area in summary.areas for d in area.domains for line in d.criteria
    ]
    assert {line.id for line in lines} == asked_of(rubric, cohort)
    assert all(line.n + line.written == 1 for line in lines)


async def answer_all(pilot: Pilot[None], rubric: Rubric, cohort: str) -> None:
    """Answer with the key of the benchmark, or in words."""
    for domain in rubric.domains_for(cohort):
        for criterion in domain.criteria:
            assert f"{criterion.id} " in shown(pilot.app)
            if criterion.in_words:
                answer = ["e", *"so", "escape"]
            else:
                scale = rubric.scale_of(criterion)
                answer = [scale.grade(scale.benchmark).key]
            # In one go: after each press every widget is waited for.
            await pilot.press(*answer, "n")


async def close(pilot: Pilot[None], rubric: Rubric) -> None:
    """Write the closing statements, grade where the rules leave it, and submit."""
    app = pilot.app
    await pilot.press("c")
    await until(pilot, lambda: isinstance(app.screen, ClosingScreen))
    for key in closing(rubric.rules):
        options = app.screen.query_one(OptionList)
        options.highlighted = options.get_option_index(f"closing:{key}")
        await pilot.press("enter", *"so", "escape")
    assert "Nothing is missing" in shown(app), shown(app)
    await pilot.press("s", "y")
    await until(pilot, lambda: not isinstance(app.screen, (ClosingScreen, AuditScreen)))
