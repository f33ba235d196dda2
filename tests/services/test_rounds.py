"""Rounds grow in order, close, and open again for a reason."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from builders import NOW
from case_audit.core.sample.manifest import read_manifest
from case_audit.errors import (
    ClosedRoundError,
    NotExtendableError,
    RoundStateError,
    SampleTooLargeError,
)
from case_audit.services.audit import open_case, submit
from case_audit.services.home import named_round, next_case
from case_audit.services.replacement import replace_case, undo_replacement
from case_audit.services.rounds import close_round, extend_round, reopen_round
from case_audit.services.selfassessment import summarise
from case_audit.services.verify import verify_against_database
from stored import a_round, audit_case, case_ids, with_frame

if TYPE_CHECKING:
    from case_audit.services.database import Database
    from case_audit.services.rounds import Extended

NAME = "Spring 2026"


def more(database: Database, by: int, *, day: int = 1, keep: bool = True) -> Extended:
    now = NOW + timedelta(days=day)
    return extend_round(database, NAME, added=by, by="Lee", now=now, keep=keep)


def units(database: Database) -> list[str]:
    return [line.case.unit for line in named_round(database, NAME)[1]]


@pytest.mark.parametrize("strata", [(), ("team",)])
def test_a_grown_round_is_the_larger_draw(
    database: Database, strata: tuple[str, ...]
) -> None:
    """As if so many had been drawn at once; the old ones keep their numbers."""
    with_frame(database)
    a_round(database, size=6, strata=strata, minimum=2 if strata else 0)
    before = units(database)

    found = more(database, 5)

    whole = a_round(database, name="Whole", size=11, strata=strata)
    assert units(database)[:6] == before
    assert set(units(database)) == {d.unit for d in whole.sample.drawn}
    assert (found.planned, found.now, found.after_results) == (6, 11, 0)
    with database.read() as uow:
        manifest = read_manifest(uow.rounds.named(NAME).manifest)
    assert not verify_against_database(database, manifest).differences
    (extension,) = manifest.plain["extensions"]
    assert [e["unit"] for e in extension["drawn"]] == units(database)[6:]


def test_growing_goes_on_behind_the_reserves_that_were_used(
    database: Database,
) -> None:
    """Replaced, grown, replaced and grown again: always the first in order."""
    with_frame(database)
    drawn = a_round(database)
    now = NOW + timedelta(days=1)

    def gone(unit: str, day: int) -> str:
        when = NOW + timedelta(days=day)
        found = replace_case(database, NAME, unit, reason="locked", by="Lee", now=when)
        return found.unit

    first = drawn.sample.drawn[0].unit
    gone(first, 1)
    more(database, 3, day=2)
    gone(drawn.sample.drawn[1].unit, 3)
    with pytest.raises(Exception, match="a later reserve"):
        undo_replacement(database, NAME, first, by="Lee", now=now)
    more(database, 2, day=4)

    order = a_round(database, name="Order", size=12).sample.drawn
    assert units(database) == [d.unit for d in order]
    with database.read() as uow:
        manifest = read_manifest(uow.rounds.named(NAME).manifest)
    assert not verify_against_database(database, manifest).differences
    summary = summarise(database, NAME)
    assert summary.drawn == 10


def test_growing_after_results_is_said(embedded: Database) -> None:
    """The level of an interval is a promise about one planned sample."""
    with_frame(embedded)
    a_round(embedded)
    audit_case(embedded, case_ids(embedded)[0], {}, rest="good")

    assert more(embedded, 2, keep=False).after_results == 1
    assert len(units(embedded)) == 5
    more(embedded, 2)

    said = " ".join(summarise(embedded).limits)
    assert "5 cases were planned, and the round was extended later." in said
    assert "Audits submitted by then: 1." in said


def test_a_round_cannot_grow_beyond_its_list(embedded: Database) -> None:
    with_frame(embedded, size=8)
    a_round(embedded)
    with pytest.raises(SampleTooLargeError):
        more(embedded, 4)
    unit = units(embedded)[0]
    replace_case(embedded, NAME, unit, reason="locked", by="Lee", now=NOW)

    with pytest.raises(NotExtendableError, match="in the place of others"):
        more(embedded, 3)
    assert len(more(embedded, 2).new) == 2


def test_a_closed_round_stands_still_until_it_is_opened_for_a_reason(
    database: Database,
) -> None:
    with_frame(database)
    a_round(database)
    cases = case_ids(database)
    audit_case(database, cases[0], {}, rest="good")
    begun = audit_case(database, cases[1], {"v1": "good"}, then_submit=False)

    assert close_round(database, NAME, by="Lee", now=NOW, keep=False) == (1, 4)
    assert close_round(database, NAME, by="Lee", now=NOW) == (1, 4)

    with pytest.raises(RoundStateError, match="closed"):
        close_round(database, NAME, by="Lee", now=NOW)
    with pytest.raises(ClosedRoundError):
        more(database, 1)
    with pytest.raises(ClosedRoundError):
        open_case(database, cases[2], auditor="Ann", now=NOW)
    with pytest.raises(ClosedRoundError):
        submit(database, begun, auditor="Ann", now=NOW)
    assert not open_case(database, cases[1], auditor="Ann", now=NOW).yours
    assert next_case(database, 1, auditor="Ann") is None

    reopen_round(database, NAME, reason="x", by="Lee", now=NOW, keep=False)
    reopen_round(database, NAME, reason="one was\nforgotten", by="Lee", now=NOW)

    with pytest.raises(RoundStateError, match="open"):
        reopen_round(database, NAME, reason="again", by="Lee", now=NOW)
    assert open_case(database, cases[1], auditor="Ann", now=NOW).yours
    with database.read() as uow:
        (entry,) = json.loads(uow.rounds.named(NAME).manifest)["reopened"]
    assert (entry["reason"], entry["by"]) == ("one was forgotten", "Lee")
