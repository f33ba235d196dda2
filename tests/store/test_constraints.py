"""The database itself refuses rows that cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from builders import NOW
from case_audit.core.allocation.model import Auditor
from case_audit.services.allocation import assign
from case_audit.store.database import open_database
from case_audit.store.keys import WRITING
from stored import a_round, audit_case, case_ids, with_frame

if TYPE_CHECKING:
    from case_audit.services.database import Database

IMPOSSIBLE = {
    "a frame of fewer than no units": "UPDATE frame SET units = -1",
    "a case numbered 0": "UPDATE round_case SET number = 0 WHERE number = 1",
    "two cases of one number": "UPDATE round_case SET number = 2 WHERE number = 1",
    "a unit drawn twice": (
        "UPDATE round_case SET unit = (SELECT unit FROM round_case WHERE number = 2)"
        " WHERE number = 1"
    ),
    "an audit in no known role": "UPDATE audit SET role = 'boss'",
    "an audit in no known state": "UPDATE audit SET state = 'lost'",
    "two first audits of a case": (
        "INSERT INTO audit (id, case_id, role, state, auditor, started_utc, place)"
        " SELECT id + 100, case_id, role, state, 'Bo', started_utc, place FROM audit"
    ),
    "an audit of no case": "UPDATE audit SET case_id = 999",
    "an answer to no known part": "UPDATE answer SET part = 'mood'",
    "an answer before its first revision": "UPDATE answer SET revision = 0",
    "a revision given twice": (
        "INSERT INTO answer (id, audit_id, part, subject, revision, value, rationale,"
        " evidence, auditor, at_utc) SELECT 'x' || id, audit_id, part, subject,"
        " revision, value, rationale, evidence, auditor, at_utc FROM answer"
    ),
    "an answer of no audit": "UPDATE answer SET audit_id = 999",
    "an answer without a rationale's text": "UPDATE answer SET rationale = NULL",
    "a round of no frame": "UPDATE round SET frame_id = 999",
    "a round of no rubric": "UPDATE round SET rubric_digest = 'none'",
    "a round without a manifest": "UPDATE round SET manifest_json = NULL",
    "two rounds of one name": (
        "INSERT INTO round SELECT id + 100, name, frame_id, cohort, rubric_digest,"
        " manifest_json, drawn_utc, drawn_by, purpose, closed_utc FROM round"
    ),
    "a round of no known purpose": "UPDATE round SET purpose = 'whim'",
    "a case in no known state": "UPDATE round_case SET state = 'lost'",
    "a log line numbered 0": "UPDATE event SET seq = 0 WHERE seq = 1",
    "a seal used twice": (
        "UPDATE event SET seal = (SELECT seal FROM event WHERE seq = 1) WHERE seq = 2"
    ),
    "an allocation numbered 0": "UPDATE allocation SET number = 0, restores = -1",
    "two allocations of one number": (
        "INSERT INTO allocation SELECT id + 100, round_id, number, act, restores,"
        " auditors_json, allow_own_team, at_utc, done_by FROM allocation"
    ),
    "an allocation by no known act": "UPDATE allocation SET act = 'whim'",
    "an allocation that restores itself": "UPDATE allocation SET restores = number",
    "an allocation of no round": "UPDATE allocation SET round_id = 999",
    "a case given out that is not there": "UPDATE allocated_case SET case_id = 999",
    "a case given to no name": "UPDATE allocated_case SET auditor = NULL",
    "a record of no import": "INSERT INTO record VALUES (999, 1, 2, 'C', '{}', '{}')",
    "a unit twice in a frame": (
        "UPDATE frame_unit SET unit = 'C0001' WHERE unit = 'C0002'"
    ),
}


@pytest.mark.parametrize("statement", IMPOSSIBLE.values(), ids=IMPOSSIBLE.keys())
def test_impossible_rows_are_refused(database: Database, statement: str) -> None:
    """Whatever program writes, and whatever mistake it makes."""
    with_frame(database)
    a_round(database)
    audit_case(database, case_ids(database)[0], {"v1": "good"}, then_submit=False)
    assign(database, "Spring 2026", [Auditor(name="Ann")], by="Lee", now=NOW)
    # Through the program's own engine: a stranger's does not check foreign keys.
    engine = open_database(database.url).execution_options(**{WRITING: True})

    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(text(statement))

    engine.dispose()
