"""Cases that are given out: yours first, others' only on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders import NOW, G
from case_audit.core.allocation.model import Auditor
from case_audit.services.allocation import assign
from case_audit.services.log import newest_events
from case_audit.tui.app import CaseAuditApp, Start
from case_audit.tui.screens.audit import AuditScreen
from case_audit.tui.screens.cases import CasesScreen
from case_audit.tui.screens.confirm import ConfirmScreen
from case_audit.tui.screens.home import HomeScreen
from screens import at, shown
from stored import a_round, audit_case
from waiting import until

if TYPE_CHECKING:
    from collections.abc import Callable

    from case_audit.services.database import Database

ANN = "Ann Auditor"


def give(database: Database, *names: str) -> dict[str, list[int]]:
    """Give out the round; returns the numbers of each one's cases."""
    page = assign(
        database, "Spring 2026", [Auditor(name=n) for n in names], by="Lee", now=NOW
    )
    return {
        name: [one.case.number for one in page.cases if one.auditor == name]
        for name in names
    }


def plain(start: Start) -> CaseAuditApp:
    return CaseAuditApp(Start(url=start.url, settings=start.settings))


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 20)])
async def test_the_first_screens_look(
    ready: Start,
    embedded: Database,
    size: tuple[int, int],
    golden: Callable[[str], None],
) -> None:
    """Home and the cases of a round, one of them begun by somebody else."""
    a_round(embedded, name="Large", size=20)
    given = give(embedded, ANN, "Bo Baker")
    assign(embedded, "Large", [Auditor(name=ANN)], by="Lee", now=NOW)
    with embedded.read() as uow:
        ids = {case.number: case.id for case in uow.rounds.cases(1)}
    audit_case(embedded, ids[given["Bo Baker"][0]], {}, rest=G, auditor="Bo Baker")
    app = plain(ready)
    pages = []
    async with app.run_test(size=size) as pilot:
        await until(pilot, at(pilot, HomeScreen))
        pages.append(shown(app))
        await pilot.press("end", "enter")
        await until(pilot, at(pilot, CasesScreen))
        pages.append(shown(app))
    golden(("─" * size[0] + "\n").join(pages))


async def test_continue_and_next_open_what_is_yours(
    ready: Start, embedded: Database
) -> None:
    """Not the first case nobody has begun, if that is somebody else's."""
    given = give(embedded, "Bo Baker", "ann auditor")
    first = given["ann auditor"][0]
    app = plain(ready)
    async with app.run_test(notifications=True) as pilot:
        await until(pilot, at(pilot, HomeScreen))
        await pilot.press("c")
        await until(pilot, at(pilot, AuditScreen))
        assert f"case {first} of 5" in shown(app)
        await pilot.press("escape")
        await until(pilot, at(pilot, HomeScreen))
        await pilot.press("end", "enter")
        await until(pilot, at(pilot, CasesScreen))
        await pilot.press("n")
        await until(pilot, at(pilot, AuditScreen))
        assert f"case {first} of 5" in shown(app)


async def test_who_has_nothing_left_is_told_whose_the_others_are(
    ready: Start, embedded: Database
) -> None:
    give(embedded, "Bo Baker")
    app = plain(ready)
    async with app.run_test(notifications=True) as pilot:
        await until(pilot, at(pilot, HomeScreen))
        assert "Yours to audit" not in shown(app)
        await pilot.press("c")
        await until(pilot, lambda: "are given to others" in shown(app))
        assert isinstance(app.screen, HomeScreen)


@pytest.mark.parametrize("yes", [True, False])
async def test_a_case_of_somebody_else_is_asked_for(
    ready: Start,
    embedded: Database,
    yes: bool,  # noqa: FBT001
) -> None:
    """Yes opens it and is on record; no changes nothing."""
    give(embedded, "Bo [b]Baker[/b]")
    app = plain(ready)
    async with app.run_test() as pilot:
        await until(pilot, at(pilot, HomeScreen))
        await pilot.press("end", "enter")
        await until(pilot, at(pilot, CasesScreen))
        assert "Given to others" in shown(app)
        assert "given to Bo [b]Baker[/b]" in shown(app)
        await pilot.press("enter")
        await until(pilot, at(pilot, ConfirmScreen))
        assert "given to Bo [b]Baker[/b]. Open it anyway?" in shown(app)
        await pilot.press("y" if yes else "n")
        await until(pilot, at(pilot, AuditScreen if yes else CasesScreen))

    actions = [event["action"] for event in newest_events(embedded, 3)]
    assert ("take over" in actions) == yes


async def test_a_submitted_case_is_taken_back_under_headings_too(
    ready: Start, embedded: Database
) -> None:
    """The cursor's line is not the case's number any more."""
    given = give(embedded, ANN, "Bo Baker")
    with embedded.read() as uow:
        ids = {case.number: case.id for case in uow.rounds.cases(1)}
    last = given[ANN][-1]
    audit = audit_case(embedded, ids[last], {}, rest=G, auditor=ANN)
    app = plain(ready)
    async with app.run_test() as pilot:
        await until(pilot, at(pilot, HomeScreen))
        await pilot.press("end", "enter")
        await until(pilot, at(pilot, CasesScreen))
        await pilot.press(*["down"] * (len(given[ANN]) - 1), "r")
        await until(pilot, lambda: "0/5 submitted" in shown(app))

    with embedded.read() as uow:
        assert uow.audits.get(audit).state == "open"
