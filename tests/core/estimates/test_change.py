"""A share in two rounds: against other programs, by hand, and over every sample."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import combinations, product
from math import comb
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_audit.core.estimates.change import change, change_of_shares
from case_audit.core.estimates.families import holm
from case_audit.core.estimates.groups import GroupCount, compare_group
from case_audit.core.estimates.paired import Pairs, change_of_pairs, mcnemar
from case_audit.core.estimates.share import estimate
from case_audit.core.estimates.stratified import StratumCount
from case_audit.core.estimates.two_shares import fisher_mid_p
from case_audit.errors import NothingAppliesError, StratumNotAuditedError

if TYPE_CHECKING:
    from case_audit.core.estimates.change import Change

REFERENCE: dict[str, Any] = json.loads(
    Path(__file__).with_name("reference_change.json").read_text(encoding="utf-8")
)
ENDLESS = 10**15


def counts(*rows: tuple[int, ...]) -> list[StratumCount]:
    """Strata from population, sampled, hits and, where given, outside."""
    return [
        StratumCount(
            stratum=str(place),
            population=row[0],
            sampled=row[1],
            hits=row[2],
            outside=row[3] if len(row) > 3 else 0,
        )
        for place, row in enumerate(rows)
    ]


def bounds(found: Change) -> list[float]:
    return [float(found.lower), float(found.upper)]


@pytest.mark.parametrize("row", REFERENCE["newcombe"])
def test_newcombes_interval(row: list[Any]) -> None:
    """Published examples, zero cells among them, and statsmodels to 9 digits."""
    x1, n1, x2, n2, *known = row

    found = change(counts((ENDLESS, n1, x1)), counts((ENDLESS, n2, x2)))

    assert bounds(found) == pytest.approx(known, rel=1e-9, abs=1e-12)
    assert (found.method, found.test) == ("newcombe", "fisher_mid_p")
    assert "finite_frame" not in found.notes


@pytest.mark.parametrize("row", REFERENCE["finite"])
def test_the_interval_allows_for_the_finite_frame(row: list[Any]) -> None:
    x1, n1, big1, x2, n2, big2, *known = row

    found = change(counts((big1, n1, x1)), counts((big2, n2, x2)))

    assert bounds(found) == pytest.approx(known, rel=1e-9, abs=1e-12)
    assert "finite_frame" in found.notes


@pytest.mark.parametrize("row", REFERENCE["fisher_mid_p"])
def test_fishers_mid_p(row: list[Any]) -> None:
    x1, n1, x2, n2, known = row

    found = change(counts((ENDLESS, n1, x1)), counts((ENDLESS, n2, x2)))

    assert found.p_value is not None
    assert float(found.p_value) == pytest.approx(known, rel=1e-9)


def test_mid_p_counts_every_way_the_hits_could_fall() -> None:
    """All samples of 3 and 4 from 7 cases, for every number of hits."""
    for hits in range(8):
        falls = [
            sum(case < 3 for case in chosen) for chosen in combinations(range(7), hits)
        ]
        for seen in set(falls):
            as_likely = [k for k in set(falls) if falls.count(k) == falls.count(seen)]
            rarer = sum(falls.count(k) < falls.count(seen) for k in falls)
            known = Fraction(
                2 * rarer + sum(falls.count(k) for k in as_likely), 2 * len(falls)
            )

            assert fisher_mid_p(hits=(seen, hits - seen), sizes=(3, 4)) == known


@given(st.data(), st.integers(0, 60), st.integers(0, 60))
def test_fishers_mid_p_counts_every_way(
    data: st.DataObject, one: int, two: int
) -> None:
    """As each way is counted by itself; samples may be empty, hits may be all."""
    hits = data.draw(st.integers(0, one)), data.draw(st.integers(0, two))
    total = sum(hits)
    ways = [comb(one, k) * comb(two, total - k) for k in range(total + 1)]
    seen = ways[hits[0]]
    rarer = 2 * sum(n for n in ways if n < seen)

    known = Fraction(rarer + sum(n for n in ways if n == seen), 2 * sum(ways))

    assert fisher_mid_p(hits=hits, sizes=(one, two)) == known


@pytest.mark.parametrize("row", REFERENCE["strata"])
def test_strata_as_r_survey_tests_them(row: list[Any]) -> None:
    first, second, before, after, p_value = row

    found = change(counts(*first), counts(*second))

    assert float(found.first) == pytest.approx(before, rel=1e-9)
    assert float(found.second) == pytest.approx(after, rel=1e-9)
    assert found.p_value is not None
    assert float(found.p_value) == pytest.approx(p_value, rel=1e-9)
    assert (found.method, found.test) == ("combined", "t")
    assert found.lower < found.difference < found.upper


def test_strata_combine_the_printed_intervals() -> None:
    """By hand from both shares: sqrt((p2 - l2)^2 + (u1 - p1)^2) below the difference."""
    first = counts((120, 20, 9), (80, 10, 4))
    second = counts((110, 20, 14), (90, 12, 7))
    one, two = estimate(first), estimate(second)

    found = change(first, second)

    below = (two.estimate - two.lower) ** 2 + (one.upper - one.estimate) ** 2
    above = (two.upper - two.estimate) ** 2 + (one.estimate - one.lower) ** 2
    d = float(two.estimate - one.estimate)
    assert bounds(found) == pytest.approx(
        [d - float(below) ** 0.5, d + float(above) ** 0.5], rel=1e-12
    )
    shares = change_of_shares(one, two)
    assert (shares.lower, shares.upper) == (found.lower, found.upper)
    assert (shares.p_value, shares.test, shares.notes) == (None, "", ("no_test",))


def test_two_shares_of_any_design_with_their_variances() -> None:
    """t = 0.2 / sqrt(0.01) = 2 on 10 degrees: p = 0.0733880348."""
    one = estimate(counts((100, 20, 10)))
    two = estimate(counts((100, 20, 14)))

    found = change_of_shares(
        one, two, variances=(Fraction(4, 1000), Fraction(6, 1000)), df=10
    )

    assert found.p_value is not None
    assert float(found.p_value) == pytest.approx(0.07338803477074, rel=1e-9)
    assert found.test == "t"


def test_shares_at_different_levels_are_not_compared() -> None:
    one = estimate(counts((100, 20, 10)))
    two = estimate(counts((100, 20, 10)), level=Fraction(9, 10))

    with pytest.raises(ValueError, match="levels"):
        change_of_shares(one, two)


def test_two_censuses_leave_nothing_to_chance() -> None:
    found = change(counts((10, 10, 4)), counts((8, 8, 6)))

    assert found.lower == found.upper == found.difference == Fraction(7, 20)
    assert (found.method, found.test, found.p_value) == ("census", "", None)
    assert found.clear
    shares = [estimate(counts(row)) for row in ((10, 10, 4), (8, 8, 6))]
    assert change_of_shares(*shares).method == "census"


def test_one_census_is_known_and_the_other_is_not() -> None:
    """The later frame's share of 3/4 has no bounds of its own."""
    found = change(counts((100, 20, 10)), counts((8, 8, 6)))

    assert found.method == "newcombe"
    assert found.lower < Fraction(1, 4) < found.upper


