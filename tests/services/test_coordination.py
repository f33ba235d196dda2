"""Rounds mind each other: by child, over the whole database."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest

from builders import AS_AT, NOW, SEED, a_rubric
from case_audit.core.frame.model import Frame, FrameUnit, Source
from case_audit.core.sample.manifest import read_manifest
from case_audit.core.sample.model import Design
from case_audit.core.sample.seed import machine_seed
from case_audit.errors import NotComparableError, RotationError, WrongRoundError
from case_audit.services.beside import Beside
from case_audit.services.coordination import (
    among_cases_of,
    not_audited_within,
    rotated_from,
)
from case_audit.services.database import decide_kind
from case_audit.services.sample import Request, draw_round
from case_audit.services.selfassessment import summarise
from case_audit.services.times import utc
from case_audit.services.trend import trend_of
from case_audit.services.verify import verify_against_database
from stored import a_round, audit_case, case_ids, sql, with_frame

if TYPE_CHECKING:
    from case_audit.services.coordination import Left
    from case_audit.services.database import Database
    from case_audit.services.sample import DrawnRound

TODAY = NOW.date()
SIMPLE = Design(kind="simple", size=5, minimum=0)


def with_referrals(database: Database) -> None:
    """Keep a frame of referrals, two of each of the first three children."""
    found = [(f"R{i}{half}", f"C000{i}") for i in (1, 2, 3) for half in "ab"]
    frame = Frame(
        cohort="referral",
        as_at=AS_AT,
        units=tuple(FrameUnit(unit=u, attributes={}, child=c) for u, c in found),
    )
    with database.write() as uow:
        decide_kind(uow, synthetic=True)
        source = Source(
            kind="annex_a",
            name="again.xlsx",
            sha256="1" * 64,
            as_at=AS_AT.isoformat(),
            imported_utc=utc(NOW),
            imported_by="Lee",
            synthetic=True,
        )
        uow.frames.add_frame(uow.frames.add_import(source), frame)
        uow.commit()


def drawn(
    database: Database, design: Design, name: str, beside: Beside, **more: object
) -> DrawnRound:
    asked = {"seed": machine_seed(SEED), "exclusions": ()} | more
    request = Request(
        name=name,
        cohort="cp",
        rubric=a_rubric(),
        design=design,
        beside=beside,
        **asked,  # type: ignore[arg-type]
    )
    return draw_round(database, request, version="0.1.0", drawn_by="Lee", now=NOW)


def audited(database: Database, unit: str) -> None:
    """Draw a round and audit it, as if its only case were that one."""
    a_round(database, size=1)
    sql(database, "UPDATE round_case SET unit = :unit", unit=unit)
    audit_case(database, case_ids(database)[0], {}, rest="good")


def test_who_was_audited_is_left_out_of_every_cohort(database: Database) -> None:
    """A child on a plan was audited; both of its referrals are left out."""
    with_frame(database)
    audited(database, "C0002")
    with_referrals(database)

    left = not_audited_within(database, "referral", months=12, today=TODAY)
    later = not_audited_within(
        database, "referral", months=12, today=TODAY + dt.timedelta(days=366)
    )

    assert [e.unit for e in left.exclusions] == ["R2a", "R2b"]
    assert left.coordination == {
        "kind": "not audited within",
        "months": 12,
        "since": "2025-04-01",
        "left_out": 2,
    }
    assert later.exclusions == ()


def test_what_is_left_out_is_on_record_and_verified(database: Database) -> None:
    """The estimate is of the others; the summary says so."""
    with_frame(database)
    audited(database, "C0002")
    left: Left = not_audited_within(database, "cp", months=12, today=TODAY)

    found = drawn(
        database,
        SIMPLE,
        "Autumn",
        Beside(reason="a year later", coordination=left.coordination),
        exclusions=left.exclusions,
    )

    plain = json.loads(found.manifest)
    assert plain["frame"]["units"] == 29
    assert plain["coordination"]["months"] == 12
    said = " ".join(summarise(database, "Autumn").limits)
    assert "Nothing about the 1 cases left out before the draw (audited within" in said
    manifest = read_manifest(found.manifest)
    assert not verify_against_database(database, manifest).differences


def test_a_re_audit_is_drawn_among_the_earlier_cases(database: Database) -> None:
    with_frame(database)
    first = a_round(database, size=6)
    left = among_cases_of(database, "cp", name="Spring 2026")

    beside = Beside(reason="re-audit", coordination=left.coordination)
    found = drawn(
        database,
        Design(kind="simple", size=3, minimum=0),
        "Again",
        beside,
        exclusions=left.exclusions,
    )

    assert {d.unit for d in found.sample.drawn} <= {d.unit for d in first.sample.drawn}
    assert json.loads(found.manifest)["frame"]["units"] == 6
    with_referrals(database)
    sql(database, "UPDATE frame_unit SET child = 'C9' || child WHERE unit LIKE 'R%'")
    with pytest.raises(WrongRoundError, match="none of the 6 cases"):
        among_cases_of(database, "referral", name="Spring 2026")


def test_rotation_meets_nobody_again_until_the_numbers_come_round(
    embedded: Database,
) -> None:
    """Thirty cases, five a round: six rounds in all; a seventh is refused."""
    with_frame(embedded)
    seen = {d.unit for d in a_round(embedded).sample.drawn}
    last = "Spring 2026"
    for number in range(2, 7):
        design, seed, record = rotated_from(embedded, SIMPLE, name=last)
        beside = Beside(reason="next", coordination=record)
        found = drawn(embedded, design, f"Round {number}", beside, seed=seed)
        new = {d.unit for d in found.sample.drawn}
        assert not new & seen
        seen |= new
        last = f"Round {number}"
        manifest = read_manifest(found.manifest)
        assert not verify_against_database(embedded, manifest).differences
    assert len(seen) == 30

    design, seed, record = rotated_from(embedded, SIMPLE, name=last)
    with pytest.raises(RotationError):
        drawn(
            embedded,
            design,
            "Round 7",
            Beside(reason="next", coordination=record),
            seed=seed,
        )


def test_only_designs_with_a_starting_point_rotate(embedded: Database) -> None:
    with_frame(embedded)
    a_round(embedded)

    with pytest.raises(WrongRoundError, match="this draw is systematic"):
        rotated_from(embedded, Design(kind="systematic", size=5), name="Spring 2026")


def test_targeted_cases_are_counted_and_never_compared(embedded: Database) -> None:
    """Nothing in them speaks of others: no share, no trend."""
    with_frame(embedded)
    a_round(embedded, name="Random")
    design = Design(kind="targeted", size=3, targeted="team == 'Team 1'", minimum=0)
    drawn(embedded, design, "Risky", Beside(reason="another purpose"))
    for number in case_ids(embedded, "Risky"):
        audit_case(embedded, number, {}, rest="good")

    summary = summarise(embedded, "Risky")

    assert summary.facts.purpose == "targeted"
    area = next(area.line for area in summary.areas if area.line)
    assert area.counts["good"] == 3
    assert (area.good_or_better, area.worst) == (None, None)
    assert "never added to a random round" in summary.limits[0]
    for one, other in (("Risky", "Random"), ("Random", "Risky")):
        with pytest.raises(NotComparableError, match="picked for their risks"):
            trend_of(embedded, one, against=other)
