"""How many cases each stratum gives."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_audit.core.sample.allocation import allocate_proportional, smallest_size

populations = st.dictionaries(
    st.sampled_from("abcdef"), st.integers(1, 60), min_size=1, max_size=6
)


def test_worked_example() -> None:
    """600, 600 and 200 cases: the seats of Webster's method for 10 and 11.

    Priorities N/1, N/3, N/5 ...: 600 600 200 200 200 120 120 85.7 85.7 66.7 66.7
    66.7 ...; the tenth and eleventh are taken at 66.7, by the larger stratum and
    the first name.
    """
    sizes = {"a": 600, "b": 600, "c": 200}

    assert allocate_proportional(sizes, size=10, minimum=0) == {"a": 5, "b": 4, "c": 1}
    assert allocate_proportional(sizes, size=11, minimum=0) == {"a": 5, "b": 5, "c": 1}


def test_a_small_stratum_gives_all_it_has() -> None:
    assert allocate_proportional({"a": 30, "b": 1}, size=6, minimum=2) == {
        "a": 5,
        "b": 1,
    }


@pytest.mark.parametrize("size", [2, 32])
def test_an_impossible_size_is_refused(size: int) -> None:
    with pytest.raises(ValueError, match="not between 3 and 31"):
        allocate_proportional({"a": 30, "b": 1}, size=size, minimum=2)


@given(sizes=populations, minimum=st.integers(0, 3), data=st.data())
def test_a_larger_sample_takes_nothing_back(
    sizes: dict[str, int], minimum: int, data: st.DataObject
) -> None:
    least = smallest_size(sizes, minimum=minimum)
    size = data.draw(st.integers(least, sum(sizes.values())))
    more = data.draw(st.integers(size, sum(sizes.values())))

    before = allocate_proportional(sizes, size=size, minimum=minimum)
    after = allocate_proportional(sizes, size=more, minimum=minimum)

    assert sum(before.values()) == size
    assert all(before[s] <= after[s] <= sizes[s] for s in sizes)
    assert all(before[s] >= min(minimum, sizes[s]) for s in sizes)


def test_no_other_allocation_is_nearer_to_proportion() -> None:
    """Webster minimises ``sum((n_h - q_h)**2 / q_h)``; checked over all of them."""
    sizes = {"a": 17, "b": 9, "c": 4}
    for size in range(31):
        found = allocate_proportional(sizes, size=size, minimum=0)

        def distance(counts: dict[str, int], size: int = size) -> Fraction:
            quotas = {s: Fraction(size * n, 30) for s, n in sizes.items()}
            return sum(
                ((counts[s] - q) ** 2 / q for s, q in quotas.items() if q),
                start=Fraction(0),
            )

        every = (
            dict(zip(sizes, counts, strict=True))
            for counts in product(*(range(n + 1) for n in sizes.values()))
            if sum(counts) == size
        )
        assert distance(found) == min(map(distance, every))
