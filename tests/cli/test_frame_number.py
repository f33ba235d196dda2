"""``frame number``: numbers kept once, and the draw that uses them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from builders import SEED

if TYPE_CHECKING:
    from collections.abc import Callable

    Cli = Callable[..., Any]

DICE = "31415926535897932384"
SEEDS = (
    ("--seed", SEED),
    ("--seed", DICE, "--name", "Next"),
    ("--seed", DICE, "--name", " Next  ", "--witnesses", "A Head, B Clerk"),
)


@pytest.mark.parametrize("seed", SEEDS, ids=str)
@pytest.mark.parametrize("strata", [(), ("--strata", "team")], ids=str)
def test_the_manifest_is_the_same_with_numbers_and_without(
    cli: Cli, db: str, seed: tuple[str, ...], strata: tuple[str, ...]
) -> None:
    """To the last byte but the time; and the numbers are found by the same words."""
    draw = ("draw", "-c", "cp", "-n", "9", "--json", "--dry-run", "--db", db)
    wanted = ("--name", "Next", *seed, *strata)

    without = json.loads(cli(*draw, *wanted).out)
    ran = cli("frame", "number", "cp", *seed, *strata, "--json", "--db", db)
    numbered = json.loads(ran.out)
    with_numbers = json.loads(cli(*draw, *wanted).out)

    assert without.pop("created_utc") <= with_numbers.pop("created_utc")
    assert list(without.items()) == list(with_numbers.items())
    assert numbered["seed"] == without["seed"]
    assert numbered["frame_digest"] == without["frame"]["digest"]
    assert numbered["computed_now"] is True
    assert sum(numbered["populations"].values()) == 30


def test_numbers_are_said_to_be_there_or_gone(cli: Cli, db: str) -> None:
    number = ("frame", "number", "cp", "--db", db)

    first = cli(*number, "--seed", SEED)
    second = cli(*number, "--seed", SEED)
    gone = cli(*number, "--forget")
    none = cli(*number, "--forget", "--json")

    assert first.out.startswith("Numbers of 30 cases in 1 strata: computed.")
    assert "case-audit draw" in first.err
    assert "already there" in second.out
    assert gone.out.startswith("1 set(s) of numbers deleted")
    assert json.loads(none.out) == {"cohort": "cp", "forgotten": 0}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "--seed"),
        (("--seed", DICE), "--name"),
        (("--seed", SEED, "--witnesses", "A"), "--name"),
        (("--seed", SEED, "--strata", "tema"), "tema"),
    ],
)
def test_what_is_missing_is_named(
    cli: Cli, db: str, arguments: tuple[str, ...], said: str
) -> None:
    """A number under another seed would never be used, and nobody would know."""
    ran = cli("frame", "number", "cp", *arguments, "--db", db)

    assert ran.code != 0
    assert ran.out == ""
    assert said in ran.err
