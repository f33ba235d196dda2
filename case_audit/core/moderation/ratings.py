"""Grades that several people gave to the same things, and what is counted of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from math import lcm
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

TWO = 2
"""Grades that make a pair: what fewer say of agreement is nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """One grade that one person gave.

    Attributes:
        unit: The case.
        rater: Who gave it, or in which part: ``first``, ``second``, ``agreed``.
        grade: Its place on the scale, 0 for the best.
        criterion: What was graded; empty for the case as a whole.
    """

    unit: str
    rater: str
    grade: int
    criterion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something graded: a case as a whole, or one criterion of a case.

    Attributes:
        unit: The case.
        criterion: The criterion, or empty.
        grades: Places on the scale by rater; at least one.
    """

    unit: str
    criterion: str
    grades: Mapping[str, int]

    @property
    def paired(self) -> bool:
        """Whether two or more people graded it."""
        return len(self.grades) >= TWO


def items_of(ratings: Iterable[Rating], *, grades: int) -> tuple[Item, ...]:
    """Return what was graded, in the order it first appears.

    Args:
        ratings: In any order.
        grades: How many grades the scale has, at least two.

    Raises:
        ValueError: If the scale has fewer than two grades, a place is not on it,
            or one person graded the same thing twice.
    """
    if grades < TWO:
        msg = f"a scale of {grades}"
        raise ValueError(msg)
    found: dict[tuple[str, str], dict[str, int]] = {}
    for rating in ratings:
        given = found.setdefault((rating.unit, rating.criterion), {})
        if not 0 <= rating.grade < grades or rating.rater in given:
            msg = f"a place off the scale or a second grade: {rating.grade} of {grades}"
            raise ValueError(msg)
        given[rating.rater] = rating.grade
    return tuple(
        Item(unit=unit, criterion=criterion, grades=given)
        for (unit, criterion), given in found.items()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Sums over items from which every coefficient follows.

    All numbers are whole: what has a divisor is multiplied by ``scale``. Tables
    are square, row by row, with one row for each grade.

    Attributes:
        grades: Grades on the scale, q.
        scale: What the last four sums are multiplied by.
        pairs: Ordered pairs of grades of one item; twice each pair of people.
        table: First person's grade by second person's, for the two that are named.
        items: Items with a grade.
        paired: Items with two or more.
        coincidences: Krippendorff's table: each item's pairs over ``r - 1``.
        agreements: Each item's pairs over ``r * (r - 1)``.
        shares: Share of an item's grades that are each grade.
    """

    grades: int
    scale: int
    pairs: tuple[int, ...]
    table: tuple[int, ...]
    items: int
    paired: int
    coincidences: tuple[int, ...]
    agreements: tuple[int, ...]
    shares: tuple[int, ...]

    @property
    def alike(self) -> bool:
        """Whether at most one grade was given in all pairs."""
        q = self.grades
        return sum(1 for k in range(q) if any(self.pairs[k * q : k * q + q])) <= 1


def scale_of(items: Iterable[Item]) -> int:
    """Return a number that makes every share of these items whole."""
    sizes = {len(item.grades) for item in items}
    return lcm(*(r * max(r - 1, 1) for r in sizes))


def vector(
    item: Item, *, grades: int, scale: int, first: str, second: str
) -> tuple[int, ...]:
    """Return an item's part of every sum, in one row that can be added up.

    Args:
        item: What was graded.
        grades: Grades on the scale.
        scale: A multiple of :func:`scale_of`.
        first: The first of the two people compared; may be nobody.
        second: The second.
    """
    counts = Counter(item.grades.values())
    r = len(item.grades)
    places = range(grades)
    pairs = [counts[c] * (counts[k] - (c == k)) for c in places for k in places]
    table = [0] * grades**2
    if first in item.grades and second in item.grades:
        table[item.grades[first] * grades + item.grades[second]] = 1
    over = max(r - 1, 1)
    return (
        1,
        int(item.paired),
        *pairs,
        *table,
        *(n * scale // over for n in pairs),
        *(n * scale // (r * over) for n in pairs),
        *(counts[k] * scale // r for k in places),
    )


def tally(sums: Sequence[int], *, grades: int, scale: int) -> Tally:
    """Return the sums of rows of :func:`vector` by name."""
    square = grades**2
    cuts = [2 + square * n for n in range(5)]
    pairs, table, coincidences, agreements = (
        tuple(sums[low:high]) for low, high in pairwise(cuts)
    )
    return Tally(
        grades=grades,
        scale=scale,
        items=sums[0],
        paired=sums[1],
        pairs=pairs,
        table=table,
        coincidences=coincidences,
        agreements=agreements,
        shares=tuple(sums[cuts[-1] :]),
    )
