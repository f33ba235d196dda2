"""Nothing that an inspector would ask about can be left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rounds import round_of

from builders import G, I, R, a_criterion, a_rubric
from case_audit.core.selfassessment.omissions import Shown, omissions

if TYPE_CHECKING:
    from case_audit.core.selfassessment.omissions import Omission

RUBRIC = a_rubric(
    {"help": (a_criterion("a1"), a_criterion("a2")), "plan": (a_criterion("b1"),)},
    limits=(),
)
SUMMARY = round_of(
    RUBRIC, [{"a1": I, "a2": G, "b1": G}, {"a1": I, "a2": R, "b1": R}] * 3
)
"""Six cases; a1 is inadequate in all, and with it the domain that it is in."""

EVERYTHING = Shown(
    subjects=frozenset({"help", "a1", "a2", "plan", "b1"}),
    lowest=frozenset({1, 2}),
    escalated=frozenset({2}),
    doubted=frozenset({"b1"}),
)


def left_out(shown: Shown) -> tuple[Omission, ...]:
    return omissions(
        SUMMARY,
        shown,
        lowest=frozenset({1, 2}),
        escalated=frozenset({2}),
        doubted=frozenset({"b1"}),
    )


def test_a_document_that_shows_everything_leaves_nothing_out() -> None:
    assert left_out(EVERYTHING) == ()


def test_what_may_be_left_out_may_be_left_out() -> None:
    """a2 has nothing inadequate, no escalation, and graders agree."""
    shown = Shown(
        subjects=frozenset({"help", "a1"}),
        lowest=EVERYTHING.lowest,
        escalated=EVERYTHING.escalated,
        doubted=EVERYTHING.doubted,
    )

    assert left_out(shown) == ()


def test_an_empty_document_leaves_out_all_of_it() -> None:
    """The domain of two middling criteria of which one is inadequate counts too."""
    found = left_out(Shown())

    assert [(o.why, o.subject, o.cases) for o in found] == [
        ("lowest", "help", 6),
        ("lowest", "a1", 6),
        ("agreement", "b1", 0),
        ("lowest_case", "", 1),
        ("lowest_case", "", 2),
        ("escalation", "", 2),
    ]
    assert found[1].label == "Label of a1"
