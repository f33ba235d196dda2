"""Identifiers that look alike are found without keeping them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_audit.core.frame.lookalikes import LookAlikes, skeleton


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("AB12", "ab12"),
        ("AB 12", "AB12"),
        ("0012", "12"),
        ("AB0012", "AB12"),
        ("O12", "012"),
        ("I2", "12"),
        ("\N{CYRILLIC CAPITAL LETTER A}B1", "AB1"),
        ("\N{GREEK CAPITAL LETTER OMICRON}7", "07"),
        ("1\N{EN DASH}2", "1-2"),
        ("\N{FULLWIDTH DIGIT ONE}2", "12"),
    ],
)
def test_what_is_easily_mistaken_has_one_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(
    ("one", "other"), [("12", "120"), ("10", "1"), ("1-23", "12-3"), ("A1", "B1")]
)
def test_what_is_plainly_different_has_not(one: str, other: str) -> None:
    """A false alarm for every tenth child would be read by nobody."""
    assert skeleton(one) != skeleton(other)


@given(units=st.lists(st.text("aAoO0lI1 \u0430", min_size=1, max_size=4)))
def test_look_alikes_are_those_that_share_a_skeleton(units: list[str]) -> None:
    """However often and in whatever order they come."""
    alike = LookAlikes()
    for unit in units:
        alike.learn(unit)

    found = {unit for unit in units if alike.has_double(unit)}

    assert found == {
        unit
        for unit in units
        if any(u != unit and skeleton(u) == skeleton(unit) for u in units)
    }
    assert alike.any == bool(found)
