"""Cohorts are told to people in words."""

from __future__ import annotations

from case_audit.core.frame.cohort_words import BRIEF, in_words, with_id
from case_audit.core.frame.cohorts import COHORTS


def test_every_cohort_has_its_own_words() -> None:
    """A new cohort must not come on screen as an id."""
    assert list(BRIEF) == [one.id for one in COHORTS]
    assert len(set(BRIEF.values())) == len(COHORTS)
    assert max(map(len, BRIEF.values())) <= 24


def test_words_stand_alone_or_with_the_id_that_commands_take() -> None:
    assert in_words("cp") == "child protection"
    assert with_id("cp") == "child protection (cp)"


def test_a_list_that_is_no_cohort_keeps_its_name() -> None:
    """A draw from any list of cases names it itself."""
    assert in_words("files") == with_id("files") == "files"


def test_words_that_are_the_id_are_not_said_twice() -> None:
    assert with_id("adoption") == "adoption"
