"""Which parts of a design go together."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from builders import SEED
from case_audit.core.sample.draw import draw_sample
from case_audit.core.sample.model import Design
from case_audit.errors import DesignError

LINES = [(f"C{i:02}", "all", str(i)) for i in range(1, 9)]


def a_design(kind: Any = "simple", size: int = 4, **more: Any) -> Design:  # noqa: ANN401
    return Design(kind=kind, size=size, **({"minimum": 0, "reserves": 3} | more))


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"kind": "pps"}, "needs a measure"),
    ({"kind": "cluster", "size": 0}, "what makes a cluster"),
    ({"kind": "targeted"}, "needs a condition"),
    ({"at_most": ("w", 0)}, "a number from 1"),
    ({"order": ("w",)}, "--order belongs to a systematic design"),
    ({"measure": "x"}, "--measure belongs to a pps design"),
    ({"clusters": 3}, "belongs to a cluster design"),
    ({"targeted": "x"}, "belongs to a targeted design"),
    ({"allocation": "equal"}, "no strata that could share"),
    ({"strata": ("s",), "quotas": (("a", 1),)}, "--quota goes with --allocation quota"),
    (
        {"strata": ("s",), "expected": (("a", Fraction(1)),)},
        "--expected goes with --allocation neyman",
    ),
    (
        {"strata": ("s",), "allocation": "quota", "quotas": (("a", 1), ("a", 2))},
        "names a stratum twice",
    ),
    ({"strata": ("s",), "allocation": "quota"}, "needs quotas"),
    (
        {"strata": ("s",), "allocation": "neyman", "expected": (("a", Fraction(2)),)},
        "not between 0 and 1",
    ),
    ({"kind": "systematic", "at_most": ("w", 1)}, "does not go with a systematic"),
    ({"certain": "x", "at_most": ("w", 1)}, "could break the cap"),
    (
        {"kind": "targeted", "targeted": "x", "certain": "y"},
        "do not go with a targeted",
    ),
    (
        {"kind": "cluster", "size": 0, "by": "w", "clusters": 1, "strata": ("s",)},
        "has no strata",
    ),
]


@pytest.mark.parametrize(("parts", "words"), REFUSED)
def test_parts_that_do_not_go_together_are_refused(
    parts: dict[str, Any], words: str
) -> None:
    """With what to do instead."""
    with pytest.raises(DesignError) as caught:
        draw_sample(LINES, design=a_design(**parts), seed=SEED)

    said = " ".join(caught.value.lines)
    assert words in said
    assert caught.value.hint


@pytest.mark.parametrize(
    "parts",
    [
        {"size": 0},
        {"reserves": -1},
        {"start": 2**64},
        {"kind": "cluster", "size": 3, "by": "w", "clusters": 1},
        {"strata": ("s",), "allocation": "quota", "quotas": (("a", -1),)},
    ],
)
def test_numbers_outside_their_range_are_a_mistake(parts: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="below"):
        draw_sample(LINES, design=a_design(**parts), seed=SEED)
