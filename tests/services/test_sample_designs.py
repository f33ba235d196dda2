"""Rounds of every design, drawn from a stored frame and drawn again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from builders import NOW, a_rubric
from case_audit.core.sample.exclusion import Exclusion
from case_audit.core.sample.manifest import read_manifest
from case_audit.core.sample.model import Design
from case_audit.core.sample.seed import machine_seed
from case_audit.errors import (
    ExpressionError,
    ReservedStratumError,
    UnknownAttributeError,
    UnknownFrameError,
)
from case_audit.exchange.frame_tsv import frame_lines, read_frame_rows
from case_audit.services.sample import Request, draw_round
from case_audit.services.verify import (
    explain_unit,
    frame_rows,
    round_rows,
    verify_against_database,
    verify_against_rows,
)
from stored import sql, with_frame

if TYPE_CHECKING:
    from pathlib import Path

    from case_audit.services.database import Database
    from case_audit.services.sample import DrawnRound

SEED = "ab" * 32
DESIGNS: dict[str, dict[str, Any]] = {
    "systematic": {"kind": "systematic", "size": 7, "order": ("team",)},
    "by size": {"kind": "pps", "size": 7, "measure": "age+1"},
    "cluster": {"kind": "cluster", "size": 0, "by": "team", "clusters": 2},
    "capped": {"kind": "simple", "size": 3, "at_most": ("team", 2)},
    "certain": {
        "kind": "stratified",
        "size": 20,
        "strata": ("team",),
        "certain": "age >= 12",
    },
    "only": {"kind": "simple", "size": 4, "only": "age >= 9"},
    "targeted": {
        "kind": "targeted",
        "size": 3,
        "targeted": "age >= 9",
        "only": "team != 'Team 0'",
    },
}


@pytest.fixture
def stored(database: Database) -> Database:
    """Thirty cases of three teams, with ages from 0 to 17."""
    with_frame(database)
    sql(
        database,
        'UPDATE frame_unit SET attributes_json = \'{"team": "Team \' || '
        '(CAST(SUBSTR(unit, 2) AS INTEGER) % 3) || \'", "age": "\' || '
        "(CAST(SUBSTR(unit, 2) AS INTEGER) % 18) || '\"}'",
    )
    return database


def draw(database: Database, *excluded: str, **design: Any) -> DrawnRound:  # noqa: ANN401
    """Draw a round, with some cases left out by name."""
    return draw_round(
        database,
        Request(
            name="Spring",
            cohort="cp",
            rubric=a_rubric(),
            design=Design(**({"minimum": 1, "reserves": 2} | design)),
            seed=machine_seed(SEED),
            exclusions=[
                Exclusion(line=i, unit=unit, reason="mine")
                for i, unit in enumerate(excluded, start=2)
            ],
        ),
        version="0.1.0",
        drawn_by="Lee",
        now=NOW,
    )


@pytest.mark.parametrize("design", DESIGNS.values(), ids=DESIGNS)
def test_every_design_is_verified_from_database_and_file(
    stored: Database, tmp_path: Path, design: dict[str, Any]
) -> None:
    """By two people: one with the database, one with the list alone."""
    drawn = draw(stored, "C0004", "C0011", **design)
    manifest = read_manifest(drawn.manifest)
    rows = round_rows(stored, "Spring", cohort="cp")
    file = tmp_path / "frame.tsv"
    file.write_bytes(frame_lines(rows))

    again = verify_against_database(stored, manifest)
    from_file = verify_against_rows(manifest, read_frame_rows(file), against="file")

    assert again.differences == from_file.differences == ()
    assert len(drawn.sample.drawn) == again.drawn
    assert frame_rows(stored, manifest) == rows
    for unit, *_ in rows:
        assert explain_unit(manifest, unit, rows)


@pytest.mark.parametrize("name", ["only", "targeted"])
def test_what_conditions_left_out_is_counted_and_counted_again(
    stored: Database, name: str
) -> None:
    """Nobody is counted twice: named cases go first."""
    drawn = draw(stored, "C0004", "C0011", **DESIGNS[name])
    plain = json.loads(drawn.manifest)

    assert sum(e["count"] for e in plain["exclusions"]) + plain["frame"]["units"] == 30
    assert sum(drawn.left_out.values()) == sum(
        e["count"] for e in plain["exclusions"] if not e["units"]
    )

    plain["exclusions"][0]["count"] += 1
    found = verify_against_database(stored, read_manifest(json.dumps(plain)))
    assert [d.where for d in found.differences] == [
        f"exclusions, {plain['exclusions'][0]['rule']}",
        "record, exclusions",
    ]


def test_a_condition_changed_in_the_manifest_is_found(stored: Database) -> None:
    """The frame drawn from is another then."""
    plain = json.loads(draw(stored, **DESIGNS["only"]).manifest)
    plain["design"]["only"] = "age >= 3"

    found = verify_against_database(stored, read_manifest(json.dumps(plain)))

    assert found.differences[0].where == "frame, digest"


@pytest.mark.parametrize(
    "change", [{"only": "age >= "}, {"only": "colour == 'x'"}, {"strata": ["colour"]}]
)
def test_a_design_that_this_frame_cannot_have_is_a_difference(
    stored: Database, change: dict[str, Any]
) -> None:
    plain = json.loads(draw(stored, **DESIGNS["only"]).manifest)
    plain["design"] |= change
    manifest = read_manifest(json.dumps(plain))

    found = verify_against_database(stored, manifest)

    assert found.differences[0].where == "design"
    with pytest.raises(UnknownFrameError):
        frame_rows(stored, manifest)


def test_a_targeted_round_is_kept_as_one(stored: Database) -> None:
    """So that nobody takes its cases for a sample."""
    draw(stored, **DESIGNS["targeted"])

    with stored.read() as uow:
        assert uow.rounds.named("Spring").purpose == "targeted"


def test_a_random_round_is_kept_as_one(stored: Database) -> None:
    draw(stored, **DESIGNS["certain"])

    with stored.read() as uow:
        assert uow.rounds.named("Spring").purpose == "random"


def test_certain_cases_are_in_with_probability_one(stored: Database) -> None:
    drawn = draw(stored, **DESIGNS["certain"])

    certain = [d for d in drawn.sample.drawn if d.stratum == "must be included"]
    assert {int(d.unit[1:]) % 18 for d in certain} == {12, 13, 14, 15, 16, 17}
    assert {d.probability for d in certain} == {1}
    assert len(drawn.sample.drawn) == 20


@pytest.mark.parametrize(
    ("design", "words"),
    [
        ({"kind": "pps", "measure": "colour+1"}, "'colour' (--measure)"),
        ({"kind": "systematic", "order": ("colour",)}, "'colour' (--order)"),
        ({"kind": "simple", "at_most": ("colour", 1)}, "'colour' (--at-most)"),
        (
            {"kind": "cluster", "size": 0, "by": "colour", "clusters": 1},
            "'colour' (--by)",
        ),
        ({"kind": "pps", "measure": "child"}, "'child' (--measure)"),
    ],
)
def test_an_attribute_that_nobody_has_is_refused(
    stored: Database, design: dict[str, Any], words: str
) -> None:
    with pytest.raises(UnknownAttributeError) as caught:
        draw(stored, **({"size": 3} | design))

    assert words in str(caught.value)
    assert "age, team" in caught.value.details[0]


def test_each_child_can_be_capped(stored: Database) -> None:
    """Where units are episodes, a child may have several."""
    drawn = draw(stored, kind="simple", size=3, at_most=("child", 1))

    assert {d.aid for d in drawn.sample.drawn} == {d.unit for d in drawn.sample.drawn}


def test_a_condition_that_is_none_is_refused(stored: Database) -> None:
    with pytest.raises(ExpressionError):
        draw(stored, kind="simple", size=3, certain="age !")


def test_a_team_called_like_the_certain_cases_is_refused(stored: Database) -> None:
    """Its cases would be taken for certain."""
    sql(
        stored,
        "UPDATE frame_unit SET attributes_json = "
        '\'{"team": "must be included", "age": "3"}\' WHERE unit = \'C0001\'',
    )

    with pytest.raises(ReservedStratumError, match="must be included"):
        draw(stored, **DESIGNS["certain"])
