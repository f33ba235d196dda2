"""The one entry: which method answers, and what is said with it."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import ceil, comb, floor, prod
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_audit.core.estimates.hypergeometric import (
    LEVEL,
    domain_interval,
    exact_interval,
)
from case_audit.core.estimates.share import (
    CENSUS,
    DOMAIN,
    HYPERGEOMETRIC,
    HYPERGEOMETRIC_DOMAIN,
    INDICATIVE,
    KORN_GRAUBARD,
    SINGLETON,
    ZERO_EVENT,
    estimate,
    no_more_than,
)
from case_audit.core.estimates.stratified import StratumCount, korn_graubard
from case_audit.errors import NothingAppliesError, StratumNotAuditedError

if TYPE_CHECKING:
    from collections.abc import Sequence


def counts(*rows: tuple[int, ...]) -> list[StratumCount]:
    """Strata from population, sampled, hits and, where given, outside."""
    return [
        StratumCount(
            stratum=f"team {place}",
            population=row[0],
            sampled=row[1],
            hits=row[2],
            outside=row[3] if len(row) > 3 else 0,
        )
        for place, row in enumerate(rows)
    ]


@st.composite
def designs(draw: st.DrawFn) -> list[StratumCount]:
    """One to four strata, something audited in each, the question asked once."""
    rows = []
    for _ in range(draw(st.integers(1, 4))):
        population = draw(st.integers(1, 60))
        sampled = draw(st.integers(1, population))
        outside = draw(st.integers(0, sampled)) if draw(st.booleans()) else 0
        hits = draw(st.integers(0, sampled - outside))
        rows.append((population, sampled, hits, outside))
    strata = counts(*rows)
    return strata if any(s.asked for s in strata) else [*strata, *counts((9, 3, 1))]


def test_one_stratum_is_exact() -> None:
    """18 of 30 of 240: between 101 and 183 of the 240."""
    share = estimate(counts((240, 30, 18)))

    assert share.method == HYPERGEOMETRIC
    assert share.estimate == share.raw == Fraction(18, 30)
    assert (share.lower_count, share.upper_count) == (101, 183)
    assert (share.lower, share.upper) == (Fraction(101, 240), Fraction(183, 240))
    assert (share.hits, share.n, share.population) == (18, 30, 240)
    assert share.level == LEVEL
    assert share.notes == (INDICATIVE,)


def test_everybody_audited_has_no_sampling_error() -> None:
    """Nor is it called indicative, however few there are."""
    share = estimate(counts((5, 5, 2), (3, 3, 0, 2)))

    assert share.method == CENSUS
    assert share.estimate == share.lower == share.upper == Fraction(2, 6)
    assert (share.lower_count, share.upper_count, share.population) == (2, 2, 6)
    assert share.notes == ()


def test_several_strata() -> None:
    """Counts are rounded outwards, since the bounds are approximate."""
    strata = counts((900, 40, 21), (240, 20, 6), (420, 25, 12), (1300, 60, 22))
    share = estimate(strata)
    lower, upper = korn_graubard(strata, level=LEVEL)

    assert share.method == KORN_GRAUBARD
    assert (share.lower, share.upper) == (lower, upper)
    assert share.lower_count == floor(2860 * lower)
    assert share.upper_count == ceil(2860 * upper)
    assert share.estimate != share.raw
    assert share.notes == ()


def test_nothing_found_and_everything_found() -> None:
    """Where a variance of nought would claim certainty."""
    drawn = [(900, 20), (240, 20), (420, 20), (160, 10), (1300, 20)]
    none = estimate(counts(*((size, n, 0) for size, n in drawn)))
    whole = estimate(counts(*((size, n, n) for size, n in drawn)))

    assert none.method == whole.method == ZERO_EVENT
    assert (none.lower_count, none.upper_count) == (0, 217)
    assert (whole.lower_count, whole.upper_count) == (3020 - 217, 3020)


@pytest.mark.parametrize(("population", "sample", "most"), [(240, 30, 21), (45, 12, 8)])
def test_no_more_than(population: int, sample: int, most: int) -> None:
    """The sentence for a clean sample: 95% confident that no more than 21 are."""
    share = no_more_than(counts((population, sample, 0)))

    assert share.upper_count == most
    assert comb(population - most, sample) * 20 > comb(population, sample)
    assert comb(population - most - 1, sample) * 20 <= comb(population, sample)


def test_strata_in_full_are_added_as_known() -> None:
    """The exact interval of the rest, moved by what is known."""
    share = estimate(counts((100, 10, 4), (6, 6, 5), (3, 3, 0)))
    rest = exact_interval(population=100, sample=10, hits=4)

    assert share.method == HYPERGEOMETRIC
    assert share.lower_count == rest.lower_count + 5
    assert share.upper_count == rest.upper_count + 5
    assert share.estimate == Fraction(45, 109)


def test_nothing_found_but_in_strata_in_full() -> None:
    """Known hits are the lower bound; the unseen come on top."""
    share = estimate(counts((50, 10, 0), (40, 10, 0), (6, 6, 2)))
    alone = estimate(counts((50, 10, 0), (40, 10, 0)))

    assert share.method == ZERO_EVENT
    assert share.lower_count == 2
    assert alone.upper_count is not None
    assert share.upper_count == alone.upper_count + 2


def test_question_that_need_not_apply() -> None:
    """Nobody knows to how many units it applies, so no number of units is given."""
    strata = counts((240, 30, 12, 8))
    share = estimate(strata)

    assert share.method == HYPERGEOMETRIC_DOMAIN
    assert (share.lower, share.upper) == domain_interval(
        at_most=232, sample=22, hits=12
    )
    assert share.lower_count is None
    assert share.upper_count is None
    assert (share.n, share.population) == (22, 232)
    assert DOMAIN in share.notes


def test_question_that_happened_to_apply_to_all_met() -> None:
    """Units outside may still be among those not drawn."""
    share = estimate(counts((240, 30, 12)), applies_to_all=False)

    assert share.method == HYPERGEOMETRIC_DOMAIN
    assert (share.lower, share.upper) == domain_interval(
        at_most=240, sample=30, hits=12
    )


def test_domain_of_several_strata() -> None:
    """Weights are the units it seems to apply to: 50 and 10."""
    strata = counts((100, 10, 4, 5), (50, 10, 1, 8))
    share = estimate(strata)

    assert share.method == KORN_GRAUBARD
    assert share.estimate == Fraction(40 + 5, 60)
    assert (share.lower, share.upper) == korn_graubard(strata, level=LEVEL)
    assert share.lower_count is None
    assert DOMAIN in share.notes


def test_nothing_found_in_a_domain_of_several_strata() -> None:
    """The bound is a share of the units it seems to apply to, rounded up."""
    share = estimate(counts((100, 10, 0, 5), (51, 10, 0, 5), (30, 4, 0, 4)))
    expected = estimate(counts((50, 5, 0), (26, 5, 0)))

    assert share.method == ZERO_EVENT
    assert share.upper == expected.upper
    assert share.upper_count is None


def test_single_unit_is_told() -> None:
    """A stratum without a spread of its own makes the interval a guess."""
    share = estimate(counts((100, 20, 9), (20, 1, 1)))

    assert share.notes == (INDICATIVE, SINGLETON)


def test_single_unit_that_is_the_whole_stratum_is_known() -> None:
    """Read in full it needs no spread."""
    share = estimate(counts((100, 20, 9), (80, 20, 9), (1, 1, 1)))

    assert share.method == KORN_GRAUBARD
    assert SINGLETON not in share.notes


def test_single_unit_is_no_matter_where_nothing_was_found() -> None:
    """The exact bound estimates no spread."""
    share = estimate(counts((100, 20, 0), (20, 1, 0)))

    assert share.method == ZERO_EVENT
    assert SINGLETON not in share.notes


def test_thirty_points_are_wide() -> None:
    """The border belongs to the indicative side."""
    share = estimate(counts((20, 10, 1)))

    assert share.upper - share.lower == Fraction(3, 10)
    assert share.notes == (INDICATIVE,)


def test_few_audits_are_indicative() -> None:
    """Fewer than ten, even where the interval is narrow."""
    assert estimate(counts((10, 9, 9))).notes == (INDICATIVE,)
    assert estimate(counts((11, 10, 10))).notes == ()


def test_stratum_without_audits_gives_no_estimate() -> None:
    """What was not looked at cannot be estimated; the strata are named."""
    with pytest.raises(StratumNotAuditedError) as caught:
        estimate(counts((10, 4, 2), (8, 0, 0), (9, 0, 0)))

    assert caught.value.strata == ("team 1", "team 2")
    assert "2 of the strata" in str(caught.value)


def test_question_that_applied_nowhere_gives_no_estimate() -> None:
    """Nought of nought is not a share."""
    with pytest.raises(NothingAppliesError, match="none of the 7"):
        estimate(counts((10, 4, 0, 4), (8, 3, 0, 3)))


@pytest.mark.parametrize("level", [Fraction(0), Fraction(1), Fraction(95)])
def test_impossible_levels_are_refused(level: Fraction) -> None:
    """95 for 95% is the likely slip."""
    with pytest.raises(ValueError, match="level"):
        estimate(counts((10, 4, 2)), level=level)


def test_no_stratum_is_refused() -> None:
    """An empty frame has no share."""
    with pytest.raises(ValueError, match="no stratum"):
        estimate([])


@given(strata=designs(), applies=st.booleans())
def test_bounds_hold_the_estimate_and_what_was_seen(
    strata: list[StratumCount],
    applies: bool,  # noqa: FBT001
) -> None:
    """Whatever the method."""
    share = estimate(strata, applies_to_all=applies)

    assert 0 <= share.lower <= share.estimate <= share.upper <= 1
    misses = sum(s.misses for s in strata)
    assert share.lower >= Fraction(share.hits, share.population)
    assert share.upper <= 1 - Fraction(misses, share.population)
    if share.lower_count is not None and share.upper_count is not None:
        assert share.hits <= share.lower_count <= share.upper_count
        assert share.upper_count <= share.population - misses


@given(strata=designs())
def test_hits_and_misses_mirror_each_other(strata: list[StratumCount]) -> None:
    """60% good and 40% not good must be the same statement."""
    share = estimate(strata)
    other = estimate(
        counts(*((s.population, s.sampled, s.misses, s.outside) for s in strata))
    )

    assert share.method == other.method
    assert share.estimate == 1 - other.estimate
    assert float(share.lower) == pytest.approx(1 - float(other.upper), abs=1e-9)


@given(strata=designs(), applies=st.booleans())
def test_more_confidence_widens(
    strata: list[StratumCount],
    applies: bool,  # noqa: FBT001
) -> None:
    """Up to the tolerance of the union over population sizes."""
    narrow = estimate(strata, level=Fraction(8, 10), applies_to_all=applies)
    wide = estimate(strata, applies_to_all=applies)

    assert wide.lower <= narrow.lower + Fraction(1, 2000)
    assert narrow.upper <= wide.upper + Fraction(1, 2000)


def test_order_of_strata_does_not_matter() -> None:
    """A frame has no first stratum."""
    strata = counts((90, 12, 5), (24, 6, 1), (13, 4, 4), (8, 8, 3))

    assert estimate(strata) == estimate(strata[::-1])


def coverage(frame: Sequence[tuple[int, int, int]]) -> Fraction:
    """How often, over every sample, the interval covers the truth.

    Args:
        frame: Population, units with the property and units drawn, by stratum.
    """
    truth = Fraction(sum(m for _, m, _ in frame), sum(size for size, _, _ in frame))
    samples = prod(comb(size, n) for size, _, n in frame)
    covered = 0
    for hits in product(*(range(n + 1) for _, _, n in frame)):
        ways = prod(
            comb(m, k) * comb(size - m, n - k)
            for (size, m, n), k in zip(frame, hits, strict=True)
        )
        if not ways:
            continue
        rows = [(size, n, k) for (size, _, n), k in zip(frame, hits, strict=True)]
        share = estimate(counts(*rows))
        covered += ways * (share.lower <= truth <= share.upper)
    return Fraction(covered, samples)


@pytest.mark.parametrize(
    ("one", "other"), list(product([(1, 9), (3, 9), (6, 9)], [(0, 7), (2, 7), (5, 7)]))
)
def test_two_small_strata_are_covered(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    """Every sample of 5 of 9 and 4 of 7, counted: the approximation errs wide."""
    frame = [(one[1], one[0], 5), (other[1], other[0], 4)]

    assert coverage(frame) >= LEVEL


@pytest.mark.parametrize("having", range(13))
def test_strata_in_full_keep_the_coverage(having: int) -> None:
    """Exact for the rest, so exact for the whole."""
    assert coverage([(12, having, 4), (5, 2, 5)]) >= LEVEL
