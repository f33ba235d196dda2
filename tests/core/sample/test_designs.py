"""Systematic, by size, by cluster, capped, certain and targeted samples."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import naive_draw as naive
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import SEED
from case_audit.core.sample.bottom_k import Smallest
from case_audit.core.sample.draw import draw_sample
from case_audit.core.sample.lines import as_typed
from case_audit.core.sample.model import Design
from case_audit.core.sample.numbers import order_key
from case_audit.core.sample.pps import size_of, target_probabilities
from case_audit.core.sample.rows import CERTAIN, lines_digest
from case_audit.core.sample.systematic import positions
from case_audit.errors import (
    MeasureError,
    SampleTooLargeError,
    TooManyClustersError,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from case_audit.core.sample.model import Drawn, Sample

names = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=8
)
groups = st.sampled_from(["", "w1", "w2", "w3", "w4"])
sizes = st.integers(1, 30).map(str) | st.sampled_from(["0.5", "2.25", "100"])
seeds = st.binary(min_size=32, max_size=32).map(bytes.hex)


def frames(aids: st.SearchStrategy[str]) -> st.SearchStrategy[list[naive.Line]]:
    return st.dictionaries(names, aids, min_size=1, max_size=20).map(
        lambda found: [(unit, "all", aid) for unit, aid in found.items()]
    )


def a_design(kind: Any = "simple", size: int = 4, **more: Any) -> Design:  # noqa: ANN401
    return Design(kind=kind, size=size, **({"minimum": 0, "reserves": 3} | more))


def pairs(drawn: Iterable[Drawn]) -> naive.Found:
    return [(d.unit, d.probability) for d in drawn]


def units(sample: Sample) -> set[str]:
    return {d.unit for d in sample.drawn}


@given(lines=frames(groups), seed=seeds, data=st.data())
def test_a_systematic_sample_is_that_of_the_description(
    lines: list[naive.Line], seed: str, data: st.DataObject
) -> None:
    size = data.draw(st.integers(1, len(lines)))

    sample = draw_sample(lines, design=a_design("systematic", size), seed=seed)

    assert pairs(sample.drawn) == naive.systematic(lines, size, seed)


@given(lines=frames(sizes), seed=seeds, data=st.data())
def test_a_sample_by_size_is_that_of_the_description(
    lines: list[naive.Line], seed: str, data: st.DataObject
) -> None:
    size = data.draw(st.integers(1, len(lines)))

    sample = draw_sample(lines, design=a_design("pps", size, measure="x"), seed=seed)

    assert pairs(sample.drawn) == naive.pps(lines, size, seed)


@given(lines=frames(groups), seed=seeds, data=st.data())
def test_a_cluster_sample_is_that_of_the_description(
    lines: list[naive.Line], seed: str, data: st.DataObject
) -> None:
    clusters = data.draw(st.integers(1, len({aid for _, _, aid in lines})))
    each = data.draw(st.integers(0, 3))
    design = a_design("cluster", 0, by="w", clusters=clusters, per_cluster=each)

    sample = draw_sample(lines, design=design, seed=seed)

    assert pairs(sample.drawn) == naive.cluster(lines, clusters, each, seed)


@given(lines=frames(groups), seed=seeds, most=st.integers(1, 3))
def test_a_capped_sample_is_that_of_the_description(
    lines: list[naive.Line], seed: str, most: int
) -> None:
    size = min(3, len(naive.capped(lines, most, 99, seed)))
    design = a_design(size=size, at_most=("w", most))

    sample = draw_sample(lines, design=design, seed=seed)

    assert pairs(sample.drawn) == naive.capped(lines, most, size, seed)


KINDS = {
    "systematic": a_design("systematic", 3, order=("w",)),
    "pps": a_design("pps", 3, measure="x"),
    "cluster": a_design("cluster", 0, by="w", clusters=2, per_cluster=2),
    "capped": a_design(size=1, at_most=("w", 1)),
    "certain": a_design(size=3, certain="age >= 16"),
    "targeted": a_design("targeted", 3, targeted="age >= 16"),
}
LINES = [
    (f"C{i:02}", "all", str(1 + i * i % 7)) for i in range(17)
]  # groups or sizes 1 to 5


@pytest.mark.parametrize("design", KINDS.values(), ids=KINDS)
@given(seed=seeds, data=st.data())
@settings(max_examples=25)
def test_the_order_of_the_rows_matters_in_no_design(
    design: Design, seed: str, data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(LINES))

    assert draw_sample(shuffled, design=design, seed=seed) == draw_sample(
        LINES, design=design, seed=seed
    )


GROWING: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "certain": ({"size": 4, "certain": "x"}, {"size": 9, "certain": "x"}),
    "capped": ({"size": 2, "at_most": ("w", 2)}, {"size": 6, "at_most": ("w", 2)}),
    "targeted": (
        {"kind": "targeted", "size": 2, "targeted": "x"},
        {"kind": "targeted", "size": 5, "targeted": "x"},
    ),
    "more clusters": (
        {"kind": "cluster", "size": 0, "by": "w", "clusters": 1, "per_cluster": 2},
        {"kind": "cluster", "size": 0, "by": "w", "clusters": 3, "per_cluster": 2},
    ),
    "more of each": (
        {"kind": "cluster", "size": 0, "by": "w", "clusters": 2, "per_cluster": 1},
        {"kind": "cluster", "size": 0, "by": "w", "clusters": 2, "per_cluster": 0},
    ),
    "by size": (
        {"kind": "pps", "size": 3, "measure": "x"},
        {"kind": "pps", "size": 7, "measure": "x"},
    ),
}


@pytest.mark.parametrize(("small", "large"), GROWING.values(), ids=GROWING)
@given(seed=seeds)
@settings(max_examples=25)
def test_growing_keeps_what_was_drawn_where_that_is_promised(
    small: dict[str, Any], large: dict[str, Any], seed: str
) -> None:
    """By size: as long as nobody becomes certain, as here."""
    before = draw_sample(LINES, design=a_design(**small), seed=seed)
    after = draw_sample(LINES, design=a_design(**large), seed=seed)

    assert units(before) <= units(after)


def test_every_unit_of_a_systematic_list_covers_an_equal_part_of_the_start() -> None:
    """The chance is n / N exactly, also where n does not divide N: 3 of 7.

    Of starts evenly laid over the circle each unit is met by 3 in 7.
    """
    starts = 7 * 64
    met = [0] * 7
    for i in range(starts):
        for at in positions(7, 3, number=(2 * i + 1) * 2**63 // starts):
            met[at] += 1

    assert met == [starts * 3 // 7] * 7


def test_a_list_of_77154_gives_as_many_as_asked() -> None:
    """A size at which another program is known to draw one too many or too few."""
    for size in (1, 10, 999, 77_154):
        found = positions(77_154, size, number=2**64 - 1)
        assert len(set(found)) == size
        assert found[-1] < 77_154


def test_the_reserves_of_a_systematic_sample_are_the_others_by_number() -> None:
    sample = draw_sample(LINES, design=KINDS["systematic"], seed=SEED)

    others = [unit for unit, _, _ in LINES if unit not in units(sample)]
    assert [d.unit for d in sample.reserves] == naive.smallest(SEED, others)[:3]
    assert [d.rank for d in sample.reserves] == [4, 5, 6]


def test_target_probabilities_by_hand() -> None:
    """Sizes 1, 2, 3, 10 and two to draw: 2 * 10 is more than 16, so 10 is certain.

    Of the other three one is drawn: 1/6, 2/6, 3/6.
    """
    assert target_probabilities([1, 2, 3, 10], size=2) == [
        Fraction(1, 6), Fraction(1, 3), Fraction(1, 2), Fraction(1),
    ]  # fmt: skip


@given(x=st.lists(st.integers(1, 10**9), min_size=1, max_size=30), data=st.data())
def test_target_probabilities_add_up_to_the_sample(
    x: list[int], data: st.DataObject
) -> None:
    size = data.draw(st.integers(1, len(x)))

    found = target_probabilities(x, size=size)

    assert sum(found) == size
    assert all(0 < chance <= 1 for chance in found)


def test_a_step_up_that_makes_two_cases_certain_may_drop_another() -> None:
    """So growing is not promised by size; the page says it, with this example."""
    lines = [("A", "all", "5"), ("B", "all", "5")]
    lines += [(f"c{i}", "all", "1") for i in range(10)]
    lost = 0
    for seed in (f"{i:064x}" for i in range(300)):
        three, four = (
            draw_sample(lines, design=a_design("pps", n, measure="x"), seed=seed)
            for n in (3, 4)
        )
        assert {"A", "B"} <= units(four)
        lost += not units(three) <= units(four)

    assert lost > 0


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("3", 3_000_000),
        ("2.5", 2_500_000),
        ("0.000001", 1),
        ("0", 0),
        ("", None),
        ("-1", None),
        ("1e9", None),
        ("nan", None),
        ("1,000", None),
        ("1234567890", None),
        ("0.0000001", None),
    ],
)
def test_a_size_is_a_plain_number(text: str, size: int | None) -> None:
    assert size_of(text) == size


def test_units_without_a_size_are_refused_with_their_counts() -> None:
    """Left in with size 0, they would have no chance and nobody would know."""
    lines = [("A", "all", "3"), ("B", "all", ""), ("C", "all", "0"), ("D", "all", "x")]

    with pytest.raises(MeasureError) as caught:
        draw_sample(lines, design=a_design("pps", 1, measure="risks+1"), seed=SEED)

    assert "1 missing, 1 0, 1 not a number" in str(caught.value)
    assert '--only "risks >= 1"' in caught.value.hint


def test_certain_units_need_no_size() -> None:
    lines = [("A", CERTAIN, ""), ("B", "all", "3"), ("C", "all", "1")]
    design = a_design("pps", 2, measure="x", certain="age >= 16")

    sample = draw_sample(lines, design=design, seed=SEED)

    by_unit = {d.unit: d.probability for d in sample.drawn}
    assert by_unit.pop("A") == 1
    assert by_unit in ({"B": Fraction(3, 4)}, {"C": Fraction(1, 4)})


def test_more_clusters_than_there_are_are_refused() -> None:
    with pytest.raises(TooManyClustersError, match="9 clusters: the frame has 4"):
        draw_sample(LINES, design=a_design("cluster", 0, by="w", clusters=9), seed=SEED)


def test_spare_clusters_are_kept_in_order_with_their_units() -> None:
    design = a_design("cluster", 0, by="w", clusters=1, reserves=2)

    sample = draw_sample(LINES, design=design, seed=SEED)

    order = naive.smallest(SEED, list({aid for _, _, aid in LINES}), "cluster:")
    assert [c.name for c in sample.clusters] == order[:3]
    assert [c.reserve for c in sample.clusters] == [False, True, True]
    assert [d.aid for d in sample.reserves] == [
        name for name in order[1:3] for _, _, aid in LINES if aid == name
    ]
    assert sample.clusters_in_all == 4
    assert sample.population == 17


def test_a_stratum_that_the_cap_leaves_empty_is_still_counted() -> None:
    """One family lies in two strata and keeps one child."""
    lines = [("A", "north", "f1"), ("B", "south", "f1"), ("C", "south", "f2")]
    design = Design(
        kind="stratified", strata=("s",), size=1, minimum=0, at_most=("family", 1)
    )

    found = [
        draw_sample(lines, design=design, seed=f"{i:064x}").strata for i in range(20)
    ]

    assert {tuple(s.population for s in strata) for strata in found} == {(1, 2)}
    assert {tuple(s.kept for s in strata) for strata in found} == {(0, 2), (1, 1)}


def test_a_cap_that_leaves_too_few_is_refused() -> None:
    """The frame holds more: the cap is what has to be said."""
    with pytest.raises(SampleTooLargeError, match="Cannot draw 9") as refused:
        draw_sample(LINES, design=a_design(size=9, at_most=("w", 1)), seed=SEED)

    assert "at most w=1 leaves" in str(refused.value)
    assert "the frame holds" not in str(refused.value)


def test_a_targeted_sample_has_no_chances() -> None:
    """Whoever computes a weight from it anyway is stopped."""
    sample = draw_sample(LINES, design=KINDS["targeted"], seed=SEED)

    by_number = naive.smallest(SEED, [unit for unit, _, _ in LINES])
    assert [d.unit for d in sample.drawn] == by_number[:3]
    with pytest.raises(ZeroDivisionError):
        _ = sample.drawn[0].weight


@given(seed=seeds, size=st.integers(1, 17))
@settings(max_examples=25)
def test_weights_add_up_to_the_frame_where_chances_are_equal(
    seed: str, size: int
) -> None:
    for design in (
        a_design(size=size),
        a_design("systematic", size),
        Design(kind="stratified", size=max(size, 7), strata=("s",), minimum=1),
    ):
        rows = [(unit, design.kind[0] + aid[:0], aid) for unit, _, aid in LINES]

        sample = draw_sample(rows, design=design, seed=seed)

        assert sum(d.weight for d in sample.drawn) == 17


def test_the_start_shifts_the_circle_in_every_design() -> None:
    """Another start is another sample, from the same numbers."""
    for design in (KINDS["systematic"], KINDS["pps"], KINDS["cluster"]):
        whole = {name: getattr(design, name) for name in Design.__dataclass_fields__}
        shifted = draw_sample(
            LINES, design=Design(**(whole | {"start": 2**63})), seed=SEED
        )
        usual = draw_sample(LINES, design=design, seed=SEED)
        numbers = {d.unit: d.prn for d in (*usual.drawn, *usual.reserves)}
        both = [d for d in (*shifted.drawn, *shifted.reserves) if d.unit in numbers]

        assert shifted.drawn != usual.drawn
        assert all(d.prn == numbers[d.unit] for d in both)


def test_a_stream_is_drawn_from_without_being_kept() -> None:
    """The smallest numbers of many thousand, in the memory of a few."""
    seen = [f"U{i}" for i in range(3_000)]
    few = Smallest(5)
    for unit in seen:
        few.add(order_key(SEED, unit), "")

    assert [key[2] for key, _ in few.first(5)] == naive.smallest(SEED, seen)[:5]
    assert few.population == 3_000
    assert len(few._kept) < 1_100  # noqa: SLF001
    digest = lines_digest([(u, "all") for u in seen], with_aid=False)
    drawn = draw_sample(
        ((u, "all") for u in seen), design=a_design(), seed=SEED, frame_digest=digest
    )
    assert drawn == draw_sample(
        [(u, "all") for u in seen], design=a_design(), seed=SEED
    )


@pytest.mark.parametrize(
    ("sorted_by", "shown"),
    [
        ("000000003", "3"),
        ("000000000 / Team 000000002", "0 / Team 000000002"),
        ("North / 000000011", "North / 11"),
        ("0000000003", "0000000003"),
        ("", ""),
    ],
)
def test_the_zeros_that_sort_are_not_shown(sorted_by: str, shown: str) -> None:
    """Only where a whole part is a number, as it is when the zeros are put there."""
    assert as_typed(sorted_by) == shown
