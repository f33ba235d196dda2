"""What a frame was asked to hold is kept with it, in one form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_audit.core.frame.definition import (
    MOST_MONTHS,
    Definition,
    definition_from_text,
    definition_text,
    definition_words,
)
from case_audit.core.frame.model import FrameUnit


def test_a_definition_is_written_as_it_is_read_by_others() -> None:
    """The record of a frame is plain JSON that a script can read."""
    text = definition_text(Definition(unit="episode", closed_within=6, only="age > 3"))

    assert text == (
        '{"closed_within":6,"only":"age > 3","precedence":true,"unit":"episode"}'
    )


def test_frames_of_earlier_versions_hold_children_as_by_default() -> None:
    assert definition_from_text("{}") == Definition()


@given(
    definition=st.builds(
        Definition,
        unit=st.sampled_from(["child", "episode"]),
        closed_within=st.integers(0, MOST_MONTHS),
        only=st.text(),
        precedence=st.booleans(),
    )
)
def test_a_stored_definition_comes_back(definition: Definition) -> None:
    assert definition_from_text(definition_text(definition)) == definition


@pytest.mark.parametrize("months", [-1, MOST_MONTHS + 1])
def test_a_window_is_of_whole_months_within_reason(months: int) -> None:
    with pytest.raises(ValueError, match="months"):
        Definition(closed_within=months)


def test_a_child_is_its_own_unit_unless_said_otherwise() -> None:
    """Its file and rows are found by it."""
    assert FrameUnit(unit="1", attributes={}).child == "1"
    assert FrameUnit(unit="1@2026-02-03", attributes={}, child="1").child == "1"


def test_only_what_is_unusual_is_said_of_a_definition() -> None:
    """The list of frames has one short cell for it."""
    everything = Definition(
        unit="episode", closed_within=3, only="age > 3", precedence=False
    )

    assert definition_words(Definition()) == "usual"
    assert definition_words(everything) == (
        "one unit an episode; within 3 months; no precedence; only age > 3"
    )
