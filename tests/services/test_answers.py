"""Undo has no end and survives a restart; flags and confidence are kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from desks import answer, desk

from builders import NOW, G, I, O, R
from case_audit.errors import ChangedMeanwhileError, NotYoursError
from case_audit.services.answers import give_answer, redo, undo
from case_audit.services.database import Database as Opened
from case_audit.services.log import check_log
from stored import sql

if TYPE_CHECKING:
    from collections.abc import Callable

    from case_audit.core.audit.model import Answer
    from case_audit.services.database import Database


@pytest.fixture
def audit(database: Database, case: int) -> int:
    """Ann's open audit."""
    return desk(database, case).audit.id


def back(
    database: Database, audit: int, step: Callable[..., Answer | None] = undo
) -> Answer | None:
    with database.read() as uow:
        seen = uow.audits.answers(audit)
    return step(database, audit, seen=seen, auditor="Ann", now=NOW)


def test_every_change_can_be_taken_back_after_a_restart(
    database: Database, audit: int
) -> None:
    """An auditor who closed the laptop over lunch can still undo the morning."""
    changes = [("v1", G), ("v2", I), ("v1", R), ("s1", O)]
    for subject, value in changes:
        answer(database, audit, subject, value, rationale=f"Because {value}")
    again = Opened(database.url)

    undone = [back(again, audit) for _ in range(5)]

    assert [(a.subject, a.value, a.rationale) if a else None for a in undone] == [
        ("s1", "", ""),
        ("v1", G, f"Because {G}"),
        ("v2", "", ""),
        ("v1", "", ""),
        None,
    ]
    redone = [back(again, audit, redo) for _ in range(5)]
    assert [(a.subject, a.value) if a else None for a in redone] == [*changes, None]
    with again.read() as uow:
        assert [step.act for step in uow.audits.steps(audit)] == [
            *["change"] * 4,
            *["undo"] * 4,
            *["redo"] * 4,
        ]
    again.close()


def test_the_log_tells_an_undo_from_a_change(database: Database, audit: int) -> None:
    """Whoever reads the trail sees that a grade was taken back, and when."""
    answer(database, audit, "v1", G)
    back(database, audit)
    back(database, audit, redo)

    actions = [row[0] for row in sql(database, "SELECT action FROM event ORDER BY seq")]
    assert actions[-3:] == ["answer", "undo", "redo"]
    assert check_log(database).broken is None


def test_what_another_window_changed_is_not_taken_back_unseen(
    database: Database, audit: int
) -> None:
    """The auditor would undo something that is not on the screen."""
    answer(database, audit, "v1", G)
    with database.read() as uow:
        seen = uow.audits.answers(audit)
    answer(database, audit, "v1", I)

    with pytest.raises(ChangedMeanwhileError):
        undo(database, audit, seen=seen, auditor="Ann", now=NOW)

    with database.read() as uow:
        assert uow.audits.answers(audit).criterion("v1").value == I


def test_nobody_takes_back_what_another_auditor_found(
    database: Database, audit: int
) -> None:
    answer(database, audit, "v1", G)
    with database.read() as uow:
        seen = uow.audits.answers(audit)

    with pytest.raises(NotYoursError):
        undo(database, audit, seen=seen, auditor="Bo", now=NOW)


def test_flag_and_confidence_are_part_of_the_answer(
    database: Database, audit: int
) -> None:
    """They are kept, come back after a restart, and undo like a grade."""
    first = answer(database, audit, "v1", G)
    sure = replace(first, flagged=True, confidence="low")
    give_answer(database, audit, sure, auditor="Ann", now=NOW)
    again = Opened(database.url)

    with again.read() as uow:
        kept = uow.audits.answers(audit).criterion("v1")
    assert (kept.flagged, kept.confidence, kept.value) == (True, "low", G)
    undone = back(again, audit)
    assert undone is not None
    assert (undone.flagged, undone.confidence, undone.value) == (False, "", G)
    again.close()
