"""Which words a share may be given."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from case_audit.core.estimates.share import estimate
from case_audit.core.estimates.stratified import StratumCount
from case_audit.core.selfassessment.claims import claim_of

if TYPE_CHECKING:
    from case_audit.core.estimates.share import Share


def share_of(hits: int, sample: int, population: int) -> Share:
    return estimate(
        [StratumCount(stratum="all", population=population, sampled=sample, hits=hits)]
    )


def test_without_an_estimate_nothing_is_claimed() -> None:
    claim = claim_of(None)

    assert (claim.rung, claim.words) == ("nothing", "")


def test_nine_cases_are_counted_and_ten_are_spoken_of() -> None:
    """Below ten cases a percentage, and a word for one, say more than is known."""
    assert claim_of(share_of(9, 9, 300)).rung == "counts"
    assert claim_of(share_of(9, 9, 300)).words == ""
    assert claim_of(share_of(10, 10, 300)).rung == "indicative"


def test_a_wide_interval_is_called_indicative() -> None:
    """18 of 30 of 300 is 42% to 76%: the word of the estimate (60%, many) is not said."""
    claim = claim_of(share_of(18, 30, 300))

    assert claim.rung == "indicative"
    assert claim.words == "some to many"


def test_one_word_only_where_it_holds_for_the_whole_interval() -> None:
    """700 of 1,000 of 100,000: 67% to 73%, all of it "many"."""
    claim = claim_of(share_of(700, 1000, 100_000))

    assert (claim.rung, claim.words) == ("plain", "many")


def test_two_words_where_the_interval_crosses_a_border() -> None:
    """80 of 100 of 1,000: 71% to 87%."""
    claim = claim_of(share_of(80, 100, 1000))

    assert (claim.rung, claim.words) == ("between", "many to most")


@pytest.mark.parametrize(
    ("hits", "words"),
    [(0, "none"), (1, "a very small number"), (30, "some"), (95, "almost all")],
)
def test_a_census_is_known(hits: int, words: str) -> None:
    claim = claim_of(share_of(hits, 100, 100))

    assert (claim.rung, claim.words) == ("known", words)


def test_only_a_census_can_say_all_or_none() -> None:
    """A hundred of a hundred drawn from a thousand leaves a few that were not seen."""
    assert claim_of(share_of(100, 100, 100)).words == "all"
    assert claim_of(share_of(100, 100, 1000)).words == "almost all"
    assert claim_of(share_of(0, 100, 1000)).words == "a very small number"


def test_the_word_never_comes_from_the_estimate_alone() -> None:
    """Equal shares, other samples: what is said depends on what the sample can bear."""
    shares = [share_of(6 * n, 10 * n, 100_000) for n in (1, 20, 900)]

    assert {s.estimate for s in shares} == {Fraction(6, 10)}
    assert [claim_of(s).words for s in shares] == [
        "a small number to most",
        "some to many",
        "some to many",
    ]
    assert [claim_of(s).rung for s in shares] == ["indicative", "between", "between"]
