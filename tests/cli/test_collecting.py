"""The app looks for what is no longer used, but not at every turn."""

from __future__ import annotations

import gc
import weakref
from typing import TYPE_CHECKING

import pytest

from case_audit.cli.collecting import settle, wait

if TYPE_CHECKING:
    from collections.abc import Iterator


class Ring:
    """An object that refers to itself."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)
    gc.enable()


def test_nothing_is_looked_for_until_all_is_loaded() -> None:
    wait()
    assert not gc.isenabled()

    settle()
    assert gc.isenabled()
    assert gc.get_freeze_count() > 10_000


def test_what_comes_later_is_still_found() -> None:
    """A session of hours does not grow."""
    wait()
    settle()
    first = weakref.ref(Ring())

    kept = [Ring() for _ in range(2 * gc.get_threshold()[0])]

    assert first() is None
    assert len(kept) == 2 * gc.get_threshold()[0]
