"""Every act is in the sealed log, and a changed log is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from desks import answer, desk

from builders import G
from case_audit.security.sealed_log import content_digest
from case_audit.services.log import check_log, newest_events
from stored import audit_case, sql

if TYPE_CHECKING:
    from case_audit.services.database import Database


def test_every_act_is_a_line_in_the_sealed_log(database: Database, case: int) -> None:
    """Who, what, when and a digest of what was written; never the writing."""
    audit = desk(database, case).audit.id
    kept = answer(database, audit, "v1", G, rationale="CANARY Rosa")

    line = newest_events(database, 1)[0]

    assert (line["actor"], line["action"]) == ("Ann", "answer")
    assert line["subject"] == f"audit {audit} criterion v1 1"
    assert line["content"] == content_digest([kept.value, kept.rationale, ""])
    log = str(sql(database, "SELECT * FROM event"))
    assert "CANARY" not in log
    assert check_log(database).broken is None


TAMPERING = [
    "UPDATE event SET actor = 'Bo' WHERE seq = 3",
    "UPDATE event SET content = 'x' WHERE seq = 3",
    "UPDATE event SET at_utc = '2020-01-01T00:00:00Z' WHERE seq = 3",
    "UPDATE event SET subject = 'audit 9' WHERE seq = 3",
    "UPDATE event SET previous = 'x' WHERE seq = 3",
    "UPDATE event SET seal = 'x' WHERE seq = 3",
    "DELETE FROM event WHERE seq = 3",
]


@pytest.mark.parametrize("statement", TAMPERING)
def test_a_changed_log_is_found_at_its_line(
    database: Database, case: int, statement: str
) -> None:
    """With SQL, past the program."""
    audit_case(database, case, {}, rest=G)
    assert check_log(database).broken is None

    sql(database, statement)

    assert check_log(database).broken == 3


def test_an_empty_log_is_whole(database: Database) -> None:
    found = check_log(database)

    assert (found.lines, found.last, found.broken) == (0, "0" * 64, None)
