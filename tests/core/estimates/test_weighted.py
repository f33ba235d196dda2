"""Shares from samples whose units had different chances."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from case_audit.core.estimates.share import estimate
from case_audit.core.estimates.stratified import StratumCount
from case_audit.core.estimates.weighted import (
    Chance,
    Found,
    Weighting,
    estimate_weighted,
)
from case_audit.errors import (
    NothingAppliesError,
    StratumNotAuditedError,
    TooFewClustersError,
)

REFERENCE = json.loads(
    Path(__file__).with_name("reference_weighted.json").read_text(encoding="utf-8")
)
SAMPLES = REFERENCE["samples"]


def clusters(*sizes: int, every: int, population: int, audited: int = 0) -> Weighting:
    """A sample of clusters, so many units audited of each (0: all)."""
    takes = [min(audited or size, size) for size in sizes]
    names = [str(i) for i, take in enumerate(takes) for _ in range(take)]
    first = Fraction(len(sizes), every)
    return Weighting(
        kind="cluster",
        population=population,
        chances={
            number: Chance(
                probability=first * Fraction(takes[int(name)], sizes[int(name)]),
                stratum="all",
                cluster=name,
            )
            for number, name in enumerate(names, start=1)
        },
        drawn={"all": len(names)},
        clusters_in_all=every,
        cluster_sizes={str(i): size for i, size in enumerate(sizes)},
    )


def chances(*parts: str, population: int) -> Weighting:
    """A sample with probability proportional to size."""
    return Weighting(
        kind="pps",
        population=population,
        chances={
            number: Chance(probability=Fraction(part), stratum="all")
            for number, part in enumerate(parts, start=1)
        },
        drawn={"all": len(parts)},
    )


def seen(text: str) -> list[Found]:
    """Units in order: ``+`` a hit, ``-`` a miss, ``o`` outside, `` `` not audited."""
    return [
        Found(number=number, hit=mark == "+", outside=mark == "o")
        for number, mark in enumerate(text, start=1)
        if mark != " "
    ]


def from_reference(row: dict[str, Any]) -> tuple[Weighting, list[Found]]:
    """Build the sample of a reference row."""
    found = seen("".join("+" if hit else "-" for hit in row["hit"]))
    numbers = range(1, len(found) + 1)
    if row["kind"] == "cluster":
        names = [str(name) for name in row["cluster"]]
        sizes = dict(zip(names, row["size"], strict=True))
        weighting = Weighting(
            kind="cluster",
            population=row["population"],
            chances={
                number: Chance(probability=Fraction(1, 2), stratum="all", cluster=name)
                for number, name in zip(numbers, names, strict=True)
            },
            drawn={"all": len(names)},
            clusters_in_all=row["clusters"],
            cluster_sizes=sizes,
        )
        return weighting, found
    strata = [str(stratum) for stratum in row.get("stratum", ["1"] * len(found))]
    return (
        Weighting(
            kind=row["kind"],
            population=row["population"],
            chances={
                number: Chance(probability=Fraction(pi), stratum=stratum)
                for number, pi, stratum in zip(numbers, row["pi"], strata, strict=True)
            },
            drawn={stratum: strata.count(stratum) for stratum in strata},
            second={
                str(place): Fraction(part)
                for place, part in enumerate(row.get("second", []), start=1)
            },
        ),
        found,
    )


@pytest.mark.parametrize("row", SAMPLES, ids=lambda row: row["kind"])
def test_equals_what_another_program_computed(row: dict[str, Any]) -> None:
    """Share and interval of each design, to ten digits."""
    weighting, found = from_reference(row)

    share = estimate_weighted(weighting, found)

    _, lower, upper = row["interval"]
    least = sum(row["hit"]) / row["population"]
    most = 1 - (len(found) - sum(row["hit"])) / row["population"]
    assert float(share.estimate) == pytest.approx(row["share"], rel=1e-10)
    assert float(share.lower) == pytest.approx(max(least, lower), rel=1e-8)
    assert float(share.upper) == pytest.approx(min(most, upper), rel=1e-8)


def test_the_approximation_is_near_another_one() -> None:
    """Hajek's and Brewer's variances differ by less than a twentieth."""
    for row in SAMPLES:
        if row["kind"] == "pps":
            assert row["variance"] == pytest.approx(row["brewer"], rel=0.05)


def test_equal_chances_are_a_simple_sample() -> None:
    """With n / N for all, share and interval are those of one stratum, nearly.

    8 of 20, 3 hits: the variance is (1 - 8/20) * 15/64 / 7, the same formula.
    """
    weighting = chances(*["8/20"] * 8, population=20)

    share = estimate_weighted(weighting, seen("+++-----"))

    assert share.estimate == Fraction(3, 8)
    exact = estimate([StratumCount(stratum="a", population=20, sampled=8, hits=3)])
    assert abs(share.lower - exact.lower) < Fraction(1, 10)
    assert abs(share.upper - exact.upper) < Fraction(1, 10)


def test_a_weighted_share_by_hand() -> None:
    """Chances 1/2, 1/4 and 1/4; the first is a hit: 2 of 2 + 4 + 4."""
    share = estimate_weighted(chances("1/2", "1/4", "1/4", population=10), seen("+--"))

    assert share.estimate == Fraction(1, 5)
    assert share.raw == Fraction(1, 3)
    assert (share.hits, share.n, share.method) == (1, 3, "hajek_pps")
    assert share.notes == ("indicative",)


def test_clusters_in_full_are_unbiased() -> None:
    """Averaged over every sample of equal clusters, the share is the truth."""
    truth = ["++-", "---", "+++", "+--"]

    shares = [
        estimate_weighted(
            clusters(3, 3, every=4, population=12), seen(truth[a] + truth[b])
        ).estimate
        for a, b in combinations(range(4), 2)
    ]

    assert sum(shares) / len(shares) == Fraction(6, 12)


def test_cases_not_audited_are_taken_to_be_like_the_others() -> None:
    """Half of a stratum, or of a cluster, stands for all of it."""
    weighting = clusters(4, 4, every=2, population=8)

    assert estimate_weighted(weighting, seen("+ - ---")).estimate == Fraction(1, 4)


def test_one_cluster_alone_gives_no_interval() -> None:
    """How clusters differ cannot be seen in one of several."""
    with pytest.raises(TooFewClustersError, match="Cases of 1 of the clusters"):
        estimate_weighted(clusters(5, every=3, population=15), seen("+-+--"))


def test_the_only_cluster_there_is_is_a_simple_sample() -> None:
    weighting = clusters(5, every=1, population=5, audited=3)

    share = estimate_weighted(weighting, seen("+-+"))

    assert share.lower < share.estimate == Fraction(2, 3) < share.upper


def test_everybody_audited_is_known() -> None:
    weighting = chances("1", "1", "1", population=3)

    share = estimate_weighted(weighting, seen("+-o"))

    assert (share.method, share.lower, share.upper) == (
        "census",
        Fraction(1, 2),
        Fraction(1, 2),
    )


@pytest.mark.parametrize("marks", ["------", "++++++"])
@pytest.mark.parametrize(
    "weighting",
    [
        chances("1/2", "1/4", "1/4", "1/8", "1/8", "1/3", population=24),
        clusters(2, 2, 2, every=12, population=24),
        clusters(2, 4, every=8, population=24),
    ],
    ids=["pps", "clusters", "unequal clusters"],
)
def test_nothing_found_claims_no_certainty(weighting: Weighting, marks: str) -> None:
    """The bound is wider than that of a simple sample of the size."""
    share = estimate_weighted(weighting, seen(marks))
    hits = marks.count("+")
    simple = estimate([StratumCount(stratum="a", population=24, sampled=6, hits=hits)])

    assert share.estimate == simple.estimate
    assert share.lower <= simple.lower
    assert share.upper >= simple.upper
    assert "zero_event" in share.method


def test_nothing_found_by_hand() -> None:
    """Smallest chance 1/8: log(0.025) / log(7/8) = 27.6 units of 100."""
    share = estimate_weighted(chances("1/2", "1/8", population=100), seen("--"))

    assert float(share.upper) == pytest.approx(0.27626, abs=1e-5)


def test_certain_units_miss_nothing() -> None:
    """Where all had the chance 1 but some were not met, what is left is unseen."""
    weighting = chances("1", "1", population=4)

    assert estimate_weighted(weighting, seen("--")).upper == 0


def test_a_stratum_with_one_uncertain_unit_is_measured_from_the_share() -> None:
    """It has no spread of its own, and no degree of freedom."""
    weighting = chances("1", "1", "1/3", population=5)

    share = estimate_weighted(weighting, seen("+--"))

    assert (share.lower, share.upper) == (Fraction(1, 5), 1 - Fraction(2, 5))


def test_capped_groups_cost_what_the_first_phase_left_out() -> None:
    """The same sample with and without units left out by the cap."""

    def capped(first: Fraction, population: int) -> Weighting:
        return Weighting(
            kind="capped",
            population=population,
            chances={
                n: Chance(probability=first / 2, stratum="all") for n in range(1, 21)
            },
            drawn={"all": 20},
            second={"all": Fraction(1, 2)},
        )

    marks = seen("++++++++------------")
    whole = estimate_weighted(capped(Fraction(1), 40), marks)
    half = estimate_weighted(capped(Fraction(1, 2), 80), marks)

    assert half.lower < whole.lower < whole.upper < half.upper
    assert whole.method == half.method == "two_phase_korn_graubard"


def test_a_capped_stratum_with_one_unit_is_measured_from_the_share() -> None:
    weighting = Weighting(
        kind="capped",
        population=20,
        chances={
            1: Chance(probability=Fraction(1, 4), stratum="a"),
            2: Chance(probability=Fraction(1, 4), stratum="b"),
            3: Chance(probability=Fraction(1, 4), stratum="b"),
        },
        drawn={"a": 1, "b": 2},
        second={"a": Fraction(1, 2), "b": Fraction(1, 2)},
    )

    share = estimate_weighted(weighting, seen("+-+"))

    assert 0 <= share.lower < share.estimate == Fraction(2, 3) < share.upper <= 1


def test_a_question_for_some_gives_shares_only() -> None:
    """It is not known to how many units of the frame it applies."""
    weighting = chances(*["1/4"] * 12, population=48)

    share = estimate_weighted(weighting, seen("++++----oooo"))

    assert share.estimate == Fraction(1, 2)
    assert (share.lower_count, share.upper_count) == (None, None)
    assert (share.n, share.population) == (8, 44)
    assert "domain" in share.notes


def test_what_gives_no_estimate_is_refused() -> None:
    weighting = chances("1/2", "1/2", population=4)
    with pytest.raises(NothingAppliesError):
        estimate_weighted(weighting, seen("oo"))
    with pytest.raises(StratumNotAuditedError):
        estimate_weighted(weighting, [])
    with pytest.raises(TooFewClustersError):
        estimate_weighted(clusters(2, 2, every=4, population=8), [])
    with pytest.raises(ValueError, match="not 0 < level < 1"):
        estimate_weighted(weighting, seen("+-"), level=Fraction(1))


def test_a_stratum_that_gave_nothing_leaves_the_whole_unspoken_of() -> None:
    """Its cases are in the frame, and no drawn case stands for them."""
    weighting = replace(
        chances("1/2", "1/2", population=14), drawn={"all": 2, "other": 0}
    )

    with pytest.raises(StratumNotAuditedError):
        estimate_weighted(weighting, seen("+-"))


def test_a_stratum_that_the_cap_left_nothing_of_is_spoken_of() -> None:
    """Its groups' cases in other strata count for them too."""
    capped = Weighting(
        kind="capped",
        population=8,
        chances={
            n: Chance(probability=Fraction(1, 4), stratum="all") for n in range(1, 3)
        },
        drawn={"all": 2, "other": 0},
        second={"all": Fraction(1, 2)},
    )

    assert estimate_weighted(capped, seen("+-")).estimate == Fraction(1, 2)
    open_ended = replace(capped, second={**capped.second, "other": Fraction(0)})
    with pytest.raises(StratumNotAuditedError):
        estimate_weighted(open_ended, seen("+-"))


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 9), st.sampled_from("+-o")), min_size=2, max_size=12
    )
)
def test_bounds_hold_the_share_and_stay_within_everything(
    units: list[tuple[int, str]],
) -> None:
    """0 <= lower <= estimate <= upper <= 1, and what was seen is never denied."""
    weighting = chances(*(f"{size}/10" for size, _ in units), population=60)
    marks = "".join(mark for _, mark in units)
    if set(marks) == {"o"}:
        return

    share = estimate_weighted(weighting, seen(marks))

    assert 0 <= share.lower <= share.estimate <= share.upper <= 1
    assert share.lower * share.population <= share.hits or share.hits
    assert share.upper >= Fraction(share.hits, share.population)


def test_a_stratum_of_certain_units_adds_no_variance() -> None:
    """What all of it showed is known; the others alone are uncertain."""
    mixed = Weighting(
        kind="pps",
        population=14,
        chances={
            **{n: Chance(probability=Fraction(1), stratum="a") for n in (1, 2)},
            **{n: Chance(probability=Fraction(1, 3), stratum="b") for n in range(3, 7)},
        },
        drawn={"a": 2, "b": 4},
    )

    share = estimate_weighted(mixed, seen("+-++--"))

    assert share.estimate == Fraction(1, 2)
    assert share.lower < share.estimate < share.upper


def test_a_unit_the_frame_should_not_have_held_is_in_the_sample_and_outside() -> None:
    """4 of 20 drawn, one of them no case at all: the question applies to 3."""
    weighting = chances(*["1/5"] * 4, population=20)

    told = estimate_weighted(replace(weighting, outside=frozenset({4})), seen("+--"))

    assert told == estimate_weighted(weighting, seen("+--o"))
    assert told.population == 19
