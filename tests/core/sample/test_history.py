"""The record of earlier audits says what is known of their draw, and no more."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from case_audit.core.sample.history import (
    History,
    is_history,
    read_history,
    refuse_unsound,
    write_history,
)
from case_audit.core.sample.manifest import read_manifest
from case_audit.errors import NoDrawError, NoPopulationError, SmallPopulationError

KNOWN = History(
    name="Spring 2025",
    cohort="cp",
    as_at="2025-03-31",
    audited=12,
    population=240,
    at_random=True,
    file="old.csv",
    sha256="a" * 64,
    imported_utc="2026-04-01T12:00:00Z",
    imported_by="Lee",
    version="0.1.0",
)


def test_a_record_is_read_as_it_was_written() -> None:
    text = write_history(KNOWN)

    assert read_history(text) == KNOWN
    assert is_history(json.loads(text))
    assert not is_history({"kind": "draw"})
    assert not is_history([])


def test_it_is_no_draw_that_could_be_verified() -> None:
    """It must not be taken for a manifest."""
    with pytest.raises(NoDrawError, match="no draw to verify"):
        read_manifest(write_history(KNOWN))


def test_what_is_known_of_the_draw_is_said() -> None:
    assert KNOWN.how_drawn.startswith("drawn at random from 240 cases, as the council")
    unknown = replace(KNOWN, at_random=False)
    assert unknown.how_drawn == "how the cases were drawn is not known"


def test_what_cannot_be_is_refused() -> None:
    refuse_unsound(audited=12, population=12, at_random=True)
    refuse_unsound(audited=12, population=0, at_random=False)
    with pytest.raises(NoPopulationError):
        refuse_unsound(audited=12, population=0, at_random=True)
    with pytest.raises(SmallPopulationError, match="12 cases, more than the 11"):
        refuse_unsound(audited=12, population=11, at_random=False)
