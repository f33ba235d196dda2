"""A draw from the smallest numbers is a draw from the whole frame."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from hashlib import sha256
from unicodedata import normalize

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from builders import SEED
from case_audit.core.frame.model import frame_digest
from case_audit.core.sample.draw import draw_sample
from case_audit.core.sample.model import Design
from case_audit.core.sample.numbers import MODULUS, digest, order_key
from case_audit.core.sample.smallest import (
    Counted,
    keys,
    merged,
    needs_smallest_only,
    numbers,
    sample_from,
    smallest,
    wanted,
)

names = st.text(st.characters(categories=["L", "M", "N", "P", "S"]), min_size=1)
frames = st.dictionaries(
    names.map(lambda t: normalize("NFC", t)),
    st.sampled_from("ABC"),
    min_size=1,
    max_size=12,
)
seeds = st.binary(min_size=32, max_size=32).map(bytes.hex)
starts = st.integers(0, MODULUS - 1)
STRATIFIED = Design(kind="stratified", size=1, strata=("s",), minimum=0, reserves=2)


def counted(frame: dict[str, str]) -> Counted:
    return Counted(
        digest=frame_digest(frame.items()), populations=Counter(frame.values())
    )


def test_the_two_smallest_by_hand() -> None:
    by_hand = sorted("ABCD", key=lambda u: sha256(f"{SEED}:{u}".encode()).hexdigest())

    assert smallest([["A"], [], ["C", "B"], ["D"]], 2, seed=SEED) == by_hand[:2]


def test_a_piece_may_mix_plain_and_accented_units() -> None:
    """An identifier counts in normal form C, and is given back as it came."""
    decomposed = normalize("NFD", "Zo\u00eb-1")
    by_hand = sorted(["A", decomposed, "B"], key=lambda u: digest(SEED, u))

    assert smallest([["A", decomposed], ["B"]], 3, seed=SEED) == by_hand
    assert smallest([["A", decomposed], ["B"]], 1, seed=SEED) == by_hand[:1]


def test_parts_are_joined_by_hand() -> None:
    """Of each stratum the smallest of all parts, also where one has none of it."""
    by_hand = sorted("ABCD", key=lambda u: digest(SEED, u))

    joined = merged(
        [{"s": ["A", "C"], "t": ["E"]}, {"s": ["B", "D"]}], {"s": 3, "t": 1}, seed=SEED
    )

    assert joined == {"s": by_hand[:3], "t": ["E"]}


def test_the_borders() -> None:
    """Nothing wanted, nothing there, more wanted than there is."""
    assert smallest([["A"], ["B"]], 0, seed=SEED) == []
    assert smallest([], 3, seed=SEED) == []
    assert sorted(smallest([["A"], ["B"]], 3, seed=SEED)) == ["A", "B"]


@settings(max_examples=50)
@given(unit=names, seed=seeds)
def test_a_hash_begun_once_gives_the_same_numbers(unit: str, seed: str) -> None:
    """The quick way is the way that is documented."""
    assert numbers(seed)(unit) == digest(seed, unit)
    assert numbers(seed)(normalize("NFD", unit)) == digest(seed, unit)


@settings(max_examples=50)
@given(units=st.sets(names, max_size=12), seed=seeds, start=starts)
def test_keys_sort_as_the_draw_does(units: set[str], seed: str, start: int) -> None:
    """Other engines sort by text; the order must be that of the numbers."""
    units = {normalize("NFC", unit) for unit in units}

    by_number = sorted(units, key=lambda u: order_key(seed, u, start=start))

    assert sorted(units, key=keys(seed, start=start)) == by_number


@settings(max_examples=50)
@given(frame=frames, seed=seeds, start=starts, data=st.data())
def test_the_smallest_of_the_parts_give_the_sample_of_the_whole(
    frame: dict[str, str], seed: str, start: int, data: st.DataObject
) -> None:
    """However a frame is split among machines, and in whatever order they answer."""
    design = replace(
        STRATIFIED, size=data.draw(st.integers(1, len(frame))), start=start
    )
    shares = data.draw(
        st.lists(st.integers(0, 3), min_size=len(frame), max_size=len(frame))
    )
    takes = wanted(counted(frame), design)
    parts = []
    for share in data.draw(st.permutations(range(4))):
        mine = [u for u, s in zip(frame, shares, strict=True) if s == share]
        parts.append(
            {
                stratum: smallest(
                    [[u for u in mine if frame[u] == stratum]],
                    count,
                    seed=seed,
                    start=start,
                )
                for stratum, count in takes.items()
            }
        )

    candidates = merged(parts, takes, seed=seed, start=start)

    assert sample_from(
        counted(frame), candidates, design=design, seed=seed
    ) == draw_sample(frame.items(), design=design, seed=seed)


def test_more_candidates_than_needed_change_nothing() -> None:
    """Ties at the border are settled here, so more may come than are taken."""
    frame = {f"CH{n}": "AB"[n % 2] for n in range(40)}
    design = replace(STRATIFIED, size=7)
    everyone = {s: [u for u in frame if frame[u] == s] for s in "AB"}

    assert sample_from(
        counted(frame), everyone, design=design, seed=SEED
    ) == draw_sample(frame.items(), design=design, seed=SEED)


def test_too_few_candidates_are_refused() -> None:
    """A partition that did not answer must not go unnoticed."""
    frame = {f"CH{n}": "A" for n in range(9)}

    with pytest.raises(ValueError, match="1 candidates where 3 are needed"):
        sample_from(counted(frame), {"A": ["CH1"]}, design=STRATIFIED, seed=SEED)
    with pytest.raises(ValueError, match="0 candidates where 3 are needed"):
        sample_from(counted(frame), {}, design=STRATIFIED, seed=SEED)


def test_a_seed_has_one_form() -> None:
    with pytest.raises(ValueError, match="not a seed"):
        sample_from(counted({"A": "A"}), {"A": ["A"]}, design=STRATIFIED, seed="42")


@pytest.mark.parametrize(
    "design",
    [
        replace(STRATIFIED, kind="systematic"),
        replace(STRATIFIED, at_most=("worker", 2)),
        replace(STRATIFIED, certain="age < 1"),
        replace(STRATIFIED, only="age < 1"),
        replace(STRATIFIED, size=0),
        replace(STRATIFIED, reserves=-1),
    ],
    ids=str,
)
def test_other_designs_are_refused(design: Design) -> None:
    """They need more of a unit than its number; silence would draw another sample."""
    with pytest.raises(ValueError, match="not a design of smallest numbers"):
        wanted(counted({"A": "A"}), design)


def test_simple_and_stratified_designs_need_numbers_alone() -> None:
    assert needs_smallest_only(Design(kind="simple", size=1))
    assert needs_smallest_only(replace(STRATIFIED, allocation="neyman"))
    assert not needs_smallest_only(Design(kind="pps", size=1))


@given(
    units=st.lists(st.text(max_size=3), unique=True, max_size=300),
    count=st.integers(0, 9),
    cut=st.integers(1, 200),
)
@example(units=["A\0B", "A", "B\0"], count=2, cut=3)
@example(units=[f"{n}" for n in range(1_000)], count=3, cut=1_000)
def test_pieces_of_any_size_and_names_of_any_kind_give_the_smallest(
    units: list[str], count: int, cut: int
) -> None:
    """The same as sorting all of them by their numbers."""
    by_hand = sorted(units, key=lambda unit: (digest(SEED, unit), unit))
    pieces = [units[n : n + cut] for n in range(0, len(units), cut)]

    assert smallest(pieces, count, seed=SEED) == by_hand[:count]
