"""The board: a mark for every case and criterion, and the way to each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders import NOW, G
from case_audit.core.audit.model import NOT_APPLICABLE, NOT_EVIDENCED, Answer
from case_audit.services.answers import give_answer
from case_audit.tui.app import CaseAuditApp, Start
from case_audit.tui.screens.audit import AuditScreen
from case_audit.tui.screens.board import BoardScreen
from case_audit.tui.screens.cases import CasesScreen
from case_audit.tui.screens.home import HomeScreen
from screens import at, shown
from stored import audit_case, case_ids
from waiting import until

if TYPE_CHECKING:
    from case_audit.services.database import Database

ANN = "Ann Auditor"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_board_shows_every_answer_and_leads_to_it(
    ready: Start, embedded: Database, size: tuple[int, int]
) -> None:
    """Letters and marks, never colour alone; Enter opens the case at the criterion."""
    ids = case_ids(embedded)
    values = {"v1": G, "v2": NOT_APPLICABLE, "s1": NOT_EVIDENCED}
    audit = audit_case(embedded, ids[1], values, auditor=ANN, then_submit=False)
    flagged = Answer(part="criterion", subject="s2", flagged=True)
    give_answer(embedded, audit, flagged, auditor=ANN, now=NOW)
    audit_case(embedded, ids[0], {}, rest="inadequate", auditor="Bo")
    app = CaseAuditApp(Start(url=ready.url, settings=ready.settings))
    async with app.run_test(size=size) as pilot:
        await until(pilot, at(pilot, HomeScreen))
        await pilot.press("end", "enter")
        await until(pilot, at(pilot, CasesScreen))
        await pilot.press("b")
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))
        await until(pilot, lambda: "? not evidenced" in shown(app))
        text = shown(app)
        assert " I  I  I  I" in text
        assert " G  –  ?  ·*" in text
        assert " ·  ·  ·  ·" in text
        assert "case 1 · v1" in text
        await pilot.press("down", "right", "right")
        await until(pilot, lambda: "case 2 · s1" in shown(app))
        await pilot.press("enter")
        await until(pilot, at(pilot, AuditScreen))
        assert "case 2 of 5" in shown(app)
        assert "s1 Label of s1" in shown(app)
        await pilot.press("3", "escape")
        await until(pilot, lambda: " G  –  R  ·*" in shown(app))
        await pilot.press("end", "left", "left", "left", "home", "escape")
        await until(pilot, at(pilot, CasesScreen))
