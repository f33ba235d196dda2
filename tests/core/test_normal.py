"""The normal distribution and Wilson's interval."""

from __future__ import annotations

from fractions import Fraction

import pytest

from case_audit.core.normal import two_sided, wilson, z_of


def test_z() -> None:
    assert z_of(Fraction(95, 100)) == pytest.approx(1.959963984540054, rel=1e-12)
    assert two_sided(-1.959963984540054) == pytest.approx(0.05, rel=1e-9)


@pytest.mark.parametrize(
    ("hits", "n", "lower", "upper"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_published_examples(hits: int, n: int, lower: float, upper: float) -> None:
    """R. G. Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3."""
    found = wilson(hits / n, n, z_of(Fraction(95, 100)))

    assert [round(float(bound), 4) for bound in found] == [lower, upper]


def test_all_and_nothing_reach_the_ends() -> None:
    assert wilson(0.0, 7, 2.0)[0] == 0
    assert wilson(1.0, 7, 2.0)[1] == 1


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_bounds_solve_the_score_equation(share: float) -> None:
    for bound in map(float, wilson(share, 12.5, 1.7)):
        distance = abs(share - bound)
        assert distance == pytest.approx(
            1.7 * (bound * (1 - bound) / 12.5) ** 0.5, rel=1e-12
        )
