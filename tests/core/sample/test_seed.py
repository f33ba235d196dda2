"""A seed says where it is from, and promises no more than that bears."""

from __future__ import annotations

from hashlib import sha256

import pytest

from builders import SEED
from case_audit.core.sample.numbers import seed_from
from case_audit.core.sample.seed import (
    Promise,
    machine_seed,
    named,
    promise_digest,
    two_party_seed,
    typed_seed,
)
from case_audit.errors import DiceError, PartyError, SeedError, WitnessesError

DICE = "31415926535897932384"


@pytest.mark.parametrize("typed", ["", "  \n"])
def test_an_empty_seed_is_refused(typed: str) -> None:
    with pytest.raises(SeedError, match="empty"):
        typed_seed(typed, witnesses="", round_label="Spring")


def test_one_digit_short_of_twenty_is_not_public() -> None:
    """Nineteen characters are refused with witnesses, twenty are not."""
    with pytest.raises(SeedError, match="19 characters"):
        typed_seed(DICE[:19], witnesses="A Head, B Clerk", round_label="Spring")

    assert (
        typed_seed(DICE, witnesses="A Head, B Clerk", round_label="Spring").mode
        == "public"
    )


def test_groups_of_dice_are_the_same_dice() -> None:
    """Read out in fours or in one go; the round's name is part of the seed."""
    one = typed_seed(DICE, witnesses="A Head, B Clerk", round_label="Spring")
    other = typed_seed(
        " ".join(DICE[i : i + 4] for i in range(0, 20, 4)),
        witnesses="A Head, B Clerk",
        round_label="Spring",
    )
    next_round = typed_seed(DICE, witnesses="A Head, B Clerk", round_label="Autumn")

    assert one == other
    assert one.text == seed_from(DICE, round_label="Spring")
    assert next_round.text != one.text


def test_a_finished_seed_is_taken_as_it_is() -> None:
    """Then nobody is said to have seen how it was made."""
    alone = typed_seed(SEED, witnesses="", round_label="Spring")

    assert (alone.text, alone.mode, alone.randomness) == (SEED, "given", "")


@pytest.mark.parametrize(
    ("randomness", "why"),
    [
        (SEED, "signs other than digits"),
        ("10" * 10, "only 2 different digits"),
        ("\u0661" * 20, "signs other than digits"),
    ],
)
def test_what_witnesses_saw_has_to_be_dice(randomness: str, why: str) -> None:
    """Coins can be tried out; words and digests may have been looked for."""
    with pytest.raises(DiceError, match=why):
        typed_seed(randomness, witnesses="A Head, B Clerk", round_label="Spring")


@pytest.mark.parametrize("people", ["A Head", "A Head, a head", " , ;"])
def test_one_witness_is_nobody_to_ask(people: str) -> None:
    """A public seed has two people who can be asked apart."""
    with pytest.raises(WitnessesError):
        typed_seed(DICE, witnesses=people, round_label="Spring")


def test_witnesses_are_named_in_many_ways() -> None:
    assert named("A Head and B Clerk; C Sandy") == ("A Head", "B Clerk", "C Sandy")


def promised(party: str, secret: str, *, revealed: bool = True) -> Promise:
    return Promise(
        party=party,
        digest=promise_digest(secret),
        promised_utc="2026-04-01T09:00:00Z",
        promised_by="Lee",
        secret=secret if revealed else "",
    )


ONE, OTHER = "correct horse battery staple", "a quick brown fox jumps over"


def test_two_halves_make_one_seed() -> None:
    """By hand: printf '%s' 'a|b:Spring' | sha256sum, white space left out."""
    seed = two_party_seed([promised("A", ONE), promised("B", OTHER)], round_label="S")

    text = "correcthorsebatterystaple|aquickbrownfoxjumpsover"
    assert seed.randomness == text
    assert seed.text == sha256(f"{text}:S".encode()).hexdigest()
    assert (seed.mode, seed.source) == ("two_party", "A and B")


def test_half_a_seed_is_none() -> None:
    """A seed of one party is one that it chose."""
    hidden = promised("B", OTHER, revealed=False)

    with pytest.raises(PartyError, match="two are needed"):
        two_party_seed([promised("A", ONE)], round_label="S")
    with pytest.raises(PartyError, match="B has not revealed"):
        two_party_seed([promised("A", ONE), hidden], round_label="S")


def test_a_secret_that_can_be_tried_out_is_refused() -> None:
    """Its digest would give it away to the other party."""
    with pytest.raises(PartyError, match="19 characters"):
        promise_digest("x" * 19)

    assert promise_digest(" x" * 20) == sha256(b"x" * 20).hexdigest()


def test_the_computers_own_seed_says_so() -> None:
    seed = machine_seed(SEED)

    assert (seed.text, seed.mode, seed.source) == (SEED, "machine", "operating system")
