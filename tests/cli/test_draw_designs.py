"""``case-audit draw``: every design from a few options, slips answered."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Cli

DRAW = (
    "draw",
    "-c",
    "cp",
    "-r",
    "child-protection",
    "--seed",
    "ab" * 32,
    "--reason",
    "again",
)
DESIGNS = {
    "simple": ("-n", "4"),
    "stratified": ("-n", "8", "--strata", "team"),
    "equal": ("-n", "8", "--strata", "team", "--allocation", "equal"),
    "neyman": ("-n", "8", "--strata", "team", "--expected", "Team 0=0.1"),
    "quota": ("--strata", "team", "--quota", "Team 0=4", "--quota", "Team 1=2",
              "--quota", "Team 2=3"),
    "systematic": ("-n", "4", "--order", "team,worker"),
    "cluster": ("--by", "worker", "--clusters", "3", "--per-cluster", "2"),
    "capped": ("-n", "4", "--at-most", "worker=1"),
    "certain": ("-n", "14", "--certain", "team == 'Team 1'"),
    "only": ("-n", "4", "--only", "team != 'Team 1'"),
    "targeted": ("-n", "4", "--targeted", "team == 'Team 1'"),
}  # fmt: skip


def test_one_reserve_is_one_reserve(cli: Cli, db: str) -> None:
    """And two are reserves."""
    one = cli(*DRAW, "-n", "4", "--reserves", "1", "--dry-run", "--db", db)
    two = cli(*DRAW, "-n", "4", "--reserves", "2", "--dry-run", "--db", db)

    assert "with 1 reserve in order" in one.err
    assert "with 2 reserves in order" in two.err


@pytest.mark.parametrize("design", DESIGNS.values(), ids=DESIGNS)
def test_every_design_is_drawn_and_verified(
    cli: Cli, db: str, tmp_path: Path, design: tuple[str, ...]
) -> None:
    """And the frame that the round was drawn from is enough to check it."""
    file, frame = tmp_path / "m.json", tmp_path / "frame.tsv"

    drawn = cli(*DRAW, *design, "--name", "R", "--out", file, "--db", db)

    assert drawn.code == 0, drawn.err
    plain = json.loads(file.read_text("utf-8"))
    assert len(plain["drawn"]) == len(drawn.out.splitlines()) - 1
    assert f"{len(plain['drawn'])} of {plain['frame']['units']} cases" in drawn.err
    frame.write_text(cli("frame", "export", "cp", "--round", "R", "--db", db).out)
    assert cli("verify", file, "--db", db).code == 0
    assert cli("verify", file, "--frame", frame).code == 0
    unit = plain["drawn"][0]["unit"]
    explained = cli("verify", file, "--frame", frame, "--explain", unit)
    assert explained.code == 0
    assert "sha256sum" in explained.out or "had to be included" in explained.out
    file.write_text(json.dumps(plain).replace(unit, "C9999"))
    assert cli("verify", file, "--db", db).code == 3


@pytest.mark.parametrize(
    ("name", "kind", "allocation"),
    [
        ("simple", "simple", "none"),
        ("stratified", "stratified", "proportional"),
        ("neyman", "stratified", "neyman"),
        ("quota", "stratified", "quota"),
        ("systematic", "systematic", "none"),
        ("cluster", "cluster", "none"),
        ("targeted", "targeted", "none"),
    ],
)
def test_the_kind_follows_from_the_options(
    cli: Cli, db: str, name: str, kind: str, allocation: str
) -> None:
    """The shortest command does the right thing."""
    drawn = cli(*DRAW, *DESIGNS[name], "--json", "--dry-run", "--db", db)

    design = json.loads(drawn.out)["design"]
    assert (design["kind"], design["allocation"]) == (kind, allocation)


SAID = {
    "systematic": "cannot be extended",
    "cluster": "rests on the number of clusters",
    "targeted": "say nothing of other cases",
    "only": "Left out before the draw, does not meet the filter",
    "neyman": "1/2 was expected, for: Team 1, Team 2",
    "capped": "left by the cap",
    "certain": "must be included: 10 of 10 drawn",
}


@pytest.mark.parametrize(("name", "words"), SAID.items())
def test_what_has_to_be_known_of_a_design_is_said(
    cli: Cli, db: str, name: str, words: str
) -> None:
    assert words in cli(*DRAW, *DESIGNS[name], "--dry-run", "--db", db).err


def test_probabilities_are_shown_where_they_differ(cli: Cli, db: str) -> None:
    drawn = cli(*DRAW, *DESIGNS["cluster"], "--dry-run", "--db", db)

    heads, first, *_ = drawn.out.splitlines()
    assert heads.split() == ["case", "unit", "stratum", "worker", "probability"]
    assert first.split()[-1].startswith("0.")


def test_strata_of_which_nothing_is_drawn_are_said(cli: Cli, db: str) -> None:
    options = ("-n", "2", "--strata", "team", "--minimum", "0")

    ran = cli(*DRAW, *options, "--dry-run", "--db", db)

    assert "Nothing can be said of strata of which none is drawn: 1" in ran.err


def test_without_any_share_one_half_is_said_to_be_expected_everywhere(
    cli: Cli, db: str
) -> None:
    options = ("-n", "9", "--strata", "team", "--allocation", "neyman")

    ran = cli(*DRAW, *options, "--dry-run", "--db", db)

    assert "1/2 was expected, for every stratum" in ran.err


SLIPS = [
    ((), "--size", "how many cases to draw"),
    (("-n", "3", "--by", "worker"), "--size", "the clusters decide"),
    (("-n", "3", "--design", "stratified"), "--strata", "name what makes the strata"),
    (
        ("-n", "3", "--design", "simple", "--strata", "team"),
        "--strata",
        "leave one of the two out",
    ),
    (("--strata", "team", "--quota", "5"), "--quota", 'write it as "Team A=5"'),
    (("--strata", "team", "--quota", "a=b"), "--quota", "not a number of cases"),
    (
        ("-n", "9", "--strata", "team", "--expected", "Team 0=1e9"),
        "--expected",
        "not a share",
    ),
    (("-n", "3", "--at-most", "worker"), "--at-most", "worker=2"),
    (("-n", "3", "--only", " "), "--only", "is empty"),
]


@pytest.mark.parametrize(("options", "hint", "words"), SLIPS)
def test_slips_are_wrong_usage_and_answered(
    cli: Cli, db: str, options: tuple[str, ...], hint: str, words: str
) -> None:
    ran = cli(*DRAW, *options, "--dry-run", "--db", db)

    assert ran.code == 2
    said = " ".join(ran.err.split())
    assert hint in said
    assert words in said


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (("-n", "3", "--order", "team", "--measure", "x"), 2, "belongs to a"),
        (("-n", "3", "--order", "colour"), 2, "No case of the frame has 'colour'"),
        (("-n", "3", "--measure", "worker"), 1, "30 not a number"),
        (("--by", "worker", "--clusters", "99"), 1, "the frame has 7"),
        (("-n", "3", "--only", "colour == 'x'"), 1, "colour"),
        (("-n", "3", "--certain", "team == 'Team 1'"), 1, "10 cases must be included"),
        (
            ("--strata", "team", "--quota", "North=3"),
            2,
            "There is no stratum 'North'",
        ),
    ],
)
def test_what_cannot_be_drawn_is_refused_and_nothing_is_kept(
    cli: Cli, db: str, options: tuple[str, ...], code: int, words: str
) -> None:
    before = cli("round", "list", "--db", db).out

    ran = cli(*DRAW, *options, "--db", db)

    assert (ran.code, words in " ".join(ran.err.split())) == (code, True), ran.err
    assert cli("round", "list", "--db", db).out == before


def test_the_help_groups_the_options(cli: Cli) -> None:
    """Twenty-five in one list would be a wall."""
    ran = cli("draw", "--help")

    heads = [
        line for line in ran.out.splitlines() if line.endswith(":") and line[0] != " "
    ]
    ours = [
        *("Options:", "Sharing among strata:", "Who can be drawn, who must be:"),
        "Other designs:",
    ]
    assert [head for head in heads if head in ours] == ours


def test_numbers_are_shown_as_they_were_typed(cli: Cli, db: str) -> None:
    """The zeros that sort 9 before 10 are for the machine."""
    drawn = cli(*DRAW, "-n", "4", "--order", "risks,team", "--dry-run", "--db", db)

    for line in drawn.out.splitlines()[1:]:
        risks, _, team = line.split("  ")[-1].partition(" / ")
        assert risks.strip() == str(int(risks))
        assert team.startswith("Team ")


def test_that_cases_were_picked_is_said_once(cli: Cli, db: str) -> None:
    drawn = cli(*DRAW, *DESIGNS["targeted"], "--dry-run", "--db", db)

    assert drawn.err.count("picked") == 1
