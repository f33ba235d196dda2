"""Keys the database makes, and the one that asks for a turn to write."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Engine

WRITING = "case_audit_writing"
"""Execution option of connections that will write."""


def to_write(engine: Engine) -> Engine:
    """Return an engine on the same database whose transactions write."""
    return engine.execution_options(**{WRITING: True})


def made(key: int | None) -> int:
    """Return a key that the database has given.

    Raises:
        AssertionError: If the row was not written yet.
    """
    if key is None:
        msg = "the row has no key yet"
        raise AssertionError(msg)
    return key
