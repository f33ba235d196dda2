"""A seed says where it is from, and promises no more than that bears."""

from __future__ import annotations

import pytest

from builders import SEED
from case_audit.core.sample.numbers import seed_from
from case_audit.core.sample.seed import machine_seed, typed_seed
from case_audit.errors import SeedError

DICE = "31415926535897932384"


@pytest.mark.parametrize("typed", ["", "  \n"])
def test_an_empty_seed_is_refused(typed: str) -> None:
    with pytest.raises(SeedError, match="empty"):
        typed_seed(typed, witnesses="", round_label="Spring")


def test_one_digit_short_of_twenty_is_not_public() -> None:
    """Nineteen characters are refused with witnesses, twenty are not."""
    with pytest.raises(SeedError, match="19 characters"):
        typed_seed(DICE[:19], witnesses="A Head", round_label="Spring")

    assert typed_seed(DICE, witnesses="A Head", round_label="Spring").mode == "public"


def test_groups_of_dice_are_the_same_dice() -> None:
    """Read out in fours or in one go; the round's name is part of the seed."""
    one = typed_seed(DICE, witnesses="A Head", round_label="Spring")
    other = typed_seed(
        " ".join(DICE[i : i + 4] for i in range(0, 20, 4)),
        witnesses="A Head",
        round_label="Spring",
    )
    next_round = typed_seed(DICE, witnesses="A Head", round_label="Autumn")

    assert one == other
    assert one.text == seed_from(DICE, round_label="Spring")
    assert next_round.text != one.text


def test_a_finished_seed_is_taken_as_it_is_unless_others_saw_it_made() -> None:
    """With witnesses it is randomness like any other, and the label counts."""
    alone = typed_seed(SEED, witnesses="", round_label="Spring")
    seen = typed_seed(SEED, witnesses="A Head", round_label="Spring")

    assert (alone.text, alone.mode) == (SEED, "given")
    assert (seen.text, seen.mode) == (seed_from(SEED, round_label="Spring"), "public")


def test_the_computers_own_seed_says_so() -> None:
    seed = machine_seed(SEED)

    assert (seed.text, seed.mode, seed.source) == (SEED, "machine", "operating system")
