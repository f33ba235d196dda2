"""Crosswalk files: read strictly, and every misfit with its line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builders import a_criterion, a_rubric
from case_audit.core.rubric.crosswalk import Alone, Pair
from case_audit.errors import CrosswalkError, RubricError
from case_audit.exchange.crosswalk_file import read_crosswalk

FILE = """\
kind: crosswalk
id: small-2
from: small@1.0
to: small@2.0
map:
  - {from: [v1], to: [v1], how: same}
  - from: [v2]
    to: [w2a, w2b]
    how: split
    note: Two questions.
dropped:
  - {id: v3, note: Nobody could grade it.}
new:
  - id: x1
grades:
  outstanding: outstanding
  good: good
  requires_improvement: requires_improvement
  inadequate: inadequate
"""
OLD = a_rubric({"d": (a_criterion("v1"), a_criterion("v2"), a_criterion("v3"))})
NEW = replace(
    a_rubric({"d": tuple(map(a_criterion, ("v1", "w2a", "w2b", "x1")))}), version="2.0"
)


def test_a_file_says_what_became_of_each_criterion() -> None:
    walk = read_crosswalk(FILE.encode(), file="c.yaml").hold_against(OLD, NEW)

    assert (walk.id, walk.old, walk.new) == ("small-2", "small@1.0", "small@2.0")
    assert walk.pairs == (
        Pair(old=("v1",), new=("v1",), how="same"),
        Pair(old=("v2",), new=("w2a", "w2b"), how="split", note="Two questions."),
    )
    assert walk.dropped == (Alone(id="v3", note="Nobody could grade it."),)
    assert walk.added == (Alone(id="x1"),)
    assert dict(walk.grades)["good"] == "good"


def test_lists_that_are_not_there_are_empty() -> None:
    text = "kind: crosswalk\nid: none\nfrom: a@1\nto: b@1\n"

    walk = read_crosswalk(text.encode(), file="c.yaml").walk

    assert (walk.pairs, walk.dropped, walk.added, walk.grades) == ((), (), (), ())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("from: small@1.0", "from: small", "c.yaml:3: from: expected a rubric and its"),
        ("how: split", "how: changed", "c.yaml:9: map[1].how: expected one of same"),
        ("    note:", "    notes:", "c.yaml:10: map[1].notes: expected one of from"),
        ("to: [v1]", "to: []", "c.yaml:6: map[0].to: expected a list"),
        ("id: x1", "note: x1", "c.yaml:14: new[0].id: expected"),
        ("kind: crosswalk", "kind: rubric", "c.yaml:1: kind: expected crosswalk"),
        ("grades:", "scale:", "c.yaml:15: scale: expected one of"),
    ],
)
def test_an_error_names_file_line_and_key(old: str, new: str, said: str) -> None:
    assert old in FILE
    with pytest.raises(RubricError) as caught:
        read_crosswalk(FILE.replace(old, new, 1).encode(), file="c.yaml")

    assert str(caught.value).startswith(said)


def test_an_error_says_which_command_tries_such_a_file() -> None:
    """``rubric check`` tries rubrics, and refuses a crosswalk as none."""
    with pytest.raises(RubricError) as caught:
        read_crosswalk(b"kind: crosswalk\nid: x", file="c.yaml")

    assert "`case-audit rubric crosswalk FILE` a crosswalk" in caught.value.hint


def test_every_misfit_is_named_at_once_with_its_line() -> None:
    """Who mends one after the other would run the check ten times."""
    text = (
        FILE.replace("to: [w2a, w2b]", "to: [w2a, w9]")
        .replace("{id: v3", "{id: v4")
        .replace("  good: good", "  good: fine")
        .replace("to: small@2.0", "to: small@3.0")
    )

    with pytest.raises(CrosswalkError) as caught:
        read_crosswalk(text.encode(), file="c.yaml").hold_against(OLD, NEW)

    assert [detail.split(": expected")[0] for detail in caught.value.details] == [
        "c.yaml:4: to",
        "c.yaml:12: dropped[0].id",
        "c.yaml:5: map",
        "c.yaml:8: map[1].to",
        "c.yaml:5: map",
        "c.yaml:17: grades.good",
    ]
    assert "in 6 places" in str(caught.value)
    assert "no v3 (Label of v3)" in caught.value.details[2]
