"""Resampling of cases, and words for what it shows."""

from __future__ import annotations

from fractions import Fraction
from hashlib import sha256
from itertools import islice, product

import pytest

from case_audit.core.moderation.benchmark import apart, band, worst
from case_audit.core.moderation.bootstrap import resamples, spread_of, stream

LEVEL = Fraction(95, 100)


def test_the_stream_can_be_computed_by_hand() -> None:
    """``printf '%s' "seed:1" | sha256sum``, cut into four numbers."""
    second = sha256(b"seed:1").hexdigest()

    found = list(islice(stream("seed"), 8))

    assert found[4:] == [int(second[at : at + 16], 16) for at in range(0, 64, 16)]


def test_resamples_are_sums_of_as_many_rows() -> None:
    """The number x of the stream picks row x * n / 2**64, rounded down."""
    rows = [(1, 0, 70_000), (0, 1, 5), (0, 0, 0)]
    numbers = stream("s")

    for sums in resamples(rows, seed="s", replicates=50):
        picks = [rows[next(numbers) * 3 // 2**64] for _ in range(3)]
        assert sums == tuple(map(sum, zip(*picks, strict=True)))


def test_every_resample_is_as_likely() -> None:
    """Of two rows: both first 1/4, one each 1/2, both second 1/4; 4,000 draws."""
    found = [sums[0] for sums in resamples([(0,), (1,)], seed="x", replicates=4000)]
    exact = [sum(pick) for pick in product((0, 1), repeat=2)]

    for total in (0, 1, 2):
        assert found.count(total) / 4000 == pytest.approx(
            exact.count(total) / 4, abs=0.025
        )


def test_bounds_are_values_in_their_order() -> None:
    """Of 39 values at 95% the first and the last; deviation by hand."""
    seen = spread_of([Fraction(n) for n in reversed(range(39))], level=LEVEL)

    assert seen.usable == 39
    assert seen.lower == 0
    assert seen.upper == 38
    assert seen.error == pytest.approx((39 * 40 / 12) ** 0.5, rel=1e-12)


@pytest.mark.parametrize(
    "values",
    [
        [Fraction(1)] * 100,
        [Fraction(n) for n in range(38)],
        [*(Fraction(n) for n in range(80)), *[None] * 20],
        [],
    ],
    ids=["no spread", "too few for the level", "too many not estimable", "none"],
)
def test_no_interval_where_resampling_cannot_tell(
    values: list[Fraction | None],
) -> None:
    seen = spread_of(values, level=LEVEL)

    assert (seen.lower, seen.upper, seen.error) == (None, None, None)


@pytest.mark.parametrize(
    ("value", "error", "word"),
    [
        (0.775, 0.143, "moderate"),
        (0.95, 0.01, "almost perfect"),
        (0.81, 0.02, "substantial"),
        (0.3, 0.01, "fair"),
        (0.3, 0.09, "slight"),
        (0.1, 0.3, "poor"),
        (-0.4, 0.1, "poor"),
    ],
)
def test_a_word_has_to_be_earned(value: float, error: float, word: str) -> None:
    """The first is published: .775 with .143 is moderate, though it looks more.

    The others: more than 1.645 errors from the lower end of the band.
    """
    assert band(value, error) == word


def test_words_have_an_order() -> None:
    assert worst("moderate", "poor", "fair") == "poor"
    assert apart("moderate", "almost perfect") == 2
