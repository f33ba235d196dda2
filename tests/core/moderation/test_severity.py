"""Who grades more severely than others on the same cases."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from case_audit.core.moderation.ratings import Rating
from case_audit.core.moderation.severity import severities, sign_test


def test_worked_example() -> None:
    """By hand: C is one step worse than the mean of A and B on two cases of three.

    Case 1: A 0, B 0, C 1: A -1/2, B -1/2, C 1. Case 2: A 1, B 2, C 3: A -3/2, B 0,
    C 3/2. Case 3: B 1, C 1. Case 4: only A.
    """
    given = [
        Rating(unit=unit, rater=rater, grade=grade)
        for unit, rater, grade in [
            *(("1", "A", 0), ("1", "B", 0), ("1", "C", 1)),
            *(("2", "A", 1), ("2", "B", 2), ("2", "C", 3)),
            *(("3", "B", 1), ("3", "C", 1), ("4", "A", 3)),
        ]
    ]

    a, b, c = severities(given, grades=4)

    assert [s.rater for s in (a, b, c)] == ["A", "B", "C"]
    assert (a.index, a.n, a.harsher, a.milder) == (Fraction(-1), 2, 0, 2)
    assert (b.index, b.n, b.harsher, b.milder) == (Fraction(-1, 6), 3, 0, 1)
    assert (c.index, c.n, c.harsher, c.milder) == (Fraction(5, 6), 3, 2, 0)
    assert [s.p_value for s in (a, b, c)] == [
        Fraction(1, 2),
        Fraction(1),
        Fraction(1, 2),
    ]
    assert c.lower == 0
    assert c.upper == Fraction(3, 2)


def test_criteria_of_a_case_stay_together() -> None:
    """Signs are counted by case: five criteria of one case are one case."""
    given = [
        Rating(unit="1", rater=rater, grade=grade, criterion=str(criterion))
        for criterion in range(5)
        for rater, grade in (("A", 1), ("B", 2))
    ]

    a, b = severities(given, grades=4, replicates=50)

    assert (a.n, a.cases, a.milder, a.index) == (5, 1, 1, Fraction(-1))
    assert (b.harsher, b.p_value) == (1, Fraction(1))
    assert (a.lower, a.upper) == (None, None)


@pytest.mark.parametrize("n", range(9))
def test_sign_test_counts_every_division(n: int) -> None:
    """Over all 2**n ways: those at least as far from even."""
    every = [sum(way) for way in product((0, 1), repeat=n)]
    for one in range(n + 1):
        as_far = sum(1 for k in every if abs(2 * k - n) >= abs(2 * one - n))

        assert sign_test(one, n - one) == Fraction(as_far, 2**n)
