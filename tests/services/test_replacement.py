"""A case is replaced by the next reserve, and everybody can see it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from builders import NOW
from case_audit.core.sample.manifest import read_manifest
from case_audit.errors import (
    ClosedRoundError,
    NotReplaceableError,
    ReplacedCaseError,
    UnknownReasonError,
    UnknownUnitError,
)
from case_audit.services.audit import open_case, reopen
from case_audit.services.home import list_rounds, named_round, next_case
from case_audit.services.replacement import replace_case, undo_replacement
from case_audit.services.rounds import close_round
from case_audit.services.selfassessment import summarise
from case_audit.services.verify import verify_against_database
from stored import a_round, audit_case, case_ids, sql, with_frame

if TYPE_CHECKING:
    from case_audit.services.database import Database
    from case_audit.services.replacement import Replaced

NAME = "Spring 2026"


def plain_of(database: Database) -> dict[str, Any]:
    with database.read() as uow:
        plain: dict[str, Any] = json.loads(uow.rounds.named(NAME).manifest)
        return plain


def gone(database: Database, unit: str, why: str = "locked", **more: Any) -> Replaced:  # noqa: ANN401
    return replace_case(
        database, NAME, unit, reason=why, by="Lee", now=NOW + timedelta(days=1), **more
    )


def back(database: Database, unit: str, **more: Any) -> Replaced:  # noqa: ANN401
    return undo_replacement(database, NAME, unit, by="Lee", now=NOW, **more)


def states(database: Database) -> dict[str, str]:
    return {line.case.unit: line.state for line in named_round(database, NAME)[1]}


def test_the_next_reserve_of_the_stratum_takes_the_place(database: Database) -> None:
    """In order, with its own number; logged in the same transaction."""
    with_frame(database)
    plain = json.loads(a_round(database, size=6, strata=("team",)).manifest)
    out = [e["unit"] for e in plain["drawn"] if e["stratum"] == "Team 1"]
    spare = [e["unit"] for e in plain["reserves"] if e["stratum"] == "Team 1"]

    first = gone(database, f" {out[0]} ", note="court order\nof May")
    second = gone(database, out[1], "duplicate")

    assert [(r.unit, r.number) for r in (first, second)] == [
        (spare[0], 7),
        (spare[1], 8),
    ]
    assert (first.left, second.left) == (4, 3)
    entries = plain_of(database)["replacements"]
    assert entries[0] == {
        "out": out[0],
        "in": spare[0],
        "stratum": "Team 1",
        "reason": "locked",
        "note": "court order of May",
        "at": "2026-04-02T12:00:00Z",
        "by": "Lee",
    }
    assert [states(database)[u] for u in (*out, *spare[:2])] == [
        *("replaced", "replaced", "not started", "not started")
    ]
    (line,) = list_rounds(database)
    assert line.cases == 6
    last = sql(database, "SELECT action, subject FROM event ORDER BY seq DESC LIMIT 1")
    assert last == [("replace", f"round 1 case {second.out} by case 8")]
    manifest = read_manifest(json.dumps(plain_of(database)))
    assert not verify_against_database(database, manifest).differences


def test_a_trial_changes_nothing(embedded: Database) -> None:
    with_frame(embedded)
    unit = json.loads(a_round(embedded).manifest)["drawn"][0]["unit"]

    found = gone(embedded, unit, keep=False)

    assert found.number == 6
    assert "replaced" not in states(embedded).values()
    assert plain_of(embedded)["replacements"] == []


def test_what_is_no_case_or_no_reason_is_refused(embedded: Database) -> None:
    """A case that is long or awkward stays in; nothing is chosen."""
    with_frame(embedded)
    plain = json.loads(a_round(embedded).manifest)
    unit = plain["drawn"][0]["unit"]

    with pytest.raises(UnknownReasonError, match="too long") as caught:
        gone(embedded, unit, "too long")
    assert any("locked" in line for line in caught.value.lines)
    with pytest.raises(NotReplaceableError, match="not a case of this round"):
        gone(embedded, plain["reserves"][0]["unit"])
    with pytest.raises(UnknownUnitError):
        gone(embedded, " ")
    gone(embedded, unit)
    with pytest.raises(NotReplaceableError, match="replaced already"):
        gone(embedded, unit)
    with pytest.raises(NotReplaceableError, match="was not replaced"):
        back(embedded, plain["drawn"][1]["unit"])


def test_when_all_reserves_are_used_the_case_stays(embedded: Database) -> None:
    """Nobody is drawn from behind the list of reserves."""
    with_frame(embedded)
    unit = json.loads(a_round(embedded).manifest)["drawn"][0]["unit"]
    for _ in range(5):
        unit = gone(embedded, unit).unit

    with pytest.raises(NotReplaceableError, match="no reserve left"):
        gone(embedded, unit)


def test_a_replacement_can_be_taken_back_until_its_audit_has_begun(
    database: Database,
) -> None:
    """The reserve goes back to its place and is the next one again."""
    with_frame(database)
    plain = json.loads(a_round(database).manifest)
    one, other = (e["unit"] for e in plain["drawn"][:2])
    first, second = gone(database, one), gone(database, other)

    with pytest.raises(NotReplaceableError, match="a later reserve"):
        back(database, one)
    back(database, other, keep=False)
    back(database, other)
    assert states(database)[other] == "not started"
    assert second.unit not in states(database)
    assert gone(database, other).unit == second.unit
    open_case(database, case_ids(database)[-1], auditor="Ann", now=NOW)
    with pytest.raises(NotReplaceableError, match="has begun"):
        back(database, other)
    third = gone(database, first.unit)
    back(database, first.unit)

    assert states(database)[first.unit] == "not started"
    assert third.unit not in states(database)
    manifest = read_manifest(json.dumps(plain_of(database)))
    assert not verify_against_database(database, manifest).differences


def test_an_audit_of_a_replaced_case_is_kept_and_does_not_count(
    database: Database,
) -> None:
    """It can be read, and neither changed nor opened again."""
    with_frame(database)
    units = [e["unit"] for e in json.loads(a_round(database).manifest)["drawn"]]
    cases = case_ids(database)
    done = audit_case(database, cases[0], {}, rest="good")

    found = gone(database, units[0])
    gone(database, units[1])

    assert found.audit == "submitted"
    desk = open_case(database, cases[0], auditor="Ann", now=NOW)
    assert (desk.audit.id, desk.yours) == (done, False)
    with pytest.raises(ReplacedCaseError):
        reopen(database, done, auditor="Ann", now=NOW)
    with pytest.raises(ReplacedCaseError):
        open_case(database, cases[1], auditor="Ann", now=NOW)
    summary = summarise(database)
    assert (summary.submitted, summary.drawn) == (0, 5)
    waiting = next_case(database, 1, auditor="Ann")
    assert waiting is not None
    assert waiting.unit == units[2]


def test_the_summary_accounts_for_every_case_that_was_taken_up(
    embedded: Database,
) -> None:
    """Five drawn, two replaced: one out of scope, one not answered.

    The one out of scope stays in the sample as a case to which nothing applies: of
    six examined five are good, and the share is of those that belong.
    """
    with_frame(embedded)
    units = [e["unit"] for e in json.loads(a_round(embedded).manifest)["drawn"]]
    gone(embedded, units[0], "duplicate")
    gone(embedded, units[1], "locked")
    for number in case_ids(embedded)[2:]:
        audit_case(embedded, number, {}, rest="good")

    summary = summarise(embedded)

    facts = summary.facts
    assert (summary.submitted, summary.drawn) == (5, 5)
    assert (facts.out_of_scope, facts.not_answered) == ({"all": 1}, {"all": 1})
    area = next(area.line for area in summary.areas if area.line)
    assert area.good_or_better is not None
    assert (area.good_or_better.hits, area.good_or_better.n) == (5, 5)
    assert area.good_or_better.method == "hypergeometric_domain"
    said = " ".join(summary.limits)
    assert "2 drawn cases were replaced by the next reserves in order" in said
    assert "1 of them should not have been on the list" in said
    assert "Nothing is known of 1 of 6 cases" in said


def test_nothing_is_replaced_in_a_closed_round(embedded: Database) -> None:
    with_frame(embedded)
    unit = json.loads(a_round(embedded).manifest)["drawn"][0]["unit"]
    close_round(embedded, NAME, by="Lee", now=NOW)

    with pytest.raises(ClosedRoundError):
        gone(embedded, unit)
    with pytest.raises(ClosedRoundError):
        back(embedded, unit)
