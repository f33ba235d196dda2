"""Every key of every screen is pressed, and does what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from desk_keys import closing, nine_grades, the_whole_desk
from desks import answer, desk
from frame_keys import leading
from imported import imported
from keyboard import KEYS, Keyboard
from recorded import row
from round_keys import rounds
from walks import two_versions

from builders import G, a_mixed_rubric
from case_audit.core.audit.model import CLOSING, FLAG
from case_audit.services.settings import remember_auditor
from case_audit.tui.app import CaseAuditApp, Start
from case_audit.tui.screens.home import HomeScreen
from case_audit.tui.screens.name import NameScreen
from screens import at
from stored import a_round, case_ids, with_frame
from waiting import until

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from case_audit.services.database import Database

    Scene = Callable[[Keyboard, Pilot[None]], Awaitable[None]]

WHO = "Ann Auditor"
OF_THE_DESK = ("Audit", "Criterion", "Help", "Overrule")
OF_THE_LAST_PAGE = ("Closing", "Write", "What if", "Confirm")
OF_ROUNDS = ("Anywhere", "Home", "Palette", "Summary", "Settings", "Cases", "Board")
OF_FRAMES = (
    *("Frames", "Page", "Place", "Reading", "Make frame"),
    *("Plan", "Strata", "Condition", "Choose", "Plan draw"),
)
WAYS_OUT = {("Home", "quit"), ("Name", "back")}


async def played(start: Start, scene: Scene) -> set[tuple[str, str]]:
    """Run the app, play a scene, and return what was pressed."""
    app = CaseAuditApp(start)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        keys = Keyboard(pilot, set())
        await scene(keys, pilot)
    return keys.pressed


def missing(
    pressed: set[tuple[str, str]], screens: tuple[str, ...]
) -> set[tuple[str, str]]:
    """What was not pressed on some screens."""
    return {key for key in KEYS if key[0] in screens} - pressed - WAYS_OUT


def test_no_screen_is_left_out() -> None:
    """A new screen needs its keys pressed in one of the scenes below."""
    played = {*OF_THE_DESK, *OF_THE_LAST_PAGE, *OF_ROUNDS, *OF_FRAMES}

    assert {place for place, _ in KEYS.keys() - WAYS_OUT} == played


@pytest.mark.slow
async def test_every_key_of_the_workspace(embedded: Database, tmp_path: Path) -> None:
    """Nine grades, for as many have keys; two documents to go through."""
    with_frame(embedded)
    a_round(embedded, rubric=nine_grades())
    remember_auditor(tmp_path, WHO)
    start = Start(url=embedded.url, settings=tmp_path, round_name="Spring 2026")

    pressed = await played(start, the_whole_desk)

    assert missing(pressed, OF_THE_DESK) == set()


async def test_every_key_of_the_last_page(embedded: Database, tmp_path: Path) -> None:
    """All is answered, and a risk can be ticked."""
    with_frame(embedded)
    a_round(embedded, rubric=a_mixed_rubric())
    audit = desk(embedded, case_ids(embedded)[0]).audit.id
    for name, value in {"g1": G, "g2": G, "q1": "yes", "q2": "yes"}.items():
        answer(embedded, audit, name, value, rationale="Seen.")
    for name in ("n1-a", "n1-b", "f1"):
        answer(embedded, audit, name, rationale="Seen.")
    for name in CLOSING:
        answer(embedded, audit, name, part="closing", rationale="True.")
    remember_auditor(tmp_path, "Ann")
    start = Start(url=embedded.url, settings=tmp_path, round_name="Spring 2026")

    pressed = await played(
        start, lambda keys, pilot: closing(keys, pilot, f"{FLAG}unmanaged_risk")
    )

    assert missing(pressed, OF_THE_LAST_PAGE) == set()


@pytest.mark.slow
async def test_every_key_of_rounds(embedded: Database, tmp_path: Path) -> None:
    """The newest round has an earlier one, graded with an earlier rubric."""
    with_frame(embedded)
    two_versions(embedded, first="Autumn 2026", second="Winter 2026", auditor=WHO)
    remember_auditor(tmp_path, WHO)

    pressed = await played(Start(url=embedded.url, settings=tmp_path), rounds)

    assert missing(pressed, OF_ROUNDS) == set()


@pytest.mark.slow
async def test_every_key_of_frames(embedded: Database, tmp_path: Path) -> None:
    """Frames of an import, the first of sixty referrals by thirty teams."""
    rows = [
        row(
            3,
            f"A{n}",
            n + 2,
            referral_date="2026-01-10",
            team=f"Team {n % 30}",
            referral_nfa="yes" if n % 2 else "no",
        )
        for n in range(60)
    ]
    imported(embedded, [*rows, row(8, "1", 90, care_start="2025-01-01")])
    remember_auditor(tmp_path, WHO)

    pressed = await played(Start(url=embedded.url, settings=tmp_path), leading)

    assert missing(pressed, OF_FRAMES) == set()


@pytest.mark.parametrize(
    ("name", "screen", "key"),
    [("", NameScreen, "escape"), (WHO, HomeScreen, "q")],
)
async def test_every_way_out(
    embedded: Database, tmp_path: Path, name: str, screen: type, key: str
) -> None:
    assert key in {key for way in WAYS_OUT for key in KEYS[way]}
    if name:
        remember_auditor(tmp_path, name)
    app = CaseAuditApp(Start(url=embedded.url, settings=tmp_path))
    async with app.run_test() as pilot:
        await until(pilot, at(pilot, screen))
        await pilot.press(key)
        await until(pilot, lambda: app.return_code is not None)

    assert app.return_code == 0
