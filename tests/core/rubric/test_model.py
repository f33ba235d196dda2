"""What a rubric does not have is not made up."""

from __future__ import annotations

import pytest

from builders import G, O, a_rubric, a_scale


def test_parts_are_found_by_their_identifier() -> None:
    rubric = a_rubric()

    assert rubric.criterion("s2").label == "Label of s2"
    assert rubric.scale.grade(G).label == "Good"
    assert rubric.scale.worst(O, G) == G


def test_unknown_parts_are_an_error_of_ours() -> None:
    """A misspelt identifier must not silently count as some grade."""
    rubric = a_rubric()

    with pytest.raises(KeyError, match="z9"):
        rubric.criterion("z9")
    with pytest.raises(KeyError, match="adequate"):
        a_scale().place("adequate")
