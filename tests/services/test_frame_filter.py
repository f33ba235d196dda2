"""A filter keeps what it says, and what it leaves out is counted by reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_audit.core.frame.model import FrameUnit
from case_audit.errors import ExpressionError
from case_audit.services.frame import condition_text, filtered


def unit(name: str, **attributes: str) -> FrameUnit:
    return FrameUnit(unit=name, attributes=attributes)


def test_a_filter_parts_units_by_what_is_known_of_them() -> None:
    """Not known is not no: it is told apart."""
    units = [
        unit("1", age="16", team="X"),
        unit("2", age="15", team="X"),
        unit("3", team="X"),
        unit("4", age="17"),
        unit("5", team="Y"),
    ]

    kept, left_out = filtered(units, "age >= 16 and team == 'X'", cohort="cp")

    assert [found.unit for found in kept] == ["1"]
    assert left_out == {
        "does not meet the filter: age is 16 or more and team is X": ["2", "5"],
        "the filter cannot be answered, not known: age": ["3"],
        "the filter cannot be answered, not known: team": ["4"],
    }


def test_further_columns_of_the_authority_can_be_spoken_of() -> None:
    """A known one, and one of the authority's own."""
    units = [unit("1", young_carer="yes", x_house="Red"), unit("2", young_carer="no")]

    for only in ('extra.young_carer == "yes"', 'extra.house == "red"'):
        assert [u.unit for u in filtered(units, only, cohort="cp")[0]] == ["1"]


def test_a_slip_is_told_with_its_place_and_what_was_meant() -> None:
    """Before any unit is looked at."""
    with pytest.raises(ExpressionError, match="column 1") as caught:
        filtered([], "aeg >= 16", cohort="cp")

    assert caught.value.hint == "Did you mean age?"


def test_a_filter_has_one_written_form() -> None:
    """Two frames with the same filter have the same definition."""
    assert condition_text("cp", "age>=16 AND  team=='X'") == (
        'age >= 16 and team == "X"'
    )


ages = st.one_of(st.none(), st.integers(0, 25).map(str))


@given(found=st.lists(ages, max_size=30), limit=st.integers(0, 25))
def test_every_unit_is_kept_or_counted(found: list[str | None], limit: int) -> None:
    units = [
        FrameUnit(unit=str(i), attributes={} if age is None else {"age": age})
        for i, age in enumerate(found)
    ]

    kept, left_out = filtered(units, f"age < {limit}", cohort="cic")

    assert len(kept) + sum(map(len, left_out.values())) == len(units)
    assert {u.unit for u in kept}.isdisjoint(u for us in left_out.values() for u in us)
