"""How strata share a sample: equal, optimal, by quota, with certain cases."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from case_audit.core.sample.allocation import allocate, smallest_size
from case_audit.core.sample.model import Design
from case_audit.core.sample.rows import CERTAIN
from case_audit.errors import (
    QuotaError,
    QuotaRestError,
    QuotaTotalError,
    SampleTooLargeError,
    SampleTooSmallError,
    TooManyCertainError,
    UnknownStrataError,
)

SIZES = {"a": 17, "b": 9, "c": 4}
populations = st.dictionaries(
    st.sampled_from("abcdef"), st.integers(1, 40), min_size=1, max_size=6
)
shares = st.fractions(min_value=0, max_value=1, max_denominator=20)


def stratified(size: int, *, minimum: int = 0, **more: Any) -> Design:  # noqa: ANN401
    return Design(kind="stratified", strata=("s",), size=size, minimum=minimum, **more)


def test_equal_gives_each_stratum_the_same_and_shares_what_one_cannot_give() -> None:
    """12 of 17, 9 and 4: four each; 18: the 4 are used up, so 7 and 7."""
    assert allocate(SIZES, stratified(12, allocation="equal")) == {
        "a": 4, "b": 4, "c": 4,
    }  # fmt: skip
    assert allocate(SIZES, stratified(18, allocation="equal")) == {
        "a": 7, "b": 7, "c": 4,
    }  # fmt: skip


def test_equal_gives_the_odd_case_to_the_larger_stratum() -> None:
    assert allocate(SIZES, stratified(4, allocation="equal")) == {
        "a": 2, "b": 1, "c": 1,
    }  # fmt: skip


@settings(max_examples=30)
@given(p=st.lists(shares, min_size=3, max_size=3), size=st.integers(3, 30))
def test_no_allocation_has_a_smaller_variance_than_the_optimal_one(
    p: list[Fraction], size: int
) -> None:
    """Compared with every allocation of at least one case to each stratum.

    The variance of the estimated total is the sum of
    ``N_h**2 * p * (1 - p) / n_h``, less a part that does not depend on n_h.
    """
    expected = tuple(zip(SIZES, p, strict=True))
    design = stratified(size, minimum=1, allocation="neyman", expected=expected)

    def variance(counts: dict[str, int]) -> Fraction:
        return sum(
            (SIZES[s] ** 2 * q * (1 - q) / counts[s] for s, q in expected),
            start=Fraction(0),
        )

    every = (
        dict(zip(SIZES, counts, strict=True))
        for counts in product(*(range(1, n + 1) for n in SIZES.values()))
        if sum(counts) == size
    )
    assert variance(allocate(SIZES, design)) == min(map(variance, every))


def test_where_nothing_is_expected_the_share_is_one_half() -> None:
    half = tuple((s, Fraction(1, 2)) for s in SIZES)

    assert allocate(SIZES, stratified(10, allocation="neyman")) == allocate(
        SIZES, stratified(10, allocation="neyman", expected=half)
    )


def test_quotas_are_kept_and_the_others_share_the_rest() -> None:
    """5 of "b" are fixed; 10 more in proportion to 17 and 4."""
    design = stratified(15, allocation="quota", quotas=(("b", 5),))

    assert allocate(SIZES, design) == {"a": 8, "b": 5, "c": 2}


@pytest.mark.parametrize("allocation", ["proportional", "equal", "neyman", "quota"])
@settings(max_examples=50)
@given(sizes=populations, minimum=st.integers(0, 3), data=st.data())
def test_a_larger_sample_takes_nothing_back_whatever_the_allocation(
    allocation: Any,  # noqa: ANN401
    sizes: dict[str, int],
    minimum: int,
    data: st.DataObject,
) -> None:
    least = smallest_size(sizes, minimum=minimum)
    size = data.draw(st.integers(max(least, 1), sum(sizes.values())))
    more = data.draw(st.integers(size, sum(sizes.values())))
    expected = tuple((s, data.draw(shares)) for s in sizes)
    name = min(sizes)
    whole = {"size": size, "minimum": minimum, "allocation": allocation}
    if allocation == "neyman":
        whole["expected"] = expected
    if allocation == "quota" and len(sizes) > 1:
        whole["quotas"] = ((name, min(minimum, sizes[name])),)
        more = min(more, sum(sizes.values()) - sizes[name] + min(minimum, sizes[name]))
        whole["size"] = size = min(size, more)

    before = allocate(sizes, stratified(**whole))
    after = allocate(sizes, stratified(**(whole | {"size": more})))

    assert (sum(before.values()), sum(after.values())) == (size, more)
    assert all(before[s] <= after[s] <= sizes[s] for s in sizes)
    assert all(before[s] >= min(minimum, sizes[s]) for s in sizes)


def test_certain_cases_are_all_taken_and_the_size_counts_them() -> None:
    design = stratified(12, minimum=1, certain="age >= 16")

    assert allocate({**SIZES, CERTAIN: 3}, design) == {
        "a": 5, "b": 3, "c": 1, CERTAIN: 3,
    }  # fmt: skip
    assert allocate({CERTAIN: 3}, stratified(3, certain="age >= 16")) == {CERTAIN: 3}


@pytest.mark.parametrize("size", [2, 3])
def test_certain_cases_that_leave_nothing_for_the_others_are_refused(size: int) -> None:
    """Cases without any chance would make the sample say nothing of them."""
    with pytest.raises(TooManyCertainError, match="3 cases must be included"):
        allocate({"a": 5, CERTAIN: 3}, stratified(size, certain="age >= 16"))


@pytest.mark.parametrize(
    ("design", "error", "words"),
    [
        (stratified(31), SampleTooLargeError, "the frame holds 30"),
        (stratified(5, minimum=2), SampleTooSmallError, "Cannot draw 5"),
        (
            stratified(9, allocation="quota", quotas=(("c", 5),)),
            QuotaError,
            "quota of 5 is not possible for the stratum 'c'",
        ),
        (
            stratified(9, minimum=2, allocation="quota", quotas=(("a", 1),)),
            QuotaError,
            "quota of 1",
        ),
        (
            stratified(9, allocation="quota", quotas=(("a", 3), ("b", 2), ("c", 1))),
            QuotaTotalError,
            "6 cases in all, not 9",
        ),
        (
            stratified(20, allocation="quota", quotas=(("a", 3),)),
            QuotaRestError,
            "With these quotas 16 cases can be drawn, not 20",
        ),
        (
            stratified(5, minimum=2, allocation="quota", quotas=(("a", 3),)),
            SampleTooSmallError,
            "Cannot draw 5",
        ),
        (
            stratified(9, allocation="quota", quotas=(("x", 3),)),
            UnknownStrataError,
            "no stratum 'x'",
        ),
        (
            stratified(9, allocation="neyman", expected=(("y", Fraction(1, 3)),)),
            UnknownStrataError,
            "no stratum 'y'",
        ),
    ],
)
def test_what_cannot_be_shared_is_refused(
    design: Design, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        allocate(SIZES, design)


def test_a_message_lists_only_so_many_strata() -> None:
    many = {f"Team {i:02}": 2 for i in range(20)}

    with pytest.raises(UnknownStrataError) as caught:
        allocate(many, stratified(9, allocation="quota", quotas=(("x", 3),)))

    assert "and 8 more" in caught.value.details[0]
