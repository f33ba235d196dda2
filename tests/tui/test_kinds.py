"""Yes or no, answers in words, agencies side by side, flags and what-if, key by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from desks import answer, desk, kept_answer
from textual.widgets import OptionList, TextArea

from builders import G, I, a_mixed_rubric, a_narrative, a_rubric
from case_audit.core.audit.model import CLOSING, FLAG, NOT_APPLICABLE, SUBMITTED, TICKED
from case_audit.services.selfassessment import summarise
from case_audit.services.settings import remember_auditor
from case_audit.tui.app import Start
from case_audit.tui.screens.what_if import WhatIfScreen
from case_audit.tui.screens.write import WriteScreen
from screens import shown, workspace
from stored import a_round, case_ids, with_frame

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from case_audit.services.database import Database

RISK = f"{FLAG}unmanaged_risk"


@pytest.fixture
def mixed(embedded: Database, tmp_path: Path) -> Start:
    """A round graded with every kind of criterion."""
    with_frame(embedded)
    a_round(embedded, rubric=a_mixed_rubric())
    settings = tmp_path / "settings"
    remember_auditor(settings, "Ann")
    return Start(url=embedded.url, settings=settings, round_name="Spring 2026")


async def go(pilot: Pilot[None], criterion: str) -> None:
    """Go to a criterion through the list."""
    await pilot.press("g")
    options = pilot.app.screen.query_one(OptionList)
    options.highlighted = options.get_option_index(criterion)
    await pilot.press("enter")


async def choose(pilot: Pilot[None], option: str) -> None:
    """Open a row of the closing page."""
    options = pilot.app.screen.query_one(OptionList)
    options.highlighted = options.get_option_index(option)
    await pilot.press("enter")


@pytest.mark.parametrize(
    ("keys", "value"),
    [(["1"], "yes"), (["2"], "no"), (["3"], ""), (["0"], NOT_APPLICABLE)],
)
async def test_a_question_takes_yes_and_no_and_no_other_grade(
    mixed: Start, embedded: Database, keys: list[str], value: str
) -> None:
    async with workspace(mixed) as pilot:
        await go(pilot, "q1")
        await pilot.press(*keys)
        assert kept_answer(embedded, "q1").value == value
        if value == NOT_APPLICABLE:
            await pilot.press("escape")  # the reason, which is asked for at once

        assert "1-2 grade" in shown(pilot.app)


async def test_an_answer_in_words_is_there_once_it_is_written(
    mixed: Start, embedded: Database
) -> None:
    """Digits are letters of the text; what is written counts as answered."""
    async with workspace(mixed) as pilot:
        await go(pilot, "n1-a")
        await pilot.press("1")
        assert kept_answer(embedded, "n1-a").value == ""

        await pilot.press("enter", *"Told at 2", "escape", "n")

        assert kept_answer(embedded, "n1-a").rationale == "Told at 2"
        assert kept_answer(embedded, "n1-a").value == ""
        screen = shown(pilot.app)
        assert "[✓··]" in screen
        assert "1/7" in screen


async def test_the_other_agency_is_read_beside_it(
    mixed: Start, embedded: Database
) -> None:
    async with workspace(mixed) as pilot:
        await go(pilot, "n1-b")
        assert "Nothing yet: A" in shown(pilot.app)

        await pilot.press("p", "enter", *"Rang the school.", "escape", "n")

        assert "A: Rang the school." in shown(pilot.app)
        assert kept_answer(embedded, "n1-b").rationale == ""


async def test_prompts_are_asked_under_the_grades(mixed: Start) -> None:
    async with workspace(mixed, (120, 40)) as pilot:
        assert "Ask: Is it so?" in shown(pilot.app)


async def test_a_ticked_risk_limits_the_case_and_wants_its_record(
    mixed: Start, embedded: Database
) -> None:
    """It cannot be submitted before somebody was told; a tick can be taken away."""
    everything(embedded)
    async with workspace(mixed, (120, 40)) as pilot:
        await pilot.press("c")
        assert "Nothing is missing" in shown(pilot.app)

        await choose(pilot, f"closing:{RISK}")
        assert isinstance(pilot.app.screen, WriteScreen)
        await pilot.press("escape")
        screen = shown(pilot.app)
        assert "1 thing is missing" in screen
        assert "LIM7" in screen
        assert "the same day" in screen

        await choose(pilot, f"closing:{RISK}")
        await pilot.press(*"Told Jo at 10.", "escape")
        kept = kept_answer(embedded, RISK, "closing")
        assert (kept.value, kept.rationale) == (TICKED, "Told Jo at 10.")
        assert "Nothing is missing" in shown(pilot.app)

        await pilot.press("x")
        assert kept_answer(embedded, RISK, "closing").value == ""
        assert "LIM7" not in shown(pilot.app)


async def test_submitted_with_the_risk_the_summary_names_it(
    mixed: Start, embedded: Database
) -> None:
    everything(embedded)
    async with workspace(mixed, (120, 40)) as pilot:
        await pilot.press("c")
        await choose(pilot, f"closing:{RISK}")
        await pilot.press(*"Told Jo.", "escape", "s", "y")

    (case,) = summarise(embedded).limited
    assert (case.rule, case.grade, case.raises) == ("LIM7", I, "E1")


async def test_what_other_rules_would_say_changes_nothing(
    mixed: Start, embedded: Database
) -> None:
    everything(embedded)
    async with workspace(mixed, (120, 40)) as pilot:
        await pilot.press("c")
        before = shown(pilot.app)
        await pilot.press("w")
        assert isinstance(pilot.app.screen, WhatIfScreen)
        screen = shown(pilot.app)
        assert "The rubric's own rules: G Good" in screen
        assert "Only to look at" in screen
        await pilot.press("escape")

        assert shown(pilot.app) == before


def everything(embedded: Database) -> None:
    """Answer the first case's every criterion and closing statement."""
    case = desk(embedded, case_ids(embedded)[0])
    for name, value in {"g1": G, "g2": G, "q1": "yes", "q2": "yes"}.items():
        answer(embedded, case.audit.id, name, value, rationale="Seen.")
    for name in ("n1-a", "n1-b", "f1"):
        answer(embedded, case.audit.id, name, rationale="Seen.")
    for name in CLOSING:
        answer(embedded, case.audit.id, name, part="closing", rationale="True.")


