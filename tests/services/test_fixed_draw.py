"""A draw is fixed first, its seed made later, and nothing changes in between."""

from __future__ import annotations

import json
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from builders import NOW, SEED, a_rubric
from case_audit.core.sample.beacon import BEACONS, first_after
from case_audit.core.sample.exclusion import Exclusion
from case_audit.core.sample.manifest import read_manifest
from case_audit.core.sample.model import Design
from case_audit.core.sample.numbers import seed_from
from case_audit.core.sample.seed import machine_seed, promise_digest
from case_audit.errors import (
    BeaconError,
    PartyError,
    PlanBrokenError,
    RoundExistsError,
    SeedTimeError,
    UnknownPlanError,
)
from case_audit.services.fixed_draw import (
    Randomness,
    draw_fixed,
    fix_round,
    fixed_plan,
    list_waiting,
)
from case_audit.services.promise import promise, reveal
from case_audit.services.sample import Request
from case_audit.services.verify import verify_against_database
from stored import a_round, sql, with_frame

if TYPE_CHECKING:
    from datetime import datetime

    from case_audit.core.sample.fixed import Plan
    from case_audit.services.database import Database
    from case_audit.services.sample import DrawnRound

DICE = "31415926535897932384"
LATER = NOW + timedelta(hours=1)
ONE, OTHER = "correct horse battery staple", "a quick brown fox jumps over"


def fixed(database: Database, *, beacon: str = "", **more: Any) -> Plan:  # noqa: ANN401
    asked: dict[str, Any] = {
        "name": "Spring",
        "cohort": "cp",
        "rubric": a_rubric(),
        "design": Design(kind="stratified", size=9, strata=("team",), minimum=2),
        "seed": machine_seed(SEED),
        "exclusions": [Exclusion(line=2, unit="C0003", reason="conflict")],
    }
    return fix_round(
        database,
        Request(**(asked | more)),
        beacon=beacon,
        version="0.1.0",
        fixed_by="Lee",
        now=NOW,
    )


def drawn(
    database: Database,
    typed: str = DICE,
    *,
    witnesses: str = "A Head, B Clerk",
    made: datetime = LATER,
    keep: bool = True,
) -> DrawnRound:
    return draw_fixed(
        database,
        "Spring",
        Randomness(typed=typed, witnesses=witnesses, made=made, entropy=SEED),
        version="0.1.0",
        drawn_by="Lee",
        now=LATER,
        keep=keep,
    )


def test_what_is_fixed_is_in_the_log_before_there_is_a_seed(database: Database) -> None:
    """By hand: the SHA-256 of the plan's text is the digest of the line."""
    with_frame(database)

    plan = fixed(database)

    with database.read() as uow:
        event, _ = list(uow.registry.events())[-1]
    assert (event.action, event.subject) == ("fix", f"plan {plan.id}")
    assert event.content == plan.digest == sha256(plan.text.encode()).hexdigest()
    assert {"seed", "drawn", "reserves"}.isdisjoint(plan.plain)
    assert plan.plain["frame"]["units"] == 29
    assert [s["drawn"] for s in plan.plain["strata"]] == [3, 3, 3]
    assert [p.name for p in list_waiting(database)] == ["Spring"]


def test_exactly_what_was_fixed_is_drawn(database: Database) -> None:
    """Also when the lists were imported again since: from the list as it was."""
    with_frame(database)
    plan = fixed(database)
    with_frame(database, size=12)

    found = drawn(database)

    plain = json.loads(found.manifest)
    assert plain["seed"] == seed_from(DICE, round_label="Spring")
    assert (plain["seed_mode"], plain["seed_made"]) == (
        "public",
        {"at": "2026-04-01T13:00:00Z"},
    )
    for key in ("frame", "design", "exclusions", "strata", "cohort", "round_label"):
        assert plain[key] == plan.plain[key]
    assert plain["fixed"]["digest"] == plan.digest
    assert not list_waiting(database)
    assert fixed_plan(database, "Spring").round_id
    assert not verify_against_database(
        database, read_manifest(found.manifest)
    ).differences


