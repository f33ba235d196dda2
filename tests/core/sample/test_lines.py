"""From what is known of units to the lines that a design draws from."""

from __future__ import annotations

import pytest

from case_audit.core.frame.model import FrameUnit
from case_audit.core.sample.lines import (
    aid_of,
    lines_of,
    measured,
    named_attributes,
)
from case_audit.core.sample.model import Design
from case_audit.core.sample.rows import CERTAIN

UNIT = FrameUnit(
    unit="R1",
    child="C1",
    attributes={
        "team": "North",
        "age": "7",
        "risks": "2",
        "worker": " A\tB ",
        "v": "x",
    },
)


def a_design(kind: str = "simple", **more: object) -> Design:
    whole: dict[str, object] = {"kind": kind, "size": 1, **more}
    return Design(**whole)  # type: ignore[arg-type]


def test_a_simple_design_needs_no_third_column() -> None:
    assert lines_of([UNIT], a_design()) == [("R1", "all")]
    assert lines_of([UNIT], a_design("stratified", strata=("team",))) == [
        ("R1", "North")
    ]


def test_certain_units_are_a_stratum_of_their_own() -> None:
    design = a_design("stratified", strata=("team",), certain="age >= 7")

    assert lines_of([UNIT], design, certain={"R1"}) == [("R1", CERTAIN)]


@pytest.mark.parametrize(
    ("design", "aid"),
    [
        (a_design(at_most=("worker", 2)), "A B"),
        (a_design(at_most=("child", 1)), "C1"),
        (a_design(at_most=("family", 2)), ""),
        (a_design("cluster", by="team"), "North"),
        (a_design("cluster", by="school"), "not recorded"),
        (a_design("systematic"), ""),
        (a_design("systematic", order=("team", "age")), "North / 000000007"),
        (a_design("systematic", order=("school", "v")), "not recorded / x"),
        (a_design("pps", measure="risks"), "2"),
        (a_design("pps", measure="risks+1"), "3"),
        (a_design("pps", measure="v+1"), "x"),
        (a_design("pps", measure="none+1"), ""),
    ],
)
def test_the_third_column_is_what_the_design_needs(design: Design, aid: str) -> None:
    """Whole numbers are filled up, so that 9 is sorted before 10."""
    assert aid_of(UNIT, design) == aid
    assert lines_of([UNIT], design) == [("R1", "all", aid)]


@pytest.mark.parametrize(
    ("measure", "parts"),
    [
        ("risks", ("risks", 0)),
        ("risks+1", ("risks", 1)),
        ("risks +10", ("risks", 10)),
        ("+1", ("+1", 0)),
        ("a+b", ("a+b", 0)),
    ],
)
def test_a_measure_may_add_a_number(measure: str, parts: tuple[str, int]) -> None:
    assert measured(measure) == parts


def test_a_decimal_size_can_be_added_to() -> None:
    unit = FrameUnit(unit="R1", attributes={"x": "2.50"})

    assert aid_of(unit, a_design("pps", measure="x+1")) == "3.50"


def test_a_design_says_which_attributes_it_speaks_of() -> None:
    """So that a slip is found before anything is drawn."""
    design = a_design(
        "pps",
        strata=("team",),
        order=("age",),
        measure="risks+1",
        by="worker",
        at_most=("family", 1),
    )

    assert named_attributes(design) == {
        "team": "--strata",
        "age": "--order",
        "risks": "--measure",
        "worker": "--by",
        "family": "--at-most",
    }
    assert named_attributes(a_design()) == {}
