"""Random samples."""

from __future__ import annotations

import random
from collections import Counter
from fractions import Fraction
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import SEED
from case_audit.core.frame.model import canonical_unit
from case_audit.core.sample.draw import draw_sample, stratum_of
from case_audit.core.sample.model import Design
from case_audit.errors import SampleTooLargeError, SampleTooSmallError

names = st.text(min_size=1).filter(lambda t: t.strip() == t and t.isprintable())
frames = st.dictionaries(names, st.sampled_from("ABC"), min_size=1, max_size=40)
seeds = st.binary(min_size=32, max_size=32).map(bytes.hex)


def simple(size: int, *, reserves: int = 3) -> Design:
    return Design(kind="simple", size=size, minimum=0, reserves=reserves)


def stratified(size: int, *, minimum: int = 0) -> Design:
    return Design(kind="stratified", size=size, strata=("s",), minimum=minimum)


def test_the_lowest_digests_win() -> None:
    """Three cases, by hand."""
    sample = draw_sample([(u, "all") for u in "ABC"], design=simple(2), seed=SEED)

    by_hand = sorted("ABC", key=lambda u: sha256(f"{SEED}:{u}".encode()).hexdigest())
    assert [d.unit for d in sample.drawn] == by_hand[:2]
    assert [d.unit for d in sample.reserves] == by_hand[2:]
    assert [d.rank for d in (*sample.drawn, *sample.reserves)] == [1, 2, 3]


def test_more_cases_than_the_frame_holds_are_refused() -> None:
    with pytest.raises(SampleTooLargeError, match="draw 4 cases: the frame holds 3"):
        draw_sample([(u, "all") for u in "ABC"], design=simple(4), seed=SEED)


def test_a_sample_too_small_for_its_strata_is_refused() -> None:
    """The message has the smallest size that would do."""
    with pytest.raises(SampleTooSmallError) as caught:
        draw_sample(
            [("A", "x"), ("B", "y"), ("C", "y"), ("D", "y")],
            design=stratified(2, minimum=2),
            seed=SEED,
        )

    assert caught.value.needed == 3


@pytest.mark.parametrize("seed", ["", "42", SEED.upper(), SEED[:-1]])
def test_a_seed_has_one_form(seed: str) -> None:
    with pytest.raises(ValueError, match="not a seed"):
        draw_sample([("A", "all")], design=simple(1), seed=seed)


@given(frame=frames, seed=seeds, data=st.data())
def test_the_order_of_the_rows_never_matters(
    frame: dict[str, str], seed: str, data: st.DataObject
) -> None:
    rows = list(frame.items())
    size = data.draw(st.integers(1, len(rows)))
    shuffled = data.draw(st.permutations(rows))

    assert draw_sample(rows, design=stratified(size), seed=seed) == draw_sample(
        shuffled, design=stratified(size), seed=seed
    )


@given(frame=frames, seed=seeds, data=st.data())
def test_growing_a_sample_keeps_what_was_drawn(
    frame: dict[str, str], seed: str, data: st.DataObject
) -> None:
    """No case that somebody has begun to audit drops out of a larger sample."""
    small = data.draw(st.integers(1, len(frame)))
    large = data.draw(st.integers(small, len(frame)))

    before = draw_sample(frame.items(), design=stratified(small), seed=seed)
    after = draw_sample(frame.items(), design=stratified(large), seed=seed)

    assert {d.unit for d in before.drawn} <= {d.unit for d in after.drawn}


@given(frame=frames, seed=seeds, data=st.data())
def test_nothing_is_lost_invented_or_drawn_twice(
    frame: dict[str, str], seed: str, data: st.DataObject
) -> None:
    size = data.draw(st.integers(1, len(frame)))

    sample = draw_sample(frame.items(), design=stratified(size), seed=seed)

    drawn = [d.unit for d in sample.drawn]
    assert len(drawn) == size == len(set(drawn))
    assert set(drawn).isdisjoint(d.unit for d in sample.reserves)
    assert all(frame[d.unit] == d.stratum for d in sample.drawn)
    assert sample.population == len(frame)


def test_every_unit_has_the_same_chance() -> None:
    """Over 4,000 seeds, chi-square of inclusions below its 99.9% point.

    20 units, 5 drawn: 1,000 inclusions expected of each. The statistic
    ``sum((n - 1000)**2 / 1000) / (1 - 5/20) * 19/20`` is chi-square with 19
    degrees of freedom, whose 99.9% point is 43.82.
    """
    rows = [(f"C{i:02}", "all") for i in range(20)]
    seeded = random.Random(1)
    times = Counter(
        drawn.unit
        for _ in range(4_000)
        for drawn in draw_sample(
            rows, design=simple(5), seed=f"{seeded.getrandbits(256):064x}"
        ).drawn
    )

    statistic = sum((times[u] - 1_000) ** 2 / 1_000 for u, _ in rows)

    assert statistic / (1 - 5 / 20) * (19 / 20) < 43.82


def test_inclusion_probabilities_are_exact() -> None:
    """Proportional: 30, 20 and 10 units give 3, 2 and 1 of a sample of 6."""
    rows = [
        (f"{s}{i}", s) for s, n in (("a", 30), ("b", 20), ("c", 10)) for i in range(n)
    ]

    sample = draw_sample(rows, design=stratified(6), seed=SEED)

    assert [s.drawn for s in sample.strata] == [3, 2, 1]
    assert {s.inclusion_probability for s in sample.strata} == {Fraction(1, 10)}


def test_a_stratum_is_named_by_its_values() -> None:
    known = {"team": "North\tEast\n", "age": "5-9"}

    assert stratum_of(known, ()) == "all"
    assert stratum_of(known, ("team", "age")) == "North East / 5-9"
    assert stratum_of(known, ("need",)) == "not recorded"


@pytest.mark.parametrize("text", ["", "  ", "a\tb", "a\nb", "a\x1bb"])
def test_an_identifier_that_would_break_a_line_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="control character"):
        canonical_unit(text)


def test_leading_zeros_and_case_are_kept() -> None:
    """They tell children apart."""
    assert canonical_unit(" 000123 ") == "000123"
    assert canonical_unit("ab") != canonical_unit("AB")