def test_nothing_found_in_strata_has_bounds_and_no_test() -> None:
    """A variance of 0 would claim certainty; the zero-event bounds do not."""
    found = change(counts((60, 10, 0), (40, 10, 0)), counts((60, 10, 0), (40, 10, 0)))

    assert found.lower < 0 < found.upper
    assert found.lower == -found.upper
    assert (found.p_value, found.test, found.notes) == (None, "", ("no_test",))
    assert not found.clear


def test_more_than_chance_needs_interval_and_test() -> None:
    """Of 30 of 45 cases: the interval leaves out 0, the test is not sure."""
    sure = change(counts((300, 30, 9)), counts((300, 30, 22)))
    unsure = change(counts((45, 30, 12)), counts((45, 30, 18)))

    assert sure.clear
    assert unsure.lower > 0
    assert unsure.p_value is not None
    assert unsure.p_value > Fraction(5, 100)
    assert not unsure.clear


def test_few_cases_are_told() -> None:
    few = change(counts((300, 9, 4)), counts((3000, 30, 12)))
    fewest = change(counts((3000, 30, 12)), counts((300, 4, 4)))

    assert few.notes == ("few",)
    assert fewest.notes == ("few", "counts_only")


def test_cases_outside_the_question_lend_no_certainty() -> None:
    """Ten of 20 outside: as wide as ten of a frame of which the same part was read."""
    found = change(counts((100, 20, 5, 10)), counts((100, 20, 8, 10)))

    whole = change(counts((100, 20, 10)), counts((100, 20, 16)))
    assert found.n == (10, 10)
    assert found.upper - found.lower > whole.upper - whole.lower


def test_what_gives_no_share_gives_no_change() -> None:
    good = counts((100, 20, 10))

    with pytest.raises(StratumNotAuditedError):
        change(good, counts((100, 0, 0)))
    with pytest.raises(NothingAppliesError):
        change(counts((100, 3, 0, 3)), good)


