"""A manifest that was kept before the round went on."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from builders import NOW
from case_audit.core.sample.manifest import read_manifest
from case_audit.services.replacement import replace_case
from case_audit.services.rounds import extend_round
from case_audit.services.verify import verify_against_database
from stored import a_round, with_frame

if TYPE_CHECKING:
    from case_audit.services.database import Database


def test_a_copy_from_before_the_round_grew_is_true_of_that_time(
    database: Database,
) -> None:
    """Extended, a case replaced, opened again: each is said, and is no difference."""
    with_frame(database)
    before = read_manifest(a_round(database).manifest)
    name, by = "Spring 2026", "Lee"
    extend_round(database, name, added=2, by=by, now=NOW)
    unit = str(before.plain["drawn"][0]["unit"])
    later = NOW + timedelta(hours=1)
    replace_case(database, name, unit, reason="locked", by=by, now=later)
    with database.read() as uow:
        now = json.loads(uow.rounds.named(name).manifest)

    found = verify_against_database(database, before)
    newest = verify_against_database(database, read_manifest(json.dumps(now)))

    assert found.differences == ()
    assert [(one.key, one.added) for one in found.since] == [
        ("extensions", 2),
        ("replacements", 0),
    ]
    assert (newest.differences, newest.since) == ((), ())


def test_a_copy_with_the_middle_taken_out_is_no_earlier_copy(
    database: Database,
) -> None:
    """It has the replacement and not the extension that came before it."""
    with_frame(database)
    unit = str(read_manifest(a_round(database).manifest).plain["drawn"][0]["unit"])
    extend_round(database, "Spring 2026", added=2, by="Lee", now=NOW)
    later = NOW + timedelta(hours=1)
    replace_case(database, "Spring 2026", unit, reason="locked", by="Lee", now=later)
    with database.read() as uow:
        plain = json.loads(uow.rounds.named("Spring 2026").manifest)
    del plain["extensions"]

    found = verify_against_database(database, read_manifest(json.dumps(plain)))

    assert [d.where for d in found.differences] == [
        "replacements, line 1",
        "record, extensions",
    ]
    assert found.since == ()
