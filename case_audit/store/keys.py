"""Keys the database makes."""

from __future__ import annotations


def made(key: int | None) -> int:
    """Return a key that the database has given.

    Raises:
        AssertionError: If the row was not written yet.
    """
    if key is None:
        msg = "the row has no key yet"
        raise AssertionError(msg)
    return key
