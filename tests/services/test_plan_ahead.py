"""What a draw would show, from a stored frame."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from builders import AS_AT, units
from case_audit.core.estimates.planning import Assumptions
from case_audit.core.frame.model import Frame, FrameUnit, Source, frame_digest
from case_audit.core.sample.draw import NOT_RECORDED, stratum_of
from case_audit.core.sample.model import Design
from case_audit.errors import SampleTooSmallError
from case_audit.services.frame import MORE_VALUES, MOST_VALUES, value_counts
from case_audit.services.frame_facts import (
    frame_facts,
    strata_counts,
    write_frame,
)
from case_audit.services.plan_ahead import Forecaster, frames_to_plan
from stored import with_frame

if TYPE_CHECKING:
    from pathlib import Path

    from case_audit.services.database import Database


def odd_frame(database: Database) -> int:
    """Thirty units, and three that lack a team or write it with blanks."""
    odd = (
        FrameUnit(unit="D1", attributes={"worker": "W", "risk_missing": "yes"}),
        FrameUnit(unit="D2", attributes={"team": "Team  1 ", "risks": "2"}),
        FrameUnit(unit="D3", attributes={f"x_{i}": "v" for i in range(3)}),
    )
    many = tuple(
        FrameUnit(unit=f"E{i}", attributes={"team": "Team 0", "x_no": str(i)})
        for i in range(250)
    )
    frame = Frame(cohort="cp", as_at=AS_AT, units=(*units(30), *odd, *many))
    with database.write() as uow:
        source = Source(
            kind="annex_a",
            name="annex_a.xlsx",
            sha256="1" * 64,
            as_at=AS_AT.isoformat(),
            imported_utc="2026-04-02T09:00:00Z",
            imported_by="Lee",
            synthetic=True,
        )
        uow.frames.add_frame(uow.frames.add_import(source), frame)
        uow.commit()
        return uow.frames.newest("cp").id


def test_a_value_that_is_known_is_counted_as_itself_to_the_end() -> None:
    """Though so many others came between that further ones are not told apart."""
    many = [
        FrameUnit(unit=f"U{i}", attributes={"team": f"Team {i}"})
        for i in range(MOST_VALUES + 3)
    ]
    late = [FrameUnit(unit=f"V{i}", attributes={"team": "Team 0"}) for i in range(4)]

    counts, units = value_counts(
        [*many, *late, FrameUnit(unit="W", attributes={})], "cp"
    )

    assert units == MOST_VALUES + 8
    assert counts["team"]["Team 0"] == 5
    assert counts["team"][MORE_VALUES] == 3
    assert counts["team"][NOT_RECORDED] == 1
    assert sum(counts["team"].values()) == units


def test_groupings_are_the_strata_a_draw_would_make(database: Database) -> None:
    """Counted one attribute at a time, and by the very function that draws."""
    number = odd_frame(database)
    with database.read() as uow:
        everyone = list(uow.frames.units(number))

    facts = frame_facts(database, number)

    for grouping in facts.groupings:
        by_hand = Counter(stratum_of(u.attributes, (grouping.key,)) for u in everyone)
        assert grouping.counts == by_hand
    assert {g.key for g in facts.groupings if g.risk} == {"risk_missing", "risks"}
    assert facts.grouping("x_no") is None
    assert facts.grouping("team") is not None
    keys = ("team", "worker")
    assert strata_counts(database, number, keys) == Counter(
        stratum_of(u.attributes, keys) for u in everyone
    )


def test_a_frame_can_be_written(database: Database, tmp_path: Path) -> None:
    """Its digest is taken over the very bytes."""
    number = odd_frame(database)
    path = tmp_path / "frame.tsv"

    written = write_frame(database, number, path)

    lines = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
    assert written == len(lines) == 283
    with database.read() as uow:
        digest = uow.frames.frame(number).digest
    assert frame_digest((unit, stratum) for unit, stratum in lines) == digest


def test_a_census_of_one_frame_is_certain(database: Database) -> None:
    """All thirty drawn: the interval is one number and every case is met."""
    with_frame(database)
    (frame,) = frames_to_plan(database)

    ahead = Forecaster(database).ahead(
        frame, Design(kind="simple", size=30), Assumptions()
    )

    assert ahead.outlook.lower == ahead.outlook.upper == Fraction(1, 2)
    assert ahead.outlook.chance == 1
    assert ahead.outlook.hours == 90
    assert ahead.strata == ()


@pytest.mark.parametrize("strata", [("team",), ("team", "worker")])
def test_strata_are_looked_at_one_by_one(
    database: Database, strata: tuple[str, ...]
) -> None:
    """One attribute from the frame's page, several counted and remembered."""
    with_frame(database)
    (frame,) = frames_to_plan(database)
    forecaster = Forecaster(database)
    design = Design(kind="stratified", size=25, strata=strata, minimum=1)

    ahead = forecaster.ahead(frame, design, Assumptions())

    assert sum(s.population for s in ahead.strata) == 30
    assert sum(s.size for s in ahead.strata) == 25
    assert forecaster.ahead(frame, design, Assumptions()) == ahead
    assert ahead.outlook.chance_wherever <= ahead.outlook.chance


def test_what_cannot_be_drawn_is_refused_as_by_the_draw(database: Database) -> None:
    with_frame(database)
    (frame,) = frames_to_plan(database)
    design = Design(kind="stratified", size=5, strata=("team",), minimum=2)

    with pytest.raises(SampleTooSmallError):
        Forecaster(database).ahead(frame, design, Assumptions())


def test_the_newest_frame_of_each_cohort_can_be_planned_on(
    database: Database,
) -> None:
    """An empty one cannot be drawn from."""
    with_frame(database)
    with_frame(database, size=9)
    with_frame(database, size=0, cohort="cin")

    assert [(f.cohort, f.units) for f in frames_to_plan(database)] == [("cp", 9)]
