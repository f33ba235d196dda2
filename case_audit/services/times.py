"""How times are stored."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


def utc(now: datetime) -> str:
    """Return a time as it is stored: ISO, UTC, whole seconds.

    Args:
        now: With its zone.
    """
    return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