def test_coverage_over_every_sample_of_small_frames() -> None:
    """Frames of 16 and 12, 6 drawn of either, every pair of truths counted.

    Over all pairs 95.9% are covered on average. It is no exact interval: of so few
    cases the least favourable pair is covered in 81%.
    """
    covered = {}
    found = {
        (x, y): change(counts((16, 6, x)), counts((12, 6, y)))
        for x, y in product(range(7), repeat=2)
    }
    for m1, m2 in product(range(17), range(13)):
        truth = Fraction(m2, 12) - Fraction(m1, 16)
        covered[m1, m2] = sum(
            Fraction(comb(m1, x) * comb(16 - m1, 6 - x), comb(16, 6))
            * Fraction(comb(m2, y) * comb(12 - m2, 6 - y), comb(12, 6))
            for (x, y), one in found.items()
            if one.lower <= truth <= one.upper
        )

    assert min(covered.values()) == Fraction(13, 16)
    assert float(sum(covered.values()) / len(covered)) == pytest.approx(
        0.9585, abs=1e-4
    )


@pytest.mark.parametrize("row", REFERENCE["paired"])
def test_newcombes_paired_interval(row: list[int]) -> None:
    both, improved, worsened, neither, *known = row
    pairs = Pairs(both=both, improved=improved, worsened=worsened, neither=neither)

    found = change_of_pairs(pairs)

    assert bounds(found) == pytest.approx(known, rel=1e-9, abs=1e-12)
    assert found.difference == Fraction(improved - worsened, pairs.n)
    assert (found.method, found.test) == ("newcombe_paired", "mcnemar_exact")


@pytest.mark.parametrize("row", REFERENCE["mcnemar"])
def test_mcnemars_test(row: list[Any]) -> None:
    improved, worsened, known = row

    assert float(mcnemar(improved, worsened)) == pytest.approx(known, rel=1e-9)


def test_mcnemar_counts_every_way_the_changed_cases_could_go() -> None:
    for n in range(8):
        ways = [sum(way) for way in product((0, 1), repeat=n)]
        for up in range(n + 1):
            as_far = sum(abs(2 * k - n) >= abs(2 * up - n) for k in ways)

            assert mcnemar(up, n - up) == Fraction(as_far, len(ways))


@pytest.mark.parametrize("wrong", [(-1, 1, 1, 1), (0, 0, 0, 0)])
def test_impossible_pairs_are_refused(wrong: tuple[int, int, int, int]) -> None:
    both, improved, worsened, neither = wrong
    with pytest.raises(ValueError, match="or none"):
        Pairs(both=both, improved=improved, worsened=worsened, neither=neither)


def test_holm() -> None:
    given, known = REFERENCE["holm"]

    found = holm([Fraction(p) for p in given])

    assert [float(p) for p in found if p is not None] == pytest.approx(known, rel=1e-9)
    assert holm([None, Fraction(9, 10), Fraction(8, 10)]) == (
        None,
        Fraction(1),
        Fraction(1),
    )


def groups(rows: list[list[int]]) -> list[GroupCount]:
    """Strata from population, sampled, group, hits, others, hits."""
    return [
        GroupCount(
            stratum=str(place),
            population=row[0],
            sampled=row[1],
            group=row[2],
            group_hits=row[3],
            others=row[4],
            others_hits=row[5],
        )
        for place, row in enumerate(rows)
    ]


def test_a_group_beside_the_others_as_r_survey_does() -> None:
    """Domains of one stratified sample, their covariance included."""
    rows, others, group, variance, p_value = REFERENCE["group"]

    found = compare_group(groups(rows))

    assert float(found.first) == pytest.approx(others, rel=1e-9)
    assert float(found.second) == pytest.approx(group, rel=1e-9)
    assert found.p_value is not None
    assert float(found.p_value) == pytest.approx(p_value, rel=1e-9)
    assert (found.method, found.test, found.n) == ("combined", "t", (27, 14))
    assert variance > 0


def test_a_group_in_one_stratum_is_compared_as_two_rounds_are() -> None:
    found = compare_group(groups([[300, 30, 8, 3, 22, 15]]))

    assert (found.method, found.test) == ("newcombe", "fisher_mid_p")
    assert found.difference == Fraction(3, 8) - Fraction(15, 22)
    assert found.notes == ("few", "finite_frame")


def test_a_group_of_few_is_counted_and_not_compared() -> None:
    """Single units of a stratum, and nothing found in either group, have no test."""
    found = compare_group(groups([[30, 6, 2, 0, 4, 0], [20, 1, 1, 0, 0, 0]]))

    assert found.notes == ("few", "counts_only", "no_test")
    assert found.p_value is None


def test_groups_larger_than_the_sample_are_refused() -> None:
    with pytest.raises(ValueError, match="3 and 4 of 6"):
        groups([[30, 6, 3, 0, 4, 0]])