def test_a_trial_leaves_the_plan_waiting(database: Database) -> None:
    with_frame(database)
    fixed(database)

    trial = drawn(database, keep=False)

    assert not trial.kept
    assert [p.name for p in list_waiting(database)] == ["Spring"]


def test_a_name_is_taken_once(embedded: Database) -> None:
    """A plan cannot be fixed over, and no round be slipped in under its name."""
    with_frame(embedded)
    fixed(embedded)

    with pytest.raises(RoundExistsError):
        fixed(embedded)
    with pytest.raises(RoundExistsError):
        a_round(embedded, name="Spring")
    drawn(embedded)
    with pytest.raises(UnknownPlanError):
        drawn(embedded)
    with pytest.raises(UnknownPlanError):
        fixed_plan(embedded, "Autumn")


@pytest.mark.parametrize(
    ("made", "why"),
    [(NOW - timedelta(seconds=1), "before"), (LATER + timedelta(seconds=1), "not yet")],
)
def test_randomness_of_the_wrong_time_is_refused(
    embedded: Database, made: datetime, why: str
) -> None:
    """Dice that were thrown before everything was fixed show nothing."""
    with_frame(embedded)
    fixed(embedded)

    with pytest.raises(SeedTimeError, match=why):
        drawn(embedded, made=made)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE frame_unit SET unit = 'C9999' WHERE unit = 'C0001'",
        "DELETE FROM frame_unit WHERE unit = 'C0001'",
        """UPDATE round_plan SET plan_json = replace(plan_json, ': 9', ': 8')""",
        "UPDATE event SET content = 'x' WHERE action = 'fix'",
    ],
    ids=["a unit", "a unit gone", "the plan", "the log"],
)
def test_what_was_changed_since_is_not_drawn(embedded: Database, change: str) -> None:
    """The digests say so, whoever can write to the database."""
    with_frame(embedded)
    fixed(embedded)
    sql(embedded, change)

    with pytest.raises(PlanBrokenError):
        drawn(embedded)

    with embedded.read() as uow:
        assert not uow.rounds.rounds()


def test_a_manifest_that_claims_another_plan_is_found_out(embedded: Database) -> None:
    """Each claim about the order of things is compared with the database."""
    with_frame(embedded)
    fixed(embedded)
    plain = json.loads(drawn(embedded).manifest)
    plain["fixed"] |= {"digest": "0" * 64, "seal": "1" * 64}

    found = verify_against_database(embedded, read_manifest(json.dumps(plain)))

    where = {d.where for d in found.differences}
    assert where == {"record, fixed", "fixed, digest", "fixed, seal"}
    sql(embedded, "UPDATE event SET content = 'x' WHERE action = 'fix'")
    found = verify_against_database(embedded, read_manifest(json.dumps(plain)))
    assert "no line of the log fixes this plan" in [
        d.derived for d in found.differences
    ]
    sql(embedded, "DELETE FROM round_plan")
    found = verify_against_database(embedded, read_manifest(json.dumps(plain)))
    assert "no plan of that name is kept here" in [d.derived for d in found.differences]


def test_without_anything_typed_the_computer_makes_the_seed(embedded: Database) -> None:
    """Which is on record, and supports less."""
    with_frame(embedded)
    fixed(embedded)

    plain = json.loads(drawn(embedded, "", witnesses="").manifest)

    assert (plain["seed"], plain["seed_mode"]) == (SEED, "machine")


