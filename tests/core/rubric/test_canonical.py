"""The text a round is pinned to."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest

from builders import a_criterion, a_mixed_rubric, a_rubric
from case_audit.core.rubric.canonical import (
    rubric_digest,
    rubric_from_text,
    rubric_text,
)
from case_audit.exchange.rubric_library import Library
from case_audit.resources import shipped

LIBRARY = Library((shipped("rubrics"),))


@pytest.mark.parametrize("name", LIBRARY.names())
def test_a_rubric_comes_back_from_its_text_as_it_was(name: str) -> None:
    """An answer given today can be read against its own words in ten years."""
    rubric = LIBRARY.rubric(name)

    assert rubric_from_text(rubric_text(rubric)) == rubric


def test_every_kind_and_rule_comes_back_too() -> None:
    """Roll-ups, flags, conditions and agencies are part of the text."""
    rubric = a_mixed_rubric()

    assert rubric_from_text(rubric_text(rubric)) == rubric


def test_what_came_later_is_silent_where_it_says_nothing() -> None:
    """A rubric that uses none of it keeps the digest it was first pinned with."""
    first = "daa0969e379d257c359da442e45a3c103a2985e61573556e2f6808bfa747ef62"

    assert rubric_digest(a_rubric()) == first


def test_the_digest_is_that_of_the_text() -> None:
    """So it can be checked with any hashing tool."""
    rubric = a_rubric()

    assert rubric_digest(rubric) == sha256(rubric_text(rubric).encode()).hexdigest()


def test_one_changed_word_is_another_rubric() -> None:
    """Pinning would mean nothing otherwise."""
    rubric = a_rubric()
    domain = rubric.domains[0]
    changed = replace(
        rubric,
        domains=(
            replace(
                domain, criteria=(a_criterion("v1", trap="Other."), a_criterion("v2"))
            ),
            *rubric.domains[1:],
        ),
    )

    assert rubric_digest(changed) != rubric_digest(rubric)


def test_another_format_is_refused() -> None:
    with pytest.raises(ValueError, match="case-audit-rubric/1"):
        rubric_from_text('{"format": "case-audit-rubric/2", "rubric": {}}')
