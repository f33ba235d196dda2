"""Tests that use an order."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from case_audit.core.estimates.ordered import cochran_armitage, rank_sum
from case_audit.core.normal import two_sided

REFERENCE: dict[str, Any] = json.loads(
    Path(__file__).with_name("reference_change.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("row", REFERENCE["trend"])
def test_trend_as_r_computes_it(row: list[Any]) -> None:
    """Fleiss's smokers among them; the square of z is R's chi squared."""
    hits, sizes, scores, square, p_value = row

    found = cochran_armitage(list(zip(hits, sizes, strict=True)), scores=scores)

    assert found.z**2 == pytest.approx(square, rel=1e-9)
    assert two_sided(found.z) == pytest.approx(p_value, rel=1e-9)
    if not found.exact:
        assert float(found.p_value) == pytest.approx(p_value, rel=1e-9)


def test_exact_trend_counts_every_way_the_hits_could_fall() -> None:
    """All ways to give 4 hits to 10 cases in rounds of 3, 3 and 4."""
    where = [0, 0, 0, 1, 1, 1, 2, 2, 2, 2]
    centre = Fraction(4 * sum(where), 10)
    falls = [sum(where[c] for c in way) for way in combinations(range(10), 4)]

    found = cochran_armitage([(0, 3), (1, 3), (3, 4)])

    as_far = sum(abs(fall - centre) >= abs(7 - centre) for fall in falls)
    assert found.exact
    assert found.p_value == Fraction(as_far, len(falls))
    assert found.z > 0


@pytest.mark.parametrize("hits", [0, 5])
def test_no_trend_where_nothing_varies(hits: int) -> None:
    found = cochran_armitage([(hits, 5), (hits, 5)])

    assert (found.z, found.p_value) == (0.0, Fraction(1))


@pytest.mark.parametrize(
    ("rounds", "scores"),
    [
        ([(1, 5)], ()),
        ([(1, 5), (0, 0)], ()),
        ([(6, 5), (1, 5)], ()),
        ([(1, 5), (1, 5)], (1, 2, 3)),
    ],
)
def test_what_is_no_series_is_refused(
    rounds: list[tuple[int, int]], scores: tuple[int, ...]
) -> None:
    with pytest.raises(ValueError, match="no rounds to test"):
        cochran_armitage(rounds, scores=scores)


@pytest.mark.parametrize("row", REFERENCE["rank_sum"])
def test_grades_of_two_groups_as_r_compares_them(row: list[Any]) -> None:
    """Wilcoxon with ties and continuity correction."""
    first, second, p_value = row

    found = rank_sum(first, second)

    assert two_sided(found.z) == pytest.approx(p_value, rel=1e-9)
    assert found.exact


def test_exact_rank_test_counts_every_way_the_grades_could_fall() -> None:
    """All ways to choose the second group's 4 of 9 cases; places 0 is best."""
    places = [0, 0, 1, 1, 1, 2, 2, 3, 3]

    def won(chosen: tuple[int, ...]) -> Fraction:
        rest = [c for c in range(9) if c not in chosen]
        return sum(
            (
                Fraction(places[a] < places[b]) + Fraction(places[a] == places[b], 2)
                for a in chosen
                for b in rest
            ),
            Fraction(0),
        )

    every = [won(way) for way in combinations(range(9), 4)]
    seen = won((0, 1, 2, 5))

    found = rank_sum([0, 2, 1, 2], [2, 1, 1, 0])

    assert found.p_value == Fraction(
        sum(abs(w - 10) >= abs(seen - 10) for w in every), len(every)
    )
    assert found.superiority == seen / 20
    assert found.z > 0


def test_large_groups_take_the_normal_curve() -> None:
    found = rank_sum([90, 80, 70, 60], [100, 90, 60, 50])

    assert not found.exact
    assert float(found.p_value) == pytest.approx(two_sided(found.z), rel=1e-12)


def test_one_grade_only_shows_nothing() -> None:
    found = rank_sum([0, 5, 0], [0, 4, 0])

    assert (found.z, found.p_value) == (0.0, Fraction(1))
    assert found.superiority == Fraction(1, 2)


@pytest.mark.parametrize(
    ("first", "second"), [([1], [0]), ([0], [1]), ([1, 2], [1]), ([2, -1], [1, 1])]
)
def test_what_are_no_two_groups_is_refused(first: list[int], second: list[int]) -> None:
    with pytest.raises(ValueError, match="groups of"):
        rank_sum(first, second)