def test_a_beacon_is_named_before_it_speaks(embedded: Database) -> None:
    """So nobody can wait for a number they like."""
    with_frame(embedded)
    soon = first_after(BEACONS[0], NOW)
    with pytest.raises(BeaconError, match="published already"):
        fixed(embedded, beacon="drand:6000")
    fixed(embedded, beacon=soon.name)
    with pytest.raises(PartyError, match="is to come from drand"):
        promise(
            embedded,
            "Spring",
            party="A",
            digest=promise_digest(ONE),
            promised_by="Lee",
            now=NOW,
        )
    with pytest.raises(BeaconError, match="value is missing"):
        drawn(embedded, "")
    with pytest.raises(BeaconError, match="64"):
        drawn(embedded, DICE)

    plain = json.loads(drawn(embedded, "AB" * 32).manifest)

    assert plain["seed"] == seed_from("ab" * 32, round_label="Spring")
    assert plain["seed_mode"] == "public"
    assert plain["seed_made"]["beacon"] == soon.name
    assert plain["seed_made"]["at"] > plain["fixed"]["at"]


def test_a_beacon_that_has_not_spoken_is_waited_for(embedded: Database) -> None:
    with_frame(embedded)
    fixed(embedded, beacon=first_after(BEACONS[1], LATER).name)

    with pytest.raises(BeaconError, match="not yet"):
        drawn(embedded, "ab" * 32)


def commit(database: Database, party: str, secret: str) -> int:
    return promise(
        database,
        "Spring",
        party=party,
        digest=promise_digest(secret),
        promised_by="Lee",
        now=NOW,
    )


def told(database: Database, party: str, secret: str) -> int:
    return reveal(
        database, "Spring", party=party, secret=secret, revealed_by="Lee", now=LATER
    )


def test_two_people_make_a_seed_that_neither_chose(database: Database) -> None:
    """First both commit, then both reveal; only the digests are kept between."""
    with_frame(database)
    fixed(database)

    assert [commit(database, "A Head", ONE), commit(database, "B Clerk", OTHER)] == [
        1,
        2,
    ]
    assert sql(database, "SELECT secret FROM round_promise") == [(None,), (None,)]
    told(database, "a head", ONE)
    with pytest.raises(PartyError, match="B Clerk has not revealed"):
        drawn(database, "", witnesses="")
    assert told(database, "B Clerk", OTHER) == 0
    with pytest.raises(PartyError, match="none is typed in"):
        drawn(database)
    found = drawn(database, "", witnesses="")

    plain = json.loads(found.manifest)
    halves = "correcthorsebatterystaple|aquickbrownfoxjumpsover"
    assert plain["seed"] == sha256(f"{halves}:Spring".encode()).hexdigest()
    assert (plain["seed_mode"], plain["seed_source"]) == (
        "two_party",
        "A Head and B Clerk",
    )
    assert [p["promised"] for p in plain["seed_made"]["parties"]] == [
        "2026-04-01T12:00:00Z"
    ] * 2
    actions = [
        str(a) for (a,) in sql(database, "SELECT action FROM event ORDER BY seq")
    ]
    assert actions[-6:] == ["fix", "commit", "commit", "reveal", "reveal", "draw"]
    assert not verify_against_database(
        database, read_manifest(found.manifest)
    ).differences


def test_a_party_cannot_cheat(embedded: Database) -> None:
    """Each refusal closes a way to choose the seed; none keeps anything."""
    with_frame(embedded)
    fixed(embedded)
    commit(embedded, "A Head", ONE)

    with pytest.raises(PartyError, match="Only one party"):
        told(embedded, "A Head", ONE)
    with pytest.raises(PartyError, match="committed already"):
        commit(embedded, "a head", OTHER)
    with pytest.raises(PartyError, match="digest that the first"):
        commit(embedded, "B Clerk", ONE)
    commit(embedded, "B Clerk", OTHER)
    with pytest.raises(PartyError, match="A Head and B Clerk"):
        commit(embedded, "C Third", "something else altogether")
    with pytest.raises(PartyError, match="not the secret"):
        told(embedded, "A Head", OTHER)
    with pytest.raises(PartyError, match="committed to nothing"):
        told(embedded, "C Third", ONE)
    told(embedded, "A Head", ONE)
    with pytest.raises(PartyError, match="revealed already"):
        told(embedded, "A Head", ONE)

    with embedded.read() as uow:
        promises = uow.plans.promises(1)
    assert [bool(p.secret) for p in promises] == [True, False]
