"""Fixtures of the services."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from stored import a_round, case_ids, with_frame

if TYPE_CHECKING:
    from case_audit.services.database import Database


@pytest.fixture
def case(database: Database) -> int:
    """The first case of a round that nobody has begun."""
    with_frame(database)
    a_round(database)
    return case_ids(database)[0]