async def test_writing_room_is_wider_for_words(mixed: Start) -> None:
    """A grade needs a line or two of why; an account needs the room."""
    async with workspace(mixed) as pilot:
        narrow = pilot.app.screen.query_one(TextArea).size.height
        await go(pilot, "n1-a")
        await pilot.pause()

        assert pilot.app.screen.query_one(TextArea).size.height > narrow


async def test_a_case_without_a_grade_is_submitted_without_one(
    embedded: Database, tmp_path: Path
) -> None:
    """The rules grade cases, and here there is nothing that they could grade."""
    with_frame(embedded)
    a_round(embedded, rubric=a_rubric({"d": (a_narrative("n"),)}))
    remember_auditor(tmp_path, "Ann")
    case = desk(embedded, case_ids(embedded)[0])
    for name in CLOSING:
        answer(embedded, case.audit.id, name, part="closing", rationale="True.")
    start = Start(url=embedded.url, settings=tmp_path, round_name="Spring 2026")

    async with workspace(start, (120, 40)) as pilot:
        await pilot.press("c", "s")
        text = " ".join(shown(pilot.app).split())
        assert "1 thing is missing, first n Label of n: not written yet" in text
        await pilot.press("escape", "enter", *"Seen.", "escape", "c")
        assert "everything is answered in words" in shown(pilot.app)
        await pilot.press("s")
        assert "Submit this audit?" in shown(pilot.app)
        await pilot.press("y")

    assert desk(embedded, case.case.id).audit.state == SUBMITTED
